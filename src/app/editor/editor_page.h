/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* A document of a case: its pages, what is missing in it, and its next step (ux.md §5). Places:
 * cases/CASE/document/DOCUMENT[/FIELD]. */
#define JZ_TYPE_EDITOR_PAGE (jz_editor_page_get_type ())
G_DECLARE_FINAL_TYPE (JzEditorPage, jz_editor_page, JZ, EDITOR_PAGE, JzSection)

G_END_DECLS
