/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "office/error.h"
#include "store/error.h"
#include "store/files.h"

#define MAX_PASSWORD 1024

/**
 * jz_cli_misuse:
 * @sentence: what was wrong with the command line
 *
 * Returns: the exit status for wrong use
 */
int
jz_cli_misuse (const char *sentence)
{
  g_printerr ("%s\n", sentence);
  return JZ_EXIT_USAGE;
}

/**
 * jz_cli_fail:
 * @error: what went wrong
 *
 * Tells it in one sentence.
 *
 * Returns: the exit status that belongs to it
 */
int
jz_cli_fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  if (error->domain == JZ_BASE_ERROR || error->domain == G_OPTION_ERROR ||
      g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT) ||
      g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT) ||
      g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_PERSON))
    return JZ_EXIT_USAGE;
  if (g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED))
    return JZ_EXIT_NOT_VERIFIED;
  if (g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD) ||
      g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_MOVED))
    return JZ_EXIT_REFUSED;
  return JZ_EXIT_FAILED;
}

/**
 * jz_cli_print_warnings:
 * @warnings: (element-type utf8): sentences
 *
 * Tells what the user should know although all is done.
 */
void
jz_cli_print_warnings (const GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    g_printerr ("%s\n", (const char *)g_ptr_array_index (warnings, i));
}

/**
 * jz_cli_set_warnings:
 * @json: (inout): an object that is going to be printed
 * @warnings: (element-type utf8): sentences
 *
 * The same for a program: an array `warnings`, where there are any.
 */
void
jz_cli_set_warnings (JzJson *json, const GPtrArray *warnings)
{
  JzJson *list;

  if (warnings->len == 0)
    return;
  list = jz_json_new_array ();
  for (guint i = 0; i < warnings->len; i++)
    jz_json_append (list, jz_json_new_text (g_ptr_array_index (warnings, i)));
  jz_json_set_member (json, "warnings", list);
}

/* GOption leaves the `--` that ends the options where a word with a dash follows. */
static void
take_out_separator (int *argc, char **argv)
{
  for (int i = 1; i < *argc; i++)
    if (strcmp (argv[i], "--") == 0) {
      memmove (argv + i, argv + i + 1, sizeof (char *) * (gsize)(*argc - i));
      (*argc)--;
      return;
    }
}

/**
 * jz_cli_parse:
 * @argc: (inout): number of words
 * @argv: (inout): the words; options are taken out
 * @entries: options of the command
 * @least: so many words must be left, without the command's own
 * @most: so many at most
 * @exit_status: (out): set when it fails
 *
 * Returns: whether the command line is of its form
 */
gboolean
jz_cli_parse (int *argc,
              char ***argv,
              const GOptionEntry *entries,
              int least,
              int most,
              int *exit_status)
{
  const JzCommand *command = jz_commands;
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *usage = NULL;

  while (strcmp (command->name, (*argv)[0]) != 0)
    command++;
  context = g_option_context_new (_ (command->usage));
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_set_prgname ("juanzongctl");
  usage = g_strdup_printf ("juanzongctl %s", command->name);
  g_set_prgname (usage);
  if (!g_option_context_parse (context, argc, argv, &error)) {
    *exit_status = jz_cli_fail (error);
    return FALSE;
  }
  take_out_separator (argc, *argv);
  if (*argc - 1 >= least && *argc - 1 <= most)
    return TRUE;
  g_printerr (_ ("Usage: juanzongctl %s [OPTION…] %s\n"), command->name, _ (command->usage));
  *exit_status = JZ_EXIT_USAGE;
  return FALSE;
}

/**
 * jz_cli_print_json:
 * @json: a value
 *
 * Prints it in canonical form, one line.
 */
void
jz_cli_print_json (const JzJson *json)
{
  g_autofree char *text = jz_json_to_canonical (json, NULL);
  g_print ("%s\n", text);
}

static void
print_refusal (const JzRefusal *refusal)
{
  const char *basis = jz_refusal_get_basis (refusal);
  const char *clears = jz_refusal_get_clears (refusal);

  g_printerr ("%s: %s\n", jz_refusal_get_rule (refusal), jz_refusal_get_sentence (refusal));
  if (basis != NULL)
    g_printerr (_ ("Legal basis: %s\n"), basis);
  if (clears != NULL)
    g_printerr (_ ("What to do: %s\n"), clears);
}

/**
 * jz_cli_print_outcome:
 * @outcome: what came of an act
 * @as_json: for a program
 *
 * A refusal goes to standard error, as JSON also to standard output.
 *
 * Returns: the exit status that belongs to it
 */
