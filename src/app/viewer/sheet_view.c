/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <glib/gi18n-lib.h>

#include "app/viewer/sheet_view-private.h"

#define MIN_ZOOM 0.1
#define MAX_ZOOM 8.0
#define COLUMN 360.0
#define ROW 160.0

enum {
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum {
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const GdkRGBA white = { 1, 1, 1, 1 };
static const GdkRGBA ground = { 0.5f, 0.5f, 0.5f, 0.25f };
static const GdkRGBA ink = { 0.4f, 0.4f, 0.4f, 0.28f };

G_DEFINE_FINAL_TYPE_WITH_CODE (JzSheetView,
                               jz_sheet_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
tell_page (JzSheetView *self)
{
  guint page = jz_sheet_view_get_page (self);
  guint n = jz_sheet_source_get_n_pages (self->source);
  g_autofree char *name = NULL;

  if (page == self->front)
    return;
  self->front = page;
  name = n > 1 ? g_strdup_printf (_ ("Page %1$u of %2$u"), page + 1, n) : g_strdup (_ ("Picture"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_emit (self, signals[MOVED], 0);
}

static void
turn_snapshot (JzSheetView *self, GtkSnapshot *snapshot, const graphene_rect_t *place)
{
  int quarters = (self->quarters % 4 + 4) % 4;

  gtk_snapshot_translate (snapshot, &place->origin);
  if (quarters == 1)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place->size.width, 0));
  else if (quarters == 2)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place->size.width, place->size.height));
  else if (quarters == 3)
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (0, place->size.height));
  gtk_snapshot_rotate (snapshot, 90.0f * (float)quarters);
}

static void
draw_page (JzSheetView *self, GtkSnapshot *snapshot, guint page)
{
  graphene_rect_t place = jz_sheet_view_get_page_place (self, page);
  gboolean is_lying = self->quarters % 2 != 0;
  float width = is_lying ? place.size.height : place.size.width;
  float height = is_lying ? place.size.width : place.size.height;
  GdkTexture *texture = jz_sheet_source_get_texture (self->source, page);

  gtk_snapshot_save (snapshot);
  turn_snapshot (self, snapshot, &place);
  gtk_snapshot_append_color (snapshot, &white, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (texture != NULL)
    gtk_snapshot_append_texture (snapshot, texture, &GRAPHENE_RECT_INIT (0, 0, width, height));
  jz_sheet_view_draw_text_marks (self, snapshot, page);
  gtk_snapshot_restore (snapshot);
}

static void
draw_watermark (JzSheetView *self, GtkSnapshot *snapshot, int width, int height)
{
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self), self->watermark);

  for (double y = ROW / 2; y < height + ROW; y += ROW)
    for (double x = 24; x < width; x += COLUMN) {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
      gtk_snapshot_rotate (snapshot, -20);
      gtk_snapshot_append_layout (snapshot, layout, &ink);
      gtk_snapshot_restore (snapshot);
    }
}

static void
jz_sheet_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JzSheetView *self = JZ_SHEET_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  guint first = 0;
  guint last = 0;

  if (self->source == NULL || self->tops == NULL)
    return;
  jz_sheet_view_get_seen (self, &first, &last);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  gtk_snapshot_append_color (snapshot, &ground,
                             &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  for (guint page = first; page <= last; page++)
    draw_page (self, snapshot, page);
  if (self->watermark != NULL)
    draw_watermark (self, snapshot, width, height);
  gtk_snapshot_pop (snapshot);
}

/* Asks for what is seen. */
static void
want (JzSheetView *self)
{
  gboolean is_lying = self->quarters % 2 != 0;
  guint first = 0;
  guint last = 0;
  double width;

  if (self->source == NULL || self->tops == NULL)
    return;
  jz_sheet_view_get_seen (self, &first, &last);
  width =
    is_lying ? jz_sheet_view_get_page_height (self, first) : jz_sheet_view_get_page_width (self);
  jz_sheet_source_want (self->source, first, last,
                        (guint)ceil (width * gtk_widget_get_scale_factor (GTK_WIDGET (self))));
  tell_page (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
lay_out_and_want (JzSheetView *self)
{
  jz_sheet_view_lay_out (self);
  want (self);
}

static void
jz_sheet_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  lay_out_and_want (JZ_SHEET_VIEW (widget));
}

static void
jz_sheet_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 600 : 700;
}

static void
set_adjustment (JzSheetView *self, GtkAdjustment **place, GtkAdjustment *adjustment)
{
  if (*place != NULL) {
    g_signal_handlers_disconnect_by_func (*place, want, self);
    g_object_unref (*place);
  }
  *place = adjustment != NULL ? g_object_ref_sink (adjustment)
                              : g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_swapped (*place, "value-changed", G_CALLBACK (want), self);
}

static void
jz_sheet_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  JzSheetView *self = JZ_SHEET_VIEW (object);

  if (id == PROP_HADJUSTMENT)
    set_adjustment (self, &self->hadjustment, g_value_get_object (value));
  else if (id == PROP_VADJUSTMENT)
    set_adjustment (self, &self->vadjustment, g_value_get_object (value));
  else if (id == PROP_HSCROLL_POLICY)
    self->hpolicy = g_value_get_enum (value);
  else
    self->vpolicy = g_value_get_enum (value);
}

static void
jz_sheet_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  JzSheetView *self = JZ_SHEET_VIEW (object);

  if (id == PROP_HADJUSTMENT)
    g_value_set_object (value, self->hadjustment);
  else if (id == PROP_VADJUSTMENT)
    g_value_set_object (value, self->vadjustment);
  else if (id == PROP_HSCROLL_POLICY)
    g_value_set_enum (value, self->hpolicy);
  else
    g_value_set_enum (value, self->vpolicy);
}

