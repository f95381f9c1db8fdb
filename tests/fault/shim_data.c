/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shim-private.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

/* The calls that change what is in a file: opening, writing, cutting, syncing. */

static int
open_at (int folder, const char *path, int flags, mode_t mode)
{
  Change change = { .kind = KIND_CREATE };
  struct stat status;
  Verdict verdict;
  bool truncates;
  int fd = -1;

  if ((flags & O_TMPFILE) == O_TMPFILE && shim_watches_path (folder, path, change.path))
    shim_record_strange ("O_TMPFILE", change.path);
  if ((flags & (O_CREAT | O_TRUNC)) == 0 || !shim_watches_path (folder, path, change.path))
    return (int)syscall (SYS_openat, folder, path, flags, mode);
  truncates = shim_get_status (folder, path, &status);
  if (truncates ? (flags & O_TRUNC) == 0 : (flags & O_CREAT) == 0)
    return (int)syscall (SYS_openat, folder, path, flags, mode);
  if (truncates) {
    change.kind = KIND_TRUNCATE;
    change.inode = status.st_ino;
  }
  verdict = shim_start (&change);
  if (verdict != FAIL)
    fd = (int)syscall (SYS_openat, folder, path, flags, mode);
  if (fd >= 0 && !truncates && fstat (fd, &status) == 0) {
    change.inode = status.st_ino;
    change.size = status.st_mode & 07777;
  }
  return (int)shim_finish (&change, verdict, fd);
}

static mode_t
take_mode (int flags, va_list rest)
{
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg (rest, mode_t) : 0;
}

int
open (const char *path, int flags, ...)
{
  va_list rest;
  mode_t mode;

  va_start (rest, flags);
  mode = take_mode (flags, rest);
  va_end (rest);
  return open_at (AT_FDCWD, path, flags, mode);
}

int
openat (int folder, const char *path, int flags, ...)
{
  va_list rest;
  mode_t mode;

  va_start (rest, flags);
  mode = take_mode (flags, rest);
  va_end (rest);
  return open_at (folder, path, flags, mode);
}

