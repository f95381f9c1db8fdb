/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/file_set.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/json.h"

/* What a bureau adopts of forms and of holidays is made of several files, but one entry names one
 * object (design §4). So the files stand in it as they were written, byte for byte: what was
 * adopted can be read years later in the words of who wrote it, and an error found in it has the
 * line and the column of the file that is to be corrected.
 *
 *   {"files":{KEY:{"name":NAME,"text":TEXT},…},"kind":KIND}
 *
 * in canonical JSON, so that the same files are always the same object, in whatever order they were
 * put in. What a key means is the kind's business. */

#define MAX_NAME 120
#define MAX_KEY 120

struct _JzFileSet {
  JzJson *json;
  JzJson *files; /* of @json, and changed through here */
};

static JzFileSet *
take (JzJson *json)
{
  JzFileSet *self = g_new0 (JzFileSet, 1);

  self->json = json;
  self->files = (JzJson *)jz_json_get_member (json, "files");
  return self;
}

/**
 * jz_file_set_new:
 * @kind: what the files are
 *
 * Returns: (transfer full): a set without files
 */
JzFileSet *
jz_file_set_new (const char *kind)
{
  JzJson *json;

  g_return_val_if_fail (kind != NULL, NULL);

  json = jz_json_new_object ();
  jz_json_set_member (json, "files", jz_json_new_object ());
  jz_json_set_text (json, "kind", kind);
  return take (json);
}

/**
 * jz_file_set_free:
 * @self: (transfer full): a set
 *
 * Frees a set.
 */
void
jz_file_set_free (JzFileSet *self)
{
  g_return_if_fail (self != NULL);

  jz_json_unref (self->json);
  g_free (self);
}

static gboolean
is_file (const JzJson *file)
{
  return jz_json_get_kind (file) == JZ_JSON_OBJECT && jz_json_get_n_items (file) == 2 &&
         jz_json_get_member_text (file, "name") != NULL &&
         jz_json_get_member_text (file, "text") != NULL;
}

