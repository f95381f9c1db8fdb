/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* A form for any act, made from the act table. */
#define JZ_TYPE_ACT_FORM (jz_act_form_get_type ())
G_DECLARE_FINAL_TYPE (JzActForm, jz_act_form, JZ, ACT_FORM, AdwBin)

GtkWidget *jz_act_form_new (JzOfficeClient *client, const char *act, JzJson *preset);
const char *jz_act_form_get_act (JzActForm *self);
gboolean jz_act_form_is_touched (JzActForm *self);
void
jz_act_form_present (GtkWidget *inside, JzOfficeClient *client, const char *act, JzJson *preset);

G_END_DECLS
