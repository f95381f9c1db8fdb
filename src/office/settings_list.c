/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/settings_list.h"

#include "office/apply.h"
#include "store/journal.h"

/* What is in force in an office and where it came from: the settings of legal effect, and the
 * rules, forms and calendars that the bureau adopted (design §2, §4). */

/**
 * jz_setting_value_free:
 * @self: (transfer full): a setting with its value
 */
void
jz_setting_value_free (JzSettingValue *self)
{
  g_free (self->value);
  g_free (self->entry);
  g_free (self->time);
  g_free (self->person);
  g_free (self->reason);
  g_free (self);
}

/**
 * jz_adopted_free:
 * @self: (transfer full): something adopted
 */
void
jz_adopted_free (JzAdopted *self)
{
  g_free (self->in_force);
  g_free (self->entry);
  g_free (self->time);
  g_free (self->person);
  g_free (self->reason);
  g_free (self);
}

/* Who wrote an entry, when and why. */
static gboolean
read_source (JzConnection *reader,
             gint64 arrival,
             char **entry,
             char **time,
             char **person,
             char **reason,
             GError **error)
{
  g_autoptr (JzJournalRecord) record = jz_journal_read (reader, arrival, error);
  g_autoptr (JzJson) args = NULL;
  char text[JZ_INSTANT_SIZE];

  if (record == NULL ||
      !jz_connection_get_text (reader, person, error, "SELECT name FROM person WHERE id = ?", "t",
                               record->entry->actor))
    return FALSE;
  jz_instant_format (record->entry->time, text);
  *entry = jz_entry_get_id (record->entry);
  *time = g_strdup (text);
  if (record->payload == NULL)
    return TRUE;
  args = jz_journal_record_dup_args (record, error);
  if (args == NULL)
    return FALSE;
  *reason = g_strdup (jz_json_get_member_text (args, "reason"));
  return TRUE;
}

static gboolean
read_value (JzSettingValue *value, JzConnection *reader, GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, error, "SELECT value, entry FROM setting WHERE name = ?", "t", value->setting->name);

  if (row == NULL || !jz_statement_step (row, &has_row, error))
    return FALSE;
  if (!has_row) {
    value->value = g_strdup (value->setting->otherwise);
    return TRUE;
  }
  value->is_set = TRUE;
  value->value = g_strdup (jz_statement_get_text (row, 0));
  return read_source (reader, jz_statement_get_integer (row, 1), &value->entry, &value->time,
                      &value->person, &value->reason, error);
}

/**
 * jz_settings_list:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzSettingValue): every setting of legal effect,
 *   with its value and who set it, when and why
 */
GPtrArray *
jz_settings_list (JzConnection *reader, GError **error)
{
  g_autoptr (GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_setting_value_free);
  gsize n_settings = 0;
  const JzSetting *settings = jz_setting_get_all (&n_settings);

  for (gsize i = 0; i < n_settings; i++) {
    JzSettingValue *value = g_new0 (JzSettingValue, 1);
    value->setting = &settings[i];
    g_ptr_array_add (list, value);
    if (!read_value (value, reader, error))
      return NULL;
  }
  return g_steal_pointer (&list);
}

/**
 * jz_settings_find:
 * @values: (element-type JzSettingValue): what jz_settings_list() gave
 * @name: name of a setting
 *
 * Returns: (transfer none) (nullable): the setting of this name
 */
const JzSettingValue *
jz_settings_find (const GPtrArray *values, const char *name)
{
  for (guint i = 0; i < values->len; i++) {
    const JzSettingValue *value = g_ptr_array_index (values, i);
    if (g_strcmp0 (value->setting->name, name) == 0)
      return value;
  }
  return NULL;
}

static const char *
get_kind (const char *word)
{
  static const char *const kinds[] = { "rulebook", "forms", "calendar" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i], word))
      return kinds[i];
  g_assert_not_reached ();
}

static JzAdopted *
read_adopted (JzConnection *reader, JzStatement *row, GError **error)
{
  g_autoptr (GError) local = NULL;
  JzAdopted *adopted = g_new0 (JzAdopted, 1);

  adopted->kind = get_kind (jz_statement_get_text (row, 0));
  adopted->in_force = g_strdup (jz_statement_get_text (row, 3));
  if (jz_statement_get_hash (row, 2, &adopted->hash) &&
      read_source (reader, jz_statement_get_integer (row, 1), &adopted->entry, &adopted->time,
                   &adopted->person, &adopted->reason, &local))
    return adopted;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  jz_adopted_free (adopted);
  return NULL;
}

/**
 * jz_settings_list_adopted:
 * @reader: a store's database
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzAdopted): what the bureau adopted, the newest
 *   first
 */
GPtrArray *
jz_settings_list_adopted (JzConnection *reader, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_adopted_free);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT 'rulebook', arrival, hash, in_force FROM rulebook UNION ALL "
    "SELECT 'forms', arrival, hash, in_force FROM form_set UNION ALL "
    "SELECT 'calendar', arrival, hash, in_force FROM calendar ORDER BY arrival DESC",
    "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzAdopted *adopted;
    if (!has_row)
      return g_steal_pointer (&list);
    adopted = read_adopted (reader, rows, error);
    if (adopted == NULL)
      return NULL;
    g_ptr_array_add (list, adopted);
  }
  return NULL;
}
