/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/backup-private.h"
#include "store/database_copy.h"
#include "store/error.h"
#include "store/files.h"

/* The two databases of a store: the record, and what people were typing. Of the second only what
 * can be read is copied, and the copy says that it is of a backup. */

typedef struct {
  JzCopy *copy;
  guint64 done;
} DatabaseProgress;

static void
on_database_progress (guint64 done, guint64 total, gpointer data)
{
  DatabaseProgress *self = data;

  if (done > self->done)
    jz_copy_add_done (self->copy, done - self->done);
  self->done = done;
}

/**
 * jz_copy_database:
 * @self: a copy
 * @reader: of its source; what it sees is copied
 * @error: return location
 *
 * Copies the database to TARGET/incoming/juanzong.db.
 *
 * Returns: whether it is there, durably
 */
gboolean
jz_copy_database (JzCopy *self, JzConnection *reader, GError **error)
{
  g_autofree char *to = g_build_filename (self->target, "incoming", "juanzong.db", NULL);
  DatabaseProgress progress = { self, 0 };
  gint64 n_bytes = 0;
  gint64 n_of_objects = 0;

  if (!jz_connection_get_number (reader, &n_bytes, error,
                                 "SELECT page_size * page_count FROM pragma_page_size, "
                                 "pragma_page_count",
                                 "") ||
      !jz_connection_get_number (reader, &n_of_objects, error,
                                 "SELECT sum (size) FROM (SELECT max (size) AS size FROM "
                                 "object_use GROUP BY object)",
                                 ""))
    return FALSE;
  self->done = 0;
  self->total = (guint64)n_bytes + (guint64)n_of_objects;
  return jz_database_copy (reader, to, on_database_progress, &progress, self->cancellable, error);
}

static gboolean
mark_as_backup (const char *folder, GError **error)
{
  g_autoptr (JzScratch) scratch = jz_scratch_open (folder, error);
  return scratch != NULL && jz_scratch_set_place (scratch, JZ_PLACE_OF_BACKUP, error);
}

/**
 * jz_copy_scratch:
 * @self: a copy
 * @error: return location
 *
 * Copies what people were typing to TARGET/incoming/scratch.db. One that is missing or damaged is
 * replaced by an empty one: losing it loses no record (design §2).
 *
 * Returns: whether it is there, durably
 */
gboolean
jz_copy_scratch (JzCopy *self, GError **error)
{
  g_autofree char *from = g_build_filename (jz_store_get_path (self->source), "scratch.db", NULL);
  g_autofree char *folder = g_build_filename (self->target, "incoming", NULL);
  g_autofree char *to = g_build_filename (folder, "scratch.db", NULL);

  return jz_database_copy_file (from, to, self->cancellable, &self->summary.has_drafts, error) &&
         mark_as_backup (folder, error) && jz_database_make_single (to, error);
}

/**
 * jz_folder_is_backup:
 * @folder: a folder
 *
 * Tells a backup, which the next one may write over, from a store that somebody works in.
 *
 * Returns: whether there is a backup in it
 */
gboolean
jz_folder_is_backup (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "scratch.db", NULL);
  g_autofree char *place =
    jz_database_peek_text (path, "SELECT value FROM local WHERE name = 'place'");

  return jz_store_exists (folder) && g_strcmp0 (place, JZ_PLACE_OF_BACKUP) == 0;
}

/**
 * jz_folder_refuse_acts:
 * @folder: a folder that is going to be opened for writing
 * @error: return location
 *
 * Opening a backup for writing would already change it.
 *
 * Returns: %FALSE with %JZ_STORE_ERROR_MOVED where there is a backup in it
 */
gboolean
jz_folder_refuse_acts (const char *folder, GError **error)
{
  g_autofree char *name = NULL;

  if (!jz_folder_is_backup (folder))
    return TRUE;
  name = g_filename_display_name (folder);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED,
               _ ("“%s” is a backup, in which no act is done; make a store of it with restore."),
               name);
  return FALSE;
}
