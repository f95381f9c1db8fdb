/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/apply.h"
#include "office/error.h"
#include "penalty-fixture.h"

/* What people paste, mistype and make up: an act takes it and keeps it byte for byte, or refuses it
 * with one sentence that names the argument. Nothing is half done. */

#define MAX_SENTENCE 900
#define HUNDRED                                                                                    \
  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" \
  "xxxxxx"
#define LONG HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

/* A good act; each of its texts is replaced in turn. */
static const struct {
  const char *who;
  const char *act;
  const char *args;
  const char
    *texts; /* arguments with "|" between; the last of them may have lines if it ends "*" */
} acts[] = {
  { "handler", "lead.register",
    "{'title':'某案','party':'某某商贸有限公司','matter':'占道','found':'2025-01-02','case.source':"
    "'inspection','case.lead_text':'巡查发现','case.is_reporter_named':false}",
    "title|party|matter|case.lead_text*" },
  { "handler", "party.state",
    "{'case':'$CASE','party.kind':'company','party.name':'某某商贸有限公司','party.id_kind':'other'"
    ","
    "'party.id_number':'示例-1','party.capacity':'full','party.address':'某某路2号'}",
    "party.name|party.id_number|party.address" },
  { "handler", "field.inspect",
    "{'case':'$CASE','officers':['$HANDLER','$OTHER'],'shown':true,'shown_to':'李某','text':"
    "'现场检查','act.happened_on':'2025-01-02','act.place':'某某路1号门前'}",
    "shown_to|act.place|text*" },
  { "handler", "evidence.add",
    "{'case':'$CASE','title':'现场照片','evidence.items.number':'9','evidence.items.kind':"
    "'scene_record','evidence.items.obtained_by':'张某','evidence.items.obtained_on':'2025-01-02',"
    "'evidence.items.obtained_at':'现场','evidence.items.is_original':true}",
    "title|evidence.items.number|evidence.items.obtained_by" },
  { "handler", "decision.draft",
    "{'case':'$CASE','text':'决定书正文','decision.kinds':[{'kind':'fine'}],'decision.fine':250000,"
    "'decision.basis':[{'title':'某某市市容和环境卫生管理条例','article':'12','level':"
    "'local_regulation','version':'2024年'},{'title':'某某市市容和环境卫生管理条例','article':'45',"
    "'level':'local_regulation','version':'2024年'}],"
    "'decision.remedy':'review_or_suit','decision.review_organ':'某某市人民政府','decision.court':"
    "'某某市某某区人民法院','discretion.tier':'general','discretion.direction':'general'}",
    "decision.review_organ|decision.court" },
  { "handler", "case.note", "{'case':'$CASE','text':'记一笔'}", "text*" },
  { "admin", "person.add", "{'user':'new-$N','name':'张某','section':'执法一队'}", "name|section" },
};

typedef enum {
  ONE_LINE = 1,
  WITH_LINES = 2,
  NOWHERE = 0,
  EVERYWHERE = 3,
} Where;

static const struct {
  const char *what;
  const char *text;
  gsize times; /* so often after each other; 0 means once */
  Where taken;
} texts[] = {
  { "rare characters", "𬱖㛃𠮷䶮", 0, EVERYWHERE },
  { "a variant of a character", "葛\xf3\xa0\x84\x80某", 0, EVERYWHERE },
  { "a name with a dot", "阿不都·热合曼", 0, EVERYWHERE },
  { "signs of many kinds", "\"'\\<&>%s{}；——… 😀", 0, EVERYWHERE },
  { "a decomposed letter", "e\xcc\x81", 0, EVERYWHERE },
  { "blanks around", " 某 ", 0, EVERYWHERE },
  { "nothing", "", 0, NOWHERE },
  { "blanks", " \xc2\xa0 ", 0, NOWHERE },
  { "wide blanks", "　", 3, NOWHERE },
  { "blanks without width", "\xe2\x80\x8b\xef\xbb\xbf", 0, NOWHERE },
  { "lines", "一\n二\t三", 0, WITH_LINES },
  { "only lines", "\n\n", 0, NOWHERE },
  { "a bell", "某\a某", 0, NOWHERE },
  { "an escape", "某\033[2J", 0, NOWHERE },
  { "a carriage return", "某\r\n某", 0, NOWHERE },
  { "delete", "某\x7f", 0, NOWHERE },
  { "a control character of Latin-1", "某\xc2\x85", 0, NOWHERE },
  { "right to left",
    "某\xe2\x80\xae"
    "fdp.exe",
    0, NOWHERE },
  { "an isolate", "\xe2\x81\xa6某\xe2\x81\xa9", 0, NOWHERE },
  { "a separator of lines", "某\xe2\x80\xa8某", 0, NOWHERE },
  { "ten thousand characters", "长", 10000, WITH_LINES },
  { "a hundred thousand bytes", "x", 100000, WITH_LINES },
  { "10 MB", "卷宗卷宗", 900000, NOWHERE },
};

