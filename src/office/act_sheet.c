/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/act_sheet.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_choices.h"
#include "office/act_suggest.h"
#include "office/act_words.h"
#include "office/attachments.h"
#include "office/case_values.h"
#include "office/documents.h"
#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/role.h"
#include "office/situation.h"

/* What a form for an act must ask: made from the act table, so that no form can ask for other
 * things than the act takes (ux.md §4). What is known already stands in it. */

typedef struct {
  JzCaseView view;
  const JzAct *act;
  JzJson *preset;
  const char *person;
} Sheet;

static void
sheet_clear (Sheet *self)
{
  jz_case_view_clear (&self->view);
  g_clear_pointer (&self->preset, jz_json_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sheet, sheet_clear)

static gboolean
takes_file (const Sheet *self)
{
  return self->act->prepare == jz_prepare_attachment || self->act->prepare == jz_prepare_file;
}

/* What a form shows; all else the program gives. */
static gboolean
is_asked (const Sheet *self, const JzArgument *argument)
{
  switch (argument->kind) {
  case JZ_ARGUMENT_OBJECT:
    return takes_file (self) && strcmp (argument->name, "object") == 0;
  case JZ_ARGUMENT_HASH:
  case JZ_ARGUMENT_HASHES:
  case JZ_ARGUMENT_FIGURES:
  case JZ_ARGUMENT_VALUES:
  case JZ_ARGUMENT_OBJECTS:
    return FALSE;
  default:
    return argument->source != JZ_PREPARED && strcmp (argument->name, "case") != 0 &&
           !(takes_file (self) &&
             (strcmp (argument->name, "name") == 0 || jz_attachment_is_read (argument->name)));
  }
}

static const char *
get_kind_of_fact (const JzFactDefinition *fact, gboolean is_long)
{
  switch (fact->type.kind) {
  case JZ_VALUE_BOOL:
    return "boolean";
  case JZ_VALUE_INT:
    return "integer";
  case JZ_VALUE_MONEY:
    return "money";
  case JZ_VALUE_DATE:
    return "date";
  case JZ_VALUE_INSTANT:
    return "instant";
  case JZ_VALUE_CHOICE:
    return "choice";
  case JZ_VALUE_LIST:
    return "records";
  case JZ_VALUE_TEXT:
  default:
    return is_long ? "long_text" : "text";
  }
}

/* What is chosen for it is words that stand for nothing else, so that others may be typed. */
static gboolean
is_free (const JzArgument *argument)
{
  return argument->kind == JZ_ARGUMENT_TEXT && strcmp (argument->name, "matter") == 0;
}

static const char *
get_kind (const JzArgument *argument, const JzJson *choices)
{
  gboolean has_choices = jz_json_get_n_items (choices) > 0 && !is_free (argument);

  if (argument->fact != NULL && !has_choices)
    return get_kind_of_fact (argument->fact, argument->kind == JZ_ARGUMENT_LONG_TEXT);
  switch (argument->kind) {
  case JZ_ARGUMENT_LONG_TEXT:
    return "long_text";
  case JZ_ARGUMENT_INTEGER:
    return "integer";
  case JZ_ARGUMENT_BOOLEAN:
    return "boolean";
  case JZ_ARGUMENT_DATE:
    return "date";
  case JZ_ARGUMENT_INSTANT:
    return "instant";
  case JZ_ARGUMENT_OBJECT:
    return "file";
  case JZ_ARGUMENT_RECORDS:
    return "records";
  case JZ_ARGUMENT_TEXTS:
    return has_choices ? "several" : "texts";
  case JZ_ARGUMENT_WORD:
  case JZ_ARGUMENT_ID:
    return "choice";
  default:
    return has_choices ? "choice" : "text";
  }
}

static JzJson *
list_choices_of_field (const JzFactDefinition *field)
{
  JzJson *choices = jz_json_new_array ();
  JzLanguage language = jz_language_get_current ();

  for (const char *const *word = field->type.choices; word != NULL && *word != NULL; word++)
    jz_json_append (
      choices, jz_choice_new (*word, jz_fact_definition_get_label (field, *word, language), NULL));
  return choices;
}

/* The columns of a list. */
static JzJson *
describe_columns (const JzFactDefinition *list)
{
  JzJson *columns = jz_json_new_array ();
  JzLanguage language = jz_language_get_current ();

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    JzJson *column = jz_json_new_object ();
    jz_json_set_text (column, "name", field->name);
    jz_json_set_text (column, "label", jz_text_get (&field->meaning, language));
    jz_json_set_text (column, "kind", get_kind_of_fact (field, FALSE));
    if (field->type.kind == JZ_VALUE_CHOICE)
      jz_json_set_member (column, "choices", list_choices_of_field (field));
    jz_json_append (columns, column);
  }
  return columns;
}

