/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* What stands before the work: the question that must be answered first (a wrong clock, a store
 * that was moved or copied), then the names and the password. */
#define JZ_TYPE_ENTRANCE (jz_entrance_get_type ())
G_DECLARE_FINAL_TYPE (JzEntrance, jz_entrance, JZ, ENTRANCE, AdwBin)

GtkWidget *jz_entrance_new (JzOfficeClient *client);

G_END_DECLS
