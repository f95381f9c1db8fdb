/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "publish/publish-resources.h"
#include "publish/redaction_rules.h"
#include "rules/xml_schema.h"

/* Reads a file of data/redaction. */

#define SCHEMA "/org/juanzong/schemas/redaction.rng"

/* A given name of one or two characters that is no 某, or a name with a dot in it. */
#define GIVEN "(?!某)\\p{Han}(?:(?!某)\\p{Han})?"
#define DOTTED "\\p{Han}{2,7}(?:·\\p{Han}{2,8})+"
#define DIGITS "(?:[0-9]-?)"
/* No pattern of ours comes near it; one that does gives up instead of the program. */
#define MATCH_LIMIT "(*LIMIT_MATCH=500000)"

/* What is being read. */
typedef struct {
  JzRedactionRules *rules;
  const JzXml *document;
  char *county;
  char *address;
  char *name;
} Reader;

static gboolean
fail (const Reader *self, const xmlNode *node, GError **error, char *sentence)
{
  g_autofree char *owned = sentence;
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, owned);
  jz_xml_prefix_error (self->document, node, error);
  return FALSE;
}

static guint
read_count (const xmlNode *element, const char *attribute)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : 0;
}

static gboolean
is_yes (const xmlNode *element, const char *attribute)
{
  g_autofree char *text = jz_xml_dup_attribute (element, attribute);
  return text != NULL;
}

static char *
dup_stripped (const xmlNode *element)
{
  return g_strstrip (jz_xml_dup_text (element));
}

static gboolean
read_rule (Reader *self, const xmlNode *element, GError **error)
{
  JzRedactionRule *rule = g_new0 (JzRedactionRule, 1);
  g_ptr_array_add (self->rules->rules, rule);
  rule->id = jz_xml_dup_attribute (element, "id");
  for (const xmlNode *line = jz_xml_get_first_element (element); line != NULL;
       line = jz_xml_get_next_element (line)) {
    JzText *text = jz_xml_is_element (line, "name") ? &rule->name : &rule->basis;
    xmlChar *language =
      xmlGetNsProp (line, (const xmlChar *)"lang", (const xmlChar *)XML_XML_NAMESPACE);
    char **place = g_strcmp0 ((const char *)language, "zh-CN") == 0 ? &text->zh : &text->en;
    xmlFree (language);
    g_free (*place);
    *place = dup_stripped (line);
  }
  if (rule->name.zh != NULL && rule->name.en != NULL && rule->basis.zh != NULL &&
      rule->basis.en != NULL)
    return TRUE;
  return fail (
    self, element, error,
    g_strdup_printf (_ ("The rule %s needs its name and basis in Chinese and English."), rule->id));
}

static gboolean
read_kind (Reader *self, const xmlNode *element, GError **error)
{
  static const char *const ways[] = { "mask", "surname", "role", "middle", "county" };
  JzRedactionKind *kind = g_new0 (JzRedactionKind, 1);
  g_autofree char *as = jz_xml_dup_attribute (element, "as");
  g_ptr_array_add (self->rules->kinds, kind);
  kind->id = jz_xml_dup_attribute (element, "id");
  kind->rule = jz_xml_dup_attribute (element, "rule");
  kind->mask = jz_xml_dup_attribute (element, "mask");
  kind->first = read_count (element, "first");
  kind->last = read_count (element, "last");
  kind->weight = read_count (element, "weight");
  kind->is_everywhere = is_yes (element, "everywhere");
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    if (g_strcmp0 (as, ways[i]) == 0)
      kind->as = (JzMaskKind)i;
  if (jz_redaction_rules_find_rule (self->rules, kind->rule) != NULL)
    return TRUE;
  return fail (self, element, error,
               g_strdup_printf (_ ("There is no rule %s for the kind %s."), kind->rule, kind->id));
}

static const JzRedactionKind *
find_kind (const Reader *self, const xmlNode *element, GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "kind");
  const JzRedactionKind *kind = id != NULL ? jz_redaction_rules_find_kind (self->rules, id) : NULL;
  if (kind == NULL)
    fail (self, element, error, g_strdup_printf (_ ("There is no kind %s."), id));
  return kind;
}

static gboolean
read_role_name (const xmlNode *element, const char *attribute, JzPublicRole *role)
{
  /* In the order of JzPublicRole. */
  static const char *const names[] = { "party",   "representative", "officer",   "other",
                                       "witness", "victim",         "informant", "minor" };
  g_autofree char *name = jz_xml_dup_attribute (element, attribute);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0) {
      *role = (JzPublicRole)i;
      return TRUE;
    }
  return FALSE;
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  const char *left = *(const char *const *)a;
  const char *right = *(const char *const *)b;
  gsize left_length = strlen (left);
  gsize right_length = strlen (right);
  return left_length != right_length ? (left_length < right_length ? 1 : -1) : strcmp (left, right);
}

