/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/record.h"

/* Field name to JzValue; NULL is "known to be absent", no entry is "unknown". */
struct _JzRecord {
  GHashTable *fields;
};

static void
unref_if_any (gpointer value)
{
  if (value != NULL)
    jz_value_unref (value);
}

/**
 * jz_record_new:
 *
 * Makes a record of which nothing is known yet.
 *
 * Returns: (transfer full): the record
 */
JzRecord *
jz_record_new (void)
{
  JzRecord *self = g_new0 (JzRecord, 1);

  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_if_any);
  return self;
}

/**
 * jz_record_free:
 * @self: (transfer full): a record that is in no list
 *
 * Frees a record.
 */
void
jz_record_free (JzRecord *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->fields);
  g_free (self);
}

/**
 * jz_record_set:
 * @self: a record
 * @field: its field
 * @value: (transfer full): the value
 *
 * Says what a field holds.
 */
void
jz_record_set (JzRecord *self, const char *field, JzValue *value)
{
  g_return_if_fail (self != NULL && field != NULL && value != NULL);

  g_hash_table_insert (self->fields, g_strdup (field), value);
}

/**
 * jz_record_set_absent:
 * @self: a record
 * @field: its field
 *
 * Says that a field is known to hold nothing. A field of which neither this nor a value was said
 * is unknown.
 */
void
jz_record_set_absent (JzRecord *self, const char *field)
{
  g_return_if_fail (self != NULL && field != NULL);

  g_hash_table_insert (self->fields, g_strdup (field), NULL);
}

/**
 * jz_record_get:
 * @self: a record
 * @field: its field
 * @value: (out) (transfer none): set when present
 *
 * Gets what is known about a field.
 *
 * Returns: the state
 */
JzFactState
jz_record_get (const JzRecord *self, const char *field, const JzValue **value)
{
  gpointer found = NULL;

  g_return_val_if_fail (self != NULL && field != NULL && value != NULL, JZ_FACT_UNKNOWN);

  if (!g_hash_table_lookup_extended (self->fields, field, NULL, &found))
    return JZ_FACT_UNKNOWN;
  if (found == NULL)
    return JZ_FACT_ABSENT;
  *value = found;
  return JZ_FACT_PRESENT;
}
