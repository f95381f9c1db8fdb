/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "store/hash.h"

G_BEGIN_DECLS

/**
 * JzParagraph:
 * @number: which, the first is 1
 * @start: where it begins in the text of the field, in bytes
 * @end: where it ends, before the end of its line
 *
 * A paragraph of a field of a document.
 */
typedef struct {
  guint number;
  gsize start;
  gsize end;
} JzParagraph;

JzParagraph jz_paragraph_at (const char *text, gsize offset);
void jz_paragraph_hash (const char *text, const JzParagraph *paragraph, char hex[JZ_HASH_HEX_SIZE]);
gboolean jz_recording_find_tied (const JzJson *tie,
                                 const char *text,
                                 JzParagraph *paragraph,
                                 gboolean *is_changed);

G_END_DECLS
