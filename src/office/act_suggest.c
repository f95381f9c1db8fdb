/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/act_suggest.h"

#include <string.h>

#include "office/documents.h"
#include "office/fact_arguments.h"
#include "office/file_access.h"
#include "office/situation.h"

/* What a form for an act has in it before somebody types. */

/* What the case has of a document or a service is of another one. */
static gboolean
is_of_another (const JzArgument *argument)
{
  return g_str_has_prefix (argument->name, "document.") ||
         g_str_has_prefix (argument->name, "service.");
}

/* What it corrects or states again is shown as it stands; what happens once more begins anew. */
static gboolean
states_again (const JzActScope *self, const JzArgument *argument)
{
  if (is_of_another (argument))
    return FALSE;
  return g_strcmp0 (self->act->inverse, self->act->name) == 0 ||
         (argument->kind != JZ_ARGUMENT_DATE && argument->kind != JZ_ARGUMENT_INSTANT &&
          argument->kind != JZ_ARGUMENT_BOOLEAN && argument->kind != JZ_ARGUMENT_LONG_TEXT);
}

/* The handlers, and who has the other duty. */
static JzJson *
list_people (const JzActScope *self, const char *duty)
{
  JzJson *list = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    self->view->reader, NULL,
    "SELECT person FROM case_duty WHERE case_id = ? AND duty IN ('handler', ?) AND ended = 0 GROUP "
    "BY person ORDER BY min (since)",
    "tt", self->view->case_id, duty);

  while (rows != NULL && jz_statement_step (rows, &has_row, NULL) && has_row)
    jz_json_append (list, jz_json_new_text (jz_statement_get_text (rows, 0)));
  return list;
}

/* What holds of the file; of one that is not classified yet the list proposes those who work on the
 * case and the reviewer. */
static JzJson *
suggest_secrecy (const JzActScope *self, const char *field)
{
  const char *file = jz_json_get_member_text (self->preset, "attachment");
  JzSecrecyMark mark = { .class_word = "", .ground = "", .until = "" };
  const char *text = "";

  (void)(file != NULL && jz_secrecy_find (self->view->stated, file, self->view->today, &mark));
  if (strcmp (field, "viewers") == 0)
    return mark.viewers != NULL ? jz_json_copy (mark.viewers) : list_people (self, "reviewer");
  if (strcmp (field, "class") == 0)
    text = mark.class_word;
  else if (strcmp (field, "ground") == 0)
    text = mark.ground;
  else if (strcmp (field, "until") == 0)
    text = mark.until;
  return text[0] != '\0' ? jz_json_new_text (text) : NULL;
}

static JzJson *
new_basis (const JzRulebook *rulebook, const JzCitation *citation)
{
  const JzLaw *law = (const JzLaw *)jz_rulebook_find (rulebook, JZ_RULE_LAW, citation->law);
  JzJson *record = jz_json_new_object ();

  jz_json_set_text (record, "title",
                    law != NULL ? jz_text_get (&law->rule.name, JZ_LANGUAGE_ZH) : citation->law);
  jz_json_set_text (record, "article", citation->article != NULL ? citation->article : "");
  if (law != NULL && law->level != NULL)
    jz_json_set_text (record, "level", law->level);
  if (law != NULL && law->version != NULL)
    jz_json_set_text (record, "version", law->version);
  return record;
}

/* The articles that the matter breaks and is punished by. */
static JzJson *
suggest_basis (const JzActScope *self)
{
  const JzRulebook *rulebook = self->view->rulebook;
  const JzMatter *matter =
    rulebook != NULL
      ? (const JzMatter *)jz_rulebook_find (rulebook, JZ_RULE_MATTER,
                                            jz_stated_get_text (self->view->stated, "matter.id"))
      : NULL;
  JzJson *list;

  if (matter == NULL || matter->violates.law == NULL || matter->punished_by.law == NULL)
    return NULL;
  list = jz_json_new_array ();
  jz_json_append (list, new_basis (rulebook, &matter->violates));
  jz_json_append (list, new_basis (rulebook, &matter->punished_by));
  return list;
}

static JzJson *
new_text (char *text)
{
  g_autofree char *owned = text;
  return owned[0] != '\0' ? jz_json_new_text (owned) : NULL;
}

static char *
dup_name (const JzActScope *self, const char *person)
{
  char *name = NULL;

  if (!jz_tables_get_person_name (self->view->reader, person, &name, NULL) || name == NULL)
    return g_strdup ("");
  return name;
}

