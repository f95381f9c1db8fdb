/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* Finding what is personal in a publication (P-06, rules.md RD-01 to RD-11). The families look one
 * after the other; what they found is looked for everywhere else; what overlaps becomes one. */

/* A text that is looked for everywhere is at least this long, in bytes of plain text: two Chinese
 * characters, or the shortest account. */
#define LEAST_EVERYWHERE 6

/*
 * jz_detection_add:
 * @self: a search
 * @leaf: which text
 * @start: in plain text
 * @end: in plain text
 * @kind: what it is
 * @certainty: of 100
 */
void
jz_detection_add (JzDetection *self,
                  guint leaf,
                  gsize start,
                  gsize end,
                  const JzRedactionKind *kind,
                  guint certainty)
{
  JzHit hit = { .leaf = leaf, .start = start, .end = end, .kind = kind, .certainty = certainty };
  g_array_append_val (self->hits, hit);
}

/*
 * jz_detection_add_person:
 * @self: a search
 * @leaf: which text
 * @start: in plain text
 * @end: in plain text
 * @role: what the person is
 * @certainty: of 100
 */
void
jz_detection_add_person (JzDetection *self,
                         guint leaf,
                         gsize start,
                         gsize end,
                         JzPublicRole role,
                         guint certainty)
{
  const JzRedactionRole *found = jz_redaction_rules_find_role (self->rules, role);
  JzHit hit = { leaf, start, end, found->kind, certainty, TRUE, role };
  g_array_append_val (self->hits, hit);
}

/*
 * jz_detection_has_hit:
 * @self: a search
 * @leaf: which text
 * @start: in plain text
 * @end: in plain text
 *
 * Returns: whether something was found that overlaps this
 */
gboolean
jz_detection_has_hit (const JzDetection *self, guint leaf, gsize start, gsize end)
{
  for (guint i = 0; i < self->hits->len; i++) {
    const JzHit *hit = &g_array_index (self->hits, JzHit, i);
    if (hit->leaf == leaf && hit->start < end && start < hit->end)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_hit (const JzDetection *self, guint leaf, gsize start, gsize end)
{
  for (guint i = 0; i < self->hits->len; i++) {
    const JzHit *hit = &g_array_index (self->hits, JzHit, i);
    if (hit->leaf == leaf && hit->start <= start && hit->end >= end)
      return TRUE;
  }
  return FALSE;
}

/* A row of digits that goes on is another number. */
static gboolean
is_whole (const char *text, gsize start, gsize end)
{
  gboolean begins = g_ascii_isalnum (text[start]) && start > 0 && g_ascii_isalnum (text[start - 1]);
  gboolean goes_on = g_ascii_isalnum (text[end - 1]) && g_ascii_isalnum (text[end]);
  return !begins && !goes_on;
}

static void
look_everywhere (JzDetection *self, const JzHit *hit, const char *text)
{
  gsize length = strlen (text);
  for (guint i = 0; i < self->leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (self->leaves, i);
    const char *within = leaf->plain->text;
    if (jz_detection_passes_over (self, leaf))
      continue;
    for (const char *at = strstr (within, text); at != NULL; at = strstr (at + length, text)) {
      gsize start = (gsize)(at - within);
      if (!is_whole (within, start, start + length) || has_hit (self, i, start, start + length) ||
          (hit->has_role && jz_detection_stays (self, within, start, start + length)))
        continue;
      JzHit more = *hit;
      more.leaf = i;
      more.start = start;
      more.end = start + length;
      more.certainty = MIN (hit->certainty, 90);
      g_array_append_val (self->hits, more);
    }
  }
}

/*
 * jz_detect_everywhere:
 * @self: a search
 *
 * Two copies of one text are treated alike: hidden differently they would tell it together.
 */
void
jz_detect_everywhere (JzDetection *self)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_hits = self->hits->len;
  for (guint i = 0; i < n_hits; i++) {
    const JzHit hit = g_array_index (self->hits, JzHit, i);
    const JzLeaf *leaf = g_ptr_array_index (self->leaves, hit.leaf);
    if (!hit.kind->is_everywhere || hit.end - hit.start < LEAST_EVERYWHERE)
      continue;
    g_autofree char *text = g_strndup (leaf->plain->text + hit.start, hit.end - hit.start);
    if (g_hash_table_add (done, g_strdup (text)))
      look_everywhere (self, &hit, text);
  }
}

static int
compare_hits (gconstpointer a, gconstpointer b)
{
  const JzHit *left = a;
  const JzHit *right = b;
  if (left->leaf != right->leaf)
    return left->leaf < right->leaf ? -1 : 1;
  if (left->start != right->start)
    return left->start < right->start ? -1 : 1;
  if (left->end != right->end)
    return left->end > right->end ? -1 : 1;
  if (left->kind->weight != right->kind->weight)
    return left->kind->weight > right->kind->weight ? -1 : 1;
  return (left->certainty < right->certainty) - (left->certainty > right->certainty);
}

/* Of two that overlap the weightier one says what it is, and both are hidden to their last byte. */
static void
merge_hits (JzDetection *self)
{
  GArray *merged = g_array_new (FALSE, FALSE, sizeof (JzHit));
  g_array_sort (self->hits, compare_hits);
  for (guint i = 0; i < self->hits->len; i++) {
    JzHit hit = g_array_index (self->hits, JzHit, i);
    JzHit *last = merged->len > 0 ? &g_array_index (merged, JzHit, merged->len - 1) : NULL;
    if (last == NULL || last->leaf != hit.leaf || hit.start >= last->end) {
      g_array_append_val (merged, hit);
      continue;
    }
    gsize start = last->start;
    gsize end = MAX (last->end, hit.end);
    gboolean is_same = last->start == hit.start && last->end == hit.end;
    if (hit.kind->weight > last->kind->weight ||
        (is_same && hit.has_role && last->has_role && hit.role > last->role))
      *last = hit;
    last->start = start;
    last->end = end;
  }
  g_array_unref (self->hits);
  self->hits = merged;
}

static JzPersonalData *
new_data (const JzDetection *self, const JzHit *hit, JzMasks *masks)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, hit->leaf);
  const JzPlainText *plain = leaf->plain;
  JzPersonalData *data = g_new0 (JzPersonalData, 1);
  data->field = g_strdup (leaf->path);
  data->start = plain->starts[hit->start];
  data->length = plain->ends[hit->end - 1] - data->start;
  data->kind = g_strdup (hit->kind->id);
  data->rule = g_strdup (hit->kind->rule);
  data->certainty = hit->certainty;
  data->text = g_strndup (leaf->text + data->start, data->length);
  data->replacement = jz_masks_dup (masks, hit);
  return data;
}

