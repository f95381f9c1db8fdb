/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/editor/typing.h"

G_BEGIN_DECLS

/* A value under its name in an ordinary entry, in step with the page. */
#define JZ_TYPE_VALUE_ROW (jz_value_row_get_type ())
G_DECLARE_FINAL_TYPE (JzValueRow, jz_value_row, JZ, VALUE_ROW, GtkBox)

GtkWidget *jz_value_row_new (JzTyping *typing, const char *path);
const char *jz_value_row_get_path (JzValueRow *self);

G_END_DECLS
