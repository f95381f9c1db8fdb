/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/vocabulary.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rules/reader-private.h"
#include "rules/rules-resources.h"

/* The one vocabulary of facts: data/schemas/facts.xml. What is adopted is read by the same
 * function; a name once released is never taken away, so that old rulebooks stay readable. */

#define SHIPPED_PATH "/org/juanzong/schemas/facts.xml"

struct _JzFactVocabulary {
  gatomicrefcount n_references;
  GPtrArray *sets;     /* JzChoiceSet */
  GPtrArray *facts;    /* JzFactDefinition, in the order of the file */
  GHashTable *by_path; /* borrowed JzFactDefinition of facts and of "list.fact.field" */
};

typedef struct {
  JzXml *document;
  JzFactVocabulary *vocabulary;
} Loader;

static void
free_choice (gpointer data)
{
  JzChoice *self = data;
  g_free (self->id);
  jz_text_clear (&self->label);
  g_free (self);
}

static void
free_choice_set (gpointer data)
{
  JzChoiceSet *self = data;
  g_free (self->id);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_free (self);
}

static void
free_definition (gpointer data)
{
  JzFactDefinition *self = data;
  g_free (self->name);
  g_free (self->unit);
  g_free (self->not_before);
  jz_text_clear (&self->meaning);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->field_types, g_array_unref);
  g_free (self);
}

static const JzChoice *
find_choice (const JzChoiceSet *set, const char *word)
{
  for (guint i = 0; i < set->choices->len; i++) {
    const JzChoice *choice = g_ptr_array_index (set->choices, i);
    if (strcmp (choice->id, word) == 0)
      return choice;
  }
  return NULL;
}

static gboolean
add_choice (const Loader *self, JzChoiceSet *set, const xmlNode *element, GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "id");
  if (find_choice (set, id) != NULL)
    return jz_reader_fail (self->document, element, error,
                           g_strdup_printf (_ ("The choice %s is given twice."), id));
  JzChoice *choice = g_new0 (JzChoice, 1);
  choice->id = g_steal_pointer (&id);
  g_ptr_array_add (set->choices, choice);
  g_ptr_array_add (set->words, choice->id);
  return jz_reader_read_text (self->document, element, "label", &choice->label, error);
}

static gboolean
add_choices (const Loader *self, const xmlNode *element, GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "id");
  if (jz_fact_vocabulary_find_choices (self->vocabulary, id) != NULL)
    return jz_reader_fail (self->document, element, error,
                           g_strdup_printf (_ ("The set of choices %s is given twice."), id));
  JzChoiceSet *set = g_new0 (JzChoiceSet, 1);
  g_ptr_array_add (self->vocabulary->sets, set);
  set->id = g_steal_pointer (&id);
  set->choices = g_ptr_array_new_with_free_func (free_choice);
  set->words = g_ptr_array_new ();
  for (const xmlNode *choice = jz_xml_get_first_element (element); choice != NULL;
       choice = jz_xml_get_next_element (choice)) {
    if (!add_choice (self, set, choice, error))
      return FALSE;
  }
  g_ptr_array_add (set->words, NULL);
  return TRUE;
}

static JzValueKind
read_kind (const xmlNode *element)
{
  static const char *const words[] = {
    [JZ_VALUE_BOOL] = "bool",     [JZ_VALUE_INT] = "int",         [JZ_VALUE_MONEY] = "money",
    [JZ_VALUE_DATE] = "date",     [JZ_VALUE_INSTANT] = "instant", [JZ_VALUE_TEXT] = "text",
    [JZ_VALUE_CHOICE] = "choice", [JZ_VALUE_LIST] = "list",
  };
  g_autofree char *type = jz_xml_dup_attribute (element, "type");
  gsize kind = 0;
  while (strcmp (words[kind], type) != 0)
    kind++;
  return (JzValueKind)kind;
}

/* Into the index as soon as it has a name, so that one who fails frees it with the rest. */
static gboolean
add_to_index (const Loader *self,
              JzFactDefinition *definition,
              char *path,
              const xmlNode *element,
              GError **error)
{
  if (g_hash_table_contains (self->vocabulary->by_path, path)) {
    g_autofree char *owned = path;
    return jz_reader_fail (self->document, element, error,
                           g_strdup_printf (_ ("The fact %s is given twice."), owned));
  }
  g_hash_table_insert (self->vocabulary->by_path, path, definition);
  return TRUE;
}

