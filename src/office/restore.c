/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/backup-private.h"
#include "office/checkpoints.h"
#include "office/error.h"
#include "office/making.h"
#include "office/office-private.h"
#include "office/prepare.h"
#include "office/session.h"
#include "office/sweep.h"
#include "store/checkpoint.h"
#include "store/error.h"
#include "store/files.h"

/* Making a store of a backup (design §2). It goes on under a store id of its own, for what was
 * written after the backup exists somewhere under the old one: on dossiers, in bundles, perhaps on
 * a disk that turns up again. Its first entry names the old id, the state that was restored and the
 * newest state known, so that anybody can tell what was lost.
 *
 * All of it happens under a temporary name beside the final one. */

#define MAX_CHECKPOINT_FILE 8192

static gboolean
check_place (const char *backup, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), name);
    return FALSE;
  }
  if (jz_path_is_within (path, backup)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” would lie in the backup itself. Choose a folder elsewhere."), name);
    return FALSE;
  }
  return jz_folder_refuse_network (path, error);
}

/* What the checkpoint proves beyond the backup is lost, and no reason to refuse. */
static const JzFault *
find_fault (const JzReport *report)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if (fault->kind != JZ_FAULT_LOST)
      return fault;
  }
  return NULL;
}

static void
set_fault (const JzRestoring *restoring, const char *folder, const JzFault *fault, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *before = g_build_filename (folder, "juanzong.db.before", NULL);
  const char *place = fault->place != NULL ? fault->place : "-";

  if (fault->kind == JZ_FAULT_CHECKPOINT && g_strcmp0 (fault->place, restoring->newest) == 0)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Nothing was restored, because the backup “%1$s” and the checkpoint “%2$s” do "
                    "not belong together: %3$s"),
                 name, place, fault->sentence);
  else if (g_file_test (before, G_FILE_TEST_EXISTS))
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Nothing was restored, because the backup “%1$s” is not as it was written. The "
                    "first fault is in %2$s: %3$s The last run of backup was interrupted here; the "
                    "state before it is in the file juanzong.db.before, which can take the place "
                    "of juanzong.db."),
                 name, place, fault->sentence);
  else
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Nothing was restored, because the backup “%1$s” is not as it was written. The "
                    "first fault is in %2$s: %3$s"),
                 name, place, fault->sentence);
}

/* Gives the id of the store that was backed up. */
static gboolean
verify_backup (const JzRestoring *restoring, const char *folder, char **store, GError **error)
{
  const char *const against[] = { restoring->newest, NULL };
  JzVerification verification = {
    .path = folder,
    .against = against,
    .with_chunk_lists = TRUE,
    .gate = restoring->gate,
    .gate_data = restoring->gate_data,
    .progress = restoring->progress,
    .progress_data = restoring->progress_data,
    .cancellable = restoring->cancellable,
  };
  g_autoptr (JzReport) report = jz_verify (&verification, error);
  const JzFault *fault = report != NULL ? find_fault (report) : NULL;

  if (report == NULL)
    return FALSE;
  if (fault != NULL) {
    set_fault (restoring, folder, fault, error);
    return FALSE;
  }
  *store = g_strdup (report->store);
  return TRUE;
}

/* Its signature and what it covers were checked with the backup. */
static gboolean
read_newest (const char *file, const char *store, char **note, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  JzCheckpoint checkpoint;

  *note = NULL;
  if (file == NULL)
    return TRUE;
  bytes = jz_file_read (file, MAX_CHECKPOINT_FILE, error);
  if (bytes == NULL)
    return FALSE;
  length = g_bytes_get_size (bytes);
  text = g_strndup (g_bytes_get_data (bytes, NULL), length);
  if (!jz_checkpoint_parse (text, length, &checkpoint, error))
    return FALSE;
  if (strcmp (checkpoint.store, store) != 0) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("The checkpoint “%1$s” is of store %2$s, but the backup is of store %3$s. Give "
                    "the newest checkpoint of that one, or none."),
                 file, checkpoint.store, store);
    return FALSE;
  }
  *note = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
copy_backup (const JzRestoring *restoring, const char *folder, const char *making, GError **error)
{
  g_auto (JzCopy) copy = {
    .progress = restoring->progress,
    .progress_data = restoring->progress_data,
    .cancellable = restoring->cancellable,
  };

  return jz_copy_make_folders (making, error) && jz_copy_init (&copy, folder, making, error) &&
         jz_copy_run (&copy, error) && jz_copy_put_in_place (&copy, "juanzong.db", error) &&
         jz_copy_put_in_place (&copy, "scratch.db", error);
}

