/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/jobs.h"
#include "media/probe.h"

G_BEGIN_DECLS

/* Draws a page to fit into that size. */
gboolean jz_pdf_put_page (JzHelperJob *job, guint page, guint width, guint height, GError **error);
/* What it says of itself; what cannot be opened is told as odd. */
void jz_pdf_probe (JzHelperJob *job, JzProbe *probe);

G_END_DECLS
