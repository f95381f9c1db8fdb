/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/hash.h"

G_BEGIN_DECLS

/* Text from outside, read line by line; what has been taken is behind @at. */
typedef struct {
  const char *at;
  const char *end;
} JzLines;

/* Each takes a whole line that begins with @prefix and goes on in the one form asked for; where the
 * next line is anything else nothing is taken. */
char *jz_lines_take (JzLines *self, const char *prefix);
gboolean jz_lines_take_exactly (JzLines *self, const char *line);
gboolean jz_lines_take_number (JzLines *self, const char *prefix, guint64 *number);
gboolean jz_lines_take_hash (JzLines *self, const char *prefix, JzHash *hash);
GBytes *jz_lines_take_base64 (JzLines *self, const char *prefix);

G_END_DECLS
