/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/act_sheet.h"
#include "office/act_words.h"
#include "office/error.h"

/* What a form for an act asks: everything that a person must give, in words, and what is known. */

static JzJson *
make_sheet (Penalty *penalty, const char *user, const char *act, const char *preset, GError **error)
{
  JzStore *store = jz_office_get_store (penalty->office.office);
  g_autofree char *person = test_office_get_person (&penalty->office, user);
  g_autoptr (JzJson) given = test_json (preset);
  const JzActSheetRequest request = { act, given, person, jz_clock_now (penalty->office.clock) };
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  JzJson *sheet = jz_act_sheet_new (reader, jz_store_get_objects (store), &request, error);

  jz_store_return_reader (store, reader);
  return sheet;
}

static JzJson *
must_make (Penalty *penalty, const char *user, const char *act, const char *rest)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *preset = g_strdup_printf ("{'case':'%s'%s}", penalty->id, rest);
  JzJson *sheet = make_sheet (penalty, user, act, preset, &error);

  g_assert_no_error (error);
  return sheet;
}

static const JzJson *
find_field (const JzJson *sheet, const char *name)
{
  const JzJson *fields = jz_json_get_member (sheet, "fields");

  for (guint i = 0; i < jz_json_get_n_items (fields); i++)
    if (strcmp (jz_json_get_member_text (jz_json_get_item (fields, i), "name"), name) == 0)
      return jz_json_get_item (fields, i);
  return NULL;
}

static void
assert_kind (const JzJson *sheet, const char *name, const char *kind)
{
  const JzJson *field = find_field (sheet, name);

  g_test_message ("%s", name);
  g_assert_nonnull (field);
  g_assert_cmpstr (jz_json_get_member_text (field, "kind"), ==, kind);
}

static void
assert_value (const JzJson *sheet, const char *name, const char *value)
{
  const JzJson *field = find_field (sheet, name);
  g_autofree char *text = NULL;

  g_test_message ("%s", name);
  g_assert_nonnull (field);
  if (value == NULL) {
    g_assert_null (jz_json_get_member (field, "value"));
    return;
  }
  text = jz_json_to_canonical (jz_json_get_member (field, "value"), NULL);
  g_assert_cmpstr (text, ==, value);
}

/* Nobody reads an id: what a question is about is told by its title. */
static void
test_linked (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *evidence = NULL;
  g_autofree char *rest = NULL;
  g_autoptr (JzJson) sheet = NULL;
  const JzJson *field;
  const JzJson *choices;
  JzConnection *reader;
  JzStore *store;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, NULL);
  g_assert_true (jz_connection_get_text (
    reader, &evidence, NULL, "SELECT record FROM fact WHERE list = 'evidence.items' LIMIT 1", ""));
  jz_store_return_reader (store, reader);
  rest = g_strdup_printf (",'link':'%s#page=1'", evidence);
  sheet = must_make (&penalty, "reviewer", "review.question", rest);
  field = find_field (sheet, "link");
  choices = jz_json_get_member (field, "choices");
  g_assert_true (jz_json_get_member_boolean (field, "fixed", FALSE));
  g_assert_cmpuint (jz_json_get_n_items (choices), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (choices, 0), "label"), !=, evidence);
  g_assert_nonnull (
    strstr (jz_json_get_member_text (jz_json_get_item (choices, 0), "value"), "#page=1"));
}

static const char *const kinds[] = { "text", "long_text", "integer", "money",   "boolean",
                                     "date", "instant",   "choice",  "several", "texts",
                                     "file", "records",   NULL };

