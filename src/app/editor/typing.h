/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "forms/field_path.h"

G_BEGIN_DECLS

/**
 * JzTyping:
 *
 * A document while it is written: the texts of its fields are the truth, every change can be taken
 * back, whoever made it: keys, an input method, a screen reader, the list of fields.
 *
 * Signal "changed" (path: nullable): a value is another one; %NULL for several or for rows.
 * Signal "went" (path, caret): undo or redo took the user to a place.
 * Signal "refused" (path): a text is longer than any field takes; the old one stays.
 */
#define JZ_TYPE_TYPING (jz_typing_get_type ())
G_DECLARE_FINAL_TYPE (JzTyping, jz_typing, JZ, TYPING, GObject)

JzTyping *jz_typing_new (const JzForm *form, JzDate today);
gboolean jz_typing_load (JzTyping *self, const JzJson *draft, GError **error);
JzJson *jz_typing_to_draft (JzTyping *self);
gboolean jz_typing_has_unread (JzTyping *self);

const JzForm *jz_typing_get_form (JzTyping *self);
const JzFilling *jz_typing_get_filling (JzTyping *self);
GHashTable *jz_typing_get_written (JzTyping *self);
guint jz_typing_get_revision (JzTyping *self);

char *jz_typing_dup_text (JzTyping *self, const char *path);
gboolean jz_typing_is_typed (JzTyping *self, const char *path);
void jz_typing_set_text (JzTyping *self, const char *path, const char *text, guint caret);
void jz_typing_set_value (JzTyping *self, const char *path, JzJson *value);
void jz_typing_settle (JzTyping *self, const char *path);
void jz_typing_break (JzTyping *self);

char **jz_typing_list_paths (JzTyping *self);
guint jz_typing_count_entries (JzTyping *self, const char *field);
void jz_typing_add_entry (JzTyping *self, const char *field, guint before);
void jz_typing_remove_entry (JzTyping *self, const char *field, guint entry);

void jz_typing_begin (JzTyping *self);
void jz_typing_end (JzTyping *self);
gboolean jz_typing_can_undo (JzTyping *self);
gboolean jz_typing_can_redo (JzTyping *self);
void jz_typing_undo (JzTyping *self);
void jz_typing_redo (JzTyping *self);

gboolean jz_typing_takes_rows (JzTyping *self, const char *path);
guint jz_typing_put_rows (JzTyping *self, const char *path, const GPtrArray *rows);

guint jz_typing_replace_all (JzTyping *self,
                             const char *const *paths,
                             const char *what,
                             const char *with);

G_END_DECLS