int
creat (const char *path, mode_t mode)
{
  return open_at (AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

/* What the C library calls where the compiler checks calls without a mode. */
int __open_2 (const char *path, int flags);
int __openat_2 (int folder, const char *path, int flags);

int
__open_2 (const char *path, int flags)
{
  return open_at (AT_FDCWD, path, flags, 0);
}

int
__openat_2 (int folder, const char *path, int flags)
{
  return open_at (folder, path, flags, 0);
}

static ssize_t
raw_write (int fd, const void *data, size_t length, off_t offset)
{
  return offset < 0 ? syscall (SYS_write, fd, data, length)
                    : syscall (SYS_pwrite64, fd, data, length, offset);
}

/* Where the bytes went that were just written at the file's own position. */
static uint64_t
find_offset (int fd, ssize_t written)
{
  return (uint64_t)syscall (SYS_lseek, fd, 0L, SEEK_CUR) - (uint64_t)written;
}

/* @offset is -1 for the file's own position. */
static ssize_t
write_at (int fd, const void *data, size_t length, off_t offset)
{
  Change change = { .kind = KIND_WRITE };
  Verdict verdict;
  ssize_t written = -1;

  if (!shim_watches_fd (fd, &change))
    return raw_write (fd, data, length, offset);
  change.data = data;
  change.n_data = length;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    written = raw_write (fd, data, verdict == HALF ? length / 2 : length, offset);
  if (written >= 0) {
    change.n_data = (size_t)written;
    change.offset = offset < 0 ? find_offset (fd, written) : (uint64_t)offset;
  }
  return shim_finish (&change, verdict, written);
}

static ssize_t
write_parts (int fd, const struct iovec *parts, int n_parts, off_t offset)
{
  size_t length = 0;
  char *data;
  ssize_t written;

  for (int i = 0; i < n_parts; i++)
    length += parts[i].iov_len;
  data = malloc (length + 1);
  if (data == NULL)
    shim_give_up ("no memory");
  length = 0;
  for (int i = 0; i < n_parts; i++) {
    memcpy (data + length, parts[i].iov_base, parts[i].iov_len);
    length += parts[i].iov_len;
  }
  written = write_at (fd, data, length, offset);
  free (data);
  return written;
}

ssize_t
write (int fd, const void *data, size_t length)
{
  return write_at (fd, data, length, -1);
}

ssize_t
pwrite (int fd, const void *data, size_t length, off_t offset)
{
  return write_at (fd, data, length, offset);
}

ssize_t
writev (int fd, const struct iovec *parts, int n_parts)
{
  return write_parts (fd, parts, n_parts, -1);
}

ssize_t
pwritev (int fd, const struct iovec *parts, int n_parts, off_t offset)
{
  return write_parts (fd, parts, n_parts, offset);
}

ssize_t
pwritev2 (int fd, const struct iovec *parts, int n_parts, off_t offset, int flags)
{
  return write_parts (fd, parts, n_parts, offset);
}

static void *
read_back (int fd, uint64_t offset, size_t length)
{
  char name[64];
  char *data = malloc (length + 1);
  int again;

  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  again = shim_open (name, O_RDONLY);
  if (data == NULL || again < 0 ||
      syscall (SYS_pread64, again, data, length, offset) != (long)length)
    shim_give_up ("what was copied cannot be read back");
  syscall (SYS_close, again);
  return data;
}

/* Copying inside the kernel: by whatever call, and recorded by what is in the file afterwards. */
static ssize_t
copy_to (int fd, off_t *offset, ssize_t (*copy) (void *), void *data)
{
  Change change = { .kind = KIND_WRITE };
  void *copied = NULL;
  Verdict verdict;
  ssize_t written = -1;
  ssize_t result;

  if (!shim_watches_fd (fd, &change))
    return copy (data);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    written = copy (data);
  if (written >= 0) {
    change.offset = offset != NULL ? (uint64_t)(*offset - written) : find_offset (fd, written);
    change.n_data = (size_t)written;
    change.data = copied = read_back (fd, change.offset, change.n_data);
  }
  result = shim_finish (&change, verdict, written);
  free (copied);
  return result;
}

typedef struct {
  int in;
  off_t *in_offset;
  int out;
  off_t *out_offset;
  size_t length;
  unsigned flags;
} Copy;

static ssize_t
copy_range (void *data)
{
  Copy *copy = data;
  return syscall (SYS_copy_file_range, copy->in, copy->in_offset, copy->out, copy->out_offset,
                  copy->length, copy->flags);
}

static ssize_t
send_file (void *data)
{
  Copy *copy = data;
  return syscall (SYS_sendfile, copy->out, copy->in, copy->in_offset, copy->length);
}

ssize_t
copy_file_range (int in,
                 off64_t *in_offset,
                 int out,
                 off64_t *out_offset,
                 size_t length,
                 unsigned flags)
{
  Copy copy = { in, in_offset, out, out_offset, length, flags };
  return copy_to (out, out_offset, copy_range, &copy);
}

ssize_t
sendfile (int out, int in, off_t *in_offset, size_t length)
{
  Copy copy = { .in = in, .in_offset = in_offset, .out = out, .length = length };
  return copy_to (out, NULL, send_file, &copy);
}

int
ftruncate (int fd, off_t length)
{
  Change change = { .kind = KIND_TRUNCATE, .size = (uint64_t)length };
  Verdict verdict;
  long result = -1;

  if (!shim_watches_fd (fd, &change))
    return (int)syscall (SYS_ftruncate, fd, length);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_ftruncate, fd, length);
  return (int)shim_finish (&change, verdict, result);
}

int
truncate (const char *path, off_t length)
{
  Change change = { .kind = KIND_TRUNCATE, .size = (uint64_t)length };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_path (AT_FDCWD, path, change.path) ||
      !shim_get_status (AT_FDCWD, path, &status))
    return (int)syscall (SYS_truncate, path, length);
  change.inode = status.st_ino;
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_truncate, path, length);
  return (int)shim_finish (&change, verdict, result);
}

/* Room for a file is a change of its size; what else fallocate() can do is not recorded. */
int
fallocate (int fd, int mode, off_t offset, off_t length)
{
  Change change = { .kind = KIND_TRUNCATE };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_fd (fd, &change))
    return (int)syscall (SYS_fallocate, fd, mode, offset, length);
  if (mode != 0)
    shim_record_strange ("fallocate", change.path);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_fallocate, fd, mode, offset, length);
  if (result == 0 && fstat (fd, &status) == 0)
    change.size = (uint64_t)status.st_size;
  return (int)shim_finish (&change, verdict, result);
}

int
posix_fallocate (int fd, off_t offset, off_t length)
{
  int saved = errno;
  int failure = fallocate (fd, 0, offset, length) == 0 ? 0 : errno;

  errno = saved;
  return failure;
}

static int
sync_with (int fd, long call)
{
  Change change = { .kind = KIND_SYNC };
  struct stat status;
  Verdict verdict;
  long result = -1;

  if (!shim_watches_fd (fd, &change))
    return (int)syscall (call, fd);
  change.size = fstat (fd, &status) == 0 && S_ISDIR (status.st_mode);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (call, fd);
  return (int)shim_finish (&change, verdict, result);
}

