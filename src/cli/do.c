/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/backup.h"
#include "office/checkpoints.h"
#include "office/session.h"
#include "store/error.h"

typedef struct {
  char *user;
  char *role;
  char *clock;
  char *password_file;
  int password_fd;
  char *new_password_file;
  int new_password_fd;
  char *ca_password_file;
  int ca_password_fd;
  gboolean as_json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->user);
  g_free (options->role);
  g_free (options->clock);
  g_free (options->password_file);
  g_free (options->new_password_file);
  g_free (options->ca_password_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A batch may be long: so many bytes of it are read at most. */
#define MAX_BATCH (64 * 1024 * 1024)

static char *
read_standard_input (gsize *length, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 buffer[65536];
  gssize n;

  while ((n = read (STDIN_FILENO, buffer, sizeof buffer)) > 0 && bytes->len < MAX_BATCH)
    g_byte_array_append (bytes, buffer, (guint)n);
  if (n != 0) {
    g_set_error_literal (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
      _ ("Standard input could not be read to its end, or it is longer than 64 MiB."));
    return NULL;
  }
  *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *)"", 1);
  return (char *)g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

static JzJson *
read_arguments (const char *word, GError **error)
{
  gsize length = word != NULL ? strlen (word) : 0;
  g_autofree char *text = NULL;

  if (word == NULL)
    return jz_json_new_object ();
  if (strcmp (word, "-") != 0)
    return jz_json_parse_long (word, length, MAX_BATCH, error);
  text = read_standard_input (&length, error);
  return text != NULL ? jz_json_parse_long (text, length, MAX_BATCH, error) : NULL;
}

static GPtrArray *
split_batch (JzJson *args)
{
  GPtrArray *list = g_ptr_array_new ();

  if (jz_json_get_kind (args) != JZ_JSON_ARRAY)
    g_ptr_array_add (list, args);
  else
    for (guint i = 0; i < jz_json_get_n_items (args); i++)
      g_ptr_array_add (list, (gpointer)jz_json_get_item (args, i));
  return list;
}

static JzClock *
make_clock (const Options *options, GError **error)
{
  JzInstant instant = 0;

  return jz_instant_parse (options->clock, &instant, error) ? jz_clock_new_set (instant) : NULL;
}

static JzOffice *
open_office (const char *path, const char *act, const Options *options, GError **error)
{
  g_autoptr (JzClock) clock = NULL;
  g_autoptr (JzOffice) office = NULL;

  /* Those two acts make a store of what is a copy, on purpose. */
  if (strcmp (act, "store.moved") != 0 && strcmp (act, "store.copied") != 0 &&
      !jz_folder_refuse_acts (path, error))
    return NULL;
  if (options->clock != NULL && (clock = make_clock (options, error)) == NULL)
    return NULL;
  office = jz_office_open (path, JZ_STORE_WRITE, clock, error);
  if (office == NULL)
    return NULL;
  if (clock != NULL && !jz_office_is_demo (office)) {
    g_set_error_literal (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
      _ ("Only a demo store takes --clock; a real one goes by the computer's clock."));
    return NULL;
  }
  return g_steal_pointer (&office);
}

static char *
get_other_password (JzOffice *office, const char *file, int fd, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *password = jz_cli_read_password (file, fd, &local);

  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (password == NULL && jz_office_is_demo (office))
    password = g_strdup (JZ_DEMO_PASSWORD);
  return password;
}

/* The disk failed before anything was committed. */
static int
fail (const GError *error)
{
  gboolean is_of_disk = g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY) ||
                        g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_FULL) ||
                        g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_ACCESS) ||
                        g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);

  if (!is_of_disk)
    return jz_cli_fail (error);
  g_printerr (_ ("%s Nothing was changed.\n"), error->message);
  return JZ_EXIT_FAILED;
}

/* What follows the act. It is done and durable, whatever becomes of this. */
static void
finish (JzOffice *office, JzSession *session, JzActOutcome *outcome)
{
  const GPtrArray *warnings = jz_office_get_warnings (office);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < warnings->len; i++)
    jz_act_outcome_add_warning (outcome, g_ptr_array_index (warnings, i));
  if (outcome->refusal == NULL && jz_session_get_store_key (session) != NULL &&
      !jz_office_issue_checkpoint (office, session, NULL, &error)) {
    /* The next checkpoint covers it as well. */
    g_autofree char *sentence =
      g_strdup_printf (_ ("The act is done, but no checkpoint could be kept: %s"), error->message);
    jz_act_outcome_add_warning (outcome, sentence);
  }
}

static int
perform (JzOffice *office,
         JzSession *session,
         const char *act,
         JzJson *args,
         const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (GPtrArray) list = split_batch (args);
  g_autofree char *new_password =
    get_other_password (office, options->new_password_file, options->new_password_fd, &error);
  g_autofree char *ca_password =
    error == NULL
      ? get_other_password (office, options->ca_password_file, options->ca_password_fd, &error)
      : NULL;
  JzRequest request = {
    .session = session,
    .role = options->role,
    .act = act,
    .args = (const JzJson *const *)list->pdata,
    .n_args = list->len,
    .new_password = new_password,
    .ca_password = ca_password,
  };
  int status;

  if (error != NULL || !jz_office_perform (office, &request, &outcome, &error))
    return fail (error);
  finish (office, session, outcome);
  status = jz_cli_print_outcome (outcome, options->as_json);
  jz_cli_print_warnings (outcome->warnings);
  return status;
}

static int
run (const char *path, const char *act, const char *word, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = read_arguments (word, &error);
  g_autoptr (JzOffice) office = args != NULL ? open_office (path, act, options, &error) : NULL;
  g_autoptr (JzSession) session = NULL;
  g_autofree char *password = NULL;

  if (office == NULL)
    return fail (error);
  password = jz_cli_get_password (office, options->password_file, options->password_fd, &error);
  session = password != NULL ? jz_session_open (office, options->user, password, &error) : NULL;
  return session != NULL ? perform (office, session, act, args, options) : fail (error);
}

/**
 * jz_cli_do:
 * @argc: number of words
 * @argv: the words
 *
 * `do STORE --as USER ACT [JSON|-]`: performs an act; an array of objects is a batch of which all
 * or nothing is done.
 *
 * Returns: exit status
 */
int
jz_cli_do (int argc, char **argv)
{
  g_auto (Options) options = { .password_fd = -1, .new_password_fd = -1, .ca_password_fd = -1 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "as", 0, 0, G_OPTION_ARG_STRING, &options.user, N_ ("Who acts"), N_ ("USER") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &options.role,
      N_ ("In which role; when absent one that may, rather the duty in the case"), N_ ("ROLE") },
    { "clock", 0, 0, G_OPTION_ARG_STRING, &options.clock, N_ ("The time in a demo store"),
      N_ ("INSTANT") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
      N_ ("File with the user's password"), N_ ("FILE") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "new-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.new_password_file,
      N_ ("File with the password of a key that the act makes"), N_ ("FILE") },
    { "new-password-fd", 0, 0, G_OPTION_ARG_INT, &options.new_password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "ca-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.ca_password_file,
      N_ ("File with the password of the bureau's own key"), N_ ("FILE") },
    { "ca-password-fd", 0, 0, G_OPTION_ARG_INT, &options.ca_password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 3, &status))
    return status;
  if (options.user == NULL)
    return jz_cli_misuse (_ ("Say who acts, with --as USER."));
  return run (argv[1], argv[2], argc > 3 ? argv[3] : NULL, &options);
}
