/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/law_index.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/half_width.h"
#include "base/sentence.h"
#include "forms/filling.h"
#include "office/case_view.h"

/* The laws that the rules of a case know, with the articles that some rule or matter rests on, to
 * be cited in a document (ux.md §5, F7; L-18). The texts of laws are not in the program, so an
 * article that no rule names can be cited too, with a word that it has to be compared. */

/* An article is told by so many of the rules that rest on it. */
#define MOST_TOLD 4

typedef struct {
  const JzCaseView *view;
  const JzMatter *matter; /* (nullable): of the case */
  JzDate date;            /* on which laws must be in force */
  JzLanguage language;
  JzJson *laws;
  GHashTable *known; /* (element-type utf8 JzJson): articles by law and number */
} Collecting;

static char *
dup_warning (const Collecting *self, const JzLaw *law)
{
  gboolean is_in_force = jz_date_compare (law->rule.in_force, self->date) <= 0 &&
                         (law->until.year == 0 || jz_date_compare (self->date, law->until) <= 0);
  char text[JZ_DATE_SIZE];

  if (is_in_force)
    return NULL;
  jz_date_format (self->date, text);
  g_autofree char *day = jz_filling_dup_date (text);
  return g_strdup_printf (_ ("Not in force on %s"), day);
}

static void
add_law (const Collecting *self, const JzLaw *law)
{
  JzJson *json = jz_json_new_object ();
  JzJson *articles = jz_json_new_array ();
  g_autofree char *warning = dup_warning (self, law);

  jz_json_set_text (json, "id", law->rule.id);
  jz_json_set_text (json, "law", jz_text_get (&law->rule.name, JZ_LANGUAGE_ZH));
  jz_json_set_text (json, "version", law->version != NULL ? law->version : "");
  if (warning != NULL)
    jz_json_set_text (json, "warning", warning);
  g_hash_table_insert (self->known, g_strdup (law->rule.id), articles);
  jz_json_set_member (json, "articles", articles);
  jz_json_append (self->laws, json);
}

/* "12" and "12(2)" are article 12; of a document that has no articles "(13)" is an item. */
static guint
read_article (const char *text, gboolean *is_item)
{
  const char *end = NULL;

  *is_item = g_str_has_prefix (text, "(") || g_str_has_prefix (text, "（");
  if (*is_item)
    text = g_utf8_next_char (text);
  return jz_chinese_number_read (text, &end);
}

static JzJson *
find_article (const Collecting *self, const JzCitation *citation)
{
  JzJson *articles = g_hash_table_lookup (self->known, citation->law);
  gboolean is_item = FALSE;
  guint number = read_article (citation->article, &is_item);
  g_autofree char *key = g_strdup_printf ("%s %s%u", citation->law, is_item ? "-" : "", number);
  JzJson *article = g_hash_table_lookup (self->known, key);

  if (article != NULL || number == 0)
    return article;
  article = jz_json_new_object ();
  jz_json_set_integer (article, "number", number);
  jz_json_set_boolean (article, "is_item", is_item);
  jz_json_set_text (article, "about", "");
  jz_json_set_integer (article, "n_told", 0);
  jz_json_append (articles, article);
  g_hash_table_insert (self->known, g_steal_pointer (&key), article);
  return article;
}

static void
tell (JzJson *article, const char *name)
{
  const char *about = jz_json_get_member_text (article, "about");
  gint64 n_told = jz_json_get_member_integer (article, "n_told", 0);

  if (n_told >= MOST_TOLD || strstr (about, name) != NULL)
    return;
  /* Translators: stands between the parts of one thing. */
  g_autofree char *longer = g_strdup_printf ("%s%s%s", about, n_told > 0 ? _ (", ") : "", name);
  jz_json_set_text (article, "about", longer);
  jz_json_set_integer (article, "n_told", n_told + 1);
}

static void
add_citation (const Collecting *self, const JzCitation *citation, const JzRule *rule)
{
  JzJson *article =
    citation->law != NULL && citation->article != NULL ? find_article (self, citation) : NULL;

  if (article == NULL)
    return;
  tell (article, jz_text_get (&rule->name, self->language));
  if (self->matter != NULL && rule == &self->matter->rule)
    jz_json_set_boolean (article, "own", TRUE);
}

static void
add_rules (const Collecting *self, JzRuleKind kind)
{
  const GPtrArray *rules = jz_rulebook_get_rules (self->view->rulebook, kind);

  for (guint i = 0; i < rules->len; i++) {
    const JzRule *rule = g_ptr_array_index (rules, i);
    for (guint j = 0; j < rule->bases->len; j++)
      add_citation (self, &g_array_index (rule->bases, JzCitation, j), rule);
    if (kind != JZ_RULE_MATTER)
      continue;
    add_citation (self, &((const JzMatter *)rule)->violates, rule);
    add_citation (self, &((const JzMatter *)rule)->punished_by, rule);
  }
}

