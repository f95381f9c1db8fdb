/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "../store/objects.h"
#include "bench.h"

#define N_OBJECTS 8
#define N_ROUNDS 7
#define MIB ((goffset)1024 * 1024)

/* @number makes it differ from the others; the rest are holes, which take no place. */
static char *
make_sparse (const char *folder, guint number, goffset size)
{
  char *path = folder_write (folder, "sparse", &number, sizeof number);

  g_assert_cmpint (truncate (path, size), ==, 0);
  return path;
}

static GPtrArray *
put_objects (TestStore *store, goffset size)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < N_OBJECTS; i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *source = make_sparse (store->folder, i, size);
    JzObject object;
    jz_objects_put_file (store->objects, source, FALSE, NULL, NULL, NULL, &object, &error);
    g_assert_no_error (error);
    g_ptr_array_add (paths, jz_objects_dup_path (store->objects, &object.hash));
  }
  return paths;
}

static double
time_ours (TestStore *store, gboolean is_on_one_core)
{
  const char *command[] = { "/proc/self/exe", "--child", "hash", store->store, "", NULL };

  return bench_spawn (command, is_on_one_core, NULL);
}

static double
time_openssl (GPtrArray *paths, gboolean is_on_one_core)
{
  const char *command[N_OBJECTS + 4] = { "openssl", "dgst", "-sha256" };

  for (guint i = 0; i < N_OBJECTS; i++)
    command[3 + i] = g_ptr_array_index (paths, i);
  return bench_spawn (command, is_on_one_core, NULL);
}

/* Both as processes, in turns, and the files in memory: the first round brings them there. */
static void
measure (Bench *bench, TestStore *store, GPtrArray *paths, goffset size, gboolean is_on_one_core)
{
  double total = (double)(N_OBJECTS * size) / MIB;
  double ours[N_ROUNDS];
  double reference[N_ROUNDS];

  for (int i = -1; i < N_ROUNDS; i++) {
    double seconds = time_ours (store, is_on_one_core);
    double openssl = time_openssl (paths, is_on_one_core);
    if (i < 0)
      continue;
    ours[i] = total / seconds;
    reference[i] = total / openssl;
  }
  bench_add (bench,
             is_on_one_core ? "verify's hashing of objects, one core"
                            : "verify's hashing of objects, all cores",
             "MiB/s", bench_best (ours, N_ROUNDS),
             is_on_one_core ? "openssl dgst -sha256, one core" : "openssl dgst -sha256",
             bench_best (reference, N_ROUNDS), 0.9);
}

void
bench_objects (Bench *bench)
{
  g_auto (TestStore) store = { NULL };
  g_autoptr (GPtrArray) paths = NULL;
  goffset size = (bench->is_quick ? 32 : 128) * MIB;

  test_store_open (&store);
  paths = put_objects (&store, size);
  measure (bench, &store, paths, size, TRUE);
  measure (bench, &store, paths, size, FALSE);
}

void
bench_memory (Bench *bench)
{
  goffset size = bench->is_quick ? 512 * MIB : 4096 * MIB;
  const char *what =
    bench->is_quick ? "memory while storing 512 MiB" : "memory while storing 4 GiB";
  g_auto (TestStore) store = { NULL };
  g_autofree char *source = NULL;
  struct statvfs info;
  BenchChild child;

  test_store_open (&store);
  g_assert_cmpint (statvfs (store.folder, &info), ==, 0);
  if (!bench->is_quick && (guint64)info.f_bavail * info.f_frsize < (guint64)10 * 1024 * MIB) {
    bench_skip (bench, what, "less than 10 GiB of the disk are free");
    return;
  }
  source = make_sparse (store.folder, 0, size);
  bench_run_child ("put", store.store, source, &child);
  bench_add_figure (bench, what, "MiB", child.peak_mib, 100);
  bench_add_figure (bench, "  and its speed", "MiB/s", (double)size / MIB / child.seconds, 0);
}

/* Nothing in it is alike, and none of it holes. */
static char *
make_recording (const char *folder, goffset size)
{
  char *path = g_build_filename (folder, "recording", NULL);
  const char *command[] = { "dd", "if=/dev/urandom", "", "bs=1M", "", "status=none", NULL };
  g_autofree char *to = g_strconcat ("of=", path, NULL);
  g_autofree char *n = g_strdup_printf ("count=%d", (int)(size / MIB));

  command[2] = to;
  command[4] = n;
  bench_spawn (command, FALSE, NULL);
  return path;
}

static double
time_copy (const char *from, const char *to)
{
  g_autofree char *script = g_strdup_printf ("cp '%s' '%s' && sync '%s'", from, to, to);
  const char *command[] = { "sh", "-c", script, NULL };
  double seconds = bench_spawn (command, FALSE, NULL);

  g_assert_cmpint (g_unlink (to), ==, 0);
  return seconds;
}

static double
time_import (const char *store, const char *from)
{
  g_autofree char *folder = g_build_filename (store, "objects", NULL);
  const char *remove[] = { "rm", "-rf", folder, NULL };
  BenchChild child;

  bench_run_child ("take", store, from, &child);
  bench_spawn (remove, FALSE, NULL);
  return child.seconds;
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_size;
}

/* Nobody has read a card before it is put in: the next reader gets it from the disk. */
static void
forget_content (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (fsync (fd), ==, 0);
  g_assert_cmpint (posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED), ==, 0);
  close (fd);
}

static void
compare_import (Bench *bench,
                const char *what,
                const char *store,
                const char *source,
                gboolean is_cold)
{
  goffset size = get_size (source);
  g_autofree char *copy = g_strconcat (source, "-copy", NULL);
  double ours[N_ROUNDS];
  double reference[N_ROUNDS];

  for (int i = -1; i < N_ROUNDS; i++) {
    double copied;
    double taken;

    if (is_cold)
      forget_content (source);
    copied = time_copy (source, copy);
    if (is_cold)
      forget_content (source);
    taken = time_import (store, source);
    if (i < 0)
      continue;
    ours[i] = (double)size / (double)MIB / taken;
    reference[i] = (double)size / (double)MIB / copied;
  }
  bench_add (bench, what, "MiB/s", bench_median (ours, N_ROUNDS), "cp, then sync of it",
             bench_median (reference, N_ROUNDS), 0.9);
}

/* A recording on its way into the store, hashed as a whole and by the piece, against a copy of it
 * that is made durable, in turns: from a disk, and with the source in memory, where two hashes of
 * it are all that takes time. */
void
bench_import (Bench *bench)
{
  goffset size = (bench->is_quick ? 256 : 1024) * MIB;
  g_auto (TestStore) store = { NULL };
  g_autofree char *source = NULL;

  test_store_open (&store);
  source = make_recording (store.folder, size);
  compare_import (bench, "import of a recording, hashed and resumable", store.store, source, TRUE);
  compare_import (bench, "  the same, with the source in memory", store.store, source, FALSE);
}
