/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/moment.h"

#define MS G_GINT64_CONSTANT (1000000)

/**
 * jz_moment_dup:
 * @pts: a moment of a recording, in nanoseconds
 *
 * Returns: (transfer full): the moment as h:mm:ss.mmm
 */
char *
jz_moment_dup (gint64 pts)
{
  gint64 ms = MAX (pts, 0) / MS;

  return g_strdup_printf ("%lld:%02lld:%02lld.%03lld", (long long)(ms / 3600000),
                          (long long)(ms / 60000 % 60), (long long)(ms / 1000 % 60),
                          (long long)(ms % 1000));
}

/**
 * jz_moment_from_second:
 * @text: seconds as links have them, "75" or "75.120"
 *
 * Returns: the same moment in nanoseconds
 */
gint64
jz_moment_from_second (const char *text)
{
  char *end = NULL;
  gint64 whole = g_ascii_strtoll (text, &end, 10);
  gint64 ms = end != NULL && *end == '.' ? g_ascii_strtoll (end + 1, NULL, 10) : 0;

  return whole * JZ_SECOND + CLAMP (ms, 0, 999) * MS;
}

/**
 * jz_moment_to_second:
 * @pts: a moment of a recording, in nanoseconds
 *
 * Returns: (transfer full): the same moment in seconds as links have them
 */
char *
jz_moment_to_second (gint64 pts)
{
  gint64 ms = pts / MS;

  return ms % 1000 == 0
           ? g_strdup_printf ("%lld", (long long)(ms / 1000))
           : g_strdup_printf ("%lld.%03lld", (long long)(ms / 1000), (long long)(ms % 1000));
}

/**
 * jz_moment_dup_second:
 * @text: seconds as links have them
 *
 * Returns: (transfer full): the moment as h:mm:ss.mmm
 */
char *
jz_moment_dup_second (const char *text)
{
  return jz_moment_dup (jz_moment_from_second (text));
}

/**
 * jz_moment_dup_stretch:
 * @from: its first moment
 * @until: its last, or less than @from for a single moment
 *
 * Returns: (transfer full): both moments, or the one
 */
char *
jz_moment_dup_stretch (gint64 from, gint64 until)
{
  g_autofree char *first = jz_moment_dup (from);
  g_autofree char *last = jz_moment_dup (until);

  return until > from ? g_strdup_printf ("%s – %s", first, last) : g_steal_pointer (&first);
}
