/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/pages.h"
#include "publish/public_copy.h"

G_BEGIN_DECLS

JzPages *jz_public_pages_lay_out (const JzFilling *filling, const JzSheet *sheet);
char *jz_public_pages_dup_text (const JzPages *pages);
GBytes *jz_public_pages_draw (const JzPages *pages, const JzSheet *sheet, GError **error);

/* A text that was hidden, as it is looked for. */
typedef struct {
  char *plain;
  char *backwards;
  char *field;
  GPtrArray *encodings; /* (element-type GBytes) */
  gboolean remains;     /* it stands elsewhere by decision, or is a word of the form's own */
} JzNeedle;

/* What an extractor gave. */
typedef struct {
  GBytes *bytes;
  char *plain; /* (nullable) */
  gboolean is_raw;
} JzHaystack;

GPtrArray *
jz_needles_new (const JzPublicSource *source, const GPtrArray *redactions, GError **error);
JzNeedle *jz_needle_new (const char *plain, const char *field);
void jz_needle_free (JzNeedle *self);
JzHaystack *jz_haystack_new (GBytes *bytes, gboolean is_raw);
void jz_haystack_free (JzHaystack *self);
gboolean jz_needle_is_in (const JzNeedle *self, const JzHaystack *haystack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzNeedle, jz_needle_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzHaystack, jz_haystack_free)

G_END_DECLS
