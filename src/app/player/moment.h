/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JZ_SECOND G_GINT64_CONSTANT (1000000000)

char *jz_moment_dup (gint64 pts);
gint64 jz_moment_from_second (const char *text);
char *jz_moment_to_second (gint64 pts);
char *jz_moment_dup_second (const char *text);
char *jz_moment_dup_stretch (gint64 from, gint64 until);

G_END_DECLS
