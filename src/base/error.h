/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzBaseError:
 * @JZ_BASE_ERROR_SYNTAX: a text is not of the form that it should have
 * @JZ_BASE_ERROR_RANGE: a value is well-formed but outside what is allowed
 * @JZ_BASE_ERROR_LIMIT: a text is longer, deeper or larger than we accept
 *
 * What can be wrong with a value that came from outside.
 */
typedef enum {
  JZ_BASE_ERROR_SYNTAX,
  JZ_BASE_ERROR_RANGE,
  JZ_BASE_ERROR_LIMIT,
} JzBaseError;

#define JZ_BASE_ERROR (jz_base_error_quark ())
GQuark jz_base_error_quark (void);

char *jz_error_dup_excerpt (const char *text, gssize length);
char *jz_error_dup_printable (const char *text, gssize length, guint max_characters);

G_END_DECLS
