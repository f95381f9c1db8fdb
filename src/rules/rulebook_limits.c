/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Limits as they are written (rules.md 2.1, 2.2). Computing them is in limit.c. */

#define EXCLUSION_KINDS "exclusion-kind"

static void
free_start (gpointer data)
{
  JzLimitStart *self = data;
  g_clear_pointer (&self->when, jz_expression_unref);
  g_clear_pointer (&self->at, jz_expression_unref);
  g_strfreev (self->after);
  g_free (self);
}

static void
free_length (gpointer data)
{
  JzLimitLength *self = data;
  g_clear_pointer (&self->when, jz_expression_unref);
  g_free (self->fact);
  g_free (self);
}

static void
clear_extension (gpointer data)
{
  g_free (((JzLimitExtension *)data)->limit);
}

static gboolean
check_limit_id (const JzRuleReader *reader, const xmlNode *element, const char *id, GError **error)
{
  if (g_hash_table_contains (reader->limits, id))
    return TRUE;
  return jz_rule_reader_fail (
    reader, element, error,
    g_strdup_printf (_ ("There is no limit %s in this rulebook; add it or correct the id."), id));
}

static gboolean
read_after (JzRuleReader *reader, const xmlNode *element, JzLimitStart *start, GError **error)
{
  g_autofree char *limits = jz_xml_dup_attribute (element, "limits");
  g_auto (GStrv) words = g_strsplit_set (g_strstrip (limits), " \t\n", -1);
  for (gsize i = 0; words[i] != NULL; i++) {
    if (!check_limit_id (reader, element, words[i], error))
      return FALSE;
    g_ptr_array_add (reader->named_limits, g_strdup (words[i]));
  }
  start->after = g_steal_pointer (&words);
  return TRUE;
}

static gboolean
add_start (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  JzLimitStart *start = g_new0 (JzLimitStart, 1);
  JzValueKind kind = limit->kind == JZ_LIMIT_INSTANT ? JZ_VALUE_INSTANT : JZ_VALUE_DATE;
  g_ptr_array_add (limit->starts, start);
  if (!jz_rule_reader_read_when (reader, element, &start->when, error))
    return FALSE;
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "at") &&
        !jz_rule_reader_read_expression (reader, child, kind, &start->at, error))
      return FALSE;
    if (jz_xml_is_element (child, "after-latest") && !read_after (reader, child, start, error))
      return FALSE;
  }
  return TRUE;
}

static JzLimitUnit
read_unit (const xmlNode *element)
{
  static const char *const words[] = {
    [JZ_LIMIT_UNIT_WORKING_DAY] = "WD", [JZ_LIMIT_UNIT_CALENDAR_DAY] = "CD",
    [JZ_LIMIT_UNIT_MONTH] = "MO",       [JZ_LIMIT_UNIT_YEAR] = "YR",
    [JZ_LIMIT_UNIT_HOUR] = "H",
  };
  g_autofree char *unit = jz_xml_dup_attribute (element, "unit");
  gsize found = 0;
  while (strcmp (words[found], unit) != 0)
    found++;
  return (JzLimitUnit)found;
}

static gboolean
check_term (JzRuleReader *reader, const xmlNode *element, const JzLimitTerm *term, GError **error)
{
  if (jz_limit_term_check (term, error))
    return TRUE;
  jz_xml_prefix_error (reader->place->source->document, element, error);
  return FALSE;
}

/* The name of a fact that is a whole number; NULL in @fact where the attribute is not there. */
static gboolean
read_count_fact (JzRuleReader *reader, const xmlNode *element, char **fact, GError **error)
{
  *fact = jz_xml_dup_attribute (element, "fact");
  if (*fact == NULL)
    return TRUE;
  const JzFactDefinition *definition = jz_rule_reader_find_fact (reader, element, *fact, error);
  if (definition == NULL)
    return FALSE;
  if (definition->type.kind == JZ_VALUE_INT)
    return TRUE;
  return jz_rule_reader_fail (
    reader, element, error,
    g_strdup_printf (_ ("The length of a limit is a whole number, but %s is none."), *fact));
}

