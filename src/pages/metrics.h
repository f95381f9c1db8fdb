/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Measures of a page in points, from its upper left corner (GB/T 9704-2012; forms.md §3.1). */

#define JZ_MM(millimetres) ((millimetres)*72.0 / 25.4)

#define JZ_PAGE_WIDTH 595.28
#define JZ_PAGE_HEIGHT 841.89
#define JZ_AREA_LEFT 79.37
#define JZ_AREA_TOP 104.88
#define JZ_AREA_WIDTH 442.20
#define JZ_AREA_RIGHT (JZ_AREA_LEFT + JZ_AREA_WIDTH)
#define JZ_N_ROWS 22
#define JZ_ROW_HEIGHT 28.99
#define JZ_AREA_BOTTOM (JZ_AREA_TOP + JZ_N_ROWS * JZ_ROW_HEIGHT)

/* 28 characters in 156 mm: 16 points and this between them, in units of Pango. */
#define JZ_TEXT_SIZE 16.0
#define JZ_TEXT_CELL 15.79
#define JZ_TEXT_SPACING (-215)
/* So that 28 cells are never one too many by rounding. */
#define JZ_TEXT_SLACK 0.3

/* A form of cells has even margins, so that it keeps to one page. */
#define JZ_TABLE_TOP JZ_MM (25)
#define JZ_TABLE_BOTTOM (JZ_PAGE_HEIGHT - JZ_MM (25))

#define JZ_TITLE_SIZE 22.0
#define JZ_TITLE_PITCH 36.0
#define JZ_TABLE_TITLE_PITCH 30.0
#define JZ_SMALL_TEXT_SIZE 12.0
#define JZ_CELL_PITCH 18.0
#define JZ_CELL_PADDING 3.0
#define JZ_NOTE_SIZE 14.0
#define JZ_NOTE_PITCH 21.0
#define JZ_SMALL_SIZE 9.0

#define JZ_LINE_OUTER JZ_MM (0.5)
#define JZ_LINE_INNER JZ_MM (0.25)
#define JZ_TABLE_ROW_HEIGHT JZ_MM (9)

/* 草稿 across a page: degrees, and from black to white. */
#define JZ_WATERMARK_ANGLE (-40)
#define JZ_WATERMARK_GREY 0.92
