/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"
#include "office/stated.h"

G_BEGIN_DECLS

/* Records of the documents of a case; each step of a document's life states fields of its own. */
#define JZ_LIST_DOCUMENT "@document"
/* What the values of a document may be at most in one entry, in bytes (format §2). */
#define JZ_MAX_DOCUMENT_VALUES (512 * 1024)

/* The document that an act of the law's own carries a step further. */
#define JZ_DOCUMENT_ARGUMENT                                                                       \
  {                                                                                                \
    "document", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("the document that it is done with")     \
  }

/**
 * JzDocumentState:
 * @JZ_DOCUMENT_DRAFT: being written
 * @JZ_DOCUMENT_SUBMITTED: waits for approval
 * @JZ_DOCUMENT_EXAMINED: the unit has agreed
 * @JZ_DOCUMENT_APPROVED: approved (签发)
 * @JZ_DOCUMENT_FINAL: numbered and frozen (编号成文)
 * @JZ_DOCUMENT_SIGNED: sealed or signed on paper
 * @JZ_DOCUMENT_SERVED: served
 * @JZ_DOCUMENT_CORRECTED: a corrected one took its place
 * @JZ_DOCUMENT_VOID: void
 *
 * How far a document has come (design §5).
 */
typedef enum {
  JZ_DOCUMENT_DRAFT,
  JZ_DOCUMENT_SUBMITTED,
  JZ_DOCUMENT_EXAMINED,
  JZ_DOCUMENT_APPROVED,
  JZ_DOCUMENT_FINAL,
  JZ_DOCUMENT_SIGNED,
  JZ_DOCUMENT_SERVED,
  JZ_DOCUMENT_CORRECTED,
  JZ_DOCUMENT_VOID,
} JzDocumentState;

/**
 * JzDocument:
 * @record: what was stated of it
 * @id: its id
 * @state: how far it has come
 * @form: its definition, of the form set that it was drafted under
 *
 * A document of a case; points into what it was read from.
 */
typedef struct {
  const JzStatedRecord *record;
  const char *id;
  JzDocumentState state;
  const JzForm *form;
} JzDocument;

const char *jz_document_state_get_name (JzDocumentState state);
const char *jz_document_state_word (JzDocumentState state);
const JzStatedRecord *jz_document_find_record (const JzStated *stated, const char *id);
const JzStatedRecord *jz_document_find_decision (const JzStated *stated);
JzDocumentState jz_document_record_get_state (const JzStatedRecord *record);
gboolean jz_document_find (const JzStated *stated,
                           JzObjects *objects,
                           const char *id,
                           JzDocument *document,
                           GError **error);
gboolean jz_document_field_comes_later (const char *field);
gboolean jz_document_wants_opinion (const JzForm *form);
JzFilling *jz_document_fill (const JzDocument *self, GError **error);
JzFilling *
jz_document_complete (const JzDocument *self, const char *number, const char *date, GError **error);
char *
jz_document_dup_number (JzConnection *tables, const JzForm *form, JzInstant now, GError **error);
JzJson *jz_documents_list (JzConnection *reader, const char *case_id, GError **error);

G_END_DECLS