static gboolean
read_day (const Loader *self, JzFactDefinition *definition, const xmlNode *element, GError **error)
{
  g_autofree char *ahead = jz_xml_dup_attribute (element, "lies-ahead");
  const JzFactDefinition *earlier;

  definition->lies_ahead = ahead != NULL;
  definition->not_before = jz_xml_dup_attribute (element, "not-before");
  if (definition->not_before == NULL)
    return TRUE;
  earlier = jz_fact_vocabulary_find (self->vocabulary, definition->not_before);
  return (earlier != NULL && earlier->type.kind == JZ_VALUE_DATE) ||
         jz_reader_fail (self->document, element, error,
                         g_strdup_printf (_ ("There is no date %s above; name one that stands "
                                             "further up in the file."),
                                          definition->not_before));
}

static gboolean
read_definition (const Loader *self,
                 JzFactDefinition *definition,
                 const xmlNode *element,
                 GError **error)
{
  definition->type.kind = read_kind (element);
  definition->unit = jz_xml_dup_attribute (element, "unit");
  if (definition->type.kind == JZ_VALUE_CHOICE) {
    g_autofree char *choices = jz_xml_dup_attribute (element, "choices");
    definition->choices = jz_fact_vocabulary_find_choices (self->vocabulary, choices);
    if (definition->choices == NULL)
      return jz_reader_fail (
        self->document, element, error,
        g_strdup_printf (_ ("There is no set of choices %s; name one that stands at the top of the "
                            "file."),
                         choices));
    definition->type.choices = (const char *const *)definition->choices->words->pdata;
  }
  return read_day (self, definition, element, error) &&
         jz_reader_read_text (self->document, element, "meaning", &definition->meaning, error);
}

static gboolean
add_field (const Loader *self, JzFactDefinition *list, const xmlNode *element, GError **error)
{
  JzFactDefinition *field = g_new0 (JzFactDefinition, 1);
  g_ptr_array_add (list->fields, field);
  field->name = jz_xml_dup_attribute (element, "name");
  field->secrecy = list->secrecy;
  field->since = list->since;
  if (!read_definition (self, field, element, error))
    return FALSE;
  const JzField type = { field->name, field->type };
  g_array_append_val (list->field_types, type);
  return add_to_index (self, field, g_strdup_printf ("%s.%s", list->name, field->name), element,
                       error);
}

static gboolean
add_fields (const Loader *self, JzFactDefinition *list, const xmlNode *element, GError **error)
{
  list->fields = g_ptr_array_new_with_free_func (free_definition);
  list->field_types = g_array_new (FALSE, FALSE, sizeof (JzField));
  for (const xmlNode *field = jz_xml_get_first_element (element); field != NULL;
       field = jz_xml_get_next_element (field)) {
    if (jz_xml_is_element (field, "field") && !add_field (self, list, field, error))
      return FALSE;
  }
  list->type.fields = (const JzField *)(gpointer)list->field_types->data;
  list->type.n_fields = list->field_types->len;
  return TRUE;
}

static JzSecrecy
read_secrecy (const xmlNode *element)
{
  g_autofree char *secrecy = jz_xml_dup_attribute (element, "secrecy");
  if (strcmp (secrecy, "public") == 0)
    return JZ_SECRECY_PUBLIC;
  return strcmp (secrecy, "internal") == 0 ? JZ_SECRECY_INTERNAL : JZ_SECRECY_PERSONAL;
}

static gboolean
add_fact (const Loader *self, const char *group, const xmlNode *element, GError **error)
{
  JzFactDefinition *fact = g_new0 (JzFactDefinition, 1);
  g_ptr_array_add (self->vocabulary->facts, fact);
  fact->name = jz_xml_dup_attribute (element, "name");
  fact->secrecy = read_secrecy (element);
  fact->since = jz_reader_read_number (element, "since", 1);
  if (!g_str_has_prefix (fact->name, group) || fact->name[strlen (group)] != '.')
    return jz_reader_fail (
      self->document, element, error,
      g_strdup_printf (_ ("The fact %1$s stands in the group %2$s and must begin with its name."),
                       fact->name, group));
  if (!read_definition (self, fact, element, error) ||
      !add_to_index (self, fact, g_strdup (fact->name), element, error))
    return FALSE;
  return fact->type.kind != JZ_VALUE_LIST || add_fields (self, fact, element, error);
}

