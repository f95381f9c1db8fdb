/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/changes.h"

#include <string.h>

/* What can be taken back, oldest first. What was typed in one go is one change, up to the end of a
 * sentence, so that undo takes back a thought and not a letter. */

#define MAX_CHANGES 10000
#define MAX_RUN 600

struct _JzChanges {
  GPtrArray *changes; /* (element-type JzChange) */
  guint n_done;       /* those after it were undone */
  gboolean is_broken; /* the next one begins anew */
  guint n_groups;
  guint group; /* of what is changed now; 0 for none */
};

static void
free_change (gpointer data)
{
  JzChange *self = data;
  g_free (self->path);
  g_free (self->removed);
  g_free (self->inserted);
  g_clear_pointer (&self->before, jz_json_unref);
  g_clear_pointer (&self->after, jz_json_unref);
  g_free (self);
}

/**
 * jz_changes_new:
 *
 * Returns: (transfer full): an empty list
 */
JzChanges *
jz_changes_new (void)
{
  JzChanges *self = g_new0 (JzChanges, 1);
  self->changes = g_ptr_array_new_with_free_func (free_change);
  return self;
}

/**
 * jz_changes_free:
 * @self: (transfer full): a list
 */
void
jz_changes_free (JzChanges *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->changes);
  g_free (self);
}

static void
add (JzChanges *self, JzChange *change)
{
  g_ptr_array_set_size (self->changes, (int)self->n_done);
  g_ptr_array_add (self->changes, change);
  if (self->changes->len > MAX_CHANGES)
    g_ptr_array_remove_index (self->changes, 0);
  self->n_done = self->changes->len;
}

static gboolean
ends_thought (const char *text)
{
  static const char *const ends[] = { "\n", "。", "；", "！", "？", "”", ".", ";" };
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return FALSE;
}

static char *
join (const char *first, const char *second)
{
  return g_strconcat (first, second, NULL);
}

static void
take (char **text, char *joined)
{
  g_free (*text);
  *text = joined;
}

/* Typed on right behind it, or deleted on from it. */
static gboolean
try_merge (JzChange *last, const JzChange *next)
{
  if (last->is_text && last->is_whole && next->is_whole && strcmp (last->path, next->path) == 0) {
    take (&last->inserted, g_strdup (next->inserted));
    return TRUE;
  }
  gsize n_inserted = strlen (last->inserted);
  gsize n_removed = strlen (next->removed);
  if (!last->is_text || strcmp (last->path, next->path) != 0 || last->is_whole ||
      n_inserted > MAX_RUN)
    return FALSE;
  if (n_removed == 0 && *next->inserted != '\0' && next->offset == last->offset + n_inserted) {
    if (n_inserted == 0 || ends_thought (last->inserted))
      return FALSE;
    take (&last->inserted, join (last->inserted, next->inserted));
    return TRUE;
  }
  if (*next->inserted != '\0' || n_inserted > 0 || *last->removed == '\0')
    return FALSE;
  if (next->offset == last->offset) {
    take (&last->removed, join (last->removed, next->removed));
    return TRUE;
  }
  if (next->offset + n_removed != last->offset)
    return FALSE;
  take (&last->removed, join (next->removed, last->removed));
  last->offset = next->offset;
  return TRUE;
}

static gboolean
is_inside (const char *text, const char *at)
{
  return ((guchar)*at & 0xc0) == 0x80 && at > text;
}

/* What differs, in whole characters. */
static JzChange *
compare (const char *before, const char *after)
{
  JzChange *change = g_new0 (JzChange, 1);
  gsize n_before = strlen (before);
  gsize n_after = strlen (after);
  gsize start = 0;
  gsize end = 0;
  while (start < n_before && start < n_after && before[start] == after[start])
    start++;
  while (start > 0 && (is_inside (before, before + start) || is_inside (after, after + start)))
    start--;
  while (end < n_before - start && end < n_after - start &&
         before[n_before - 1 - end] == after[n_after - 1 - end])
    end++;
  while (end > 0 &&
         (is_inside (before, before + n_before - end) || is_inside (after, after + n_after - end)))
    end--;
  change->offset = (guint)start;
  change->removed = g_strndup (before + start, n_before - start - end);
  change->inserted = g_strndup (after + start, n_after - start - end);
  return change;
}

