/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/money.h"
#include "cli/cli.h"
#include "office/cases.h"
#include "office/document_findings.h"
#include "office/role.h"
#include "store/scratch.h"

static int
list_cases (JzConnection *reader, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) cases = jz_cases_list (reader, &error);

  if (cases == NULL)
    return jz_cli_fail (error);
  if (as_json) {
    /* Printed in pieces: a list of many cases is larger than a payload may be. */
    g_print ("[");
    for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
      g_autofree char *text = jz_json_to_canonical (jz_json_get_item (cases, i), NULL);
      g_print ("%s%s", i > 0 ? ",\n" : "", text);
    }
    g_print ("]\n");
    return JZ_EXIT_DONE;
  }
  for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
    const JzJson *row = jz_json_get_item (cases, i);
    g_print ("%s  %s  %-9s %s\n", jz_json_get_member_text (row, "id"),
             jz_json_get_member_text (row, "number"),
             jz_stage_word (jz_json_get_member_text (row, "stage")),
             jz_json_get_member_text (row, "title"));
  }
  return JZ_EXIT_DONE;
}

static void
print_rows (const JzJson *row, const char *list_name, const char *const *columns)
{
  const JzJson *list = jz_json_get_member (row, list_name);

  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++) {
    const JzJson *item = jz_json_get_item (list, i);
    g_print ("  ");
    for (gsize c = 0; columns[c] != NULL; c++) {
      const char *text = jz_json_get_member_text (item, columns[c]);
      gboolean is_role = strcmp (columns[c], "duty") == 0 || strcmp (columns[c], "role") == 0;
      g_print ("%s%s", c > 0 ? "  " : "",
               text == NULL ? "-"
               : is_role    ? jz_role_word (text)
                            : text);
    }
    g_print ("\n");
  }
}

static void
print_range (const JzJson *figures, const char *least, const char *most, const char *label)
{
  gint64 first = jz_json_get_member_integer (figures, least, -1);
  g_autofree char *from = first >= 0 ? jz_money_format (first) : NULL;
  g_autofree char *to =
    first >= 0 ? jz_money_format (jz_json_get_member_integer (figures, most, 0)) : NULL;

  if (from == NULL || to == NULL)
    return;
  g_print ("  %s %s – %s\n", label, from, to);
}

/* How the fine was measured, step by step as it stands in the record. */
static void
print_discretion (const JzJson *row)
{
  const JzJson *discretion = jz_json_get_member (row, "discretion");
  const JzJson *figures = jz_json_get_member (discretion, "computed");
  gint64 fine, position;
  g_autofree char *amount = NULL;

  if (figures == NULL)
    return;
  fine = jz_json_get_member_integer (figures, "fine", -1);
  position = jz_json_get_member_integer (figures, "position", -1);
  amount = fine >= 0 ? jz_money_format (fine) : NULL;
  g_print ("%s\n  %s  %s\n", _ ("Discretion:"), jz_json_get_member_text (discretion, "benchmark"),
           jz_json_get_member_text (discretion, "grade"));
  print_range (figures, "law_least", "law_most", _ ("Range of the law, in yuan:"));
  print_range (figures, "tier_least", "tier_most", _ ("Range of the tier, in yuan:"));
  print_range (figures, "band_least", "band_most", _ ("Range by the factors, in yuan:"));
  if (amount != NULL && position >= 0)
    g_print (_ ("  A fine of %s yuan lies at %d.%d per cent of what the law sets.\n"), amount,
             (int)(position / 10), (int)(position % 10));
  else if (amount != NULL)
    g_print (_ ("  A fine of %s yuan lies outside of what the law sets.\n"), amount);
}

/* Below each document what keeps it from being final, and what somebody should look at. */
static void
print_documents (const JzJson *row)
{
  static const char *const columns[] = { "id", "state", "date", "number", "title", NULL };
  static const char *const findings[] = { "level", "rule", "field", "sentence", NULL };
  const JzJson *documents = jz_json_get_member (row, "documents");

  for (guint i = 0; documents != NULL && i < jz_json_get_n_items (documents); i++) {
    const JzJson *document = jz_json_get_item (documents, i);
    g_autoptr (JzJson) one = jz_json_new_object ();
    JzJson *list = jz_json_new_array ();
    jz_json_append (list, jz_json_copy (document));
    jz_json_set_member (one, "documents", list);
    print_rows (one, "documents", columns);
    print_rows (document, "findings", findings);
  }
}

