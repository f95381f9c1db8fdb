/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/rulebook-private.h"

#include <string.h>

#define BASE_FIELD "BASE"

static JzRulebook *
new_rulebook (const JzFactVocabulary *vocabulary)
{
  JzRulebook *self = g_new0 (JzRulebook, 1);
  g_atomic_ref_count_init (&self->n_references);
  self->facts = jz_fact_vocabulary_ref (vocabulary);
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    self->rules[kind] = g_ptr_array_new_with_free_func (jz_rule_free);
    self->index[kind] = g_hash_table_new (g_str_hash, g_str_equal);
  }
  return self;
}

static char *
join (const char *before, const char *name)
{
  return before == NULL ? g_strdup (name) : g_strconcat (before, "+", name, NULL);
}

/* The field is that of the last that is for one; it is in force when the last of them is. */
static void
take_head (JzRulebook *self, const JzRuleSource *source)
{
  g_autofree char *id = g_steal_pointer (&self->id);
  g_autofree char *version = g_steal_pointer (&self->version);
  self->id = join (id, source->id);
  self->version = join (version, source->version);
  if (self->field == NULL || strcmp (source->field, BASE_FIELD) != 0) {
    g_free (self->field);
    self->field = g_strdup (source->field);
  }
  self->semantics = source->semantics;
  if (self->in_force.year == 0 || jz_date_compare (self->in_force, source->in_force) < 0)
    self->in_force = source->in_force;
}

static const JzType *
get_fact_type (gconstpointer data, const char *name)
{
  const JzRuleReader *reader = data;
  const JzFactDefinition *definition = jz_fact_vocabulary_find (reader->book->facts, name);
  return definition != NULL && strcmp (definition->name, name) == 0 ? &definition->type : NULL;
}

static const char *
get_fact_name (gconstpointer data, gsize position)
{
  const JzRuleReader *reader = data;
  const JzFactDefinition *fact = jz_fact_vocabulary_get_fact (reader->book->facts, (guint)position);
  return fact != NULL ? fact->name : NULL;
}

/* Asked for each limit that an expression names, which is how we learn of them. */
static gboolean
has_limit (gconstpointer data, const char *id)
{
  const JzRuleReader *reader = data;
  if (!g_hash_table_contains (reader->limits, id))
    return FALSE;
  if (reader->named_limits != NULL)
    g_ptr_array_add (reader->named_limits, g_strdup (id));
  return TRUE;
}

static const char *
get_limit_id (gconstpointer data, gsize position)
{
  const JzRuleReader *reader = data;
  for (guint i = 0; i < reader->places->len; i++) {
    const JzRulePlace *place = g_ptr_array_index (reader->places, i);
    if (place->kind == JZ_RULE_LIMIT && position-- == 0)
      return place->id;
  }
  return NULL;
}

static void
init_reader (JzRuleReader *self, JzRulebook *book, GPtrArray *places)
{
  *self = (JzRuleReader){ .book = book, .places = places };
  self->limits = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < places->len; i++) {
    const JzRulePlace *place = g_ptr_array_index (places, i);
    if (place->kind == JZ_RULE_LIMIT)
      g_hash_table_add (self->limits, place->id);
  }
  self->vocabulary = (JzVocabulary){
    .get_fact_type = get_fact_type,
    .get_fact_name = get_fact_name,
    .has_limit = has_limit,
    .get_limit_id = get_limit_id,
    .data = self,
  };
}

static gboolean
read_rules (JzRuleReader *reader, GError **error)
{
  JzRulebook *book = reader->book;
  for (guint i = 0; i < reader->places->len; i++) {
    const JzRulePlace *place = g_ptr_array_index (reader->places, i);
    JzRule *rule = jz_rule_read (reader, place, error);
    if (rule == NULL)
      return FALSE;
    g_ptr_array_add (book->rules[place->kind], rule);
    g_hash_table_insert (book->index[place->kind], rule->id, rule);
  }
  return jz_rulebook_check (reader, error);
}

