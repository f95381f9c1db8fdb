/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/job.h"
#include "app/office_client.h"

G_BEGIN_DECLS

#define JZ_TYPE_WINDOW (jz_window_get_type ())
G_DECLARE_FINAL_TYPE (JzWindow, jz_window, JZ, WINDOW, AdwApplicationWindow)

JzWindow *jz_window_new (GtkApplication *application);
JzOfficeClient *jz_window_get_client (JzWindow *self);
void jz_window_set_client (JzWindow *self, JzOfficeClient *client);
void jz_window_open (JzWindow *self, const char *path);
void jz_window_show_start (JzWindow *self);
void jz_window_go (JzWindow *self, const char *place);
const char *jz_window_get_place (JzWindow *self);

/* For any widget inside of a window. */
void jz_window_go_from (GtkWidget *inside, const char *place);
void jz_window_toast (GtkWidget *inside, const char *text);
void jz_window_toast_undo (GtkWidget *inside, const char *text, const char *act, JzJson *args);
void jz_window_toast_go (GtkWidget *inside, const char *text, const char *place);
void jz_window_show_job (GtkWidget *inside, JzJob *job);

G_END_DECLS