/**
 * jz_changes_add_text:
 * @self: a list
 * @path: whose text it is
 * @before: what it was
 * @after: what it is
 * @is_whole: whether the text is read as a whole, and so taken back as a whole
 * @caret: where the caret was, in bytes
 *
 * Adds a change of a text, and forgets what was undone before it.
 */
void
jz_changes_add_text (JzChanges *self,
                     const char *path,
                     const char *before,
                     const char *after,
                     gboolean is_whole,
                     guint caret)
{
  g_return_if_fail (self != NULL);

  JzChange *change = is_whole ? g_new0 (JzChange, 1) : compare (before, after);
  if (is_whole) {
    change->removed = g_strdup (before);
    change->inserted = g_strdup (after);
  }
  change->is_text = TRUE;
  change->is_whole = is_whole;
  change->path = g_strdup (path);
  change->caret = caret;
  change->group = self->group;
  gboolean may_merge =
    !self->is_broken && self->n_done > 0 && self->n_done == self->changes->len && self->group == 0;
  self->is_broken = FALSE;
  if (may_merge && try_merge (g_ptr_array_index (self->changes, self->n_done - 1), change))
    free_change (change);
  else
    add (self, change);
}

/**
 * jz_changes_add_value:
 * @self: a list
 * @path: a field
 * @before: (nullable): its value before
 * @after: (nullable): its value after
 */
void
jz_changes_add_value (JzChanges *self, const char *path, const JzJson *before, const JzJson *after)
{
  g_return_if_fail (self != NULL);

  JzChange *change = g_new0 (JzChange, 1);
  change->path = g_strdup (path);
  change->group = self->group;
  change->before = before != NULL ? jz_json_copy (before) : NULL;
  change->after = after != NULL ? jz_json_copy (after) : NULL;
  self->is_broken = TRUE;
  add (self, change);
}

/**
 * jz_changes_begin:
 * @self: a list
 *
 * What is changed from now on is taken back together.
 */
void
jz_changes_begin (JzChanges *self)
{
  g_return_if_fail (self != NULL && self->group == 0);

  self->group = ++self->n_groups;
}

/**
 * jz_changes_end:
 * @self: a list
 *
 * Ends what jz_changes_begin() began.
 */
void
jz_changes_end (JzChanges *self)
{
  g_return_if_fail (self != NULL);

  self->group = 0;
  self->is_broken = TRUE;
}

/**
 * jz_changes_break:
 * @self: a list
 *
 * What is typed from now on is a change of its own: the caret went somewhere else.
 */
void
jz_changes_break (JzChanges *self)
{
  g_return_if_fail (self != NULL);

  self->is_broken = TRUE;
}

/**
 * jz_changes_peek_undo:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): what would be taken back
 */
const JzChange *
jz_changes_peek_undo (const JzChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_done > 0 ? g_ptr_array_index (self->changes, self->n_done - 1) : NULL;
}

/**
 * jz_changes_peek_redo:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): what would be done again
 */
const JzChange *
jz_changes_peek_redo (const JzChanges *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->n_done < self->changes->len ? g_ptr_array_index (self->changes, self->n_done) : NULL;
}

/**
 * jz_changes_undone:
 * @self: a list
 *
 * The change that jz_changes_peek_undo() named was taken back.
 */
void
jz_changes_undone (JzChanges *self)
{
  g_return_if_fail (self != NULL && self->n_done > 0);

  self->n_done--;
  self->is_broken = TRUE;
}

/**
 * jz_changes_redone:
 * @self: a list
 *
 * The change that jz_changes_peek_redo() named was done again.
 */
void
jz_changes_redone (JzChanges *self)
{
  g_return_if_fail (self != NULL && self->n_done < self->changes->len);

  self->n_done++;
  self->is_broken = TRUE;
}

/**
 * jz_changes_get_length:
 * @self: a list
 *
 * Returns: how many changes can be taken back
 */
guint
jz_changes_get_length (const JzChanges *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_done;
}
