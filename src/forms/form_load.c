/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/form_load.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "forms/form-private.h"
#include "forms/forms-resources.h"
#include "rules/xml_schema.h"

/* Files of forms: data/schemas/form.rng says what they look like, and here is checked what a schema
 * cannot say. Those that are shipped are only a source; what a bureau has adopted is read by the
 * same functions. */

#define SHIPPED_FOLDER "/org/juanzong/forms"
#define SCHEMA_PATH "/org/juanzong/schemas/form.rng"

struct _JzFormBlocks {
  JzXml *document;
};

static JzXmlSchema *
load_schema (void)
{
  static JzXmlSchema *schema = NULL;
  if (g_once_init_enter (&schema)) {
    g_autoptr (GBytes) bytes = g_resource_lookup_data (jz_forms_get_resource (), SCHEMA_PATH,
                                                       G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert (bytes != NULL);
    JzXmlSchema *loaded = jz_xml_schema_new (bytes, "form.rng", NULL);
    g_assert (loaded != NULL);
    g_once_init_leave (&schema, loaded);
  }
  return schema;
}

/* Of the folder: a file that follows the schema, of a form or of blocks. */
JzXml *
jz_form_open_document (GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzXml) document = jz_xml_parse (bytes, name, error);
  if (document == NULL || !jz_xml_schema_validate (load_schema (), document, error))
    return NULL;
  return g_steal_pointer (&document);
}

static JzXml *
read_document (GBytes *bytes, const char *name, const char *root, GError **error)
{
  g_autoptr (JzXml) document = jz_form_open_document (bytes, name, error);
  if (document == NULL)
    return NULL;
  if (jz_xml_is_element (jz_xml_get_root (document), root))
    return g_steal_pointer (&document);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("The file begins with another element than <%s>; another file was meant."), root);
  jz_xml_prefix_error (document, NULL, error);
  return NULL;
}

/**
 * jz_form_blocks_load:
 * @bytes: the content of a file
 * @name: its name, for messages
 * @error: return location
 *
 * Reads the shared blocks and composite types of forms.md §0.4. What a block means depends on the
 * form around it and is checked when a form includes it.
 *
 * Returns: (transfer full): the blocks, or %NULL with %JZ_BASE_ERROR_SYNTAX or
 *   %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column
 */
JzFormBlocks *
jz_form_blocks_load (GBytes *bytes, const char *name, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JzXml) document = read_document (bytes, name, "blocks", error);
  if (document == NULL)
    return NULL;
  JzFormBlocks *self = g_new0 (JzFormBlocks, 1);
  self->document = g_steal_pointer (&document);
  return self;
}

/**
 * jz_form_blocks_free:
 * @self: (transfer full): blocks
 *
 * Frees blocks; forms that were read with them stay.
 */
void
jz_form_blocks_free (JzFormBlocks *self)
{
  g_return_if_fail (self != NULL);

  jz_xml_free (self->document);
  g_free (self);
}

static void
read_header (JzForm *form, const xmlNode *root)
{
  static const char *const kinds[] = { "letter", "table", "record" };
  g_autofree char *version = jz_xml_dup_attribute (root, "version");
  g_autofree char *kind = jz_xml_dup_attribute (root, "kind");
  form->id = jz_xml_dup_attribute (root, "id");
  form->version = (guint)g_ascii_strtoull (version, NULL, 10);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (strcmp (kinds[i], kind) == 0)
      form->kind = (JzFormKind)i;
  }
  form->is_external = jz_form_loader_get_flag (root, "external");
  form->is_secondary = xmlHasProp ((xmlNode *)root, BAD_CAST "volume") != NULL;
  form->number = jz_xml_dup_attribute (root, "number");
  form->seal = jz_xml_dup_attribute (root, "seal");
  form->served = jz_xml_dup_attribute (root, "served");
  form->publicity = jz_xml_dup_attribute (root, "publicity");
  form->flow = jz_xml_dup_attribute (root, "flow");
  form->approved_by = jz_form_loader_dup_word (root, "approved-by", "document.approve");
  form->finalised_by = jz_form_loader_dup_word (root, "finalised-by", "document.finalise");
}

static const xmlNode *
find_element (const xmlNode *root, const char *name)
{
  const xmlNode *element = jz_xml_get_first_element (root);
  while (element != NULL && !jz_xml_is_element (element, name))
    element = jz_xml_get_next_element (element);
  return element;
}

/* Every question once: asked twice it would be offered twice. */
static gboolean
read_outline (JzFormLoader *loader, const xmlNode *outline, GError **error)
{
  GPtrArray *questions = loader->form->outline;
  const xmlNode *element = outline != NULL ? jz_xml_get_first_element (outline) : NULL;
  for (; element != NULL; element = jz_xml_get_next_element (element)) {
    g_autofree char *question = g_strstrip (jz_xml_dup_text (element));
    if (g_ptr_array_find_with_equal_func (questions, question, g_str_equal, NULL))
      return jz_form_loader_fail (
        loader, element, error, _ ("The question “%s” stands in the outline twice; take one out."),
        question);
    g_ptr_array_add (questions, g_steal_pointer (&question));
  }
  return TRUE;
}

