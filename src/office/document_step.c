/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_step.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_check.h"
#include "office/case_facts.h"
#include "office/document_number.h"
#include "office/rulebooks.h"

/* From one state of a document to the next (design §5). The form says which roles a document
 * passes; what the law asks before a step is for the gates. */

/* The letter of who acts, for the fields that keep opinion, name and day. */
static const struct {
  JzDocumentState to;
  char letter;
} steps[] = {
  [JZ_STEP_REVISE] = { JZ_DOCUMENT_DRAFT, 0 },
  [JZ_STEP_SUBMIT] = { JZ_DOCUMENT_SUBMITTED, 'h' },
  [JZ_STEP_EXAMINE] = { JZ_DOCUMENT_EXAMINED, 'u' },
  [JZ_STEP_APPROVE] = { JZ_DOCUMENT_APPROVED, 'r' },
  [JZ_STEP_RETURN] = { JZ_DOCUMENT_DRAFT, 0 },
  [JZ_STEP_FINALISE] = { JZ_DOCUMENT_FINAL, 0 },
  [JZ_STEP_SIGN] = { JZ_DOCUMENT_SIGNED, 0 },
  [JZ_STEP_SERVE] = { JZ_DOCUMENT_SERVED, 0 },
  [JZ_STEP_CORRECT] = { JZ_DOCUMENT_CORRECTED, 0 },
  [JZ_STEP_VOID] = { JZ_DOCUMENT_VOID, 0 },
};

/* The state in which a document waits to be made final. */
static JzDocumentState
get_last_before_final (const JzForm *form)
{
  if (jz_form_has_step (form, 'R'))
    return JZ_DOCUMENT_APPROVED;
  return jz_form_has_step (form, 'U') ? JZ_DOCUMENT_EXAMINED : JZ_DOCUMENT_DRAFT;
}

static gboolean
is_own_act (const JzForm *form)
{
  return strcmp (jz_form_get_finalising_act (form), "document.finalise") == 0;
}

/**
 * jz_document_may_step:
 * @document: a document
 * @step: a step of its life
 *
 * Returns: whether its state and its form allow the step; what the law asks is for the gates
 */
gboolean
jz_document_may_step (const JzDocument *document, JzDocumentStep step)
{
  const JzForm *form = document->form;
  JzDocumentState state = document->state;

  switch (step) {
  case JZ_STEP_REVISE:
    return state < JZ_DOCUMENT_FINAL;
  case JZ_STEP_SUBMIT:
    return state == JZ_DOCUMENT_DRAFT && get_last_before_final (form) != JZ_DOCUMENT_DRAFT;
  case JZ_STEP_EXAMINE:
    return state == JZ_DOCUMENT_SUBMITTED && jz_form_has_step (form, 'U');
  case JZ_STEP_APPROVE:
    return jz_form_has_step (form, 'R') &&
           (state == JZ_DOCUMENT_APPROVED ||
            state == (jz_form_has_step (form, 'U') ? JZ_DOCUMENT_EXAMINED : JZ_DOCUMENT_SUBMITTED));
  case JZ_STEP_RETURN:
    return state > JZ_DOCUMENT_DRAFT && state < JZ_DOCUMENT_FINAL;
  case JZ_STEP_FINALISE:
    return state == get_last_before_final (form);
  case JZ_STEP_SIGN:
    return state == JZ_DOCUMENT_FINAL || state == JZ_DOCUMENT_SIGNED;
  case JZ_STEP_SERVE:
    return state >= JZ_DOCUMENT_FINAL && state <= JZ_DOCUMENT_SERVED &&
           jz_form_get_served (form) != NULL;
  case JZ_STEP_CORRECT:
    return state >= JZ_DOCUMENT_FINAL && state <= JZ_DOCUMENT_SERVED;
  case JZ_STEP_VOID:
  default:
    return state < JZ_DOCUMENT_SERVED && (state < JZ_DOCUMENT_FINAL || is_own_act (form));
  }
}

