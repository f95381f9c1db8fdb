/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "store/objects.h"

G_BEGIN_DECLS

struct _JzObjects {
  char *store_path;
  char *folder;   /* STORE/objects */
  char *incoming; /* STORE/incoming */

  /* Guards what follows, and the step from "is it there?" to giving a new object its name. */
  GMutex mutex;
  gboolean has_roots;       /* both folders are there, durably */
  gboolean has_folder[256]; /* so is this one of objects/00 to objects/ff */
  guint n_writing;          /* threads that write in incoming/ */
  GHashTable *takes;        /* keys of the files that are being taken in */
};

typedef enum {
  JZ_OBJECTS_ENTRY_OBJECT,
  JZ_OBJECTS_ENTRY_FOREIGN, /* a regular file with a name that is not ours */
  JZ_OBJECTS_ENTRY_LINK,
  JZ_OBJECTS_ENTRY_FOLDER,
  JZ_OBJECTS_ENTRY_SPECIAL, /* pipe, socket, device */
  JZ_OBJECTS_ENTRY_UNREADABLE,
} JzObjectsEntryKind;

/**
 * JzObjectsEntry:
 * @kind: what it is
 * @name: path below objects/, any bytes
 * @hash: what the name says, of an object
 * @size: bytes, of a regular file
 * @failure: errno, of what could not be looked at
 */
typedef struct {
  JzObjectsEntryKind kind;
  const char *name;
  JzHash hash;
  guint64 size;
  int failure;
} JzObjectsEntry;

typedef gboolean (*JzObjectsEntryVisit) (const JzObjectsEntry *entry, gpointer data);

/* While anything is written there, nothing is swept from incoming/. */
void jz_objects_begin_writing (JzObjects *self);
void jz_objects_end_writing (JzObjects *self);

/* Everything under objects/, ours or not, in the order of the bytes of its path; FALSE only where
 * objects/ itself cannot be read. A visit that answers FALSE ends the walk. */
gboolean
jz_objects_walk (JzObjects *self, JzObjectsEntryVisit visit, gpointer data, GError **error);
/* As jz_objects_open_fd(), with the file's status. */
int jz_objects_open_with_status (JzObjects *self,
                                 const JzHash *hash,
                                 struct stat *status,
                                 GError **error);
/* The error of a stored file whose content is not what its name says. */
void jz_objects_set_damaged (GError **error, const char *path);

G_END_DECLS