static gboolean
add_length (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  JzLimitLength *length = g_new0 (JzLimitLength, 1);
  g_autofree char *mode = jz_xml_dup_attribute (element, "mode");
  g_autofree char *roll = jz_xml_dup_attribute (element, "roll");
  g_ptr_array_add (limit->lengths, length);
  length->term.unit = read_unit (element);
  length->term.length =
    jz_reader_read_number (element, "count", jz_reader_read_number (element, "default", 0));
  length->term.rolls = g_strcmp0 (roll, "yes") == 0;
  length->term.is_backward = limit->kind == JZ_LIMIT_BACKWARD;
  length->term.mode =
    g_strcmp0 (mode, "INCLUSIVE") == 0 ? JZ_BACKWARD_MODE_INCLUSIVE : JZ_BACKWARD_MODE_FULL;
  if (mode != NULL && !length->term.is_backward)
    return jz_rule_reader_fail (reader, element, error,
                                g_strdup (_ ("Only a limit that lies backward has a mode.")));
  gboolean must_say = length->term.unit != JZ_LIMIT_UNIT_WORKING_DAY &&
                      length->term.unit != JZ_LIMIT_UNIT_HOUR && !length->term.is_backward;
  if (must_say && roll == NULL)
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (_ ("Calendar days, months and years must say whether they move to the next working "
                   "day; add roll=\"yes\" or roll=\"no\".")));
  return check_term (reader, element, &length->term, error) &&
         read_count_fact (reader, element, &length->fact, error) &&
         jz_rule_reader_read_when (reader, element, &length->when, error);
}

static gboolean
add_fixed (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  JzLimitTerm term = { .unit = JZ_LIMIT_UNIT_FIXED };
  term.fixed_month = jz_reader_read_number (element, "month", 0);
  term.fixed_day = jz_reader_read_number (element, "day", 0);
  term.to_previous_working_day = jz_reader_is_yes (element, "previous-workday");
  g_array_append_val (limit->fixed, term);
  return check_term (reader, element, &term, error);
}

static gboolean
read_quota (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  JzLimitLength *length = g_new0 (JzLimitLength, 1);
  g_ptr_array_add (limit->lengths, length);
  length->term.length =
    jz_reader_read_number (element, "count", jz_reader_read_number (element, "default", 0));
  return read_count_fact (reader, element, &length->fact, error) &&
         jz_rule_reader_read_expression (reader, jz_xml_get_first_element (element), JZ_VALUE_INT,
                                         &limit->used, error);
}

static gboolean
read_exclusions (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  g_autofree char *kinds = jz_xml_dup_attribute (element, "kinds");
  limit->exclusion_kinds = g_strsplit_set (g_strstrip (kinds), " \t\n", -1);
  for (gsize i = 0; limit->exclusion_kinds[i] != NULL; i++) {
    if (!jz_rule_reader_check_word (reader, element, EXCLUSION_KINDS, limit->exclusion_kinds[i],
                                    error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_extension (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  JzLimitExtension extension = { jz_xml_dup_attribute (element, "limit"),
                                 jz_reader_read_number (element, "count", 0) };
  g_array_append_val (limit->extensions, extension);
  return check_limit_id (reader, element, extension.limit, error);
}

static gboolean
read_part (JzRuleReader *reader, const xmlNode *element, JzLimit *limit, GError **error)
{
  if (jz_xml_is_element (element, "applies"))
    return jz_rule_reader_read_expression (reader, element, JZ_VALUE_BOOL, &limit->applies, error);
  if (jz_xml_is_element (element, "start"))
    return add_start (reader, element, limit, error);
  if (jz_xml_is_element (element, "length"))
    return add_length (reader, element, limit, error);
  if (jz_xml_is_element (element, "fixed"))
    return add_fixed (reader, element, limit, error);
  if (jz_xml_is_element (element, "quota"))
    return read_quota (reader, element, limit, error);
  if (jz_xml_is_element (element, "exclude"))
    return read_exclusions (reader, element, limit, error);
  if (jz_xml_is_element (element, "extension"))
    return add_extension (reader, element, limit, error);
  if (jz_xml_is_element (element, "ends"))
    return jz_rule_reader_read_expression (reader, element, JZ_VALUE_BOOL, &limit->ends, error);
  return TRUE;
}

static JzLimitKind
read_kind (const xmlNode *element)
{
  static const char *const words[] = {
    [JZ_LIMIT_DATE] = "date",   [JZ_LIMIT_INSTANT] = "instant",   [JZ_LIMIT_BACKWARD] = "backward",
    [JZ_LIMIT_FIXED] = "fixed", [JZ_LIMIT_SCHEDULE] = "schedule", [JZ_LIMIT_QUOTA] = "quota",
  };
  g_autofree char *kind = jz_xml_dup_attribute (element, "kind");
  gsize found = 0;
  while (strcmp (words[found], kind) != 0)
    found++;
  return (JzLimitKind)found;
}

/* The last way to start and the last length must hold whatever is the case. */
static gboolean
check_alternatives (JzRuleReader *reader,
                    const xmlNode *element,
                    const JzLimit *limit,
                    GError **error)
{
  const JzLimitStart *start =
    limit->starts->len > 0 ? g_ptr_array_index (limit->starts, limit->starts->len - 1) : NULL;
  if (start == NULL || start->when != NULL)
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (_ ("This limit may have no start; give it a last <start> without a condition.")));
  gboolean is_dated = limit->kind == JZ_LIMIT_FIXED || limit->kind == JZ_LIMIT_SCHEDULE;
  const JzLimitLength *length =
    limit->lengths->len > 0 ? g_ptr_array_index (limit->lengths, limit->lengths->len - 1) : NULL;
  if (!is_dated && (length == NULL || length->when != NULL))
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (_ ("This limit may have no end; give it a last <length> without a condition.")));
  if (limit->kind != JZ_LIMIT_QUOTA && limit->ends == NULL)
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (_ ("This limit has no end: nothing says by what it is met; add <ends>.")));
  return TRUE;
}

static gboolean
check_units (JzRuleReader *reader, const xmlNode *element, const JzLimit *limit, GError **error)
{
  for (guint i = 0; limit->kind != JZ_LIMIT_QUOTA && i < limit->lengths->len; i++) {
    const JzLimitLength *length = g_ptr_array_index (limit->lengths, i);
    gboolean is_hours = length->term.unit == JZ_LIMIT_UNIT_HOUR;
    if (is_hours != (limit->kind == JZ_LIMIT_INSTANT))
      return jz_rule_reader_fail (
        reader, element, error,
        g_strdup (
          _ ("Hours go with the kind “instant”, and days, months and years with the others; "
             "correct the kind or the unit.")));
  }
  return TRUE;
}

/* Each kind has its parts, and none of those of another. */
static gboolean
check_parts (JzRuleReader *reader, const xmlNode *element, const JzLimit *limit, GError **error)
{
  gboolean is_counted = limit->kind == JZ_LIMIT_DATE || limit->kind == JZ_LIMIT_INSTANT ||
                        limit->kind == JZ_LIMIT_BACKWARD;
  gboolean is_quota = limit->kind == JZ_LIMIT_QUOTA;
  guint most_fixed = limit->kind == JZ_LIMIT_FIXED ? 1 : limit->kind == JZ_LIMIT_SCHEDULE ? 366 : 0;
  gboolean has_fixed = limit->fixed->len > 0;
  gboolean is_stopped = limit->exclusion_kinds != NULL || limit->extensions->len > 0;
  if (limit->fixed->len > most_fixed || has_fixed != (most_fixed > 0) ||
      (limit->used != NULL) != is_quota || (!is_counted && !is_quota && limit->lengths->len > 0) ||
      (is_quota && limit->lengths->len != 1) || (is_stopped && limit->kind != JZ_LIMIT_DATE))
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup (
        _ ("The parts of this limit do not go with its kind: date, instant and backward have "
           "<length>, fixed has one <fixed>, schedule several, quota has <quota>; only date "
           "has <exclude> and <extension>.")));
  return TRUE;
}

