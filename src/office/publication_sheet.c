/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/publication_check.h"
#include "office/publication_errors.h"
#include "office/publication_fields.h"
#include "office/publication_note.h"
#include "office/publicity_queue.h"
#include "office/situation.h"

/* All that the page of a publication shows (ux.md 8): how far it has come, what was decided on in
 * its newest copy, what the carriers are told, and what each of them has done. */

static const char *
get_label (const char *fact, const char *word)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (jz_office_get_facts (), fact);
  return jz_fact_definition_get_label (definition, word, jz_language_get_current ());
}

static gboolean
set_name (JzJson *json, const char *name, JzConnection *reader, const char *person, GError **error)
{
  g_autofree char *text = NULL;

  if (person[0] == '\0')
    return TRUE;
  if (!jz_tables_get_person_name (reader, person, &text, error))
    return FALSE;
  jz_json_set_text (json, name, text != NULL ? text : person);
  return TRUE;
}

static void
set_hash (JzJson *json, const char *name, const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (hash, hex);
  jz_json_set_text (json, name, hex);
}

static JzJson *
describe_copy (JzConnection *reader, const JzPublicationCopy *copy, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();

  jz_json_set_text (json, "id", copy->id);
  set_hash (json, "pdf", &copy->pdf.hash);
  jz_json_set_integer (json, "size", (gint64)copy->pdf.size);
  set_hash (json, "public", &copy->public);
  set_hash (json, "report", &copy->report);
  jz_json_set_member (json, "findings", jz_json_ref (copy->findings));
  jz_json_set_member (json, "redactions", jz_json_ref (copy->redactions));
  jz_json_set_integer (json, "deviations", copy->deviations);
  jz_json_set_text (json, "note", copy->note);
  jz_json_set_text (json, "proposed_at", copy->proposed_at);
  jz_json_set_text (json, "verdict", copy->verdict);
  jz_json_set_text (json, "reason", copy->reason);
  jz_json_set_text (json, "checked_at", copy->checked_at);
  jz_json_set_text (json, "released_at", copy->released_at);
  if (!set_name (json, "proposed_by", reader, copy->proposed_by, error) ||
      !set_name (json, "checked_by", reader, copy->checked_by, error) ||
      !set_name (json, "released_by", reader, copy->released_by, error))
    return NULL;
  return g_steal_pointer (&json);
}

/* With what the public reads now, where that is another. */
static JzJson *
list_fields (const char *form,
             const char *carrier,
             const JzJson *fields,
             const JzJson *before,
             GError **error)
{
  g_autoptr (GPtrArray) list = jz_publication_list_fields (form, carrier, fields, error);
  JzJson *json;

  if (list == NULL)
    return NULL;
  json = jz_json_new_array ();
  for (guint i = 0; i < list->len; i++) {
    const JzPublicField *field = g_ptr_array_index (list, i);
    const char *was = before != NULL ? jz_json_get_member_text (before, field->id) : NULL;
    JzJson *row = jz_json_new_object ();
    jz_json_set_text (row, "id", field->id);
    jz_json_set_text (row, "label", field->label);
    jz_json_set_text (row, "value", field->value);
    if (field->deviation != NULL)
      jz_json_set_text (row, "deviation", field->deviation);
    if (was != NULL && strcmp (was, field->value) != 0)
      jz_json_set_text (row, "was", was);
    jz_json_append (json, row);
  }
  return json;
}

static gboolean
add_done (JzConnection *reader,
          const JzPublication *publication,
          const char *carrier,
          JzJson *row,
          GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT done, happened, address, attachment, coalesce (name, '') FROM publication_carrier LEFT "
    "JOIN person ON person.id = publication_carrier.person WHERE document = ? AND copy = ? AND "
    "carrier = ?",
    "tit", publication->document, publication->released, carrier);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    static const char *const names[] = { "happened", "address", "attachment", "by" };
    JzJson *done;
    if (!has_row)
      return TRUE;
    done = jz_json_new_object ();
    for (int i = 0; i < (int)G_N_ELEMENTS (names); i++)
      jz_json_set_text (done, names[i], jz_statement_get_text (rows, i + 1));
    jz_json_set_member (row, jz_statement_get_text (rows, 0), done);
  }
  return FALSE;
}

static JzJson *
describe_carrier (JzConnection *reader,
                  const JzPublication *publication,
                  const char *carrier,
                  gboolean is_required,
                  const JzJson *fields,
                  GError **error)
{
  g_autoptr (JzJson) row = jz_json_new_object ();
  JzJson *asked = NULL;

  jz_json_set_text (row, "carrier", carrier);
  jz_json_set_text (row, "label", get_label ("publication.carrier", carrier));
  jz_json_set_boolean (row, "required", is_required);
  if (!add_done (reader, publication, carrier, row, error))
    return NULL;
  asked = list_fields (publication->form, carrier, fields, NULL, error);
  if (asked == NULL)
    return NULL;
  jz_json_set_member (row, "fields", asked);
  return g_steal_pointer (&row);
}

/* Those that must show it first, then all others. */
static JzJson *
list_carriers (JzConnection *reader,
               const JzPublication *publication,
               const JzJson *fields,
               GError **error)
{
  const JzFactDefinition *carriers =
    jz_fact_vocabulary_find (jz_office_get_facts (), "publication.carrier");
  g_auto (GStrv) required = g_strsplit (publication->carriers, " ", -1);
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; carriers->type.choices[i] != NULL; i++) {
      const char *carrier = carriers->type.choices[i];
      gboolean is_required = g_strv_contains ((const char *const *)required, carrier);
      JzJson *row;
      if (is_required != (pass == 0))
        continue;
      row = describe_carrier (reader, publication, carrier, is_required, fields, error);
      if (row == NULL)
        return NULL;
      jz_json_append (list, row);
    }
  return g_steal_pointer (&list);
}