JzRulebook *
jz_rulebook_compose_sources (const JzFactVocabulary *vocabulary, GPtrArray *sources, GError **error)
{
  g_autoptr (GPtrArray) places = jz_rule_sources_merge (sources, error);
  if (places == NULL)
    return NULL;
  g_autoptr (JzRulebook) book = new_rulebook (vocabulary);
  for (guint i = 0; i < sources->len; i++)
    take_head (book, g_ptr_array_index (sources, i));
  JzRuleReader reader;
  init_reader (&reader, book, places);
  gboolean is_read = read_rules (&reader, error);
  g_hash_table_unref (reader.limits);
  if (!is_read)
    return NULL;
  book->canonical = jz_rulebook_write_canonical (book);
  return g_steal_pointer (&book);
}

/**
 * jz_rulebook_compose:
 * @vocabulary: the facts that rules may name
 * @files: (array length=n_files): a national rulebook, then if there are any that of a field and
 *   that of a bureau; or one effective rulebook
 * @n_files: how many, at least 1
 * @error: return location
 *
 * Puts rulebooks together into the one that is in force (design §4). data/schemas/rulebook.rng says
 * what a file looks like; beyond it is checked that every fact, limit, law, role, stage and word
 * that is named exists, that expressions have the right types, that limits have an end, that stages
 * can be reached and left and their order has no cycle, that sentences are there in both languages
 * and fill in the same facts.
 *
 * Returns: (transfer full): the rulebook, or %NULL with a %JZ_BASE_ERROR whose message begins with
 *   the file, line and column; then nothing has changed anywhere
 */
JzRulebook *
jz_rulebook_compose (const JzFactVocabulary *vocabulary,
                     const JzRulebookFile *files,
                     guint n_files,
                     GError **error)
{
  g_return_val_if_fail (vocabulary != NULL, NULL);
  g_return_val_if_fail (files != NULL && n_files > 0, NULL);

  g_autoptr (GPtrArray) sources =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_rule_source_free);
  for (guint i = 0; i < n_files; i++) {
    JzRuleSource *source = jz_rule_source_open (files[i].bytes, files[i].name, error);
    if (source == NULL)
      return NULL;
    g_ptr_array_add (sources, source);
  }
  return jz_rulebook_compose_sources (vocabulary, sources, error);
}

/**
 * jz_rulebook_ref:
 * @self: a rulebook
 *
 * Takes a reference. Rulebooks are immutable and may be shared between threads.
 *
 * Returns: (transfer full): @self
 */
JzRulebook *
jz_rulebook_ref (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JzRulebook *counted = (JzRulebook *)self;
  g_atomic_ref_count_inc (&counted->n_references);
  return counted;
}

/**
 * jz_rulebook_unref:
 * @self: (transfer full): a rulebook
 *
 * Gives a reference back.
 */
void
jz_rulebook_unref (JzRulebook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    g_hash_table_unref (self->index[kind]);
    g_ptr_array_unref (self->rules[kind]);
  }
  jz_fact_vocabulary_unref (self->facts);
  g_clear_pointer (&self->canonical, g_bytes_unref);
  g_free (self->id);
  g_free (self->field);
  g_free (self->version);
  g_free (self);
}

/**
 * jz_rulebook_get_id:
 * @self: a rulebook
 *
 * Returns: the ids of the files it was composed of, joined by "+"
 */
const char *
jz_rulebook_get_id (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

/**
 * jz_rulebook_get_field:
 * @self: a rulebook
 *
 * Returns: the field of law that it is for
 */
const char *
jz_rulebook_get_field (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->field;
}

/**
 * jz_rulebook_get_semantics:
 * @self: a rulebook
 *
 * Returns: the semantics number of its expressions
 */
guint
jz_rulebook_get_semantics (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->semantics;
}

/**
 * jz_rulebook_get_fact_vocabulary:
 * @self: a rulebook
 *
 * Returns: (transfer none): the facts that its rules name
 */
const JzFactVocabulary *
jz_rulebook_get_fact_vocabulary (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->facts;
}

static const JzType *
get_book_fact_type (gconstpointer data, const char *name)
{
  const JzRulebook *self = data;
  JzVocabulary facts;
  jz_fact_vocabulary_get_interface (self->facts, &facts);
  return facts.get_fact_type (facts.data, name);
}

static const char *
get_book_fact_name (gconstpointer data, gsize position)
{
  const JzRulebook *self = data;
  JzVocabulary facts;
  jz_fact_vocabulary_get_interface (self->facts, &facts);
  return facts.get_fact_name (facts.data, position);
}

static gboolean
has_book_limit (gconstpointer data, const char *id)
{
  return jz_rulebook_find_limit (data, id) != NULL;
}

static const char *
get_book_limit_id (gconstpointer data, gsize position)
{
  const GPtrArray *limits = jz_rulebook_get_rules (data, JZ_RULE_LIMIT);
  if (position >= limits->len)
    return NULL;
  const JzRule *limit = g_ptr_array_index (limits, position);
  return limit->id;
}

/**
 * jz_rulebook_get_vocabulary:
 * @self: a rulebook, which must outlive @vocabulary
 * @vocabulary: (out): filled
 *
 * What jz_expression_parse() asks, for expressions that may name the rulebook's limits.
 */
void
jz_rulebook_get_vocabulary (const JzRulebook *self, JzVocabulary *vocabulary)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (vocabulary != NULL);

  *vocabulary = (JzVocabulary){
    .get_fact_type = get_book_fact_type,
    .get_fact_name = get_book_fact_name,
    .has_limit = has_book_limit,
    .get_limit_id = get_book_limit_id,
    .data = self,
  };
}