static JzLimitOwner
read_owner (const xmlNode *element)
{
  static const char *const words[] = {
    [JZ_LIMIT_OF_PARTY] = "party",
    [JZ_LIMIT_OF_OTHER] = "other",
    [JZ_LIMIT_OF_NOBODY] = "nobody",
  };
  g_autofree char *word = jz_xml_dup_attribute (element, "whose");
  for (gsize i = JZ_LIMIT_OF_PARTY; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      return (JzLimitOwner)i;
  return JZ_LIMIT_OF_ORGAN;
}

gboolean
jz_limit_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzLimit *limit = (JzLimit *)rule;
  limit->kind = read_kind (element);
  limit->owner = read_owner (element);
  limit->starts = g_ptr_array_new_with_free_func (free_start);
  limit->lengths = g_ptr_array_new_with_free_func (free_length);
  limit->fixed = g_array_new (FALSE, TRUE, sizeof (JzLimitTerm));
  limit->extensions = g_array_new (FALSE, TRUE, sizeof (JzLimitExtension));
  g_array_set_clear_func (limit->extensions, clear_extension);
  limit->named_limits = g_ptr_array_new_with_free_func (g_free);
  reader->named_limits = limit->named_limits;
  gboolean is_read = TRUE;
  for (const xmlNode *child = jz_xml_get_first_element (element); is_read && child != NULL;
       child = jz_xml_get_next_element (child))
    is_read = read_part (reader, child, limit, error);
  reader->named_limits = NULL;
  return is_read && check_parts (reader, element, limit, error) &&
         check_units (reader, element, limit, error) &&
         check_alternatives (reader, element, limit, error);
}

void
jz_limit_clear (JzRule *rule)
{
  JzLimit *limit = (JzLimit *)rule;
  g_clear_pointer (&limit->applies, jz_expression_unref);
  g_clear_pointer (&limit->starts, g_ptr_array_unref);
  g_clear_pointer (&limit->lengths, g_ptr_array_unref);
  g_clear_pointer (&limit->fixed, g_array_unref);
  g_clear_pointer (&limit->exclusion_kinds, g_strfreev);
  g_clear_pointer (&limit->extensions, g_array_unref);
  g_clear_pointer (&limit->used, jz_expression_unref);
  g_clear_pointer (&limit->ends, jz_expression_unref);
  g_clear_pointer (&limit->named_limits, g_ptr_array_unref);
}
