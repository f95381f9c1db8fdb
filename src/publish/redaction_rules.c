/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/redaction_rules.h"

#include <gio/gio.h>
#include <string.h>

#include "publish/publish-resources.h"

#define SHIPPED "/org/juanzong/redaction/national.xml"

static void
free_rule (gpointer data)
{
  JzRedactionRule *self = data;
  g_free (self->id);
  jz_text_clear (&self->name);
  jz_text_clear (&self->basis);
  g_free (self);
}

static void
free_kind (gpointer data)
{
  JzRedactionKind *self = data;
  g_free (self->id);
  g_free (self->rule);
  g_free (self->mask);
  g_free (self);
}

static void
free_role (gpointer data)
{
  JzRedactionRole *self = data;
  g_free (self->called);
  g_ptr_array_unref (self->words);
  g_free (self);
}

static void
free_value (gpointer data)
{
  JzRedactionValue *self = data;
  g_free (self->field);
  g_free (self->composite);
  g_free (self->member);
  g_free (self->where);
  g_free (self->is);
  g_free (self);
}

static void
free_number (gpointer data)
{
  JzRedactionNumber *self = data;
  g_clear_pointer (&self->begins, g_regex_unref);
  g_clear_pointer (&self->not_behind, g_regex_unref);
  g_free (self);
}

static void
free_pattern (gpointer data)
{
  JzRedactionPattern *self = data;
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

/**
 * jz_redaction_rules_new:
 *
 * Returns: (transfer full): no rules yet; see jz_redaction_rules_load()
 */
JzRedactionRules *
jz_redaction_rules_new (void)
{
  JzRedactionRules *self = g_new0 (JzRedactionRules, 1);

  self->rules = g_ptr_array_new_with_free_func (free_rule);
  self->kinds = g_ptr_array_new_with_free_func (free_kind);
  self->roles = g_ptr_array_new_with_free_func (free_role);
  self->stays = g_ptr_array_new_with_free_func (free_value);
  self->values = g_ptr_array_new_with_free_func (free_value);
  self->numbers = g_ptr_array_new_with_free_func (free_number);
  self->patterns = g_ptr_array_new_with_free_func (free_pattern);
  self->compounds = g_ptr_array_new_with_free_func (g_free);
  self->ends = g_ptr_array_new_with_free_func (g_free);
  self->befores = g_ptr_array_new_with_free_func (g_free);
  self->nots = g_ptr_array_new_with_free_func (g_free);
  self->surnames = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * jz_redaction_rules_free:
 * @self: rules
 */
void
jz_redaction_rules_free (JzRedactionRules *self)
{
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->kinds);
  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->stays);
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->numbers);
  g_ptr_array_unref (self->patterns);
  g_ptr_array_unref (self->compounds);
  g_ptr_array_unref (self->ends);
  g_ptr_array_unref (self->befores);
  g_ptr_array_unref (self->nots);
  g_hash_table_unref (self->surnames);
  g_clear_pointer (&self->county, g_regex_unref);
  g_free (self->hash);
  g_free (self);
}

/**
 * jz_redaction_rules_get:
 *
 * Returns: (transfer none): the rules that came with the program; that they can be read is held by
 *   the tests
 */
const JzRedactionRules *
jz_redaction_rules_get (void)
{
  static JzRedactionRules *shipped;
  if (g_once_init_enter (&shipped)) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_resource_lookup_data (jz_publish_get_resource (), SHIPPED,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (bytes != NULL);
    JzRedactionRules *loaded = jz_redaction_rules_load (bytes, "national.xml", &error);
    if (loaded == NULL)
      g_error ("%s", error->message);
    g_once_init_leave (&shipped, loaded);
  }
  return shipped;
}

/**
 * jz_redaction_rules_find_kind:
 * @self: rules
 * @id: a kind
 *
 * Returns: (transfer none) (nullable): what is known of it
 */
const JzRedactionKind *
jz_redaction_rules_find_kind (const JzRedactionRules *self, const char *id)
{
  for (guint i = 0; i < self->kinds->len; i++) {
    const JzRedactionKind *kind = g_ptr_array_index (self->kinds, i);
    if (strcmp (kind->id, id) == 0)
      return kind;
  }
  return NULL;
}

/**
 * jz_redaction_rules_find_rule:
 * @self: rules
 * @id: a rule of rules.md 6.2
 *
 * Returns: (transfer none) (nullable): its name and basis
 */
const JzRedactionRule *
jz_redaction_rules_find_rule (const JzRedactionRules *self, const char *id)
{
  for (guint i = 0; i < self->rules->len; i++) {
    const JzRedactionRule *rule = g_ptr_array_index (self->rules, i);
    if (strcmp (rule->id, id) == 0)
      return rule;
  }
  return NULL;
}

/**
 * jz_redaction_rules_find_role:
 * @self: rules
 * @role: what somebody is in a case
 *
 * Returns: (transfer none) (nullable): how such a person is hidden
 */
const JzRedactionRole *
jz_redaction_rules_find_role (const JzRedactionRules *self, JzPublicRole role)
{
  for (guint i = 0; i < self->roles->len; i++) {
    const JzRedactionRole *found = g_ptr_array_index (self->roles, i);
    if (found->role == role)
      return found;
  }
  return NULL;
}

/**
 * jz_redaction_rules_get_surname:
 * @self: rules
 * @name: a text that may begin with a name
 *
 * Returns: the bytes of the surname at its beginning; 0 where there is none
 */
gsize
jz_redaction_rules_get_surname (const JzRedactionRules *self, const char *name)
{
  for (guint i = 0; i < self->compounds->len; i++) {
    const char *compound = g_ptr_array_index (self->compounds, i);
    if (g_str_has_prefix (name, compound))
      return strlen (compound);
  }
  if (*name == '\0' ||
      !g_hash_table_contains (self->surnames, GUINT_TO_POINTER (g_utf8_get_char (name))))
    return 0;
  return (gsize)(g_utf8_next_char (name) - name);
}
