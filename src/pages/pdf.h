/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "base/date.h"
#include "pages/pages.h"

G_BEGIN_DECLS

/**
 * JzPdfError:
 * @JZ_PDF_ERROR_WRITE: a PDF could not be written
 * @JZ_PDF_ERROR_READ: a PDF could not be read
 */
typedef enum {
  JZ_PDF_ERROR_WRITE,
  JZ_PDF_ERROR_READ,
} JzPdfError;

#define JZ_PDF_ERROR (jz_pdf_error_quark ())
GQuark jz_pdf_error_quark (void);

/* A document that becomes part of a larger one. */
typedef struct {
  GBytes *pdf;
  const char *title; /* in the outline */
  const char *label; /* (nullable): begins the labels of its pages */
  guint first_page;  /* the number of its first page; 0 for 1 */
} JzPdfPart;

typedef void (*JzPdfDrawFunc) (cairo_t *cr, gpointer data);

GBytes *jz_pdf_write (const JzPages *pages, JzInstant time, GError **error);
GBytes *
jz_pdf_draw (const char *title, JzInstant time, JzPdfDrawFunc draw, gpointer data, GError **error);
GBytes *jz_pdf_merge (const JzPdfPart *parts,
                      guint n_parts,
                      const char *title,
                      JzInstant time,
                      GError **error);
gboolean jz_pdf_count_pages (GBytes *pdf, guint *n_pages, GError **error);
GBytes *jz_pdf_strip (GBytes *pdf, GError **error);
GBytes *jz_pdf_retitle (GBytes *pdf, const char *title, JzInstant time, GError **error);

G_END_DECLS
