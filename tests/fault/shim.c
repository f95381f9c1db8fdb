/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shim-private.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>

/* Stands between a program and the disk: LD_PRELOAD puts these functions in front of the C
 * library's. Every call that changes something below one folder goes through here, one after the
 * other, so that what is recorded is the order in which it was done. Set by the environment:
 *
 *   JZ_FAULT_ROOT        the folder; nothing is looked at without it
 *   JZ_FAULT_TRACE       a file outside of it: each change is appended, with its data
 *   JZ_FAULT_COUNTER     a file outside of it of three 64-bit numbers: how many changes there were,
 *                        how many were made to fail, and of which kind the first of those was
 *   JZ_FAULT_KINDS       names with commas between: only these count (all)
 *   JZ_FAULT_AT          which change fails, from 1; without JZ_FAULT_ERRNO the program is killed
 *                        just before it
 *   JZ_FAULT_ERRNO       ENOSPC or EIO
 *   JZ_FAULT_FOREVER     all later ones fail as well
 *   JZ_FAULT_SAME_PLACE  the folder seems to lie on a disk whose files have no lasting numbers, so
 *                        that a copy of a store is taken for the store
 *
 * Files that end in -shm are memory, not disk: no change of theirs counts. What cannot be recorded
 * (shared writable memory, streams, …) is recorded as strange, for a test to find. */

#define MAX_TRACE ((uint64_t)1 << 30)
#define MAGIC 0x504f5a4a

static const char *const kind_names[] = {
  "create", "write", "truncate", "rename", "link", "unlink", "mkdir", "rmdir", "sync", "mode",
};

typedef struct {
  uint32_t magic;
  uint32_t kind;
  uint64_t inode;
  uint64_t offset;
  uint64_t size;
  uint32_t n_path;
  uint32_t n_other;
  uint64_t n_data;
} Header;

static struct {
  pthread_once_t once;
  pthread_mutex_t mutex;
  char root[PATH_MAX]; /* empty for none */
  int trace;
  uint64_t *counter; /* changes that count, those that failed, kind of the first of these */
  unsigned kinds;
  uint64_t at;
  int failure;
  bool forever;
  bool same_place;
  uint64_t traced;
  uint64_t own_counter[3];
} shim = {
  .once = PTHREAD_ONCE_INIT,
  .mutex = PTHREAD_MUTEX_INITIALIZER,
  .trace = -1,
};

void
shim_give_up (const char *why)
{
  syscall (SYS_write, STDERR_FILENO, "shim: ", 6);
  syscall (SYS_write, STDERR_FILENO, why, strlen (why));
  syscall (SYS_write, STDERR_FILENO, "\n", 1);
  abort ();
}

int
shim_open (const char *path, int flags)
{
  return (int)syscall (SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, 0600);
}

static unsigned
read_kinds (const char *names)
{
  unsigned kinds = 0;

  if (names == NULL)
    return ~0u;
  while (*names != '\0') {
    size_t length = strcspn (names, ",");
    unsigned before = kinds;
    for (int i = 0; i < N_COUNTED; i++)
      if (strlen (kind_names[i]) == length && strncmp (names, kind_names[i], length) == 0)
        kinds |= 1u << i;
    if (kinds == before)
      shim_give_up ("JZ_FAULT_KINDS has a wrong name");
    names += length + (names[length] == ',');
  }
  return kinds;
}

static void
map_counter (const char *path)
{
  int fd = shim_open (path, O_RDWR | O_CREAT);
  long address;

  if (fd < 0 || syscall (SYS_ftruncate, fd, sizeof shim.own_counter) != 0)
    shim_give_up ("JZ_FAULT_COUNTER cannot be written");
  address =
    syscall (SYS_mmap, NULL, sizeof shim.own_counter, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0L);
  if (address < 0 && address > -4096)
    shim_give_up ("JZ_FAULT_COUNTER cannot be mapped");
  shim.counter = (uint64_t *)address;
  syscall (SYS_close, fd);
}

static void
set_up (void)
{
  const char *root = getenv ("JZ_FAULT_ROOT");
  const char *trace = getenv ("JZ_FAULT_TRACE");
  const char *counter = getenv ("JZ_FAULT_COUNTER");
  const char *at = getenv ("JZ_FAULT_AT");
  const char *failure = getenv ("JZ_FAULT_ERRNO");

  shim.counter = shim.own_counter;
  if (root == NULL)
    return;
  shim.kinds = read_kinds (getenv ("JZ_FAULT_KINDS"));
  shim.at = at != NULL ? strtoull (at, NULL, 10) : 0;
  shim.forever = getenv ("JZ_FAULT_FOREVER") != NULL;
  shim.same_place = getenv ("JZ_FAULT_SAME_PLACE") != NULL;
  if (failure != NULL && strcmp (failure, "ENOSPC") == 0)
    shim.failure = ENOSPC;
  else if (failure != NULL && strcmp (failure, "EIO") == 0)
    shim.failure = EIO;
  else if (failure != NULL)
    shim_give_up ("JZ_FAULT_ERRNO is neither ENOSPC nor EIO");
  if (counter != NULL)
    map_counter (counter);
  if (trace != NULL && (shim.trace = shim_open (trace, O_WRONLY | O_CREAT | O_APPEND)) < 0)
    shim_give_up ("JZ_FAULT_TRACE cannot be written");
  if (realpath (root, shim.root) == NULL)
    shim_give_up ("JZ_FAULT_ROOT is not there");
}

bool
shim_is_ready (void)
{
  pthread_once (&shim.once, set_up);
  return shim.root[0] != '\0';
}

