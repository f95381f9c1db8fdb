/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "helper/confine.h"

/* Measured with 1080p H.264: 256 MiB play but cannot step back, 400 end at the second group. It is
 * the decoders' own memory that counts here (RLIMIT_DATA); address space (RLIMIT_AS) would need
 * several times as much for the arenas and stacks of many threads. */
#define MAX_DATA ((rlim_t)768 << 20)
/* Not 0: liborc maps the code that it makes through a small file. */
#define MAX_FILE ((rlim_t)1 << 20)
#define MAX_HANDLES 64

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

static gboolean
set (int resource, rlim_t value)
{
  struct rlimit now;
  struct rlimit wanted = { value, value };

  /* Whoever started it may have given it less. */
  if (getrlimit (resource, &now) == 0 && now.rlim_max < value)
    wanted = (struct rlimit){ now.rlim_max, now.rlim_max };
  return setrlimit (resource, &wanted) == 0;
}

/**
 * jz_confine_limits:
 *
 * Bounds memory, files and handles, and ends with its parent.
 *
 * Returns: whether memory is bounded; it is not under a sanitizer, which maps terabytes
 */
gboolean
jz_confine_limits (void)
{
  gboolean is_bounded = FALSE;

  set (RLIMIT_CORE, 0);
  set (RLIMIT_NOFILE, MAX_HANDLES);
  set (RLIMIT_FSIZE, MAX_FILE);
  signal (SIGXFSZ, SIG_IGN);
  signal (SIGPIPE, SIG_IGN);
  prctl (PR_SET_DUMPABLE, 0);
#ifndef HAS_SANITIZER
  is_bounded = set (RLIMIT_DATA, MAX_DATA);
#endif
  return is_bounded;
}
