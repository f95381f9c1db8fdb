/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Ctrl+K: a few characters of anything, and Enter. */
#define JZ_TYPE_PALETTE (jz_palette_get_type ())
G_DECLARE_FINAL_TYPE (JzPalette, jz_palette, JZ, PALETTE, GtkPopover)

GtkWidget *jz_palette_new (JzOfficeClient *client);

G_END_DECLS
