/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/form_load.h"

#include <string.h>

#include "base/error.h"
#include "rules/vocabulary.h"

#define L(text) "<label xml:lang='zh-CN'>" text "</label>"
#define TITLE "<title xml:lang='zh-CN'>某表</title>"
#define NAME "<field name='a' type='text'>" L ("甲") "</field>"
#define FORM(fields, rest)                                                                         \
  "<form id='x' version='1' kind='table' external='no' flow='H'>\n" TITLE "\n<fields>" fields      \
  "</fields>\n" rest "</form>"
#define BODY(parts) "<body>" parts "</body>"
#define BLOCKS(content) "<blocks>" content "</blocks>"

static JzForm *
load (const char *text, const char *blocks_text, const JzVocabulary *vocabulary, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (JzFormBlocks) blocks = NULL;
  if (blocks_text != NULL) {
    g_autoptr (GBytes) other = g_bytes_new (blocks_text, strlen (blocks_text));
    blocks = jz_form_blocks_load (other, "b.xml", error);
    g_assert_nonnull (blocks);
  }
  return jz_form_load (bytes, "f.xml", blocks, vocabulary, error);
}

/* Every form that is shipped is right by the vocabulary of facts that is shipped. */
static void
test_shipped (void)
{
  static const char *const expected[] = {
    "case_filing_approval",  "case_record",
    "collective_discussion", "file_index",
    "inquiry_record",        "investigation_report",
    "legal_review_opinion",  "no_penalty_decision",
    "penalty_decision",      "penalty_notice",
    "preserve_notice",       "scene_record",
    "service_receipt",       NULL,
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_autoptr (JzFactVocabulary) facts = jz_fact_vocabulary_load_shipped (&error);
  g_assert_no_error (error);
  JzVocabulary vocabulary;
  jz_fact_vocabulary_get_interface (facts, &vocabulary);
  g_assert_true (g_strv_equal ((const char *const *)ids, expected));
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = jz_form_load_shipped (ids[i], &vocabulary, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (jz_form_get_id (form), ==, ids[i]);
    g_assert_cmpuint (jz_form_get_n_fields (form), >=, 5);
    g_assert_cmpstr (jz_form_get_title (form, NULL), !=, jz_form_get_title (form, "en"));
    g_autoptr (JzForm) without = jz_form_load_shipped (ids[i], NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (jz_form_get_n_checks (form), ==, jz_form_get_n_checks (without));
  }
  g_assert_null (jz_form_load_shipped ("../schemas/form", NULL, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE);
}

/* The six things of Article 59 have their fields. */
static void
test_elements (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) form = jz_form_load_shipped ("penalty_decision", NULL, &error);
  g_assert_no_error (error);
  guint n = 0;
  for (guint i = 0; i < jz_form_get_n_elements (form); i++) {
    const JzFormElement *element = jz_form_get_element (form, i);
    n += strcmp (element->article, "五十九") == 0;
    for (guint j = 0; element->fields[j] != NULL; j++)
      g_assert_nonnull (jz_form_find_field (form, element->fields[j]));
  }
  g_assert_cmpuint (n, ==, 6);
  g_assert_cmpstr (jz_form_get_number_code (form), ==, "罚决");
  g_assert_cmpstr (jz_form_get_seal (form), ==, "organ");
  g_assert_cmpstr (jz_form_get_served (form), ==, "yes");
  g_assert_cmpstr (jz_form_get_publicity (form), ==, "yes");
  g_assert_true (jz_form_is_external (form));
  g_assert_cmpstr (jz_form_get_flow (form), ==, "H U L R");
}

static const struct {
  const char *text;
  const char *blocks;
  const char *start; /* of the message */
  const char *part;  /* in it */
} wrong[] = {
  { FORM ("<include block='none'/>", BODY ("")), NULL, "f.xml:3:9: ", "none" },
  { FORM (NAME NAME, BODY ("")), NULL, "f.xml:3:78: ", "“a”" },
  { FORM ("<field name='a' type='nothing'>" L ("甲") "</field>", BODY ("")), NULL,
    "f.xml:3:9: ", "nothing" },
  { FORM ("<field name='a' type='text'><label xml:lang='en'>A</label></field>", BODY ("")), NULL,
    "f.xml:3:9: ", "label" },
  { FORM ("<field name='a' type='choice'>" L ("甲") "</field>", BODY ("")), NULL,
    "f.xml:3:9: ", "“a”" },
  { FORM ("<field name='a' type='text' when='doc.b = 1'>" L ("甲") "</field>", BODY ("")), NULL,
    "f.xml:3:9: ", "doc.b" },
  { FORM (NAME, BODY ("<p when='doc.a = 1'>甲</p>")), NULL, "f.xml:4:7: ", "doc.a = 1" },
  { FORM (NAME, BODY ("<p when='case.number = 1'>甲</p>")), NULL, "f.xml:4:7: ", "case.number" },
  { FORM (NAME, BODY ("<p><f name='b'/></p>")), NULL, "f.xml:4:10: ", "“b”" },
  { FORM (NAME, BODY ("<p><f name='a.b'/></p>")), NULL, "f.xml:4:10: ", "a.b" },
  { FORM (NAME, BODY ("<p><f name='row.a'/></p>")), NULL, "f.xml:4:10: ", "row.a" },
  { FORM (NAME, BODY ("<p><f name='a' show='capitals'/></p>")), NULL, "f.xml:4:10: ", "capitals" },
  { FORM (NAME, BODY ("<p><w id='gone'/></p>")), NULL, "f.xml:4:10: ", "gone" },
  { FORM (NAME, "<wording id='w'><w id='w'/></wording>" BODY ("<p><w id='w'/></p>")), NULL,
    "f.xml:4:1: ", "40" },
  { FORM (NAME, BODY ("<list field='a'/>")), NULL, "f.xml:4:7: ", "“a”" },
  { FORM (NAME, BODY ("<sign field='a'>甲</sign>")), NULL, "f.xml:4:7: ", "“a”" },
  { FORM (NAME, BODY ("<grid><row widths='10'><label>甲</label><cell/></row></grid>")), NULL,
    "f.xml:4:13: ", "2" },
  { FORM ("<field name='a' type='money' sum-of='b.c'>" L ("甲") "</field>", BODY ("")), NULL,
    "f.xml:3:9: ", "b.c" },
  { FORM ("<field name='a' type='longtext' proved-by='b'>" L ("甲") "</field>", BODY ("")), NULL,
    "f.xml:3:9: ", "“b”" },
  { FORM (NAME "<field name='b' type='signature' many='yes'>" L ("乙") "</field>",
          BODY ("<sign field='b' of='a'>甲</sign>")),
    BLOCKS ("<type id='signature'><field name='name' type='text'>" L ("名") "</field></type>"),
    "f.xml:4:7: ", "“a”" },
  { FORM (NAME,
          BODY ("") "<check rule='FC-1' level='error' field='a' that='doc.a'>"
                    "<say xml:lang='zh-CN'>错</say></check>"),
    NULL, "f.xml:4:14: ", "doc.a" },
  { FORM (NAME,
          BODY ("") "<statute law='法' version='1' article='一'><element fields='a z'>甲"
                    "</element></statute>"),
    NULL, "f.xml:4:55: ", "“z”" },
  { FORM ("<include block='one'/>", BODY ("")),
    BLOCKS ("<block id='one'><fields><include block='two'/></fields></block>"
            "<block id='two'><fields><include block='one'/></fields></block>"),
    "b.xml:1:96: ", "one" },
  { FORM ("<field name='a' type='t'>" L ("甲") "</field>", BODY ("")),
    BLOCKS ("<type id='t'><field name='b' type='t'>" L ("乙") "</field></type>"),
    "b.xml:1:22: ", "“t”" },
  { FORM (NAME, BODY ("<nonsense/>")), NULL, "f.xml:4:7: ", "nonsense" },
  { "<!DOCTYPE form [<!ENTITY a 'b'>]><form/>", NULL, "f.xml:1:1: ", "" },
  { BLOCKS (""), NULL, "f.xml:1:1: ", "<form>" },
};

static void
test_wrong (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzForm) form = load (wrong[i].text, wrong[i].blocks, NULL, &error);
    g_test_message ("%u: %s", i, error != NULL ? error->message : "no error");
    g_assert_null (form);
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, wrong[i].start));
    g_assert_nonnull (strstr (error->message, wrong[i].part));
  }
}

