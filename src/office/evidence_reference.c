/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/evidence_reference.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_evidence.h"
#include "office/document_view.h"

/* Evidence as a document refers to it (ux.md §5, F8): by the numbers of its own table where it has
 * one, which is what its checks go by (FC-22), and by those of the case elsewhere. */

/* The table of evidence that texts of the form refer to. */
static const JzFormField *
find_table (const JzForm *form)
{
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    if (field->proved_by != NULL)
      return jz_form_find_field (form, field->proved_by);
  }
  return NULL;
}

static JzJson *
add (JzJson *list, gint64 number, const char *name, const char *proves, gboolean is_listed)
{
  g_autofree char *text = g_strdup_printf ("证据%lld《%s》", (long long)number, name);
  JzJson *json = jz_json_new_object ();

  jz_json_set_integer (json, "no", number);
  jz_json_set_text (json, "name", name);
  jz_json_set_text (json, "proves", proves);
  jz_json_set_text (json, "text", text);
  jz_json_set_boolean (json, "listed", is_listed);
  jz_json_append (list, json);
  return json;
}

/* Returns: the highest number. */
static gint64
add_table (JzJson *list, const JzJson *rows)
{
  gint64 highest = 0;

  for (guint i = 0; rows != NULL && i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    gint64 number = jz_json_get_member_integer (row, "no", 0);
    highest = MAX (highest, number);
    if (number > 0 && *jz_json_read_text (row, "name") != '\0')
      (void)add (list, number, jz_json_read_text (row, "name"), jz_json_read_text (row, "proves"),
                 TRUE);
  }
  return highest;
}

static gboolean
is_named (const JzJson *list, const char *name)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (list, i), "name"), name) == 0)
      return TRUE;
  return FALSE;
}

/* What was excluded proves nothing any more; it can be named, with a word of warning. */
static void
add_items (JzJson *list, const JzJson *items, const JzFormField *table, gint64 highest)
{
  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    const char *name = *jz_json_read_text (item, "title") != '\0'
                         ? jz_json_read_text (item, "title")
                         : jz_json_read_text (item, "kind_label");
    gint64 number = g_ascii_strtoll (jz_json_read_text (item, "number"), NULL, 10);
    if (table != NULL && is_named (list, name))
      continue;
    if (table != NULL || number <= 0)
      number = highest + 1;
    highest = MAX (highest, number);
    JzJson *json = add (list, number, name, jz_json_read_text (item, "proves"), FALSE);
    if (table != NULL)
      jz_json_set_text (json, "table", table->name);
    if (*jz_json_read_text (item, "excluded_reason") == '\0')
      continue;
    g_autofree char *warning =
      g_strdup_printf (_ ("Excluded: %s"), jz_json_read_text (item, "excluded_reason"));
    jz_json_set_text (json, "warning", warning);
  }
}

/**
 * jz_evidence_references_list:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @values: what is typed in it now
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the evidence of its case and of its own table: an array of
 *   `no`, `name`, `proves`, `text` as it is written in the document, `listed`, whether its table
 *   has it, `table`, the name of that where it could be added, and where something speaks against
 *   it `warning`
 */
JzJson *
jz_evidence_references_list (JzOffice *office,
                             JzConnection *reader,
                             const char *document,
                             const JzJson *values,
                             GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autoptr (JzDocumentView) view = jz_document_view_load (office, reader, document, error);
  g_auto (JzCaseView) whole = { 0 };
  g_autoptr (JzJson) evidence = NULL;
  g_autoptr (JzJson) list = jz_json_new_array ();

  if (view == NULL ||
      !jz_case_view_open (&whole, reader, jz_store_get_objects (jz_office_get_store (office)),
                          view->case_id, now, error))
    return NULL;
  evidence = jz_case_evidence_list (&whole, "", error);
  if (evidence == NULL)
    return NULL;
  const JzFormField *table = find_table (view->form);
  gint64 highest = table != NULL ? add_table (list, jz_json_get_member (values, table->name)) : 0;
  add_items (list, jz_json_get_member (evidence, "items"), table, highest);
  return g_steal_pointer (&list);
}
