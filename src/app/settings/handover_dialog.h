/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "office/accounts.h"

G_BEGIN_DECLS

/* Handing over what somebody has in hand to somebody else (移交). */
#define JZ_TYPE_HANDOVER_DIALOG (jz_handover_dialog_get_type ())
G_DECLARE_FINAL_TYPE (JzHandoverDialog, jz_handover_dialog, JZ, HANDOVER_DIALOG, AdwWindow)

void jz_handover_dialog_show (GtkWidget *inside, JzOfficeClient *client, const JzAccount *giver);

G_END_DECLS
