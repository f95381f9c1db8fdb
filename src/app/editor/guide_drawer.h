/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/editor/typing.h"

G_BEGIN_DECLS

/**
 * JzGuideDrawer:
 *
 * What is missing in a document, what the field that is edited is reminded of and where its value
 * comes from, and what was put on record before.
 *
 * Signal "went" (path): a finding leads to its field.
 * Signal "restored" (values: JzJson): an earlier version is wanted back.
 */
#define JZ_TYPE_GUIDE_DRAWER (jz_guide_drawer_get_type ())
G_DECLARE_FINAL_TYPE (JzGuideDrawer, jz_guide_drawer, JZ, GUIDE_DRAWER, GtkWidget)

void jz_guide_drawer_set_typing (JzGuideDrawer *self, JzTyping *typing, gboolean is_editable);
void jz_guide_drawer_set_final (JzGuideDrawer *self, gboolean is_final);
void jz_guide_drawer_set_findings (JzGuideDrawer *self, const JzJson *findings);
void jz_guide_drawer_set_sources (JzGuideDrawer *self, const JzJson *sources);
void jz_guide_drawer_set_versions (JzGuideDrawer *self, const JzJson *versions);
void jz_guide_drawer_set_path (JzGuideDrawer *self, const char *path);

G_END_DECLS
