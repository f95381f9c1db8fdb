/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "office/accounts.h"
#include "office/by_two.h"
#include "office/settings_list.h"
#include "office/setup.h"
#include "office/store_state.h"

G_BEGIN_DECLS

/**
 * JzSettingsData:
 * @setup: how far the office has got
 * @accounts: (element-type JzAccount): its people
 * @values: (element-type JzSettingValue): the settings of legal effect
 * @adopted: (element-type JzAdopted): what is adopted
 * @pending: (element-type JzPending): what is to be confirmed
 * @advice: (element-type utf8): what the person who is signed in should hear
 * @state: the store
 * @has_next_year: whether the calendar has the holidays of the next year
 *
 * Everything that the settings show, read at one moment.
 */
typedef struct {
  JzSetup *setup;
  GPtrArray *accounts;
  GPtrArray *values;
  GPtrArray *adopted;
  GPtrArray *pending;
  GPtrArray *advice;
  JzStoreState *state;
  gboolean has_next_year;
} JzSettingsData;

void jz_settings_data_read_async (JzOfficeClient *client,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
JzSettingsData *
jz_settings_data_read_finish (JzOfficeClient *client, GAsyncResult *result, GError **error);
void jz_settings_data_free (JzSettingsData *self);
const JzAccount *jz_settings_data_find_person (const JzSettingsData *self, const char *person);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzSettingsData, jz_settings_data_free)

G_END_DECLS
