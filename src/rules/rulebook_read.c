/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What all rules have, and the rules that have little beyond it. */

#define FACT_OF_ROLES "role"

typedef struct {
  gsize size;
  gboolean (*read) (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
  void (*clear) (JzRule *rule);
} RuleClass;

gboolean
jz_rule_reader_fail (const JzRuleReader *self,
                     const xmlNode *element,
                     GError **error,
                     char *sentence)
{
  return jz_reader_fail (self->place->source->document, element, error, sentence);
}

gboolean
jz_rule_reader_read_expression (JzRuleReader *self,
                                const xmlNode *element,
                                JzValueKind kind,
                                JzExpression **expression,
                                GError **error)
{
  const JzXml *document = self->place->source->document;
  const JzType wanted = { .kind = kind };
  g_autofree char *text = jz_xml_dup_text (element);
  int line;
  int column;
  jz_xml_get_text_position (document, element, &line, &column);
  const JzTextPosition position = { jz_xml_get_name (document), (guint)line, (guint)column };
  *expression = jz_expression_parse (text, strlen (text), &position, self->book->semantics,
                                     &self->vocabulary, &wanted, error);
  return *expression != NULL;
}

static const xmlNode *
find_child (const xmlNode *parent, const char *name)
{
  const xmlNode *child = jz_xml_get_first_element (parent);
  while (child != NULL && !jz_xml_is_element (child, name))
    child = jz_xml_get_next_element (child);
  return child;
}

gboolean
jz_rule_reader_read_when (JzRuleReader *self,
                          const xmlNode *parent,
                          JzExpression **when,
                          GError **error)
{
  const xmlNode *element = find_child (parent, "when");
  return element == NULL ||
         jz_rule_reader_read_expression (self, element, JZ_VALUE_BOOL, when, error);
}

gboolean
jz_rule_reader_read_citation (JzRuleReader *self,
                              const xmlNode *element,
                              JzCitation *citation,
                              GError **error)
{
  citation->law = jz_xml_dup_attribute (element, "law");
  citation->article = jz_xml_dup_attribute (element, "article");
  if (jz_rule_places_find (self->places, JZ_RULE_LAW, citation->law) != NULL)
    return TRUE;
  return jz_rule_reader_fail (
    self, element, error,
    g_strdup_printf (_ ("There is no law %s in this rulebook; add it or correct the name."),
                     citation->law));
}

const JzFactDefinition *
jz_rule_reader_find_fact (const JzRuleReader *self,
                          const xmlNode *element,
                          const char *name,
                          GError **error)
{
  const JzFactDefinition *fact = jz_fact_vocabulary_find (self->book->facts, name);
  if (fact != NULL)
    return fact;
  jz_rule_reader_fail (
    self, element, error,
    g_strdup_printf (_ ("There is no fact %s; the vocabulary of facts has none such."), name));
  return NULL;
}

gboolean
jz_rule_reader_check_word (const JzRuleReader *self,
                           const xmlNode *element,
                           const char *set,
                           const char *word,
                           GError **error)
{
  const JzChoiceSet *choices = jz_fact_vocabulary_find_choices (self->book->facts, set);
  if (choices != NULL && g_strv_contains ((const char *const *)choices->words->pdata, word))
    return TRUE;
  return jz_rule_reader_fail (
    self, element, error,
    g_strdup_printf (_ ("“%1$s” is none of the words of “%2$s” in the vocabulary of facts."), word,
                     set));
}

/* The names between { and }, in the order of the alphabet; NULL when a brace is alone. */
static GPtrArray *
find_placeholders (const char *sentence)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *at = sentence;
  while ((at = strpbrk (at, "{}")) != NULL) {
    const char *end = strpbrk (at + 1, "{}");
    if (*at == '}' || end == NULL || *end == '{')
      return NULL;
    char *name = g_strndup (at + 1, (gsize)(end - at - 1));
    if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_free (name);
    else
      g_ptr_array_add (names, name);
    at = end + 1;
  }
  return g_steal_pointer (&names);
}

static gboolean
check_placeholders (const JzRuleReader *self,
                    const xmlNode *element,
                    const char *sentence,
                    const char *other,
                    GError **error)
{
  g_autoptr (GPtrArray) names = find_placeholders (sentence);
  g_autoptr (GPtrArray) others = find_placeholders (other);
  if (names == NULL)
    return jz_rule_reader_fail (
      self, element, error,
      g_strdup_printf (_ ("A brace is alone in “%s”; a fact is filled in as {party.name}."),
                       sentence));
  for (guint i = 0; i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    if (jz_rule_reader_find_fact (self, element, name, error) == NULL)
      return FALSE;
    if (others != NULL && !g_ptr_array_find_with_equal_func (others, name, g_str_equal, NULL))
      return jz_rule_reader_fail (
        self, element, error,
        g_strdup_printf (_ ("{%s} is filled in in one language and not in the other."), name));
  }
  return TRUE;
}

