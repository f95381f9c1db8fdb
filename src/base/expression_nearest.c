/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "base/expression-private.h"

#include <string.h>

/* In a very short name every letter is a third of it; a very long one is nobody's mistake in
 * typing, and comparing it costs the product of the lengths. */
#define MIN_LENGTH 3
#define MAX_LENGTH 64

/* How many bytes must be put in, taken out or changed to make @b of @a; names are ASCII. */
static guint
get_distance (const char *a, const char *b)
{
  guint row[MAX_LENGTH + 1];
  gsize b_length = strlen (b);

  for (gsize j = 0; j <= b_length; j++)
    row[j] = (guint)j;
  for (gsize i = 0; a[i] != '\0'; i++) {
    guint diagonal = row[0];
    row[0] = (guint)i + 1;
    for (gsize j = 0; j < b_length; j++) {
      guint changed = diagonal + (a[i] != b[j]);
      diagonal = row[j + 1];
      row[j + 1] = MIN (changed, MIN (row[j], row[j + 1]) + 1);
    }
  }
  return row[b_length];
}

/* Near means: not more than a third of the letters differ. Of names equally near the first in the
 * order of bytes is taken, so that an error does not depend on the order of a vocabulary. */
char *
jz_nearest_name (const char *name,
                 const char *(*get_name) (gconstpointer data, gsize position),
                 gconstpointer data)
{
  const char *nearest = NULL;
  gsize length = strlen (name);
  guint least = (guint)length / MIN_LENGTH;
  const char *candidate = NULL;

  if (length < MIN_LENGTH || length > MAX_LENGTH)
    return NULL;
  for (gsize i = 0; (candidate = get_name (data, i)) != NULL; i++) {
    if (strlen (candidate) > MAX_LENGTH)
      continue;
    guint distance = get_distance (name, candidate);
    if (distance > least ||
        (distance == least && nearest != NULL && strcmp (candidate, nearest) > 0))
      continue;
    least = distance;
    nearest = candidate;
  }
  return g_strdup (nearest);
}
