/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publication.h"

#include <string.h>

#include "forms/field_path.h"
#include "office/office.h"
#include "office/session.h"
#include "publish/redaction-private.h"

/* What the acts of publication are prepared with: the public copy is made from the decisions of a
 * person, searched once more, and attacked; three objects and the kinds of what is still open go
 * into the act (P-06, G-60). */

static char *
dup_label (const JzForm *form, const char *path)
{
  JzFieldPath found;
  return jz_field_path_parse (form, path, &found) ? jz_field_path_dup_label (&found)
                                                  : g_strdup (path);
}

static const char *
get_kind_word (const char *kind)
{
  static JzFactVocabulary *vocabulary;
  if (g_once_init_enter (&vocabulary)) {
    JzFactVocabulary *loaded = jz_fact_vocabulary_load_shipped (NULL);
    g_assert (loaded != NULL);
    g_once_init_leave (&vocabulary, loaded);
  }
  const JzChoiceSet *set = jz_fact_vocabulary_find_choices (vocabulary, "finding-kind");
  for (guint i = 0; i < set->choices->len; i++) {
    const JzChoice *choice = g_ptr_array_index (set->choices, i);
    if (strcmp (choice->id, kind) == 0)
      return jz_text_get (&choice->label, jz_language_get_current ());
  }
  return kind;
}

/* @with_text: for the eyes of who decides; never in anything that is kept */
static JzJson *
describe (const JzPublicSource *source, const JzPersonalData *data, gboolean with_text)
{
  const JzForm *form = jz_filling_get_form (source->filling);
  const JzRedactionRule *rule =
    jz_redaction_rules_find_rule (jz_redaction_rules_get (), data->rule);
  g_autofree char *label = dup_label (form, data->field);
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "field", data->field);
  jz_json_set_integer (json, "start", (gint64)data->start);
  jz_json_set_integer (json, "length", (gint64)data->length);
  jz_json_set_text (json, "kind", data->kind);
  jz_json_set_text (json, "rule", data->rule);
  jz_json_set_integer (json, "certainty", data->certainty);
  jz_json_set_text (json, "replacement", data->replacement);
  if (!with_text)
    return json;
  jz_json_set_text (json, "label", label);
  jz_json_set_text (json, "kind_word", get_kind_word (data->kind));
  if (rule != NULL) {
    jz_json_set_text (json, "rule_name", jz_text_get (&rule->name, jz_language_get_current ()));
    jz_json_set_text (json, "basis", jz_text_get (&rule->basis, jz_language_get_current ()));
  }
  jz_json_set_text (json, "text", data->text);
  return json;
}

static JzJson *
describe_all (const JzPublicSource *source, const GPtrArray *found, gboolean with_text)
{
  JzJson *list = jz_json_new_array ();
  for (guint i = 0; i < found->len; i++)
    jz_json_append (list, describe (source, g_ptr_array_index (found, i), with_text));
  return list;
}

/**
 * jz_personal_data_to_json:
 * @source: what is to be published
 * @found: (element-type JzPersonalData): what was found
 *
 * Returns: (transfer full): a list of {field, label, start, length, kind, kind_word, rule,
 * rule_name, basis, certainty, text, replacement} for whoever decides
 */
JzJson *
jz_personal_data_to_json (const JzPublicSource *source, const GPtrArray *found)
{
  return describe_all (source, found, TRUE);
}

/**
 * jz_public_findings:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of a final document of it
 * @error: return location
 *
 * For the page where a person decides.
 *
 * Returns: (transfer full) (nullable): {findings: as jz_personal_data_to_json(), title, fields:
 *   {path: text}}
 */
JzJson *
jz_public_findings (JzConnection *reader,
                    JzObjects *objects,
                    const char *case_id,
                    const char *document,
                    GError **error)
{
  g_autoptr (JzPublicSource) source =
    jz_public_source_load (reader, objects, case_id, document, error);
  if (source == NULL)
    return NULL;
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  JzJson *json = jz_json_new_object ();
  JzJson *fields = jz_json_new_object ();
  for (guint i = 0; i < leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (leaves, i);
    jz_json_set_text (fields, leaf->path, leaf->text);
  }
  jz_json_set_member (json, "findings", jz_personal_data_to_json (source, found));
  jz_json_set_member (json, "fields", fields);
  jz_json_set_text (json, "title", source->title);
  return json;
}

/* What is worth keeping of a decision and of what led to it; nothing hidden is in it. */
static JzJson *
make_report (const JzPublicSource *source,
             const GPtrArray *redactions,
             const GPtrArray *open,
             const char *person,
             JzJson *attack)
{
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  JzJson *report = jz_json_new_object ();
  jz_json_set_integer (report, "version", 1);
  jz_json_set_text (report, "rules", jz_redaction_rules_get ()->hash);
  jz_json_set_text (report, "form", jz_form_get_id (jz_filling_get_form (source->filling)));
  jz_json_set_text (report, "by", person);
  jz_json_set_member (report, "found", describe_all (source, found, FALSE));
  jz_json_set_member (report, "redactions", jz_redactions_to_json (redactions));
  jz_json_set_member (report, "open", describe_all (source, open, FALSE));
  jz_json_set_member (report, "attack", attack);
  return report;
}

static JzJson *
make_public (const JzPublicCopy *copy)
{
  JzJson *json = jz_json_new_object ();
  JzJson *files = jz_json_new_array ();
  for (guint i = 0; copy->files[i] != NULL; i++)
    jz_json_append (files, jz_json_new_text (copy->files[i]));
  jz_json_set_text (json, "title", copy->title);
  jz_json_set_text (json, "text", copy->text);
  jz_json_set_member (json, "values", jz_json_copy (copy->values));
  jz_json_set_member (json, "files", files);
  return json;
}

