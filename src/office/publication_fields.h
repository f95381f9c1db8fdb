/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"
#include "rules/text.h"

G_BEGIN_DECLS

/**
 * JzPublicField:
 * @id: its name
 * @label: what people call it
 * @deviation: (nullable): what is wrong with the value
 * @value: what the public is told
 *
 * Something that the public is told of a decision, as a carrier asks for it (P-03).
 */
typedef struct {
  char *id;
  char *label;
  char *deviation;
  char *value;
} JzPublicField;

void jz_public_field_free (JzPublicField *self);

JzJson *jz_publication_make_fields (const JzFilling *masked, GError **error);
gboolean jz_publication_has_fields (const char *form);
GPtrArray *jz_publication_list_fields (const char *form,
                                       const char *carrier,
                                       const JzJson *fields,
                                       GError **error);
char *
jz_publication_dup_deviations (const char *form, const JzJson *fields, guint *n, GError **error);
GStrv jz_publication_dup_carriers (const char *words);

G_END_DECLS
