/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/help/topic.h"

#include <locale.h>

#include "app/section.h"

static JzHelpTopic *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return jz_help_topic_parse ("a", bytes, error);
}

static void
assert_block (const JzHelpTopic *topic,
              guint i,
              JzHelpBlockKind kind,
              guint number,
              const char *markup)
{
  const JzHelpBlock *block;

  g_assert_cmpuint (i, <, topic->blocks->len);
  block = g_ptr_array_index (topic->blocks, i);
  g_assert_cmpint (block->kind, ==, kind);
  g_assert_cmpuint (block->number, ==, number);
  g_assert_cmpstr (block->markup, ==, markup);
}

static void
test_blocks (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzHelpTopic) topic = parse (
    "<topic title=\"T\"><h>A &amp; B</h><p>x</p><steps><step>one</step><step>two</step></steps>"
    "<list><item>i</item></list><steps><step>again</step></steps></topic>",
    &error);

  g_assert_no_error (error);
  g_assert_cmpstr (topic->id, ==, "a");
  g_assert_cmpstr (topic->title, ==, "T");
  g_assert_cmpuint (topic->blocks->len, ==, 6);
  assert_block (topic, 0, JZ_HELP_HEADING, 0, "A &amp; B");
  assert_block (topic, 1, JZ_HELP_PARAGRAPH, 0, "x");
  assert_block (topic, 2, JZ_HELP_STEP, 1, "one");
  assert_block (topic, 3, JZ_HELP_STEP, 2, "two");
  assert_block (topic, 4, JZ_HELP_ITEM, 0, "i");
  assert_block (topic, 5, JZ_HELP_STEP, 1, "again");
  g_assert_cmpstr (topic->plain, ==, "T\nA & B\nx\none\ntwo\ni\nagain\n");
}

static void
test_words (void)
{
  static const struct {
    const char *text;
    const char *markup;
  } cases[] = {
    { "press <key>Ctrl+K</key> now", "press <b>Ctrl+K</b> now" },
    { "<go to=\"desk\">d</go>", "<a href=\"juanzong:desk\">d</a>" },
    { "at <go to=\"a/b-c\">d &lt; e</go>.", "at <a href=\"juanzong:a/b-c\">d &lt; e</a>." },
    { "two\n   lines", "two lines" },
    { "  around  ", "around" },
    { "两行\n   之间", "两行之间" },
    { "按\n <key>F1</key>\n。", "按<b>F1</b> 。" },
    { "按 <key>F1</key> 键", "按 <b>F1</b> 键" },
    { "“卷宗”\n  是", "“卷宗” 是" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("<topic title=\"T\"><p>%s</p></topic>", cases[i].text);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzHelpTopic) topic = parse (text, &error);

    g_assert_no_error (error);
    assert_block (topic, 0, JZ_HELP_PARAGRAPH, 0, cases[i].markup);
  }
}

static void
test_wrong (void)
{
  static const char *const cases[] = {
    "",          "<topic/>",
    "<p>x</p>",  "<topic title=\"T\"><p>x</topic>",
    "no markup", "<topic title=\"T\"><p><go>x</go></p></topic>",
    "<topic",    "<topic title=\"T\"><p>",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzHelpTopic) topic = parse (cases[i], &error);

    g_assert_null (topic);
    g_assert_true (error != NULL && error->domain == G_MARKUP_ERROR);
  }
}

static void
test_matches (void)
{
  static const struct {
    const char *words;
    gboolean matches;
  } cases[] = {
    { "", TRUE },           { " ", TRUE },      { "口令", TRUE },        { "口", TRUE },
    { "忘记 新", TRUE },    { "ctrl+k", TRUE }, { "忘记\t证书", FALSE }, { "令口", FALSE },
    { "TITLE 口令", TRUE },
  };
  g_autoptr (JzHelpTopic) topic =
    parse ("<topic title=\"Title\"><p>忘记口令</p><p>新的 Ctrl+K</p></topic>", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (jz_help_topic_matches (topic, cases[i].words), ==, cases[i].matches);
}

static const JzHelpTopic *
find (GPtrArray *topics, const char *id)
{
  for (guint i = 0; i < topics->len; i++) {
    const JzHelpTopic *topic = g_ptr_array_index (topics, i);
    if (g_str_equal (topic->id, id))
      return topic;
  }
  return NULL;
}

/* A link leads to a topic that is there, or to a place that the window knows. */
static void
assert_link (GPtrArray *topics, const char *place)
{
  g_auto (GStrv) path = g_strsplit (place, "/", -1);
  guint n_used;

  if (g_str_equal (path[0], "help"))
    g_assert_nonnull (find (topics, path[1]));
  else
    g_assert_nonnull (jz_sections_find ((const char *const *)path, &n_used));
}

static guint
assert_links (GPtrArray *topics, const JzHelpTopic *topic)
{
  static const char start[] = "\"juanzong:";
  guint n_links = 0;

  for (guint i = 0; i < topic->blocks->len; i++) {
    const JzHelpBlock *block = g_ptr_array_index (topic->blocks, i);
    const char *link = block->markup;

    while ((link = strstr (link, start))) {
      g_autofree char *place = NULL;

      link += strlen (start);
      place = g_strndup (link, strcspn (link, "\""));
      assert_link (topics, place);
      n_links++;
    }
  }
  return n_links;
}

static void
test_shipped (void)
{
  static const char *const chinese[] = { "zh_CN.UTF-8", "zh_CN", "zh", "C", NULL };
  static const char *const english[] = { "en_GB", "C", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) in_chinese = jz_help_topics_load (chinese, &error);
  g_autoptr (GPtrArray) in_english = jz_help_topics_load (english, &error);
  guint n_links = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (in_chinese->len, >, 10);
  g_assert_cmpuint (in_chinese->len, ==, in_english->len);
  g_assert_cmpstr (((JzHelpTopic *)in_chinese->pdata[0])->id, ==, "first-day");
  for (guint i = 0; i < in_chinese->len; i++) {
    const JzHelpTopic *topic = g_ptr_array_index (in_chinese, i);
    const JzHelpTopic *other = g_ptr_array_index (in_english, i);

    g_assert_cmpstr (topic->id, ==, other->id);
    g_assert_cmpstr (topic->title, !=, other->title);
    g_assert_cmpuint (topic->blocks->len, ==, other->blocks->len);
    n_links += assert_links (in_chinese, topic);
    g_assert_cmpuint (assert_links (in_chinese, topic), ==, assert_links (in_english, other));
  }
  g_assert_cmpuint (n_links, >, 5);
}

static void
test_language (void)
{
  static const char *const taiwan[] = { "zh_TW", "zh", "C", NULL };
  static const char *const german[] = { "de_DE", "de", NULL };
  g_autoptr (GPtrArray) in_chinese = jz_help_topics_load (taiwan, NULL);
  g_autoptr (GPtrArray) in_english = jz_help_topics_load (german, NULL);

  g_assert_cmpstr (((JzHelpTopic *)in_chinese->pdata[0])->title, ==, "第一天");
  g_assert_cmpstr (((JzHelpTopic *)in_english->pdata[0])->title, ==, "The first day");
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/help/topic/blocks", test_blocks);
  g_test_add_func ("/app/help/topic/words", test_words);
  g_test_add_func ("/app/help/topic/wrong", test_wrong);
  g_test_add_func ("/app/help/topic/matches", test_matches);
  g_test_add_func ("/app/help/topic/shipped", test_shipped);
  g_test_add_func ("/app/help/topic/language", test_language);
  return g_test_run ();
}