static JzJson *
suggest_document_title (const JzActScope *self)
{
  const char *id = jz_json_get_member_text (self->preset, "document");
  const JzStatedRecord *record =
    id != NULL ? jz_document_find_record (self->view->stated, id) : NULL;
  return record != NULL ? jz_json_new_text (jz_stated_record_get_text (record, "title")) : NULL;
}

/* What the lead was called, where the rules have a matter of that name. */
static JzJson *
suggest_matter (const JzActScope *self)
{
  g_autofree char *name = jz_case_view_dup_text (self->view, "matter");
  const GPtrArray *rules = self->view->rulebook != NULL
                             ? jz_rulebook_get_rules (self->view->rulebook, JZ_RULE_MATTER)
                             : NULL;

  for (guint i = 0; rules != NULL && i < rules->len; i++) {
    const JzRule *rule = g_ptr_array_index (rules, i);
    if (strcmp (rule->name.zh, name) == 0 || strcmp (rule->name.en, name) == 0)
      return jz_json_new_text (rule->id);
  }
  return NULL;
}

static JzJson *
suggest_number (const JzActScope *self)
{
  const GPtrArray *records = jz_stated_get_records (self->view->stated);
  int n = 1;

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    n += strcmp (record->list, "evidence.items") == 0;
  }
  return new_text (g_strdup_printf ("%d", n));
}

/* What is so in most cases, or follows from the case; the person sees it and may change it. What
 * the law asks somebody to say, such as whether a credential was shown, is suggested by nobody. */
static JzJson *
suggest (const JzActScope *self, const JzArgument *argument)
{
  const char *name = argument->name;

  if (strcmp (name, "way") == 0)
    return jz_json_new_text ("account");
  if (strcmp (name, "officers") == 0)
    return list_people (self, "handler");
  if (g_str_has_prefix (name, JZ_LIST_SECRECY "."))
    return suggest_secrecy (self, name + strlen (JZ_LIST_SECRECY "."));
  if (strcmp (name, "viewers") == 0)
    return suggest_secrecy (self, name);
  if (strcmp (name, "case.cause") == 0)
    return new_text (jz_case_view_dup_text (self->view, "matter"));
  if (strcmp (name, "matter.id") == 0)
    return suggest_matter (self);
  if (strcmp (name, "party.name") == 0)
    return new_text (jz_case_view_dup_text (self->view, "party"));
  if (strcmp (name, "case.procedure") == 0)
    return jz_json_new_text ("ordinary");
  if (strcmp (name, "matter.field") == 0 && self->view->rulebook != NULL)
    return jz_json_new_text (jz_rulebook_get_field (self->view->rulebook));
  if (strcmp (name, "act.place") == 0)
    return new_text (g_strdup (jz_stated_get_text (self->view->stated, "conduct.place")));
  if (strcmp (name, "service.document") == 0)
    return suggest_document_title (self);
  if (strcmp (name, "evidence.items.number") == 0)
    return suggest_number (self);
  if (strcmp (name, "evidence.items.obtained_by") == 0)
    return new_text (dup_name (self, self->person));
  if (strcmp (name, "decision.basis") == 0)
    return suggest_basis (self);
  return NULL;
}

static JzJson *
suggest_today (const JzActScope *self, const JzArgument *argument)
{
  char text[JZ_DATE_SIZE];

  /* Who submits a case submits it whole; the review's time runs from that day. */
  gboolean is_usual =
    argument->source == JZ_REQUIRED || strcmp (argument->name, "review.materials_complete_on") == 0;

  if (argument->kind != JZ_ARGUMENT_DATE || !is_usual ||
      (argument->fact != NULL && argument->fact->lies_ahead))
    return NULL;
  jz_date_format (self->view->today, text);
  return jz_json_new_text (text);
}

/**
 * jz_act_find_value:
 * @self: an act in a case
 * @argument: one of its arguments
 *
 * Returns: (transfer full) (nullable): what a form begins with: what was given, else what stands in
 *   the case, else what is so in most cases
 */
JzJson *
jz_act_find_value (const JzActScope *self, const JzArgument *argument)
{
  const JzJson *given = jz_json_get_member (self->preset, argument->name);
  const JzJson *stated = jz_argument_is_fact (argument->name)
                           ? jz_stated_get (self->view->stated, argument->name)
                           : NULL;
  JzJson *suggested;

  if (given != NULL)
    return jz_json_copy (given);
  if (stated != NULL && states_again (self, argument))
    return jz_json_copy (stated);
  suggested = suggest (self, argument);
  return suggested != NULL ? suggested : suggest_today (self, argument);
}