/* Of a text that is filled in: both languages, and the same known facts in both. */
gboolean
jz_rule_reader_check_sentence (JzRuleReader *self,
                               const xmlNode *element,
                               const JzText *sentence,
                               GError **error)
{
  return check_placeholders (self, element, sentence->zh, sentence->en, error) &&
         check_placeholders (self, element, sentence->en, sentence->zh, error);
}

static void
clear_citation (gpointer data)
{
  JzCitation *self = data;
  g_free (self->law);
  g_free (self->article);
}

static gboolean
read_bases (JzRuleReader *self, const xmlNode *element, JzRule *rule, GError **error)
{
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (!jz_xml_is_element (child, "basis"))
      continue;
    g_array_set_size (rule->bases, rule->bases->len + 1);
    JzCitation *citation = &g_array_index (rule->bases, JzCitation, rule->bases->len - 1);
    if (!jz_rule_reader_read_citation (self, child, citation, error))
      return FALSE;
  }
  return TRUE;
}

static JzSureness
read_sureness (const xmlNode *element)
{
  g_autofree char *sure = jz_xml_dup_attribute (element, "sure");
  if (g_strcmp0 (sure, "design") == 0)
    return JZ_SURENESS_DESIGN;
  return g_strcmp0 (sure, "known") == 0 ? JZ_SURENESS_KNOWN : JZ_SURENESS_VERIFIED;
}

static gboolean
read_head (JzRuleReader *self, const xmlNode *element, JzRule *rule, GError **error)
{
  const JzRulePlace *place = self->place;
  const JzXml *document = place->source->document;
  rule->kind = place->kind;
  rule->id = g_strdup (place->id);
  rule->book = g_strdup (place->source->id);
  rule->text = jz_rule_write_canonical (element);
  rule->has_replaced = place->has_replaced;
  rule->sureness = read_sureness (element);
  rule->bases = g_array_new (FALSE, TRUE, sizeof (JzCitation));
  g_array_set_clear_func (rule->bases, clear_citation);
  if (!jz_reader_read_text (document, element, "name", &rule->name, error))
    return FALSE;
  /* a role is in force with its rulebook */
  if (place->kind == JZ_RULE_ROLE)
    rule->in_force = place->source->in_force;
  else if (!jz_reader_read_date (document, element, "in-force", &rule->in_force, error))
    return FALSE;
  return read_bases (self, element, rule, error);
}

static gboolean
read_law (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzLaw *law = (JzLaw *)rule;
  g_autofree char *until = jz_xml_dup_attribute (element, "until");
  law->level = jz_xml_dup_attribute (element, "level");
  law->version = jz_xml_dup_attribute (element, "version");
  return until == NULL || jz_reader_read_date (reader->place->source->document, element, "until",
                                               &law->until, error);
}

static void
clear_law (JzRule *rule)
{
  JzLaw *law = (JzLaw *)rule;
  g_free (law->level);
  g_free (law->version);
}

static gboolean
read_role (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzRoleRule *role = (JzRoleRule *)rule;
  role->actor = jz_xml_dup_attribute (element, "actor");
  return jz_rule_reader_check_word (reader, element, FACT_OF_ROLES, rule->id, error);
}

static void
clear_role (JzRule *rule)
{
  g_free (((JzRoleRule *)rule)->actor);
}

static gboolean
read_procedure (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  ((JzProcedure *)rule)->stages = g_ptr_array_new ();
  return TRUE;
}

static void
clear_procedure (JzRule *rule)
{
  g_clear_pointer (&((JzProcedure *)rule)->stages, g_ptr_array_unref);
}

static gboolean
read_trigger (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzTrigger *trigger = (JzTrigger *)rule;
  g_autofree char *purpose = jz_xml_dup_attribute (element, "for");
  trigger->purpose = strcmp (purpose, "review") == 0 ? JZ_TRIGGER_REVIEW : JZ_TRIGGER_HEARING;
  return jz_rule_reader_read_when (reader, element, &trigger->when, error);
}

static void
clear_trigger (JzRule *rule)
{
  g_clear_pointer (&((JzTrigger *)rule)->when, jz_expression_unref);
}

static gboolean
read_audit_point (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  return TRUE;
}

static void
clear_audit_point (JzRule *rule)
{
}

static JzAuditModes
read_modes (const xmlNode *element)
{
  g_autofree char *modes = jz_xml_dup_attribute (element, "mode");
  g_auto (GStrv) words = g_strsplit_set (modes, " \t\n", -1);
  JzAuditModes flags = 0;
  for (gsize i = 0; words[i] != NULL; i++) {
    if (strcmp (words[i], "AUTO") == 0)
      flags |= JZ_AUDIT_AUTO;
    else if (strcmp (words[i], "ASSISTED") == 0)
      flags |= JZ_AUDIT_ASSISTED;
    else if (strcmp (words[i], "HUMAN") == 0)
      flags |= JZ_AUDIT_HUMAN;
  }
  return flags;
}

