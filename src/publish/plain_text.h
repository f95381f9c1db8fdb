/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A text as it is searched: without spaces, line ends and invisible characters, in half width and
 * capitals, and with the way back to where everything stood. */
typedef struct {
  char *text;
  gsize length;
  guint32 *starts; /* by byte of @text: first byte of its character in the original */
  guint32 *ends;   /* by byte of @text: behind its character in the original */
  guint8 *gaps;    /* by byte of @text: whether a space or a line end stood before its character */
} JzPlainText;

JzPlainText *jz_plain_text_new (const char *original);
void jz_plain_text_free (JzPlainText *self);
char *
jz_plain_text_dup_original (const JzPlainText *self, const char *original, gsize start, gsize end);
char *jz_plain_dup (const char *original);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPlainText, jz_plain_text_free)

G_END_DECLS