static gboolean
read_form (JzFormLoader *loader, const xmlNode *root, GError **error)
{
  JzForm *form = loader->form;
  read_header (form, root);
  const xmlNode *fields = find_element (root, "fields");
  const xmlNode *body = find_element (root, "body");
  return jz_form_loader_read_words (loader, root, "title", &form->title, error) &&
         jz_form_loader_read_fields (loader, fields, form->fields, error) &&
         jz_form_loader_read_conditions (loader, fields, error) &&
         jz_form_loader_read_parts (loader, body, form->body, error) &&
         jz_form_loader_read_checks (loader, root, error) &&
         read_outline (loader, find_element (root, "outline"), error);
}

static JzForm *
new_form (void)
{
  JzForm *form = g_new0 (JzForm, 1);
  g_atomic_ref_count_init (&form->ref_count);
  form->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_form_field_free);
  form->elements = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_form_element_free);
  form->checks = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_form_check_free);
  form->outline = g_ptr_array_new_with_free_func (g_free);
  form->body = jz_body_node_new (JZ_BODY_GRID);
  return form;
}

/**
 * jz_form_load:
 * @bytes: the content of a file
 * @name: its name, for messages
 * @blocks: (nullable): what it may include
 * @vocabulary: (nullable): the facts of a case; without it, expressions over facts are kept as text
 *   and are not checked
 * @error: return location
 *
 * Reads the definition of a document and checks that every field, member, block, composite type,
 * wording and expression in it exists and is defined once.
 *
 * Returns: (transfer full): the form, or %NULL with %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE or
 *   %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column
 */
JzForm *
jz_form_load (GBytes *bytes,
              const char *name,
              const JzFormBlocks *blocks,
              const JzVocabulary *vocabulary,
              GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  g_autoptr (JzXml) document = read_document (bytes, name, "form", error);
  if (document == NULL)
    return NULL;
  g_autoptr (JzForm) form = new_form ();
  g_autoptr (GPtrArray) open_blocks = g_ptr_array_new ();
  g_autoptr (GPtrArray) open_types = g_ptr_array_new_with_free_func (g_free);
  const xmlNode *root = jz_xml_get_root (document);
  JzFormLoader loader = {
    .document = document,
    .blocks = blocks != NULL ? blocks->document : NULL,
    .vocabulary = vocabulary,
    .form = form,
    .open_blocks = open_blocks,
    .open_types = open_types,
    .root = root,
  };
  if (!read_form (&loader, root, error))
    return NULL;
  return g_steal_pointer (&form);
}

/* Of the folder. */
GBytes *
jz_form_lookup_shipped (const char *file)
{
  g_autofree char *path = g_strdup_printf ("%s/%s", SHIPPED_FOLDER, file);
  return g_resource_lookup_data (jz_forms_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/**
 * jz_form_list_shipped:
 *
 * Returns: (transfer full): the ids of the forms that came with the program, sorted
 */
GStrv
jz_form_list_shipped (void)
{
  g_auto (GStrv) files = g_resource_enumerate_children (jz_forms_get_resource (), SHIPPED_FOLDER,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; files != NULL && files[i] != NULL; i++) {
    if (strcmp (files[i], JZ_FORM_BLOCKS_NAME) != 0)
      g_ptr_array_add (ids, g_strndup (files[i], strlen (files[i]) - strlen (".xml")));
  }
  g_ptr_array_sort (ids, compare_names);
  g_ptr_array_add (ids, NULL);
  return (GStrv)g_ptr_array_steal (ids, NULL);
}

/**
 * jz_form_blocks_get_shipped:
 *
 * Returns: (transfer none): the blocks that came with the program
 */
const JzFormBlocks *
jz_form_blocks_get_shipped (void)
{
  static JzFormBlocks *blocks = NULL;
  if (g_once_init_enter (&blocks)) {
    g_autoptr (GBytes) bytes = jz_form_lookup_shipped (JZ_FORM_BLOCKS_NAME);
    g_autoptr (GError) error = NULL;
    g_assert (bytes != NULL);
    JzFormBlocks *loaded = jz_form_blocks_load (bytes, JZ_FORM_BLOCKS_NAME, &error);
    g_assert_no_error (error);
    g_once_init_leave (&blocks, loaded);
  }
  return blocks;
}

/**
 * jz_form_load_shipped:
 * @id: the id of a form
 * @vocabulary: (nullable): the facts of a case
 * @error: return location
 *
 * Reads a form that came with the program.
 *
 * Returns: (transfer full): the form, or %NULL with %JZ_BASE_ERROR_RANGE when there is none of this
 *   id, and as in jz_form_load()
 */
JzForm *
jz_form_load_shipped (const char *id, const JzVocabulary *vocabulary, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  g_autofree char *file = g_strdup_printf ("%s.xml", id);
  g_auto (GStrv) ids = jz_form_list_shipped ();
  if (!g_strv_contains ((const char *const *)ids, id)) {
    g_autofree char *shown = jz_error_dup_excerpt (id, -1);
    g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
                 _ ("There is no form %s; juanzongctl forms list names them."), shown);
    return NULL;
  }
  g_autoptr (GBytes) bytes = jz_form_lookup_shipped (file);
  return jz_form_load (bytes, file, jz_form_blocks_get_shipped (), vocabulary, error);
}
