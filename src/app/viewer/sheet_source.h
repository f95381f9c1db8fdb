/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "media/media.h"

G_BEGIN_DECLS

/**
 * JzSheetSource:
 *
 * The pages of a PDF from outside, or a picture as its only page: asks the caged helper for one
 * after the other, what is seen first, and keeps the last few.
 *
 * Signals: "page" (number): its picture, or its size, is known now; "text" (number): its text is;
 * "failed" (sentence): a page cannot be shown.
 */
#define JZ_TYPE_SHEET_SOURCE (jz_sheet_source_get_type ())
G_DECLARE_FINAL_TYPE (JzSheetSource, jz_sheet_source, JZ, SHEET_SOURCE, GObject)

JzSheetSource *jz_sheet_source_new (int handle, const JzProbe *probe);
guint jz_sheet_source_get_n_pages (JzSheetSource *self);
gboolean jz_sheet_source_has_text (JzSheetSource *self);
/* height of a page whose width is 1, a good guess while that is not known */
double jz_sheet_source_get_ratio (JzSheetSource *self, guint page);
/* Says what is seen, in device pixels of width; what is not there yet is asked for. */
void jz_sheet_source_want (JzSheetSource *self, guint first, guint last, guint width);
GdkTexture *jz_sheet_source_get_texture (JzSheetSource *self, guint page);
/* (transfer none) (nullable): asked for when it is not known */
const JzPageText *jz_sheet_source_get_text (JzSheetSource *self, guint page);
gboolean jz_sheet_source_is_text_known (JzSheetSource *self, guint page);

/**
 * JzSheetHit:
 * @page: from 0
 * @start: character in the text of the page
 * @length: characters
 *
 * A place where what was searched for stands.
 */
typedef struct {
  guint page;
  guint start;
  guint length;
} JzSheetHit;

/* (element-type JzSheetHit): in the text of one page; blanks and letter case make no difference */
GArray *jz_sheet_find (const char *text, guint page, const char *wanted);

G_END_DECLS
