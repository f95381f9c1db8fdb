/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* A thing to do on the desk. */
#define JZ_TYPE_DESK_ROW (jz_desk_row_get_type ())
G_DECLARE_FINAL_TYPE (JzDeskRow, jz_desk_row, JZ, DESK_ROW, GtkListBoxRow)

GtkWidget *jz_desk_row_new (JzOfficeClient *client, const JzJson *item, gboolean is_waited_for);
const JzJson *jz_desk_row_get_item (JzDeskRow *self);
void jz_desk_row_open (JzDeskRow *self);

char *jz_desk_item_dup_when (const JzJson *item);
char *jz_desk_item_dup_case (const JzJson *item);

G_END_DECLS
