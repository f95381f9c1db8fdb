/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "pages/leaflet.h"
#include "pages/pdf.h"

#define TIME (G_GINT64_CONSTANT (1772413200000))

static GBytes *
write_pdf (const JzLeaflet *leaflet)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jz_leaflet_write_pdf (leaflet, TIME, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (pdf, NULL), 5, "%PDF-", 5);
  return pdf;
}

static guint
count_pages (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;

  g_assert_true (jz_pdf_count_pages (pdf, &n_pages, &error));
  g_assert_no_error (error);
  return n_pages;
}

static char *
read_text (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  char *text = NULL;
  int fd = g_file_open_tmp ("juanzong-leaflet-XXXXXX.pdf", &path, &error);
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize)g_bytes_get_size (pdf), &error));
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                               NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (remove (path), ==, 0);
  return text;
}

static void
test_all_kinds (void)
{
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new ("恢复信封", TRUE);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  jz_leaflet_add_heading (leaflet, "保管");
  jz_leaflet_add_paragraph (leaflet, "锁入保险柜。");
  jz_leaflet_add_row (leaflet, "案卷库", "/srv/store");
  jz_leaflet_add_blank (leaflet, "口令");
  jz_leaflet_add_sample (leaflet, JZ_FACE_KAI, "某某市城市管理行政执法局");
  pdf = write_pdf (leaflet);
  g_assert_cmpuint (count_pages (pdf), ==, 1);
  text = read_text (pdf);
  g_assert_nonnull (strstr (text, "恢复信封"));
  g_assert_nonnull (strstr (text, "锁入保险柜。"));
  g_assert_nonnull (strstr (text, "/srv/store"));
  g_assert_nonnull (strstr (text, "口令"));
  g_assert_nonnull (strstr (text, "某某市城市管理行政执法局"));
  g_assert_nonnull (strstr (text, "Demo data"));
}

/* Every row of a long list is on one of the pages, each of which has its number. */
static void
test_long (void)
{
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new ("设置清单", FALSE);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;
  guint n_pages;

  for (int i = 0; i < 120; i++) {
    g_autofree char *label = g_strdup_printf ("设置%03d", i);
    jz_leaflet_add_row (leaflet, label,
                        "一个很长的值，要换行才写得下，因为这一列的宽度有限，再长一些");
  }
  pdf = write_pdf (leaflet);
  n_pages = count_pages (pdf);
  g_assert_cmpuint (n_pages, >, 2);
  text = read_text (pdf);
  for (int i = 0; i < 120; i++) {
    g_autofree char *label = g_strdup_printf ("设置%03d", i);
    g_assert_nonnull (strstr (text, label));
  }
  for (guint i = 1; i <= n_pages; i++) {
    g_autofree char *number = g_strdup_printf ("page %u", i);
    g_assert_nonnull (strstr (text, number));
  }
  g_assert_null (strstr (text, "Demo data"));
}

static void
test_same_bytes (void)
{
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new ("一页", FALSE);
  g_autoptr (GBytes) first = write_pdf (leaflet);
  g_autoptr (GBytes) second = write_pdf (leaflet);

  g_assert_true (g_bytes_equal (first, second));
}

static void
test_official (void)
{
  static const char *const names[JZ_N_FACE_ROLES] = { "nothing", "nothing", "nothing", "nothing",
                                                      "nothing" };
  g_autoptr (JzFaces) faces = jz_faces_new_with (names);

  for (guint i = 0; i < JZ_N_FACE_ROLES; i++)
    g_assert_false (jz_faces_is_official (faces, i));
}

/* What a printer draws page by page is as many pages as the PDF has, each of its own. */
static void
test_draw (void)
{
  g_autoptr (JzLeaflet) leaflet = jz_leaflet_new ("打印说明", FALSE);
  g_autoptr (GBytes) pdf = NULL;
  cairo_rectangle_t ink = { 0 };
  cairo_surface_t *surface;
  cairo_t *cr;
  guint n_pages;

  for (int i = 0; i < 80; i++)
    jz_leaflet_add_paragraph (leaflet, "某某商贸有限公司的案件还不能办理这一步。");
  jz_leaflet_add_blank (leaflet, "签字");
  pdf = write_pdf (leaflet);
  surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  cr = cairo_create (surface);
  n_pages = jz_leaflet_draw (leaflet, cr, 0);
  cairo_recording_surface_ink_extents (surface, &ink.x, &ink.y, &ink.width, &ink.height);
  g_assert_cmpfloat (ink.width, ==, 0);
  g_assert_cmpuint (n_pages, ==, count_pages (pdf));
  g_assert_cmpuint (n_pages, >, 1);
  g_assert_cmpuint (jz_leaflet_draw (leaflet, cr, n_pages), ==, n_pages);
  cairo_recording_surface_ink_extents (surface, &ink.x, &ink.y, &ink.width, &ink.height);
  g_assert_cmpfloat (ink.width, >, 100);
  g_assert_cmpfloat (ink.y + ink.height, <, 842);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/leaflet/all-kinds", test_all_kinds);
  g_test_add_func ("/pages/leaflet/long", test_long);
  g_test_add_func ("/pages/leaflet/same-bytes", test_same_bytes);
  g_test_add_func ("/pages/leaflet/official", test_official);
  g_test_add_func ("/pages/leaflet/draw", test_draw);
  return g_test_run ();
}
