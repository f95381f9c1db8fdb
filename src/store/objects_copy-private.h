/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/copy_hasher-private.h"
#include "store/files-private.h"
#include "store/objects-private.h"

G_BEGIN_DECLS

/**
 * JzFileCopy:
 * @objects: the objects of a store
 * @path: the source
 * @fd: the source, open; or -1
 * @before: its status when it was opened
 * @file: where the copy is written
 * @hashes: of what was copied until now, and of its pieces where there is to be a chunk list
 * @sums: a handle where each hash of a piece is written too, for resuming; or -1
 * @done: bytes that were copied
 * @arrives_for: (nullable): what it is taken in for, if its arrival is to be noted down
 * @note: (nullable): then, by what the note is dropped
 *
 * A file on its way into a store.
 */
typedef struct {
  JzObjects *objects;
  const char *path;
  int fd;
  struct stat before;
  JzPartialFile file;
  JzCopyHasher *hashes;
  int sums;
  guint64 done;
  const char *arrives_for;
  char *note;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} JzFileCopy;

#define JZ_FILE_COPY_INIT(...)                                                                     \
  {                                                                                                \
    .fd = -1, .file = JZ_PARTIAL_FILE_INIT, .sums = -1, __VA_ARGS__                                \
  }

void jz_file_copy_clear (JzFileCopy *self);
gboolean jz_file_copy_open_source (JzFileCopy *self, gboolean with_chunks, GError **error);
int jz_file_copy_take_piece (JzFileCopy *self, gsize n);
void jz_file_copy_report (const JzFileCopy *self);
gboolean jz_file_copy_run (JzFileCopy *self, gboolean *is_source_gone, GError **error);
gboolean jz_file_copy_place (JzFileCopy *self, JzObject *object, GError **error);
gboolean
jz_file_copy_put (JzFileCopy *self, gboolean with_chunks, JzObject *object, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzFileCopy, jz_file_copy_clear)

/* objects_put.c */
gboolean jz_objects_make_roots (JzObjects *self, GError **error);
void jz_objects_set_put_error (JzObjects *self, GError **error, const char *source, int failure);
gboolean jz_objects_place (JzObjects *self,
                           JzPartialFile *file,
                           const JzHash *hash,
                           guint64 size,
                           const char *source,
                           GError **error);
gboolean jz_objects_put_named_bytes (JzObjects *self,
                                     GBytes *bytes,
                                     JzHash *hash,
                                     const char *source,
                                     GError **error);

G_END_DECLS