/* Other kinds; the argument that must be named. */
static const struct {
  const char *act;
  const char *argument;
  const char *value;
  const char *named;
} others[] = {
  { "lead.register", "found", "'2025-01-03'", "found" },
  { "lead.register", "found", "'2025-02-30'", "found" },
  { "lead.register", "found", "'0000-00-00'", "found" },
  { "lead.register", "found", "20250102", "found" },
  { "lead.register", "found", "'" LONG "'", "found" },
  { "lead.register", "found", "'\\u001b[2J'", "found" },
  { "lead.register", "case.source", "'" LONG "'", "case.source" },
  { "lead.register", LONG, "1", "lead.register" },
  { "lead.register", "case.source", "'gossip'", "case.source" },
  { "lead.register", "case.is_reporter_named", "'no'", "case.is_reporter_named" },
  { "lead.register", "title", "null", NULL },
  { "lead.register", "title", "['某']", "title" },
  { "party.state", "party.id_kind", "'resident'", "J-CODE" },
  { "party.state", "party.id_kind", "'uscc'", "J-CODE" },
  { "party.state", "party.born_on", "'2025-01-03'", "party.born_on" },
  { "field.inspect", "act.happened_on", "'2026-01-01'", "act.happened_on" },
  { "field.inspect", "officers", "['张某']", NULL },
  { "field.inspect", "officers", "'张某'", "officers" },
  { "evidence.add", "evidence.items.obtained_on", "'2025-01-03'", "evidence.items.obtained_on" },
  { "decision.draft", "decision.fine", "-1", "decision.fine" },
  { "decision.draft", "decision.fine", "'250000'", "decision.fine" },
  { "decision.draft", "decision.fine", "true", "decision.fine" },
  { "decision.draft", "decision.basis", "[{'title':'某\\u0007'}]", "decision.basis" },
  { "decision.draft", "decision.basis", "[{'title':'某\\u202e'}]", "decision.basis" },
  { "decision.draft", "decision.basis", "[{'title':7}]", "decision.basis" },
  { "decision.draft", "decision.basis", "[{'no':'x'}]", "decision.basis" },
  { "decision.draft", "decision.basis", "[[]]", "decision.basis" },
};

/* No JSON of ours: told before any act looks at it. */
static const struct {
  const char *what;
  const char *bytes;
} no_json[] = {
  { "a lone high surrogate", "{\"text\":\"\\ud83d\"}" },
  { "a lone low surrogate", "{\"text\":\"\\ude00\"}" },
  { "surrogates the wrong way round", "{\"text\":\"\\ude00\\ud83d\"}" },
  { "a surrogate in UTF-8", "{\"text\":\"\xed\xa0\xbd\"}" },
  { "no UTF-8", "{\"text\":\"\xb9\xab\xca\xbe\"}" },
  { "an overlong slash", "{\"text\":\"\xc0\xaf\"}" },
  { "beyond Unicode", "{\"text\":\"\xf4\x90\x80\x80\"}" },
  { "U+0000", "{\"text\":\"\\u0000\"}" },
  { "a control character", "{\"text\":\"\001\"}" },
  { "more than INT64", "{\"decision.fine\":9223372036854775808}" },
  { "INT64", "{\"decision.fine\":9223372036854775807}" },
  { "less than INT64", "{\"decision.fine\":-9223372036854775809}" },
  { "half a fen", "{\"decision.fine\":0.5}" },
  { "an exponent", "{\"decision.fine\":1e3}" },
  { "a name twice", "{\"text\":\"a\",\"text\":\"b\"}" },
};

