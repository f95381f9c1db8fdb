/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/* Signs a person out when nobody works in any window of the office (ux §10). */
void jz_idle_lock_watch (JzOfficeClient *client, GtkWidget *window);
void jz_idle_lock_forget (GtkWidget *window);

/* While something runs that must not be cut off: playing, recording, importing, and for five
 * minutes after a key in a record that is being written down. */
void jz_idle_lock_hold (JzOfficeClient *client);
void jz_idle_lock_release (JzOfficeClient *client);
void jz_idle_lock_touch (JzOfficeClient *client);

/* For tests: as if nobody had worked for so long. */
void jz_idle_lock_pretend (JzOfficeClient *client, gint64 idle_ms);

/* Signs out and leaves the trace of it. */
void jz_leave_office (JzOfficeClient *client);

G_END_DECLS
