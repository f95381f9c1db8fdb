/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "base/date.h"
#include "base/json.h"

G_BEGIN_DECLS

/* One question of a form: its label, a control that fits it, what is read, what is wrong. */
#define JZ_TYPE_ACT_FIELD (jz_act_field_get_type ())
G_DECLARE_FINAL_TYPE (JzActField, jz_act_field, JZ, ACT_FIELD, GtkBox)

GtkWidget *jz_act_field_new (const JzJson *field, JzDate today);
const char *jz_act_field_get_name (JzActField *self);
const char *jz_act_field_get_kind (JzActField *self);
gboolean jz_act_field_is_required (JzActField *self);
gboolean jz_act_field_is_late (JzActField *self);
gboolean jz_act_field_read (JzActField *self, JzJson **value);
void jz_act_field_set_problem (JzActField *self, const char *problem);

G_END_DECLS
