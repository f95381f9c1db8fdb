/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/paper-private.h"
#include "pages/metrics.h"

/* The page widget: its size, and which field is edited. */

#define LARGEST_FIT 2.4
#define LEAST_WIDTH 320
#define NATURAL_WIDTH 900
#define SIDE_ROOM 16.0
enum { WENT, ENTERED, CLOCKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzPaper, jz_paper, GTK_TYPE_WIDGET)

double
jz_paper_get_top (JzPaper *self, guint page)
{
  return g_array_index (self->tops, double, page);
}

void
jz_paper_drop_drawn (JzPaper *self)
{
  for (guint i = 0; i < self->drawn->len; i++)
    jz_paper_page_clear (&g_array_index (self->drawn, JzPaperPage, i));
}

double
jz_paper_get_height (JzPaper *self)
{
  if (self->pages == NULL || self->pages->pages->len == 0)
    return JZ_PAGE_HEIGHT;
  guint last = self->pages->pages->len - 1;
  const JzPage *page = g_ptr_array_index (self->pages->pages, last);
  return jz_paper_get_top (self, last) + page->height + JZ_PAPER_GAP;
}

static double
get_width (JzPaper *self)
{
  if (self->pages == NULL || self->pages->pages->len == 0)
    return JZ_PAGE_WIDTH;
  return ((const JzPage *)g_ptr_array_index (self->pages->pages, 0))->width;
}

static void
take_up (JzPaper *self, const char *path)
{
  char *old = g_steal_pointer (&self->path);
  self->is_typed = path != NULL && jz_typing_is_typed (self->typing, path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->preedit, g_free);
  self->preedit = g_strdup ("");
  if (old != NULL)
    jz_typing_settle (self->typing, old);
  g_free (old);
}

/* From now on that field is edited. */
void
jz_paper_set_path (JzPaper *self, const char *path)
{
  if (g_strcmp0 (self->path, path) == 0)
    return;
  take_up (self, path);
  g_autofree char *text = self->is_typed ? jz_typing_dup_text (self->typing, path) : g_strdup ("");
  jz_paper_input_load (self, text, 0);
  jz_paper_lay_out (self);
  g_signal_emit (self, signals[WENT], 0, self->path);
}

static void
typing_changed (JzTyping *typing, const char *path, JzPaper *self)
{
  JzFieldPath where;
  if (self->path != NULL && !jz_field_path_parse (jz_typing_get_form (typing), self->path, &where))
    jz_paper_set_path (self, NULL);
  if (self->path != NULL && self->is_typed) {
    g_autofree char *text = jz_typing_dup_text (typing, self->path);
    g_autofree char *shown = jz_paper_input_dup_text (self);
    if (strcmp (text, shown) != 0)
      jz_paper_input_load (self, text, MIN (jz_paper_input_get_caret (self), (guint)strlen (text)));
  }
  jz_paper_lay_out (self);
  jz_paper_scroll_to_caret (self);
}

static void
typing_went (JzTyping *typing, const char *path, guint caret, JzPaper *self)
{
  (void)jz_paper_go (self, path, caret);
}

static void
jz_paper_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  JzPaper *self = JZ_PAPER (widget);
  double width = get_width (self);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = self->zoom > 0 ? (int)ceil (width * self->zoom) : LEAST_WIDTH;
    *natural = MAX (*minimum, NATURAL_WIDTH);
    return;
  }
  double scale =
    self->zoom > 0 ? self->zoom : CLAMP ((for_size - 2 * SIDE_ROOM) / width, 0.3, LARGEST_FIT);
  *minimum = *natural = (int)ceil (jz_paper_get_height (self) * scale);
}

static GtkSizeRequestMode
jz_paper_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
jz_paper_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzPaper *self = JZ_PAPER (widget);
  double page_width = get_width (self);
  double scale =
    self->zoom > 0 ? self->zoom : CLAMP ((width - 2 * SIDE_ROOM) / page_width, 0.3, LARGEST_FIT);
  if (fabs (scale - self->scale) > 0.0001)
    gtk_widget_queue_draw (widget);
  self->scale = scale;
  self->offset_x = MAX (floor ((width - page_width * scale) / 2), 0);
  jz_paper_allocate_nodes (self);
  jz_paper_allocate_input (self);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child))
      gtk_popover_present (GTK_POPOVER (child));
}