/* Nothing that a person must give is left out, and nothing is asked for by an id. */
static void
test_every_act (void)
{
  g_auto (Penalty) penalty = { 0 };
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  for (gsize i = 0; i < n_acts; i++) {
    g_autoptr (JzJson) sheet = must_make (&penalty, "handler", acts[i]->name, "");
    g_test_message ("%s", acts[i]->name);
    g_assert_cmpstr (jz_json_get_member_text (sheet, "title"), !=, acts[i]->name);
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++) {
      const JzJson *field = find_field (sheet, argument->name);
      if (argument->source != JZ_REQUIRED || strcmp (argument->name, "case") == 0 ||
          argument->kind == JZ_ARGUMENT_VALUES || argument->kind == JZ_ARGUMENT_HASH ||
          strcmp (argument->name, "name") == 0)
        continue;
      g_assert_nonnull (field);
      g_assert_true (jz_json_get_member_boolean (field, "required", FALSE));
    }
    for (guint j = 0; j < jz_json_get_n_items (jz_json_get_member (sheet, "fields")); j++) {
      const JzJson *field = jz_json_get_item (jz_json_get_member (sheet, "fields"), j);
      const char *label = jz_json_get_member_text (field, "label");
      g_test_message ("%s.%s", acts[i]->name, jz_json_get_member_text (field, "name"));
      g_assert_true (g_strv_contains (kinds, jz_json_get_member_text (field, "kind")));
      g_assert_true (label != NULL && label[0] != '\0');
      g_assert_null (jz_json_get_member (field, "hash"));
    }
  }
}

/* No word of the act table is shown as it stands there. */
static void
test_every_word (void)
{
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++) {
      g_auto (GStrv) words = NULL;
      if (argument->kind != JZ_ARGUMENT_WORD || strcmp (argument->name, "book") == 0)
        continue;
      words = g_strsplit (argument->words, "|", -1);
      for (char **word = words; *word != NULL; word++) {
        const char *label = jz_argument_get_word_label (argument, *word);
        g_test_message ("%s %s %s", acts[i]->name, argument->name, *word);
        /* an English word may be its own label; another spelling of the id never is */
        g_assert_true (label[0] != '\0' && strchr (label, '_') == NULL);
      }
    }
}

static void
test_kinds (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) file = NULL;
  g_autoptr (JzJson) draft = NULL;
  g_autoptr (JzJson) inspect = NULL;
  g_autoptr (JzJson) attach = NULL;
  g_autoptr (JzJson) sign = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  file = must_make (&penalty, "handler", "case.file", "");
  assert_kind (file, "way", "choice");
  assert_kind (file, "approver", "choice");
  assert_kind (file, "matter.id", "choice");
  assert_kind (file, "case.filed_on", "date");
  assert_kind (file, "matter.is_listed", "boolean");
  g_assert_null (find_field (file, "case"));
  g_assert_true (jz_json_get_member_boolean (file, "two", FALSE));
  g_assert_true (jz_json_get_member_boolean (file, "may", FALSE));
  draft = must_make (&penalty, "handler", "decision.draft", "");
  assert_kind (draft, "decision.fine", "money");
  assert_kind (draft, "decision.basis", "records");
  assert_kind (draft, "discretion.tier", "choice");
  assert_kind (draft, "case.discretion_reason", "long_text");
  g_assert_null (find_field (draft, "computed"));
  inspect = must_make (&penalty, "handler", "field.inspect", "");
  assert_kind (inspect, "officers", "several");
  assert_kind (inspect, "shown", "boolean");
  attach = must_make (&penalty, "handler", "attachment.add", "");
  assert_kind (attach, "file", "file");
  g_assert_null (find_field (attach, "object"));
  g_assert_null (find_field (attach, "name"));
  sign = must_make (&penalty, "handler", "document.sign", "");
  assert_kind (sign, "file", "file");
  g_assert_false (jz_json_get_member_boolean (find_field (sign, "file"), "required", TRUE));
  assert_kind (sign, "document", "choice");
}

