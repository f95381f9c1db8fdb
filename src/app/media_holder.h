/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/media.h"

G_BEGIN_DECLS

JzMedia *jz_app_get_media (void);

G_END_DECLS
