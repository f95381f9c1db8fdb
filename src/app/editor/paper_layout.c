/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "app/editor/paper-private.h"

/* Laying out what is typed, with what the input method composes in its place. */

/* Stands in an empty field for the conditions of the form, so that its line does not vanish under
 * the caret. */
#define PLACEHOLDER "＿"

static void
stack_pages (JzPaper *self)
{
  double top = self->is_continuous ? 0 : JZ_PAPER_GAP;
  g_array_set_size (self->tops, 0);
  for (guint i = 0; i < self->pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages->pages, i);
    g_array_append_val (self->tops, top);
    top += page->height + (self->is_continuous ? 0 : JZ_PAPER_GAP);
  }
}

/* What stands in the place of values: unreadable ones, and the one that is being typed. */
static GHashTable *
copy_written (JzPaper *self, const char *text)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer path;
  gpointer written;
  g_hash_table_iter_init (&iter, jz_typing_get_written (self->typing));
  while (g_hash_table_iter_next (&iter, &path, &written))
    g_hash_table_insert (copy, g_strdup (path), g_strdup (written));
  if (text != NULL)
    g_hash_table_insert (copy, g_strdup (self->path), g_strdup (text));
  return copy;
}

static char *
dup_composed (JzPaper *self)
{
  if (self->path == NULL || !self->is_typed)
    return NULL;
  g_autofree char *text = jz_typing_dup_text (self->typing, self->path);
  gsize caret = MIN (jz_paper_input_get_caret (self), strlen (text));
  if (self->preedit[0] == '\0')
    return g_steal_pointer (&text);
  g_autofree char *head = g_strndup (text, caret);
  return g_strconcat (head, self->preedit, text + caret, NULL);
}

/* The values as the conditions of the form see them; NULL for those of the document. */
static JzFilling *
copy_for_conditions (JzPaper *self)
{
  JzFieldPath where;
  if (self->path == NULL || !self->is_typed ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), self->path, &where))
    return NULL;
  JzFieldType type = jz_field_path_get_leaf (&where)->type;
  const JzFilling *filling = jz_typing_get_filling (self->typing);
  if (!jz_filling_is_empty (jz_filling_get_at (filling, &where)) || type == JZ_FIELD_MONEY ||
      type == JZ_FIELD_INT || type == JZ_FIELD_COMPOSITE)
    return NULL;
  JzFilling *copy =
    jz_filling_new_from_json (jz_filling_get_form (filling), jz_filling_get_values (filling), NULL);
  if (copy != NULL)
    (void)jz_filling_put_at (copy, &where, jz_json_new_text (PLACEHOLDER), NULL);
  return copy;
}

static void
keep_drawn (JzPaper *self, const JzPages *old, const JzPages *new)
{
  for (guint i = new->pages->len; i < self->drawn->len; i++)
    jz_paper_page_clear (&g_array_index (self->drawn, JzPaperPage, i));
  g_array_set_size (self->drawn, new->pages->len);
  for (guint i = 0; i < new->pages->len; i++) {
    gboolean is_same =
      old != NULL && i < old->pages->len &&
      jz_page_equal (g_ptr_array_index (old->pages, i), g_ptr_array_index (new->pages, i));
    if (!is_same)
      jz_paper_page_clear (&g_array_index (self->drawn, JzPaperPage, i));
  }
}

/* Paragraphs that are the same as before are not laid out again, pages that are the same are not
 * drawn again. */
void
jz_paper_lay_out (JzPaper *self)
{
  if (self->typing == NULL)
    return;
  g_autofree char *text = dup_composed (self);
  g_autoptr (GHashTable) written = copy_written (self, text);
  g_autoptr (JzFilling) copy = copy_for_conditions (self);
  const JzFilling *filling = copy != NULL ? copy : jz_typing_get_filling (self->typing);
  const JzPageOptions options = { .case_number = self->case_number,
                                  .is_demo = self->is_demo,
                                  .is_draft = self->is_draft,
                                  .is_continuous = self->is_continuous,
                                  .written = written,
                                  .previous = self->pages };
  JzPages *pages = jz_pages_lay_out (filling, self->faces, &options);
  double old_height = jz_paper_get_height (self);
  keep_drawn (self, self->pages, pages);
  g_clear_pointer (&self->spans, g_ptr_array_unref);
  g_clear_pointer (&self->pages, jz_pages_unref);
  self->pages = pages;
  self->spans = jz_pages_list_spans (pages);
  self->n_laid_out++;
  stack_pages (self);
  jz_paper_update_nodes (self);
  if (fabs (jz_paper_get_height (self) - old_height) > 0.5)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  else
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
