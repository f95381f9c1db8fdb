/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "media/probe.h"
#include "media/seen.h"

G_BEGIN_DECLS

/**
 * JzViewerPane:
 *
 * A PDF or a picture of a case, to be looked at: pages, size, turning, searching, copying of text.
 */
#define JZ_TYPE_VIEWER_PANE (jz_viewer_pane_get_type ())
G_DECLARE_FINAL_TYPE (JzViewerPane, jz_viewer_pane, JZ, VIEWER_PANE, GtkWidget)

GtkWidget *jz_viewer_pane_new (void);
void jz_viewer_pane_open (JzViewerPane *self, int handle, const JzProbe *probe);
void jz_viewer_pane_close (JzViewerPane *self);
void jz_viewer_pane_set_watermark (JzViewerPane *self, const char *text);
guint jz_viewer_pane_get_page (JzViewerPane *self);
void jz_viewer_pane_go (JzViewerPane *self, guint page);
void jz_viewer_pane_go_later (JzViewerPane *self, guint page);
void jz_viewer_pane_read_on (JzViewerPane *self);
JzSeen *jz_viewer_pane_get_seen (JzViewerPane *self);

G_END_DECLS
