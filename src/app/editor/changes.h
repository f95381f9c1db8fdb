/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* One thing that can be taken back. A text is kept by what was cut out and put in, one that is read
 * as a day or an amount as a whole; anything else by the field before and after. */
typedef struct {
  char *path;
  gboolean is_text;
  gboolean is_whole;
  guint offset; /* bytes */
  char *removed;
  char *inserted;
  JzJson *before; /* (nullable): of the whole field */
  JzJson *after;  /* (nullable) */
  guint caret;    /* bytes, before it */
  guint group;    /* several with one number are taken back together; 0 for none */
} JzChange;

typedef struct _JzChanges JzChanges;

JzChanges *jz_changes_new (void);
void jz_changes_free (JzChanges *self);
void jz_changes_add_text (JzChanges *self,
                          const char *path,
                          const char *before,
                          const char *after,
                          gboolean is_whole,
                          guint caret);
void
jz_changes_add_value (JzChanges *self, const char *path, const JzJson *before, const JzJson *after);
void jz_changes_begin (JzChanges *self);
void jz_changes_end (JzChanges *self);
void jz_changes_break (JzChanges *self);
const JzChange *jz_changes_peek_undo (const JzChanges *self);
const JzChange *jz_changes_peek_redo (const JzChanges *self);
void jz_changes_undone (JzChanges *self);
void jz_changes_redone (JzChanges *self);
guint jz_changes_get_length (const JzChanges *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzChanges, jz_changes_free)

G_END_DECLS
