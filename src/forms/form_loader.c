/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "forms/form-private.h"

/* What the parts of the loader share: errors with their place, included blocks, sentences in two
 * languages, and expressions. */

#define MAX_INCLUDES 32

gboolean
jz_form_loader_fail (const JzFormLoader *self,
                     const xmlNode *node,
                     GError **error,
                     const char *format,
                     ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, sentence);
  jz_xml_prefix_error (self->document, node, error);
  return FALSE;
}

static const xmlNode *
find_block (const JzFormLoader *self, const char *id)
{
  if (self->blocks == NULL)
    return NULL;
  for (const xmlNode *element = jz_xml_get_first_element (jz_xml_get_root (self->blocks));
       element != NULL; element = jz_xml_get_next_element (element)) {
    g_autofree char *found = jz_xml_dup_attribute (element, "id");
    if (jz_xml_is_element (element, "block") && g_strcmp0 (found, id) == 0)
      return element;
  }
  return NULL;
}

/* Goes into the block that @include names; jz_form_loader_leave() with @outer goes out again. */
gboolean
jz_form_loader_enter (JzFormLoader *self,
                      const xmlNode *include,
                      const xmlNode **block,
                      const JzXml **outer,
                      GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (include, "block");
  *block = find_block (self, id);
  if (*block == NULL)
    return jz_form_loader_fail (self, include, error,
                                _ ("There is no block “%s”; correct its name or define it."), id);
  if (g_ptr_array_find (self->open_blocks, *block, NULL) || self->open_blocks->len >= MAX_INCLUDES)
    return jz_form_loader_fail (
      self, include, error,
      _ ("The block “%s” includes itself, directly or through others; take this one out."), id);
  g_ptr_array_add (self->open_blocks, (gpointer)*block);
  *outer = self->document;
  self->document = self->blocks;
  return TRUE;
}

void
jz_form_loader_leave (JzFormLoader *self, const JzXml *outer)
{
  g_ptr_array_remove_index (self->open_blocks, self->open_blocks->len - 1);
  self->document = outer;
}

char *
jz_form_loader_dup_word (const xmlNode *node, const char *name, const char *otherwise)
{
  char *word = jz_xml_dup_attribute (node, name);
  return word != NULL ? word : g_strdup (otherwise);
}

gboolean
jz_form_loader_get_flag (const xmlNode *node, const char *name)
{
  g_autofree char *word = jz_xml_dup_attribute (node, name);
  return g_strcmp0 (word, "yes") == 0;
}

/* The attribute of XML itself, which is in a namespace. */
static gboolean
is_english (const xmlNode *element)
{
  xmlChar *language = xmlGetNsProp (element, BAD_CAST "lang", XML_XML_NAMESPACE);
  gboolean is_so = language != NULL && strcmp ((const char *)language, "en") == 0;
  xmlFree (language);
  return is_so;
}

gboolean
jz_form_loader_read_words (const JzFormLoader *self,
                           const xmlNode *parent,
                           const char *element,
                           JzWords *words,
                           GError **error)
{
  for (const xmlNode *child = jz_xml_get_first_element (parent); child != NULL;
       child = jz_xml_get_next_element (child)) {
    if (!jz_xml_is_element (child, element))
      continue;
    char **word = is_english (child) ? &words->en : &words->zh;
    if (*word != NULL)
      return jz_form_loader_fail (
        self, child, error, _ ("<%s> stands here twice in one language; take one out."), element);
    *word = g_strstrip (jz_xml_dup_text (child));
  }
  if (words->zh != NULL)
    return TRUE;
  return jz_form_loader_fail (self, parent, error,
                              _ ("<%s> is missing in Chinese; add it with xml:lang=\"zh-CN\"."),
                              element);
}

typedef struct {
  const JzForm *form;
  const JzVocabulary *facts; /* (nullable) */
} Names;

static const JzType *
get_fact_type (gconstpointer data, const char *name)
{
  const Names *self = data;
  if (g_str_has_prefix (name, JZ_FORM_PREFIX))
    return jz_form_get_value_type (self->form, name + strlen (JZ_FORM_PREFIX));
  return self->facts != NULL ? self->facts->get_fact_type (self->facts->data, name) : NULL;
}

static const char *
get_fact_name (gconstpointer data, gsize position)
{
  const Names *self = data;
  if (self->facts != NULL)
    return self->facts->get_fact_name (self->facts->data, position);
  return jz_form_get_value_name (self->form, position);
}

static gboolean
has_limit (gconstpointer data, const char *id)
{
  const Names *self = data;
  return self->facts != NULL && self->facts->has_limit != NULL &&
         self->facts->has_limit (self->facts->data, id);
}

static const char *
get_limit_id (gconstpointer data, gsize position)
{
  const Names *self = data;
  if (self->facts == NULL || self->facts->get_limit_id == NULL)
    return NULL;
  return self->facts->get_limit_id (self->facts->data, position);
}

/* An expression is in an attribute or in text, of which only the element's place is known: what the
 * expression's parser says of lines is replaced by that. */
static void
move_error (const JzFormLoader *self, const xmlNode *node, const char *text, GError *error)
{
  const char *sentence = error->message + strlen (jz_xml_get_name (self->document));
  for (guint i = 0; i < 3 && sentence != NULL; i++) {
    sentence = strchr (sentence, ':');
    sentence = sentence != NULL ? sentence + 1 : NULL;
  }
  g_autofree char *excerpt = jz_error_dup_excerpt (text, -1);
  char *message =
    g_strdup_printf (_ ("The expression “%s” is wrong. %s"), excerpt,
                     sentence != NULL ? g_strchug ((char *)sentence) : error->message);
  g_free (error->message);
  error->message = message;
  GError *moved = error;
  jz_xml_prefix_error (self->document, node, &moved);
}

gboolean
jz_form_loader_read_expression (const JzFormLoader *self,
                                const xmlNode *node,
                                const char *text,
                                const JzType *wanted,
                                gboolean with_facts,
                                JzExpression **expression,
                                GError **error)
{
  const Names names = { self->form, with_facts ? self->vocabulary : NULL };
  const JzVocabulary vocabulary = {
    .get_fact_type = get_fact_type,
    .get_fact_name = get_fact_name,
    .has_limit = has_limit,
    .get_limit_id = get_limit_id,
    .data = &names,
  };
  int line;
  int column;
  jz_xml_get_position (self->document, node, &line, &column);
  const JzTextPosition position = { jz_xml_get_name (self->document), (guint)line, (guint)column };
  GError *found = NULL;
  *expression = jz_expression_parse (text, strlen (text), &position, JZ_EXPRESSION_SEMANTICS,
                                     &vocabulary, wanted, &found);
  if (*expression != NULL)
    return TRUE;
  move_error (self, node, text, found);
  g_propagate_error (error, found);
  return FALSE;
}

gboolean
jz_form_loader_read_when (const JzFormLoader *self,
                          const xmlNode *node,
                          JzExpression **when,
                          GError **error)
{
  static const JzType condition = { .kind = JZ_VALUE_BOOL };
  g_autofree char *text = jz_xml_dup_attribute (node, "when");
  if (text == NULL)
    return TRUE;
  return jz_form_loader_read_expression (self, node, text, &condition, FALSE, when, error);
}
