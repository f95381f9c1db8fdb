/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helper/jobs.h"

G_BEGIN_DECLS

gboolean jz_deep_png_put (JzHelperJob *job, guint max_width, guint max_height, GError **error);

G_END_DECLS
