/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "media-fixture.h"

/* From inside the cage: bad-helper.c tries to reach the network, files, processes and the kernel,
 * and says what worked. */

static MediaFixture fixture;
static int listening = -1;

static void
listen_outside (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  listening = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (listening, (struct sockaddr *)&address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listening, 1), ==, 0);
}

/* (transfer full): what worked, a space between */
static char *
try_to_escape (JzMedia *media, const char *how)
{
  g_autofree char *secret = media_fixture_path (&fixture, "secret");
  g_autofree char *door = media_fixture_path (&fixture, "door");
  g_autofree char *order = g_strdup_printf ("%s\n%s\n%s\n%d\n", how, secret, door, (int)getpid ());
  g_autofree char *path = media_fixture_write (&fixture, "order", order, strlen (order));
  g_autoptr (GError) error = NULL;
  g_autoptr (JzProbe) probe = NULL;
  g_autofree char *after = NULL;
  struct stat before;
  struct stat now;
  int handle = media_fixture_open (path);

  g_assert_cmpint (fstat (handle, &before), ==, 0);
  probe = jz_media_probe (media, handle, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fstat (handle, &now), ==, 0);
  close (handle);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, order);
  g_ptr_array_add (probe->odd, NULL);
  /* The order file belongs to whoever runs this: only what the kernel was told may keep its mode.
   */
  if (strcmp (how, "escape") == 0) {
    g_assert_cmpuint (now.st_mode, ==, before.st_mode);
    g_assert_cmpint (now.st_mtim.tv_sec, ==, before.st_mtim.tv_sec);
  }
  return g_strjoinv (" ", (char **)probe->odd->pdata);
}

static gboolean
has_word (const char *words, const char *word)
{
  g_auto (GStrv) all = g_strsplit (words, " ", -1);
  return g_strv_contains ((const char *const *)all, word);
}

