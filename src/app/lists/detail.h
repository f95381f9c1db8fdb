/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is known of the row that is selected, from top to bottom, beside a list. */
#define JZ_TYPE_DETAIL (jz_detail_get_type ())
G_DECLARE_FINAL_TYPE (JzDetail, jz_detail, JZ, DETAIL, AdwBin)

GtkWidget *jz_detail_new (void);
void jz_detail_clear (JzDetail *self);
void jz_detail_set_heading (JzDetail *self, const char *title, const char *below);
void jz_detail_add_group (JzDetail *self, const char *title);
void jz_detail_add_line (JzDetail *self, const char *label, const char *text);
void jz_detail_add_text (JzDetail *self, const char *text, const char *style);
void jz_detail_add_widget (JzDetail *self, GtkWidget *widget);
GtkWidget *
jz_detail_add_button (JzDetail *self, const char *label, const char *action, const char *target);

G_END_DECLS