static gboolean
add_seen (JzRuleReader *reader, const xmlNode *element, JzAuditItem *item, GError **error)
{
  char *id = jz_xml_dup_attribute (element, "rule");
  g_ptr_array_add (item->see, id);
  if (jz_rule_places_find (reader->places, JZ_RULE_GATE, id) != NULL ||
      jz_rule_places_find (reader->places, JZ_RULE_LIMIT, id) != NULL)
    return TRUE;
  return jz_rule_reader_fail (
    reader, element, error,
    g_strdup_printf (_ ("There is no gate and no limit %s in this rulebook."), id));
}

static JzAuditSource
read_source (const xmlNode *element)
{
  g_autofree char *from = jz_xml_dup_attribute (element, "from");
  if (g_strcmp0 (from, "documents") == 0)
    return JZ_AUDIT_FROM_DOCUMENTS;
  return from != NULL ? JZ_AUDIT_FROM_SIMILAR : JZ_AUDIT_FROM_RULES;
}

static char **
read_checks (const xmlNode *element)
{
  g_autofree char *checks = jz_xml_dup_attribute (element, "checks");
  return checks != NULL ? g_strsplit_set (checks, " \t\n", -1) : NULL;
}

static gboolean
read_passes (JzRuleReader *reader, const xmlNode *element, JzAuditItem *item, GError **error)
{
  const xmlNode *passes = find_child (element, "passes");
  return passes == NULL ||
         jz_rule_reader_read_expression (reader, passes, JZ_VALUE_BOOL, &item->passes, error);
}

static gboolean
read_audit_item (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error)
{
  JzAuditItem *item = (JzAuditItem *)rule;
  item->point = jz_xml_dup_attribute (element, "point");
  item->modes = read_modes (element);
  item->source = read_source (element);
  item->checks = read_checks (element);
  item->see = g_ptr_array_new_with_free_func (g_free);
  if (jz_rule_places_find (reader->places, JZ_RULE_AUDIT_POINT, item->point) == NULL)
    return jz_rule_reader_fail (
      reader, element, error,
      g_strdup_printf (_ ("There is no audit point %s in this rulebook."), item->point));
  for (const xmlNode *child = jz_xml_get_first_element (element); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (jz_xml_is_element (child, "see") && !add_seen (reader, child, item, error))
      return FALSE;
  }
  return read_passes (reader, element, item, error) &&
         jz_reader_read_text (reader->place->source->document, element, "shows", &item->shows,
                              error);
}

static void
clear_audit_item (JzRule *rule)
{
  JzAuditItem *item = (JzAuditItem *)rule;
  g_free (item->point);
  jz_text_clear (&item->shows);
  g_clear_pointer (&item->passes, jz_expression_unref);
  g_clear_pointer (&item->checks, g_strfreev);
  g_clear_pointer (&item->see, g_ptr_array_unref);
}

static const RuleClass classes[JZ_RULE_N_KINDS] = {
  [JZ_RULE_LAW] = { sizeof (JzLaw), read_law, clear_law },
  [JZ_RULE_ROLE] = { sizeof (JzRoleRule), read_role, clear_role },
  [JZ_RULE_LIMIT] = { sizeof (JzLimit), jz_limit_read, jz_limit_clear },
  [JZ_RULE_GATE] = { sizeof (JzGateRule), jz_gate_read, jz_gate_clear },
  [JZ_RULE_PROCEDURE] = { sizeof (JzProcedure), read_procedure, clear_procedure },
  [JZ_RULE_STAGE] = { sizeof (JzStage), jz_stage_read, jz_stage_clear },
  [JZ_RULE_TRIGGER] = { sizeof (JzTrigger), read_trigger, clear_trigger },
  [JZ_RULE_AUDIT_POINT] = { sizeof (JzAuditPoint), read_audit_point, clear_audit_point },
  [JZ_RULE_AUDIT_ITEM] = { sizeof (JzAuditItem), read_audit_item, clear_audit_item },
  [JZ_RULE_MATTER] = { sizeof (JzMatter), jz_matter_read, jz_matter_clear },
  [JZ_RULE_RECORDING] = { sizeof (JzRecordingRule), jz_recording_rule_read,
                          jz_recording_rule_clear },
};

/* Frees also what was read only in part. */
void
jz_rule_free (gpointer data)
{
  JzRule *rule = data;
  classes[rule->kind].clear (rule);
  g_free (rule->id);
  jz_text_clear (&rule->name);
  g_clear_pointer (&rule->bases, g_array_unref);
  g_free (rule->book);
  g_free (rule->text);
  g_free (rule);
}

JzRule *
jz_rule_read (JzRuleReader *reader, const JzRulePlace *place, GError **error)
{
  const RuleClass *class = &classes[place->kind];
  JzRule *rule = g_malloc0 (class->size);
  reader->place = place;
  if (read_head (reader, place->element, rule, error) &&
      class->read (reader, place->element, rule, error))
    return rule;
  jz_rule_free (rule);
  return NULL;
}
