/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/paper-private.h"

/* Finding words anywhere on the pages, in the wording of the form too. */

typedef struct {
  guint page;
  const JzPageLine *line;
  guint index; /* bytes in the text of the paragraph */
} Found;

/* A word that goes on in the next line is found once, where it begins. */
static void
find_in_line (JzPaper *self, guint page, const JzPageLine *line, GArray *found)
{
  const PangoLayoutLine *drawn = jz_page_line_get (line);
  const char *text = pango_layout_get_text (line->text->layout);
  gsize length = strlen (self->find);
  for (const char *at = strstr (text, self->find); at != NULL;
       at = strstr (at + length, self->find)) {
    guint index = (guint)(at - text);
    Found one = { page, line, index };
    if (index >= (guint)drawn->start_index && index < (guint)(drawn->start_index + drawn->length))
      g_array_append_val (found, one);
  }
}

static GArray *
find_all (JzPaper *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Found));
  if (self->find == NULL || self->pages == NULL)
    return found;
  for (guint i = 0; i < self->pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (self->pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++)
      find_in_line (self, i, g_ptr_array_index (page->lines, j), found);
  }
  return found;
}

/**
 * jz_paper_set_find:
 * @self: a page widget
 * @text: (nullable): what to look for
 *
 * Marks every place where the text stands.
 */
void
jz_paper_set_find (JzPaper *self, const char *text)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  g_free (self->find);
  self->find = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  self->found = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_paper_count_found:
 * @self: a page widget
 *
 * Returns: how often the text is there
 */
guint
jz_paper_count_found (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), 0);

  g_autoptr (GArray) found = find_all (self);
  return found->len;
}

static void
edit_found (JzPaper *self, const Found *found)
{
  for (guint i = 0; i < found->line->text->spans->len; i++) {
    const JzPageSpan *span = &g_array_index (found->line->text->spans, JzPageSpan, i);
    if (found->index < span->start || found->index >= span->end || span->show != JZ_SHOW_PLAIN)
      continue;
    guint offset = span->offset + found->index - span->start;
    guint end = offset + (guint)strlen (self->find);
    g_autofree char *path = g_strdup (span->path);
    jz_paper_set_path (self, path);
    if (!self->is_typed)
      return;
    jz_paper_input_set_caret (self, offset, FALSE);
    jz_paper_input_set_caret (self, end, TRUE);
    return;
  }
}

/**
 * jz_paper_go_found:
 * @self: a page widget
 * @direction: 1 for the next place, -1 for the one before
 *
 * Shows where the text is; where it is in a field, that field is edited with the text selected. The
 * focus stays where it is.
 *
 * Returns: whether the text is anywhere
 */
gboolean
jz_paper_go_found (JzPaper *self, int direction)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), FALSE);

  g_autoptr (GArray) found = find_all (self);
  if (found->len == 0)
    return FALSE;
  if (direction > 0)
    self->found = self->found >= found->len ? 1 : self->found + 1;
  else
    self->found = self->found <= 1 ? found->len : self->found - 1;
  const Found here = g_array_index (found, Found, self->found - 1);
  double top = jz_page_line_get_top (here.line);
  double bottom = jz_page_line_get_bottom (here.line);
  if (self->is_editable)
    edit_found (self, &here);
  jz_paper_scroll_to (self, here.page, top, bottom - top);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}