static void
print_overrides (const JzJson *row)
{
  static const char *const columns[] = { "time", "name", "act", "rules", "reason", "used", NULL };
  const JzJson *list = jz_json_get_member (row, "overrides");

  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    JzJson *item = (JzJson *)jz_json_get_item (list, i);
    const JzJson *rules = jz_json_get_member (item, "rules");
    g_autoptr (GString) words = g_string_new (NULL);
    for (guint r = 0; r < jz_json_get_n_items (rules); r++)
      g_string_append_printf (words, "%s%s", r > 0 ? " " : "",
                              jz_json_get_text (jz_json_get_item (rules, r)));
    jz_json_set_text (item, "rules", words->str);
  }
  if (jz_json_get_n_items (list) == 0)
    return;
  g_print ("%s\n", _ ("Let through by the head:"));
  print_rows (row, "overrides", columns);
}

static void
print_case (const JzJson *row)
{
  static const char *const persons[] = { "duty", "name", NULL };
  static const char *const notes[] = { "happened", "author", "text", NULL };
  static const char *const attachments[] = { "id", "name", "object", NULL };
  static const char *const attempts[] = { "time", "user", "act", "rule", NULL };
  static const char *const publications[] = { "number", "state_word", "released_on", NULL };
  static const char *const entries[] = { "time", "entry", "act", "role", "name", NULL };

  g_print ("%s  %s  %s\n%s\n", jz_json_get_member_text (row, "id"),
           jz_json_get_member_text (row, "number"),
           jz_stage_word (jz_json_get_member_text (row, "stage")),
           jz_json_get_member_text (row, "title"));
  g_print ("%s\n", _ ("People:"));
  print_rows (row, "duties", persons);
  g_print ("%s\n", _ ("Notes:"));
  print_rows (row, "notes", notes);
  g_print ("%s\n", _ ("Attachments:"));
  print_rows (row, "attachments", attachments);
  g_print ("%s\n", _ ("Documents:"));
  print_documents (row);
  print_discretion (row);
  print_overrides (row);
  if (jz_json_get_n_items (jz_json_get_member (row, "publications")) > 0)
    g_print ("%s\n", _ ("To be made public:"));
  print_rows (row, "publications", publications);
  if (jz_json_get_n_items (jz_json_get_member (row, "attempts")) > 0)
    g_print ("%s\n", _ ("Refused:"));
  print_rows (row, "attempts", attempts);
  g_print ("%s\n", _ ("Record:"));
  print_rows (row, "entries", entries);
}

/* The log of refused attempts stands beside the journal, for the inspectors; where it cannot be
 * read the case is shown all the same. */
static void
add_attempts (const char *path, JzJson *row)
{
  g_autoptr (GError) error = NULL;
  JzJson *attempts = jz_scratch_read_attempts (path, jz_json_get_member_text (row, "id"), &error);

  if (attempts != NULL)
    jz_json_set_member (row, "attempts", attempts);
  else
    g_printerr ("%s\n", error->message);
}

/* `findings` of every document that is not final yet (forms.md §4). */
static gboolean
add_findings (JzStore *store, JzConnection *reader, JzJson *row, GError **error)
{
  const JzJson *documents = jz_json_get_member (row, "documents");
  JzInstant now = jz_cli_get_time (reader);

  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    JzJson *document = (JzJson *)jz_json_get_item (documents, i);
    JzJson *findings = jz_document_find_findings (
      reader, jz_store_get_objects (store), jz_json_get_member_text (row, "id"),
      jz_json_get_member_text (document, "id"), now, error);
    if (findings == NULL)
      return FALSE;
    jz_json_set_member (document, "findings", findings);
  }
  return TRUE;
}

static int
show_case (JzStore *store,
           JzConnection *reader,
           const char *path,
           const char *name,
           gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) row = jz_cases_show (reader, name, &error);

  if (row == NULL || !add_findings (store, reader, row, &error))
    return jz_cli_fail (error);
  add_attempts (path, row);
  if (as_json)
    jz_cli_print_json (row);
  else
    print_case (row);
  return JZ_EXIT_DONE;
}

static int
run (const char *verb, const char *path, const char *name, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_auto (JzCliReading) reading = { 0 };

  if (!jz_cli_reading_open (&reading, path, &error))
    return jz_cli_fail (error);
  return strcmp (verb, "list") == 0
           ? list_cases (reading.reader, as_json)
           : show_case (reading.store, reading.reader, path, name, as_json);
}

/**
 * jz_cli_case:
 * @argc: number of words
 * @argv: the words
 *
 * `case list STORE`, `case show STORE CASE`
 *
 * Returns: exit status
 */
int
jz_cli_case (int argc, char **argv)
{
  gboolean as_json = FALSE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 3, &status))
    return status;
  if (!(strcmp (argv[1], "list") == 0 && argc == 3) &&
      !(strcmp (argv[1], "show") == 0 && argc == 4))
    return jz_cli_misuse (_ ("Write case list STORE, or case show STORE CASE."));
  return run (argv[1], argv[2], argc > 3 ? argv[3] : NULL, as_json);
}
