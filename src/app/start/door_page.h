/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "office/store_state.h"

G_BEGIN_DECLS

/* Asks what must be known before anything is recorded; `answered` when an administrator has said
 * it, `passed` when somebody only wants to look. */
#define JZ_TYPE_DOOR_PAGE (jz_door_page_get_type ())
G_DECLARE_FINAL_TYPE (JzDoorPage, jz_door_page, JZ, DOOR_PAGE, AdwBin)

GtkWidget *jz_door_page_new (JzOfficeClient *client, const JzStoreState *state);

G_END_DECLS
