/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/list_page.h"

G_BEGIN_DECLS

/* The forms in force, each drawn empty (文书格式). */
#define JZ_TYPE_FORMS_PAGE (jz_forms_page_get_type ())
G_DECLARE_FINAL_TYPE (JzFormsPage, jz_forms_page, JZ, FORMS_PAGE, JzListPage)

G_END_DECLS
