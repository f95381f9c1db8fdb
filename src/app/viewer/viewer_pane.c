/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/viewer/viewer_pane.h"

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/viewer/sheet_view.h"

/* By one press. */
#define STEP 1.25
/* More places than this are not counted. */
#define MAX_HITS 10000

struct _JzViewerPane {
  GtkWidget parent_instance;

  GtkWidget *paging;
  GtkAdjustment *page_value;
  GtkWidget *page;
  GtkLabel *pages;
  GtkWidget *searching;
  GtkEditable *search;
  GtkLabel *count;
  GtkLabel *notice;
  JzSheetView *view;

  JzSheetSource *source;
  JzSeen *seen;
  GArray *hits; /* JzSheetHit, in the order of the pages */
  guint next;   /* the page that is searched next */
  int current;  /* of the hits; -1 for none */
  gboolean is_setting;
  gboolean wants_first; /* the first hit is shown as soon as it is found */
};

G_DEFINE_FINAL_TYPE (JzViewerPane, jz_viewer_pane, GTK_TYPE_WIDGET)

static const char *
get_wanted (JzViewerPane *self)
{
  return gtk_editable_get_text (self->search);
}

static guint
get_n_pages (JzViewerPane *self)
{
  return self->source != NULL ? jz_sheet_source_get_n_pages (self->source) : 0;
}

static void
show_count (JzViewerPane *self)
{
  gboolean is_done = self->next >= get_n_pages (self);
  g_autofree char *text = NULL;

  if (get_wanted (self)[0] == '\0')
    text = g_strdup ("");
  else if (self->hits->len == 0)
    text = g_strdup (is_done ? _ ("Not found") : _ ("Searching…"));
  else
    text = g_strdup_printf (is_done ? "%d / %u" : "%d / %u…", self->current + 1, self->hits->len);
  gtk_label_set_label (self->count, text);
}

static void
show_hit (JzViewerPane *self, int position)
{
  const JzSheetHit *hit;

  if (self->hits->len == 0)
    return;
  self->current = (position + (int)self->hits->len) % (int)self->hits->len;
  hit = &g_array_index (self->hits, JzSheetHit, (guint)self->current);
  jz_sheet_view_show_hit (self->view, hit->page, hit->start, hit->length);
  show_count (self);
}

/* Page by page as their texts come. */
static void
search_on (JzViewerPane *self)
{
  while (get_wanted (self)[0] != '\0' && self->next < get_n_pages (self) &&
         self->hits->len < MAX_HITS) {
    const JzPageText *text = jz_sheet_source_get_text (self->source, self->next);
    g_autoptr (GArray) hits = NULL;
    if (text == NULL && !jz_sheet_source_is_text_known (self->source, self->next))
      break;
    hits = text != NULL ? jz_sheet_find (text->text, self->next, get_wanted (self)) : NULL;
    if (hits != NULL)
      g_array_append_vals (self->hits, hits->data, hits->len);
    self->next++;
    if (self->wants_first && self->hits->len > 0) {
      self->wants_first = FALSE;
      show_hit (self, 0);
    }
  }
  show_count (self);
}

static void
on_search_changed (JzViewerPane *self)
{
  g_array_set_size (self->hits, 0);
  self->current = -1;
  self->next = 0;
  self->wants_first = TRUE;
  jz_sheet_view_set_search (self->view, get_wanted (self));
  if (self->source != NULL)
    search_on (self);
}

static void
on_next (JzViewerPane *self)
{
  show_hit (self, self->current + 1);
}

static void
on_previous (JzViewerPane *self)
{
  show_hit (self, self->current - 1);
}

