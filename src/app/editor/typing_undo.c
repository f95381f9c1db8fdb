/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/typing-private.h"

/* Taking back and doing again, and what changes several values at once. */

/**
 * jz_typing_can_undo:
 * @self: a document
 *
 * Returns: whether there is a change to take back
 */
gboolean
jz_typing_can_undo (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);

  return jz_changes_peek_undo (self->changes) != NULL;
}

/**
 * jz_typing_can_redo:
 * @self: a document
 *
 * Returns: whether there is a change to do again
 */
gboolean
jz_typing_can_redo (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);

  return jz_changes_peek_redo (self->changes) != NULL;
}

/* Puts @new where @old was; NULL when it is not there. */
static char *
dup_spliced (const char *text, guint offset, const char *old, const char *new)
{
  gsize n_old = strlen (old);
  if (offset > strlen (text) || strncmp (text + offset, old, n_old) != 0)
    return NULL;
  g_autofree char *head = g_strndup (text, offset);
  return g_strconcat (head, new, text + offset + n_old, NULL);
}

/* @is_back: whether it is taken back, or done again. */
static void
carry_out (JzTyping *self, const JzChange *change, gboolean is_back)
{
  if (!change->is_text) {
    jz_typing_set_field (self, change->path, is_back ? change->before : change->after);
    return;
  }
  const char *from = is_back ? change->inserted : change->removed;
  const char *to = is_back ? change->removed : change->inserted;
  g_autofree char *text = jz_typing_dup_text (self, change->path);
  g_autofree char *spliced =
    change->is_whole ? g_strdup (to) : dup_spliced (text, change->offset, from, to);
  if (spliced != NULL)
    (void)jz_typing_store_text (self, change->path, spliced);
}

static void
tell (JzTyping *self, const char *path, gboolean is_text, guint caret)
{
  jz_typing_emit_changed (self, is_text ? path : NULL);
  jz_typing_emit_went (self, path, caret);
}

/**
 * jz_typing_undo:
 * @self: a document
 *
 * Takes the last change back, with those that were made together with it.
 */
void
jz_typing_undo (JzTyping *self)
{
  g_return_if_fail (JZ_IS_TYPING (self));

  const JzChange *change = jz_changes_peek_undo (self->changes);
  const JzChange *last = change;
  guint group = change != NULL ? change->group : 0;
  while (change != NULL && (change == last || (group != 0 && change->group == group))) {
    carry_out (self, change, TRUE);
    jz_changes_undone (self->changes);
    if (group == 0)
      break;
    last = change;
    change = jz_changes_peek_undo (self->changes);
  }
  if (last != NULL)
    tell (self, last->path, last->is_text && group == 0, last->caret);
}

/**
 * jz_typing_redo:
 * @self: a document
 *
 * Does again what was taken back last.
 */
void
jz_typing_redo (JzTyping *self)
{
  g_return_if_fail (JZ_IS_TYPING (self));

  const JzChange *change = jz_changes_peek_redo (self->changes);
  const JzChange *last = change;
  guint group = change != NULL ? change->group : 0;
  while (change != NULL && (change == last || (group != 0 && change->group == group))) {
    carry_out (self, change, FALSE);
    jz_changes_redone (self->changes);
    if (group == 0)
      break;
    last = change;
    change = jz_changes_peek_redo (self->changes);
  }
  if (last != NULL)
    tell (self, last->path, last->is_text && group == 0,
          last->offset + (last->is_text ? (guint)strlen (last->inserted) : 0));
}

/**
 * jz_typing_begin:
 * @self: a document
 *
 * What is changed until jz_typing_end() is taken back together, and told as one change.
 */
void
jz_typing_begin (JzTyping *self)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (!self->is_grouped);

  self->is_grouped = TRUE;
  self->has_changed = FALSE;
  jz_changes_begin (self->changes);
}

/**
 * jz_typing_end:
 * @self: a document
 *
 * Ends what jz_typing_begin() began.
 */
void
jz_typing_end (JzTyping *self)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (self->is_grouped);

  self->is_grouped = FALSE;
  jz_changes_end (self->changes);
  if (self->has_changed)
    jz_typing_emit_changed (self, NULL);
}

static char *
dup_replaced (const char *text, const char *what, const char *with, guint *n)
{
  g_auto (GStrv) parts = g_strsplit (text, what, -1);
  *n = g_strv_length (parts) > 0 ? g_strv_length (parts) - 1 : 0;
  return g_strjoinv (with, parts);
}

/**
 * jz_typing_replace_all:
 * @self: a document
 * @paths: the values to look in
 * @what: what to look for
 * @with: what to put there
 *
 * Replaces inside of values that are typed, never in the wording of the form; one undo takes all of
 * it back.
 *
 * Returns: how many times
 */
guint
jz_typing_replace_all (JzTyping *self, const char *const *paths, const char *what, const char *with)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), 0);
  g_return_val_if_fail (what != NULL && *what != '\0', 0);

  guint total = 0;
  jz_changes_begin (self->changes);
  for (guint i = 0; paths[i] != NULL; i++) {
    if (!jz_typing_is_typed (self, paths[i]))
      continue;
    guint n = 0;
    g_autofree char *before = jz_typing_dup_text (self, paths[i]);
    g_autofree char *after = dup_replaced (before, what, with, &n);
    if (n == 0 || !jz_typing_store_text (self, paths[i], after))
      continue;
    jz_changes_add_text (self->changes, paths[i], before, after, TRUE, 0);
    total += n;
  }
  jz_changes_end (self->changes);
  if (total > 0)
    jz_typing_emit_changed (self, NULL);
  return total;
}
