/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

/**
 * JzSheet:
 * @case_number: number of the case
 * @mark: a small code for the foot of every page: the newest entry of the case and the first digits
 *   of its hash, so that a paper can be found in the record (design §1)
 * @is_draft: whether every page must say that it is a draft
 * @is_demo: whether every page must say that the office is invented
 * @time: when it is drawn
 *
 * What stands on pages beside the document itself.
 */
typedef struct {
  char *case_number;
  char *mark;
  gboolean is_draft;
  gboolean is_demo;
  JzInstant time;
} JzSheet;

/* Draws a document as PDF; (transfer full) (nullable). */
typedef GBytes *(*JzDocumentDrawer) (const JzFilling *filling,
                                     const JzSheet *sheet,
                                     GError **error);

void jz_office_set_drawer (JzDocumentDrawer drawer);
gboolean jz_prepare_frozen (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean
jz_prepare_frozen_decision (const JzPreparation *preparation, JzJson *args, GError **error);
GBytes *jz_document_print (JzConnection *reader,
                           JzObjects *objects,
                           const char *document,
                           JzInstant now,
                           char **name,
                           GError **error);
void jz_sheet_clear (JzSheet *self);
gboolean jz_sheet_init (JzSheet *self,
                        JzConnection *reader,
                        const char *case_id,
                        JzInstant now,
                        GError **error);
GBytes *jz_sheet_draw (const JzSheet *self, const JzFilling *filling, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzSheet, jz_sheet_clear)

G_END_DECLS