static void
on_stopped (JzViewerPane *self)
{
  gtk_editable_set_text (self->search, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
on_failed (JzViewerPane *self, const char *sentence)
{
  gtk_label_set_label (self->notice, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), TRUE);
}

static void
on_moved (JzViewerPane *self)
{
  guint page = jz_sheet_view_get_page (self->view);

  self->is_setting = TRUE;
  gtk_adjustment_set_value (self->page_value, page + 1);
  self->is_setting = FALSE;
  if (self->source != NULL && jz_sheet_source_get_texture (self->source, page) != NULL)
    jz_seen_add (self->seen, page + 1, page + 1);
}

/* A page counts as seen when its picture came while it was in front. */
static void
on_page_drawn (JzViewerPane *self, guint page)
{
  guint front = jz_sheet_view_get_page (self->view);

  if (page == front)
    jz_seen_add (self->seen, page + 1, page + 1);
}

static void
on_page_typed (JzViewerPane *self)
{
  if (!self->is_setting)
    jz_viewer_pane_go (self, (guint)gtk_adjustment_get_value (self->page_value) - 1);
}

static void
go_by (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzViewerPane *self = JZ_VIEWER_PANE (widget);
  int page = (int)jz_sheet_view_get_page (self->view) + g_variant_get_int32 (parameter);

  jz_viewer_pane_go (self, (guint)CLAMP (page, 0, MAX ((int)get_n_pages (self) - 1, 0)));
}

static void
resize (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzViewerPane *self = JZ_VIEWER_PANE (widget);

  if (g_str_equal (action, "viewer.fit"))
    jz_sheet_view_fit_width (self->view);
  else
    jz_sheet_view_zoom (self->view, g_str_equal (action, "viewer.larger") ? STEP : 1 / STEP);
}

static void
turn (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_sheet_view_turn (JZ_VIEWER_PANE (widget)->view, g_variant_get_int32 (parameter));
}

static void
find (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzViewerPane *self = JZ_VIEWER_PANE (widget);

  if (gtk_widget_get_visible (self->searching))
    gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
jz_viewer_pane_dispose (GObject *object)
{
  JzViewerPane *self = JZ_VIEWER_PANE (object);

  if (self->view != NULL)
    jz_viewer_pane_close (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_VIEWER_PANE);
  while (gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_unparent (gtk_widget_get_first_child (GTK_WIDGET (self)));
  G_OBJECT_CLASS (jz_viewer_pane_parent_class)->dispose (object);
}

static void
jz_viewer_pane_finalize (GObject *object)
{
  JzViewerPane *self = JZ_VIEWER_PANE (object);

  jz_seen_free (self->seen);
  g_array_unref (self->hits);
  G_OBJECT_CLASS (jz_viewer_pane_parent_class)->finalize (object);
}

static gboolean
jz_viewer_pane_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (JZ_VIEWER_PANE (widget)->view));
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "viewer.page", "i", go_by);
  gtk_widget_class_install_action (widget_class, "viewer.smaller", NULL, resize);
  gtk_widget_class_install_action (widget_class, "viewer.larger", NULL, resize);
  gtk_widget_class_install_action (widget_class, "viewer.fit", NULL, resize);
  gtk_widget_class_install_action (widget_class, "viewer.turn", "i", turn);
  gtk_widget_class_install_action (widget_class, "viewer.find", NULL, find);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "viewer.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_plus, GDK_CONTROL_MASK,
                                       "viewer.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_equal, GDK_CONTROL_MASK,
                                       "viewer.larger", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_minus, GDK_CONTROL_MASK,
                                       "viewer.smaller", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0, GDK_CONTROL_MASK, "viewer.fit",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK, "viewer.turn",
                                       "i", 1);
}

static void
jz_viewer_pane_class_init (JzViewerPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_viewer_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_viewer_pane_finalize;
  widget_class->grab_focus = jz_viewer_pane_grab_focus;
  widget_class->focus = jz_focus_through;
  g_type_ensure (JZ_TYPE_SHEET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/viewer_pane.ui");
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, paging);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, page_value);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, page);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, pages);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, searching);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, search);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, count);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, notice);
  gtk_widget_class_bind_template_child (widget_class, JzViewerPane, view);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_page_typed);
  install_actions (widget_class);
}

