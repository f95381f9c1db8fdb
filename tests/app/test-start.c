/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/recent_stores.h"
#include "app/start/signing.h"

#include "../store/folder.h"

static void
test_recent (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = g_build_filename (folder, "config", "stores", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) none = jz_recent_stores_list (file);
  g_auto (GStrv) two = NULL;
  g_auto (GStrv) again = NULL;
  g_auto (GStrv) one = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (jz_recent_stores_add (file, "/data/甲 局\n", &error));
  g_assert_no_error (error);
  g_assert_true (jz_recent_stores_add (file, "/data/%20", &error));
  two = jz_recent_stores_list (file);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, "/data/%20");
  g_assert_cmpstr (two[1], ==, "/data/甲 局\n");
  g_assert_true (jz_recent_stores_add (file, "/data/甲 局\n", &error));
  again = jz_recent_stores_list (file);
  g_assert_cmpuint (g_strv_length (again), ==, 2);
  g_assert_cmpstr (again[0], ==, "/data/甲 局\n");
  g_assert_true (jz_recent_stores_remove (file, "/data/%20", &error));
  one = jz_recent_stores_list (file);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
}

/* The list is not kept for ever, and what somebody wrote into the file does no harm. */
static void
test_recent_bounds (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *file = folder_write (folder, "stores", "relative\n\n%zz\n/good\n", 20);
  g_auto (GStrv) listed = jz_recent_stores_list (file);
  g_auto (GStrv) full = NULL;

  g_assert_cmpuint (g_strv_length (listed), ==, 1);
  g_assert_cmpstr (listed[0], ==, "/good");
  for (int i = 0; i < 20; i++) {
    g_autofree char *path = g_strdup_printf ("/store-%d", i);
    g_assert_true (jz_recent_stores_add (file, path, NULL));
  }
  full = jz_recent_stores_list (file);
  g_assert_cmpuint (g_strv_length (full), ==, 10);
  g_assert_cmpstr (full[0], ==, "/store-19");
}

static void
test_password (void)
{
  static const struct {
    const char *password;
    const char *again;
    gboolean is_good;
  } rows[] = {
    { "12345678", "12345678", TRUE },
    { "1234567", "1234567", FALSE },
    { "一二三四五六七八", "一二三四五六七八", TRUE },
    { "一二三四", "一二三四", FALSE },
    { "12345678", "12345679", FALSE },
    { "", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *problem = jz_password_judge (rows[i].password, rows[i].again);
    g_assert_cmpint (problem == NULL, ==, rows[i].is_good);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/start/recent", test_recent);
  g_test_add_func ("/app/start/recent-bounds", test_recent_bounds);
  g_test_add_func ("/app/start/password", test_password);
  return g_test_run ();
}
