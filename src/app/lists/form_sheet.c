/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/form_sheet.h"

#include "forms/filling.h"
#include "pages/metrics.h"
#include "pages/paint.h"

/* Pages are laid out and painted on a thread of their own: the faces alone take longer to load than
 * the window may wait. */

#define MAX_PAGES 20

typedef struct {
  JzForm *form;
  guint width;
  gboolean is_demo;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  jz_form_unref (self->form);
  g_free (self);
}

static cairo_surface_t *
paint (const JzPage *page, guint width)
{
  double scale = width / JZ_PAGE_WIDTH;
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)width, (int)(JZ_PAGE_HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_scale (cr, scale, scale);
  jz_page_paint (page, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
draw_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Wanted *wanted = data;
  g_autoptr (JzFilling) filling = jz_filling_new (wanted->form);
  g_autoptr (JzFaces) faces = jz_faces_new ();
  const JzPageOptions options = { .is_demo = wanted->is_demo };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, &options);
  g_autoptr (GPtrArray) surfaces =
    g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);

  for (guint i = 0; i < MIN (pages->pages->len, MAX_PAGES); i++) {
    if (g_task_return_error_if_cancelled (task))
      return;
    g_ptr_array_add (surfaces, paint (pages->pages->pdata[i], wanted->width));
  }
  g_task_return_pointer (task, g_steal_pointer (&surfaces), (GDestroyNotify)g_ptr_array_unref);
}

/**
 * jz_form_sheet_draw_async:
 * @form: a form
 * @width: of a page in pixels of the device
 * @is_demo: whether the pages say that nothing on them is real
 * @cancellable: (nullable): to give up
 * @callback: told when it is drawn
 * @user_data: for @callback
 *
 * Draws an empty form.
 */
void
jz_form_sheet_draw_async (const JzForm *form,
                          guint width,
                          gboolean is_demo,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->form = jz_form_ref (form);
  wanted->width = width;
  wanted->is_demo = is_demo;
  g_task_set_source_tag (task, jz_form_sheet_draw_async);
  g_task_set_task_data (task, wanted, wanted_free);
  g_task_run_in_thread (task, draw_in_thread);
}

static GdkTexture *
take_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (
    cairo_image_surface_get_data (surface), (gsize)stride * (gsize)height,
    (GDestroyNotify)cairo_surface_destroy, cairo_surface_reference (surface));

  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize)stride);
}

/**
 * jz_form_sheet_draw_finish:
 * @result: of jz_form_sheet_draw_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type GdkTexture): its pages
 */
GPtrArray *
jz_form_sheet_draw_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) surfaces = g_task_propagate_pointer (G_TASK (result), error);
  GPtrArray *textures;

  if (surfaces == NULL)
    return NULL;
  textures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < surfaces->len; i++)
    g_ptr_array_add (textures, take_surface (surfaces->pdata[i]));
  return textures;
}