static void
jz_viewer_pane_init (JzViewerPane *self)
{
  self->seen = jz_seen_new (1);
  self->hits = g_array_new (FALSE, FALSE, sizeof (JzSheetHit));
  self->current = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_viewer_pane_new:
 *
 * Returns: (transfer floating): a pane without a file
 */
GtkWidget *
jz_viewer_pane_new (void)
{
  return g_object_new (JZ_TYPE_VIEWER_PANE, NULL);
}

/**
 * jz_viewer_pane_open:
 * @self: a pane
 * @handle: a PDF or a picture, open for reading; stays the caller's
 * @probe: what it is
 */
void
jz_viewer_pane_open (JzViewerPane *self, int handle, const JzProbe *probe)
{
  g_autofree char *of = NULL;
  guint n_pages;

  g_return_if_fail (JZ_IS_VIEWER_PANE (self));

  jz_viewer_pane_close (self);
  self->source = jz_sheet_source_new (handle, probe);
  n_pages = get_n_pages (self);
  g_signal_connect_object (self->source, "text", G_CALLBACK (search_on), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "page", G_CALLBACK (on_page_drawn), self,
                           G_CONNECT_SWAPPED);
  /* Translators: stands behind the number of a page: "3 of 12" */
  of = g_strdup_printf (_ ("of %u"), n_pages);
  gtk_label_set_label (self->pages, of);
  self->is_setting = TRUE;
  gtk_adjustment_set_upper (self->page_value, n_pages);
  gtk_adjustment_set_value (self->page_value, 1);
  self->is_setting = FALSE;
  gtk_widget_set_visible (self->paging, n_pages > 1);
  gtk_widget_set_visible (self->searching, jz_sheet_source_has_text (self->source));
  jz_sheet_view_set_source (self->view, self->source);
}

/**
 * jz_viewer_pane_close:
 * @self: a pane; shows nothing afterwards
 */
void
jz_viewer_pane_close (JzViewerPane *self)
{
  g_return_if_fail (JZ_IS_VIEWER_PANE (self));

  jz_sheet_view_set_source (self->view, NULL);
  if (self->source != NULL)
    g_object_run_dispose (G_OBJECT (self->source));
  g_clear_object (&self->source);
  gtk_editable_set_text (self->search, "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), FALSE);
  jz_seen_clear (self->seen);
}

/**
 * jz_viewer_pane_set_watermark:
 * @self: a pane
 * @text: (nullable): stands over the pages
 */
void
jz_viewer_pane_set_watermark (JzViewerPane *self, const char *text)
{
  jz_sheet_view_set_watermark (self->view, text);
}

/**
 * jz_viewer_pane_get_page:
 * @self: a pane
 *
 * Returns: the page in front, from 0
 */
guint
jz_viewer_pane_get_page (JzViewerPane *self)
{
  return jz_sheet_view_get_page (self->view);
}

/**
 * jz_viewer_pane_go:
 * @self: a pane
 * @page: a page, from 0
 */
void
jz_viewer_pane_go (JzViewerPane *self, guint page)
{
  jz_sheet_view_go (self->view, page);
  if (self->source != NULL && jz_sheet_source_get_texture (self->source, page) != NULL)
    jz_seen_add (self->seen, page + 1, page + 1);
}

typedef struct {
  JzViewerPane *pane;
  guint page;
} Later;

static gboolean
on_later (gpointer data)
{
  Later *later = data;

  jz_viewer_pane_go (later->pane, later->page);
  g_object_unref (later->pane);
  g_free (later);
  return G_SOURCE_REMOVE;
}

/**
 * jz_viewer_pane_go_later:
 * @self: a pane that may not have its size yet
 * @page: a page, from 0
 */
void
jz_viewer_pane_go_later (JzViewerPane *self, guint page)
{
  Later *later = g_new (Later, 1);

  later->pane = g_object_ref (self);
  later->page = page;
  g_idle_add_full (G_PRIORITY_LOW, on_later, later, NULL);
}

/**
 * jz_viewer_pane_read_on:
 * @self: a pane
 *
 * Scrolls by most of what is seen.
 */
void
jz_viewer_pane_read_on (JzViewerPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "sheet.scroll", "d", 0.85);
}

/**
 * jz_viewer_pane_get_seen:
 * @self: a pane
 *
 * Returns: (transfer none): the pages that were in front, from 1
 */
JzSeen *
jz_viewer_pane_get_seen (JzViewerPane *self)
{
  return self->seen;
}