/* What its present state asks for. */
static const char *
get_next (const JzDocument *document)
{
  switch (document->state) {
  case JZ_DOCUMENT_DRAFT:
    return get_last_before_final (document->form) == JZ_DOCUMENT_DRAFT
             ? _ ("Make it final first.")
             : _ ("Submit it for approval first.");
  case JZ_DOCUMENT_SUBMITTED:
    return jz_form_has_step (document->form, 'U')
             ? _ ("Let the head of the unit examine it first, or give it back.")
             : _ ("Let it be approved first, or give it back.");
  case JZ_DOCUMENT_EXAMINED:
    return jz_form_has_step (document->form, 'R') ? _ ("Let it be approved first, or give it back.")
                                                  : _ ("Make it final first.");
  case JZ_DOCUMENT_APPROVED:
    return _ ("Make it final first.");
  case JZ_DOCUMENT_FINAL:
  case JZ_DOCUMENT_SIGNED:
  case JZ_DOCUMENT_SERVED:
    return _ ("What is final is not changed; draft a corrected one beside it.");
  case JZ_DOCUMENT_CORRECTED:
    return _ ("Go on with the corrected one.");
  case JZ_DOCUMENT_VOID:
  default:
    return _ ("Draft a new one.");
  }
}

/* A form that the law has an act of its own for is approved and made final by that act only. */
static void
check_act (const JzSituation *self,
           const JzDocument *document,
           JzDocumentStep step,
           JzRefusal **refusal)
{
  const char *right = step == JZ_STEP_APPROVE ? jz_form_get_approving_act (document->form)
                                              : jz_form_get_finalising_act (document->form);

  if ((step == JZ_STEP_APPROVE || step == JZ_STEP_FINALISE) && strcmp (right, self->act->name) != 0)
    jz_refuse (refusal, "J-DOCUMENT", _ ("Use that act."),
               step == JZ_STEP_APPROVE ? _ ("The %s is approved by “%s”.")
                                       : _ ("The %s is made final by “%s”."),
               jz_form_get_title (document->form, NULL), jz_act_get_label (right));
}

/* A sheet with a place for the approver's opinion is never final without one, and nobody can write
 * it in afterwards. */
static void
check_opinion (const JzSituation *self,
               const JzDocument *document,
               JzDocumentStep step,
               JzRefusal **refusal)
{
  if (step == JZ_STEP_APPROVE && jz_document_wants_opinion (document->form) &&
      jz_situation_get_text (self, "opinion")[0] == '\0')
    jz_refuse (refusal, "J-APPROVAL", _ ("Write the opinion, and try again."),
               _ ("The %s has a place for the opinion of who approves it, and none is given."),
               jz_form_get_title (document->form, NULL));
}

static const char *
get_name (const JzSituation *self)
{
  return jz_situation_get_text (
    self, jz_json_get_member (self->args, "corrects") != NULL ? "corrects" : "document");
}

static gboolean
load (const JzSituation *self, JzStated **stated, JzDocument *document, GError **error)
{
  *stated = jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  return *stated != NULL &&
         jz_document_find (*stated, self->objects, get_name (self), document, error);
}

/**
 * jz_document_is_named:
 * @situation: a situation
 *
 * Returns: whether a document is named that its act carries a step further, and the definition can
 *   be looked at
 */
gboolean
jz_document_is_named (const JzSituation *situation)
{
  return situation->objects != NULL && get_name (situation)[0] != '\0';
}

/**
 * jz_document_check_step:
 * @situation: an act with the argument `document`
 * @step: what it does to the document
 * @refusal: (out): set when the document cannot take that step now
 * @error: return location
 *
 * Where no document is named there is nothing to check.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_step (const JzSituation *situation,
                        JzDocumentStep step,
                        JzRefusal **refusal,
                        GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzDocument document;

  if (!jz_document_is_named (situation))
    return TRUE;
  if (!load (situation, &stated, &document, error))
    return FALSE;
  if (document.id == NULL) {
    jz_refuse (refusal, "J-DOCUMENT", _ ("Choose one of its documents."),
               _ ("The case has no document %s."), get_name (situation));
    return TRUE;
  }
  check_act (situation, &document, step, refusal);
  if (*refusal == NULL && !jz_document_may_step (&document, step))
    jz_refuse (refusal, "J-DOCUMENT", get_next (&document),
               _ ("This cannot be done with the %s, which is %s now."),
               jz_form_get_title (document.form, NULL), jz_document_state_word (document.state));
  if (*refusal == NULL)
    check_opinion (situation, &document, step, refusal);
  return TRUE;
}

/**
 * jz_document_check_approval:
 * @situation: an act of the law's own that approves something, and the document that it stands in
 *   where one is named
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_approval (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_approval (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_APPROVE, refusal, error);
}

/* A notice is served by notice.serve, a decision by decision.serve, and any of them by
 * document.serve. */
