/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A PDF that is being looked into, as bytes and as a file. */
typedef struct {
  GBytes *pdf;
  char *folder; /* of our own */
  char *path;
  guint n_pages;
  guint page; /* from 1: OCR looks at this one alone; 0 for all */
} JzExhibit;

/**
 * JzExtractor:
 * @name: what it is called in the report
 * @tools: (array zero-terminated=1): programs that it needs
 * @is_exact: whether what it does not see is not there: its blindness fails the check
 * @is_raw: it gives bytes that may be in any encoding
 * @extract: what it sees; (transfer full) (element-type GBytes), a page each where it is by page
 *
 * One way of getting text out of a PDF, independent of ours.
 */
typedef struct {
  const char *name;
  const char *tools[3];
  gboolean is_exact;
  gboolean is_raw;
  GPtrArray *(*extract) (const JzExhibit *exhibit, GCancellable *cancellable, GError **error);
} JzExtractor;

const JzExtractor *jz_extractors_get (guint *n_extractors);
gboolean jz_extractor_is_there (const JzExtractor *self);

JzExhibit *jz_exhibit_new (GBytes *pdf, guint n_pages, GError **error);
void jz_exhibit_free (JzExhibit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzExhibit, jz_exhibit_free)

G_END_DECLS
