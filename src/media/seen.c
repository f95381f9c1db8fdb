/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/seen.h"

typedef struct {
  gint64 from;
  gint64 until;
} Range;

struct _JzSeen {
  GArray *ranges; /* Range, in order, further apart than @join */
  gint64 join;
};

/**
 * jz_seen_new:
 * @join: stretches that are no further apart become one
 *
 * Returns: (transfer full): nothing seen yet
 */
JzSeen *
jz_seen_new (gint64 join)
{
  JzSeen *self = g_new0 (JzSeen, 1);

  self->ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  self->join = join;
  return self;
}

/**
 * jz_seen_free:
 * @self: (transfer full): what was seen
 */
void
jz_seen_free (JzSeen *self)
{
  g_array_unref (self->ranges);
  g_free (self);
}

static Range *
get_range (const JzSeen *self, guint i)
{
  return &g_array_index (self->ranges, Range, i);
}

/**
 * jz_seen_add:
 * @self: what was seen
 * @from: first moment or page
 * @until: last one, not before @from
 *
 * What touches stretches that are there already becomes one with them.
 */
void
jz_seen_add (JzSeen *self, gint64 from, gint64 until)
{
  Range range = { from, until };
  guint first = 0;

  g_return_if_fail (from <= until);

  while (first < self->ranges->len && get_range (self, first)->until + self->join < from)
    first++;
  while (first < self->ranges->len && get_range (self, first)->from <= until + self->join) {
    range.from = MIN (range.from, get_range (self, first)->from);
    range.until = MAX (range.until, get_range (self, first)->until);
    g_array_remove_index (self->ranges, first);
  }
  g_array_insert_val (self->ranges, first, range);
}

/**
 * jz_seen_is_empty:
 * @self: what was seen
 *
 * Returns: whether that is nothing
 */
gboolean
jz_seen_is_empty (const JzSeen *self)
{
  return self->ranges->len == 0;
}

/**
 * jz_seen_clear:
 * @self: what was seen; nothing afterwards
 */
void
jz_seen_clear (JzSeen *self)
{
  g_array_set_size (self->ranges, 0);
}

/* The two that are nearest to each other; there are at least two. */
static guint
find_narrowest (const GArray *ranges)
{
  gint64 least = G_MAXINT64;
  guint found = 0;

  for (guint i = 0; i + 1 < ranges->len; i++) {
    gint64 gap = g_array_index (ranges, Range, i + 1).from - g_array_index (ranges, Range, i).until;
    if (gap < least) {
      least = gap;
      found = i;
    }
  }
  return found;
}

/**
 * jz_seen_to_json:
 * @self: what was seen
 * @max: at most so many stretches, at least one; where there are more, those nearest to each other
 * are told as one
 *
 * Returns: (transfer full): an array of texts "from-until", as recording.view takes them
 */
JzJson *
jz_seen_to_json (const JzSeen *self, guint max)
{
  g_autoptr (GArray) ranges = g_array_copy (self->ranges);
  JzJson *json = jz_json_new_array ();

  g_return_val_if_fail (max > 0, json);

  while (ranges->len > max) {
    guint i = find_narrowest (ranges);
    g_array_index (ranges, Range, i).until = g_array_index (ranges, Range, i + 1).until;
    g_array_remove_index (ranges, i + 1);
  }
  for (guint i = 0; i < ranges->len; i++) {
    const Range *range = &g_array_index (ranges, Range, i);
    g_autofree char *text = g_strdup_printf ("%lld-%lld", (long long)MAX (range->from, 0),
                                             (long long)MAX (range->until, 0));
    jz_json_append (json, jz_json_new_text (text));
  }
  return json;
}