static gboolean
is_served_by (const JzForm *form, const char *act)
{
  const char *approving = jz_form_get_approving_act (form);
  gsize length = strcspn (act, ".");

  return strcmp (act, "document.serve") == 0 ||
         (strcspn (approving, ".") == length && strncmp (approving, act, length) == 0);
}

static gboolean
check_served_form (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  JzDocument document;

  if (!jz_document_is_named (self) || self->objects == NULL)
    return TRUE;
  if (!load (self, &stated, &document, error))
    return FALSE;
  if (document.id != NULL && !is_served_by (document.form, self->act->name))
    jz_refuse (refusal, "J-DOCUMENT", _ ("Choose the document that was served, or another act."),
               _ ("The %s is not what “%s” serves."), jz_form_get_title (document.form, NULL),
               jz_act_get_label (self->act->name));
  return TRUE;
}

/**
 * jz_document_check_service:
 * @situation: an act that writes down a service, and the document where one is named
 * @refusal: (out): set when it is refused
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_service (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_served_form (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || jz_document_check_step (situation, JZ_STEP_SERVE, refusal, error);
}

static const JzFinding *
find_error (const GPtrArray *findings, gboolean is_final)
{
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    if (finding->level == JZ_FINDING_ERROR &&
        (is_final || !jz_document_field_comes_later (finding->field)))
      return finding;
  }
  return NULL;
}

/**
 * jz_document_check_values:
 * @situation: a situation
 * @filling: values of a document
 * @is_final: whether nothing may be missing any more
 * @refusal: (out): set with the first thing that is wrong in it (forms.md §4)
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_values (const JzSituation *situation,
                          const JzFilling *filling,
                          gboolean is_final,
                          JzRefusal **refusal,
                          GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzRulebook *rulebook = NULL;
  g_autoptr (JzCaseFacts) facts = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  const JzFinding *found;

  if (!jz_situation_find_rulebook (situation, &hash, error))
    return FALSE;
  if (hash.is_present) {
    rulebook = jz_rulebooks_get (situation->objects, &hash.hash, error);
    if (rulebook == NULL)
      return FALSE;
  }
  facts = jz_case_facts_new_for (situation, rulebook, error);
  if (facts == NULL)
    return FALSE;
  findings = jz_filling_check (filling, situation->now, &jz_case_facts_get_limits (facts)->facts);
  found = find_error (findings, is_final);
  if (found != NULL)
    jz_refuse (refusal, found->rule != NULL ? found->rule : "J-FORM",
               _ ("Go to the field, put it right and save."), _ ("In the %s: %s"),
               jz_form_get_title (jz_filling_get_form (filling), NULL), found->sentence);
  return jz_case_facts_finish (facts, error);
}

/* The entry has exactly what was approved, with number, day and opinions put in, and names its
 * form, which the gates look at. */
static gboolean
check_same (const JzSituation *self, const JzFilling *expected, JzRefusal **refusal)
{
  const char *form = jz_form_get_id (jz_filling_get_form (expected));
  const JzJson *values = jz_json_get_member (self->args, "values");
  g_autofree char *wanted = jz_filling_to_canonical (expected, NULL);
  g_autofree char *found = values != NULL ? jz_json_to_canonical (values, NULL) : NULL;

  if (g_strcmp0 (wanted, found) != 0 ||
      strcmp (jz_situation_get_text (self, "document.form"), form) != 0)
    jz_refuse (refusal, "J-DOCUMENT", _ ("Make it final once more."),
               _ ("The document was changed while it was made final."));
  return TRUE;
}