/* What a decision cites was in force on the day of the conduct. */
static JzDate
get_date (const JzCaseView *view)
{
  JzDate date;

  return jz_date_parse (jz_stated_get_text (view->stated, "conduct.ended_on"), &date, NULL)
           ? date
           : view->today;
}

/**
 * jz_law_index_new:
 * @office: an office
 * @reader: a connection that reads
 * @case_id: a case
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the laws of the rules that the case has, for
 *   jz_law_index_find(); stands by itself, on any thread
 */
JzJson *
jz_law_index_new (JzOffice *office, JzConnection *reader, const char *case_id, GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) laws = jz_json_new_array ();

  if (!jz_case_view_open (&view, reader, jz_store_get_objects (jz_office_get_store (office)),
                          case_id, now, error))
    return NULL;
  if (view.rulebook == NULL)
    return g_steal_pointer (&laws);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Collecting collecting = {
    &view, NULL, get_date (&view), jz_language_get_current (), laws, known
  };
  const GPtrArray *rules = jz_rulebook_get_rules (view.rulebook, JZ_RULE_LAW);
  collecting.matter = (const JzMatter *)jz_rulebook_find (
    view.rulebook, JZ_RULE_MATTER, jz_stated_get_text (view.stated, "matter.id"));
  for (guint i = 0; i < rules->len; i++)
    add_law (&collecting, g_ptr_array_index (rules, i));
  /* What a matter rests on is told before what rests on it by the way. */
  add_rules (&collecting, JZ_RULE_MATTER);
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++)
    if (kind != JZ_RULE_MATTER && kind != JZ_RULE_LAW)
      add_rules (&collecting, (JzRuleKind)kind);
  return g_steal_pointer (&laws);
}

/* What was typed: words, and perhaps article, paragraph and item. */
typedef struct {
  GPtrArray *words; /* (element-type utf8) */
  guint numbers[3];
  guint n_numbers;
} Typed;

static gboolean
skip (const char **at, const char *word)
{
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

/* 57, 57.2, 第五十七条第二款第（一）项 */
static gboolean
take_numbers (Typed *self, const char *token)
{
  static const char *const around[] = { "第", "（", "(", "）", ")", "条", "款", "项", ".", "-" };
  guint numbers[3] = { 0 };
  guint n = 0;
  const char *at = token;

  while (*at != '\0') {
    gboolean is_skipped = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (around) && !is_skipped; i++)
      is_skipped = skip (&at, around[i]);
    if (is_skipped)
      continue;
    const char *end = NULL;
    guint number = jz_chinese_number_read (at, &end);
    if (number == 0 || n == G_N_ELEMENTS (numbers))
      return FALSE;
    numbers[n++] = number;
    at = end;
  }
  for (guint i = 0; i < n && self->n_numbers < G_N_ELEMENTS (self->numbers); i++)
    self->numbers[self->n_numbers++] = numbers[i];
  return n > 0;
}

static void
take_token (Typed *self, const char *token)
{
  const char *digit = strpbrk (token, "0123456789");

  if (*token == '\0' || take_numbers (self, token))
    return;
  /* 处罚法57 */
  if (digit != NULL && digit > token && take_numbers (self, digit)) {
    g_autofree char *word = g_strndup (token, (gsize)(digit - token));
    if (g_str_has_suffix (word, "第"))
      word[strlen (word) - strlen ("第")] = '\0';
    g_ptr_array_add (self->words, g_steal_pointer (&word));
    return;
  }
  g_ptr_array_add (self->words, g_strdup (token));
}

