/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "office/settings_list.h"

G_BEGIN_DECLS

/* Changing a setting of legal effect. */
void
jz_setting_dialog_show (GtkWidget *inside, JzOfficeClient *client, const JzSettingValue *value);

G_END_DECLS
