/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"
#include "store/scratch.h"

G_BEGIN_DECLS

/**
 * JzDocumentView:
 * @id: its id
 * @case_id: its case
 * @case_number: (nullable): number of the case
 * @title: what it is called
 * @number: its number, empty for none
 * @corrects: the document that it corrects, empty for none
 * @state: how far it has come
 * @form: its definition
 * @values: what is on record in its fields; what those who passed it on wrote is among them
 * @writers: the roles that write such documents, with `|` between
 * @steps: (element-type utf8): names of the acts that may carry it further now, in the order in
 *   which they are offered; what the law asks of them is checked when they are done
 * @pdf: (nullable): hash of the frozen PDF
 * @draft: (nullable): what somebody typed since and did not put on record
 * @holder: (nullable): the name of who did
 * @carried: (nullable): which of its sentences came from another case and were not looked at, see
 *   jz_scratch_keep_carried()
 *
 * A document as the window shows it; stands by itself, on any thread.
 */
typedef struct {
  char *id;
  char *case_id;
  char *case_number;
  char *title;
  char *number;
  char *corrects;
  JzDocumentState state;
  JzForm *form;
  JzJson *values;
  const char *writers;
  GPtrArray *steps;
  char *pdf;
  JzScratchDraft *draft;
  char *holder;
  char *carried;
} JzDocumentView;

JzDocumentView *jz_document_view_load (JzOffice *office,
                                       JzConnection *reader,
                                       const char *document,
                                       GError **error);
void jz_document_view_free (JzDocumentView *self);

JzJson *jz_document_list_versions (JzConnection *reader, const char *document, GError **error);
JzJson *jz_document_find_sources (JzOffice *office,
                                  JzConnection *reader,
                                  const char *document,
                                  GError **error);
JzJson *jz_document_check_draft_values (JzOffice *office,
                                        JzConnection *reader,
                                        const char *document,
                                        const JzJson *values,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDocumentView, jz_document_view_free)
char *jz_document_find_case (JzConnection *reader, const char *document, GError **error);

G_END_DECLS
