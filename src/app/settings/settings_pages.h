/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/settings/settings_data.h"

G_BEGIN_DECLS

/**
 * JzSettingsView:
 * @page: gets the groups of rows
 * @client: the office
 * @data: what was read of it
 * @path: (array zero-terminated=1): the rest of the place
 *
 * What a page of the settings is filled with. Pages are made anew whenever the store changed; what
 * is typed is typed in windows of their own.
 */
typedef struct {
  AdwPreferencesPage *page;
  JzOfficeClient *client;
  const JzSettingsData *data;
  const char *const *path;
} JzSettingsView;

void jz_settings_fill_bureau (const JzSettingsView *view);
void jz_settings_fill_people (const JzSettingsView *view);
void jz_settings_fill_person (const JzSettingsView *view, const JzAccount *account);
void jz_settings_fill_rules (const JzSettingsView *view);
void jz_settings_fill_backup (const JzSettingsView *view);
void jz_settings_fill_printing (const JzSettingsView *view);

/* Groups of a page. */
void jz_settings_add_media (const JzSettingsView *view);

/* Rows. */
AdwPreferencesGroup *
jz_settings_add_group (const JzSettingsView *view, const char *title, const char *description);
AdwActionRow *
jz_settings_add_row (AdwPreferencesGroup *group, const char *title, const char *subtitle);
GtkWidget *jz_settings_add_button (AdwActionRow *row,
                                   const char *label,
                                   const char *action,
                                   const char *parameter);
void jz_settings_make_way (AdwActionRow *row, const char *place);

G_END_DECLS
