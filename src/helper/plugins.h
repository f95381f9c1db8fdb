/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Takes away what a file from outside could use to reach further than itself. */
void jz_plugins_restrict (void);
/* Loads what nearly every recording needs, while nobody waits. */
void jz_plugins_preload (void);

G_END_DECLS