static gboolean
fill_arguments (const JzRestoring *restoring,
                JzOffice *office,
                JzSession *session,
                JzJson *args,
                GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  JzStore *store = jz_office_get_store (office);
  JzConnection *tables = jz_store_lease_reader (store, error);
  JzKey *store_key = NULL;
  gboolean is_filled;

  if (tables == NULL)
    return FALSE;
  jz_office_set_new_id (office, NULL);
  is_filled = jz_fill_successor (store, tables, office->new_id, restoring->ca_password, now, args,
                                 &store_key, error);
  jz_store_return_reader (store, tables);
  if (is_filled)
    jz_session_take_store_key (session, store_key);
  return is_filled;
}

static gboolean
perform (JzOffice *office, JzSession *session, const JzJson *args, GError **error)
{
  const JzJson *all[] = { args };
  JzRequest request = {
    .session = session,
    .role = "administrator",
    .act = "store.restored",
    .args = all,
    .n_args = 1,
    .by_own_means = TRUE,
  };
  g_autoptr (JzActOutcome) outcome = NULL;

  if (!jz_office_perform (office, &request, &outcome, error))
    return FALSE;
  if (outcome->refusal == NULL)
    return TRUE;
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED,
                       jz_refusal_get_sentence (outcome->refusal));
  return FALSE;
}

static gboolean
begin_store (const JzRestoring *restoring, const char *making, const char *newest, GError **error)
{
  g_autoptr (JzOffice) office = jz_office_open (making, JZ_STORE_WRITE, restoring->clock, error);
  g_autoptr (JzSession) session =
    office != NULL ? jz_session_open (office, restoring->user, restoring->password, error) : NULL;
  g_autoptr (JzJson) args = jz_json_new_object ();

  /* Its place is here already: the folder will only get another name. */
  if (session == NULL || !jz_store_settle_here (jz_office_get_store (office), error) ||
      !fill_arguments (restoring, office, session, args, error))
    return FALSE;
  jz_json_set_text (args, "reason", restoring->reason);
  if (newest != NULL)
    jz_json_set_text (args, "newest", newest);
  return perform (office, session, args, error) && jz_sweep (jz_office_get_store (office), error) &&
         jz_office_issue_checkpoint (office, session, NULL, error);
}

/**
 * jz_restore:
 * @restoring: what is needed
 * @error: return location
 *
 * Makes a store of a backup: verifies it, copies it with every hash checked, and begins a new store
 * id with the act `store.restored` (design §2). Whoever holds a checkpoint of the old store can see
 * with `verify --against` which entries were lost.
 *
 * Serves and I-05.
 *
 * Returns: whether the store is at the path now; nothing is there when not: %JZ_STORE_ERROR_DAMAGED
 *   names the first fault of the backup, %JZ_STORE_ERROR_EXISTS, %JZ_STORE_ERROR_PASSWORD,
 *   %JZ_OFFICE_ERROR_REFUSED when the user may not, %G_IO_ERROR_CANCELLED, and what disks
 *   say
 */
gboolean
jz_restore (const JzRestoring *restoring, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (JzMaking) making = NULL;
  g_autofree char *store = NULL;
  g_autofree char *newest = NULL;

  g_return_val_if_fail (restoring->folder != NULL && restoring->path != NULL, FALSE);
  g_return_val_if_fail (restoring->user != NULL && restoring->password != NULL, FALSE);
  g_return_val_if_fail (restoring->reason != NULL, FALSE);

  folder = jz_path_resolve (restoring->folder, error);
  path = folder != NULL ? jz_path_resolve (restoring->path, error) : NULL;
  if (path == NULL || !check_place (folder, path, error) ||
      !verify_backup (restoring, folder, &store, error) ||
      !read_newest (restoring->newest, store, &newest, error))
    return FALSE;
  making = jz_making_begin (path, error);
  return making != NULL && copy_backup (restoring, folder, jz_making_get_folder (making), error) &&
         begin_store (restoring, jz_making_get_folder (making), newest, error) &&
         jz_making_finish (making, restoring->warnings, error);
}
