/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

/* Which value of a document is meant: "facts", "party.name", "goods[3].name" or "goods[3]". */
typedef struct {
  const JzFormField *field;
  guint entry;               /* from 1; 0 for none */
  const JzFormField *member; /* (nullable) */
} JzFieldPath;

gboolean jz_field_path_parse (const JzForm *form, const char *text, JzFieldPath *path);
const JzFormField *jz_field_path_get_leaf (const JzFieldPath *self);
gboolean jz_field_path_is_list (const JzFieldPath *self);
char *jz_field_path_dup_label (const JzFieldPath *self);

const JzJson *jz_filling_get_at (const JzFilling *self, const JzFieldPath *path);
gboolean
jz_filling_put_at (JzFilling *self, const JzFieldPath *path, JzJson *value, GError **error);

G_END_DECLS
