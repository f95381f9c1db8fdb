/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/sniff.h"

G_BEGIN_DECLS

/* Pictures as telephones write them: HEIC, and AVIF, which stands in the same boxes. */
void jz_heif_probe (const JzHelperJob *job, const JzSniff *sniff, JzProbe *probe);
gboolean jz_heif_put (JzHelperJob *job,
                      const JzSniff *sniff,
                      guint max_width,
                      guint max_height,
                      GError **error);

G_END_DECLS
