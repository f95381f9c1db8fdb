/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "base/date.h"
#include "pages/faces.h"

G_BEGIN_DECLS

/* A sheet that is no document of a case: a list of settings, a recovery sheet, a page to test the
 * printer with. */
typedef struct _JzLeaflet JzLeaflet;

JzLeaflet *jz_leaflet_new (const char *title, gboolean is_demo);
void jz_leaflet_free (JzLeaflet *self);
void jz_leaflet_add_heading (JzLeaflet *self, const char *text);
void jz_leaflet_add_paragraph (JzLeaflet *self, const char *text);
void jz_leaflet_add_row (JzLeaflet *self, const char *label, const char *value);
/* A line on which somebody writes by hand. */
void jz_leaflet_add_blank (JzLeaflet *self, const char *label);
/* The same words in the face of a role, to see whether it prints. */
void jz_leaflet_add_sample (JzLeaflet *self, JzFaceRole role, const char *text);
guint jz_leaflet_draw (const JzLeaflet *self, cairo_t *cr, guint page);
GBytes *jz_leaflet_write_pdf (const JzLeaflet *self, JzInstant time, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzLeaflet, jz_leaflet_free)

G_END_DECLS
