/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzPlaceMark:
 * @device: number of the disk as long as it is mounted
 * @file: number of the file on it
 * @kind: of its file system
 * @file_system: number that the file system has
 *
 * What the system says at once of where a file lies. While a program runs a file with the same mark
 * has the same place, and looking costs next to nothing.
 */
typedef struct {
  guint64 device;
  guint64 file;
  gint64 kind;
  guint64 file_system;
} JzPlaceMark;

gboolean jz_place_look (const char *database_path, JzPlaceMark *mark, GError **error);
gboolean jz_place_mark_equal (const JzPlaceMark *a, const JzPlaceMark *b);
char *jz_place_get (const char *database_path, GError **error);
gboolean jz_place_is_same (const char *here, const char *last);

G_END_DECLS