static void
read_typed (Typed *self, const char *typed)
{
  g_autofree char *narrow = jz_half_width_dup (typed);
  g_auto (GStrv) tokens = g_strsplit_set (narrow, " ", -1);

  *self = (Typed){ .words = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0; tokens[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (tokens[i], "《", -1);
    g_autofree char *opened = g_strjoinv ("", parts);
    g_auto (GStrv) rest = g_strsplit (opened, "》", -1);
    for (guint j = 0; rest[j] != NULL; j++)
      take_token (self, rest[j]);
  }
}

static gboolean
has_words (const Typed *self, const char *text, const char *more)
{
  for (guint i = 0; i < self->words->len; i++) {
    const char *word = g_ptr_array_index (self->words, i);
    if (strstr (text, word) == NULL && strstr (more, word) == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
set_number (JzJson *row, const char *name, const char *pattern, guint number)
{
  g_autofree char *digits = number > 0 ? jz_chinese_number_dup (number) : NULL;
  g_auto (GStrv) parts = g_strsplit (pattern, "%", 2);
  g_autofree char *text =
    digits != NULL ? g_strconcat (parts[0], digits, parts[1], NULL) : g_strdup ("");

  jz_json_set_text (row, name, text);
}

/* A law that is not in force is told apart by its version. */
static void
add_row (JzJson *rows, const JzJson *law, const guint *numbers, gboolean is_item, const char *about)
{
  JzJson *row = jz_json_new_object ();
  const char *warning = jz_json_get_member_text (law, "warning");
  const char *version = jz_json_get_member_text (law, "version");
  const char *name = jz_json_get_member_text (law, "law");

  jz_json_set_text (row, "law", name);
  jz_json_set_text (row, "version", version);
  set_number (row, "article", "第%条", is_item ? 0 : numbers[0]);
  set_number (row, "paragraph", "第%款", is_item ? 0 : numbers[1]);
  set_number (row, "item", "第（%）项", is_item ? numbers[0] : numbers[2]);
  g_autofree char *text = g_strdup_printf (
    "《%s》%s%s%s%s%s%s", name, warning != NULL ? "（" : "", warning != NULL ? version : "",
    warning != NULL ? "）" : "", jz_json_get_member_text (row, "article"),
    jz_json_get_member_text (row, "paragraph"), jz_json_get_member_text (row, "item"));
  jz_json_set_text (row, "text", text);
  jz_json_set_text (row, "title", text);
  jz_json_set_text (row, "detail", about);
  if (warning != NULL)
    jz_json_set_text (row, "warning", warning);
  jz_json_append (rows, row);
}

static gboolean
is_meant (const Typed *self, const JzJson *article)
{
  return self->n_numbers == 0 ||
         self->numbers[0] == jz_json_get_member_integer (article, "number", 0);
}

/* Of one law the articles of the case's own matter, or all others. Returns: whether it has such as
 * were typed. */
static gboolean
add_articles (JzJson *rows, const JzJson *law, const Typed *typed, gboolean is_own)
{
  const JzJson *articles = jz_json_get_member (law, "articles");
  gboolean is_known = FALSE;

  for (guint i = 0; i < jz_json_get_n_items (articles); i++) {
    const JzJson *article = jz_json_get_item (articles, i);
    const guint numbers[3] = { (guint)jz_json_get_member_integer (article, "number", 0),
                               typed->numbers[1], typed->numbers[2] };
    const char *about = jz_json_get_member_text (article, "about");
    if (!is_meant (typed, article) ||
        !has_words (typed, jz_json_get_member_text (law, "law"), about))
      continue;
    is_known = TRUE;
    if (jz_json_get_member_boolean (article, "own", FALSE) == is_own)
      add_row (rows, law, numbers, jz_json_get_member_boolean (article, "is_item", FALSE), about);
  }
  return is_known;
}

/* Whoever names a law gets it, whether or not some rule rests on that article of it. */
static void
add_law_itself (JzJson *rows, const JzJson *law, const Typed *typed)
{
  if (typed->words->len > 0 && has_words (typed, jz_json_get_member_text (law, "law"), ""))
    add_row (rows, law, typed->numbers, FALSE,
             typed->n_numbers > 0
               ? _ ("No rule rests on this article; compare it with the text of the law.")
               : _ ("the law as a whole"));
}

static void
add_laws (JzJson *rows, const JzJson *index, const Typed *typed, gboolean is_past)
{
  for (guint i = 0; i < jz_json_get_n_items (index); i++) {
    const JzJson *law = jz_json_get_item (index, i);
    if ((jz_json_get_member_text (law, "warning") != NULL) != is_past)
      continue;
    if (!add_articles (rows, law, typed, FALSE) || typed->n_numbers == 0)
      add_law_itself (rows, law, typed);
  }
}

/**
 * jz_law_index_find:
 * @index: laws, as of jz_law_index_new()
 * @typed: words of a law or of what it is about, and numbers of article, paragraph and item
 *
 * Returns: (transfer full): citations, those of the case's own matter first and those that are not
 *   in force last: an array of `law`, `version`, `article`, `paragraph`, `item`, `text` as it is
 *   written in a document, `title`, `detail` and where it is not in force `warning`
 */
JzJson *
jz_law_index_find (const JzJson *index, const char *typed)
{
  g_return_val_if_fail (index != NULL && typed != NULL, NULL);

  JzJson *rows = jz_json_new_array ();
  Typed read;

  read_typed (&read, typed);
  for (guint i = 0; i < jz_json_get_n_items (index); i++)
    (void)add_articles (rows, jz_json_get_item (index, i), &read, TRUE);
  add_laws (rows, index, &read, FALSE);
  add_laws (rows, index, &read, TRUE);
  g_ptr_array_unref (read.words);
  return rows;
}
