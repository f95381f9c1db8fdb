/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads a whole regular file of at most @max bytes; no links are followed in its last part. */
GBytes *jz_file_read (const char *path, gsize max, GError **error);
/* Writes @bytes to a new temporary name in @staging (a folder of the same file system), fsyncs it,
 * gives it @mode, renames it to @path and fsyncs the folder of @path. An existing @path is
 * replaced. */
gboolean jz_file_write_durably (const char *path,
                                const char *staging,
                                GBytes *bytes,
                                guint mode,
                                GError **error);
/* Makes an empty file for the owner alone; one that is there already stays as it is. */
gboolean jz_file_make_private (const char *path, GError **error);
gboolean jz_folder_sync (const char *path, GError **error);
/* mkdir and fsync of the parent; an existing folder is fine. */
gboolean jz_folder_make (const char *path, guint mode, GError **error);
/* unlink (a missing file is fine) and fsync of the folder */
gboolean jz_file_remove_durably (const char *path, GError **error);
/* Removes the files and links that lie in a folder, durably; what is neither is left alone. */
gboolean jz_folder_sweep (const char *path, GPtrArray *removed, GError **error);
gboolean
jz_folder_sweep_except (const char *path, GHashTable *kept, GPtrArray *removed, GError **error);

/* Whether @path lies on a network file system by the text of a mountinfo file; @kind gets its type.
 * jz_folder_refuse_network() asks it of the running system and sets JZ_STORE_ERROR_NETWORK. */
gboolean jz_mounts_is_network (const char *mountinfo, const char *path, char **kind);
gboolean jz_folder_refuse_network (const char *path, GError **error);

/* The lock of the one program that writes: an OFD lock on STORE/lock. The file's text (pid and
 * host) is information only. */
typedef struct _JzLock JzLock;
JzLock *jz_lock_take (const char *store_path,
                      GError **error); /* JZ_STORE_ERROR_BUSY names pid and host */
void jz_lock_release (JzLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzLock, jz_lock_release)

G_END_DECLS
