/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/money.h"
#include "forms/filling-private.h"
#include "forms/form-private.h"

/* What is wrong with the values of a document: by the types of its fields here and in
 * filling_composite.c, then by the conditions that the form sets. */

#define MAX_CHECK_STEPS 1000000
#define LEFT_OPEN "{}"

/**
 * jz_finding_free:
 * @self: (transfer full): a finding
 *
 * Frees a finding.
 */
void
jz_finding_free (JzFinding *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->field);
  g_free (self->rule);
  g_free (self->sentence);
  g_free (self);
}

void
jz_filling_walk_add (JzFillingWalk *self,
                     const char *path,
                     JzFindingLevel level,
                     const char *rule,
                     char *sentence)
{
  JzFinding *finding = g_new0 (JzFinding, 1);
  finding->field = g_strdup (path);
  finding->level = level;
  finding->rule = g_strdup (rule);
  finding->sentence = sentence;
  g_ptr_array_add (self->findings, finding);
}

static void
add_error (JzFillingWalk *self, const char *path, const char *rule, char *sentence)
{
  jz_filling_walk_add (self, path, JZ_FINDING_ERROR, rule, sentence);
}

/* For sentences, which have no place for longer numbers. */
static int
get_int (gint64 number)
{
  return (int)CLAMP (number, 0, G_MAXINT);
}

static void
walk_length (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  gint64 length = g_utf8_strlen (text, -1);
  if (field->has_most && length > field->most)
    add_error (self, path, NULL,
               g_strdup_printf (_ ("%s has %d characters; at most %d are allowed."),
                                field->label.zh, get_int (length), get_int (field->most)));
  if (field->has_least && length < field->least)
    add_error (self, path, NULL,
               g_strdup_printf (_ ("%s has %d characters; at least %d are needed."),
                                field->label.zh, get_int (length), get_int (field->least)));
  if (field->type != JZ_FIELD_LONGTEXT && strchr (text, '\n') != NULL)
    add_error (self, path, NULL,
               g_strdup_printf (_ ("%s is one line and contains a line break; take it out."),
                                field->label.zh));
}

static void
walk_words (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  for (guint i = 0; i < field->avoided->len; i++) {
    const char *word = g_ptr_array_index (field->avoided, i);
    if (strstr (text, word) != NULL)
      jz_filling_walk_add (self, path, JZ_FINDING_WARNING, NULL,
                           g_strdup_printf (_ ("“%s” does not belong in %s; say it otherwise."),
                                            word, field->label.zh));
  }
  if (strpbrk (text, LEFT_OPEN) != NULL)
    add_error (
      self, path, "FC-42",
      g_strdup_printf (_ ("%s still contains a brace of a pattern; fill it in."), field->label.zh));
}

static void
walk_date (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  JzDate date;
  if (!jz_date_parse (text, &date, NULL)) {
    add_error (self, path, NULL,
               g_strdup_printf (_ ("%s is not a day that exists; write it as 2026-03-02."),
                                field->label.zh));
    return;
  }
  if (!field->may_be_future && jz_date_compare (date, jz_instant_get_date (self->now)) > 0)
    add_error (self, path, "FC-08",
               g_strdup_printf (_ ("%s lies in the future; correct the day."), field->label.zh));
}

static void
walk_minute (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  JzInstant instant;
  if (!jz_filling_parse_minute (text, &instant)) {
    add_error (
      self, path, NULL,
      g_strdup_printf (_ ("%s is not a day and time that exist; write them as 2026-03-02T09:30."),
                       field->label.zh));
    return;
  }
  if (!field->may_be_future && instant > self->now)
    add_error (self, path, "FC-08",
               g_strdup_printf (_ ("%s lies in the future; correct the time."), field->label.zh));
}

static gboolean
is_decimal (const char *text)
{
  const char *at = text + (*text == '-');
  gsize n_digits = strspn (at, "0123456789");
  if (n_digits == 0 || n_digits > 15)
    return FALSE;
  at += n_digits;
  if (*at != '.')
    return *at == '\0';
  n_digits = strspn (++at, "0123456789");
  return n_digits > 0 && n_digits <= 6 && at[n_digits] == '\0';
}

