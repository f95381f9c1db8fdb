/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_rows.h"

G_BEGIN_DECLS

/* Flags of a row: a bit for its group, and one for its place. */
#define JZ_CASE_PLACE_SHIFT 8

struct _JzCaseRows {
  JzOffice *office;
  char *path;
  GMutex mutex;
  GPtrArray *readers; /* JzConnection that nobody has leased */
  GMutex refreshing;  /* held by whoever brings the rows up to date */
};

char *jz_case_rows_dup_words (const char *text);

G_END_DECLS