/**
 * jz_rulebook_to_bytes:
 * @self: a rulebook
 *
 * Gives the effective rulebook as a file that jz_rulebook_compose() reads: what a bureau adopts.
 * The same rules are always the same bytes.
 *
 * Returns: (transfer full): the file
 */
GBytes *
jz_rulebook_to_bytes (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_bytes_ref (self->canonical);
}

/**
 * jz_rulebook_dup_hash:
 * @self: a rulebook
 *
 * Returns: (transfer full): SHA-256 of jz_rulebook_to_bytes() in hexadecimal, by which entries name
 *   the rulebook
 */
char *
jz_rulebook_dup_hash (const JzRulebook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->canonical);
}

/**
 * jz_rulebook_get_rules:
 * @self: a rulebook
 * @kind: which kind
 *
 * Returns: (transfer none) (element-type JzRule): its rules of that kind, by id
 */
const GPtrArray *
jz_rulebook_get_rules (const JzRulebook *self, JzRuleKind kind)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind < JZ_RULE_N_KINDS, NULL);

  return self->rules[kind];
}

/**
 * jz_rulebook_find:
 * @self: a rulebook
 * @kind: which kind
 * @id: its id
 *
 * Returns: (transfer none) (nullable): the rule, %NULL when there is none
 */
const JzRule *
jz_rulebook_find (const JzRulebook *self, JzRuleKind kind, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind < JZ_RULE_N_KINDS, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->index[kind], id);
}

/**
 * jz_rulebook_find_any:
 * @self: a rulebook
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the rule of that id, of whatever kind
 */
const JzRule *
jz_rulebook_find_any (const JzRulebook *self, const char *id)
{
  for (guint kind = 0; kind < JZ_RULE_N_KINDS; kind++) {
    const JzRule *rule = jz_rulebook_find (self, (JzRuleKind)kind, id);
    if (rule != NULL)
      return rule;
  }
  return NULL;
}

static void
append_citation (const JzRulebook *self,
                 GString *text,
                 const JzCitation *citation,
                 JzLanguage language)
{
  const JzRule *law = jz_rulebook_find (self, JZ_RULE_LAW, citation->law);
  gboolean is_chinese = language == JZ_LANGUAGE_ZH;
  if (text->len > 0)
    g_string_append (text, is_chinese ? "；" : "; ");
  g_string_append_printf (text, is_chinese ? "《%s》" : "%s", jz_text_get (&law->name, language));
  if (citation->article == NULL)
    return;
  if (is_chinese && g_ascii_isdigit (*citation->article))
    g_string_append_printf (text, "第%s条", citation->article);
  else
    g_string_append_printf (text, is_chinese ? "%s" : ", art. %s", citation->article);
}

/**
 * jz_rulebook_dup_basis:
 * @self: a rulebook
 * @rule: a rule of it
 * @language: in which language
 *
 * Returns: (transfer full): the laws and articles that the rule rests on, for people; "" where it
 *   names none
 */
char *
jz_rulebook_dup_basis (const JzRulebook *self, const JzRule *rule, JzLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (rule != NULL, NULL);

  GString *text = g_string_new (NULL);
  for (guint i = 0; i < rule->bases->len; i++)
    append_citation (self, text, &g_array_index (rule->bases, JzCitation, i), language);
  return g_string_free (text, FALSE);
}
