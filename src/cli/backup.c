/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/backup.h"
#include "office/error.h"

/* Making a backup and making a store of one. Both may take hours, so they show how far they are,
 * and an interrupt ends them in order. */

static gpointer
wait_for_interrupt (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t signals;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  if (sigwait (&signals, &number) == 0)
    g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
  return NULL;
}

/* Must be called before there is any thread, for those inherit what is blocked. */
static GCancellable *
make_cancellable (void)
{
  GCancellable *cancellable = g_cancellable_new ();
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  /* It waits as long as the program runs. */
  if (pthread_sigmask (SIG_BLOCK, &signals, NULL) == 0)
    g_thread_unref (g_thread_new ("interrupt", wait_for_interrupt, g_object_ref (cancellable)));
  return cancellable;
}

typedef struct {
  int percent;
} Progress;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Progress *self = data;
  int percent = (int)MIN (done / MAX (total / 100, 1), 100);

  if (percent == self->percent)
    return;
  self->percent = percent;
  g_printerr ("\r%3d %%", percent);
  if (percent == 100)
    g_printerr ("\r     \r");
}

/* Only a person at a terminal wants to be told. */
static JzProgress
get_progress (gboolean as_json)
{
  return !as_json && isatty (STDERR_FILENO) ? on_progress : NULL;
}

static int
fail (const GError *error)
{
  int status = jz_cli_fail (error);
  return g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED) ? JZ_EXIT_REFUSED
                                                                           : status;
}

static void
print_backup_json (const JzReport *report,
                   const JzBackupSummary *summary,
                   const GPtrArray *warnings)
{
  g_autoptr (JzJson) json = jz_report_to_json (report);

  if (report->faults->len == 0) {
    jz_json_set_integer (json, "copied", (gint64)summary->n_copied);
    jz_json_set_integer (json, "kept", (gint64)summary->n_kept);
    jz_json_set_boolean (json, "drafts", summary->has_drafts);
  }
  jz_cli_set_warnings (json, warnings);
  jz_cli_print_json (json);
}

static int
print_backup (const char *folder, const JzReport *report, const JzBackupSummary *summary)
{
  int status = jz_cli_print_report (report, FALSE);

  if (status != JZ_EXIT_DONE) {
    g_printerr (_ ("No backup was made, because the store is not as it was written; a backup that "
                   "was in %s is as it was. Run verify on the store, and copy its whole folder by "
                   "other means before anything else.\n"),
                folder);
    return status;
  }
  g_print (_ ("The backup %s is complete and proved: %llu objects were copied, %llu were there "
              "already.\n"),
           folder, (unsigned long long)summary->n_copied, (unsigned long long)summary->n_kept);
  if (!summary->has_drafts)
    g_printerr ("%s\n", _ ("What was being typed could not be read and is not in the backup."));
  return status;
}

/**
 * jz_cli_backup:
 * @argc: number of words
 * @argv: the words
 *
 * `backup STORE FOLDER`
 *
 * Returns: exit status
 */
int
jz_cli_backup (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  JzBackupSummary summary = { 0 };
  Progress progress = { -1 };
  gboolean as_json = FALSE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  cancellable = make_cancellable ();
  JzBackup backup = {
    .path = argv[1],
    .folder = argv[2],
    .progress = get_progress (as_json),
    .progress_data = &progress,
    .cancellable = cancellable,
    .summary = &summary,
    .warnings = warnings,
  };
  if (!jz_backup (&backup, &report, &error))
    return fail (error);
  if (as_json)
    print_backup_json (report, &summary, warnings);
  status = as_json ? JZ_EXIT_DONE : print_backup (argv[2], report, &summary);
  jz_cli_print_warnings (warnings);
  return report->faults->len == 0 ? status : JZ_EXIT_NOT_VERIFIED;
}

typedef struct {
  char *user;
  char *reason;
  char *newest;
  char *password_file;
  int password_fd;
  char *ca_password_file;
  int ca_password_fd;
  gboolean as_json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->user);
  g_free (options->reason);
  g_free (options->newest);
  g_free (options->password_file);
  g_free (options->ca_password_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The passwords that were given, or those of a demo office. */
static gboolean
get_passwords (const char *folder,
               const Options *options,
               char **password,
               char **ca_password,
               GError **error)
{
  g_autoptr (JzOffice) office = jz_office_open (folder, JZ_STORE_READ, NULL, error);
  g_autoptr (GError) local = NULL;

  if (office == NULL)
    return FALSE;
  *password = jz_cli_get_password (office, options->password_file, options->password_fd, error);
  if (*password == NULL)
    return FALSE;
  *ca_password = jz_cli_read_password (options->ca_password_file, options->ca_password_fd, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (*ca_password == NULL && jz_office_is_demo (office))
    *ca_password = g_strdup (JZ_DEMO_PASSWORD);
  return TRUE;
}

static int
print_restored (const char *path, gboolean as_json, const GPtrArray *warnings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOffice) office = jz_office_open (path, JZ_STORE_READ, NULL, &error);

  if (office == NULL)
    return jz_cli_fail (error);
  if (as_json) {
    g_autoptr (JzJson) json = jz_json_new_object ();
    jz_json_set_text (json, "store", jz_office_get_store_id (office));
    jz_cli_set_warnings (json, warnings);
    jz_cli_print_json (json);
  } else {
    g_print (_ ("The store is restored in %s and goes on under the id %s. With verify --against "
                "you see what was lost since the backup.\n"),
             path, jz_office_get_store_id (office));
  }
  jz_cli_print_warnings (warnings);
  return JZ_EXIT_DONE;
}

static int
restore (const char *folder, const char *path, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = make_cancellable ();
  g_autofree char *password = NULL;
  g_autofree char *ca_password = NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  Progress progress = { -1 };
  JzRestoring restoring = {
    .folder = folder,
    .path = path,
    .user = options->user,
    .reason = options->reason,
    .newest = options->newest,
    .progress = get_progress (options->as_json),
    .progress_data = &progress,
    .cancellable = cancellable,
    .warnings = warnings,
  };

  if (!get_passwords (folder, options, &password, &ca_password, &error))
    return fail (error);
  restoring.password = password;
  restoring.ca_password = ca_password;
  if (!jz_restore (&restoring, &error))
    return fail (error);
  return print_restored (path, options->as_json, warnings);
}

/**
 * jz_cli_restore:
 * @argc: number of words
 * @argv: the words
 *
 * `restore FOLDER STORE --as USER --reason TEXT [--newest FILE]`
 *
 * Returns: exit status
 */
int
jz_cli_restore (int argc, char **argv)
{
  g_auto (Options) options = { .password_fd = -1, .ca_password_fd = -1 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.user, N_ ("An administrator, as of the backup"),
      N_ ("USER") },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, N_ ("Why it is restored"),
      N_ ("TEXT") },
    { "newest", 0, 0, G_OPTION_ARG_FILENAME, &options.newest,
      N_ ("The newest checkpoint known of the lost store"), N_ ("FILE") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
      N_ ("File with the administrator's password"), N_ ("FILE") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "ca-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.ca_password_file,
      N_ ("File with the password of the bureau's own key"), N_ ("FILE") },
    { "ca-password-fd", 0, 0, G_OPTION_ARG_INT, &options.ca_password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  if (options.user == NULL || options.reason == NULL)
    return jz_cli_misuse (_ ("Say who restores, with --as USER, and why, with --reason TEXT."));
  return restore (argv[1], argv[2], &options);
}
