/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/wording.h"

#include <string.h>

#include "base/sentence.h"

/* What can be carried from one document to another of the same form (ux.md §5): wording, and never
 * whom, where, when or how much. It goes sentence by sentence; one that names anything of the other
 * case stays behind as a whole, for with a gap in it nobody would know what it said. */

/* What a number counts when it is more than a way of speaking. */
static const char *const counted[] = { "元", "万", "亿", "年", "月", "时", "点", "号", "米", "平",
                                       "立", "公", "千", "克", "吨", "升", "亩", "件", "台", "辆",
                                       "只", "箱", "袋", "瓶", "块", "处", "棵", "株", "人", "名",
                                       "户", "次", "层", "度", "岁", "天", "％", "%" };

static gboolean
is_numeral (gunichar character)
{
  static const char numerals[] = "〇零一二三四五六七八九十百千万两";
  return g_utf8_strchr (numerals, -1, character) != NULL;
}

static gboolean
is_digit (gunichar character)
{
  return g_unichar_isdigit (character);
}

static gboolean
is_counted (const char *at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (counted); i++)
    if (g_str_has_prefix (at, counted[i]))
      return TRUE;
  /* A day of the calendar; within fifteen days is a way of speaking of the law. */
  return g_str_has_prefix (at, "日") && !g_str_has_prefix (at, "日内");
}

/* Articles and items are cited in wording. */
static gboolean
is_ordinal (const char *text, const char *at)
{
  static const char *const before[] = { "第", "（", "(" };
  for (gsize i = 0; i < G_N_ELEMENTS (before); i++) {
    gsize length = strlen (before[i]);
    if ((gsize)(at - text) >= length && strncmp (at - length, before[i], length) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_wording_has_figure:
 * @sentence: a sentence
 *
 * Returns: whether it says a date, an amount, a quantity or a number of anything
 */
gboolean
jz_wording_has_figure (const char *sentence)
{
  g_return_val_if_fail (sentence != NULL, FALSE);

  const char *at = sentence;
  while (*at != '\0') {
    gunichar character = g_utf8_get_char (at);
    if (is_digit (character))
      return TRUE;
    if (!is_numeral (character)) {
      at = g_utf8_next_char (at);
      continue;
    }
    const char *end = at;
    while (is_numeral (g_utf8_get_char (end)))
      end = g_utf8_next_char (end);
    if (!is_ordinal (sentence, at) && is_counted (end))
      return TRUE;
    at = end;
  }
  return FALSE;
}

static void
add (GHashTable *texts, const char *text)
{
  g_autofree char *copy = g_strstrip (g_strdup (text));
  if (g_utf8_strlen (copy, -1) >= 2)
    g_hash_table_add (texts, g_steal_pointer (&copy));
}

/* Of a table only columns of people: those of goods and of evidence say what things are called. */
static gboolean
tells_of_people (const JzFormField *column)
{
  static const char *const words[] = { "姓名", "人", "者" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (column->label.zh, words[i]) != NULL)
      return TRUE;
  return column->type == JZ_FIELD_IDCODE || column->type == JZ_FIELD_ADDRESS;
}

static void collect_value (const JzFormField *field, const JzJson *value, GHashTable *texts);

static void
collect_members (const JzFormField *field, const JzJson *value, GHashTable *texts)
{
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    if (field->type != JZ_FIELD_TABLE || tells_of_people (member))
      collect_value (member, jz_json_get_member (value, member->name), texts);
  }
}

static void
collect_value (const JzFormField *field, const JzJson *value, GHashTable *texts)
{
  if (value == NULL || field->type == JZ_FIELD_LONGTEXT)
    return;
  if (jz_json_get_kind (value) == JZ_JSON_ARRAY) {
    for (guint i = 0; i < jz_json_get_n_items (value); i++)
      if (jz_json_get_kind (jz_json_get_item (value, i)) == JZ_JSON_OBJECT)
        collect_members (field, jz_json_get_item (value, i), texts);
  } else if (jz_json_get_kind (value) == JZ_JSON_OBJECT) {
    collect_members (field, value, texts);
  } else if (field->type == JZ_FIELD_TEXT || field->type == JZ_FIELD_ADDRESS ||
             field->type == JZ_FIELD_IDCODE) {
    add (texts, jz_json_get_text (value));
  }
}

/**
 * jz_wording_collect:
 * @filling: the values of a document
 * @texts: (element-type utf8): a set that is added to
 *
 * Adds the short texts of a document: names, places, numbers, what the matter is called; and what
 * firms are called for short.
 */
void
jz_wording_collect (const JzFilling *filling, GHashTable *texts)
{
  g_return_if_fail (filling != NULL && texts != NULL);

  const JzForm *form = jz_filling_get_form (filling);
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    /* Laws are cited by name in any wording. */
    if (g_strcmp0 (field->composite, "law") != 0)
      collect_value (field, jz_filling_find (filling, field->name), texts);
  }
}

/**
 * jz_wording_dup_short_name:
 * @name: name of a party
 *
 * Returns: (transfer full) (nullable): what a firm is called for short, its name up to what kind of
 *   firm it is; %NULL where there is no shorter name
 */
char *
jz_wording_dup_short_name (const char *name)
{
  static const char *const kinds[] = { "有限", "股份", "集团",   "公司",   "厂",    "店",
                                       "馆",   "中心", "合作社", "经营部", "工作室" };
  const char *end = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    const char *found = strstr (name, kinds[i]);
    if (found != NULL && (end == NULL || found < end))
      end = found;
  }
  if (end == NULL || g_utf8_strlen (name, end - name) < 2)
    return NULL;
  return g_strndup (name, (gsize)(end - name));
}

