/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *jz_template_load (const char *name, GError **error);
char *jz_template_fill (GBytes *text, const char *first_name, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
