/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzNewCase:
 * @act: an act that opens a case
 * @label: what it is called where something new is begun, to be translated
 *
 * Something that 新建 offers (ux.md §2).
 */
typedef struct {
  const char *act;
  const char *label;
} JzNewCase;

/* Ends with a nameless one. */
extern const JzNewCase jz_new_cases[];

gboolean jz_new_case_is_allowed (JzOfficeClient *client, const char *act);
GMenuModel *jz_new_case_new_menu (JzOfficeClient *client);
void jz_new_case_present (GtkWidget *inside, JzOfficeClient *client, const char *act);

G_END_DECLS