static char *
dup_label (const JzArgument *argument)
{
  if (argument->kind == JZ_ARGUMENT_OBJECT)
    return g_strdup (C_ ("argument", "file"));
  if (strcmp (argument->name, "link") == 0)
    return g_strdup (C_ ("argument", "material that it is about"));
  if (strcmp (argument->name, "officers") == 0)
    return g_strdup (C_ ("argument", "officers who take part"));
  if (strcmp (argument->name, "viewers") == 0)
    return g_strdup (C_ ("argument", "who may view it"));
  return g_strdup (jz_argument_get_meaning (argument));
}

/* A thing that was chosen before the form was opened is not chosen again. */
static gboolean
is_fixed (const Sheet *self, const JzArgument *argument)
{
  return (argument->kind == JZ_ARGUMENT_ID || argument->kind == JZ_ARGUMENT_TEXTS ||
          strcmp (argument->name, "link") == 0) &&
         jz_json_get_member (self->preset, argument->name) != NULL;
}

static const char *
get_unit_word (const char *unit)
{
  static const struct {
    const char *unit;
    const char *word;
  } words[] = {
    { "day", NC_ ("unit", "days") },     { "person", NC_ ("unit", "persons") },
    { "piece", NC_ ("unit", "pieces") }, { "square_metre", NC_ ("unit", "square metres") },
    { "time", NC_ ("unit", "times") },   { "year", NC_ ("unit", "years") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].unit, unit) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "unit", words[i].word);
  return unit;
}

/* The opinion of who approves belongs on a sheet that has a place for it. */
static gboolean
is_wanted_opinion (const Sheet *self, const JzArgument *argument)
{
  const char *id = jz_json_get_member_text (self->preset, "document");
  JzDocument document = { 0 };

  return id != NULL && strcmp (argument->name, "opinion") == 0 && self->view.stated != NULL &&
         jz_document_find (self->view.stated, self->view.objects, id, &document, NULL) &&
         document.form != NULL &&
         strcmp (jz_form_get_approving_act (document.form), self->act->name) == 0 &&
         jz_document_wants_opinion (document.form);
}

static void
describe (const Sheet *self, const JzArgument *argument, JzJson *choices, JzJson *field)
{
  const char *kind = get_kind (argument, choices);
  const JzActScope scope = { &self->view, self->act, self->preset, self->person };
  JzJson *value = jz_act_find_value (&scope, argument);
  g_autofree char *label = dup_label (argument);
  gboolean is_file = strcmp (kind, "file") == 0;

  jz_json_set_text (field, "name", is_file ? "file" : argument->name);
  jz_json_set_text (field, "kind", kind);
  jz_json_set_text (field, "label", label);
  jz_json_set_boolean (field, "required",
                       argument->source == JZ_REQUIRED ||
                         (is_file && argument->source == JZ_PREPARED) ||
                         is_wanted_opinion (self, argument));
  if (argument->max > 0)
    jz_json_set_integer (field, "max", argument->max);
  if (argument->fact != NULL && argument->fact->unit != NULL)
    jz_json_set_text (field, "unit", get_unit_word (argument->fact->unit));
  if (is_fixed (self, argument))
    jz_json_set_boolean (field, "fixed", TRUE);
  if (strcmp (argument->name, JZ_LATE_REASON) == 0)
    jz_json_set_boolean (field, "late", TRUE);
  if (argument->kind == JZ_ARGUMENT_RECORDS)
    jz_json_set_member (field, "columns", describe_columns (argument->fact));
  if (jz_json_get_n_items (choices) > 0)
    jz_json_set_member (field, "choices", jz_json_ref (choices));
  if (value != NULL)
    jz_json_set_member (field, "value", value);
}

/* What a link leads to is told by its title; the place in it goes along unseen. */
static gboolean
add_linked (const Sheet *self, JzJson *choices, GError **error)
{
  const GPtrArray *records = jz_stated_get_records (self->view.stated);
  const char *link = jz_json_get_member_text (self->preset, "link");
  g_autofree char *id = g_strndup (link, strcspn (link, "#"));
  g_autofree char *title = NULL;

  if (!jz_connection_get_text (self->view.reader, &title, error,
                               "SELECT name FROM attachment WHERE id = ?", "t", id))
    return FALSE;
  for (guint i = 0; title == NULL && i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->id, id) == 0)
      title = g_strdup (jz_stated_record_get_text (record, "title"));
  }
  if (title != NULL && title[0] != '\0')
    jz_json_append (choices, jz_choice_new (link, title, NULL));
  return TRUE;
}

