/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a window shows that has no store: a new office, an existing store, an invented one, a
 * backup. */
#define JZ_TYPE_START_PAGE (jz_start_page_get_type ())
G_DECLARE_FINAL_TYPE (JzStartPage, jz_start_page, JZ, START_PAGE, AdwBin)

GtkWidget *jz_start_page_new (const char *path, const GError *error);

G_END_DECLS
