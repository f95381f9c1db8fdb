/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/paper-private.h"
#include "app/window.h"
#include "forms/table_text.h"

/* What comes from other programs, by the clipboard or by the pointer: text without its looks, and
 * tables into tables (ux.md §5). */

#define HTML "text/html"

typedef struct {
  JzPaper *paper;
  char *path; /* of the cell that it goes to */
} Pasting;

static void
free_pasting (Pasting *self)
{
  g_object_unref (self->paper);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pasting, free_pasting)

static gboolean
is_still_there (const Pasting *self)
{
  JzPaper *paper = self->paper;
  return paper->typing != NULL && paper->is_editable && g_strcmp0 (paper->path, self->path) == 0 &&
         jz_typing_takes_rows (paper->typing, self->path);
}

static void
put_rows (JzPaper *self, const char *path, const GPtrArray *rows)
{
  g_autofree char *copy = g_strdup (path);
  guint n = jz_typing_put_rows (self->typing, copy, rows);
  g_autofree char *text =
    g_strdup_printf (ngettext ("%u row was put into the table. Ctrl+Z takes it back.",
                               "%u rows were put into the table. Ctrl+Z takes them back.", n),
                     n);
  (void)jz_paper_go (self, copy, G_MAXUINT);
  if (gtk_widget_get_ancestor (GTK_WIDGET (self), JZ_TYPE_WINDOW) != NULL)
    jz_window_toast (GTK_WIDGET (self), text);
}

/* As text, where it is no table. */
static void
put_text (JzPaper *self, const char *text)
{
  g_autoptr (GPtrArray) rows =
    jz_typing_takes_rows (self->typing, self->path) ? jz_table_text_read (text) : NULL;
  jz_typing_break (self->typing);
  if (rows != NULL)
    put_rows (self, self->path, rows);
  else
    jz_paper_insert (self, text);
  jz_typing_break (self->typing);
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pasting) pasting = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (text != NULL && is_still_there (pasting))
    put_text (pasting->paper, text);
}

static void
read_text (Pasting *pasting)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (pasting->paper)), NULL,
                                 on_text, pasting);
}

static void
on_html_bytes (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pasting) pasting = data;
  GOutputStream *memory = G_OUTPUT_STREAM (source);
  gssize size = g_output_stream_splice_finish (memory, result, NULL);
  const char *html = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (memory));
  g_autoptr (GPtrArray) rows = size > 0 ? jz_table_text_read_html (html, (gsize)size) : NULL;
  if (rows == NULL)
    read_text (g_steal_pointer (&pasting));
  else if (is_still_there (pasting))
    put_rows (pasting->paper, pasting->path, rows);
}

static void
on_html (GObject *source, GAsyncResult *result, gpointer data)
{
  Pasting *pasting = data;
  const char *type = NULL;
  g_autoptr (GInputStream) stream =
    gdk_clipboard_read_finish (GDK_CLIPBOARD (source), result, &type, NULL);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  if (stream == NULL)
    read_text (pasting);
  else
    g_output_stream_splice_async (
      memory, stream, G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
      G_PRIORITY_DEFAULT, NULL, on_html_bytes, pasting);
}

/* Whether it is dealt with here; otherwise it is pasted as any text. */
gboolean
jz_paper_paste (JzPaper *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  static const char *types[] = { HTML, NULL };
  if (self->typing == NULL || !self->is_editable || !self->is_typed ||
      !jz_typing_takes_rows (self->typing, self->path))
    return FALSE;
  Pasting *pasting = g_new0 (Pasting, 1);
  pasting->paper = g_object_ref (self);
  pasting->path = g_strdup (self->path);
  if (gdk_content_formats_contain_mime_type (gdk_clipboard_get_formats (clipboard), HTML))
    gdk_clipboard_read_async (clipboard, types, G_PRIORITY_DEFAULT, NULL, on_html, pasting);
  else
    read_text (pasting);
  return TRUE;
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, JzPaper *self)
{
  const char *text = g_value_get_string (value);
  if (text == NULL || !self->is_editable || !jz_paper_go_at (self, x, y) || !self->is_typed)
    return FALSE;
  put_text (self, text);
  return TRUE;
}

void
jz_paper_add_drop (JzPaper *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