static gboolean
add_fields (const Sheet *self, JzJson *sheet, GError **error)
{
  JzJson *fields = jz_json_new_array ();

  jz_json_set_member (sheet, "fields", fields);
  for (const JzArgument *argument = self->act->arguments; argument->name != NULL; argument++) {
    g_autoptr (JzJson) choices = NULL;
    JzJson *field;
    if (!is_asked (self, argument))
      continue;
    if (!jz_act_list_choices (&self->view, self->act, argument, &choices, error))
      return FALSE;
    if (strcmp (argument->name, "link") == 0 && is_fixed (self, argument) &&
        !add_linked (self, choices, error))
      return FALSE;
    field = jz_json_new_object ();
    describe (self, argument, choices, field);
    jz_json_append (fields, field);
  }
  return TRUE;
}

static gboolean
holds_one_of (const Sheet *self, const char *roles, gboolean *holds, GError **error)
{
  g_autofree char *held = NULL;
  g_auto (GStrv) names = NULL;

  *holds = FALSE;
  if (!jz_connection_get_text (self->view.reader, &held, error,
                               "SELECT group_concat (role, '|') FROM person_role WHERE person = ?",
                               "t", self->person))
    return FALSE;
  names = g_strsplit (held != NULL ? held : "", "|", -1);
  for (char **name = names; *name != NULL; name++)
    *holds = *holds || jz_word_is_in (*name, roles);
  return TRUE;
}

/* Who may do it, who may only propose it, and who confirms. */
static gboolean
add_people (const Sheet *self, JzJson *sheet, GError **error)
{
  const JzAct *act = self->act;
  gboolean needs_two = (act->flags & JZ_ACT_TWO_SIGNERS) != 0;
  gboolean confirms = jz_json_get_member (self->preset, "proposal") != NULL;
  gboolean may = FALSE;
  g_autofree char *words = strcmp (act->roles, "*") != 0 ? jz_role_list_words (act->roles) : NULL;

  if (!holds_one_of (self,
                     needs_two && !confirms && act->proposer_roles != NULL ? act->proposer_roles
                                                                           : act->roles,
                     &may, error))
    return FALSE;
  jz_json_set_boolean (sheet, "may", may);
  jz_json_set_boolean (sheet, "confirms", confirms);
  jz_json_set_boolean (sheet, "two", needs_two && !confirms);
  /* whether it needs two here is found out when it is tried */
  jz_json_set_boolean (sheet, "perhaps_one", act->needs_proposal != NULL);
  if (words != NULL)
    jz_json_set_text (sheet, "roles", words);
  return TRUE;
}

static const char *
get_choice_label (const JzJson *choices, const char *value)
{
  for (guint i = 0; choices != NULL && i < jz_json_get_n_items (choices); i++) {
    const JzJson *choice = jz_json_get_item (choices, i);
    if (g_strcmp0 (jz_json_get_member_text (choice, "value"), value) == 0)
      return jz_json_get_member_text (choice, "label");
  }
  return value;
}

static char *
dup_texts (const JzJson *choices, const JzJson *value)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (value); i++)
    g_string_append_printf (
      texts, "%s%s", i > 0 ? _ (", ") : "",
      get_choice_label (choices, jz_json_get_text (jz_json_get_item (value, i))));
  return g_string_free (texts, FALSE);
}

/* A value as it is read by who is to confirm it. */
static char *
dup_text (const Sheet *self, const JzJson *field)
{
  const JzJson *value = jz_json_get_member (field, "value");
  const char *name = jz_json_get_member_text (field, "name");

  for (const JzArgument *argument = self->act->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0 && argument->fact != NULL &&
        jz_json_get_member (field, "choices") == NULL)
      return jz_fact_dup_text (argument->fact, value);
  if (jz_json_get_kind (value) == JZ_JSON_TEXT)
    return g_strdup (
      get_choice_label (jz_json_get_member (field, "choices"), jz_json_get_text (value)));
  if (jz_json_get_kind (value) == JZ_JSON_ARRAY)
    return dup_texts (jz_json_get_member (field, "choices"), value);
  if (jz_json_get_kind (value) == JZ_JSON_BOOLEAN)
    return g_strdup (jz_json_get_boolean (value) ? C_ ("answer", "Yes") : C_ ("answer", "No"));
  return jz_json_to_canonical (value, NULL);
}

