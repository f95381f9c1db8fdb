/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* A list of people from a file: what is in it, what becomes of each row, and taking it in. */
#define JZ_TYPE_IMPORT_PAGE (jz_import_page_get_type ())
G_DECLARE_FINAL_TYPE (JzImportPage, jz_import_page, JZ, IMPORT_PAGE, JzSection)

G_END_DECLS
