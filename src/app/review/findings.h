/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzReviewFindings:
 *
 * What the program found of a point or an item: sentences with their basis, the values compared,
 * limits, the measure of the fine, similar cases, and what the checks of the documents found.
 */
#define JZ_TYPE_REVIEW_FINDINGS (jz_review_findings_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewFindings, jz_review_findings, JZ, REVIEW_FINDINGS, AdwBin)

void jz_review_findings_show (JzReviewFindings *self,
                              const JzJson *sheet,
                              const JzJson *point,
                              const JzJson *item);

G_END_DECLS