/* Expressions over facts are checked as soon as there is a vocabulary. */
static void
test_vocabulary (void)
{
  static const char text[] = FORM (
    "<field name='a' type='text'>" L ("甲") "<default>case.nothing</default></field>", BODY (""));
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) without = load (text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JzFactVocabulary) facts = jz_fact_vocabulary_load_shipped (&error);
  JzVocabulary vocabulary;
  jz_fact_vocabulary_get_interface (facts, &vocabulary);
  g_autoptr (JzForm) with = load (text, NULL, &vocabulary, &error);
  g_assert_null (with);
  g_assert_true (g_str_has_prefix (error->message, "f.xml:3:"));
  g_assert_nonnull (strstr (error->message, "case.nothing"));
}

/* The form's own wording comes before that of a block. */
static void
test_wording (void)
{
  static const char blocks[] =
    BLOCKS ("<block id='b'><wording id='w'>块</wording><body><p><w id='w'/></p></body></block>");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) own =
    load (FORM (NAME, "<wording id='w'>省</wording>" BODY ("<include block='b'/>")), blocks, NULL,
          &error);
  g_assert_no_error (error);
  g_autoptr (JzForm) shared =
    load (FORM (NAME, BODY ("<include block='b'/>")), blocks, NULL, &error);
  g_assert_no_error (error);
  const JzForm *forms[] = { own, shared };
  static const char *const texts[] = { "省", "块" };
  for (guint i = 0; i < 2; i++) {
    const JzBodyNode *paragraph = g_ptr_array_index (jz_form_get_body (forms[i])->parts, 0);
    const JzBodyNode *span = g_ptr_array_index (paragraph->parts, 0);
    const JzBodyNode *leaf = g_ptr_array_index (span->parts, 0);
    g_assert_cmpstr (span->text, ==, "w");
    g_assert_cmpstr (leaf->text, ==, texts[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/form-load/elements", test_elements);
  g_test_add_func ("/forms/form-load/shipped", test_shipped);
  g_test_add_func ("/forms/form-load/vocabulary", test_vocabulary);
  g_test_add_func ("/forms/form-load/wording", test_wording);
  g_test_add_func ("/forms/form-load/wrong", test_wrong);
  return g_test_run ();
}
