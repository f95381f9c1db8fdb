/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the helper gives up by itself, whether bubblewrap is there or not. */
gboolean jz_confine_limits (void);
/* Restricts the thread that calls it and those that it starts later. */
gboolean jz_confine_files (void);
/* After everything is loaded; nothing is started, connected or written any more. */
gboolean jz_confine_calls (void);

G_END_DECLS
