/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* One case: place "cases/ID", with "/TAB" or "/do/ACT" behind it. */
#define JZ_TYPE_CASE_PAGE (jz_case_page_get_type ())
G_DECLARE_FINAL_TYPE (JzCasePage, jz_case_page, JZ, CASE_PAGE, JzSection)

G_END_DECLS
