/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzFilePane:
 *
 * A file of a case as its kind asks for it: a recording in the player, a PDF or a picture in the
 * viewer, anything else by another program. When it is left, who looked is written down with what
 * he saw.
 *
 * Signal "shown" (): the file is known; "title" says its name.
 */
#define JZ_TYPE_FILE_PANE (jz_file_pane_get_type ())
G_DECLARE_FINAL_TYPE (JzFilePane, jz_file_pane, JZ, FILE_PANE, AdwBin)

GtkWidget *jz_file_pane_new (void);
void jz_file_pane_set_narrow (JzFilePane *self, gboolean is_narrow);
void jz_file_pane_show (JzFilePane *self,
                        JzOfficeClient *client,
                        const char *case_id,
                        const char *attachment,
                        gint64 from,
                        gint64 until);
void jz_file_pane_go (JzFilePane *self, const char *place);
void jz_file_pane_refresh (JzFilePane *self);
void jz_file_pane_leave (JzFilePane *self);
gboolean jz_file_pane_is_recording (JzFilePane *self);
gboolean jz_file_pane_press (JzFilePane *self, guint keyval);
void jz_file_pane_read_on (JzFilePane *self);
gboolean jz_file_pane_get_moment (JzFilePane *self, gint64 *at, gint64 *until);
char *jz_file_pane_dup_place (JzFilePane *self);
const char *jz_file_pane_get_name (JzFilePane *self);
const char *jz_file_pane_get_attachment (JzFilePane *self);
gboolean jz_file_pane_is_locked (JzFilePane *self);
const char *jz_file_pane_get_secrecy (JzFilePane *self);

G_END_DECLS
