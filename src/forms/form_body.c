/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/form-private.h"

/* Reading the body of a form into a tree in which every name is resolved: a field's value, a
 * member of it, or of the entry of the <each> around it (“row.NAME”). */

#define MAX_NODES 20000
#define MAX_DEPTH 40

typedef struct {
  const char *element;
  JzBodyKind kind;
  gboolean is_inline; /* holds text and values, not parts */
} Part;

static const Part parts[] = {
  { "s", JZ_BODY_SPAN, TRUE },       { "p", JZ_BODY_PARAGRAPH, TRUE },
  { "h", JZ_BODY_HEADING, TRUE },    { "each", JZ_BODY_EACH, FALSE },
  { "list", JZ_BODY_LIST, FALSE },   { "rows", JZ_BODY_LIST, FALSE },
  { "total", JZ_BODY_TOTAL, TRUE },  { "grid", JZ_BODY_GRID, FALSE },
  { "row", JZ_BODY_ROW, FALSE },     { "group", JZ_BODY_GROUP, FALSE },
  { "label", JZ_BODY_LABEL, TRUE },  { "cell", JZ_BODY_CELL, FALSE },
  { "sign", JZ_BODY_SIGN, TRUE },    { "strip", JZ_BODY_STRIP, FALSE },
  { "blank", JZ_BODY_BLANK, FALSE }, { "seal", JZ_BODY_SEAL, FALSE },
  { "foot", JZ_BODY_FOOT, TRUE },    { "headline", JZ_BODY_HEADLINE, TRUE },
};

static const Part *
find_part (const xmlNode *element)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (jz_xml_is_element (element, parts[i].element))
      return &parts[i];
  }
  return NULL;
}

static gboolean
add_node (JzFormLoader *self,
          const xmlNode *element,
          JzBodyNode *parent,
          JzBodyNode *node,
          GError **error)
{
  g_ptr_array_add (parent->parts, node);
  if (self->n_nodes++ < MAX_NODES)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("The form has more than %d parts, which is more than is read."),
                              MAX_NODES);
}

/* White space at line ends of the file is layout of the file; in Chinese no blank is wanted there,
 * and blanks are kept only between other characters. */
static char *
normalize_text (const char *text)
{
  GString *normal = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++) {
    if (!g_ascii_isspace (*at)) {
      g_string_append_c (normal, *at);
      continue;
    }
    const char *end = at;
    gboolean has_break = FALSE;
    for (; g_ascii_isspace (*end); end++)
      has_break = has_break || *end == '\n';
    if (!has_break && normal->len > 0)
      g_string_append_c (normal, ' ');
    at = end - 1;
  }
  return g_string_free (normal, FALSE);
}

static gboolean
add_text (JzFormLoader *self, const xmlNode *text, JzBodyNode *parent, GError **error)
{
  g_autofree char *normal =
    normalize_text (text->content != NULL ? (const char *)text->content : "");
  if (*normal == '\0')
    return TRUE;
  JzBodyNode *node = jz_body_node_new (JZ_BODY_TEXT);
  node->text = g_steal_pointer (&normal);
  return add_node (self, text->parent, parent, node, error);
}

static gboolean
check_show (const JzFormLoader *self, const xmlNode *element, JzBodyNode *node, GError **error)
{
  static const char *const shows[] = { "plain", "boxes", "capitals", "day" };
  static const JzFieldType types[] = { JZ_FIELD_TEXT, JZ_FIELD_CHOICE, JZ_FIELD_MONEY,
                                       JZ_FIELD_DATETIME };
  g_autofree char *show = jz_form_loader_dup_word (element, "show", "plain");
  const JzFormField *field = node->member != NULL ? node->member : node->field;
  for (guint i = 0; i < G_N_ELEMENTS (shows); i++) {
    if (strcmp (shows[i], show) == 0)
      node->show = (JzShow)i;
  }
  if (node->show == JZ_SHOW_PLAIN || field->type == types[node->show])
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("The field “%s” cannot be shown as “%s”; its type is another."),
                              field->name, show);
}

/* Of the entry around here: a column by its name. */
static const JzFormField *
find_in_entry (const JzFormLoader *self, const char *name)
{
  return self->entry != NULL ? jz_form_field_find_member (self->entry, name) : NULL;
}

static gboolean
add_field (JzFormLoader *self, const xmlNode *element, JzBodyNode *parent, GError **error)
{
  JzBodyNode *node = jz_body_node_new (JZ_BODY_FIELD);
  if (!add_node (self, element, parent, node, error))
    return FALSE;
  g_autofree char *name = jz_xml_dup_attribute (element, "name");
  g_auto (GStrv) path = g_strsplit (name, ".", 2);
  if (strcmp (path[0], "row") == 0 && path[1] != NULL) {
    node->is_of_entry = TRUE;
    node->field = find_in_entry (self, path[1]);
  } else {
    node->field = jz_form_find_field (self->form, path[0]);
    if (node->field != NULL && path[1] != NULL) {
      node->member = jz_form_field_find_member (node->field, path[1]);
      node->field = node->member != NULL && !node->field->is_list ? node->field : NULL;
    }
  }
  if (node->field == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("There is no field “%s” here; correct its name or define it."),
                                name);
  return check_show (self, element, node, error);
}

