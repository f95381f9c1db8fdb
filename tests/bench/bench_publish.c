/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <sys/statvfs.h>

#include "../store/objects.h"
#include "bench.h"
#include "publish/bundle.h"

/* A bundle beside what anybody would do with stock tools: the same files by bsdtar into the same
 * kind of archive, and a sum of that. Ours checks every file on its way and waits for the disk. */

#define N_FILES 64
#define N_ROUNDS 3
#define MIB ((gsize)1024 * 1024)

typedef struct {
  TestStore store;
  JzBundle *bundle;
  gsize n_bytes;
} Content;

static void
fill (Content *self, gsize size)
{
  g_autofree char *names = g_build_filename (self->store.folder, "b", NULL);

  self->bundle = jz_bundle_new ();
  self->bundle->time = G_GINT64_CONSTANT (1772415015250);
  g_assert_cmpint (g_mkdir (names, 0700), ==, 0);
  for (guint i = 0; i < N_FILES; i++) {
    g_autofree char *path = g_strdup_printf ("data/documents/%04u.pdf", i);
    g_autofree char *name = g_strdup_printf ("%s/%04u.pdf", names, i);
    g_autofree char *object = NULL;
    g_autoptr (GBytes) bytes = make_content (size, i);
    g_autoptr (GError) error = NULL;
    jz_bundle_add_bytes (self->bundle, path, bytes, self->store.objects, &error);
    g_assert_no_error (error);
    object = jz_objects_dup_path (
      self->store.objects, &((JzBundleFile *)g_ptr_array_index (self->bundle->files, i))->hash);
    g_assert_cmpint (link (object, name), ==, 0);
  }
  jz_bundle_sort (self->bundle);
  self->n_bytes = size * N_FILES;
}

static double
time_ours (Content *self, JzBundleFormat format)
{
  g_autofree char *path = g_build_filename (self->store.folder, "ours", NULL);
  g_autoptr (GError) error = NULL;
  double begin = bench_now ();

  jz_bundle_write (self->bundle, self->store.objects, path, format, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return bench_now () - begin;
}

static double
time_theirs (Content *self, const char *options)
{
  g_autofree char *line = g_strdup_printf (
    "cd '%s' && bsdtar %s -cf theirs b && sha256sum theirs >/dev/null && sync theirs",
    self->store.folder, options);
  const char *command[] = { "sh", "-c", line, NULL };

  return bench_spawn (command, FALSE, NULL);
}

static void
measure (Bench *bench,
         Content *content,
         const char *what,
         JzBundleFormat format,
         const char *options)
{
  double total = (double)content->n_bytes / (double)MIB;
  double ours[N_ROUNDS];
  double theirs[N_ROUNDS];

  for (int i = 0; i < N_ROUNDS; i++) {
    ours[i] = total / time_ours (content, format);
    theirs[i] = total / time_theirs (content, options);
  }
  bench_add (bench, what, "MiB/s", bench_median (ours, N_ROUNDS), "bsdtar, sha256sum, sync",
             bench_median (theirs, N_ROUNDS), 1);
}

void
bench_publish (Bench *bench)
{
  gsize size = (bench->is_quick ? 4 : 32) * MIB;
  Content content = { { NULL } };
  struct statvfs info;

  test_store_open (&content.store);
  g_assert_cmpint (statvfs (content.store.folder, &info), ==, 0);
  if ((guint64)info.f_bavail * info.f_frsize < 4 * (guint64)size * N_FILES) {
    bench_skip (bench, "publish", "not enough of the disk is free");
    test_store_clear (&content.store);
    return;
  }
  fill (&content, size);
  measure (bench, &content, bench->is_quick ? "publish of 256 MiB, ZIP" : "publish of 2 GiB, ZIP",
           JZ_BUNDLE_ZIP, "--format zip --options zip:compression=store");
  measure (bench, &content, "  the same, tar.zst", JZ_BUNDLE_TAR_ZSTD, "--zstd");
  jz_bundle_free (content.bundle);
  test_store_clear (&content.store);
}