static guint n_names;

/* What stands for ids in the table; each user name is new. */
static JzJson *
make_args (const Penalty *penalty, const char *args)
{
  g_autoptr (GString) text = g_string_new (args);
  g_autofree char *number = g_strdup_printf ("%u", ++n_names);

  g_string_replace (text, "$CASE", penalty->id, 0);
  g_string_replace (text, "$HANDLER", penalty->handler, 0);
  g_string_replace (text, "$OTHER", penalty->other, 0);
  g_string_replace (text, "$N", number, 0);
  return test_json (text->str);
}

/* The act's argument by its name or by what people call it. */
static gboolean
is_named (const char *sentence, const char *act, const char *argument)
{
  gboolean is_proposal = FALSE;
  const JzAct *found = jz_act_find (act, &is_proposal);

  if (strstr (sentence, argument) != NULL)
    return TRUE;
  for (guint i = 0; found != NULL && found->arguments[i].name != NULL; i++)
    if (strcmp (found->arguments[i].name, argument) == 0)
      return strstr (sentence, jz_argument_get_meaning (&found->arguments[i])) != NULL;
  return FALSE;
}

static void
assert_sentence (const char *sentence, const char *named, const char *what)
{
  g_assert_true (g_utf8_validate (sentence, -1, NULL));
  g_assert_null (strchr (sentence, '\033'));
  if (strlen (sentence) > MAX_SENTENCE || (named != NULL && !is_named (sentence, what, named)))
    g_error ("%s is told as “%.300s”", what, sentence);
}

static gint64
count (Penalty *penalty)
{
  return test_office_count (&penalty->office, "SELECT count (*) FROM entry");
}

/* What the entry keeps of the argument: the text, or the content of the object that it became. */
static char *
dup_kept (Penalty *penalty, const JzJournalRecord *record, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = jz_journal_record_dup_args (record, &error);
  const JzJson *value = jz_json_get_member (args, name);
  g_autoptr (GBytes) content = NULL;
  JzObject object;

  g_assert_no_error (error);
  if (jz_json_get_kind (value) == JZ_JSON_TEXT)
    return g_strdup (jz_json_get_text (value));
  g_assert_true (jz_object_from_json (value, &object));
  content =
    jz_objects_get_bytes (jz_store_get_objects (jz_office_get_store (penalty->office.office)),
                          &object.hash, object.size, &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (content, NULL), g_bytes_get_size (content));
}

/* Returns: whether the act was done; @named must be told where it was not */
static gboolean
try_value (Penalty *penalty, gsize i, JzJson *args, const char *name, const char *named)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *who = g_strdup_printf (
    "%s/%s", acts[i].who, strcmp (acts[i].who, "admin") == 0 ? "administrator" : "handler");
  const JzJson *all[] = { args };
  gint64 before = count (penalty);
  g_autoptr (JzActOutcome) outcome =
    test_office_try_batch (&penalty->office, who, acts[i].act, all, 1, &error);
  g_autofree char *kept = NULL;

  if (outcome != NULL && outcome->refusal == NULL) {
    g_assert_cmpint (count (penalty), ==, before + 1);
    if (named != NULL || name == NULL)
      return TRUE;
    kept = dup_kept (penalty, g_ptr_array_index (outcome->records, 0), name);
    g_assert_cmpstr (kept, ==, jz_json_get_member_text (args, name));
    return TRUE;
  }
  g_assert_cmpint (count (penalty), ==, before);
  if (outcome == NULL) {
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    assert_sentence (error->message, named != NULL ? named : name, acts[i].act);
  } else {
    g_autofree char *told = g_strdup_printf ("%s %s", jz_refusal_get_rule (outcome->refusal),
                                             jz_refusal_get_sentence (outcome->refusal));
    assert_sentence (told, named, acts[i].act);
  }
  return FALSE;
}