/**
 * jz_personal_data_free:
 * @self: something that was found
 */
void
jz_personal_data_free (JzPersonalData *self)
{
  g_free (self->field);
  g_free (self->kind);
  g_free (self->rule);
  g_free (self->text);
  g_free (self->replacement);
  g_free (self);
}

/**
 * jz_find_personal_data:
 * @source: what is to be published
 *
 * Looks for everything that rules.md §6.2 hides, in the title, every value and the names of files
 * (RD-10), but for what is the reader's own. May be called on any thread.
 *
 * Returns: (transfer full) (element-type JzPersonalData): in the order of the document; no two of
 *   them overlap
 */
GPtrArray *
jz_find_personal_data (const JzPublicSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);

  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_personal_data_free);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  JzDetection detection = { source, jz_redaction_rules_get (), leaves,
                            g_array_new (FALSE, FALSE, sizeof (JzHit)) };
  jz_detect_values (&detection);
  jz_detect_numbers (&detection);
  jz_detect_patterns (&detection);
  jz_detect_known_people (&detection);
  jz_detect_people (&detection);
  jz_detect_everywhere (&detection);
  merge_hits (&detection);
  g_autoptr (JzMasks) masks = jz_masks_new (&detection);
  for (guint i = 0; i < detection.hits->len; i++) {
    JzPersonalData *data = new_data (&detection, &g_array_index (detection.hits, JzHit, i), masks);
    if (jz_public_source_is_own (source, data->text))
      jz_personal_data_free (data);
    else
      g_ptr_array_add (found, data);
  }
  g_array_unref (detection.hits);
  return found;
}

/* (transfer full): the bytes of a leaf as they are searched; "" where there are none */
static char *
dup_searched (const JzLeaf *leaf, gsize start, gsize length)
{
  gsize whole = leaf != NULL ? strlen (leaf->text) : 0;
  if (start >= whole || length > whole - start)
    return g_strdup ("");
  g_autofree char *text = g_strndup (leaf->text + start, length);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  return jz_plain_dup (valid);
}

/**
 * jz_find_alike:
 * @source: what is to be published
 * @field: path of a text
 * @start: first byte of what somebody wants to hide there
 * @length: its bytes
 *
 * Two copies of one text are treated alike, so whoever hides one by hand is offered the others.
 *
 * Returns: (transfer full) (element-type JzPersonalData): every place where the same text stands,
 *   however it is written, with that one among them; of the kind `other`
 */
GPtrArray *
jz_find_alike (const JzPublicSource *source, const char *field, gsize start, gsize length)
{
  g_return_val_if_fail (source != NULL && field != NULL, NULL);

  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_personal_data_free);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  g_autofree char *text = dup_searched (jz_leaves_find (leaves, field), start, length);
  JzDetection detection = { source, jz_redaction_rules_get (), leaves,
                            g_array_new (FALSE, FALSE, sizeof (JzHit)) };
  const JzHit hit = { .kind = jz_redaction_rules_find_kind (detection.rules, "other"),
                      .certainty = 100 };
  if (text[0] != '\0')
    look_everywhere (&detection, &hit, text);
  merge_hits (&detection);
  g_autoptr (JzMasks) masks = jz_masks_new (&detection);
  for (guint i = 0; i < detection.hits->len; i++)
    g_ptr_array_add (found,
                     new_data (&detection, &g_array_index (detection.hits, JzHit, i), masks));
  g_array_unref (detection.hits);
  return found;
}
