/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>

#include "store/files.h"
#include "store/objects_copy-private.h"
#include "store/objects_ticket-private.h"

/* Content that is in the store whole, and that no act names yet, has a note in incoming/, so that
 * it is not lost when the program ends before the act:
 *
 *     KEY.arrived  canonical JSON: the object, its name, what it was taken in for
 *
 * KEY is made of all three. The note is there before the object has its name, so that a program
 * that is killed between the two leaves a note of nothing, which the next one drops. */

#define ARRIVED ".arrived"
#define KEY_LENGTH 32
#define MAX_NOTE (64 * 1024)

static char *
make_key (const JzObject *object, const char *name, const char *purpose)
{
  char hex[JZ_HASH_HEX_SIZE];
  g_autofree char *all = NULL;
  JzHash hash;

  jz_hash_to_hex (&object->hash, hex);
  all = g_strconcat (hex, "\n", purpose, "\n", name, NULL);
  jz_hash_of (all, strlen (all), &hash);
  jz_hash_to_hex (&hash, hex);
  return g_strndup (hex, KEY_LENGTH);
}

static char *
make_path (JzObjects *self, const char *key)
{
  return g_strconcat (self->incoming, "/", key, ARRIVED, NULL);
}

/**
 * jz_arrival_free:
 * @self: (transfer full) (nullable): content
 */
void
jz_arrival_free (JzArrival *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->purpose);
  g_free (self);
}

/**
 * jz_objects_note_arrival:
 * @self: the objects
 * @object: content that is in the store, or is about to be
 * @name: its file's own name, any bytes
 * @purpose: what it was taken in for, such as the id of a case
 * @error: return location
 *
 * Notes down that somebody is about to name it in an act; best before it is put. As long as this
 * process runs, it is not listed as left behind.
 *
 * Returns: (transfer full) (nullable): by what the note is dropped
 */
char *
jz_objects_note_arrival (JzObjects *self,
                         const JzObject *object,
                         const char *name,
                         const char *purpose,
                         GError **error)
{
  g_autofree char *key = make_key (object, name, purpose);
  g_autofree char *path = make_path (self, key);
  /* A name may have any bytes, JSON has not. */
  g_autofree char *escaped = g_uri_escape_bytes ((const guint8 *)name, strlen (name), NULL);
  g_autoptr (JzJson) note = jz_json_new_object ();
  g_autofree char *text = NULL;
  gboolean is_written;

  if (!jz_objects_make_roots (self, error))
    return NULL;
  jz_json_set_text (note, "name", escaped);
  jz_json_set_member (note, "object", jz_object_to_json (object));
  jz_json_set_text (note, "purpose", purpose);
  text = jz_json_to_canonical (note, NULL);
  jz_objects_begin_writing (self);
  /* Half of it, after a crash, counts for none. */
  is_written =
    g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
  jz_objects_end_writing (self);
  if (!is_written)
    return NULL;
  g_mutex_lock (&self->mutex);
  g_hash_table_add (self->takes, g_strconcat (key, ARRIVED, NULL));
  g_mutex_unlock (&self->mutex);
  return g_steal_pointer (&key);
}

/**
 * jz_objects_drop_arrival:
 * @self: the objects
 * @key: of a note; one that is gone is fine
 * @error: return location
 *
 * To be called when an act names the content, or nobody wants it. The content stays.
 *
 * Returns: whether it is gone, durably
 */
gboolean
jz_objects_drop_arrival (JzObjects *self, const char *key, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && key != NULL && strchr (key, '/') == NULL, FALSE);

  path = make_path (self, key);
  name = g_strconcat (key, ARRIVED, NULL);
  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->takes, name);
  g_mutex_unlock (&self->mutex);
  return jz_file_remove_durably (path, error);
}

static gboolean
has_form (const char *name)
{
  return strspn (name, "0123456789abcdef") == KEY_LENGTH &&
         strcmp (name + KEY_LENGTH, ARRIVED) == 0;
}

static JzArrival *
parse (const char *file, const JzJson *json)
{
  const char *escaped = jz_json_get_member_text (json, "name");
  const char *purpose = jz_json_get_member_text (json, "purpose");
  g_autofree char *name = escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;
  JzArrival *self;
  JzObject object;

  if (name == NULL || purpose == NULL ||
      !jz_object_from_json (jz_json_get_member (json, "object"), &object))
    return NULL;
  self = g_new0 (JzArrival, 1);
  self->key = g_strndup (file, KEY_LENGTH);
  self->object = object;
  self->name = g_steal_pointer (&name);
  self->purpose = g_strdup (purpose);
  return self;
}

static JzArrival *
load (JzObjects *objects, const char *file)
{
  g_autofree char *path = g_strconcat (objects->incoming, "/", file, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzJson) json = NULL;
  struct stat status;
  gsize length = 0;
  const char *text;
  JzArrival *self;

  if (!has_form (file) || lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return NULL;
  bytes = jz_file_read (path, MAX_NOTE, NULL);
  text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  json = text != NULL ? jz_json_parse (text, length, NULL) : NULL;
  self = json != NULL && jz_json_get_kind (json) == JZ_JSON_OBJECT ? parse (file, json) : NULL;
  if (self != NULL)
    self->at = status.st_mtim.tv_sec;
  return self;
}

static gboolean
is_own (JzObjects *self, const char *file)
{
  gboolean is;

  g_mutex_lock (&self->mutex);
  is = g_hash_table_contains (self->takes, file);
  g_mutex_unlock (&self->mutex);
  return is;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const JzArrival *left = *(const JzArrival *const *)a;
  const JzArrival *right = *(const JzArrival *const *)b;

  return strcmp (left->name, right->name);
}

/**
 * jz_objects_list_arrivals:
 * @self: the objects
 * @error: return location
 *
 * Returns: (transfer full) (element-type JzArrival) (nullable): what an earlier process took in and
 *   did not come to name in an act, in the order of the names
 */
GPtrArray *
jz_objects_list_arrivals (JzObjects *self, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_arrival_free);
  g_autoptr (GDir) folder = NULL;
  const char *file;

  if (!g_file_test (self->incoming, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&list);
  folder = g_dir_open (self->incoming, 0, error);
  if (folder == NULL)
    return NULL;
  while ((file = g_dir_read_name (folder)) != NULL) {
    JzArrival *arrival = is_own (self, file) ? NULL : load (self, file);
    if (arrival != NULL)
      g_ptr_array_add (list, arrival);
  }
  g_ptr_array_sort (list, compare);
  return g_steal_pointer (&list);
}

/**
 * jz_arrivals_keep:
 * @self: the objects
 * @kept: (element-type utf8): gets the names of the notes that count
 */
void
jz_arrivals_keep (JzObjects *self, GHashTable *kept)
{
  g_autoptr (GDir) folder = g_dir_open (self->incoming, 0, NULL);
  const char *file;

  while (folder != NULL && (file = g_dir_read_name (folder)) != NULL) {
    g_autoptr (JzArrival) arrival = load (self, file);
    if (arrival != NULL)
      g_hash_table_add (kept, g_strdup (file));
  }
}
