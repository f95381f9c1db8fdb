/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/stated.h"

G_BEGIN_DECLS

/* A field of a mark, or of what is tied, that was taken away. */
#define JZ_REMOVED "removed"

gboolean jz_recording_parse_range (const char *text, gint64 *from, gint64 *until);

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

JzJson *jz_recording_list_kinds (void);
JzJson *jz_recording_find (JzConnection *reader,
                           const char *case_id,
                           const char *attachment,
                           const char *person,
                           GError **error);
JzJson *jz_recording_list_ties_of (JzConnection *reader,
                                   const char *case_id,
                                   const char *document,
                                   GError **error);
JzJson *jz_recording_list_files (JzConnection *reader, const char *case_id, GError **error);
JzJson *jz_recording_list_unseen (JzConnection *reader,
                                  const char *case_id,
                                  const char *person,
                                  gint64 since,
                                  GError **error);

G_END_DECLS
