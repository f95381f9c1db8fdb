/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/document_freeze.h"
#include "office/prepare.h"
#include "publish/redaction.h"

G_BEGIN_DECLS

/* The copy of a document that leaves the office. */
typedef struct {
  GBytes *pdf;    /* drawn anew from what remains */
  char *text;     /* the same as plain text */
  char *title;    /* of the case, as the public may read it */
  JzJson *values; /* the values of the document without what was hidden */
  GStrv files;    /* names of attachments without what was hidden */
  guint n_pages;
} JzPublicCopy;

void jz_public_copy_free (JzPublicCopy *self);
JzPublicCopy *jz_public_copy_make (const JzPublicSource *source,
                                   const GPtrArray *redactions,
                                   const JzSheet *sheet,
                                   GError **error);

/* Tries to get out of a copy what was hidden in it; the report, or JZ_PUBLISH_ERROR_EXPOSED. */
JzJson *jz_public_copy_attack (const JzPublicCopy *copy,
                               const JzPublicSource *source,
                               const GPtrArray *redactions,
                               GCancellable *cancellable,
                               GError **error);

JzPublicSource *jz_public_source_load (JzConnection *reader,
                                       JzObjects *objects,
                                       const char *case_id,
                                       const char *document,
                                       GError **error);

/* What src/acts.c registers with the acts of publication. Takes "case", "document" and
 * "redactions" (list of {field, start, length, choice "cover"|"keep"|"added", kind, rule, reason?,
 * replacement?}) from the arguments and adds
 *   "copy"     object: the PDF
 *   "public"   object: canonical JSON {title, values, files, text}
 *   "report"   object: canonical JSON of what was found, decided and tried (nothing hidden in it)
 *   "findings" list of {kind}: what nobody decided on (fact publication.findings of G-60) */
gboolean jz_prepare_public_copy (const JzPreparation *preparation, JzJson *args, GError **error);

/* For the page where a person decides: canonical JSON of what was found in a document,
 * {findings: [{field, label, start, length, kind, kind_word, rule, certainty, text, replacement}]}
 */
JzJson *jz_public_findings (JzConnection *reader,
                            JzObjects *objects,
                            const char *case_id,
                            const char *document,
                            GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublicCopy, jz_public_copy_free)

G_END_DECLS