static gboolean
put_bytes (JzObjects *objects, GBytes *bytes, JzJson *args, const char *name, GError **error)
{
  JzObject object;
  if (!jz_objects_put_bytes (objects, bytes, &object, error))
    return FALSE;
  jz_json_set_member (args, name, jz_object_to_json (&object));
  return TRUE;
}

static gboolean
put_json (JzObjects *objects, const JzJson *json, JzJson *args, const char *name, GError **error)
{
  gsize length;
  char *text = jz_json_to_canonical (json, &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  return put_bytes (objects, bytes, args, name, error);
}

static void
add_kinds (const GPtrArray *open, JzJson *args)
{
  JzJson *kinds = jz_json_new_array ();
  for (guint i = 0; i < open->len; i++) {
    JzJson *json = jz_json_new_object ();
    jz_json_set_text (json, "kind", ((const JzPersonalData *)g_ptr_array_index (open, i))->kind);
    jz_json_append (kinds, json);
  }
  jz_json_set_member (args, "findings", kinds);
}

static gboolean
make (const JzPreparation *preparation,
      JzConnection *reader,
      JzSourceLoader load,
      JzJson *args,
      GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  JzInstant now = jz_clock_now (jz_office_get_clock (preparation->office));
  const char *case_id = jz_json_get_member_text (args, "case");
  g_autoptr (JzPublicSource) source =
    load (reader, objects, case_id, jz_json_get_member_text (args, "document"), error);
  g_autoptr (GPtrArray) redactions =
    source != NULL
      ? jz_redactions_from_json (source, jz_json_get_member (args, "redactions"), error)
      : NULL;
  g_auto (JzSheet) sheet = { 0 };
  if (redactions == NULL || !jz_sheet_init (&sheet, reader, case_id, now, error))
    return FALSE;
  g_autoptr (JzPublicCopy) copy = jz_public_copy_make (source, redactions, &sheet, error);
  if (copy == NULL)
    return FALSE;
  /* An invented office publishes nothing: its pages are not read as pictures, which takes longest.
   */
  g_autoptr (JzJson) attack =
    jz_public_copy_attack (copy, source, redactions, sheet.is_demo ? JZ_ATTACK_NO_OCR : 0,
                           preparation->cancellable, error);
  if (attack == NULL)
    return FALSE;
  g_autoptr (GPtrArray) open = jz_redactions_find_open (source, redactions);
  const char *person =
    preparation->session != NULL ? jz_session_get_person (preparation->session) : "";
  g_autoptr (JzJson) report = make_report (source, redactions, open, person, jz_json_ref (attack));
  g_autoptr (JzJson) public = make_public (copy);
  add_kinds (open, args);
  return put_bytes (objects, copy->pdf, args, "copy", error) &&
         put_json (objects, public, args, "public", error) &&
         put_json (objects, report, args, "report", error);
}

/*
 * jz_prepare_copy:
 * @preparation: who makes a copy
 * @load: finds what is copied, for whom
 * @args: see jz_prepare_public_copy()
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_copy (const JzPreparation *preparation,
                 JzSourceLoader load,
                 JzJson *args,
                 GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_done;
  if (reader == NULL)
    return FALSE;
  is_done = make (preparation, reader, load, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}

/**
 * jz_prepare_public_copy:
 * @preparation: who makes a document public
 * @args: has `case`, `document`, `redactions`; gets `copy`, `public` and `report`, objects, and
 *   `findings`, a list of {kind} of what nobody decided on
 * @error: return location
 *
 * What src/acts.c registers with the acts of publication.
 *
 * Returns: whether it was done; %JZ_PUBLISH_ERROR_EXPOSED where what was hidden can still be read
 */
gboolean
jz_prepare_public_copy (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return jz_prepare_copy (preparation, jz_public_source_load, args, error);
}

/**
 * jz_public_preview:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of a final document of it
 * @redactions: (nullable): decisions so far, as an act has them; %NULL hides all that was found
 * @pdf: (out) (optional) (transfer full): the copy as it would be
 * @error: return location
 *
 * What the public will see, before anything is decided for good.
 *
 * Returns: (transfer full) (nullable): {title, values, files, text}
 */
JzJson *
jz_public_preview (JzConnection *reader,
                   JzObjects *objects,
                   const char *case_id,
                   const char *document,
                   const JzJson *redactions,
                   GBytes **pdf,
                   GError **error)
{
  g_autoptr (JzPublicSource) source =
    jz_public_source_load (reader, objects, case_id, document, error);
  g_autoptr (GPtrArray) list = NULL;
  g_auto (JzSheet) sheet = { 0 };
  if (source == NULL || !jz_sheet_init (&sheet, reader, case_id, 0, error))
    return NULL;
  if (redactions != NULL) {
    list = jz_redactions_from_json (source, redactions, error);
  } else {
    g_autoptr (GPtrArray) found = jz_find_personal_data (source);
    list = jz_redactions_cover_all (found);
  }
  g_autoptr (JzPublicCopy) copy =
    list != NULL ? jz_public_copy_make (source, list, &sheet, error) : NULL;
  if (copy == NULL)
    return NULL;
  if (pdf != NULL)
    *pdf = g_bytes_ref (copy->pdf);
  return make_public (copy);
}
