/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JZ_APPLICATION_ID "org.juanzong.Juanzong"

#define JZ_TYPE_JUANZONG (jz_juanzong_get_type ())
G_DECLARE_FINAL_TYPE (JzJuanzong, jz_juanzong, JZ, JUANZONG, AdwApplication)

GtkApplication *jz_juanzong_new (void);

G_END_DECLS
