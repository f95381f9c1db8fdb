/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzPartialFile:
 * @fd: open for writing, or -1
 * @path: (nullable): where it lies until it is renamed
 *
 * A file that is being written and has no name of its own yet. Its functions answer 0 or an errno,
 * so that each caller can say in its own sentence what was lost.
 */
typedef struct {
  int fd;
  char *path;
} JzPartialFile;

#define JZ_PARTIAL_FILE_INIT                                                                       \
  {                                                                                                \
    -1, NULL                                                                                       \
  }

int jz_partial_file_open (JzPartialFile *self, const char *staging);
int jz_partial_file_write (JzPartialFile *self, const void *data, gsize length);
int jz_partial_file_seal (JzPartialFile *self, guint mode);
int jz_partial_file_rename (JzPartialFile *self, const char *path);
void jz_partial_file_clear (JzPartialFile *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzPartialFile, jz_partial_file_clear)

/* A regular file that is no link, open for reading; -1 on error. */
int jz_file_open_regular (const char *path, struct stat *status, GError **error);
/* Reads until @length bytes are there or the file ends; 0 or an errno. */
int jz_fd_read (int fd, void *buffer, gsize length, gsize *n);

G_END_DECLS
