/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/table.h"

G_BEGIN_DECLS

/* Tables from outside: XLSX and CSV. Anybody may have made them, so that everything is bounded by
 * counting what really comes. */
#define JZ_TABLE_MAX_FILE_BYTES (32 * 1024 * 1024)
#define JZ_TABLE_MAX_MEMBERS 2000
/* of one member of an XLSX file, and of all that is unpacked */
#define JZ_TABLE_MAX_MEMBER_BYTES (128 * 1024 * 1024)
/* of what is unpacked to what was packed, once that is more than the floor */
#define JZ_TABLE_MAX_RATIO 200
#define JZ_TABLE_RATIO_FLOOR (16 * 1024 * 1024)
#define JZ_TABLE_MAX_ROWS 100000
#define JZ_TABLE_MAX_COLUMNS 256
#define JZ_TABLE_MAX_TEXT_BYTES (128 * 1024)
/* of all cells together */
#define JZ_TABLE_MAX_TEXTS_BYTES (64 * 1024 * 1024)
#define JZ_TABLE_MAX_STRINGS 1000000
#define JZ_TABLE_MAX_STYLES 65536
#define JZ_TABLE_MAX_DEPTH 32
#define JZ_TABLE_MAX_TAG_BYTES (16 * 1024)

/**
 * JzTableError:
 * @JZ_TABLE_ERROR_FORMAT: it is no table of a kind that is read
 * @JZ_TABLE_ERROR_DAMAGED: it says that it is one, and is not whole or not well formed
 * @JZ_TABLE_ERROR_TOO_LARGE: a bound is passed
 */
typedef enum {
  JZ_TABLE_ERROR_FORMAT,
  JZ_TABLE_ERROR_DAMAGED,
  JZ_TABLE_ERROR_TOO_LARGE,
} JzTableError;

#define JZ_TABLE_ERROR (jz_table_error_quark ())
GQuark jz_table_error_quark (void);

JzTable *jz_table_load (const char *path, GError **error);
JzTable *jz_table_read (GBytes *bytes, const char *name, GError **error);

G_END_DECLS
