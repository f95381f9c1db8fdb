/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most characters of a file's name in a record. */
#define JZ_FILE_NAME_MAX 255

gboolean jz_character_is_hidden (gunichar character);
gboolean jz_file_name_is_plain (const char *name);
char *jz_file_name_dup_harmless (const char *name);
char *jz_file_name_dup_escaped (const char *name);
char *jz_file_name_dup_short (const char *name, glong max);

G_END_DECLS
