/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_draft.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_facts.h"
#include "office/check.h"
#include "office/document_step.h"
#include "office/error.h"
#include "office/form_sets.h"
#include "office/role.h"
#include "office/rulebooks.h"
#include "office/situation.h"

/* What is written in a document before it is passed on: under which definition, what the case
 * fills in by itself, and which part of it a review passes on (design §5). */

/* The hash of what a review passes on. */
static char *
hash_decisive (const JzFilling *filling)
{
  const JzJson *values = jz_filling_get_values (filling);
  const JzForm *form = jz_filling_get_form (filling);
  g_autoptr (JzJson) decisive = jz_json_new_object ();
  char hex[JZ_HASH_HEX_SIZE];
  JzHash hash;

  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    const JzJson *value = jz_json_get_member (values, field->name);
    if (field->is_decisive && value != NULL)
      jz_json_set_member (decisive, field->name, jz_json_copy (value));
  }
  hash = jz_arguments_hash (decisive);
  jz_hash_to_hex (&hash, hex);
  return g_strdup (hex);
}

static void
set_filling (JzJson *args, const JzFilling *filling)
{
  g_autofree char *decisive = hash_decisive (filling);

  jz_json_set_member (args, "values", jz_json_copy (jz_filling_get_values (filling)));
  jz_json_set_text (args, "decisive", decisive);
}

static void
set_form (JzJson *args, const JzForm *form)
{
  jz_json_set_text (args, "title", jz_form_get_title (form, NULL));
  jz_json_set_text (args, "finalised_by", jz_form_get_finalising_act (form));
}

/* The adopted definition that a new document of the case is drafted under; NULL without an error
 * where there is none. */
static const JzForm *
find_adopted_form (const JzSituation *self, const char *id, JzHash *set, GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzFormSet *forms;

  if (self->objects == NULL || id == NULL ||
      !jz_tables_find_form_set (self->tables, self->case_id, jz_instant_get_date (self->now), &hash,
                                error) ||
      !hash.is_present)
    return NULL;
  forms = jz_form_sets_get (self->objects, &hash.hash, error);
  *set = hash.hash;
  return forms != NULL ? jz_form_set_find (forms, id) : NULL;
}

static gboolean
set_defaults (const JzSituation *self, JzFilling *filling, GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook = NULL;
  g_autoptr (JzCaseFacts) facts = NULL;

  if (!jz_tables_find_rulebook (self->tables, self->case_id, jz_instant_get_date (self->now), &hash,
                                error))
    return FALSE;
  if (hash.is_present)
    rulebook = jz_rulebooks_get (self->objects, &hash.hash, error);
  if (hash.is_present && rulebook == NULL)
    return FALSE;
  facts = jz_case_facts_new (self->tables, rulebook, NULL, self->case_id, self->arrival - 1,
                             self->now, error);
  return facts != NULL &&
         jz_filling_set_defaults (filling, &jz_case_facts_get_limits (facts)->facts, error) &&
         jz_case_facts_finish (facts, error);
}

static JzFilling *
fill (const JzForm *form, const JzJson *values, GError **error)
{
  return values != NULL ? jz_filling_new_from_json (form, values, error) : jz_filling_new (form);
}

/**
 * jz_document_complete_draft:
 * @situation: a new document
 * @args: gets the definition, and what the case knows, in `values`
 * @error: return location
 *
 * Returns: %FALSE where there is no such form, or a value does not fit its field
 */
gboolean
jz_document_complete_draft (const JzSituation *situation, JzJson *args, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (JzFilling) filling = NULL;
  char hex[JZ_HASH_HEX_SIZE];
  JzHash set;
  const JzForm *form =
    find_adopted_form (situation, jz_json_get_member_text (args, "form"), &set, &local);

  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (form == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
                 _ ("There is no form %s among the forms that are in force; forms list --store "
                    "shows them, and forms.adopt adopts others."),
                 jz_json_get_member_text (args, "form"));
    return FALSE;
  }
  filling = fill (form, jz_json_get_member (args, "values"), error);
  if (filling == NULL || !set_defaults (situation, filling, error))
    return FALSE;
  jz_hash_to_hex (&set, hex);
  jz_json_set_text (args, "form_set", hex);
  set_form (args, form);
  set_filling (args, filling);
  return TRUE;
}

/**
 * jz_document_find_named:
 * @self: a situation
 * @argument: that names a document
 * @stated: (out) (transfer full): what was stated of the case
 * @document: (out): the document; its `id` is %NULL where the case has none of that id
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_find_named (const JzSituation *self,
                        const char *argument,
                        JzStated **stated,
                        JzDocument *document,
                        GError **error)
{
  *stated = jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  return *stated != NULL &&
         jz_document_find (*stated, self->objects, jz_situation_get_text (self, argument), document,
                           error);
}

static gboolean
set_not_found (const JzSituation *self, const char *argument, GError **error)
{
  g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
               _ ("The case has no document %s."), jz_situation_get_text (self, argument));
  return FALSE;
}

/**
 * jz_document_complete_correct:
 * @situation: a corrected document beside a final one
 * @args: gets the definition of that, and what it says where no `values` are given; where some are,
 *   what the case knows beside them
 * @error: return location
 *
 * Returns: %FALSE where there is no such document, or a value does not fit its field
 */
