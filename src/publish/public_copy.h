/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/document_freeze.h"
#include "publish/redaction.h"

G_BEGIN_DECLS

/* The copy of a document that leaves the office. */
typedef struct {
  GBytes *pdf;    /* drawn anew from what remains */
  char *text;     /* the same as plain text, a form feed behind every page */
  char *title;    /* of the case, as the public may read it */
  JzJson *values; /* the values of the document without what was hidden */
  GStrv files;    /* names of attachments without what was hidden */
  guint n_pages;
} JzPublicCopy;

/**
 * JzAttackFlags:
 * @JZ_ATTACK_NO_OCR: pages are not read as pictures, which takes seconds a page
 *
 * How much a finished copy is tried.
 */
typedef enum {
  JZ_ATTACK_NO_OCR = 1 << 0,
} JzAttackFlags;

void jz_public_copy_free (JzPublicCopy *self);
JzPublicCopy *jz_public_copy_make (const JzPublicSource *source,
                                   const GPtrArray *redactions,
                                   const JzSheet *sheet,
                                   GError **error);

/* Tries to get out of a copy what was hidden in it; the report, or JZ_PUBLISH_ERROR_EXPOSED. */
JzJson *jz_public_copy_attack (const JzPublicCopy *copy,
                               const JzPublicSource *source,
                               const GPtrArray *redactions,
                               JzAttackFlags flags,
                               GCancellable *cancellable,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublicCopy, jz_public_copy_free)

G_END_DECLS
