/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a table that comes from a clipboard may be at most. */
#define JZ_TABLE_TEXT_MAX_SIZE (4 * 1024 * 1024)
#define JZ_TABLE_TEXT_MAX_ROWS 2000
#define JZ_TABLE_TEXT_MAX_COLUMNS 60

/* (nullable) (element-type GStrv): the cells of the rows; NULL where it is no table. */
GPtrArray *jz_table_text_read (const char *text);
GPtrArray *jz_table_text_read_html (const char *html, gsize length);

G_END_DECLS
