/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/secret_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/file_access.h"

/* What stands in a dossier for what is not in it: of a state secret who keeps it and where, of a
 * classified file its class. */

/* As much as the form of the index takes. */
#define MAX_TITLE 160
#define MAX_AUTHOR 80
#define MAX_NOTE 80

static void
set_cut (JzJson *row, const char *name, const char *text, glong max)
{
  g_autofree char *cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), max));
  jz_json_set_text (row, name, cut);
}

static const char *
get_level_label (const char *word)
{
  const JzFactDefinition *list = jz_fact_vocabulary_find (jz_office_get_facts (), "evidence.items");

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "secret_level") == 0)
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
    get_level_label (jz_stated_record_get_text (record, "secret_level")));
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