static gboolean
is_set (const JzJson *json, const char *kind)
{
  const JzJson *files =
    jz_json_get_kind (json) == JZ_JSON_OBJECT ? jz_json_get_member (json, "files") : NULL;

  if (files == NULL || jz_json_get_kind (files) != JZ_JSON_OBJECT ||
      jz_json_get_n_items (json) != 2 ||
      g_strcmp0 (jz_json_get_member_text (json, "kind"), kind) != 0 ||
      jz_json_get_n_items (files) > JZ_FILE_SET_MAX_FILES)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    if (!is_file (jz_json_get_item (files, i)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_canonical (const JzJson *json, const char *text, gsize length)
{
  gsize written = 0;
  g_autofree char *canonical = jz_json_to_canonical (json, &written);

  return written == length && memcmp (canonical, text, length) == 0;
}

/**
 * jz_file_set_parse:
 * @bytes: what jz_file_set_to_bytes() gave
 * @kind: what the files must be
 * @name: for messages
 * @error: return location
 *
 * Returns: (transfer full): the set, or %NULL with %JZ_BASE_ERROR_SYNTAX or %JZ_BASE_ERROR_LIMIT
 *   where @bytes are anything but a set of that kind in its one form
 */
JzFileSet *
jz_file_set_parse (GBytes *bytes, const char *kind, const char *name, GError **error)
{
  g_autoptr (JzJson) json = NULL;
  gsize length = 0;
  const char *text;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (kind != NULL && name != NULL, NULL);

  text = g_bytes_get_data (bytes, &length);
  json = jz_json_parse_long (text, length, JZ_FILE_SET_MAX_SIZE, error);
  if (json == NULL) {
    g_prefix_error (error, "%s: ", name);
    return NULL;
  }
  if (is_set (json, kind) && is_canonical (json, text, length))
    return take (g_steal_pointer (&json));
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("%s: This is no set of files as this program composes them; compose it anew from "
                  "its files."),
               name);
  return NULL;
}

/**
 * jz_file_set_to_bytes:
 * @self: a set
 * @error: return location
 *
 * Returns: (transfer full): the set as one object, the same for the same files, or %NULL with
 *   %JZ_BASE_ERROR_LIMIT where it would be too large to be read again
 */
GBytes *
jz_file_set_to_bytes (const JzFileSet *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (self != NULL, NULL);

  text = jz_json_to_canonical (self->json, &length);
  if (length <= JZ_FILE_SET_MAX_SIZE)
    return g_bytes_new_take (g_steal_pointer (&text), length);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
               _ ("The files together have more than %d bytes, which is more than is read; take "
                  "out what is not needed."),
               JZ_FILE_SET_MAX_SIZE);
  return NULL;
}

/**
 * jz_file_set_put:
 * @self: a set
 * @key: what the file is in it; it takes the place of the one that was
 * @name: its name; only what stands behind the last slash is kept
 * @bytes: its content, which was read as XML and so is UTF-8 without NUL
 * @error: return location
 *
 * Returns: whether there was room; %JZ_BASE_ERROR_LIMIT
 */
gboolean
jz_file_set_put (JzFileSet *self, const char *key, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *base = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  const char *data;
  JzJson *file;

  g_return_val_if_fail (self != NULL && bytes != NULL, FALSE);
  g_return_val_if_fail (key != NULL && strlen (key) <= MAX_KEY && name != NULL, FALSE);

  if (jz_json_get_n_items (self->files) >= JZ_FILE_SET_MAX_FILES &&
      jz_json_get_member (self->files, key) == NULL) {
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
                 _ ("There are more than %d files, which is more than is read."),
                 JZ_FILE_SET_MAX_FILES);
    return FALSE;
  }
  data = g_bytes_get_data (bytes, &length);
  g_return_val_if_fail (g_utf8_validate (data, (gssize)length, NULL), FALSE);
  base = g_path_get_basename (name);
  shown = jz_error_dup_printable (base, -1, MAX_NAME);
  text = g_strndup (data, length);
  file = jz_json_new_object ();
  jz_json_set_text (file, "name", shown);
  jz_json_set_text (file, "text", text);
  jz_json_set_member (self->files, key, file);
  return TRUE;
}

/**
 * jz_file_set_get_n_files:
 * @self: a set
 *
 * Returns: how many files it has
 */
guint
jz_file_set_get_n_files (const JzFileSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return jz_json_get_n_items (self->files);
}

/**
 * jz_file_set_get_key:
 * @self: a set
 * @position: of a file in it, in the order of the keys
 *
 * Returns: (transfer none): what the file is in the set
 */
const char *
jz_file_set_get_key (const JzFileSet *self, guint position)
{
  g_return_val_if_fail (self != NULL && position < jz_file_set_get_n_files (self), NULL);

  return jz_json_get_name (self->files, position);
}

/**
 * jz_file_set_get_name:
 * @self: a set
 * @position: of a file in it
 *
 * Returns: (transfer none): the name that the file had, for messages
 */
const char *
jz_file_set_get_name (const JzFileSet *self, guint position)
{
  g_return_val_if_fail (self != NULL && position < jz_file_set_get_n_files (self), NULL);

  return jz_json_get_member_text (jz_json_get_item (self->files, position), "name");
}

/**
 * jz_file_set_dup_bytes:
 * @self: a set
 * @position: of a file in it
 *
 * Returns: (transfer full): the content of the file, as it was written
 */
GBytes *
jz_file_set_dup_bytes (const JzFileSet *self, guint position)
{
  const char *text;

  g_return_val_if_fail (self != NULL && position < jz_file_set_get_n_files (self), NULL);

  text = jz_json_get_member_text (jz_json_get_item (self->files, position), "text");
  return g_bytes_new (text, strlen (text));
}