static void
on_page (JzSheetView *self, guint page)
{
  lay_out_and_want (self);
}

static void
drop_source (JzSheetView *self)
{
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
  g_clear_pointer (&self->tops, g_free);
  self->has_chosen = FALSE;
  self->hit.length = 0;
  self->front = G_MAXUINT;
}

static void
jz_sheet_view_dispose (GObject *object)
{
  JzSheetView *self = JZ_SHEET_VIEW (object);

  drop_source (self);
  if (self->hadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->hadjustment, self);
  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->vadjustment, self);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->watermark, g_free);
  G_OBJECT_CLASS (jz_sheet_view_parent_class)->dispose (object);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *text = jz_sheet_view_dup_chosen (JZ_SHEET_VIEW (widget));

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
choose_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_sheet_view_choose_page (JZ_SHEET_VIEW (widget));
}

/* Down and up by a line, by a view, to the first and the last page. */
static void
scroll (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkAdjustment *adjustment = JZ_SHEET_VIEW (widget)->vadjustment;
  double by = g_variant_get_double (parameter);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                          by * gtk_adjustment_get_page_size (adjustment));
}

static void
bind_scrolling (GtkWidgetClass *widget_class)
{
  static const struct {
    guint key;
    double by;
  } keys[] = {
    { GDK_KEY_Down, 0.1 },     { GDK_KEY_Up, -0.1 },   { GDK_KEY_Page_Down, 0.9 },
    { GDK_KEY_Page_Up, -0.9 }, { GDK_KEY_space, 0.9 }, { GDK_KEY_Home, -1e9 },
    { GDK_KEY_End, 1e9 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, 0, "sheet.scroll", "d",
                                         keys[i].by);
}

static void
jz_sheet_view_class_init (JzSheetViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = jz_sheet_view_dispose;
  object_class->set_property = jz_sheet_view_set_property;
  object_class->get_property = jz_sheet_view_get_property;
  widget_class->snapshot = jz_sheet_view_snapshot;
  widget_class->measure = jz_sheet_view_measure;
  widget_class->size_allocate = jz_sheet_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  signals[MOVED] = g_signal_new ("moved", JZ_TYPE_SHEET_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "sheet.copy", NULL, copy);
  gtk_widget_class_install_action (widget_class, "sheet.choose-all", NULL, choose_all);
  gtk_widget_class_install_action (widget_class, "sheet.scroll", "d", scroll);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "sheet.copy",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_a, GDK_CONTROL_MASK,
                                       "sheet.choose-all", NULL);
  bind_scrolling (widget_class);
}

static void
jz_sheet_view_init (JzSheetView *self)
{
  self->zoom = 1;
  self->front = G_MAXUINT;
  set_adjustment (self, &self->hadjustment, NULL);
  set_adjustment (self, &self->vadjustment, NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pages"),
                                  -1);
  jz_sheet_view_init_text (self);
}

/**
 * jz_sheet_view_new:
 *
 * Returns: (transfer floating): a view without pages
 */
GtkWidget *
jz_sheet_view_new (void)
{
  return g_object_new (JZ_TYPE_SHEET_VIEW, NULL);
}

/**
 * jz_sheet_view_set_source:
 * @self: a view
 * @source: (nullable): the pages that it shows, from the first one on, upright, as wide as it is
 */
void
jz_sheet_view_set_source (JzSheetView *self, JzSheetSource *source)
{
  g_return_if_fail (JZ_IS_SHEET_VIEW (self));

  drop_source (self);
  self->zoom = 1;
  self->quarters = 0;
  if (source == NULL)
    return;
  self->source = g_object_ref (source);
  g_signal_connect_swapped (source, "page", G_CALLBACK (on_page), self);
  g_signal_connect_swapped (source, "text", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_adjustment_set_value (self->vadjustment, 0);
  lay_out_and_want (self);
}

/**
 * jz_sheet_view_set_watermark:
 * @self: a view
 * @text: (nullable): stands over the pages
 */
void
jz_sheet_view_set_watermark (JzSheetView *self, const char *text)
{
  g_free (self->watermark);
  self->watermark = g_strdup (text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_sheet_view_get_zoom:
 * @self: a view
 *
 * Returns: how wide a page is, as a share of the view
 */
double
jz_sheet_view_get_zoom (JzSheetView *self)
{
  return self->zoom;
}

/**
 * jz_sheet_view_zoom:
 * @self: a view
 * @factor: by how much the pages become larger
 */
void
jz_sheet_view_zoom (JzSheetView *self, double factor)
{
  self->zoom = CLAMP (self->zoom * factor, MIN_ZOOM, MAX_ZOOM);
  lay_out_and_want (self);
  g_signal_emit (self, signals[MOVED], 0);
}

/**
 * jz_sheet_view_fit_width:
 * @self: a view
 */
void
jz_sheet_view_fit_width (JzSheetView *self)
{
  jz_sheet_view_zoom (self, 1 / self->zoom);
}

/**
 * jz_sheet_view_turn:
 * @self: a view
 * @quarters: of a turn, clockwise
 */
void
jz_sheet_view_turn (JzSheetView *self, int quarters)
{
  guint page = jz_sheet_view_get_page (self);

  self->quarters += quarters;
  jz_sheet_view_lay_out (self);
  jz_sheet_view_go (self, page);
  want (self);
}
