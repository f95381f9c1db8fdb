/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzReviewBench:
 *
 * The workbench of one review (ux.md 7): points, material, basis and findings, and a bar to judge
 * with; all of it by keys.
 */
#define JZ_TYPE_REVIEW_BENCH (jz_review_bench_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewBench, jz_review_bench, JZ, REVIEW_BENCH, AdwBin)

void jz_review_bench_set_case (JzReviewBench *self,
                               JzOfficeClient *client,
                               const char *case_id,
                               const char *point,
                               const char *item);
const char *jz_review_bench_get_case (JzReviewBench *self);
void jz_review_bench_leave (JzReviewBench *self);
void jz_review_bench_refresh (JzReviewBench *self);

G_END_DECLS