static void
walk_choice (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  for (guint i = 0; i < field->choices->len; i++) {
    const JzFormChoice *choice = g_ptr_array_index (field->choices, i);
    if (strcmp (choice->value, text) == 0)
      return;
  }
  add_error (self, path, NULL,
             g_strdup_printf (_ ("%s has no choice of this name; choose one of those offered."),
                              field->label.zh));
}

static void
walk_text (JzFillingWalk *self, const JzFormField *field, const char *text, const char *path)
{
  switch (field->type) {
  case JZ_FIELD_DATE:
    walk_date (self, field, text, path);
    return;
  case JZ_FIELD_DATETIME:
    walk_minute (self, field, text, path);
    return;
  case JZ_FIELD_CHOICE:
    walk_choice (self, field, text, path);
    return;
  case JZ_FIELD_NUMBER:
    if (!is_decimal (text))
      add_error (self, path, NULL,
                 g_strdup_printf (_ ("%s is not a number such as 12.5."), field->label.zh));
    else if (*text == '-')
      add_error (self, path, NULL, g_strdup_printf (_ ("%s is negative."), field->label.zh));
    return;
  default:
    walk_length (self, field, text, path);
    walk_words (self, field, text, path);
  }
}

static void
walk_integer (JzFillingWalk *self, const JzFormField *field, gint64 number, const char *path)
{
  if (field->type == JZ_FIELD_MONEY && !jz_money_is_valid (number)) {
    add_error (self, path, "FC-21",
               g_strdup_printf (_ ("%s is negative or greater than any amount that is handled; "
                                   "correct it."),
                                field->label.zh));
    return;
  }
  /* A count is never negative unless its form says so. */
  gint64 least = field->has_least ? field->least : 0;
  if (number < least || (field->has_most && number > field->most))
    add_error (
      self, path, NULL,
      g_strdup_printf (_ ("%s is outside what the form allows; correct it."), field->label.zh));
}

static void
walk_one (JzFillingWalk *self, const JzFormField *field, const JzJson *value, const char *path)
{
  switch (jz_json_get_kind (value)) {
  case JZ_JSON_TEXT:
    walk_text (self, field, jz_json_get_text (value), path);
    break;
  case JZ_JSON_INTEGER:
    walk_integer (self, field, jz_json_get_integer (value), path);
    break;
  case JZ_JSON_OBJECT:
    jz_filling_walk_composite (self, field, value, path);
    break;
  default:
    break;
  }
}

static void
walk_list (JzFillingWalk *self, const JzFormField *field, const JzJson *value, const char *path)
{
  guint n = jz_json_get_n_items (value);
  for (guint i = 0; i < n; i++) {
    g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i + 1);
    const JzJson *entry = jz_json_get_item (value, i);
    if (jz_filling_is_empty (entry))
      add_error (
        self, inner, "FC-42",
        g_strdup_printf (_ ("%s has an empty entry; fill it or take it out."), field->label.zh));
    else
      walk_one (self, field, entry, inner);
  }
  if (field->has_least && (gint64)n < field->least && (n > 0 || field->is_required))
    add_error (self, path, g_strcmp0 (field->composite, "off2") == 0 ? "FC-04" : NULL,
               g_strdup_printf (_ ("%s has %u entries; at least %d are needed."), field->label.zh,
                                n, get_int (field->least)));
  if (field->has_most && (gint64)n > field->most)
    add_error (self, path, NULL,
               g_strdup_printf (_ ("%s has %u entries; at most %d are allowed."), field->label.zh,
                                n, get_int (field->most)));
  jz_filling_walk_entries (self, field, value, path);
}

void
jz_filling_walk_field (JzFillingWalk *self,
                       const JzFormField *field,
                       const JzJson *value,
                       const char *path)
{
  gboolean has_entries =
    value != NULL && jz_json_get_kind (value) == JZ_JSON_ARRAY && jz_json_get_n_items (value) > 0;
  if (jz_filling_is_empty (value) && !has_entries) {
    if (field->is_required)
      add_error (self, path, "FC-42",
                 g_strdup_printf (_ ("%s is missing; fill it in."), field->label.zh));
    return;
  }
  if (field->is_list)
    walk_list (self, field, value, path);
  else
    walk_one (self, field, value, path);
}