static void
try_text (Penalty *penalty, gsize i, const char *word, gsize j)
{
  gsize length = strlen (word);
  gboolean has_lines = word[length - 1] == '*';
  g_autofree char *name = g_strndup (word, has_lines ? length - 1 : length);
  g_autoptr (JzJson) args = make_args (penalty, acts[i].args);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean should = (texts[j].taken & (has_lines ? WITH_LINES : ONE_LINE)) != 0;

  for (gsize n = 0; n < MAX (texts[j].times, 1); n++)
    g_string_append (text, texts[j].text);
  /* Nothing at all in an argument that may be left out. */
  should = should || (text->len == 0 && g_str_has_suffix (name, "section")) ||
           (text->len == 0 && strcmp (name, "party.address") == 0);
  jz_json_set_text (args, name, text->str);
  if (try_value (penalty, i, args, name, NULL) != should)
    g_error ("%s in %s of %s was %s", texts[j].what, name, acts[i].act,
             should ? "refused" : "taken");
}

static void
test_texts (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_auto (GStrv) words = g_strsplit (acts[i].texts, "|", -1);
    for (char **word = words; *word != NULL; word++)
      for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
        try_text (&penalty, i, *word, j);
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static gsize
find_act (const char *name)
{
  gsize i = 0;

  while (strcmp (acts[i].act, name) != 0)
    i++;
  return i;
}

static void
test_others (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autoptr (JzJson) args = make_args (&penalty, acts[i].args);
    g_assert_true (try_value (&penalty, i, args, NULL, NULL));
  }
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    gsize act = find_act (others[i].act);
    g_autoptr (JzJson) args = make_args (&penalty, acts[act].args);
    g_autofree char *wrapped = g_strdup_printf ("[%s]", others[i].value);
    g_autoptr (JzJson) value = test_json (wrapped);
    jz_json_set_member (args, others[i].argument, jz_json_ref (jz_json_get_item (value, 0)));
    if (try_value (&penalty, act, args, NULL, others[i].named))
      g_error ("%s of %s was taken as %s", others[i].argument, others[i].act, others[i].value);
  }
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* Amounts as large as they can be come back; days in the wrong order do not, also where the first
 * of them was told by an earlier act. */
static void
test_money_and_spans (void)
{
  g_auto (Penalty) penalty = { 0 };
  static const char paid[] = "'payment.route':'bank','payment.paid':%s,'payment.paid_on':'%s'";
  static const struct {
    const char *fen;
    const char *day;
    const char *rule;
  } payments[] = {
    { "0", "2025-01-02", NULL },
    { "9007199254740991", "2025-01-02", NULL },
    { "250000", "2025-01-04", "J-DATE" },
  };

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_DECIDED);
  for (gsize i = 0; i < G_N_ELEMENTS (payments); i++) {
    g_autofree char *args = g_strdup_printf (paid, payments[i].fen, payments[i].day);
    if (payments[i].rule == NULL)
      penalty_do (&penalty, "handler", "payment.record", args);
    else
      penalty_refuse (&penalty, "handler", "payment.record", payments[i].rule, args);
  }
  penalty_do (&penalty, "handler", "correction.order",
              "'correction.ordered_on':'2025-01-02','matter.correction_days':7");
  penalty_refuse (&penalty, "handler", "correction.recheck", "J-DATE",
                  "'correction.rechecked_on':'2025-01-01','conduct.is_corrected':true");
  penalty_refuse (&penalty, "handler", "lead.check", "J-DATE",
                  "'case.jurisdiction':'own','case.jurisdiction_checked_on':'2025-01-02',"
                  "'case.is_filed_elsewhere':false,'conduct.began_on':'2025-01-02',"
                  "'conduct.ended_on':'2025-01-01','conduct.found_on':'2025-01-02','conduct.place':"
                  "'某某路','conduct.is_in_area':true,'conduct.is_continuing':false,"
                  "'conduct.has_harm':false");
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static void
test_no_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_json); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzJson) json =
      jz_json_parse_long (no_json[i].bytes, strlen (no_json[i].bytes), 1024, &error);
    if (json != NULL)
      g_error ("%s was read", no_json[i].what);
    assert_sentence (error->message, NULL, no_json[i].what);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/bad-values/no-json", test_no_json);
  g_test_add_func ("/office/bad-values/texts", test_texts);
  g_test_add_func ("/office/bad-values/others", test_others);
  g_test_add_func ("/office/bad-values/money-and-spans", test_money_and_spans);
  return g_test_run ();
}