static gboolean
read_inline (JzFormLoader *self, const xmlNode *parent, JzBodyNode *node, GError **error);

static const xmlNode *
find_wording_in (const xmlNode *parent, const char *id)
{
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    g_autofree char *found = jz_xml_dup_attribute (element, "id");
    if (jz_xml_is_element (element, "wording") && g_strcmp0 (found, id) == 0)
      return element;
  }
  return NULL;
}

/* The form's own wording comes before that of the blocks around here. */
static gboolean
add_wording (JzFormLoader *self, const xmlNode *element, JzBodyNode *parent, GError **error)
{
  g_autofree char *id = jz_xml_dup_attribute (element, "id");
  const JzXml *outer = self->document;
  const xmlNode *wording = find_wording_in (self->root, id);
  for (guint i = self->open_blocks->len; wording == NULL && i > 0; i--)
    wording = find_wording_in (g_ptr_array_index (self->open_blocks, i - 1), id);
  if (wording == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("The wording “%s” is missing; add a <wording> of this id."), id);
  JzBodyNode *node = jz_body_node_new (JZ_BODY_SPAN);
  node->text = g_steal_pointer (&id);
  if (!add_node (self, element, parent, node, error))
    return FALSE;
  if (self->blocks != NULL && wording->doc == jz_xml_get_root (self->blocks)->doc)
    self->document = self->blocks;
  gboolean is_read = read_inline (self, wording, node, error);
  self->document = outer;
  return is_read;
}

static gboolean
check_depth (const JzFormLoader *self, const xmlNode *element, GError **error)
{
  if (self->depth < MAX_DEPTH)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("The parts of the form are more than %d levels deep, or a wording "
                                 "contains itself; divide it."),
                              MAX_DEPTH);
}

static gboolean
add_span (JzFormLoader *self, const xmlNode *element, JzBodyNode *parent, GError **error)
{
  JzBodyNode *node = jz_body_node_new (JZ_BODY_SPAN);
  return add_node (self, element, parent, node, error) &&
         jz_form_loader_read_when (self, element, &node->when, error) &&
         read_inline (self, element, node, error);
}

static gboolean
read_inline_node (JzFormLoader *self, const xmlNode *child, JzBodyNode *node, GError **error)
{
  if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
    return add_text (self, child, node, error);
  if (jz_xml_is_element (child, "f"))
    return add_field (self, child, node, error);
  if (jz_xml_is_element (child, "w"))
    return add_wording (self, child, node, error);
  if (jz_xml_is_element (child, "s"))
    return add_span (self, child, node, error);
  return TRUE;
}

static gboolean
read_inline (JzFormLoader *self, const xmlNode *parent, JzBodyNode *node, GError **error)
{
  if (!check_depth (self, parent, error))
    return FALSE;
  self->depth++;
  for (const xmlNode *child = parent->children; child != NULL; child = child->next) {
    if (!read_inline_node (self, child, node, error))
      return FALSE;
  }
  self->depth--;
  return TRUE;
}

static void
read_widths (const xmlNode *element, JzBodyNode *node)
{
  g_autofree char *text =
    jz_xml_dup_attribute (element, node->kind == JZ_BODY_GROUP ? "width" : "widths");
  if (text == NULL)
    return;
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  node->widths = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; words[i] != NULL; i++) {
    double width = g_ascii_strtod (words[i], NULL);
    if (*words[i] != '\0')
      g_array_append_val (node->widths, width);
  }
}

static guint
read_count (const xmlNode *element, const char *name)
{
  g_autofree char *text = jz_xml_dup_attribute (element, name);
  return text != NULL ? (guint)MIN (g_ascii_strtoull (text, NULL, 10), 1000) : 0;
}

static void
read_part_attributes (const xmlNode *element, JzBodyNode *node)
{
  g_autofree char *align = jz_form_loader_dup_word (element, "align", "left");
  g_autofree char *indent = jz_form_loader_dup_word (element, "indent", "yes");
  g_autofree char *height = jz_form_loader_dup_word (element, "height", "0");
  g_autofree char *fill = jz_xml_dup_attribute (element, "fill");
  g_autofree char *date = jz_form_loader_dup_word (element, "date", "yes");
  node->align = strcmp (align, "center") == 0  ? JZ_ALIGN_CENTER
                : strcmp (align, "right") == 0 ? JZ_ALIGN_RIGHT
                                               : JZ_ALIGN_LEFT;
  node->is_indented = strcmp (indent, "yes") == 0;
  node->height = g_ascii_strtod (height, NULL);
  node->fills_page = fill != NULL;
  node->has_date = strcmp (date, "yes") == 0;
  node->level = MAX (read_count (element, "level"),
                     MAX (read_count (element, "rows"), read_count (element, "least")));
  read_widths (element, node);
  if (node->kind == JZ_BODY_GROUP)
    node->text = jz_xml_dup_attribute (element, "label");
}

