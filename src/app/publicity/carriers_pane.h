/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzCarriersPane:
 *
 * The carriers of a publication: what each is told, field by field in the order of its web form, to
 * be copied; and what it has done, with address, day and proof. While something is withdrawn, the
 * same list says what each has to take down.
 */
#define JZ_TYPE_CARRIERS_PANE (jz_carriers_pane_get_type ())
G_DECLARE_FINAL_TYPE (JzCarriersPane, jz_carriers_pane, JZ, CARRIERS_PANE, AdwBin)

void jz_carriers_pane_set_sheet (JzCarriersPane *self, JzOfficeClient *client, const JzJson *sheet);
void jz_carriers_pane_copy_note (JzCarriersPane *self);
gboolean jz_carriers_pane_copy (JzCarriersPane *self, guint n);

G_END_DECLS
