/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/error.h"
#include "store/objects.h"

#include "folder.h"

/* A store's objects for one test, and content to put in. */

typedef struct {
  char *folder; /* what lies beside the store */
  char *store;
  char *root;     /* STORE/objects */
  char *incoming; /* STORE/incoming */
  JzObjects *objects;
} TestStore;

G_GNUC_UNUSED static void
test_store_open (TestStore *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = folder_new ();
  self->store = g_build_filename (self->folder, "store", NULL);
  self->root = g_build_filename (self->store, "objects", NULL);
  self->incoming = g_build_filename (self->store, "incoming", NULL);
  g_assert_cmpint (g_mkdir (self->store, 0700), ==, 0);
  self->objects = jz_objects_open (self->store, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
test_store_clear (TestStore *self)
{
  jz_objects_close (self->objects);
  folder_free (self->folder);
  g_free (self->store);
  g_free (self->root);
  g_free (self->incoming);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TestStore, test_store_clear)

/* Content that no two pieces of share. */
G_GNUC_UNUSED static GBytes *
make_content (gsize size, guint32 seed)
{
  guint32 state = seed * 2654435761u + 1;
  guint8 *data = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    data[i] = (guint8)(state >> 24);
  }
  return g_bytes_new_take (data, size);
}

G_GNUC_UNUSED static char *
make_source (TestStore *self, const char *name, GBytes *content)
{
  return folder_write (self->folder, name, g_bytes_get_data (content, NULL),
                       g_bytes_get_size (content));
}

G_GNUC_UNUSED static JzObject
put_content (TestStore *self, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  JzObject object = { 0 };

  g_assert_true (jz_objects_put_bytes (self->objects, content, &object, &error));
  g_assert_no_error (error);
  return object;
}

G_GNUC_UNUSED static JzObject
put_source (TestStore *self, const char *path, gboolean with_chunks)
{
  g_autoptr (GError) error = NULL;
  JzObject object = { 0 };

  g_assert_true (
    jz_objects_put_file (self->objects, path, with_chunks, NULL, NULL, NULL, &object, &error));
  g_assert_no_error (error);
  return object;
}

static gboolean
count_object (const char *name, const JzHash *hash, guint64 size, gpointer data)
{
  guint *n = data;
  g_assert_nonnull (hash);
  (*n)++;
  return TRUE;
}

/* Objects in the store; there must be nothing else. */
G_GNUC_UNUSED static guint
count_objects (TestStore *self)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_assert_true (jz_objects_foreach (self->objects, count_object, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* Turns one bit around in a file, read-only or not. */
G_GNUC_UNUSED static void
flip (const char *path, gsize place)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (place, <, length);
  data[place] ^= 0x01;
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}
