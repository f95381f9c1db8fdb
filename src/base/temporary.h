/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *jz_temporary_folder (const char *purpose, GError **error);
char *jz_temporary_file (const char *purpose, const char *ending, GError **error);

G_END_DECLS