static gboolean
has_any (const char *sentence, GHashTable *texts)
{
  GHashTableIter iter;
  gpointer text;
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    if (strstr (sentence, text) != NULL)
      return TRUE;
  return FALSE;
}

/* Without what both cases have in common, such as the name of the bureau. */
static char *
dup_without (const char *sentence, GHashTable *common)
{
  g_autoptr (GString) rest = g_string_new (sentence);
  GHashTableIter iter;
  gpointer text;
  g_hash_table_iter_init (&iter, common);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    g_string_replace (rest, text, "\n", 0);
  return g_string_free (g_steal_pointer (&rest), FALSE);
}

typedef struct {
  GHashTable *particulars;
  GHashTable *common;
  JzJson *carried;
  guint n_left_out;
} Carrying;

static gboolean
is_free (const Carrying *self, const char *sentence)
{
  g_autofree char *rest = dup_without (sentence, self->common);
  return !jz_wording_has_figure (sentence) && !has_any (rest, self->particulars);
}

/* Paragraphs stay paragraphs. */
static char *
dup_free (Carrying *self, const char *text)
{
  g_autoptr (GArray) sentences = jz_sentences_split (text);
  g_autoptr (GString) kept = g_string_new (NULL);
  const char *end = text;
  for (guint i = 0; i < sentences->len; i++) {
    const JzSentence *sentence = &g_array_index (sentences, JzSentence, i);
    g_autofree char *words = jz_sentence_dup (text, sentence);
    gboolean is_new =
      kept->len > 0 && memchr (end, '\n', (gsize)(text + sentence->start - end)) != NULL;
    if (!is_free (self, words)) {
      self->n_left_out++;
      continue;
    }
    end = text + sentence->end;
    g_string_append_printf (kept, "%s%s", is_new ? "\n" : "", words);
  }
  return g_string_free (g_steal_pointer (&kept), FALSE);
}

static void
carry_text (Carrying *self, const char *path, const char *text)
{
  g_autofree char *kept = dup_free (self, text);
  if (*kept == '\0')
    return;
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "path", path);
  jz_json_set_text (json, "text", kept);
  jz_json_append (self->carried, json);
}

/* Only questions: what was answered, and what was seen at a place, nobody says a second time. */
static void
carry_questions (Carrying *self, const JzFormField *field, const JzJson *rounds)
{
  guint n = 0;
  for (guint i = 0; rounds != NULL && i < jz_json_get_n_items (rounds); i++) {
    const char *question = jz_json_get_member_text (jz_json_get_item (rounds, i), "q");
    if (question == NULL || *question == '\0')
      continue;
    g_autofree char *path = g_strdup_printf ("%s[%u].q", field->name, n + 1);
    guint n_before = jz_json_get_n_items (self->carried);
    carry_text (self, path, question);
    n += jz_json_get_n_items (self->carried) - n_before;
  }
}

/* What others write who pass it on is theirs. */
static gboolean
is_written_freely (const JzFormField *field)
{
  return field->type == JZ_FIELD_LONGTEXT && !field->is_list &&
         !g_str_has_prefix (field->name, "opinion_");
}

/**
 * jz_wording_carry:
 * @from: the values of a document
 * @to: the values of a document of the same form, in another case
 * @particulars: (element-type utf8): what no sentence may name
 * @common: (element-type utf8): what it may name all the same
 * @n_left_out: (out): how many sentences stay behind
 *
 * Looks for the wording that can be carried into those texts of @to that are empty. Of a record
 * only the questions can.
 *
 * Returns: (transfer full): an array of `path` and `text`
 */
JzJson *
jz_wording_carry (const JzFilling *from,
                  const JzFilling *to,
                  GHashTable *particulars,
                  GHashTable *common,
                  guint *n_left_out)
{
  g_return_val_if_fail (from != NULL && to != NULL, NULL);
  g_return_val_if_fail (particulars != NULL && common != NULL && n_left_out != NULL, NULL);

  Carrying self = { particulars, common, jz_json_new_array (), 0 };
  const JzForm *form = jz_filling_get_form (to);
  gboolean is_record = jz_form_get_kind (form) == JZ_FORM_RECORD;
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    const JzFormField *other = jz_form_find_field (jz_filling_get_form (from), field->name);
    const JzJson *value = jz_filling_find (from, field->name);
    if (other == NULL || other->type != field->type || jz_filling_is_empty (value) ||
        !jz_filling_is_empty (jz_filling_find (to, field->name)))
      continue;
    if (g_strcmp0 (field->composite, "qa-list") == 0)
      carry_questions (&self, field, value);
    else if (!is_record && is_written_freely (field))
      carry_text (&self, field->name, jz_json_get_text (value));
  }
  *n_left_out = self.n_left_out;
  return self.carried;
}