static void
jz_paper_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  /* The hidden view is never painted: its background would cover the page. */
  jz_paper_draw (JZ_PAPER (widget), snapshot);
}

static gboolean
jz_paper_grab_focus (GtkWidget *widget)
{
  JzPaper *self = JZ_PAPER (widget);
  if (self->path == NULL)
    return self->spans != NULL && self->spans->len > 0 &&
           jz_paper_go (self, ((const JzPageSpan *)g_ptr_array_index (self->spans, 0))->path, 0);
  GtkWidget *child = self->is_typed ? self->input : jz_paper_get_node (self, self->path);
  return child != NULL && gtk_widget_grab_focus (child);
}

/* One stop for whoever comes with Tab; inside, Tab goes by fields. */
static gboolean
jz_paper_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if (gtk_widget_get_focus_child (widget) != NULL || !JZ_PAPER (widget)->is_editable)
    return FALSE;
  return jz_paper_grab_focus (widget);
}

static void
jz_paper_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_paper_parent_class)->root (widget);
  jz_paper_follow_scrolling (JZ_PAPER (widget));
}

static void
jz_paper_unroot (GtkWidget *widget)
{
  jz_paper_leave_scrolling (JZ_PAPER (widget));
  GTK_WIDGET_CLASS (jz_paper_parent_class)->unroot (widget);
}

static void
jz_paper_dispose (GObject *object)
{
  JzPaper *self = JZ_PAPER (object);
  jz_paper_set_typing (self, NULL);
  g_clear_pointer (&self->nodes, g_hash_table_unref);
  g_clear_pointer (&self->input, gtk_widget_unparent);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_first_child (GTK_WIDGET (self)))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (jz_paper_parent_class)->dispose (object);
}

static void
jz_paper_finalize (GObject *object)
{
  JzPaper *self = JZ_PAPER (object);
  g_clear_pointer (&self->spans, g_ptr_array_unref);
  g_clear_pointer (&self->pages, jz_pages_unref);
  jz_paper_drop_drawn (self);
  g_array_unref (self->drawn);
  g_array_unref (self->tops);
  jz_faces_unref (self->faces);
  g_free (self->case_number);
  g_free (self->path);
  g_free (self->preedit);
  g_free (self->find);
  g_clear_pointer (&self->carried, g_hash_table_unref);
  g_clear_pointer (&self->ties, g_hash_table_unref);
  G_OBJECT_CLASS (jz_paper_parent_class)->finalize (object);
}

