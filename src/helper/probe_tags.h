/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "media/probe.h"

G_BEGIN_DECLS

/* What tags say of time, device, place and program; what is known already stays. */
void jz_probe_take_tags (JzProbe *probe, const GstTagList *tags);

G_END_DECLS