static gboolean
check_number (const JzSituation *self,
              const JzDocument *document,
              const char *number,
              JzRefusal **refusal,
              GError **error)
{
  const char *code = jz_form_get_number_code (document->form);

  if (code != NULL && strcmp (code, "case") != 0)
    return jz_document_number_check (self, number, code,
                                     jz_situation_get_text (self, "document.date"), refusal, error);
  if (number[0] != '\0')
    jz_refuse (refusal, "J-NUMBER", _ ("Leave the number to the program."),
               _ ("A document of this form bears no number of its own."));
  return TRUE;
}

/* Two corrected documents of one may be begun; one takes its place. */
static gboolean
check_corrected (const JzStated *stated,
                 const JzSituation *self,
                 const JzDocument *document,
                 JzRefusal **refusal,
                 GError **error)
{
  const char *id = jz_stated_record_get_text (document->record, "corrects");
  JzDocument old;

  if (id[0] == '\0')
    return TRUE;
  if (!jz_document_find (stated, self->objects, id, &old, error))
    return FALSE;
  if (old.id == NULL || !jz_document_may_step (&old, JZ_STEP_CORRECT))
    jz_refuse (refusal, "J-DOCUMENT", _ ("Make this one void."),
               _ ("The %s that it corrects was replaced by another one already."),
               jz_form_get_title (document->form, NULL));
  return TRUE;
}

/**
 * jz_document_check_final:
 * @situation: an act that makes a document final, with `values` and the frozen PDF
 * @number: the number that it gets, empty for none
 * @refusal: (out): set when it cannot become final
 * @error: return location
 *
 * The document must be ready, free of errors, and be what was approved; the number must be the next
 * of its series or one that was kept back.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_document_check_final (const JzSituation *situation,
                         const char *number,
                         JzRefusal **refusal,
                         GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzFilling) filling = NULL;
  JzDocument document;

  if (!jz_document_check_step (situation, JZ_STEP_FINALISE, refusal, error))
    return FALSE;
  if (*refusal != NULL || situation->objects == NULL)
    return TRUE;
  if (!load (situation, &stated, &document, error))
    return FALSE;
  filling = jz_document_complete (&document, number,
                                  jz_situation_get_text (situation, "document.date"), error);
  if (filling == NULL || !check_number (situation, &document, number, refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_corrected (stated, situation, &document, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_document_check_values (situation, filling, TRUE, refusal, error))
    return FALSE;
  return *refusal != NULL || check_same (situation, filling, refusal);
}

static gboolean
state_text (JzApplication *application, const char *name, const char *text, GError **error)
{
  g_autoptr (JzJson) value = jz_json_new_text (text);

  return jz_application_state (application, JZ_LIST_DOCUMENT,
                               jz_application_get_text (application, "document"), name, value,
                               error);
}

static gboolean
state_argument (JzApplication *application, const char *argument, const char *name, GError **error)
{
  const JzJson *value = jz_json_get_member (application->args, argument);

  return value == NULL || jz_application_state (application, JZ_LIST_DOCUMENT,
                                                jz_application_get_text (application, "document"),
                                                name, value, error);
}

/* What a person who passes it on leaves in it. */
static gboolean
state_passage (JzApplication *application,
               char letter,
               const char *opinion,
               const char *name,
               const char *date,
               GError **error)
{
  g_autofree char *opinion_field = g_strdup_printf ("opinion_%c", letter);
  g_autofree char *name_field = g_strdup_printf ("name_%c", letter);
  g_autofree char *date_field = g_strdup_printf ("date_%c", letter);

  return state_text (application, opinion_field, opinion, error) &&
         state_text (application, name_field, name, error) &&
         state_text (application, date_field, date, error);
}

/* The approval begins anew, and no opinion on the text as it was before stays in it. */
static gboolean
take_back_passages (JzApplication *application, GError **error)
{
  for (const char *letter = "hur"; *letter != '\0'; letter++) {
    g_autofree char *name = g_strdup_printf ("name_%c", *letter);
    gint64 n_passages = 0;
    if (!jz_connection_get_number (application->tables, &n_passages, error,
                                   "SELECT count (*) FROM fact WHERE case_id = ? AND list = ? AND "
                                   "record = ? AND name = ?",
                                   "tttt", application->record->entry->case_id, JZ_LIST_DOCUMENT,
                                   jz_application_get_text (application, "document"), name) ||
        (n_passages > 0 && !state_passage (application, *letter, "", "", "", error)))
      return FALSE;
  }
  return TRUE;
}

