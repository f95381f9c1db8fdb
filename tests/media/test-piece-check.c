/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/piece_check.h"
#include "store/error.h"

/* Files that were damaged after they came: the parts that are wrong are told, and no others. */

#define MIB JZ_CHUNK_SIZE

typedef struct {
  char *folder;
  JzObjects *objects;
  JzObject object;
  GArray *told; /* guint64 */
} World;

static void
world_init (World *self, gsize size)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  g_autofree char *path = NULL;
  g_autofree char *incoming = NULL;
  g_autofree char *objects = NULL;
  g_autoptr (GError) error = NULL;

  *self = (World){ 0 };
  self->folder = g_dir_make_tmp ("juanzong-pieces-XXXXXX", &error);
  g_assert_no_error (error);
  incoming = g_build_filename (self->folder, "incoming", NULL);
  objects = g_build_filename (self->folder, "objects", NULL);
  g_assert_cmpint (g_mkdir_with_parents (incoming, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (objects, 0700), ==, 0);
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i * 7 + i / 4096);
  path = g_build_filename (self->folder, "file", NULL);
  g_assert_true (g_file_set_contents (path, (const char *)data, (gssize)size, &error));
  self->objects = jz_objects_open (self->folder, &error);
  g_assert_no_error (error);
  jz_objects_put_file (self->objects, path, TRUE, NULL, NULL, NULL, &self->object, &error);
  g_assert_no_error (error);
  self->told = g_array_new (FALSE, FALSE, sizeof (guint64));
}

static void
world_clear (World *self)
{
  const char *arguments[] = { "rm", "-rf", self->folder, NULL };

  g_array_unref (self->told);
  jz_objects_close (self->objects);
  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
on_told (guint64 piece, gpointer data)
{
  g_array_append_val (((World *)data)->told, piece);
}

static void
check (World *self, guint64 first)
{
  g_autoptr (GError) error = NULL;

  g_array_set_size (self->told, 0);
  g_assert_true (
    jz_pieces_check (self->objects, &self->object, first, on_told, self, NULL, &error));
  g_assert_no_error (error);
}

static void
damage (World *self, const JzHash *hash, gsize at)
{
  g_autofree char *path = jz_objects_dup_path (self->objects, hash);
  guint8 byte = 0;
  int fd;

  g_assert_cmpint (chmod (path, 0600), ==, 0);
  fd = open (path, O_RDWR | O_CLOEXEC);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, &byte, 1, (off_t)at), ==, 1);
  byte ^= 1;
  g_assert_cmpint (pwrite (fd, &byte, 1, (off_t)at), ==, 1);
  close (fd);
}

static void
test_damage (void)
{
  g_auto (World) world = { 0 };

  world_init (&world, 3 * MIB + 100);
  check (&world, 0);
  g_assert_cmpuint (world.told->len, ==, 0);
  damage (&world, &world.object.hash, MIB - 1);
  damage (&world, &world.object.hash, 3 * MIB + 99);
  check (&world, 0);
  g_assert_cmpuint (world.told->len, ==, 2);
  g_assert_cmpuint (g_array_index (world.told, guint64, 0), ==, 0);
  g_assert_cmpuint (g_array_index (world.told, guint64, 1), ==, 3);
  /* From where it plays on, then the rest; a place behind the end is brought back. */
  check (&world, 2);
  g_assert_cmpuint (g_array_index (world.told, guint64, 0), ==, 3);
  g_assert_cmpuint (g_array_index (world.told, guint64, 1), ==, 0);
  check (&world, 4000);
  g_assert_cmpuint (world.told->len, ==, 2);
}

static void
test_short (void)
{
  static const gsize sizes[] = { 0, 1, MIB };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_auto (World) world = { 0 };
    world_init (&world, sizes[i]);
    check (&world, 0);
    g_assert_cmpuint (world.told->len, ==, 0);
    if (sizes[i] == 0)
      continue;
    damage (&world, &world.object.hash, sizes[i] - 1);
    check (&world, 0);
    g_assert_cmpuint (world.told->len, ==, 1);
  }
}

static void
test_cut (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *path = NULL;

  world_init (&world, 3 * MIB);
  path = jz_objects_dup_path (world.objects, &world.object.hash);
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_cmpint (truncate (path, MIB), ==, 0);
  check (&world, 0);
  g_assert_cmpuint (world.told->len, ==, 2);
  g_assert_cmpuint (g_array_index (world.told, guint64, 0), ==, 1);
}

static void
test_list (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  world_init (&world, 2 * MIB);
  g_cancellable_cancel (cancellable);
  g_assert_false (
    jz_pieces_check (world.objects, &world.object, 0, on_told, &world, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  damage (&world, &world.object.chunks, 50);
  g_assert_false (jz_pieces_check (world.objects, &world.object, 0, on_told, &world, NULL, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_cmpuint (world.told->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/piece-check/damage", test_damage);
  g_test_add_func ("/media/piece-check/short", test_short);
  g_test_add_func ("/media/piece-check/cut", test_cut);
  g_test_add_func ("/media/piece-check/list", test_list);
  return g_test_run ();
}
