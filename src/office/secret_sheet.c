/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/secret_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/file_access.h"
#include "office/situation.h"

/* What stands in a dossier for what is not in it: of a state secret who keeps it and where, of a
 * classified file its class. */

/* As much as the form of the index takes. */
#define MAX_TITLE 160
#define MAX_AUTHOR 80
#define MAX_NOTE 80
#define MAX_NAME 300

static void
set_cut (JzJson *row, const char *name, const char *text, glong max)
{
  g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max));
  jz_json_set_text (row, name, cut);
}

static const char *
get_label (const char *list, const char *name, const char *word)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), list);

  for (guint i = 0; i < definition->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (definition->fields, i);
    if (strcmp (field->name, name) == 0)
      return jz_fact_definition_get_label (field, word, jz_language_get_current ());
  }
  return word;
}

static JzJson *
make_row (const JzStatedRecord *record)
{
  JzJson *row = jz_json_new_object ();
  g_autofree char *title = g_strdup_printf (
    _ ("%1$s (state secret, %2$s, kept elsewhere)"), jz_stated_record_get_text (record, "title"),
    get_label ("evidence.items", "secret_level",
               jz_stated_record_get_text (record, "secret_level")));
  g_autofree char *note =
    g_strdup_printf (_ ("%1$s; %2$s"), jz_stated_record_get_text (record, "carrier"),
                     jz_stated_record_get_text (record, "kept_at"));

  set_cut (row, "title", title, MAX_TITLE);
  set_cut (row, "author", jz_stated_record_get_text (record, "keeper"), MAX_AUTHOR);
  set_cut (row, "note", note, MAX_NOTE);
  jz_json_set_text (row, "date", jz_stated_record_get_text (record, "obtained_on"));
  /* Translators: in the column of page numbers, of what has none because it is not there. */
  jz_json_set_text (row, "page", C_ ("page", "elsewhere"));
  return row;
}

/**
 * jz_secret_sheet_list:
 * @stated: what was stated of a case
 *
 * Returns: (transfer full): the items of evidence that are state secrets and are kept elsewhere, as
 *   rows of the index of a dossier: `title`, `author` (who keeps it), `date`, `page` and `note`,
 * the number of what holds it and its place
 */
JzJson *
jz_secret_sheet_list (const JzStated *stated)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, "evidence.items") == 0 &&
        jz_stated_record_get (record, "secret_level") != NULL &&
        jz_stated_record_get (record, "excluded_reason") == NULL)
      jz_json_append (rows, make_row (record));
  }
  return rows;
}

static gboolean
dup_viewers (JzConnection *reader, const JzSecrecyMark *mark, char **names, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; mark->viewers != NULL && i < jz_json_get_n_items (mark->viewers); i++) {
    g_autofree char *name = NULL;
    if (!jz_tables_get_person_name (reader, jz_json_get_text (jz_json_get_item (mark->viewers, i)),
                                    &name, error))
      return FALSE;
    if (name != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", name);
  }
  *names = g_string_free (g_steal_pointer (&text), FALSE);
  return TRUE;
}

static JzJson *
append_sealed (JzJson *list, const char *name, const char *word, const char *who)
{
  JzJson *row = jz_json_new_object ();

  jz_json_append (list, row);
  jz_json_set_integer (row, "no", jz_json_get_n_items (list));
  set_cut (row, "name", name, MAX_NAME);
  jz_json_set_text (row, "class", word);
  set_cut (row, "who", who, MAX_NAME);
  return row;
}

static gboolean
append_file (JzJson *list,
             JzConnection *reader,
             const JzSecrecyMark *mark,
             const char *name,
             GError **error)
{
  g_autofree char *viewers = NULL;
  JzJson *row;

  if (!dup_viewers (reader, mark, &viewers, error))
    return FALSE;
  row = append_sealed (list, name, mark->label, viewers);
  if (mark->until[0] != '\0')
    jz_json_set_text (row, "until", mark->until);
  return TRUE;
}

static void
append_kept_elsewhere (JzJson *list, const JzStated *stated)
{
  g_autoptr (JzJson) secrets = jz_secret_sheet_list (stated);

  for (guint i = 0; i < jz_json_get_n_items (secrets); i++) {
    const JzJson *secret = jz_json_get_item (secrets, i);
    g_autofree char *who =
      g_strdup_printf (_ ("%1$s; %2$s"), jz_json_get_member_text (secret, "author"),
                       jz_json_get_member_text (secret, "note"));
    append_sealed (list, jz_json_get_member_text (secret, "title"),
                   get_label (JZ_LIST_SECRECY, "class", "state_secret"), who);
  }
}

/**
 * jz_secret_sheet_list_sealed:
 * @reader: a store's database
 * @case_id: a case
 * @today: the day
 * @error: return location
 *
 * What goes to a volume of its own that is kept sealed, with who may view it.
 *
 * Returns: (transfer full) (nullable): rows `no`, `name`, `class`, `until` where an end is set, and
 *   `who`: the names of those who may view it, or who keeps it and where
 */
JzJson *
jz_secret_sheet_list_sealed (JzConnection *reader,
                             const char *case_id,
                             JzDate today,
                             GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, "SELECT id, name FROM attachment WHERE case_id = ? ORDER BY key", "t", case_id);

  while (stated != NULL && rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzSecrecyMark mark;
    if (!has_row) {
      append_kept_elsewhere (list, stated);
      return g_steal_pointer (&list);
    }
    if (jz_secrecy_find (stated, jz_statement_get_text (rows, 0), today, &mark) &&
        !append_file (list, reader, &mark, jz_statement_get_text (rows, 1), error))
      return NULL;
  }
  return NULL;
}

/**
 * jz_secret_sheet_dup_name:
 * @stated: what was stated of a case
 * @file: id of an attachment
 * @name: what it is called
 * @today: the day
 *
 * Returns: (transfer full): how the file is named where a dossier lists it: with its class where it
 *   is classified
 */
char *
jz_secret_sheet_dup_name (const JzStated *stated, const char *file, const char *name, JzDate today)
{
  JzSecrecyMark mark;

  return jz_secrecy_find (stated, file, today, &mark)
           ? g_strdup_printf (_ ("%1$s (%2$s)"), name, mark.label)
           : g_strdup (name);
}
