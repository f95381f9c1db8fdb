/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form.h"
#include "rules/xml.h"

G_BEGIN_DECLS

/* What the files of a form's loader share. */

#define JZ_FORM_PREFIX "doc."
#define JZ_FORM_BLOCKS_NAME "blocks.xml"

struct _JzForm {
  gatomicrefcount ref_count;
  char *id;
  guint version;
  JzFormKind kind;
  JzWords title;
  gboolean is_external;
  gboolean is_secondary;
  char *number;
  char *seal;
  char *served;
  char *publicity;
  char *flow;
  char *approved_by;
  char *finalised_by;
  GPtrArray *fields; /* (element-type JzFormField) */
  JzBodyNode *body;
  GPtrArray *elements; /* (element-type JzFormElement) */
  GPtrArray *checks;   /* (element-type JzFormCheck) */
  GPtrArray *outline;  /* (element-type utf8) */
};

/* One way through a file: where we are, what is known, and the blocks that we are inside of. */
typedef struct {
  const JzXml *document;
  const JzXml *blocks;            /* (nullable): the file of blocks and composite types */
  const JzVocabulary *vocabulary; /* (nullable): facts of the case */
  JzForm *form;
  GPtrArray *open_blocks;   /* (element-type xmlNode): includes around here, outermost first */
  GPtrArray *open_types;    /* (element-type utf8): composites around here */
  const xmlNode *root;      /* whose wordings come first */
  const JzFormField *entry; /* (nullable): the list of the EACH around here */
  guint depth;
  guint n_nodes;
} JzFormLoader;

JzXml *jz_form_open_document (GBytes *bytes, const char *name, GError **error);
GBytes *jz_form_lookup_shipped (const char *file);

void jz_words_clear (JzWords *self);
void jz_form_field_free (JzFormField *self);
void jz_body_node_free (JzBodyNode *self);
void jz_form_element_free (JzFormElement *self);
void jz_form_check_free (JzFormCheck *self);
JzFormField *jz_form_field_new (void);
JzBodyNode *jz_body_node_new (JzBodyKind kind);

gboolean jz_form_loader_fail (const JzFormLoader *self,
                              const xmlNode *node,
                              GError **error,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);
gboolean jz_form_loader_enter (JzFormLoader *self,
                               const xmlNode *include,
                               const xmlNode **block,
                               const JzXml **outer,
                               GError **error);
void jz_form_loader_leave (JzFormLoader *self, const JzXml *outer);
char *jz_form_loader_dup_word (const xmlNode *node, const char *name, const char *otherwise);
gboolean jz_form_loader_get_flag (const xmlNode *node, const char *name);
gboolean jz_form_loader_read_words (const JzFormLoader *self,
                                    const xmlNode *parent,
                                    const char *element,
                                    JzWords *words,
                                    GError **error);
gboolean jz_form_loader_read_expression (const JzFormLoader *self,
                                         const xmlNode *node,
                                         const char *text,
                                         const JzType *wanted,
                                         gboolean with_facts,
                                         JzExpression **expression,
                                         GError **error);
gboolean jz_form_loader_read_when (const JzFormLoader *self,
                                   const xmlNode *node,
                                   JzExpression **when,
                                   GError **error);

gboolean jz_form_loader_read_fields (JzFormLoader *self,
                                     const xmlNode *parent,
                                     GPtrArray *fields,
                                     GError **error);
gboolean jz_form_loader_read_conditions (JzFormLoader *self, const xmlNode *parent, GError **error);
gboolean jz_form_loader_read_parts (JzFormLoader *self,
                                    const xmlNode *parent,
                                    JzBodyNode *node,
                                    GError **error);
gboolean jz_form_loader_read_checks (JzFormLoader *self, const xmlNode *root, GError **error);

void jz_form_field_set_value_type (JzFormField *self);
void jz_form_field_clear_value_type (JzFormField *self);
const JzType *jz_form_get_value_type (const JzForm *self, const char *name);
const char *jz_form_get_value_name (const JzForm *self, gsize position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFormField, jz_form_field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzBodyNode, jz_body_node_free)

G_END_DECLS
