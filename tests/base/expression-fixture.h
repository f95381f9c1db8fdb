/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <string.h>

#include "base/expression.h"
#include "base/record.h"

/* A small vocabulary and facts written as text, for the tests and the fuzz target of the
 * expression language. Included by one file of each program. */

static const char *const fixture_kinds[] = { "citizen", "organisation", "个体工商户", NULL };
static const char *const fixture_penalties[] = { "fine", "warning", "没收", NULL };
static const char *const fixture_notified[] = { "warning", "revocation", NULL };
static const char *const fixture_stages[] = { "filed", "closed", NULL };

static const JzField fixture_area_fields[] = {
  { "name", { .kind = JZ_VALUE_TEXT } },
  { "since", { .kind = JZ_VALUE_DATE } },
};

static const JzField fixture_officer_fields[] = {
  { "name", { .kind = JZ_VALUE_TEXT } },
  { "valid", { .kind = JZ_VALUE_BOOL } },
  { "auxiliary", { .kind = JZ_VALUE_BOOL } },
  { "age", { .kind = JZ_VALUE_INT } },
  { "certified_on", { .kind = JZ_VALUE_DATE } },
  { "collected_fen", { .kind = JZ_VALUE_MONEY } },
  { "kind", { .kind = JZ_VALUE_CHOICE, .choices = fixture_kinds } },
  { "areas",
    { .kind = JZ_VALUE_LIST,
      .fields = fixture_area_fields,
      .n_fields = G_N_ELEMENTS (fixture_area_fields) } },
};

static const JzField fixture_facts[] = {
  { "a", { .kind = JZ_VALUE_BOOL } },
  { "b", { .kind = JZ_VALUE_BOOL } },
  { "c", { .kind = JZ_VALUE_BOOL } },
  { "d", { .kind = JZ_VALUE_BOOL } },
  { "case.found_at", { .kind = JZ_VALUE_INSTANT } },
  { "case.stage", { .kind = JZ_VALUE_CHOICE, .choices = fixture_stages } },
  { "decision.amount_fen", { .kind = JZ_VALUE_MONEY } },
  { "decision.date", { .kind = JZ_VALUE_DATE } },
  { "decision.kind", { .kind = JZ_VALUE_CHOICE, .choices = fixture_penalties } },
  { "n", { .kind = JZ_VALUE_INT } },
  { "notice.amount_fen", { .kind = JZ_VALUE_MONEY } },
  { "notice.kind", { .kind = JZ_VALUE_CHOICE, .choices = fixture_notified } },
  { "notice.served_on", { .kind = JZ_VALUE_DATE } },
  { "officers",
    { .kind = JZ_VALUE_LIST,
      .fields = fixture_officer_fields,
      .n_fields = G_N_ELEMENTS (fixture_officer_fields) } },
  { "party.age", { .kind = JZ_VALUE_INT } },
  { "party.kind", { .kind = JZ_VALUE_CHOICE, .choices = fixture_kinds } },
  { "party.name", { .kind = JZ_VALUE_TEXT } },
  { "party.phone", { .kind = JZ_VALUE_TEXT } },
};

static const char *const fixture_limits[] = { "TL-P12", "TL-P16" };

static inline const JzType *
fixture_get_fact_type (gconstpointer data, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture_facts); i++) {
    if (strcmp (fixture_facts[i].name, name) == 0)
      return &fixture_facts[i].type;
  }
  return NULL;
}

static inline const char *
fixture_get_fact_name (gconstpointer data, gsize position)
{
  return position < G_N_ELEMENTS (fixture_facts) ? fixture_facts[position].name : NULL;
}

static inline const char *
fixture_get_limit_id (gconstpointer data, gsize position)
{
  return position < G_N_ELEMENTS (fixture_limits) ? fixture_limits[position] : NULL;
}

static inline gboolean
fixture_has_limit (gconstpointer data, const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fixture_limits); i++) {
    if (strcmp (fixture_limits[i], id) == 0)
      return TRUE;
  }
  return FALSE;
}

static const JzVocabulary fixture_vocabulary = {
  .get_fact_type = fixture_get_fact_type,
  .get_fact_name = fixture_get_fact_name,
  .has_limit = fixture_has_limit,
  .get_limit_id = fixture_get_limit_id,
};

static const JzTextPosition fixture_position = { .file = "data/rules/x.xml",
                                                 .line = 1,
                                                 .column = 1 };

static inline JzRecord *
fixture_read_record (const char *text, const JzField *fields, gsize n_fields);

static inline JzDate
fixture_read_date (const char *text)
{
  JzDate date = { 0 };

  g_assert_true (jz_date_parse (text, &date, NULL));
  return date;
}

