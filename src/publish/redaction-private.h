/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "publish/plain_text.h"
#include "publish/redaction.h"
#include "publish/redaction_rules.h"

G_BEGIN_DECLS

/* A text of a publication with the path where it stands. */
typedef struct {
  char *path;
  const JzFormField *field; /* (nullable): what the form knows of it */
  const JzFormField *owner; /* (nullable): the composite or table around it */
  const JzJson *siblings;   /* (nullable): the object around it */
  const char *text;
  JzPlainText *plain;
} JzLeaf;

typedef struct {
  char *name;
  char *plain;
  JzPublicRole role;
  gboolean is_natural;
} JzPublicPerson;

struct _JzPublicSource {
  gatomicrefcount ref_count;
  JzFilling *filling;
  char *title;
  GPtrArray *files;     /* (element-type utf8) */
  GPtrArray *people;    /* (element-type JzPublicPerson) */
  GPtrArray *own;       /* (element-type utf8): plain text of what is the reader's own */
  gboolean keeps_names; /* of natural persons against whom the decision is made (RD-01) */
};

GPtrArray *jz_public_source_list_leaves (const JzPublicSource *self); /* (element-type JzLeaf) */
const JzLeaf *jz_leaves_find (const GPtrArray *leaves, const char *path);

/* Something found in the plain text of a leaf; bytes of the plain text. */
typedef struct {
  guint leaf;
  gsize start;
  gsize end;
  const JzRedactionKind *kind;
  guint certainty;
  gboolean has_role; /* it is the name of somebody */
  JzPublicRole role;
} JzHit;

/* A search over everything that is published together. */
typedef struct {
  const JzPublicSource *source;
  const JzRedactionRules *rules;
  GPtrArray *leaves; /* (element-type JzLeaf) */
  GArray *hits;      /* (element-type JzHit) */
} JzDetection;

void jz_detection_add (JzDetection *self,
                       guint leaf,
                       gsize start,
                       gsize end,
                       const JzRedactionKind *kind,
                       guint certainty);
void jz_detection_add_person (JzDetection *self,
                              guint leaf,
                              gsize start,
                              gsize end,
                              JzPublicRole role,
                              guint certainty);
gboolean jz_detection_has_hit (const JzDetection *self, guint leaf, gsize start, gsize end);
gboolean jz_detection_is_no_name (const JzDetection *self, const char *text);
gboolean jz_detection_stays (const JzDetection *self, const char *text, gsize start, gsize end);
gboolean jz_detection_passes_over (const JzDetection *self, const JzLeaf *leaf);

gboolean jz_public_source_is_own (const JzPublicSource *self, const char *text);
gboolean jz_redaction_value_is_meant (const JzRedactionValue *value, const JzLeaf *leaf);

/* One family each. */
void jz_detect_values (JzDetection *self);
void jz_detect_numbers (JzDetection *self);
void jz_detect_patterns (JzDetection *self);
void jz_detect_known_people (JzDetection *self);
void jz_detect_people (JzDetection *self);
void jz_detect_everywhere (JzDetection *self);

gboolean
jz_detection_narrow_place (const JzDetection *self, const char *text, gsize *start, gsize *end);

/* What stands in place of what was found. */
typedef struct _JzMasks JzMasks;
JzMasks *jz_masks_new (const JzDetection *detection);
void jz_masks_free (JzMasks *self);
char *jz_masks_dup (JzMasks *self, const JzHit *hit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzMasks, jz_masks_free)

/* Finds a final document of a case with what the case knows of the people in it. */
typedef JzPublicSource *(*JzSourceLoader) (JzConnection *reader,
                                           JzObjects *objects,
                                           const char *case_id,
                                           const char *document,
                                           GError **error);

gboolean jz_prepare_copy (const JzPreparation *preparation,
                          JzSourceLoader load,
                          JzJson *args,
                          GError **error);

G_END_DECLS