/* With what carriers are asked to show beside a corrected one. */
static gboolean
add_released (JzConnection *reader,
              const JzPublication *publication,
              const JzPublicationCopy *released,
              JzJson *sheet,
              GError **error)
{
  g_autofree char *note = NULL;

  set_hash (sheet, "released_pdf", &released->pdf.hash);
  if (!jz_publication_dup_correction_note (reader, publication, released, &note, error))
    return FALSE;
  if (note != NULL)
    jz_json_set_text (sheet, "correction_note", note);
  return TRUE;
}

static gboolean
add_copy (JzConnection *reader, const JzPublication *publication, JzJson *sheet, GError **error)
{
  g_autoptr (JzPublicationCopy) copy = NULL;
  g_autoptr (JzPublicationCopy) released = NULL;
  const JzJson *shown;
  JzJson *part;

  if (!jz_publication_find_copy (reader, publication->copy, &copy, error) ||
      !jz_publication_find_copy (reader, publication->released, &released, error))
    return FALSE;
  if (copy == NULL)
    return TRUE;
  part = describe_copy (reader, copy, error);
  if (part == NULL)
    return FALSE;
  jz_json_set_member (sheet, "copy", part);
  part = list_fields (publication->form, NULL, copy->fields,
                      released != NULL ? released->fields : NULL, error);
  if (part == NULL)
    return FALSE;
  jz_json_set_member (sheet, "fields", part);
  shown = released != NULL ? released->fields : copy->fields;
  part = list_carriers (reader, publication, shown, error);
  if (part == NULL)
    return FALSE;
  jz_json_set_member (sheet, "carriers", part);
  return released == NULL || add_released (reader, publication, released, sheet, error);
}

static gboolean
add_errors (JzConnection *reader, const char *document, JzJson *sheet, GError **error)
{
  JzJson *errors = jz_publication_list_errors (reader, document, error);

  if (errors == NULL)
    return FALSE;
  jz_json_set_member (sheet, "errors", errors);
  return TRUE;
}

/**
 * jz_publication_sheet:
 * @office: an office
 * @reader: its database
 * @document: id of a document
 * @person: who looks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what jz_publicity_load() tells, with `ground_word`, `copy`,
 *   `fields`, `carriers`, `errors` as of jz_publication_list_errors(), and where a corrected copy
 * is public the `correction_note` that carriers show beside it; %JZ_OFFICE_ERROR_NOT_FOUND where
 * nothing of it is to be published
 */
JzJson *
jz_publication_sheet (JzOffice *office,
                      JzConnection *reader,
                      const char *document,
                      const char *person,
                      GError **error)
{
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzJson) sheet = NULL;
  gint64 key = 0;

  if (!jz_publication_find (reader, document, &publication, error))
    return NULL;
  if (publication == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("Nothing of the document %s is to be published."), document);
    return NULL;
  }
  if (!jz_connection_get_number (reader, &key, error,
                                 "SELECT key FROM publication WHERE document = ?", "t", document) ||
      !jz_publicity_load (office, reader, key, person, &sheet, error) ||
      !add_copy (reader, publication, sheet, error) || !add_errors (reader, document, sheet, error))
    return NULL;
  jz_json_set_text (sheet, "form", publication->form);
  jz_json_set_text (sheet, "changed_on", publication->changed_on);
  jz_json_set_text (sheet, "withdrawn_on", publication->withdrawn_on);
  jz_json_set_text (sheet, "published_on", publication->published_on);
  if (publication->ground[0] != '\0')
    jz_json_set_text (sheet, "ground_word",
                      get_label (strcmp (publication->state, "exempt") == 0
                                   ? "publication.ground"
                                   : "publication.withdrawal",
                                 publication->ground));
  return g_steal_pointer (&sheet);
}

static JzJson *
show (JzConnection *reader, const JzPublication *publication, GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();

  jz_json_set_text (json, "document", publication->document);
  jz_json_set_text (json, "number", publication->number);
  jz_json_set_text (json, "decided_on", publication->decided_on);
  jz_json_set_text (json, "state", publication->state);
  jz_json_set_text (json, "step", publication->step);
  jz_json_set_text (json, "state_word", jz_publication_state_word (publication));
  jz_json_set_text (json, "released_on", publication->released_on);
  jz_json_set_text (json, "published_on", publication->published_on);
  jz_json_set_text (json, "changed_on", publication->changed_on);
  jz_json_set_text (json, "withdrawn_on", publication->withdrawn_on);
  jz_json_set_text (json, "ground", publication->ground);
  jz_json_set_text (json, "review_on", publication->review_on);
  jz_json_set_text (json, "late_reason", publication->late_reason);
  return add_copy (reader, publication, json, error) &&
             add_errors (reader, publication->document, json, error)
           ? g_steal_pointer (&json)
           : NULL;
}

/**
 * jz_publications_show:
 * @reader: a store's database
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array: what is to be made public of the case, each with
 *   its newest copy, its fields, what its carriers have done and which errors were reported
 */
JzJson *
jz_publications_show (JzConnection *reader, const char *case_id, GError **error)
{
  g_autoptr (GPtrArray) all = jz_publications_of_case (reader, case_id, error);
  g_autoptr (JzJson) list = jz_json_new_array ();

  for (guint i = 0; all != NULL && i < all->len; i++) {
    JzJson *one = show (reader, g_ptr_array_index (all, i), error);
    if (one == NULL)
      return NULL;
    jz_json_append (list, one);
  }
  return all != NULL ? g_steal_pointer (&list) : NULL;
}