static gboolean
skip_without_cage (void)
{
  g_autofree char *why = NULL;

  if (jz_media_is_caged (fixture.media, &why))
    return FALSE;
  g_test_skip (why);
  return TRUE;
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* What the window asks, without waiting for it. */
static void
test_try (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *why = NULL;
  g_autofree char *why_again = NULL;

  jz_media_try_cage_async (fixture.media, on_tried, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (jz_media_try_cage_finish (fixture.media, result, &why), ==,
                   jz_media_is_caged (fixture.media, &why_again));
  g_assert_cmpstr (why, ==, why_again);
}

/* All of it: cage, Landlock, seccomp, limits. */
static void
test_escape (void)
{
  g_autofree char *worked = NULL;

  if (skip_without_cage ())
    return;
  worked = try_to_escape (fixture.media, "escape");
#if defined(__SANITIZE_ADDRESS__)
  g_assert_cmpstr (worked, ==, "memory");
#else
  g_assert_cmpstr (worked, ==, "");
#endif
}

/* The cage alone, without anything that the helper gives up by itself. */
static void
test_escape_bare (void)
{
  static const char *const never[] = { "network", "socket", "read", "list", "passwords", "write" };
  g_autofree char *worked = NULL;

  if (skip_without_cage ())
    return;
  worked = try_to_escape (fixture.media, "escape-bare");
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    if (has_word (worked, never[i]))
      g_error ("%s works in the cage: %s", never[i], worked);
  /* The attempts do work where nothing hinders them: otherwise they would prove nothing. */
  g_assert_true (has_word (worked, "fork"));
  g_assert_true (has_word (worked, "make"));
  g_assert_true (has_word (worked, "execute"));
  g_assert_true (has_word (worked, "memory"));
}

static char *path_before;

/* As where bubblewrap is not installed. */
static JzMedia *
new_without_cage (void)
{
  JzMedia *media = jz_media_new ();
  g_autofree char *why = NULL;

  path_before = g_strdup (g_getenv ("PATH"));
  g_setenv ("PATH", "/nonexistent", TRUE);
  g_assert_false (jz_media_is_caged (media, &why));
  g_setenv ("PATH", path_before, TRUE);
  g_clear_pointer (&path_before, g_free);
  g_assert_nonnull (why);
  g_assert_nonnull (strstr (why, "bubblewrap"));
  return media;
}

/* In a flatpak nobody is sent to install what would not help: what holds there is said. */
static void
test_flatpak (void)
{
  g_autoptr (JzMedia) media = jz_media_new ();
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *why = NULL;
  gboolean is_caged;

  g_setenv ("PATH", "/nonexistent", TRUE);
  g_setenv ("FLATPAK_ID", "org.juanzong.Juanzong", TRUE);
  is_caged = jz_media_is_caged (media, &why);
  g_unsetenv ("FLATPAK_ID");
  g_setenv ("PATH", path, TRUE);
  g_assert_false (is_caged);
  g_assert_nonnull (strstr (why, "flatpak"));
  g_assert_nonnull (strstr (why, "seccomp"));
  g_assert_null (strstr (why, "bubblewrap"));
}

/* Without the cage: the kernel's own bounds hold everywhere. Reading other files is kept away where
 * the kernel knows Landlock. */
static void
test_escape_without_cage (void)
{
  static const char *const never[] = { "network", "socket",  "write",  "mode",  "make",
                                       "fork",    "execute", "others", "kernel" };
  g_autoptr (JzMedia) media = new_without_cage ();
  g_autofree char *worked = try_to_escape (media, "escape");

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    if (has_word (worked, never[i]))
      g_error ("%s works without the cage: %s", never[i], worked);
  if (syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) >= 1) {
    g_assert_false (has_word (worked, "read"));
    g_assert_false (has_word (worked, "passwords"));
    g_assert_false (has_word (worked, "list"));
  } else {
    g_test_message ("This kernel has no Landlock: %s", worked);
  }
}

/* Nothing hinders it: all attempts are real ones. */
static void
test_escape_free (void)
{
  g_autoptr (JzMedia) media = new_without_cage ();
  g_autofree char *worked = try_to_escape (media, "escape-bare");
  static const char *const real[] = { "socket", "read", "passwords", "list",   "mode",
                                      "make",   "fork", "execute",   "others", "memory" };

  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    if (!has_word (worked, real[i]))
      g_error ("%s does not even work where nothing hinders it: %s", real[i], worked);
}

/* A file that was opened for writing is not handed over at all. */
static void
test_writable_handle (void)
{
  g_autofree char *path = media_fixture_write (&fixture, "order", "well\n", 5);
  int handle = open (path, O_RDWR | O_CLOEXEC);

  g_test_expect_message ("juanzong", G_LOG_LEVEL_CRITICAL, "*is_read_only*");
  g_assert_null (jz_media_probe (fixture.media, handle, NULL, NULL, NULL));
  g_test_assert_expected_messages ();
  close (handle);
}

static void
test_no_helper (void)
{
  g_autoptr (JzMedia) media = jz_media_new ();
  g_autoptr (JzMedia) other = jz_media_new ();
  g_autofree char *path = media_fixture_write (&fixture, "order", "well\n", 5);
  g_autofree char *kept = g_strdup (g_getenv ("JUANZONG_MEDIA"));
  g_autoptr (GError) error = NULL;
  int handle = media_fixture_open (path);

  /* not there; there, but none of ours */
  g_setenv ("JUANZONG_MEDIA", "/nonexistent/juanzong-media", TRUE);
  g_assert_null (jz_media_probe (media, handle, NULL, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_NO_HELPER);
  g_clear_error (&error);
  g_setenv ("JUANZONG_MEDIA", "/usr/bin/true", TRUE);
  g_assert_null (jz_media_probe (other, handle, NULL, NULL, &error));
  g_assert_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_NO_HELPER);
  g_setenv ("JUANZONG_MEDIA", kept, TRUE);
  close (handle);
}

int
main (int argc, char *argv[])
{
  g_autofree char *secret = NULL;
  g_autofree char *door = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (g_getenv ("JUANZONG_MEDIA"));
  media_fixture_init (&fixture);
  secret = media_fixture_write (&fixture, "secret", "secret", 6);
  door = media_fixture_path (&fixture, "door");
  listen_outside (door);
  g_test_add_func ("/media/cage/flatpak", test_flatpak);
  g_test_add_func ("/media/cage/try", test_try);
  g_test_add_func ("/media/cage/escape", test_escape);
  g_test_add_func ("/media/cage/escape-bare", test_escape_bare);
  g_test_add_func ("/media/cage/escape-without-cage", test_escape_without_cage);
  g_test_add_func ("/media/cage/escape-free", test_escape_free);
  g_test_add_func ("/media/cage/writable-handle", test_writable_handle);
  g_test_add_func ("/media/cage/no-helper", test_no_helper);
  result = g_test_run ();
  close (listening);
  media_fixture_clear (&fixture);
  return result;
}
