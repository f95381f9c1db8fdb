/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* For each element of a pipeline when it is added: has a transport stream sought in exactly. */
void jz_ts_seek_mend (GstElement *element);

G_END_DECLS