static gboolean
wants_field (JzBodyKind kind)
{
  return kind == JZ_BODY_EACH || kind == JZ_BODY_LIST || kind == JZ_BODY_SIGN;
}

static gboolean
read_field_attribute (const JzFormLoader *self,
                      const xmlNode *element,
                      JzBodyNode *node,
                      GError **error)
{
  g_autofree char *name = jz_xml_dup_attribute (element, "field");
  if (!wants_field (node->kind) || name == NULL)
    return TRUE;
  node->field = jz_form_find_field (self->form, name);
  if (node->field == NULL)
    return jz_form_loader_fail (self, element, error,
                                _ ("There is no field “%s” here; correct its name or define it."),
                                name);
  if (node->kind == JZ_BODY_SIGN ? g_strcmp0 (node->field->composite, "signature") == 0
                                 : node->field->is_list && node->field->members->len > 0)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("The field “%s” cannot stand in <%s>; its type is another."), name,
                              (const char *)element->name);
}

static gboolean
read_signers (const JzFormLoader *self, const xmlNode *element, JzBodyNode *node, GError **error)
{
  g_autofree char *name = jz_xml_dup_attribute (element, "of");
  if (node->kind != JZ_BODY_SIGN || name == NULL)
    return TRUE;
  node->signers = jz_form_find_field (self->form, name);
  if (node->signers != NULL && node->signers->type == JZ_FIELD_TABLE && node->field->is_list &&
      jz_form_field_find_member (node->signers, "name") != NULL)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("“%s” is no table with the names of those who sign; correct of."),
                              name);
}

static gboolean
read_row_widths (const JzFormLoader *self,
                 const xmlNode *element,
                 const JzBodyNode *node,
                 GError **error)
{
  if (node->kind != JZ_BODY_ROW || node->widths->len == node->parts->len)
    return TRUE;
  return jz_form_loader_fail (self, element, error,
                              _ ("The row has %u cells and %u widths; there must be as many."),
                              node->parts->len, node->widths->len);
}

static gboolean
read_part (JzFormLoader *self, const xmlNode *element, JzBodyNode *parent, GError **error)
{
  const Part *part = find_part (element);
  if (part == NULL)
    return TRUE;
  JzBodyNode *node = jz_body_node_new (part->kind);
  if (!add_node (self, element, parent, node, error) ||
      !jz_form_loader_read_when (self, element, &node->when, error))
    return FALSE;
  read_part_attributes (element, node);
  if (!read_field_attribute (self, element, node, error) ||
      !read_signers (self, element, node, error))
    return FALSE;
  const JzFormField *outer = self->entry;
  if (node->kind == JZ_BODY_EACH)
    self->entry = node->field;
  gboolean is_read = part->is_inline ? read_inline (self, element, node, error)
                                     : jz_form_loader_read_parts (self, element, node, error);
  self->entry = outer;
  return is_read && read_row_widths (self, element, node, error);
}

static gboolean
read_included (JzFormLoader *self, const xmlNode *include, JzBodyNode *node, GError **error)
{
  const xmlNode *block;
  const JzXml *outer;
  if (!jz_form_loader_enter (self, include, &block, &outer, error))
    return FALSE;
  for (const xmlNode *element = jz_xml_get_first_element (block); element != NULL;
       element = jz_xml_get_next_element (element)) {
    if (jz_xml_is_element (element, "body") &&
        !jz_form_loader_read_parts (self, element, node, error))
      return FALSE;
  }
  jz_form_loader_leave (self, outer);
  return TRUE;
}

/* A block's <grid> inside of a <grid> gives its rows only. */
static gboolean
is_inner_grid (const xmlNode *element, const JzBodyNode *node)
{
  return jz_xml_is_element (element, "grid") &&
         (node->kind == JZ_BODY_GRID || node->kind == JZ_BODY_GROUP) && node->level == 1;
}

gboolean
jz_form_loader_read_parts (JzFormLoader *self,
                           const xmlNode *parent,
                           JzBodyNode *node,
                           GError **error)
{
  if (!check_depth (self, parent, error))
    return FALSE;
  self->depth++;
  if (jz_xml_is_element (parent, "grid") || jz_xml_is_element (parent, "group"))
    node->level = 1;
  for (const xmlNode *element = jz_xml_get_first_element (parent); element != NULL;
       element = jz_xml_get_next_element (element)) {
    gboolean is_read;
    if (jz_xml_is_element (element, "include"))
      is_read = read_included (self, element, node, error);
    else if (is_inner_grid (element, node))
      is_read = jz_form_loader_read_parts (self, element, node, error);
    else
      is_read = read_part (self, element, node, error);
    if (!is_read)
      return FALSE;
  }
  self->depth--;
  return TRUE;
}