static bool
ends_with (const char *text, const char *ending)
{
  size_t length = strlen (text);
  size_t n = strlen (ending);
  return length >= n && strcmp (text + length - n, ending) == 0;
}

/* Takes the folder's own name off; says whether the path is one of those that are looked at. */
static bool
make_relative (char *path)
{
  static const char deleted[] = " (deleted)";
  size_t length = strlen (shim.root);

  if (strncmp (path, shim.root, length) != 0 || (path[length] != '/' && path[length] != '\0'))
    return false;
  if (ends_with (path, deleted))
    path[strlen (path) - strlen (deleted)] = '\0';
  if (ends_with (path, "-shm"))
    return false;
  length += path[length] == '/';
  memmove (path, path + length, strlen (path + length) + 1);
  return true;
}

static bool
get_path_of_fd (int fd, char *path)
{
  char name[64];
  ssize_t length;

  snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  length = readlink (name, path, PATH_MAX - 1);
  if (length < 0)
    return false;
  path[length] = '\0';
  return true;
}

bool
shim_watches_fd (int fd, Change *change)
{
  int saved = errno;
  struct stat status;
  bool is_watched = shim_is_ready () && get_path_of_fd (fd, change->path) &&
                    make_relative (change->path) && fstat (fd, &status) == 0;

  if (is_watched)
    change->inode = status.st_ino;
  errno = saved;
  return is_watched;
}

/* The last part of a path is not followed: it is what is made, renamed or removed. */
static bool
resolve (int folder, const char *path, char *resolved)
{
  char whole[PATH_MAX] = "";
  char *name;

  if (path[0] != '/') {
    if (folder == AT_FDCWD ? getcwd (whole, sizeof whole) == NULL : !get_path_of_fd (folder, whole))
      return false;
  }
  if (strlen (whole) + strlen (path) + 2 > sizeof whole)
    return false;
  strcat (whole, path[0] == '/' ? "" : "/");
  strcat (whole, path);
  while (strlen (whole) > 1 && ends_with (whole, "/"))
    whole[strlen (whole) - 1] = '\0';
  name = strrchr (whole, '/');
  *name++ = '\0';
  if (strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return false;
  if (realpath (whole[0] != '\0' ? whole : "/", resolved) == NULL ||
      strlen (resolved) + strlen (name) + 2 > PATH_MAX)
    return false;
  if (strcmp (resolved, "/") != 0)
    strcat (resolved, "/");
  strcat (resolved, name);
  return true;
}

bool
shim_watches_path (int folder, const char *path, char *relative)
{
  int saved = errno;
  bool is_watched = shim_is_ready () && path != NULL && resolve (folder, path, relative) &&
                    make_relative (relative);

  errno = saved;
  return is_watched;
}

bool
shim_get_status (int folder, const char *path, struct stat *status)
{
  int saved = errno;
  bool is_there = fstatat (folder, path, status, AT_SYMLINK_NOFOLLOW) == 0;

  errno = saved;
  return is_there;
}

static void
record (const Change *change)
{
  Header header = {
    .magic = MAGIC,
    .kind = change->kind,
    .inode = change->inode,
    .offset = change->offset,
    .size = change->size,
    .n_path = (uint32_t)strlen (change->path),
    .n_other = (uint32_t)strlen (change->other),
    .n_data = change->n_data,
  };
  struct iovec parts[] = {
    { &header, sizeof header },
    { (char *)change->path, header.n_path },
    { (char *)change->other, header.n_other },
    { (void *)change->data, change->n_data },
  };
  size_t length = sizeof header + header.n_path + header.n_other + change->n_data;

  if (shim.trace < 0)
    return;
  shim.traced += length;
  if (shim.traced > MAX_TRACE)
    shim_give_up ("the trace grows without end");
  if (syscall (SYS_writev, shim.trace, parts, 4) != (long)length)
    shim_give_up ("the trace could not be written whole");
}

/* Locks; finish() unlocks. A disk that runs full first takes a part of what is written. */
Verdict
shim_start (const Change *change)
{
  bool is_hit;

  pthread_mutex_lock (&shim.mutex);
  if ((shim.kinds & (1u << change->kind)) == 0)
    return PASS;
  shim.counter[0]++;
  is_hit = shim.at != 0 && (shim.forever ? shim.counter[0] >= shim.at : shim.counter[0] == shim.at);
  if (!is_hit)
    return PASS;
  if (shim.counter[1]++ == 0)
    shim.counter[2] = change->kind;
  if (shim.failure == 0) {
    kill (getpid (), SIGKILL);
    syscall (SYS_exit_group, 128 + SIGKILL); /* the first process of a container lives on */
  }
  if (change->kind == KIND_WRITE && shim.forever && shim.failure == ENOSPC &&
      shim.counter[1] == 1 && change->n_data > 1)
    return HALF;
  return FAIL;
}

long
shim_finish (const Change *change, Verdict verdict, long result)
{
  int saved = errno;

  if (verdict != FAIL && result >= 0)
    record (change);
  pthread_mutex_unlock (&shim.mutex);
  errno = verdict == FAIL ? shim.failure : saved;
  return verdict == FAIL ? -1 : result;
}

void
shim_record_strange (const char *call, const char *path)
{
  Change change = { .kind = KIND_STRANGE };

  snprintf (change.path, sizeof change.path, "%.32s %.4000s", call, path);
  pthread_mutex_lock (&shim.mutex);
  record (&change);
  pthread_mutex_unlock (&shim.mutex);
}

void
shim_record_said (void)
{
  Change change = { .kind = KIND_SAID };

  pthread_mutex_lock (&shim.mutex);
  record (&change);
  pthread_mutex_unlock (&shim.mutex);
}

bool
shim_has_same_place (void)
{
  return shim.same_place;
}