static inline JzInstant
fixture_read_instant (const char *text)
{
  g_autofree char *whole = g_strdup_printf ("%s:00.000+08:00", text);
  JzInstant instant = 0;

  g_assert_true (jz_instant_parse (whole, &instant, NULL));
  return instant;
}

static inline JzValue *
fixture_read_list (const char *text, const JzType *type)
{
  JzValue *list = jz_value_new_list ();
  g_auto (GStrv) parts = NULL;

  g_assert_true (g_str_has_prefix (text, "[") && g_str_has_suffix (text, "]"));
  g_autofree char *inner = g_strndup (text + 1, strlen (text) - 2);
  parts = g_strsplit (inner, "|", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    jz_value_append (list, fixture_read_record (parts[i], type->fields, type->n_fields));
  return list;
}

static inline JzValue *
fixture_read_value (const char *text, const JzType *type)
{
  switch (type->kind) {
  case JZ_VALUE_BOOL:
    return jz_value_new_bool (strcmp (text, "true") == 0);
  case JZ_VALUE_INT:
    return jz_value_new_int (g_ascii_strtoll (text, NULL, 10));
  case JZ_VALUE_MONEY:
    return jz_value_new_money (g_ascii_strtoll (text, NULL, 10));
  case JZ_VALUE_DATE:
    return jz_value_new_date (fixture_read_date (text));
  case JZ_VALUE_INSTANT:
    return jz_value_new_instant (fixture_read_instant (text));
  case JZ_VALUE_TEXT:
    return jz_value_new_text (text);
  case JZ_VALUE_CHOICE:
    return jz_value_new_choice (text);
  case JZ_VALUE_LIST:
  default:
    return fixture_read_list (text, type);
  }
}

static inline const JzType *
fixture_find_type (const char *name, const JzField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (strcmp (fields[i].name, name) == 0)
      return &fields[i].type;
  }
  g_error ("The test sets %s, which is not in its vocabulary.", name);
}

/* "age=5, name=-": a value, or - for absent; what is not named is unknown. */
static inline JzRecord *
fixture_read_record (const char *text, const JzField *fields, gsize n_fields)
{
  JzRecord *record = jz_record_new ();
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (gsize i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (g_strstrip (parts[i]), "=", 2);
    if (pair[0] == NULL || *pair[0] == '\0')
      continue;
    if (strcmp (pair[1], "-") == 0)
      jz_record_set_absent (record, pair[0]);
    else
      jz_record_set (record, pair[0],
                     fixture_read_value (pair[1], fixture_find_type (pair[0], fields, n_fields)));
  }
  return record;
}

/* Facts are a record of the vocabulary's names; they are written with ; between them, as the
 * records of a list use the comma. "limit:TL-P12=2026-03-02" sets a limit. */
typedef struct {
  JzRecord *facts;
  GHashTable *limits;
} FixtureFacts;

static inline JzFactState
fixture_get_fact (gconstpointer data, const char *name, JzValue **value)
{
  const FixtureFacts *self = data;
  const JzValue *found = NULL;
  JzFactState state = jz_record_get (self->facts, name, &found);

  if (state == JZ_FACT_PRESENT)
    *value = jz_value_ref (found);
  return state;
}

static inline JzFactState
fixture_get_limit_due (gconstpointer data, const char *id, JzDate *due)
{
  const FixtureFacts *self = data;
  const char *text = g_hash_table_lookup (self->limits, id);

  if (text == NULL)
    return JZ_FACT_UNKNOWN;
  if (strcmp (text, "-") == 0)
    return JZ_FACT_ABSENT;
  *due = fixture_read_date (text);
  return JZ_FACT_PRESENT;
}

static inline FixtureFacts *
fixture_facts_new (const char *text)
{
  FixtureFacts *self = g_new0 (FixtureFacts, 1);
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  self->facts = jz_record_new ();
  self->limits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (gsize i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (g_strstrip (parts[i]), "=", 2);
    if (pair[0] == NULL || *pair[0] == '\0')
      continue;
    if (g_str_has_prefix (pair[0], "limit:"))
      g_hash_table_insert (self->limits, g_strdup (pair[0] + strlen ("limit:")),
                           g_strdup (pair[1]));
    else if (strcmp (pair[1], "-") == 0)
      jz_record_set_absent (self->facts, pair[0]);
    else
      jz_record_set (
        self->facts, pair[0],
        fixture_read_value (
          pair[1], fixture_find_type (pair[0], fixture_facts, G_N_ELEMENTS (fixture_facts))));
  }
  return self;
}

static inline void
fixture_facts_free (FixtureFacts *self)
{
  jz_record_free (self->facts);
  g_hash_table_unref (self->limits);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureFacts, fixture_facts_free)

static inline JzFacts
fixture_facts_get_interface (const FixtureFacts *self)
{
  return (
    JzFacts){ .get_fact = fixture_get_fact, .get_limit_due = fixture_get_limit_due, .data = self };
}