/* FC-21: the total is the sum of its rows, counted without overflow. */
static void
walk_sum (JzFillingWalk *self, const JzFormField *field, const JzJson *total)
{
  g_auto (GStrv) path = g_strsplit (field->sum_of, ".", 2);
  const JzJson *rows = jz_filling_find (self->filling, path[0]);
  gint64 sum = 0;
  for (guint i = 0; rows != NULL && i < jz_json_get_n_items (rows); i++) {
    gint64 number = jz_json_get_member_integer (jz_json_get_item (rows, i), path[1], 0);
    if (__builtin_add_overflow (sum, number, &sum))
      sum = G_MAXINT64;
  }
  if (jz_json_get_integer (total) != sum)
    add_error (self, field->name, "FC-21",
               g_strdup_printf (_ ("%s is not the sum of the rows; correct the one or the other."),
                                field->label.zh));
}

static void
walk_fields (JzFillingWalk *self)
{
  const JzForm *form = jz_filling_get_form (self->filling);
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    const JzJson *value = jz_filling_find (self->filling, field->name);
    if (!jz_filling_has_field (self->filling, field))
      continue;
    jz_filling_walk_field (self, field, value, field->name);
    if (field->sum_of != NULL && value != NULL)
      walk_sum (self, field, value);
    if (field->proved_by != NULL && value != NULL)
      jz_filling_walk_proof (self, field, value);
  }
}

static const char *
get_sentence (const JzWords *words)
{
  const char *const *languages = g_get_language_names ();
  gboolean is_chinese = g_str_has_prefix (languages[0], "zh");
  return is_chinese || words->en == NULL ? words->zh : words->en;
}

static void
walk_conditions (JzFillingWalk *self, const JzFacts *facts)
{
  const JzForm *form = jz_filling_get_form (self->filling);
  JzFillingFacts all;
  jz_filling_facts_init (&all, self->filling, facts);
  for (guint i = 0; i < jz_form_get_n_checks (form); i++) {
    const JzFormCheck *check = jz_form_get_check (form, i);
    if (check->that == NULL || (check->is_given && facts == NULL))
      continue;
    g_autoptr (JzOutcome) outcome =
      jz_expression_evaluate (check->that, &all.facts, MAX_CHECK_STEPS, FALSE, NULL);
    if (outcome != NULL && jz_outcome_get_truth (outcome) != JZ_TRUTH_FALSE)
      continue;
    jz_filling_walk_add (self, check->field->name,
                         check->is_warning ? JZ_FINDING_WARNING : JZ_FINDING_ERROR, check->rule,
                         g_strdup (get_sentence (&check->sentence)));
  }
}

/* The day that the document bears, or on which it began; else today. */
static JzDate
get_document_date (const JzFilling *filling, JzInstant now)
{
  static const char *const names[] = { "doc_date", "start", "served_at" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const JzJson *value = jz_filling_find (filling, names[i]);
    if (value == NULL || jz_json_get_kind (value) != JZ_JSON_TEXT)
      continue;
    g_autofree char *day = g_strndup (jz_json_get_text (value), strlen ("2026-03-02"));
    JzDate date;
    if (jz_date_parse (day, &date, NULL))
      return date;
  }
  return jz_instant_get_date (now);
}

/**
 * jz_filling_check:
 * @self: a document
 * @now: the time that counts as now
 * @facts: (nullable): what is known of the case
 *
 * Looks for everything that keeps the document from being final: the types of forms.md §0.3, what
 * must be filled, and those rules FC-… of its §4 that the form sets. Conditions whose values are
 * missing are not decided; what is missing is a finding of its own.
 *
 * Returns: (transfer full) (element-type JzFinding): what was found, in the order of the form
 */
GPtrArray *
jz_filling_check (const JzFilling *self, JzInstant now, const JzFacts *facts)
{
  g_return_val_if_fail (self != NULL, NULL);

  JzFillingWalk walk = {
    .filling = self,
    .now = now,
    .document_date = get_document_date (self, now),
    .findings = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_finding_free),
  };
  walk_fields (&walk);
  walk_conditions (&walk, facts);
  return walk.findings;
}

/**
 * jz_findings_has_error:
 * @findings: (element-type JzFinding): what was found
 *
 * Returns: whether something keeps the document from being final
 */
gboolean
jz_findings_has_error (const GPtrArray *findings)
{
  g_return_val_if_fail (findings != NULL, TRUE);

  for (guint i = 0; i < findings->len; i++) {
    if (((const JzFinding *)g_ptr_array_index (findings, i))->level == JZ_FINDING_ERROR)
      return TRUE;
  }
  return FALSE;
}
