/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings/settings_data.h"

#include <string.h>

#include "office/advice.h"
#include "office/calendars.h"

/**
 * jz_settings_data_free:
 * @self: (transfer full): what was read
 */
void
jz_settings_data_free (JzSettingsData *self)
{
  g_clear_pointer (&self->setup, jz_setup_free);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->adopted, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_ptr_array_unref);
  g_clear_pointer (&self->advice, g_ptr_array_unref);
  g_clear_pointer (&self->state, jz_store_state_free);
  g_free (self);
}

static gboolean
read_calendar (JzSettingsData *self,
               JzOffice *office,
               JzConnection *reader,
               JzDate today,
               GError **error)
{
  JzMaybeHash hash = { 0 };
  const JzCalendar *calendar;

  if (!jz_tables_find_calendar (reader, today, G_MAXINT64, &hash, error))
    return FALSE;
  if (!hash.is_present)
    return TRUE;
  calendar =
    jz_calendars_get (jz_store_get_objects (jz_office_get_store (office)), &hash.hash, error);
  self->has_next_year = calendar != NULL && jz_calendar_has_year (calendar, today.year + 1);
  return calendar != NULL;
}

static gpointer
read_all (JzOffice *office,
          JzConnection *reader,
          gpointer data,
          GCancellable *cancellable,
          GError **error)
{
  const char *person = data;
  g_autoptr (JzSettingsData) self = g_new0 (JzSettingsData, 1);
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  JzDate today = jz_instant_get_date (now);

  self->advice = g_ptr_array_new_with_free_func (g_free);
  self->setup = jz_setup_read (office, reader, error);
  self->accounts = self->setup != NULL
                     ? jz_accounts_list (jz_office_get_store (office), reader, today, error)
                     : NULL;
  self->values = self->accounts != NULL ? jz_settings_list (reader, error) : NULL;
  self->adopted = self->values != NULL ? jz_settings_list_adopted (reader, error) : NULL;
  self->pending = self->adopted != NULL ? jz_pending_list (reader, now, error) : NULL;
  self->state = self->pending != NULL
                  ? jz_store_state_read (office, reader, g_get_real_time () / 1000, error)
                  : NULL;
  if (self->state == NULL || !read_calendar (self, office, reader, today, error) ||
      !jz_advice_list (reader, person, now, self->advice, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
free_data (gpointer data)
{
  jz_settings_data_free (data);
}

/**
 * jz_settings_data_read_async:
 * @client: the office, with somebody signed in
 * @cancellable: (nullable): to give up
 * @callback: told when it was read
 * @user_data: for @callback
 */
void
jz_settings_data_read_async (JzOfficeClient *client,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  const char *person = jz_office_client_get_person (client);

  jz_office_client_read_async (client, read_all, g_strdup (person != NULL ? person : ""), g_free,
                               free_data, cancellable, callback, user_data);
}

/**
 * jz_settings_data_read_finish:
 * @client: the office
 * @result: of jz_settings_data_read_async()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was read
 */
JzSettingsData *
jz_settings_data_read_finish (JzOfficeClient *client, GAsyncResult *result, GError **error)
{
  return jz_office_client_read_finish (client, result, error);
}

/**
 * jz_settings_data_find_person:
 * @self: what was read
 * @person: id of a person
 *
 * Returns: (transfer none) (nullable): the person
 */
const JzAccount *
jz_settings_data_find_person (const JzSettingsData *self, const char *person)
{
  for (guint i = 0; i < self->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (self->accounts, i);
    if (strcmp (account->person, person) == 0)
      return account;
  }
  return NULL;
}