static void
add_proposed (const Sheet *self, JzJson *sheet)
{
  const JzJson *fields = jz_json_get_member (sheet, "fields");
  JzJson *proposed = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    g_autofree char *text = NULL;
    JzJson *line;
    if (jz_json_get_member (self->preset, jz_json_get_member_text (field, "name")) == NULL)
      continue;
    text = dup_text (self, field);
    line = jz_json_new_object ();
    jz_json_set_text (line, "label", jz_json_get_member_text (field, "label"));
    jz_json_set_text (line, "text", text);
    jz_json_append (proposed, line);
  }
  jz_json_set_member (sheet, "proposed", proposed);
}

/* What was proposed is shown to who confirms it. */
static gboolean
take_proposal (Sheet *self, JzConnection *reader, GError **error)
{
  const char *hex = jz_json_get_member_text (self->preset, "proposal");
  g_autofree char *text = NULL;
  g_autoptr (JzJson) payload = NULL;
  const JzJson *args;
  JzHash hash;

  if (hex == NULL || !jz_hash_from_hex (hex, &hash))
    return TRUE;
  if (!jz_connection_get_text (reader, &text, error,
                               "SELECT text FROM payload JOIN proposal ON proposal.entry = "
                               "payload.entry WHERE hash = ?",
                               "h", &hash))
    return FALSE;
  payload = text != NULL ? jz_json_parse_long (text, strlen (text), JZ_JSON_MAX_SIZE, error) : NULL;
  if (text != NULL && payload == NULL)
    return FALSE;
  args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;
  for (guint i = 0; args != NULL && i < jz_json_get_n_items (args); i++)
    jz_json_set_member (self->preset, jz_json_get_name (args, i),
                        jz_json_copy (jz_json_get_item (args, i)));
  return TRUE;
}

static gboolean
open_sheet (Sheet *self,
            JzConnection *reader,
            JzObjects *objects,
            const JzActSheetRequest *request,
            GError **error)
{
  const char *case_id;

  if (!take_proposal (self, reader, error))
    return FALSE;
  case_id = jz_json_get_member_text (self->preset, "case");
  self->person = request->person;
  return jz_case_view_open (&self->view, reader, objects, case_id != NULL ? case_id : "",
                            request->now, error);
}

/**
 * jz_act_sheet_new:
 * @reader: a store's database
 * @objects: the store's
 * @request: which act, with what is known
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what a form for the act asks: `act`, `title`, `summary`,
 *   `may` (whether the person may do it, or propose it), `two` (it is proposed and somebody else
 *   confirms), `perhaps_one`, `confirms`, `signed`, `roles` in words, and `fields`, in order:
 * `name`, `label`, `kind` (text, long_text, integer, money, boolean, date, instant, choice,
 * several, texts, file, records), `required`, `max`, `unit`, `choices`, `columns` of records,
 * `value`, `fixed`, `late`;
 *   and `proposed`: `label` and `text` of what a proposal has or what was given;
 * %JZ_OFFICE_ERROR_UNKNOWN_ACT where there is no such act
 */
JzJson *
jz_act_sheet_new (JzConnection *reader,
                  JzObjects *objects,
                  const JzActSheetRequest *request,
                  GError **error)
{
  g_autoptr (JzJson) json = jz_json_new_object ();
  gboolean is_proposal = FALSE;
  g_auto (Sheet) sheet = {
    .act = jz_act_find (request->act, &is_proposal),
    .preset = request->preset != NULL ? jz_json_copy (request->preset) : jz_json_new_object (),
  };

  if (sheet.act == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                 _ ("There is no act %s; juanzongctl acts lists them."), request->act);
    return NULL;
  }
  jz_json_set_text (json, "act", sheet.act->name);
  jz_json_set_text (json, "title", jz_act_get_label (sheet.act->name));
  jz_json_set_text (json, "summary", _ (sheet.act->summary));
  jz_json_set_boolean (json, "signed", (sheet.act->flags & JZ_ACT_SIGNED) != 0);
  if (!open_sheet (&sheet, reader, objects, request, error) || !add_people (&sheet, json, error) ||
      !add_fields (&sheet, json, error))
    return NULL;
  add_proposed (&sheet, json);
  return g_steal_pointer (&json);
}
