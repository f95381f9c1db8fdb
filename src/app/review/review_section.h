/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"

G_BEGIN_DECLS

/**
 * JzReviewSection:
 *
 * Legal review (法制审核): what is to be reviewed, and the workbench. Places: "reviews",
 * "reviews/CASE", "reviews/CASE/POINT", "reviews/CASE/POINT/ITEM".
 */
#define JZ_TYPE_REVIEW_SECTION (jz_review_section_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewSection, jz_review_section, JZ, REVIEW_SECTION, JzSection)

G_END_DECLS
