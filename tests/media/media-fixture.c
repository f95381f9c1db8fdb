/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media-fixture.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
media_fixture_init (MediaFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("jz-media-XXXXXX", &error);
  g_assert_no_error (error);
  self->media = jz_media_new ();
}

void
media_fixture_clear (MediaFixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = media_fixture_path (self, name);
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->media);
}

char *
media_fixture_path (MediaFixture *self, const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

char *
media_fixture_launch (MediaFixture *self, const char *name, const char *description)
{
  g_autofree char *path = media_fixture_path (self, name);
  g_auto (GStrv) parts = g_strsplit (description, "%s", -1);
  g_autofree char *line = g_strjoinv (path, parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (line, &error);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  bus = gst_element_get_bus (pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 120 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_nonnull (message);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  return g_steal_pointer (&path);
}

char *
media_fixture_write (MediaFixture *self, const char *name, const void *bytes, gsize size)
{
  g_autofree char *path = media_fixture_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, bytes, (gssize)size, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

int
media_fixture_open (const char *path)
{
  g_autoptr (GError) error = NULL;
  int handle = jz_media_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (handle, >=, 0);
  return handle;
}

char *
media_fixture_mp4 (MediaFixture *self, const char *name, guint seconds)
{
  g_autofree char *description =
    g_strdup_printf ("mp4mux name=m ! filesink location=%%s "
                     "videotestsrc num-buffers=%u pattern=ball ! "
                     "video/x-raw,format=I420,width=320,height=240,framerate=25/1 ! "
                     "x264enc speed-preset=ultrafast key-int-max=25 ! h264parse ! m. "
                     "audiotestsrc num-buffers=%u samplesperbuffer=1024 wave=sine volume=0.5 ! "
                     "audio/x-raw,rate=44100,channels=2 ! audioconvert ! avenc_aac ! m.",
                     seconds * 25, seconds * 44100 / 1024);

  return media_fixture_launch (self, name, description);
}

char *
media_fixture_pdf (MediaFixture *self, const char *name, guint n_pages)
{
  g_autofree char *path = media_fixture_path (self, name);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < n_pages; i++) {
    g_autofree char *text = g_strdup_printf ("Page %u", i + 1);

    cairo_set_source_rgb (cr, 1, 0, 0);
    cairo_rectangle (cr, 0, 0, 595, 100);
    cairo_fill (cr);
    cairo_set_source_rgb (cr, 0, 0, 0);
    cairo_select_font_face (cr, "Noto Sans CJK SC", CAIRO_FONT_SLANT_NORMAL,
                            CAIRO_FONT_WEIGHT_NORMAL);
    cairo_set_font_size (cr, 24);
    cairo_move_to (cr, 72, 200);
    cairo_show_text (cr, text);
    cairo_move_to (cr, 72, 300);
    cairo_show_text (cr, "现场笔录");
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return g_steal_pointer (&path);
}