int
fsync (int fd)
{
  return sync_with (fd, SYS_fsync);
}

int
fdatasync (int fd)
{
  return sync_with (fd, SYS_fdatasync);
}

/* Writes pages but neither a size nor the disk's own cache: nothing is durable by it. */
int
sync_file_range (int fd, off64_t offset, off64_t length, unsigned flags)
{
  Change change = { 0 };

  if (shim_watches_fd (fd, &change))
    shim_record_strange ("sync_file_range", change.path);
  return (int)syscall (SYS_sync_file_range, fd, offset, length, flags);
}

int
syncfs (int fd)
{
  Change change = { 0 };

  if (shim_watches_fd (fd, &change))
    shim_record_strange ("syncfs", change.path);
  return (int)syscall (SYS_syncfs, fd);
}

int
fchmod (int fd, mode_t mode)
{
  Change change = { .kind = KIND_MODE, .size = mode };
  Verdict verdict;
  long result = -1;

  if (!shim_watches_fd (fd, &change))
    return (int)syscall (SYS_fchmod, fd, mode);
  verdict = shim_start (&change);
  if (verdict != FAIL)
    result = syscall (SYS_fchmod, fd, mode);
  return (int)shim_finish (&change, verdict, result);
}

ssize_t
splice (int in, off64_t *in_offset, int out, off64_t *out_offset, size_t length, unsigned flags)
{
  Change change = { 0 };

  if (shim_watches_fd (out, &change))
    shim_record_strange ("splice", change.path);
  return syscall (SYS_splice, in, in_offset, out, out_offset, length, flags);
}

void *
mmap (void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
  Change change = { 0 };

  if (fd >= 0 && (protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0 &&
      shim_watches_fd (fd, &change))
    shim_record_strange ("mmap", change.path);
  return (void *)syscall (SYS_mmap, address, length, protection, flags, fd, offset);
}

/* A stream writes inside the C library, where nothing can be put in front. */
static FILE *
open_stream (const char *call, const char *path, const char *mode)
{
  Change change = { 0 };
  FILE *(*next) (const char *, const char *) =
    (FILE * (*)(const char *, const char *)) dlsym (RTLD_NEXT, call);

  if (strpbrk (mode, "wa+") != NULL && shim_watches_path (AT_FDCWD, path, change.path))
    shim_record_strange (call, change.path);
  return next (path, mode);
}

FILE *
fopen (const char *path, const char *mode)
{
  return open_stream ("fopen", path, mode);
}

FILE *
fopen64 (const char *path, const char *mode)
{
  return open_stream ("fopen64", path, mode);
}

/* Whoever reads standard output knows from here on what was printed. */
int
fflush (FILE *stream)
{
  int (*next) (FILE *) = (int (*) (FILE *))dlsym (RTLD_NEXT, "fflush");

  if (stream == stdout && shim_is_ready ())
    shim_record_said ();
  return next (stream);
}

#define SAME_AS(name) __attribute__ ((alias (name)))

int open64 (const char *path, int flags, ...) SAME_AS ("open");
int openat64 (int folder, const char *path, int flags, ...) SAME_AS ("openat");
int creat64 (const char *path, mode_t mode) SAME_AS ("creat");
int __open64_2 (const char *path, int flags) SAME_AS ("__open_2");
int __openat64_2 (int folder, const char *path, int flags) SAME_AS ("__openat_2");
ssize_t pwrite64 (int fd, const void *data, size_t length, off64_t offset) SAME_AS ("pwrite");
ssize_t pwritev64 (int fd, const struct iovec *parts, int n_parts, off64_t offset)
  SAME_AS ("pwritev");
ssize_t pwritev64v2 (int fd, const struct iovec *parts, int n_parts, off64_t offset, int flags)
  SAME_AS ("pwritev2");
ssize_t sendfile64 (int out, int in, off64_t *in_offset, size_t length) SAME_AS ("sendfile");
int ftruncate64 (int fd, off64_t length) SAME_AS ("ftruncate");
int truncate64 (const char *path, off64_t length) SAME_AS ("truncate");
int fallocate64 (int fd, int mode, off64_t offset, off64_t length) SAME_AS ("fallocate");
int posix_fallocate64 (int fd, off64_t offset, off64_t length) SAME_AS ("posix_fallocate");
void *mmap64 (void *address, size_t length, int protection, int flags, int fd, off64_t offset)
  SAME_AS ("mmap");