gboolean
jz_document_complete_correct (const JzSituation *situation, JzJson *args, GError **error)
{
  const JzJson *values = jz_json_get_member (args, "values");
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument document;

  if (!jz_document_find_named (situation, "corrects", &stated, &document, error))
    return FALSE;
  if (document.id == NULL)
    return set_not_found (situation, "corrects", error);
  filling = values != NULL ? jz_filling_new_from_json (document.form, values, error)
                           : jz_document_fill (&document, error);
  if (filling == NULL || (values != NULL && !set_defaults (situation, filling, error)))
    return FALSE;
  jz_json_set_text (args, "form", jz_form_get_id (document.form));
  jz_json_set_text (args, "form_set", jz_stated_record_get_text (document.record, "form_set"));
  set_form (args, document.form);
  set_filling (args, filling);
  return TRUE;
}

/**
 * jz_document_complete_revise:
 * @situation: other values for a document
 * @args: gets what the case knows by now, in `values`, and the hash of what is decisive in them
 * @error: return location
 *
 * A second handler who was assigned since, or an amount that was changed, stands in it without
 * being typed, as in a new draft.
 *
 * Returns: %FALSE where there is no such document, or a value does not fit its field
 */
gboolean
jz_document_complete_revise (const JzSituation *situation, JzJson *args, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzFilling) filling = NULL;
  g_autofree char *decisive = NULL;
  JzDocument document;

  if (!jz_document_find_named (situation, "document", &stated, &document, error))
    return FALSE;
  if (document.id == NULL)
    return set_not_found (situation, "document", error);
  filling = fill (document.form, jz_json_get_member (args, "values"), error);
  if (filling == NULL || !set_defaults (situation, filling, error))
    return FALSE;
  set_filling (args, filling);
  return TRUE;
}

static gboolean
check_size (const JzSituation *self, JzRefusal **refusal)
{
  const JzJson *values = jz_json_get_member (self->args, "values");
  gsize length = 0;
  g_autofree char *text = values != NULL ? jz_json_to_canonical (values, &length) : NULL;

  if (length > JZ_MAX_DOCUMENT_VALUES)
    jz_refuse (refusal, "J-FORM", _ ("Move long lists into an annex and attach it as a file."),
               _ ("The document has %llu bytes of text, and at most %d are possible."),
               (unsigned long long)length, JZ_MAX_DOCUMENT_VALUES);
  return TRUE;
}

static gboolean
is_decisive_right (const JzForm *form, const JzSituation *self)
{
  g_autoptr (JzFilling) filling =
    jz_filling_new_from_json (form, jz_json_get_member (self->args, "values"), NULL);
  g_autofree char *decisive = filling != NULL ? hash_decisive (filling) : NULL;

  return g_strcmp0 (decisive, jz_situation_get_text (self, "decisive")) == 0;
}

static void
refuse_foreign (JzRefusal **refusal)
{
  jz_refuse (refusal, "J-DOCUMENT", _ ("Draft it once more."),
             _ ("The document does not fit the forms that are in force."));
}

/**
 * jz_document_get_writers:
 * @form: a form
 *
 * Returns: (transfer none): the roles that write it, with `|` between: the first of its flow
 *   (forms.md §0.4)
 */
const char *
jz_document_get_writers (const JzForm *form)
{
  static const struct {
    char letter;
    const char *roles;
  } writers[] = {
    { 'H', "handler|section_head" },
    { 'L', "reviewer|review_head" },
    { 'C', "handler|section_head|secretary" },
    { 'A', "handler|archivist|clerk" },
  };
  char letter = jz_form_get_flow (form)[0];

  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    if (writers[i].letter == letter)
      return writers[i].roles;
  return "*";
}

static void
check_writer (const JzSituation *self, const JzForm *form, JzRefusal **refusal)
{
  if (!jz_word_is_in (self->role, jz_document_get_writers (form)))
    jz_refuse (refusal, "J-ROLE", _ ("Let somebody write it whose work it is."),
               _ ("In this role the %s is not written."), jz_form_get_title (form, NULL));
}

/**
 * jz_document_check_draft:
 * @situation: a new document
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_draft (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (GError) local = NULL;
  char hex[JZ_HASH_HEX_SIZE];
  const JzForm *form;
  JzHash set;

  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  form = find_adopted_form (situation, jz_situation_get_text (situation, "form"), &set, &local);
  if (local != NULL) {
    g_propagate_error (error, g_steal_pointer (&local));
    return FALSE;
  }
  if (form != NULL)
    jz_hash_to_hex (&set, hex);
  if (form == NULL || strcmp (hex, jz_situation_get_text (situation, "form_set")) != 0 ||
      !is_decisive_right (form, situation))
    refuse_foreign (refusal);
  else
    check_writer (situation, form, refusal);
  return *refusal != NULL || check_size (situation, refusal);
}

static gboolean
check_written (const JzSituation *self, const char *argument, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzDocument document;

  if (!jz_document_find_named (self, argument, &stated, &document, error))
    return FALSE;
  if (document.id == NULL || !is_decisive_right (document.form, self))
    refuse_foreign (refusal);
  else
    check_writer (self, document.form, refusal);
  return *refusal != NULL || check_size (self, refusal);
}

/**
 * jz_document_check_revise:
 * @situation: other values for a document
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_revise (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_document_check_step (situation, JZ_STEP_REVISE, refusal, error))
    return FALSE;
  return *refusal != NULL || situation->objects == NULL ||
         check_written (situation, "document", refusal, error);
}

/**
 * jz_document_check_correct:
 * @situation: a corrected document beside a final one
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_correct (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_document_check_step (situation, JZ_STEP_CORRECT, refusal, error))
    return FALSE;
  return *refusal != NULL || situation->objects == NULL ||
         check_written (situation, "corrects", refusal, error);
}
