/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

/* What the program makes while a document becomes final. */
#define JZ_FROZEN_ARGUMENTS                                                                        \
  { "values",    JZ_ARGUMENT_VALUES,                                                               \
    JZ_PREPARED, 0,                                                                                \
    NULL,        N_ ("what it says, with number, day and opinions") },                             \
  {                                                                                                \
    "pdf", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the document itself, as PDF")            \
  }

/**
 * JzDocumentStep:
 * @JZ_STEP_REVISE: other values
 * @JZ_STEP_SUBMIT: hand it on for approval
 * @JZ_STEP_EXAMINE: the unit agrees
 * @JZ_STEP_APPROVE: approve (签发)
 * @JZ_STEP_RETURN: give it back to be revised
 * @JZ_STEP_FINALISE: number and freeze (编号成文)
 * @JZ_STEP_SIGN: seal, or sign on paper
 * @JZ_STEP_SERVE: serve
 * @JZ_STEP_CORRECT: draft a corrected one beside it
 * @JZ_STEP_VOID: make void
 *
 * A step in a document's life.
 */
typedef enum {
  JZ_STEP_REVISE,
  JZ_STEP_SUBMIT,
  JZ_STEP_EXAMINE,
  JZ_STEP_APPROVE,
  JZ_STEP_RETURN,
  JZ_STEP_FINALISE,
  JZ_STEP_SIGN,
  JZ_STEP_SERVE,
  JZ_STEP_CORRECT,
  JZ_STEP_VOID,
} JzDocumentStep;

gboolean jz_document_may_step (const JzDocument *document, JzDocumentStep step);
gboolean jz_document_check_step (const JzSituation *situation,
                                 JzDocumentStep step,
                                 JzRefusal **refusal,
                                 GError **error);
gboolean jz_document_check_values (const JzSituation *situation,
                                   const JzFilling *filling,
                                   gboolean is_final,
                                   JzRefusal **refusal,
                                   GError **error);
gboolean jz_document_check_final (const JzSituation *situation,
                                  const char *number,
                                  JzRefusal **refusal,
                                  GError **error);
gboolean jz_document_is_named (const JzSituation *situation);
gboolean
jz_document_check_service (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean
jz_document_check_approval (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_document_apply_step (JzApplication *application, JzDocumentStep step, GError **error);
gboolean jz_document_apply_approval (JzApplication *application, GError **error);
gboolean jz_document_apply_service (JzApplication *application, GError **error);

G_END_DECLS