static gboolean
add_group (const Loader *self, const xmlNode *element, GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "id");
  JzText label = { NULL };
  gboolean is_read = jz_reader_read_text (self->document, element, "label", &label, error);
  jz_text_clear (&label);
  for (const xmlNode *fact = jz_xml_get_first_element (element); is_read && fact != NULL;
       fact = jz_xml_get_next_element (fact)) {
    if (jz_xml_is_element (fact, "fact"))
      is_read = add_fact (self, id, fact, error);
  }
  return is_read;
}

static JzFactVocabulary *
new_vocabulary (void)
{
  JzFactVocabulary *self = g_new0 (JzFactVocabulary, 1);
  g_atomic_ref_count_init (&self->n_references);
  self->sets = g_ptr_array_new_with_free_func (free_choice_set);
  self->facts = g_ptr_array_new_with_free_func (free_definition);
  self->by_path = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * jz_fact_vocabulary_load:
 * @bytes: the content of a file
 * @name: its name, for messages
 * @error: return location
 *
 * Reads a vocabulary of facts; data/schemas/facts.rng says what it looks like. Every name is given
 * once, every meaning stands there in Chinese and English. Design §4.
 *
 * Returns: (transfer full): the vocabulary, or %NULL with a %JZ_BASE_ERROR whose message begins
 *   with name, line and column
 */
JzFactVocabulary *
jz_fact_vocabulary_load (GBytes *bytes, const char *name, GError **error)
{
  static JzXmlSchema *schema = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JzXml) document = jz_reader_open (bytes, name, "facts.rng", &schema, error);
  if (document == NULL)
    return NULL;
  g_autoptr (JzFactVocabulary) self = new_vocabulary ();
  const Loader loader = { document, self };
  for (const xmlNode *element = jz_xml_get_first_element (jz_xml_get_root (document));
       element != NULL; element = jz_xml_get_next_element (element)) {
    gboolean is_added = jz_xml_is_element (element, "choices")
                          ? add_choices (&loader, element, error)
                          : add_group (&loader, element, error);
    if (!is_added)
      return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * jz_fact_vocabulary_load_shipped:
 * @error: return location
 *
 * Reads the vocabulary that came with the program.
 *
 * Returns: (transfer full): the vocabulary, or %NULL as in jz_fact_vocabulary_load(), which would
 *   mean that the program was put together wrong
 */
JzFactVocabulary *
jz_fact_vocabulary_load_shipped (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (jz_rules_get_resource (), SHIPPED_PATH,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  return bytes != NULL ? jz_fact_vocabulary_load (bytes, "facts.xml", error) : NULL;
}

/**
 * jz_fact_vocabulary_ref:
 * @self: a vocabulary
 *
 * Takes a reference. Vocabularies are immutable and may be shared between threads.
 *
 * Returns: (transfer full): @self
 */
JzFactVocabulary *
jz_fact_vocabulary_ref (const JzFactVocabulary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  JzFactVocabulary *counted = (JzFactVocabulary *)self;
  g_atomic_ref_count_inc (&counted->n_references);
  return counted;
}

/**
 * jz_fact_vocabulary_unref:
 * @self: (transfer full): a vocabulary
 *
 * Gives a reference back.
 */
void
jz_fact_vocabulary_unref (JzFactVocabulary *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  g_hash_table_unref (self->by_path);
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->sets);
  g_free (self);
}

/**
 * jz_fact_vocabulary_get_n_facts:
 * @self: a vocabulary
 *
 * Returns: how many facts there are, without the fields of lists
 */
guint
jz_fact_vocabulary_get_n_facts (const JzFactVocabulary *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->facts->len;
}

/**
 * jz_fact_vocabulary_get_fact:
 * @self: a vocabulary
 * @position: from 0
 *
 * Returns: (transfer none) (nullable): a fact, in the order of the file; %NULL after the last
 */
const JzFactDefinition *
jz_fact_vocabulary_get_fact (const JzFactVocabulary *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);

  return position < self->facts->len ? g_ptr_array_index (self->facts, position) : NULL;
}

/**
 * jz_fact_vocabulary_find:
 * @self: a vocabulary
 * @path: the name of a fact, or that of a list, a dot and the name of a field of its records
 *
 * Returns: (transfer none) (nullable): the definition, %NULL when there is none
 */
const JzFactDefinition *
jz_fact_vocabulary_find (const JzFactVocabulary *self, const char *path)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  return g_hash_table_lookup (self->by_path, path);
}

