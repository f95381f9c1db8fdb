/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

gboolean jz_field_is_typed (const JzFormField *field, gboolean is_list);
gboolean jz_field_has_paragraphs (const JzFormField *field);
char *jz_field_dup_typed (const JzFormField *field, const JzJson *value);
gboolean
jz_field_read_typed (const JzFormField *field, const char *text, JzDate today, JzJson **value);

G_END_DECLS
