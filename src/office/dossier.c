/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/dossier.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/form_sets.h"
#include "office/office.h"

/* What the dossier (案卷) of a case is made of. Binding it is a prepared act: the PDF is kept as it
 * was bound, with the record of the case and the newest checkpoint as its last part (design §1). */

/**
 * jz_dossier_find_form:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @form: id of a form
 * @error: return location
 *
 * Returns: (transfer none) (nullable): the form as the case has it
 */
const JzForm *
jz_dossier_find_form (JzConnection *reader,
                      JzObjects *objects,
                      const char *case_id,
                      JzInstant now,
                      const char *form,
                      GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzFormSet *forms;
  const JzForm *found;

  if (!jz_tables_find_form_set (reader, case_id, jz_instant_get_date (now), &hash, error))
    return NULL;
  if (!hash.is_present) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                         _ ("No forms are in force in this store; adopt them with forms.adopt."));
    return NULL;
  }
  forms = jz_form_sets_get (objects, &hash.hash, error);
  if (forms == NULL)
    return NULL;
  found = jz_form_set_find (forms, form);
  if (found == NULL)
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no form %s among the forms of the case."), form);
  return found;
}

static JzJson *
entry_to_row (JzStatement *row, gint64 position)
{
  JzJson *json = jz_json_new_object ();
  gboolean is_proposal = FALSE;
  const char *name = jz_statement_get_text (row, 1);
  const JzAct *act = jz_act_find (name, &is_proposal);
  const char *who = jz_statement_get_text (row, 2);
  g_autofree char *at = g_strndup (jz_statement_get_text (row, 0), 19);
  const char *summary = act != NULL ? g_dgettext (GETTEXT_PACKAGE, act->summary) : name;
  g_autofree char *what =
    is_proposal ? g_strdup_printf (_ ("Proposed: %s"), summary) : g_strdup (summary);

  g_strdelimit (at, "T", ' ');
  jz_json_set_integer (json, "no", position);
  jz_json_set_text (json, "at", at);
  if (who != NULL && who[0] != '\0')
    jz_json_set_text (json, "who", who);
  jz_json_set_text (json, "what", what);
  jz_json_set_text (json, "code", jz_statement_get_text (row, 3));
  return json;
}

/**
 * jz_dossier_list_entries:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the rows of the record of the case: `no`, `at`, `who`,
 *   `what`, `code`, the first digits of the entry's hash
 */
JzJson *
jz_dossier_list_entries (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT time, act, person.name, lower (substr (hex (hash), 1, 16)) FROM entry LEFT JOIN "
    "person ON person.id = entry.actor WHERE case_id = ? ORDER BY arrival",
    "t", case_id);

  for (gint64 position = 1; rows != NULL && jz_statement_step (rows, &has_row, error); position++) {
    if (!has_row)
      return g_steal_pointer (&list);
    jz_json_append (list, entry_to_row (rows, position));
  }
  return NULL;
}

/**
 * jz_dossier_list_attachments:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `name` and `code`, the hash, of each attachment
 */
JzJson *
jz_dossier_list_attachments (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT name, lower (hex (object)) FROM attachment WHERE case_id = ? ORDER BY key", "t",
    case_id);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *row;
    if (!has_row)
      return g_steal_pointer (&list);
    row = jz_json_new_object ();
    jz_json_set_text (row, "name", jz_statement_get_text (rows, 0));
    jz_json_set_text (row, "code", jz_statement_get_text (rows, 1));
    jz_json_append (list, row);
  }
  return NULL;
}

/**
 * jz_dossier_is_listed:
 * @document: a row of jz_documents_list()
 *
 * Returns: whether it belongs in the dossier: what became final, also when it was replaced by a
 *   corrected one later; what is void does not
 */
gboolean
jz_dossier_is_listed (const JzJson *document)
{
  return jz_json_get_member (document, "object") != NULL &&
         strcmp (jz_json_get_member_text (document, "state"), "void") != 0;
}
