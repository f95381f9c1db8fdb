/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/list_page.h"

G_BEGIN_DECLS

/* People of the office with their roles and credentials (执法人员). */
#define JZ_TYPE_PEOPLE_PAGE (jz_people_page_get_type ())
G_DECLARE_FINAL_TYPE (JzPeoplePage, jz_people_page, JZ, PEOPLE_PAGE, JzListPage)

G_END_DECLS
