/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* Values that are personal because of the field that they stand in, whatever they look like. */

static gboolean
is_field (const JzRedactionValue *value, const JzLeaf *leaf)
{
  if (value->field != NULL)
    return leaf->field != NULL && leaf->owner == NULL &&
           strcmp (leaf->field->name, value->field) == 0;
  if (leaf->owner == NULL || g_strcmp0 (leaf->owner->composite, value->composite) != 0)
    return FALSE;
  return value->member == NULL ||
         (leaf->field != NULL && strcmp (leaf->field->name, value->member) == 0);
}

/*
 * jz_redaction_value_is_meant:
 * @value: of the data
 * @leaf: a text
 *
 * Returns: whether the data mean this text
 */
gboolean
jz_redaction_value_is_meant (const JzRedactionValue *value, const JzLeaf *leaf)
{
  if (!is_field (value, leaf))
    return FALSE;
  if (value->where == NULL)
    return TRUE;
  const char *other =
    leaf->siblings != NULL ? jz_json_get_member_text (leaf->siblings, value->where) : NULL;
  return (g_strcmp0 (other, value->is) == 0) != value->is_but;
}

/*
 * jz_detection_passes_over:
 * @self: a search
 * @leaf: a text
 *
 * Returns: whether it is public in every such document (data), or no text at all but a word of the
 *   form's own
 */
gboolean
jz_detection_passes_over (const JzDetection *self, const JzLeaf *leaf)
{
  if (leaf->field != NULL && leaf->field->type == JZ_FIELD_CHOICE)
    return TRUE;
  for (guint i = 0; i < self->rules->stays->len; i++)
    if (jz_redaction_value_is_meant (g_ptr_array_index (self->rules->stays, i), leaf))
      return TRUE;
  return FALSE;
}

static gboolean
is_known_as (const JzPublicSource *source, const char *plain, JzPublicRole role)
{
  for (guint i = 0; i < source->people->len; i++) {
    const JzPublicPerson *person = g_ptr_array_index (source->people, i);
    if (person->role == role && strcmp (person->plain, plain) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
find_value (JzDetection *self, guint position, const JzRedactionValue *value)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, position);
  const char *text = leaf->plain->text;
  gsize start = 0;
  gsize end = leaf->plain->length;
  if (end == 0 || (value->has_role && strstr (text, "某") != NULL))
    return;
  if (value->has_role) {
    gboolean stays = (value->role == JZ_PUBLIC_ROLE_PARTY && self->source->keeps_names) ||
                     is_known_as (self->source, text, JZ_PUBLIC_ROLE_OFFICER) ||
                     is_known_as (self->source, text, JZ_PUBLIC_ROLE_REPRESENTATIVE);
    if (!stays)
      jz_detection_add_person (self, position, start, end, value->role, 99);
    return;
  }
  if (value->kind->as == JZ_MASK_COUNTY && !jz_detection_narrow_place (self, text, &start, &end))
    return;
  jz_detection_add (self, position, start, end, value->kind, 99);
}

/*
 * jz_detect_values:
 * @self: a search
 */
void
jz_detect_values (JzDetection *self)
{
  for (guint i = 0; i < self->leaves->len; i++)
    for (guint j = 0; j < self->rules->values->len; j++) {
      const JzRedactionValue *value = g_ptr_array_index (self->rules->values, j);
      if (jz_redaction_value_is_meant (value, g_ptr_array_index (self->leaves, i)))
        find_value (self, i, value);
    }
}
