/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/player_view.h"

/* How the watermark stands: slanting, in rows and columns over the whole picture. */
#define SLANT (-20.0f)
#define COLUMN 360.0
#define ROW 160.0

struct _JzPlayerView {
  GtkWidget parent_instance;

  GdkTexture *texture;
  char *watermark;
  GskRenderNode *ink; /* the watermark, for this size */
  int width;
  int height;
};

enum {
  RESIZED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const GdkRGBA black = { 0, 0, 0, 1 };
static const GdkRGBA dark = { 0, 0, 0, 0.30f };
static const GdkRGBA light = { 1, 1, 1, 0.42f };

G_DEFINE_FINAL_TYPE (JzPlayerView, jz_player_view, GTK_TYPE_WIDGET)

/* Light with a dark edge, so that it is read on snow and at night. */
static void
draw_words (GtkSnapshot *snapshot, PangoLayout *layout, double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_rotate (snapshot, SLANT);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (1, 1));
  gtk_snapshot_append_layout (snapshot, layout, &dark);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (-1, -1));
  gtk_snapshot_append_layout (snapshot, layout, &light);
  gtk_snapshot_restore (snapshot);
}

static GskRenderNode *
make_ink (JzPlayerView *self)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (PangoLayout) layout =
    gtk_widget_create_pango_layout (GTK_WIDGET (self), self->watermark);
  gboolean is_odd = FALSE;

  for (double y = ROW / 2; y < self->height + ROW; y += ROW, is_odd = !is_odd)
    for (double x = is_odd ? -COLUMN / 2 : 24; x < self->width; x += COLUMN)
      draw_words (snapshot, layout, x, y);
  return gtk_snapshot_free_to_node (snapshot);
}

static graphene_rect_t
get_place (JzPlayerView *self)
{
  double width = gdk_texture_get_width (self->texture);
  double height = gdk_texture_get_height (self->texture);
  double scale = MIN (self->width / width, self->height / height);

  return GRAPHENE_RECT_INIT ((float)((self->width - width * scale) / 2),
                             (float)((self->height - height * scale) / 2), (float)(width * scale),
                             (float)(height * scale));
}

static void
jz_player_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  JzPlayerView *self = JZ_PLAYER_VIEW (widget);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, (float)self->width, (float)self->height);

  gtk_snapshot_append_color (snapshot, &black, &whole);
  if (self->texture == NULL)
    return;
  {
    graphene_rect_t place = get_place (self);
    gtk_snapshot_append_texture (snapshot, self->texture, &place);
  }
  if (self->watermark == NULL)
    return;
  if (self->ink == NULL)
    self->ink = make_ink (self);
  if (self->ink != NULL) {
    gtk_snapshot_push_clip (snapshot, &whole);
    gtk_snapshot_append_node (snapshot, self->ink);
    gtk_snapshot_pop (snapshot);
  }
}

static void
jz_player_view_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 360;
}

static void
jz_player_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzPlayerView *self = JZ_PLAYER_VIEW (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  if (width == self->width && height == self->height)
    return;
  self->width = width;
  self->height = height;
  g_clear_pointer (&self->ink, gsk_render_node_unref);
  g_signal_emit (self, signals[RESIZED], 0, width * scale, height * scale);
}

static void
jz_player_view_dispose (GObject *object)
{
  JzPlayerView *self = JZ_PLAYER_VIEW (object);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->ink, gsk_render_node_unref);
  g_clear_pointer (&self->watermark, g_free);
  G_OBJECT_CLASS (jz_player_view_parent_class)->dispose (object);
}

static void
jz_player_view_class_init (JzPlayerViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_player_view_dispose;
  widget_class->snapshot = jz_player_view_snapshot;
  widget_class->measure = jz_player_view_measure;
  widget_class->size_allocate = jz_player_view_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[RESIZED] = g_signal_new ("resized", JZ_TYPE_PLAYER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
}

static void
jz_player_view_init (JzPlayerView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
}

/**
 * jz_player_view_new:
 *
 * Returns: (transfer floating): a view without a picture
 */
GtkWidget *
jz_player_view_new (void)
{
  return g_object_new (JZ_TYPE_PLAYER_VIEW, NULL);
}

/**
 * jz_player_view_set_frame:
 * @self: a view
 * @frame: (nullable): what it shows from now on
 */
void
jz_player_view_set_frame (JzPlayerView *self, JzFrame *frame)
{
  g_return_if_fail (JZ_IS_PLAYER_VIEW (self));

  g_clear_object (&self->texture);
  if (frame != NULL)
    self->texture =
      gdk_memory_texture_new ((int)frame->width, (int)frame->height,
                              GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, frame->pixels, frame->stride);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * jz_player_view_has_frame:
 * @self: a view
 *
 * Returns: whether it shows a picture
 */
gboolean
jz_player_view_has_frame (JzPlayerView *self)
{
  g_return_val_if_fail (JZ_IS_PLAYER_VIEW (self), FALSE);

  return self->texture != NULL;
}

/**
 * jz_player_view_set_watermark:
 * @self: a view
 * @text: (nullable): what stands over the picture
 */
void
jz_player_view_set_watermark (JzPlayerView *self, const char *text)
{
  g_return_if_fail (JZ_IS_PLAYER_VIEW (self));

  if (g_strcmp0 (text, self->watermark) == 0)
    return;
  g_free (self->watermark);
  self->watermark = g_strdup (text);
  g_clear_pointer (&self->ink, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
