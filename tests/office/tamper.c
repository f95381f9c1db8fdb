/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tamper.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

sqlite3 *
tamper_open (const char *path)
{
  g_autofree char *database = g_build_filename (path, "juanzong.db", NULL);
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (database, &handle, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  tamper_run (handle, "PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; "
                      "PRAGMA ignore_check_constraints = ON");
  return handle;
}

void
tamper_close (sqlite3 *handle)
{
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

void
tamper_run (sqlite3 *handle, const char *sql, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  char *message = NULL;

  va_start (values, sql);
  text = g_strdup_vprintf (sql, values);
  va_end (values);
  if (sqlite3_exec (handle, text, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", text, message);
}

char *
tamper_get (sqlite3 *handle, const char *sql, ...)
{
  va_list values;
  g_autofree char *text = NULL;
  sqlite3_stmt *statement = NULL;
  char *value = NULL;

  va_start (values, sql);
  text = g_strdup_vprintf (sql, values);
  va_end (values);
  if (sqlite3_prepare_v2 (handle, text, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", text, sqlite3_errmsg (handle));
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = g_strdup ((const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return value;
}

void
tamper_for_each_row (sqlite3 *handle,
                     const char *sql,
                     void (*visit) (sqlite3_stmt *row, gpointer data),
                     gpointer data)
{
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    visit (rows, data);
  sqlite3_finalize (rows);
}

char *
tamper_take_triggers (sqlite3 *handle)
{
  char *definitions = tamper_get (
    handle, "SELECT group_concat (sql, ';\n') || ';' FROM sqlite_schema WHERE type = 'trigger'");
  g_autofree char *drops =
    tamper_get (handle, "SELECT group_concat ('DROP TRIGGER ' || name, ';') FROM sqlite_schema "
                        "WHERE type = 'trigger'");

  tamper_run (handle, "%s", drops);
  return definitions;
}

void
tamper_give_triggers (sqlite3 *handle, char *triggers)
{
  tamper_run (handle, "%s", triggers);
  g_free (triggers);
}

void
tamper_file_replace (const char *path, gconstpointer data, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (g_unlink (path) != 0)
    g_assert_cmpint (errno, ==, ENOENT);
  g_file_set_contents_full (path, data, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

GBytes *
tamper_file_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize length = 0;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

JzReport *
tamper_look (const char *path,
             const char *const *against,
             gboolean with_chunk_lists,
             char **failure)
{
  g_autoptr (GError) error = NULL;
  JzVerification verification = { .path = path,
                                  .against = against,
                                  .with_chunk_lists = with_chunk_lists };
  JzReport *report = jz_verify (&verification, &error);

  g_assert_true ((report == NULL) == (error != NULL));
  if (report == NULL)
    *failure = g_strdup_printf ("verify could not look: %s", error->message);
  return report;
}

char *
tamper_describe (const JzReport *report)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < report->faults->len && i < 8; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_string_append_printf (text, "\n    %s [%s] %s", jz_fault_kind_get_name (fault->kind),
                            fault->place, fault->sentence);
  }
  if (report->faults->len == 0)
    g_string_append (text, "\n    no fault");
  else if (report->faults->len > 8)
    g_string_append_printf (text, "\n    … %u faults", report->faults->len);
  return g_string_free (text, FALSE);
}

static gboolean
is_place (const char *found, const char *wanted)
{
  gsize length = strlen (wanted);
  g_autofree char *part = NULL;

  if (length == 0 || wanted[length - 1] != '*')
    return g_strcmp0 (found, wanted) == 0;
  part = g_strndup (wanted, length - 1);
  return found != NULL && strstr (found, part) != NULL;
}

gboolean
tamper_has (const JzReport *report, int kind, const char *place)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if ((kind < 0 || fault->kind == (JzFaultKind)kind) && is_place (fault->place, place))
      return TRUE;
  }
  return FALSE;
}

gboolean
tamper_says (const JzReport *report, int kind, const char *words)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if ((kind < 0 || fault->kind == (JzFaultKind)kind) &&
        (strstr (fault->sentence, words) != NULL ||
         (fault->place != NULL && strstr (fault->place, words) != NULL)))
      return TRUE;
  }
  return FALSE;
}

void
tamper_assert_sound (const char *path, const char *const *against)
{
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = tamper_look (path, against, TRUE, &failure);
  g_autofree char *text = report != NULL ? tamper_describe (report) : NULL;

  g_assert_cmpstr (failure, ==, NULL);
  if (report->faults->len > 0)
    g_error ("%s is not sound:%s", path, text);
  g_assert_cmpuint (report->n_entries, >, 0);
}

guint32
tamper_seed (void)
{
  static gsize once = 0;
  static guint32 seed;

  if (g_once_init_enter (&once)) {
    const char *given = g_getenv ("JZ_TAMPER_SEED");
    seed = given != NULL ? (guint32)g_ascii_strtoull (given, NULL, 10) : g_random_int ();
    g_test_message ("JZ_TAMPER_SEED=%u", seed);
    g_once_init_leave (&once, 1);
  }
  return seed;
}

GRand *
tamper_rand_new (guint number)
{
  return g_rand_new_with_seed (tamper_seed () + number * 7919);
}

guint
tamper_count (const char *variable, guint otherwise)
{
  const char *given = g_getenv (variable);
  return given != NULL ? (guint)g_ascii_strtoull (given, NULL, 10) : otherwise;
}

typedef struct {
  TamperRun run;
  gpointer data;
  GMutex mutex;
  GPtrArray *failures;
} All;

static void
run_in_thread (gpointer sample, gpointer data)
{
  All *all = data;
  char *failure = all->run (sample, all->data);

  if (failure == NULL)
    return;
  g_mutex_lock (&all->mutex);
  g_ptr_array_add (all->failures, failure);
  g_mutex_unlock (&all->mutex);
}

void
tamper_run_all (GPtrArray *samples, TamperRun run, gpointer data)
{
  All all = { .run = run, .data = data };
  GThreadPool *pool = g_thread_pool_new (run_in_thread, &all, 2, FALSE, NULL);

  g_mutex_init (&all.mutex);
  all.failures = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < samples->len; i++)
    g_thread_pool_push (pool, g_ptr_array_index (samples, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
  for (guint i = 0; i < all.failures->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (all.failures, i));
  if (all.failures->len > 0)
    g_test_fail_printf ("%u of %u samples were not found as they must be; seed %u",
                        all.failures->len, samples->len, tamper_seed ());
  g_ptr_array_unref (all.failures);
  g_mutex_clear (&all.mutex);
}
