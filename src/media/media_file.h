/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * JzFileId:
 *
 * By which a file is known again, whatever handle it comes by. One that was written to since is
 * another.
 */
typedef struct {
  dev_t device;
  ino_t inode;
  gint64 size;
  gint64 changed_ns;
} JzFileId;

gboolean jz_file_id_read (int file, JzFileId *id, GError **error);
gboolean jz_file_id_equal (const JzFileId *a, const JzFileId *b);

G_END_DECLS
