/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define TOP "b/"
#define MAX_BYTES (256 * 1024 * 1024)

static void
entry_free (gpointer data)
{
  PackEntry *self = data;

  g_free (self->path);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self->link);
  g_free (self);
}

static PackEntry *
add (Pack *self, const char *path, GBytes *content)
{
  PackEntry *entry = g_new0 (PackEntry, 1);

  entry->path = g_strdup (path);
  entry->type = AE_IFREG;
  entry->content = content;
  entry->claimed = -1;
  g_ptr_array_add (self->entries, entry);
  return entry;
}

void
pack_init (Pack *self, const TestBundle *bundle)
{
  self->bundle = bundle;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  for (guint i = 0; i < bundle->bundle->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (bundle->bundle->files, i);
    g_autofree char *path = g_strconcat (TOP, file->path, NULL);
    g_autoptr (GError) error = NULL;
    add (self, path, jz_objects_get_bytes (bundle->objects, &file->hash, MAX_BYTES, &error));
    g_assert_no_error (error);
  }
}

void
pack_clear (Pack *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
}

/* @path without the top folder. */
PackEntry *
pack_find (Pack *self, const char *path)
{
  for (guint i = 0; i < self->entries->len; i++) {
    PackEntry *entry = g_ptr_array_index (self->entries, i);
    if (g_str_has_prefix (entry->path, TOP) && strcmp (entry->path + strlen (TOP), path) == 0)
      return entry;
  }
  g_error ("no %s", path);
}

/* @path with the top folder, or without any. */
PackEntry *
pack_add (Pack *self, const char *path, const char *text)
{
  return add (self, path, g_bytes_new (text, strlen (text)));
}

void
pack_remove (Pack *self, const char *path)
{
  g_ptr_array_remove (self->entries, pack_find (self, path));
}

void
pack_set (Pack *self, const char *path, const char *text)
{
  PackEntry *entry = pack_find (self, path);

  g_bytes_unref (entry->content);
  entry->content = g_bytes_new (text, strlen (text));
}

char *
pack_get (Pack *self, const char *path)
{
  PackEntry *entry = pack_find (self, path);
  gsize size = 0;
  const char *data = g_bytes_get_data (entry->content, &size);

  return g_strndup (data, size);
}

static char *
make_list (Pack *self, gboolean is_payload)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    PackEntry *entry = g_ptr_array_index (self->entries, i);
    const char *path = entry->path + strlen (TOP);
    char hex[JZ_HASH_HEX_SIZE];
    JzHash hash;
    if (entry->type != AE_IFREG || g_str_has_prefix (path, "data/") != is_payload ||
        strcmp (path, JZ_BUNDLE_TAG_MANIFEST) == 0 || strcmp (path, JZ_BUNDLE_SIGNATURE) == 0)
      continue;
    jz_hash_of (g_bytes_get_data (entry->content, NULL), g_bytes_get_size (entry->content), &hash);
    jz_hash_to_hex (&hash, hex);
    g_string_append_printf (text, "%s  %s\n", hex, path);
  }
  return g_string_free (text, FALSE);
}

void
pack_seal (Pack *self)
{
  g_autofree char *payload = make_list (self, TRUE);
  g_autofree char *tags = NULL;
  PackEntry *signature = pack_find (self, JZ_BUNDLE_SIGNATURE);

  pack_set (self, JZ_BUNDLE_MANIFEST, payload);
  tags = make_list (self, FALSE);
  pack_set (self, JZ_BUNDLE_TAG_MANIFEST, tags);
  g_bytes_unref (signature->content);
  signature->content = jz_key_sign (self->bundle->key, tags, strlen (tags), NULL);
}

static la_ssize_t
on_write (struct archive *archive, void *data, const void *buffer, size_t length)
{
  g_byte_array_append (data, buffer, (guint)length);
  return (la_ssize_t)length;
}

static struct archive *
open_archive (PackFormat format, GByteArray *bytes)
{
  struct archive *archive = archive_write_new ();

  if (format == PACK_ZIP || format == PACK_ZIP_DEFLATED) {
    archive_write_set_format_zip (archive);
    archive_write_set_options (archive, format == PACK_ZIP
                                          ? "zip:compression=store,zip:hdrcharset=UTF-8"
                                          : "zip:compression=deflate,zip:hdrcharset=UTF-8");
  } else {
    archive_write_set_format_pax_restricted (archive);
    archive_write_set_options (archive, "pax:hdrcharset=BINARY");
  }
  if (format == PACK_TAR_GZIP)
    archive_write_add_filter_gzip (archive);
  if (format == PACK_TAR_ZSTD)
    archive_write_add_filter_zstd (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open (archive, bytes, NULL, on_write, NULL), ==, ARCHIVE_OK);
  return archive;
}

static void
write_entry (struct archive *archive, const PackEntry *self)
{
  struct archive_entry *entry = archive_entry_new ();
  gsize size = self->content != NULL ? g_bytes_get_size (self->content) : 0;

  archive_entry_set_pathname (entry, self->path);
  archive_entry_set_filetype (entry, self->type);
  archive_entry_set_perm (entry, 0644);
  if (self->link != NULL && self->is_hard)
    archive_entry_set_hardlink (entry, self->link);
  else if (self->link != NULL)
    archive_entry_set_symlink (entry, self->link);
  archive_entry_set_size (entry, self->claimed >= 0 ? self->claimed : (gint64)size);
  g_assert_cmpint (archive_write_header (archive, entry), >=, ARCHIVE_WARN);
  if (size > 0)
    archive_write_data (archive, g_bytes_get_data (self->content, NULL), size);
  archive_entry_free (entry);
}

GBytes *
pack_to_bytes (Pack *self, PackFormat format)
{
  GByteArray *bytes = g_byte_array_new ();
  struct archive *archive = open_archive (format, bytes);

  for (guint i = 0; i < self->entries->len; i++)
    write_entry (archive, g_ptr_array_index (self->entries, i));
  archive_write_close (archive);
  archive_write_free (archive);
  return g_byte_array_free_to_bytes (bytes);
}
