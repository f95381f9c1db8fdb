/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Which of the prescribed faces are installed on this computer; filled when it has been looked. */
void jz_fonts_group_fill (AdwPreferencesGroup *group);

G_END_DECLS