static void
test_values (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *officers = NULL;
  g_autoptr (JzJson) inspect = NULL;
  g_autoptr (JzJson) weigh = NULL;
  g_autoptr (JzJson) party = NULL;
  g_autoptr (JzJson) add = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  /* What happens anew has its day today and says nothing that the law asks a person to say. */
  inspect = must_make (&penalty, "handler", "field.inspect", "");
  officers = g_strdup_printf ("[\"%s\",\"%s\"]", penalty.handler, penalty.other);
  assert_value (inspect, "officers", officers);
  assert_value (inspect, "act.happened_on", "\"2025-01-02\"");
  assert_value (inspect, "act.place", "\"某某路1号门前\"");
  assert_value (inspect, "shown", NULL);
  /* What is corrected stands there as it is. */
  party = must_make (&penalty, "handler", "party.state", "");
  assert_value (party, "party.name", "\"某某商贸有限公司\"");
  penalty_do (&penalty, "handler", "case.characterise",
              "'case.n_parties':3,'case.is_complex':true,'case.is_major':false,"
              "'case.touches_public_interest':true,'case.has_social_risk':false,"
              "'case.has_joint_organs':false,'case.concerns_major_rights':false");
  weigh = must_make (&penalty, "handler", "case.characterise", "");
  assert_value (weigh, "case.n_parties", "3");
  assert_value (weigh, "case.is_complex", "true");
  /* A unit is a word and no name of the program's own. */
  g_assert_cmpstr (jz_json_get_member_text (find_field (weigh, "case.n_parties"), "unit"), ==,
                   "persons");
  /* What is given goes before all. */
  add = must_make (&penalty, "handler", "evidence.add", ",'title':'照片'");
  assert_value (add, "title", "\"照片\"");
  assert_value (add, "evidence.items.number", "\"1\"");
}

static void
test_people (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) handler = NULL;
  g_autoptr (JzJson) approver = NULL;
  g_autoptr (JzJson) archivist = NULL;
  g_autoptr (JzJson) confirm = NULL;
  g_autofree char *given = NULL;
  const JzJson *choices;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  handler = must_make (&penalty, "handler", "limit.extend", "");
  g_assert_true (jz_json_get_member_boolean (handler, "may", FALSE));
  g_assert_true (jz_json_get_member_boolean (handler, "two", FALSE));
  choices = jz_json_get_member (find_field (handler, "approver"), "choices");
  g_assert_cmpuint (jz_json_get_n_items (choices), >=, 2);
  for (guint i = 0; i < jz_json_get_n_items (choices); i++) {
    const char *id = jz_json_get_member_text (jz_json_get_item (choices, i), "value");
    g_assert_cmpstr (id, !=, penalty.handler);
  }
  archivist = must_make (&penalty, "archivist", "limit.extend", "");
  g_assert_false (jz_json_get_member_boolean (archivist, "may", TRUE));
  approver = must_make (&penalty, "approver", "case.examine", "");
  g_assert_true (jz_json_get_member_boolean (approver, "may", FALSE));
  g_assert_false (jz_json_get_member_boolean (approver, "two", TRUE));
  confirm = must_make (&penalty, "approver", "limit.extend", ",'proposal':'00'");
  g_assert_true (jz_json_get_member_boolean (confirm, "confirms", FALSE));
  g_assert_false (jz_json_get_member_boolean (confirm, "two", TRUE));
}

static void
test_unknown (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GError) error = NULL;

  penalty_init (&penalty);
  g_assert_null (make_sheet (&penalty, "handler", "case.fly", "{}", &error));
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT);
}

static void
test_sentences (void)
{
  static const struct {
    const char *act;
    const char *what;
    const char *sentence;
  } cases[] = {
    { "document.finalise", "现场检查笔录", "张某 numbered 现场检查笔录 and made it final" },
    { "document.finalise", NULL, "张某 numbered a document and made it final" },
    { "case.close", "随便", "张某 closed the case" },
    { "document.approve", "%1$s", "张某 approved %1$s" },
    { "case.file.propose", NULL, "张某 proposed: File the case" },
    { "case.fly", NULL, "张某 case.fly" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *sentence = jz_act_dup_sentence (cases[i].act, "张某", cases[i].what);
    g_assert_cmpstr (sentence, ==, cases[i].sentence);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/act-sheet/every-act", test_every_act);
  g_test_add_func ("/office/act-sheet/every-word", test_every_word);
  g_test_add_func ("/office/act-sheet/kinds", test_kinds);
  g_test_add_func ("/office/act-sheet/values", test_values);
  g_test_add_func ("/office/act-sheet/linked", test_linked);
  g_test_add_func ("/office/act-sheet/people", test_people);
  g_test_add_func ("/office/act-sheet/unknown", test_unknown);
  g_test_add_func ("/office/act-sheet/sentences", test_sentences);
  return g_test_run ();
}
