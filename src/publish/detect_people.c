/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* Names of natural persons: those whom the case knows, wherever they stand, and those whom only the
 * text tells, behind a word that says what somebody is. */

/* Characters of a given name at most. */
#define MOST_GIVEN 2
/* Between a role word and a name may stand a sign or two. */
#define MOST_SIGNS 2

static gsize
skip_character (const char *text, gsize at)
{
  return at + (gsize)(g_utf8_next_char (text + at) - (text + at));
}

static gboolean
is_han (const char *text)
{
  gunichar sign = g_utf8_get_char (text);
  return sign != 0 && g_unichar_get_script (sign) == G_UNICODE_SCRIPT_HAN;
}

/* Whether the name is part of the name of an organisation of the case, as 王伟商店. */
static gboolean
is_in_organisation (const JzDetection *self, const char *text, gsize start, gsize end)
{
  for (guint i = 0; i < self->source->people->len; i++) {
    const JzPublicPerson *person = g_ptr_array_index (self->source->people, i);
    gsize length = strlen (person->plain);
    if (person->is_natural)
      continue;
    for (const char *at = strstr (text, person->plain); at != NULL;
         at = strstr (at + 1, person->plain)) {
      gsize from = (gsize)(at - text);
      if (from <= start && end <= from + length)
        return TRUE;
    }
  }
  return FALSE;
}

/*
 * jz_detection_is_no_name:
 * @self: a search
 * @text: plain text that begins like a name
 *
 * Returns: whether it is a word that only looks like a name (data)
 */
gboolean
jz_detection_is_no_name (const JzDetection *self, const char *text)
{
  for (guint i = 0; i < self->rules->nots->len; i++)
    if (g_str_has_prefix (text, g_ptr_array_index (self->rules->nots, i)))
      return TRUE;
  return FALSE;
}

static gboolean
stays (const JzDetection *self, const JzPublicPerson *person)
{
  return !person->is_natural || person->role == JZ_PUBLIC_ROLE_OFFICER ||
         person->role == JZ_PUBLIC_ROLE_REPRESENTATIVE ||
         (person->role == JZ_PUBLIC_ROLE_PARTY && self->source->keeps_names) ||
         strstr (person->plain, "某") != NULL || g_utf8_strlen (person->plain, -1) < 2;
}

static void
find_known (JzDetection *self, guint position, const JzPublicPerson *person)
{
  const JzLeaf *leaf = g_ptr_array_index (self->leaves, position);
  const char *text = leaf->plain->text;
  gsize length = strlen (person->plain);
  for (const char *at = strstr (text, person->plain); at != NULL;
       at = strstr (at + length, person->plain)) {
    gsize start = (gsize)(at - text);
    if (!is_in_organisation (self, text, start, start + length))
      jz_detection_add_person (self, position, start, start + length, person->role, 95);
  }
}

/*
 * jz_detect_known_people:
 * @self: a search
 *
 * The same name is offered everywhere in the publication.
 */
void
jz_detect_known_people (JzDetection *self)
{
  for (guint i = 0; i < self->leaves->len; i++) {
    if (jz_detection_passes_over (self, g_ptr_array_index (self->leaves, i)))
      continue;
    for (guint j = 0; j < self->source->people->len; j++) {
      const JzPublicPerson *person = g_ptr_array_index (self->source->people, j);
      if (!stays (self, person))
        find_known (self, i, person);
    }
  }
}

static gboolean
begins_with_any (const char *text, const GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++)
    if (g_str_has_prefix (text, g_ptr_array_index (words, i)))
      return TRUE;
  return FALSE;
}

/* Whether a name may end here: the text does, a sign stands there, or a word that follows names. */
static gboolean
can_end (const JzDetection *self, const char *text)
{
  return *text == '\0' || !is_han (text) || begins_with_any (text, self->rules->ends);
}

/* A name with a dot in it: 阿依古丽·买买提. */
static gsize
measure_dotted (const char *text, gsize start)
{
  gsize at = start;
  gsize end = 0;
  guint n = 0;
  while (is_han (text + at) && n < 7) {
    at = skip_character (text, at);
    n++;
  }
  while (n >= 2 && g_str_has_prefix (text + at, "·")) {
    at += strlen ("·");
    guint n_part = 0;
    while (is_han (text + at) && n_part < 8) {
      at = skip_character (text, at);
      n_part++;
    }
    if (n_part < 2)
      break;
    end = at;
  }
  return end;
}

/* (out): where the name that begins at @start ends; 0 where there is none. A longer given name goes
 * before a shorter one where both could end. */
static gsize
measure_name (const JzDetection *self, const char *text, gsize start)
{
  gsize dotted = measure_dotted (text, start);
  if (dotted > 0) {
    /* Behind the dot the name ends at the first word that follows names. */
    const char *dot = g_strrstr_len (text + start, (gssize)(dotted - start), "·");
    gsize at = (gsize)(dot - text) + strlen ("·");
    guint n = 0;
    for (; at < dotted; at = skip_character (text, at), n++)
      if (n >= 2 && begins_with_any (text + at, self->rules->ends))
        return at;
    return dotted;
  }
  gsize surname = jz_redaction_rules_get_surname (self->rules, text + start);
  if (surname == 0 || jz_detection_is_no_name (self, text + start))
    return 0;
  gsize ends[MOST_GIVEN + 1] = { start + surname };
  guint n = 0;
  while (n < MOST_GIVEN && is_han (text + ends[n]) && !g_str_has_prefix (text + ends[n], "某")) {
    ends[n + 1] = skip_character (text, ends[n]);
    n++;
  }
  for (guint i = n; i > 0; i--)
    if (can_end (self, text + ends[i]))
      return ends[i];
  return 0;
}