/* Who passed it on, when, and with which words. On paper it was somebody else than who registers
 * it. */
static gboolean
state_passing (JzApplication *application, char letter, GError **error)
{
  const char *approver = jz_application_get_text (application, "approver");
  const char *person = approver[0] != '\0' ? approver : application->record->entry->actor;
  g_autofree char *who = NULL;
  char day[JZ_DATE_SIZE];

  if (!jz_tables_get_person_name (application->tables, person, &who, error))
    return FALSE;
  jz_date_format (jz_instant_get_date (application->record->entry->time), day);
  return state_passage (application, letter, jz_application_get_text (application, "opinion"),
                        who != NULL ? who : "", day, error);
}

static const char *const kept_arguments[][2] = {
  { "values", "values" },
  { "decisive", "decisive" },
  { "pdf", "pdf" },
  { "document.date", "date" },
  { "document.number", "number" },
  { "decision.number", "number" },
  { "how", "how" },
  { "on", "signed_on" },
  { "copies", "copies" },
  { "object", "scan" },
  { "reason", "reason" },
};

/* The document that a corrected one takes the place of. */
static gboolean
replace_corrected (JzApplication *application, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JzJson) old = NULL;
  g_autoptr (JzJson) state = jz_json_new_text (jz_document_state_get_name (JZ_DOCUMENT_CORRECTED));

  if (!jz_connection_get_text (application->tables, &text, error,
                               "SELECT value FROM fact WHERE case_id = ? AND list = ? AND record "
                               "= ? AND name = 'corrects'",
                               "ttt", application->record->entry->case_id, JZ_LIST_DOCUMENT,
                               jz_application_get_text (application, "document")))
    return FALSE;
  if (text == NULL)
    return TRUE;
  old = jz_json_parse (text, strlen (text), error);
  return old != NULL && jz_application_state (application, JZ_LIST_DOCUMENT, jz_json_get_text (old),
                                              "state", state, error);
}

/**
 * jz_document_apply_step:
 * @application: an act that may name a document
 * @step: what it does to the document
 * @error: return location
 *
 * Writes down the new state, what is kept of it and who did it; where no document is named,
 * nothing.
 *
 * Returns: whether it was done
 */
gboolean
jz_document_apply_step (JzApplication *application, JzDocumentStep step, GError **error)
{
  if (jz_application_get_text (application, "document")[0] == '\0')
    return TRUE;
  if (!state_text (application, "state", jz_document_state_get_name (steps[step].to), error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (kept_arguments); i++)
    if (!state_argument (application, kept_arguments[i][0], kept_arguments[i][1], error))
      return FALSE;
  if (step == JZ_STEP_FINALISE && !replace_corrected (application, error))
    return FALSE;
  if (steps[step].to == JZ_DOCUMENT_DRAFT && !take_back_passages (application, error))
    return FALSE;
  return steps[step].letter == 0 || state_passing (application, steps[step].letter, error);
}

/**
 * jz_document_apply_approval:
 * @application: an act of the law's own that approves something
 * @error: return location
 *
 * Returns: whether what it states, and that its document is approved, was written down
 */
gboolean
jz_document_apply_approval (JzApplication *application, GError **error)
{
  return jz_document_apply_step (application, JZ_STEP_APPROVE, error) &&
         jz_apply_facts (application, error);
}

/**
 * jz_document_apply_service:
 * @application: an act that writes down a service, or an attempt that came back
 * @error: return location
 *
 * Returns: whether what it states, and that its document is served, was written down
 */
gboolean
jz_document_apply_service (JzApplication *application, GError **error)
{
  gboolean came_back = strcmp (jz_application_get_text (application, "result"), "returned") == 0;

  return (came_back || jz_document_apply_step (application, JZ_STEP_SERVE, error)) &&
         jz_apply_facts (application, error);
}
