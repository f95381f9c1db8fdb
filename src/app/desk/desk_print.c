/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk_print.h"

#include <glib/gi18n-lib.h>

#include "app/desk/desk_row.h"
#include "app/messages.h"

/* The desk on paper (打印今日待办): one thing a line, with a box to tick, in points on the page. */

#define MARGIN 42.0
#define TEXT_SIZE 10.5
#define TITLE_SIZE 16.0
#define GAP 6.0
#define BOX_WIDTH 20.0
#define WHEN_WIDTH 84.0
#define CASE_WIDTH 190.0

typedef struct {
  char *title;
  GPtrArray *rows; /* JzJson */
  GArray *breaks;  /* guint: the first row of each page */
} Job;

static void
job_free (gpointer data, GClosure *closure)
{
  Job *self = data;

  g_free (self->title);
  g_ptr_array_unref (self->rows);
  g_array_unref (self->breaks);
  g_free (self);
}

static PangoLayout *
new_layout (GtkPrintContext *context, const char *text, double size, double width)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  int height = 0;

  pango_layout_get_size (layout, NULL, &height);
  return (double)height / PANGO_SCALE;
}

/* The three texts of a row; drawn where @cr is not NULL. Returns how high it is. */
static double
draw_row (GtkPrintContext *context, cairo_t *cr, const JzJson *row, double y)
{
  double width = gtk_print_context_get_width (context) - 2 * MARGIN;
  g_autofree char *when = jz_desk_item_dup_when (row);
  g_autofree char *subject = jz_desk_item_dup_case (row);
  const struct {
    const char *text;
    double x;
    double width;
  } parts[] = {
    { when, BOX_WIDTH, WHEN_WIDTH },
    { subject, BOX_WIDTH + WHEN_WIDTH, CASE_WIDTH },
    { jz_json_read_text (row, "sentence"), BOX_WIDTH + WHEN_WIDTH + CASE_WIDTH,
      width - BOX_WIDTH - WHEN_WIDTH - CASE_WIDTH },
  };
  double height = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autoptr (PangoLayout) layout =
      new_layout (context, parts[i].text, TEXT_SIZE, parts[i].width - GAP);
    height = MAX (height, get_height (layout));
    if (cr == NULL)
      continue;
    cairo_move_to (cr, MARGIN + parts[i].x, y);
    pango_cairo_show_layout (cr, layout);
  }
  if (cr != NULL) {
    cairo_set_line_width (cr, 0.6);
    cairo_rectangle (cr, MARGIN, y + 2, TEXT_SIZE, TEXT_SIZE);
    cairo_stroke (cr);
  }
  return height + GAP;
}

static double
get_top (void)
{
  return MARGIN + TITLE_SIZE * 2;
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  double bottom = gtk_print_context_get_height (context) - MARGIN;
  double y = get_top ();
  guint first = 0;

  g_array_append_val (job->breaks, first);
  for (guint i = 0; i < job->rows->len; i++) {
    double height = draw_row (context, NULL, g_ptr_array_index (job->rows, i), y);
    if (y + height > bottom && y > get_top ()) {
      g_array_append_val (job->breaks, i);
      y = get_top ();
    }
    y += height;
  }
  gtk_print_operation_set_n_pages (operation, (int)job->breaks->len);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  guint end = (guint)page + 1 < job->breaks->len
                ? g_array_index (job->breaks, guint, (guint)page + 1)
                : job->rows->len;
  double y = get_top ();
  g_autoptr (PangoLayout) title = new_layout (context, job->title, TITLE_SIZE,
                                              gtk_print_context_get_width (context) - 2 * MARGIN);

  cairo_move_to (cr, MARGIN, MARGIN);
  pango_cairo_show_layout (cr, title);
  for (guint i = g_array_index (job->breaks, guint, (guint)page); i < end; i++)
    y += draw_row (context, cr, g_ptr_array_index (job->rows, i), y);
}

static void
collect (GPtrArray *rows, const JzJson *list)
{
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++)
    g_ptr_array_add (rows, jz_json_ref (jz_json_get_item (list, i)));
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, GtkWidget *inside)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  jz_show_error (inside, error);
}

/**
 * jz_desk_print:
 * @inside: a widget of a window
 * @title: what stands above it
 * @desk: of jz_desk_read()
 *
 * Prints what is to be done, with the system's dialog.
 */
void
jz_desk_print (GtkWidget *inside, const char *title, const JzJson *desk)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  GtkRoot *root = gtk_widget_get_root (inside);
  Job *job = g_new0 (Job, 1);
  g_autoptr (GError) error = NULL;

  job->title = g_strdup (title);
  job->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  job->breaks = g_array_new (FALSE, FALSE, sizeof (guint));
  collect (job->rows, jz_json_get_member (desk, "items"));
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_job_name (operation, title);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin), job, job_free, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), job);
  g_signal_connect_object (operation, "done", G_CALLBACK (on_done), inside, 0);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    jz_show_error (inside, error);
}
