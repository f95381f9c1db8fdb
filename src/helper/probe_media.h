/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/jobs.h"
#include "helper/sniff.h"

G_BEGIN_DECLS

/* What a recording or picture says of itself; nothing of it is decoded. */
gboolean
jz_media_probe_streams (JzHelperJob *job, const JzSniff *sniff, JzProbe *probe, GError **error);

G_END_DECLS
