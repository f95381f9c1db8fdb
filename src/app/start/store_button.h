/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* In the header: whether this computer is on a network, and how old the last backup is (ux §2). */
#define JZ_TYPE_STORE_BUTTON (jz_store_button_get_type ())
G_DECLARE_FINAL_TYPE (JzStoreButton, jz_store_button, JZ, STORE_BUTTON, AdwBin)

void jz_store_button_set_client (JzStoreButton *self, JzOfficeClient *client);
/* After something that is no act: a backup was made. */
void jz_store_buttons_refresh (void);

G_END_DECLS
