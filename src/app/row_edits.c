/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/row_edits.h"

/* What changed between two orders of ids. After an act one row is new, gone, or moved from one
 * place to another far away; telling the view of all rows between would cost it the place that the
 * user looks at. So small changes are found by looking a few rows ahead, and only what that does
 * not explain is one change of the middle. */

/* A batch of acts changes some rows side by side. */
#define LOOK_AHEAD 32

typedef struct {
  const gint64 *ids;
  guint n;
} Ids;

static void
add_edit (GArray *edits, guint position, guint n_removed, guint n_added)
{
  JzRowEdit edit = { position, n_removed, n_added };
  JzRowEdit *last = edits->len > 0 ? &g_array_index (edits, JzRowEdit, edits->len - 1) : NULL;

  if (last != NULL && last->position + last->n_added == position) {
    last->n_removed += n_removed;
    last->n_added += n_added;
    return;
  }
  g_array_append_val (edits, edit);
}

/* How far the two are alike from the given places. */
static guint
skip_same (const Ids *a, guint i, const Ids *b, guint j)
{
  guint n = 0;

  while (i + n < a->n && j + n < b->n && a->ids[i + n] == b->ids[j + n])
    n++;
  return n;
}

static gboolean
is_same_at (const Ids *a, guint i, const Ids *b, guint j)
{
  return i < a->n && j < b->n && a->ids[i] == b->ids[j];
}

/* The shortest way on from two rows that differ: some rows gone, some come, or some in place of
 * others; FALSE where a look a few rows ahead finds none. */
static gboolean
find_next_edit (const Ids *old, guint i, const Ids *new, guint j, JzRowEdit *edit)
{
  for (guint n = 1; n <= LOOK_AHEAD; n++) {
    *edit = (JzRowEdit){ .n_removed = n };
    if (is_same_at (old, i + n, new, j) || (j == new->n &&i + n == old->n))
      return TRUE;
    *edit = (JzRowEdit){ .n_added = n };
    if (is_same_at (old, i, new, j + n) || (i == old->n && j + n == new->n))
      return TRUE;
    *edit = (JzRowEdit){ .n_removed = n, .n_added = n };
    if (is_same_at (old, i + n, new, j + n) || (i + n == old->n && j + n == new->n))
      return TRUE;
  }
  return FALSE;
}

/* FALSE where few small edits do not explain it. */
static gboolean
find_small_edits (const Ids *old, const Ids *new, guint start, GArray *edits)
{
  guint i = 0, j = 0;

  while (edits->len <= JZ_ROW_MAX_EDITS) {
    JzRowEdit edit;
    guint n = skip_same (old, i, new, j);
    i += n;
    j += n;
    if (i == old->n && j == new->n)
      return TRUE;
    if (!find_next_edit (old, i, new, j, &edit))
      return FALSE;
    add_edit (edits, start + j, edit.n_removed, edit.n_added);
    i += edit.n_removed;
    j += edit.n_added;
  }
  return FALSE;
}

/**
 * jz_row_edits_compute:
 * @old_ids: (element-type gint64): the ids as they were
 * @new_ids: (element-type gint64): as they are now
 *
 * Finds few small changes that make one list of the other: at most %JZ_ROW_MAX_EDITS of some rows
 * each, or else one of everything between the first and the last row that differ.
 *
 * Returns: (transfer full) (element-type JzRowEdit): the changes, from front to back
 */
GArray *
jz_row_edits_compute (const GArray *old_ids, const GArray *new_ids)
{
  Ids old = { (const gint64 *)(gconstpointer)old_ids->data, old_ids->len };
  Ids new = { (const gint64 *)(gconstpointer)new_ids->data, new_ids->len };
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (JzRowEdit));
  guint start = skip_same (&old, 0, &new, 0);

  old = (Ids){ old.ids + start, old.n - start };
  new = (Ids){ new.ids + start, new.n - start };
  while (old.n > 0 && new.n > 0 && old.ids[old.n - 1] == new.ids[new.n - 1]) {
    old.n--;
    new.n--;
  }
  if (old.n == 0 && new.n == 0)
    return edits;
  if (old.n == 0 || new.n == 0 || !find_small_edits (&old, &new, start, edits)) {
    g_array_set_size (edits, 0);
    add_edit (edits, start, old.n, new.n);
  }
  return edits;
}