int
jz_cli_print_outcome (const JzActOutcome *outcome, gboolean as_json)
{
  if (as_json) {
    g_autoptr (JzJson) json = jz_act_outcome_to_json (outcome);
    jz_cli_print_json (json);
  }
  if (outcome->refusal != NULL) {
    print_refusal (outcome->refusal);
    return JZ_EXIT_REFUSED;
  }
  for (guint i = 0; !as_json && i < outcome->records->len; i++) {
    const JzJournalRecord *record = g_ptr_array_index (outcome->records, i);
    g_autofree char *id = jz_entry_get_id (record->entry);
    g_autofree char *made = jz_journal_record_dup_made (record);
    char hex[JZ_HASH_HEX_SIZE];
    jz_hash_to_hex (&record->hash, hex);
    g_print ("%s %s %s%s%s\n", id, record->entry->act, hex, made != NULL ? " " : "",
             made != NULL ? made : "");
  }
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_reading_open:
 * @self: (out caller-allocates): to be cleared, whatever is returned
 * @path: folder of a store
 * @error: return location
 *
 * Returns: whether the store can be read
 */
gboolean
jz_cli_reading_open (JzCliReading *self, const char *path, GError **error)
{
  self->store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, error);
  self->reader = self->store != NULL ? jz_store_lease_reader (self->store, error) : NULL;
  return self->reader != NULL;
}

/**
 * jz_cli_reading_clear:
 * @self: a reading in any state
 *
 * Closes the store.
 */
void
jz_cli_reading_clear (JzCliReading *self)
{
  if (self->reader != NULL)
    jz_store_return_reader (self->store, self->reader);
  self->reader = NULL;
  g_clear_pointer (&self->store, jz_store_close);
}

/**
 * jz_cli_print_report:
 * @report: what a verification found
 * @as_json: for a program
 *
 * Returns: the exit status that belongs to it
 */
int
jz_cli_print_report (const JzReport *report, gboolean as_json)
{
  if (as_json) {
    g_autoptr (JzJson) json = jz_report_to_json (report);
    jz_cli_print_json (json);
  }
  for (guint i = 0; !as_json && i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_printerr ("%s: %s: %s\n", jz_fault_kind_get_word (fault->kind),
                fault->place != NULL ? fault->place : "-", fault->sentence);
  }
  if (!as_json && report->is_cut)
    g_printerr ("%s\n", _ ("There are more faults than are named here."));
  if (report->faults->len > 0)
    return JZ_EXIT_NOT_VERIFIED;
  if (!as_json)
    g_print (_ ("Store %s is as it was written: %llu entries, %llu signatures, %llu objects.\n"),
             report->store, (unsigned long long)report->n_entries,
             (unsigned long long)report->n_signatures, (unsigned long long)report->n_objects);
  return JZ_EXIT_DONE;
}

static char *
take_line (GBytes *bytes, const char *name, GError **error)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (bytes, &length);

  while (length > 0 && (data[length - 1] == '\n' || data[length - 1] == '\r'))
    length--;
  if (length > 0 && g_utf8_validate_len (data, length, NULL) && memchr (data, '\n', length) == NULL)
    return g_strndup (data, length);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("%s must hold the password and nothing else, on one line."), name);
  return NULL;
}

/**
 * jz_cli_read_password:
 * @file: (nullable): name of a file that holds it
 * @fd: a file descriptor that gives it, or -1
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the password, or %NULL, without error when neither is given
 */
char *
jz_cli_read_password (const char *file, int fd, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  char buffer[MAX_PASSWORD];
  gsize length = 0;

  if (file != NULL) {
    bytes = jz_file_read (file, MAX_PASSWORD, error);
    return bytes != NULL ? take_line (bytes, file, error) : NULL;
  }
  if (fd < 0)
    return NULL;
  while (length < sizeof buffer) {
    gssize n = read (fd, buffer + length, sizeof buffer - length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      break;
    length += (gsize)n;
  }
  bytes = g_bytes_new (buffer, length);
  return take_line (bytes, _ ("The file descriptor"), error);
}

/**
 * jz_cli_get_password:
 * @office: an office
 * @file: (nullable): name of a file that holds it
 * @fd: a file descriptor that gives it, or -1
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the password given, or that of every demo account
 */
char *
jz_cli_get_password (JzOffice *office, const char *file, int fd, GError **error)
{
  g_autoptr (GError) local = NULL;
  char *password = jz_cli_read_password (file, fd, &local);

  if (password == NULL && local == NULL && jz_office_is_demo (office))
    return g_strdup (JZ_DEMO_PASSWORD);
  if (password == NULL && local == NULL)
    g_set_error_literal (&local, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
                         _ ("Give the password in a file, with --password-file."));
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return password;
}

/**
 * jz_cli_write_file:
 * @path: where to
 * @text: what
 * @error: return location
 *
 * Writes a whole file or nothing.
 *
 * Returns: whether it is there
 */
gboolean
jz_cli_write_file (const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  return jz_file_write_durably (path, folder, bytes, 0644, error);
}

/**
 * jz_cli_get_time:
 * @reader: a store's database
 *
 * Where nobody acts, for drafts: the time of the last entry of the store, which in an invented
 * office may lie far from that of this computer.
 *
 * Returns: the time
 */
JzInstant
jz_cli_get_time (JzConnection *reader)
{
  JzInstant last = 0;
  g_autofree char *text = NULL;

  if (jz_connection_get_text (
        reader, &text, NULL,
        "SELECT max (time) FROM entry WHERE store IN (SELECT store FROM entry "
        "WHERE arrival = (SELECT max (arrival) FROM entry))",
        "") &&
      text != NULL && jz_instant_parse (text, &last, NULL))
    return last;
  return g_get_real_time () / 1000;
}
