/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/* The page of a file of a case: "cases/CASE/evidence/ATTACHMENT[@FROM[-UNTIL]]", in
 * nanoseconds. */
#define JZ_TYPE_FILE_PAGE (jz_file_page_get_type ())
G_DECLARE_FINAL_TYPE (JzFilePage, jz_file_page, JZ, FILE_PAGE, JzSection)

G_END_DECLS
