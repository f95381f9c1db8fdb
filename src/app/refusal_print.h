/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "pages/leaflet.h"

G_BEGIN_DECLS

JzLeaflet *jz_refusal_make_leaflet (JzOfficeClient *client, const JzRefusal *refusal);
void jz_refusal_print (GtkWidget *inside, JzOfficeClient *client, const JzRefusal *refusal);
void jz_refusal_save_pdf (GtkWidget *inside, JzOfficeClient *client, const JzRefusal *refusal);

G_END_DECLS
