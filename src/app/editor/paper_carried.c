/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/paper-private.h"
#include "base/sentence.h"

/* Sentences that came from another case are tinted until somebody has looked at them. */

static const GdkRGBA carried_tint = { 0.90f, 0.80f, 0.98f, 1 };

/**
 * jz_paper_set_carried:
 * @self: a page widget
 * @carried: (nullable) (element-type utf8 GArray): by path, the sentences that are tinted
 */
void
jz_paper_set_carried (JzPaper *self, GHashTable *carried)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  if (self->carried == NULL && carried == NULL)
    return;
  g_clear_pointer (&self->carried, g_hash_table_unref);
  self->carried = carried != NULL ? g_hash_table_ref (carried) : NULL;
  jz_paper_update_nodes (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_paper_get_caret:
 * @self: a page widget
 *
 * Returns: where the caret is in the text that is edited, in bytes
 */
guint
jz_paper_get_caret (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), 0);

  return self->is_typed ? jz_paper_input_get_caret (self) : 0;
}

gboolean
jz_paper_is_carried (JzPaper *self, const char *path)
{
  return self->carried != NULL && g_hash_table_contains (self->carried, path);
}

void
jz_paper_draw_carried (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page)
{
  GHashTableIter iter;
  gpointer path;
  gpointer sentences;
  if (self->carried == NULL)
    return;
  g_hash_table_iter_init (&iter, self->carried);
  while (g_hash_table_iter_next (&iter, &path, &sentences))
    for (guint i = 0; i < ((GArray *)sentences)->len; i++) {
      const JzSentence *sentence = &g_array_index ((GArray *)sentences, JzSentence, i);
      jz_paper_draw_part (snapshot, page, path, sentence->start, sentence->end, &carried_tint);
    }
}
