/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Makes a store of a backup. */
#define JZ_TYPE_RESTORE_PAGE (jz_restore_page_get_type ())
G_DECLARE_FINAL_TYPE (JzRestorePage, jz_restore_page, JZ, RESTORE_PAGE, AdwBin)

GtkWidget *jz_restore_page_new (const char *folder);

G_END_DECLS