static gsize
skip_signs (const char *text, gsize at)
{
  static const char *const signs[] = { ":", "(", "（", "为", "是", "_", "-", "、", "\"", "“" };
  for (guint n = 0; n < MOST_SIGNS; n++) {
    gsize before = at;
    for (guint i = 0; i < G_N_ELEMENTS (signs) && before == at; i++)
      if (g_str_has_prefix (text + at, signs[i]))
        at += strlen (signs[i]);
    if (before == at)
      break;
  }
  return at;
}

/*
 * jz_detection_stays:
 * @self: a search
 * @text: plain text
 * @start: where a name begins
 * @end: where it ends
 *
 * Returns: whether it is the name of somebody, or of an organisation, that is published
 */
gboolean
jz_detection_stays (const JzDetection *self, const char *text, gsize start, gsize end)
{
  for (guint i = 0; i < self->source->people->len; i++) {
    const JzPublicPerson *person = g_ptr_array_index (self->source->people, i);
    gsize length = strlen (person->plain);
    if (stays (self, person) && start + length >= end &&
        strncmp (text + start, person->plain, length) == 0)
      return TRUE;
  }
  return is_in_organisation (self, text, start, end);
}

/* One name, and then those that are listed with it. */
static void
find_names (JzDetection *self, guint leaf, gsize at, JzPublicRole role, guint certainty)
{
  static const char *const joints[] = { "、", "和", "与", "及", "," };
  const JzLeaf *in = g_ptr_array_index (self->leaves, leaf);
  const char *text = in->plain->text;
  gsize end = measure_name (self, text, at);
  while (end > 0) {
    if (!jz_detection_stays (self, text, at, end))
      jz_detection_add_person (self, leaf, at, end, role, certainty);
    at = end;
    end = 0;
    for (guint i = 0; i < G_N_ELEMENTS (joints) && end == 0; i++)
      if (g_str_has_prefix (text + at, joints[i])) {
        at += strlen (joints[i]);
        end = measure_name (self, text, at);
        break;
      }
  }
}

static void
find_role (JzDetection *self, guint leaf, const JzRedactionRole *role)
{
  const JzLeaf *in = g_ptr_array_index (self->leaves, leaf);
  const char *text = in->plain->text;
  for (guint i = 0; i < role->words->len; i++) {
    const char *word = g_ptr_array_index (role->words, i);
    for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word)) {
      gsize start = skip_signs (text, (gsize)(at - text) + strlen (word));
      find_names (self, leaf, start, role->role, 82);
    }
  }
}

static gboolean
ends_with_any (const char *text, gsize end, const GPtrArray *words)
{
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);
    gsize length = strlen (word);
    if (end >= length && strncmp (text + end - length, word, length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether it is part of a name that the case knows. */
static gboolean
is_known (const JzDetection *self, const char *text, gsize start, gsize end)
{
  for (guint i = 0; i < self->source->people->len; i++) {
    const JzPublicPerson *person = g_ptr_array_index (self->source->people, i);
    gsize length = strlen (person->plain);
    for (const char *at = strstr (text, person->plain); at != NULL;
         at = strstr (at + length, person->plain))
      if ((gsize)(at - text) < end && start < (gsize)(at - text) + length)
        return TRUE;
  }
  return FALSE;
}

/* A name that nothing announces: a surname where a word begins, and behind it what follows names.
 * Less sure than the others, and for a person to look at. */
static void
find_bare (JzDetection *self, guint leaf)
{
  const JzLeaf *in = g_ptr_array_index (self->leaves, leaf);
  const char *text = in->plain->text;
  for (gsize at = 0; text[at] != '\0'; at = skip_character (text, at)) {
    const char *before = at > 0 ? g_utf8_prev_char (text + at) : NULL;
    if (before != NULL && is_han (before) && !ends_with_any (text, at, self->rules->befores))
      continue;
    gsize end = measure_name (self, text, at);
    if (end > at && is_han (text + end) && !jz_detection_has_hit (self, leaf, at, end) &&
        !is_known (self, text, at, end))
      jz_detection_add_person (self, leaf, at, end, JZ_PUBLIC_ROLE_OTHER, 50);
  }
}

/*
 * jz_detect_people:
 * @self: a search
 */
void
jz_detect_people (JzDetection *self)
{
  for (guint i = 0; i < self->leaves->len; i++) {
    if (jz_detection_passes_over (self, g_ptr_array_index (self->leaves, i)))
      continue;
    for (guint j = 0; j < self->rules->roles->len; j++)
      find_role (self, i, g_ptr_array_index (self->rules->roles, j));
    find_bare (self, i);
  }
}
