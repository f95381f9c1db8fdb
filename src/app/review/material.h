/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzReviewMaterial:
 *
 * What a point of a review is about: a document as it is printed, at the field that is meant, or
 * what is recorded of a piece of evidence or a recording.
 */
#define JZ_TYPE_REVIEW_MATERIAL (jz_review_material_get_type ())
G_DECLARE_FINAL_TYPE (JzReviewMaterial, jz_review_material, JZ, REVIEW_MATERIAL, AdwBin)

void
jz_review_material_set_case (JzReviewMaterial *self, JzOfficeClient *client, const char *case_id);
void jz_review_material_show (JzReviewMaterial *self, const JzJson *meant, const JzJson *all);
void jz_review_material_go (JzReviewMaterial *self, const char *link);
void jz_review_material_leave (JzReviewMaterial *self);
void jz_review_material_refresh (JzReviewMaterial *self);
void jz_review_material_read_on (JzReviewMaterial *self);
gboolean jz_review_material_press (JzReviewMaterial *self, guint keyval);
char *jz_review_material_dup_link (JzReviewMaterial *self);
char *jz_review_material_dup_title (JzReviewMaterial *self, const char *link);

G_END_DECLS
