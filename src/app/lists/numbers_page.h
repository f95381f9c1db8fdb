/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/list_page.h"

G_BEGIN_DECLS

/* The register of document numbers: series, and what became of each number (文号登记). */
#define JZ_TYPE_NUMBERS_PAGE (jz_numbers_page_get_type ())
G_DECLARE_FINAL_TYPE (JzNumbersPage, jz_numbers_page, JZ, NUMBERS_PAGE, JzListPage)

G_END_DECLS
