/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "forms/form.h"

G_BEGIN_DECLS

/* What a document's values may be at most, all together, in bytes. */
#define JZ_FILLING_MAX_SIZE (4 * 1024 * 1024)
/* What one text may be at most, in bytes, whatever its field says. */
#define JZ_FILLING_MAX_TEXT (256 * 1024)
#define JZ_FILLING_MAX_ENTRIES 5000

/**
 * JzFindingLevel:
 * @JZ_FINDING_WARNING: somebody should look at it and say why it is right
 * @JZ_FINDING_ERROR: the document cannot be final with it
 */
typedef enum {
  JZ_FINDING_WARNING,
  JZ_FINDING_ERROR,
} JzFindingLevel;

/* Something that is not as it should be in a document. */
typedef struct {
  char *field; /* "facts", "party.id_no", "goods[3].quantity"; entries count from 1 */
  JzFindingLevel level;
  char *rule;     /* (nullable): id in forms.md §4 or rules.md §8 */
  char *sentence; /* in the user's language */
} JzFinding;

typedef struct _JzFilling JzFilling;

JzFilling *jz_filling_new (const JzForm *form);
JzFilling *jz_filling_parse (const JzForm *form, const char *text, gsize length, GError **error);
JzFilling *jz_filling_new_from_json (const JzForm *form, const JzJson *values, GError **error);
void jz_filling_free (JzFilling *self);

const JzForm *jz_filling_get_form (const JzFilling *self);
const JzJson *jz_filling_get_values (const JzFilling *self);
char *jz_filling_to_canonical (const JzFilling *self, gsize *length);

const JzJson *jz_filling_find (const JzFilling *self, const char *path);
gboolean jz_filling_set (JzFilling *self, const char *field, const JzJson *value, GError **error);
gboolean jz_filling_holds (const JzFilling *self, const JzExpression *condition);
gboolean jz_filling_is_empty (const JzJson *value);
gboolean jz_filling_has_field (const JzFilling *self, const JzFormField *field);
gboolean jz_filling_set_defaults (JzFilling *self, const JzFacts *facts, GError **error);

/* (element-type JzFinding): none of level error is left in a final document */
GPtrArray *jz_filling_check (const JzFilling *self, JzInstant now, const JzFacts *facts);
gboolean jz_findings_has_error (const GPtrArray *findings);
void jz_finding_free (JzFinding *self);

/* How a value is written on paper; (transfer full), "" for none. */
char *jz_filling_dup_text (const JzFormField *field, const JzJson *value, JzShow show);
char *jz_filling_dup_date (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFilling, jz_filling_free)

G_END_DECLS