static void
jz_paper_class_init (JzPaperClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_paper_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_paper_finalize;
  widget_class->measure = jz_paper_measure;
  widget_class->get_request_mode = jz_paper_get_request_mode;
  widget_class->size_allocate = jz_paper_size_allocate;
  widget_class->snapshot = jz_paper_snapshot;
  widget_class->grab_focus = jz_paper_grab_focus;
  widget_class->focus = jz_paper_focus;
  widget_class->root = jz_paper_root;
  widget_class->unroot = jz_paper_unroot;
  signals[WENT] = g_signal_new ("went", JZ_TYPE_PAPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ENTERED] =
    g_signal_new ("entered", JZ_TYPE_PAPER, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled,
                  NULL, NULL, G_TYPE_BOOLEAN, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[CLOCKED] = g_signal_new ("clocked", JZ_TYPE_PAPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_css_name (widget_class, "paper");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  jz_paper_install_steps (widget_class);
}

static void
jz_paper_init (JzPaper *self)
{
  self->drawn = g_array_new (FALSE, TRUE, sizeof (JzPaperPage));
  self->tops = g_array_new (FALSE, FALSE, sizeof (double));
  self->nodes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->preedit = g_strdup ("");
  self->wanted_x = -1;
  self->scale = 1;
  self->is_editable = TRUE;
  self->input = jz_paper_input_new (self);
  gtk_widget_set_parent (self->input, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"),
                                  -1);
  jz_paper_add_pointer (self);
}

/**
 * jz_paper_new:
 * @faces: the faces that documents are printed with
 *
 * Returns: (transfer floating): a page widget without a document
 */
GtkWidget *
jz_paper_new (JzFaces *faces)
{
  g_return_val_if_fail (faces != NULL, NULL);

  JzPaper *self = g_object_new (JZ_TYPE_PAPER, NULL);
  self->faces = jz_faces_ref (faces);
  return GTK_WIDGET (self);
}

/**
 * jz_paper_set_typing:
 * @self: a page widget
 * @typing: (nullable): the document that is shown and edited
 */
void
jz_paper_set_typing (JzPaper *self, JzTyping *typing)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  if (self->typing == typing)
    return;
  if (self->typing != NULL) {
    g_signal_handlers_disconnect_by_data (self->typing, self);
    g_clear_pointer (&self->path, g_free);
    g_clear_object (&self->typing);
  }
  if (typing == NULL)
    return;
  self->typing = g_object_ref (typing);
  g_signal_connect (typing, "changed", G_CALLBACK (typing_changed), self);
  g_signal_connect (typing, "went", G_CALLBACK (typing_went), self);
  jz_paper_lay_out (self);
}

/**
 * jz_paper_set_editable:
 * @self: a page widget
 * @is_editable: whether its fields can be edited
 *
 * A final document is only read: it has no tinted fields and no caret.
 */
void
jz_paper_set_editable (JzPaper *self, gboolean is_editable)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  self->is_editable = is_editable;
  if (!is_editable && self->typing != NULL)
    jz_paper_set_path (self, NULL);
  gtk_widget_set_sensitive (self->input, is_editable);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_paper_set_marks:
 * @self: a page widget
 * @case_number: (nullable): stands in the heads of pages
 * @is_demo: whether the office is invented
 * @is_draft: whether every page says that it is a draft
 */
void
jz_paper_set_marks (JzPaper *self, const char *case_number, gboolean is_demo, gboolean is_draft)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  char *copy = g_strdup (case_number);
  g_free (self->case_number);
  self->case_number = copy;
  self->is_demo = is_demo;
  self->is_draft = is_draft;
  jz_paper_lay_out (self);
}

/**
 * jz_paper_set_continuous:
 * @self: a page widget
 * @is_continuous: whether there are no page breaks and large type (ux.md §5)
 */
void
jz_paper_set_continuous (JzPaper *self, gboolean is_continuous)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  if (self->is_continuous == is_continuous)
    return;
  self->is_continuous = is_continuous;
  jz_paper_drop_drawn (self);
  jz_paper_lay_out (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  jz_paper_scroll_to_caret (self);
}

/**
 * jz_paper_set_zoom:
 * @self: a page widget
 * @zoom: pixels a point; 0 for as wide as there is room
 */
void
jz_paper_set_zoom (JzPaper *self, double zoom)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  self->zoom = zoom <= 0 ? 0 : CLAMP (zoom, 0.3, 6);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_paper_get_asked_zoom:
 * @self: a page widget
 *
 * Returns: what jz_paper_set_zoom() asked for; 0 for as wide as there is room
 */
double
jz_paper_get_asked_zoom (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), 0);

  return self->zoom;
}

/**
 * jz_paper_get_zoom:
 * @self: a page widget
 *
 * Returns: how many pixels a point has now
 */
double
jz_paper_get_zoom (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), 1);

  return self->scale;
}

/**
 * jz_paper_get_pages:
 * @self: a page widget
 *
 * Returns: (transfer none) (nullable): what is drawn
 */
JzPages *
jz_paper_get_pages (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), NULL);

  return self->pages;
}

/**
 * jz_paper_get_path:
 * @self: a page widget
 *
 * Returns: (transfer none) (nullable): the field that is edited
 */
const char *
jz_paper_get_path (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), NULL);

  return self->path;
}

/**
 * jz_paper_is_composing:
 * @self: a page widget
 *
 * Returns: whether an input method is composing; then no single key of ours may act (ux.md §5)
 */
gboolean
jz_paper_is_composing (JzPaper *self)
{
  g_return_val_if_fail (JZ_IS_PAPER (self), FALSE);

  return self->preedit[0] != '\0';
}

/**
 * jz_paper_insert:
 * @self: a page widget
 * @text: a text
 *
 * Puts a text at the caret, or in the place of what is selected, as if it was typed.
 */
void
jz_paper_insert (JzPaper *self, const char *text)
{
  g_return_if_fail (JZ_IS_PAPER (self));

  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  if (self->path == NULL || !self->is_typed || !self->is_editable)
    return;
  (void)gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, TRUE);
}
