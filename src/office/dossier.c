/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/dossier.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/form_sets.h"
#include "office/office.h"
#include "office/secret_sheet.h"
#include "office/sequence.h"

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
 * @today: the day
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `name` and `code`, the hash, of each attachment; the name
 * with its class where it is classified
 */
JzJson *
jz_dossier_list_attachments (JzConnection *reader,
                             const char *case_id,
                             JzDate today,
                             GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT name, lower (hex (object)), id FROM attachment WHERE case_id = ? ORDER BY key", "t",
    case_id);

  while (stated != NULL && rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *name = NULL;
    JzJson *row;
    if (!has_row)
      return g_steal_pointer (&list);
    name = jz_secret_sheet_dup_name (stated, jz_statement_get_text (rows, 2),
                                     jz_statement_get_text (rows, 0), today);
    row = jz_json_new_object ();
    jz_json_set_text (row, "name", name);
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

static gboolean
is_secondary (const JzStated *stated,
              JzObjects *objects,
              const char *id,
              gboolean *is,
              GError **error)
{
  JzDocument document;

  if (!jz_document_find (stated, objects, id, &document, error))
    return FALSE;
  *is = jz_form_is_secondary (document.form);
  return TRUE;
}

/**
 * jz_dossier_get_volume:
 * @stated: what was stated of a case
 * @objects: the store's
 * @id: id of a document of it
 * @is_fixed: (out) (optional): whether its form says so and nobody can put it elsewhere
 * @error: return location
 *
 * What stays in the bureau is in the secondary volume whatever was put in order; what else is
 * there, somebody put there.
 *
 * Returns: 1 for the main and 2 for the secondary volume; 0 where it cannot look
 */
guint
jz_dossier_get_volume (const JzStated *stated,
                       JzObjects *objects,
                       const char *id,
                       gboolean *is_fixed,
                       GError **error)
{
  gboolean is = FALSE;

  if (!is_secondary (stated, objects, id, &is, error))
    return 0;
  if (is_fixed != NULL)
    *is_fixed = is;
  return is || jz_sequence_find (stated, JZ_LIST_ARRANGEMENT, "secondary", id) != G_MAXUINT ? 2 : 1;
}

static gboolean
place (JzJson *row, guint position, const JzStated *stated, JzObjects *objects, GError **error)
{
  const char *id = jz_json_get_member_text (row, "id");
  gboolean is_fixed = FALSE;
  guint volume = jz_dossier_get_volume (stated, objects, id, &is_fixed, error);

  if (volume == 0)
    return FALSE;
  jz_json_set_boolean (row, "fixed", is_fixed);
  jz_json_set_integer (row, "volume", volume);
  jz_json_set_integer (
    row, "rank",
    jz_sequence_find (stated, JZ_LIST_ARRANGEMENT, volume == 1 ? "main" : "secondary", id));
  jz_json_set_integer (row, "position", position);
  return TRUE;
}

static int
compare_numbers (const JzJson *first, const JzJson *second, const char *name)
{
  gint64 left = jz_json_get_member_integer (first, name, 0);
  gint64 right = jz_json_get_member_integer (second, name, 0);

  return (left > right) - (left < right);
}

/* By volumes, as somebody put them; what nobody put anywhere stands behind in the order of the days
 * that the documents bear, of one day as they were drafted. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  const JzJson *first = *(const JzJson *const *)a;
  const JzJson *second = *(const JzJson *const *)b;
  int order = compare_numbers (first, second, "volume");

  if (order == 0)
    order = compare_numbers (first, second, "rank");
  if (order == 0)
    order =
      g_strcmp0 (jz_json_get_member_text (first, "date"), jz_json_get_member_text (second, "date"));
  return order != 0 ? order : compare_numbers (first, second, "position");
}

/**
 * jz_dossier_list:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the documents that belong in the dossier, in its order: rows
 *   of jz_documents_list() with `volume`, 1 for the main and 2 for the secondary one, and `fixed`
 *   where it may not be put into the main one
 */
JzJson *
jz_dossier_list (JzConnection *reader, JzObjects *objects, const char *case_id, GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) documents = stated != NULL ? jz_documents_list (reader, case_id, error) : NULL;
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  JzJson *list;

  if (documents == NULL)
    return NULL;
  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    JzJson *row = (JzJson *)jz_json_get_item (documents, i);
    if (!jz_dossier_is_listed (row))
      continue;
    if (!place (row, i, stated, objects, error))
      return NULL;
    g_ptr_array_add (rows, row);
  }
  g_ptr_array_sort (rows, compare_places);
  list = jz_json_new_array ();
  for (guint i = 0; i < rows->len; i++)
    jz_json_append (list, jz_json_ref (g_ptr_array_index (rows, i)));
  return list;
}

/**
 * jz_dossier_find_parts:
 * @use: what a dossier is written for: `archive`, `evaluation`, `reconsideration` or `court`
 * @parts: (out): what of it goes there
 *
 * The secondary volume stays in the bureau: whoever gives it out needs an approval of its own
 * (ux.md §4, AO-10).
 *
 * Returns: whether there is such a use
 */
gboolean
jz_dossier_find_parts (const char *use, JzDossierParts *parts)
{
  static const struct {
    const char *use;
    JzDossierParts parts;
  } uses[] = {
    { "archive", JZ_DOSSIER_WHOLE },
    { "evaluation", JZ_DOSSIER_WHOLE },
    { "reconsideration", JZ_DOSSIER_MAIN },
    { "court", JZ_DOSSIER_MAIN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (uses); i++) {
    if (strcmp (uses[i].use, use) != 0)
      continue;
    *parts = uses[i].parts;
    return TRUE;
  }
  return FALSE;
}
