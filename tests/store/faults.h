/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#undef _FORTIFY_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <glib.h>

/* Stands between the program and the system: the functions here are linked in front of the C
 * library's, so a test can make the n-th call fail, cut writes short, and see in which order things
 * were done. Only calls between fault_arm() and fault_disarm() count. */

typedef struct {
  gint is_armed;
  const char *only; /* name of the calls that count; NULL for all */
  gint n_calls;     /* so far */
  gint fail_at;     /* which of them fails, from 1; 0 for none */
  gint n_failing;   /* how many after each other do */
  int failure;      /* errno it fails with */
  gint has_failed;
  gboolean cuts_writes;
  gboolean kills; /* the program ends there, by itself */
  GString *log;   /* (nullable): only for tests with one thread */
} Fault;

static Fault fault;

G_GNUC_UNUSED static void
fault_arm (const char *only, int fail_at, int failure)
{
  fault.only = only;
  fault.n_calls = 0;
  fault.fail_at = fail_at;
  fault.n_failing = 1;
  fault.failure = failure;
  fault.has_failed = 0;
  g_atomic_int_set (&fault.is_armed, 1);
}

/* Returns: whether the call that was to fail was made */
G_GNUC_UNUSED static gboolean
fault_disarm (void)
{
  g_atomic_int_set (&fault.is_armed, 0);
  fault.cuts_writes = FALSE;
  return g_atomic_int_get (&fault.has_failed) != 0;
}

static gboolean
fault_hits (const char *call)
{
  int n;

  if (!g_atomic_int_get (&fault.is_armed) || (fault.only != NULL && strcmp (call, fault.only) != 0))
    return FALSE;
  n = g_atomic_int_add (&fault.n_calls, 1) + 1;
  if (fault.fail_at == 0 || n < fault.fail_at || n >= fault.fail_at + fault.n_failing)
    return FALSE;
  if (fault.kills)
    kill (getpid (), SIGKILL);
  g_atomic_int_set (&fault.has_failed, 1);
  errno = fault.failure;
  return TRUE;
}

static void
fault_log (const char *call, const char *path)
{
  if (g_atomic_int_get (&fault.is_armed) && fault.log != NULL)
    g_string_append_printf (fault.log, "%s %s\n", call, path);
}

static void
fault_log_fd (const char *call, int fd)
{
  char name[64];
  char path[4096] = "";

  if (!g_atomic_int_get (&fault.is_armed) || fault.log == NULL)
    return;
  g_snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  g_assert_cmpint (readlink (name, path, sizeof path - 1), >, 0);
  fault_log (call, path);
}

int
open (const char *path, int flags, ...)
{
  mode_t mode = 0;

  if ((flags & O_CREAT) != 0) {
    va_list rest;
    va_start (rest, flags);
    mode = va_arg (rest, mode_t);
    va_end (rest);
  }
  return fault_hits ("open") ? -1 : (int)syscall (SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t
read (int fd, void *buffer, size_t length)
{
  return fault_hits ("read") ? -1 : syscall (SYS_read, fd, buffer, length);
}

ssize_t
write (int fd, const void *buffer, size_t length)
{
  if (fault_hits ("write"))
    return -1;
  fault_log_fd ("write", fd);
  if (g_atomic_int_get (&fault.is_armed) && fault.cuts_writes && length > 1)
    length = length / 2;
  return syscall (SYS_write, fd, buffer, length);
}

int
fsync (int fd)
{
  if (fault_hits ("fsync"))
    return -1;
  fault_log_fd ("fsync", fd);
  return (int)syscall (SYS_fsync, fd);
}

int
fchmod (int fd, mode_t mode)
{
  if (fault_hits ("fchmod"))
    return -1;
  fault_log_fd ("fchmod", fd);
  return (int)syscall (SYS_fchmod, fd, mode);
}

int
rename (const char *from, const char *to)
{
  if (fault_hits ("rename"))
    return -1;
  fault_log ("rename", to);
  return (int)syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
mkdir (const char *path, mode_t mode)
{
  if (fault_hits ("mkdir"))
    return -1;
  fault_log ("mkdir", path);
  return (int)syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}
