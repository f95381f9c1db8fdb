/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"
#include "office/review_view.h"

G_BEGIN_DECLS

/* Parts of a review sheet. */

/* In a link a place inside a thing follows its id after this. */
#define JZ_LINK_MARK '#'
/* Of so many cases the similar ones are told. */
#define JZ_SIMILAR_MOST 20

/* How far the bureau looks for similar cases: no older than so many years, and from how much
 * difference of the fine on it is asked about, in hundredths (rules.md DX-6). */
typedef struct {
  int years;
  int percent;
} JzSimilarBounds;

/* What can be looked at: a document, a piece of evidence, a recording. */
typedef struct {
  const JzReviewView *view;
  GPtrArray *documents; /* JzDocument: the decision first, then as they were drafted */
  JzJson *list;         /* all materials */
} JzReviewMaterials;

gboolean
jz_review_materials_load (JzReviewMaterials *self, const JzReviewView *view, GError **error);
void jz_review_materials_clear (JzReviewMaterials *self);
JzJson *jz_review_materials_find (const JzReviewMaterials *self, const JzJson *values);
JzJson *jz_review_materials_find_findings (const JzReviewMaterials *self, GError **error);

gboolean jz_review_similar_load (JzConnection *reader, JzSimilarBounds *bounds, GError **error);
JzJson *jz_review_similar (const JzReviewView *view, const JzSimilarBounds *bounds, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzReviewMaterials, jz_review_materials_clear)

G_END_DECLS
