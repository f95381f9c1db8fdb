/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Everything that a PDF holds: what its streams hold once they are unpacked, and its strings. */
GPtrArray *jz_pdf_parts_list (GBytes *pdf, GError **error);
/* Puts a text where no page shows it, to see whether it would be found there. */
GBytes *jz_pdf_parts_plant (GBytes *pdf, const char *text, GError **error);

G_END_DECLS
