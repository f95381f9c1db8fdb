/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzIntakeState:
 * @JZ_INTAKE_WAITING: its turn has not come
 * @JZ_INTAKE_COPYING: it is copied and hashed
 * @JZ_INTAKE_READING: it is in the store; what it says of itself is being read
 * @JZ_INTAKE_READY: an act can name it
 * @JZ_INTAKE_FAILED: it could not be taken in; the sentence says why
 * @JZ_INTAKE_CANCELLED: nobody wants it
 *
 * How far a file has come.
 */
typedef enum {
  JZ_INTAKE_WAITING,
  JZ_INTAKE_COPYING,
  JZ_INTAKE_READING,
  JZ_INTAKE_READY,
  JZ_INTAKE_FAILED,
  JZ_INTAKE_CANCELLED,
} JzIntakeState;

/* One file; on the thread of its intake only. "changed" when any of this did. */
#define JZ_TYPE_INTAKE_ITEM (jz_intake_item_get_type ())
G_DECLARE_FINAL_TYPE (JzIntakeItem, jz_intake_item, JZ, INTAKE_ITEM, GObject)

const char *jz_intake_item_get_path (JzIntakeItem *self);
const char *jz_intake_item_get_name (JzIntakeItem *self);
guint64 jz_intake_item_get_size (JzIntakeItem *self);
guint64 jz_intake_item_get_done (JzIntakeItem *self);
JzIntakeState jz_intake_item_get_state (JzIntakeItem *self);
const char *jz_intake_item_get_sentence (JzIntakeItem *self);
const JzJson *jz_intake_item_get_probe (JzIntakeItem *self);
const char *jz_intake_item_get_token (JzIntakeItem *self);
const char *jz_intake_item_get_same (JzIntakeItem *self);

/* Files on their way into a case: a list of #JzIntakeItem. Copied one after the other on a thread
 * of its own; everything here is for the thread that made it. "changed" when the whole did. */
#define JZ_TYPE_INTAKE (jz_intake_get_type ())
G_DECLARE_FINAL_TYPE (JzIntake, jz_intake, JZ, INTAKE, GObject)

JzIntake *jz_intake_new (JzOffice *office, const char *case_id);
JzIntakeItem *jz_intake_add (JzIntake *self, const char *path);
JzIntakeItem *jz_intake_add_bytes (JzIntake *self, GBytes *bytes, const char *name);
JzIntakeItem *jz_intake_add_arrived (JzIntake *self, const JzArrival *arrival);
void jz_intake_set_paused (JzIntake *self, gboolean is_paused);
gboolean jz_intake_is_paused (JzIntake *self);
gboolean jz_intake_is_busy (JzIntake *self);
void jz_intake_get_progress (JzIntake *self, guint64 *done, guint64 *total);
void jz_intake_cancel (JzIntake *self, JzIntakeItem *item);
void jz_intake_retry (JzIntake *self, JzIntakeItem *item);
void jz_intake_stop (JzIntake *self);
GStrv jz_intake_steal_tokens (JzIntake *self);

GPtrArray *jz_intake_list_unfinished (JzOffice *office, const char *case_id, GError **error);

G_END_DECLS