static gboolean
read_role (Reader *self, const xmlNode *element, GError **error)
{
  JzRedactionRole *role = g_new0 (JzRedactionRole, 1);
  role->words = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->rules->roles, role);
  role->kind = find_kind (self, element, error);
  if (role->kind == NULL)
    return FALSE;
  role->called = jz_xml_dup_attribute (element, "called");
  read_role_name (element, "id", &role->role);
  for (const xmlNode *word = jz_xml_get_first_element (element); word != NULL;
       word = jz_xml_get_next_element (word))
    g_ptr_array_add (role->words, dup_stripped (word));
  g_ptr_array_sort (role->words, compare_lengths);
  return TRUE;
}

static void
read_words (const xmlNode *element, GPtrArray *words)
{
  g_autofree char *text = dup_stripped (element);
  g_auto (GStrv) parts = g_strsplit_set (text, " \n\t", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_sort (words, compare_lengths);
}

static void
read_surnames (Reader *self, const xmlNode *element)
{
  g_autofree char *text = dup_stripped (element);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_hash_table_add (self->rules->surnames, GUINT_TO_POINTER (g_utf8_get_char (at)));
}

static gboolean
read_value (Reader *self, const xmlNode *element, GPtrArray *list, GError **error)
{
  JzRedactionValue *value = g_new0 (JzRedactionValue, 1);
  g_ptr_array_add (list, value);
  value->field = jz_xml_dup_attribute (element, "field");
  value->composite = jz_xml_dup_attribute (element, "composite");
  value->member = jz_xml_dup_attribute (element, "member");
  value->where = jz_xml_dup_attribute (element, "where");
  value->is = jz_xml_dup_attribute (element, "is");
  if (value->where == NULL) {
    value->where = jz_xml_dup_attribute (element, "but-where");
    value->is_but = value->where != NULL;
  }
  value->has_role = read_role_name (element, "role", &value->role);
  if (list == self->rules->stays)
    return TRUE;
  value->kind = find_kind (self, element, error);
  return value->kind != NULL;
}

/* A sign class of all surnames, and those of two characters before it. */
static void
make_name (Reader *self)
{
  GString *name = g_string_new ("(?:" DOTTED "|(?:");
  GHashTableIter iter;
  gpointer sign;
  for (guint i = 0; i < self->rules->compounds->len; i++)
    g_string_append_printf (name, "%s|",
                            (const char *)g_ptr_array_index (self->rules->compounds, i));
  g_string_append_c (name, '[');
  g_hash_table_iter_init (&iter, self->rules->surnames);
  while (g_hash_table_iter_next (&iter, &sign, NULL))
    g_string_append_unichar (name, GPOINTER_TO_UINT (sign));
  g_string_append (name, "])" GIVEN ")");
  self->name = g_string_free (name, FALSE);
}

static void
replace_all (GString *text, const char *what, const char *by)
{
  g_string_replace (text, what, by != NULL ? by : "", 0);
}

static GRegex *
read_regex (Reader *self, const xmlNode *element, const char *pattern, GError **error)
{
  g_autoptr (GString) text = g_string_new (MATCH_LIMIT);
  g_autoptr (GError) reason = NULL;
  g_string_append (text, pattern);
  replace_all (text, "{address}", self->address);
  replace_all (text, "{county}", self->county);
  replace_all (text, "{name}", self->name);
  replace_all (text, "{digits}", DIGITS);
  GRegex *regex = g_regex_new (text->str, G_REGEX_OPTIMIZE, 0, &reason);
  if (regex == NULL)
    fail (self, element, error,
          g_strdup_printf (_ ("The pattern cannot be read (%s)."), reason->message));
  return regex;
}

static gboolean
read_number (Reader *self, const xmlNode *element, GError **error)
{
  JzRedactionNumber *number = g_new0 (JzRedactionNumber, 1);
  g_autofree char *check = jz_xml_dup_attribute (element, "check");
  g_autofree char *begins = jz_xml_dup_attribute (element, "begins");
  g_autofree char *behind = jz_xml_dup_attribute (element, "not-behind");
  g_ptr_array_add (self->rules->numbers, number);
  number->kind = find_kind (self, element, error);
  number->least = read_count (element, "least");
  number->most = read_count (element, "most");
  number->check = check != NULL ? check[0] : '\0';
  number->is_after_letters = is_yes (element, "after-letters");
  number->certainty = read_count (element, "certainty");
  if (number->kind == NULL)
    return FALSE;
  if (begins != NULL) {
    g_autofree char *anchored = g_strdup_printf ("^(?:%s)", begins);
    number->begins = read_regex (self, element, anchored, error);
  }
  if (behind != NULL) {
    g_autofree char *anchored = g_strdup_printf ("(?:%s)$", behind);
    number->not_behind = read_regex (self, element, anchored, error);
  }
  return (begins == NULL || number->begins != NULL) &&
         (behind == NULL || number->not_behind != NULL);
}

static gboolean
read_pattern (Reader *self, const xmlNode *element, GError **error)
{
  JzRedactionPattern *pattern = g_new0 (JzRedactionPattern, 1);
  g_autofree char *text = dup_stripped (element);
  g_ptr_array_add (self->rules->patterns, pattern);
  pattern->kind = find_kind (self, element, error);
  pattern->certainty = read_count (element, "certainty");
  pattern->has_role = read_role_name (element, "role", &pattern->role);
  if (pattern->kind == NULL)
    return FALSE;
  if (strstr (text, "(?<hide>") == NULL)
    return fail (self, element, error, g_strdup (_ ("The pattern does not mark what it hides.")));
  pattern->regex = read_regex (self, element, text, error);
  return pattern->regex != NULL;
}

static gboolean
read_element (Reader *self, const xmlNode *element, GError **error)
{
  JzRedactionRules *rules = self->rules;
  if (jz_xml_is_element (element, "rule"))
    return read_rule (self, element, error);
  if (jz_xml_is_element (element, "kind"))
    return read_kind (self, element, error);
  if (jz_xml_is_element (element, "role"))
    return read_role (self, element, error);
  if (jz_xml_is_element (element, "stays"))
    return read_value (self, element, rules->stays, error);
  if (jz_xml_is_element (element, "value"))
    return read_value (self, element, rules->values, error);
  if (jz_xml_is_element (element, "number"))
    return read_number (self, element, error);
  if (jz_xml_is_element (element, "pattern"))
    return read_pattern (self, element, error);
  if (jz_xml_is_element (element, "surnames"))
    read_surnames (self, element);
  else if (jz_xml_is_element (element, "compound"))
    g_ptr_array_add (rules->compounds, dup_stripped (element));
  else if (jz_xml_is_element (element, "ends"))
    read_words (element, rules->ends);
  else if (jz_xml_is_element (element, "befores"))
    read_words (element, rules->befores);
  else if (jz_xml_is_element (element, "nots"))
    read_words (element, rules->nots);
  else if (jz_xml_is_element (element, "county"))
    self->county = dup_stripped (element);
  else if (jz_xml_is_element (element, "address"))
    self->address = dup_stripped (element);
  return TRUE;
}

static gboolean
read_all (Reader *self, GError **error)
{
  for (const xmlNode *element = jz_xml_get_first_element (jz_xml_get_root (self->document));
       element != NULL; element = jz_xml_get_next_element (element)) {
    if (self->name == NULL && jz_xml_is_element (element, "role"))
      make_name (self);
    if (!read_element (self, element, error))
      return FALSE;
  }
  g_autofree char *county = g_strconcat ("^", self->county, NULL);
  self->rules->county = read_regex (self, jz_xml_get_root (self->document), county, error);
  return self->rules->county != NULL;
}

static JzXml *
open_document (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (GBytes) rules = g_resource_lookup_data (jz_publish_get_resource (), SCHEMA,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JzXmlSchema) schema =
    rules != NULL ? jz_xml_schema_new (rules, "redaction.rng", error) : NULL;
  g_autoptr (JzXml) document = schema != NULL ? jz_xml_parse (bytes, name, error) : NULL;
  if (document == NULL || !jz_xml_schema_validate (schema, document, error))
    return NULL;
  return g_steal_pointer (&document);
}

/**
 * jz_redaction_rules_load:
 * @bytes: a file of data/redaction
 * @name: its name, for messages
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL with file, line and column
 */
JzRedactionRules *
jz_redaction_rules_load (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (JzXml) document = open_document (bytes, name, error);
  if (document == NULL)
    return NULL;
  g_autoptr (JzRedactionRules) self = jz_redaction_rules_new ();
  self->hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  Reader reader = { self, document, NULL, NULL, NULL };
  gboolean is_read = read_all (&reader, error);
  g_free (reader.county);
  g_free (reader.address);
  g_free (reader.name);
  return is_read ? g_steal_pointer (&self) : NULL;
}
