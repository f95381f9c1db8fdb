/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The plain names are defined beside those that end in 64, so neither may stand for the other. */
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _LARGEFILE64_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef enum {
  KIND_CREATE,
  KIND_WRITE,
  KIND_TRUNCATE,
  KIND_RENAME,
  KIND_LINK,
  KIND_UNLINK,
  KIND_MKDIR,
  KIND_RMDIR,
  KIND_SYNC,
  KIND_MODE,
  N_COUNTED,
  KIND_SAID = N_COUNTED, /* something went to standard output */
  KIND_STRANGE,
} Kind;

typedef struct {
  Kind kind;
  uint64_t inode;
  uint64_t offset;
  uint64_t size; /* new size; of a new file or folder, its mode; of a sync, whether of a folder */
  char path[PATH_MAX];
  char other[PATH_MAX]; /* new name */
  const void *data;
  size_t n_data;
} Change;

typedef enum { PASS, FAIL, HALF } Verdict;

bool shim_is_ready (void);
void shim_give_up (const char *why);
int shim_open (const char *path, int flags);
/* Whether copies are to be taken for the store itself. */
bool shim_has_same_place (void);
/* Whether a handle, or a path, is one of those that are looked at. */
bool shim_watches_fd (int fd, Change *change);
bool shim_watches_path (int folder, const char *path, char *relative);
bool shim_get_status (int folder, const char *path, struct stat *status);
/* Before and after a change; between them no other can happen. */
Verdict shim_start (const Change *change);
long shim_finish (const Change *change, Verdict verdict, long result);
void shim_record_said (void);
void shim_record_strange (const char *call, const char *path);
