/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* What the words around it show to be personal, by the patterns of data/redaction. */

/* A pattern that is no surer than this adds nothing to what another has found. */
#define LEAST_SURE 60
/* Bytes of plain text. */
#define WINDOW 4096
#define OVERLAP 1024

/*
 * jz_detection_narrow_place:
 * @self: a search
 * @text: plain text
 * @start: (inout): where a place begins; then what of it lies below the county
 * @end: (inout): where it ends
 *
 * Returns: whether anything of the place lies below the county (RD-03)
 */
gboolean
jz_detection_narrow_place (const JzDetection *self, const char *text, gsize *start, gsize *end)
{
  g_autofree char *place = g_strndup (text + *start, *end - *start);
  g_autoptr (GMatchInfo) match = NULL;
  int from = 0;
  int to = 0;
  if (g_regex_match (self->rules->county, place, 0, &match) &&
      g_match_info_fetch_pos (match, 0, &from, &to))
    *start += (gsize)to;
  return *start < *end;
}

/* 举报人阿依古丽·买买提: the word that says what somebody is is no part of the name. */
static gsize
skip_role_word (const JzDetection *self, const char *text, gsize start)
{
  for (guint i = 0; i < self->rules->roles->len; i++) {
    const JzRedactionRole *role = g_ptr_array_index (self->rules->roles, i);
    for (guint j = 0; j < role->words->len; j++) {
      const char *word = g_ptr_array_index (role->words, j);
      if (g_str_has_prefix (text + start, word))
        return start + strlen (word);
    }
  }
  return start;
}

/* A place that stands in a value that stays public, as the address of an organisation, is public
 * wherever else it stands. */
static gboolean
is_public_place (const JzDetection *self, const char *text, gsize start, gsize end)
{
  g_autofree char *place = g_strndup (text + start, end - start);
  for (guint i = 0; i < self->leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (self->leaves, i);
    if (jz_detection_passes_over (self, leaf) && strstr (leaf->plain->text, place) != NULL)
      return TRUE;
  }
  return FALSE;
}

static void
take_match (JzDetection *self, guint position, const JzRedactionPattern *pattern, int from, int to)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, position);
  const JzPlainText *plain = leaf->plain;
  gsize start = (gsize)from;
  gsize end = (gsize)to;
  if (pattern->certainty <= LEAST_SURE && jz_detection_has_hit (self, position, start, end))
    return;
  if (pattern->kind->as == JZ_MASK_COUNTY &&
      (!jz_detection_narrow_place (self, plain->text, &start, &end) ||
       is_public_place (self, plain->text, start, end)))
    return;
  if (pattern->has_role)
    start = skip_role_word (self, plain->text, start);
  if (start >= end)
    return;
  if (!pattern->has_role)
    jz_detection_add (self, position, start, end, pattern->kind, pattern->certainty);
  else if (!jz_detection_is_no_name (self, plain->text + start) &&
           !jz_detection_stays (self, plain->text, start, end))
    jz_detection_add_person (self, position, start, end, pattern->role, pattern->certainty);
}

/* Where a pattern gives up, somebody has to look: what was not searched is not clean. */
static void
give_up (JzDetection *self, guint position, gsize start, gsize end)
{
  const JzRedactionKind *other = jz_redaction_rules_find_kind (self->rules, "other");
  g_return_if_fail (other != NULL);
  jz_detection_add (self, position, start, end, other, 1);
}

static void
search_window (JzDetection *self,
               guint position,
               const JzRedactionPattern *pattern,
               gsize start,
               gsize end)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, position);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  g_regex_match_full (pattern->regex, leaf->plain->text, (gssize)end, (int)start, 0, &match,
                      &error);
  while (error == NULL && g_match_info_matches (match)) {
    int from = -1;
    int to = -1;
    if (g_match_info_fetch_named_pos (match, "hide", &from, &to) && from >= 0 && from < to)
      take_match (self, position, pattern, from, to);
    g_match_info_next (match, &error);
  }
  if (error != NULL)
    give_up (self, position, start, end);
}

static gsize
find_boundary (const JzPlainText *plain, gsize at)
{
  at = MIN (at, plain->length);
  while (at > 0 && ((guint8)plain->text[at] & 0xc0) == 0x80)
    at--;
  return at;
}

/* In parts that overlap by more than anything that a pattern hides, so that the time that a long
 * text takes grows with its length and no faster. */
static void
try_pattern (JzDetection *self, guint position, const JzRedactionPattern *pattern)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, position);
  const JzPlainText *plain = leaf->plain;
  gsize start = 0;
  for (;;) {
    gsize end = find_boundary (plain, start + WINDOW);
    search_window (self, position, pattern, start, end);
    if (end >= plain->length)
      return;
    start = find_boundary (plain, end - OVERLAP);
  }
}

/*
 * jz_detect_patterns:
 * @self: a search
 */
void
jz_detect_patterns (JzDetection *self)
{
  for (guint i = 0; i < self->leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (self->leaves, i);
    if (leaf->plain->length == 0 || jz_detection_passes_over (self, leaf))
      continue;
    for (guint j = 0; j < self->rules->patterns->len; j++)
      try_pattern (self, i, g_ptr_array_index (self->rules->patterns, j));
  }
}
