/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/intake.h"

G_BEGIN_DECLS

/* What the thread that copies knows of a file; guarded by the intake's mutex. */
typedef struct {
  JzIntakeState state;
  guint64 size;
  guint64 done;
  char *sentence;
  JzJson *probe;
  char *token;
  char *same;
} JzIntakeNews;

struct _JzIntakeItem {
  GObject parent_instance;

  /* Do not change. */
  char *path;      /* NULL for what was pasted */
  GBytes *bytes;   /* what was pasted, or NULL */
  JzObject object; /* of what arrived another day */
  gboolean has_arrived;
  char *name;
  char *own_name;

  JzIntakeNews shown; /* on the thread of the intake */
  JzIntakeNews news;
  gboolean is_new;    /* news differ from what is shown; guarded */
  gboolean is_wanted; /* guarded */
  GCancellable *cancellable;
};

JzIntakeItem *jz_intake_item_new (const char *path, GBytes *bytes, const char *own_name);
void jz_intake_item_show (JzIntakeItem *self);

G_END_DECLS
