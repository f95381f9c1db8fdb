/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/picture_cache.h"

/* 10 × 10 pixels are 400 bytes, and a name takes 200. */
static GdkTexture *
make (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (400), 400);

  return gdk_memory_texture_new (10, 10, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, 40);
}

static void
assert_known (JzPictureCache *cache, const char *names)
{
  for (const char *at = names; *at != '\0'; at++) {
    char name[] = { g_ascii_tolower (*at), '\0' };
    GdkTexture *texture = NULL;

    g_assert_cmpint (jz_picture_cache_get (cache, name, &texture), ==, g_ascii_islower (*at));
    g_assert_true ((texture != NULL) == (g_ascii_islower (*at) && *at != 'n'));
  }
}

static void
test_bound (void)
{
  g_autoptr (JzPictureCache) cache = jz_picture_cache_new (2000);
  g_autoptr (GdkTexture) texture = make ();

  jz_picture_cache_put (cache, "a", texture);
  jz_picture_cache_put (cache, "b", texture);
  jz_picture_cache_put (cache, "c", texture);
  assert_known (cache, "bca"); /* a is the one that was used last */
  jz_picture_cache_put (cache, "d", texture);
  assert_known (cache, "Bcad");
  jz_picture_cache_put (cache, "n", NULL); /* takes no more than its name, which still fits */
  assert_known (cache, "cadn");
  jz_picture_cache_put (cache, "e", texture);
  assert_known (cache, "Cadne");
}

static void
test_again (void)
{
  g_autoptr (JzPictureCache) cache = jz_picture_cache_new (600);
  g_autoptr (GdkTexture) texture = make ();

  for (guint i = 0; i < 9; i++)
    jz_picture_cache_put (cache, "a", i % 2 == 0 ? texture : NULL);
  assert_known (cache, "a");
  jz_picture_cache_put (cache, "b", texture);
  assert_known (cache, "Ab");
}

static void
test_too_large (void)
{
  g_autoptr (JzPictureCache) cache = jz_picture_cache_new (599);
  g_autoptr (GdkTexture) texture = make ();

  jz_picture_cache_put (cache, "n", NULL);
  jz_picture_cache_put (cache, "a", texture);
  assert_known (cache, "AN");
}

static void
test_removed (void)
{
  g_autoptr (JzPictureCache) cache = jz_picture_cache_new (1200);
  g_autoptr (GdkTexture) texture = make ();

  jz_picture_cache_put (cache, "a", texture);
  jz_picture_cache_put (cache, "b", texture);
  jz_picture_cache_remove (cache, "a");
  jz_picture_cache_remove (cache, "x");
  assert_known (cache, "Ab");
  jz_picture_cache_put (cache, "c", texture); /* there is room for it again */
  assert_known (cache, "Abc");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/picture-cache/bound", test_bound);
  g_test_add_func ("/app/picture-cache/again", test_again);
  g_test_add_func ("/app/picture-cache/too-large", test_too_large);
  g_test_add_func ("/app/picture-cache/removed", test_removed);
  return g_test_run ();
}
