/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "store/error.h"
#include "store/objects-private.h"

/* Walks objects/ in the order of the bytes of the paths, so that two runs, and two stores with the
 * same content, answer alike. The names of one folder at a time are in memory. What is there but
 * never put there by us (links, pipes, folders, other names) is handed on and not followed. */

typedef struct {
  JzObjects *objects;
  JzObjectsEntryVisit visit;
  gpointer data;
} Walk;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Not GDir: it takes an error in the middle of a folder for its end. */
static int
list_names (const char *path, GPtrArray **names)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  DIR *folder = opendir (path);
  int failure = 0;

  if (folder == NULL)
    return errno;
  for (;;) {
    const struct dirent *entry;
    errno = 0;
    entry = readdir (folder);
    if (entry == NULL)
      break;
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (found, g_strdup (entry->d_name));
  }
  failure = errno;
  closedir (folder);
  if (failure == 0)
    *names = g_steal_pointer (&found);
  return failure;
}

static JzObjectsEntryKind
kind_of (const struct stat *status)
{
  if (S_ISREG (status->st_mode))
    return JZ_OBJECTS_ENTRY_FOREIGN;
  if (S_ISLNK (status->st_mode))
    return JZ_OBJECTS_ENTRY_LINK;
  if (S_ISDIR (status->st_mode))
    return JZ_OBJECTS_ENTRY_FOLDER;
  return JZ_OBJECTS_ENTRY_SPECIAL;
}

/* FALSE when there is nothing (any more) at @name: another process may be removing it. */
static gboolean
look_at (JzObjects *self, const char *name, JzObjectsEntry *entry)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  struct stat status;

  *entry = (JzObjectsEntry){ .name = name };
  if (lstat (path, &status) != 0) {
    entry->kind = JZ_OBJECTS_ENTRY_UNREADABLE;
    entry->failure = errno;
    return errno != ENOENT;
  }
  entry->kind = kind_of (&status);
  if (S_ISREG (status.st_mode))
    entry->size = (guint64)status.st_size;
  return TRUE;
}

static gboolean
visit_unreadable (Walk *self, const char *name, int failure)
{
  JzObjectsEntry entry = {
    .kind = JZ_OBJECTS_ENTRY_UNREADABLE,
    .name = name,
    .failure = failure,
  };
  return self->visit (&entry, self->data);
}

/* @name is "ab/". Returns FALSE when the visitor wants no more. */
static gboolean
walk_folder (Walk *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->objects->folder, name, NULL);
  g_autoptr (GPtrArray) names = NULL;
  int failure = list_names (path, &names);

  if (failure != 0)
    return failure == ENOENT || visit_unreadable (self, name, failure);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    const char *rest = g_ptr_array_index (names, i);
    g_autofree char *below = g_strconcat (name, rest, NULL);
    g_autofree char *hex = g_strdup_printf ("%.2s%s", name, rest);
    JzObjectsEntry entry;
    if (!look_at (self->objects, below, &entry))
      continue;
    if (entry.kind == JZ_OBJECTS_ENTRY_FOREIGN && jz_hash_from_hex (hex, &entry.hash))
      entry.kind = JZ_OBJECTS_ENTRY_OBJECT;
    if (!self->visit (&entry, self->data))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_name_of_ours (const char *name)
{
  return strlen (name) == 2 && strspn (name, "0123456789abcdef") == 2;
}

/* Our own folders get a "/" at their end, by which they stand where their content stands. */
static void
mark_own_folders (JzObjects *self, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++) {
    char *name = g_ptr_array_index (names, i);
    JzObjectsEntry entry;
    if (!is_name_of_ours (name) || !look_at (self, name, &entry) ||
        entry.kind != JZ_OBJECTS_ENTRY_FOLDER)
      continue;
    g_ptr_array_index (names, i) = g_strconcat (name, "/", NULL);
    g_free (name);
  }
}

/**
 * jz_objects_walk:
 * @self: the objects
 * @visit: (scope call): called for each entry; its %FALSE ends the walk
 * @data: given to @visit
 *
 * Visits everything under objects/, ours or not, in the order of the bytes of its path. What cannot
 * be looked at is visited too, with its errno.
 *
 * Returns: %FALSE only where objects/ itself cannot be read; no objects/ at all is an empty one
 */
gboolean
jz_objects_walk (JzObjects *self, JzObjectsEntryVisit visit, gpointer data, GError **error)
{
  Walk walk = { self, visit, data };
  g_autoptr (GPtrArray) names = NULL;
  gboolean go_on = TRUE;
  int failure = list_names (self->folder, &names);

  if (failure == ENOENT)
    return TRUE;
  if (failure != 0) {
    jz_store_error_set_from_errno (error, failure, self->folder);
    return FALSE;
  }
  mark_own_folders (self, names);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; go_on && i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    JzObjectsEntry entry;
    if (g_str_has_suffix (name, "/"))
      go_on = walk_folder (&walk, name);
    else if (look_at (self, name, &entry))
      go_on = visit (&entry, data);
  }
  return TRUE;
}

typedef struct {
  JzObjects *objects;
  JzObjectsVisit visit;
  gpointer data;
  GError **error;
  gboolean failed;
} Foreach;

static gboolean
on_foreach_entry (const JzObjectsEntry *entry, gpointer data)
{
  Foreach *self = data;

  if (entry->kind == JZ_OBJECTS_ENTRY_UNREADABLE) {
    g_autofree char *path = g_build_filename (self->objects->folder, entry->name, NULL);
    jz_store_error_set_from_errno (self->error, entry->failure, path);
    self->failed = TRUE;
    return FALSE;
  }
  return self->visit (entry->name, entry->kind == JZ_OBJECTS_ENTRY_OBJECT ? &entry->hash : NULL,
                      entry->size, self->data);
}

/**
 * jz_objects_foreach:
 * @self: the objects
 * @visit: (scope call): called for each
 * @data: given to @visit
 *
 * Visits everything under objects/ in the order of the bytes of its path. What is no object of ours
 * (another name, a link, a pipe, a folder) has no hash; a folder that is not ours is visited
 * itself, not its content. A file that another process removes meanwhile may or may not be visited.
 *
 * Returns: %FALSE when something could not be read; %TRUE otherwise, also when @visit ended it
 */
gboolean
jz_objects_foreach (JzObjects *self, JzObjectsVisit visit, gpointer data, GError **error)
{
  Foreach walk = { self, visit, data, error, FALSE };

  g_return_val_if_fail (self != NULL && visit != NULL, FALSE);

  return jz_objects_walk (self, on_foreach_entry, &walk, error) && !walk.failed;
}