/**
 * jz_fact_vocabulary_find_choices:
 * @self: a vocabulary
 * @id: the id of a set of choices
 *
 * Returns: (transfer none) (nullable): the set, %NULL when there is none
 */
const JzChoiceSet *
jz_fact_vocabulary_find_choices (const JzFactVocabulary *self, const char *id)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < self->sets->len; i++) {
    const JzChoiceSet *set = g_ptr_array_index (self->sets, i);
    if (strcmp (set->id, id) == 0)
      return set;
  }
  return NULL;
}

/**
 * jz_fact_definition_get_label:
 * @self: a choice
 * @word: one of its words
 * @language: in which language
 *
 * Returns: (transfer none): what people call it; the word itself where the set has none such
 */
const char *
jz_fact_definition_get_label (const JzFactDefinition *self, const char *word, JzLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (word != NULL, NULL);

  const JzChoice *choice = self->choices != NULL ? find_choice (self->choices, word) : NULL;
  return choice != NULL ? jz_text_get (&choice->label, language) : word;
}

/**
 * jz_fact_vocabulary_dup_meaning:
 * @self: a vocabulary
 * @path: as in jz_fact_vocabulary_find()
 * @language: in which language
 *
 * What a fact is called when it is shown that it is missing; of a field with its list.
 *
 * Returns: (transfer full): the meaning; @path itself where there is no such fact
 */
char *
jz_fact_vocabulary_dup_meaning (const JzFactVocabulary *self, const char *path, JzLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  const JzFactDefinition *definition = jz_fact_vocabulary_find (self, path);
  if (definition == NULL)
    return g_strdup (path);
  const char *meaning = jz_text_get (&definition->meaning, language);
  if (strcmp (definition->name, path) == 0)
    return g_strdup (meaning);
  g_autofree char *list_name = g_strndup (path, strlen (path) - strlen (definition->name) - 1);
  const JzFactDefinition *list = jz_fact_vocabulary_find (self, list_name);
  return g_strdup_printf ("%s (%s)", meaning, jz_text_get (&list->meaning, language));
}

static const JzType *
get_fact_type (gconstpointer data, const char *name)
{
  const JzFactDefinition *definition = jz_fact_vocabulary_find (data, name);
  /* a field is no fact of its own */
  return definition != NULL && strcmp (definition->name, name) == 0 ? &definition->type : NULL;
}

static const char *
get_fact_name (gconstpointer data, gsize position)
{
  const JzFactDefinition *fact = jz_fact_vocabulary_get_fact (data, (guint)position);
  return fact != NULL ? fact->name : NULL;
}

static gboolean
has_no_limit (gconstpointer data, const char *id)
{
  return FALSE;
}

static const char *
get_no_limit_id (gconstpointer data, gsize position)
{
  return NULL;
}

/**
 * jz_fact_vocabulary_get_interface:
 * @self: a vocabulary, which must outlive @vocabulary
 * @vocabulary: (out): filled
 *
 * What jz_expression_parse() asks, for expressions that name no limit. A rulebook answers for its
 * limits as well: jz_rulebook_get_vocabulary().
 */
void
jz_fact_vocabulary_get_interface (const JzFactVocabulary *self, JzVocabulary *vocabulary)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (vocabulary != NULL);

  *vocabulary = (JzVocabulary){
    .get_fact_type = get_fact_type,
    .get_fact_name = get_fact_name,
    .has_limit = has_no_limit,
    .get_limit_id = get_no_limit_id,
    .data = self,
  };
}
