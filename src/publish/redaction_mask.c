/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* What the public sees in place of what was hidden: of the same width whatever it hides, so that a
 * gap does not tell how long a name was. People are told apart by 甲乙丙, in the order in which the
 * publication names them first; the same person is the same everywhere. */

struct _JzMasks {
  const JzDetection *detection;
  GHashTable *people; /* (element-type utf8 utf8): plain name → what is shown */
  GHashTable *counts; /* (element-type utf8 uint): how many there are of a surname or a role */
  GHashTable
    *roles; /* (element-type utf8 uint): plain name → what hides most of what it is called */
};

static char *
dup_plain (const JzMasks *self, const JzHit *hit)
{
  const JzLeaf *leaf = g_ptr_array_index (self->detection->leaves, hit->leaf);
  return g_strndup (leaf->plain->text + hit->start, hit->end - hit->start);
}

/* Somebody whom the text calls a witness in one place and a resident in another is a witness. */
static void
read_roles (JzMasks *self)
{
  for (guint i = 0; i < self->detection->hits->len; i++) {
    const JzHit *hit = &g_array_index (self->detection->hits, JzHit, i);
    if (!hit->has_role)
      continue;
    char *name = dup_plain (self, hit);
    guint role = GPOINTER_TO_UINT (g_hash_table_lookup (self->roles, name));
    g_hash_table_insert (self->roles, name, GUINT_TO_POINTER (MAX (role, hit->role + 1u)));
  }
}

/*
 * jz_masks_new:
 * @detection: a search that is over
 *
 * Returns: (transfer full): what hides the things that it found
 */
JzMasks *
jz_masks_new (const JzDetection *detection)
{
  JzMasks *self = g_new0 (JzMasks, 1);
  self->detection = detection;
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->roles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  read_roles (self);
  return self;
}

/*
 * jz_masks_free:
 * @self: masks
 */
void
jz_masks_free (JzMasks *self)
{
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->counts);
  g_hash_table_unref (self->roles);
  g_free (self);
}

/* 甲, 乙 … 癸, then 甲2. */
static char *
dup_letter (guint n)
{
  static const char *const letters[] = {
    "甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"
  };
  guint round = n / G_N_ELEMENTS (letters);
  const char *letter = letters[n % G_N_ELEMENTS (letters)];
  return round == 0 ? g_strdup (letter) : g_strdup_printf ("%s%u", letter, round + 1);
}

static guint
count_next (JzMasks *self, const char *what)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, what));
  g_hash_table_insert (self->counts, g_strdup (what), GUINT_TO_POINTER (n + 1));
  return n;
}

static const char *
find_person (JzMasks *self, const char *name, const JzRedactionRole *role)
{
  const char *shown = g_hash_table_lookup (self->people, name);
  if (shown != NULL)
    return shown;
  char *made = NULL;
  if (role->kind->as == JZ_MASK_ROLE) {
    g_autofree char *letter = dup_letter (count_next (self, role->called));
    made = g_strconcat (role->called, letter, NULL);
  } else {
    gsize length = jz_redaction_rules_get_surname (self->detection->rules, name);
    g_autofree char *surname = length > 0
                                 ? g_strndup (name, length)
                                 : g_strndup (name, (gsize)(g_utf8_next_char (name) - name));
    guint n = count_next (self, surname);
    g_autofree char *letter = n > 0 ? dup_letter (n) : g_strdup ("");
    made = g_strconcat (surname, role->kind->mask, letter, NULL);
  }
  g_hash_table_insert (self->people, g_strdup (name), made);
  return made;
}

/* 证人证人甲 is not said: where the word stands before the name, the letter is enough. */
static const char *
drop_role_word (const JzMasks *self,
                const JzHit *hit,
                const JzRedactionRole *role,
                const char *shown)
{
  const JzLeaf *leaf = g_ptr_array_index (self->detection->leaves, hit->leaf);
  gsize length = strlen (role->called);
  if (role->kind->as != JZ_MASK_ROLE || !g_str_has_prefix (shown, role->called))
    return shown;
  if (hit->start < length ||
      strncmp (leaf->plain->text + hit->start - length, role->called, length) != 0)
    return shown;
  return shown + length;
}

static char *
dup_person (JzMasks *self, const JzHit *hit)
{
  g_autofree char *name = dup_plain (self, hit);
  guint most = GPOINTER_TO_UINT (g_hash_table_lookup (self->roles, name));
  const JzRedactionRole *role = jz_redaction_rules_find_role (
    self->detection->rules, most > 0 ? (JzPublicRole)(most - 1) : hit->role);
  if (role == NULL)
    return g_strdup (hit->kind->mask);
  return g_strdup (drop_role_word (self, hit, role, find_person (self, name, role)));
}

static char *
dup_middle (const JzRedactionKind *kind, const char *plain)
{
  glong n = g_utf8_strlen (plain, -1);
  if (n < (glong)(kind->first + kind->last) + 3)
    return g_strdup (kind->mask);
  const char *first = g_utf8_offset_to_pointer (plain, kind->first);
  const char *last = g_utf8_offset_to_pointer (plain, n - (glong)kind->last);
  g_autofree char *begin = g_strndup (plain, (gsize)(first - plain));
  return g_strconcat (begin, kind->mask, last, NULL);
}

/*
 * jz_masks_dup:
 * @self: masks
 * @hit: something that was found
 *
 * Returns: (transfer full): what is shown in its place
 */
char *
jz_masks_dup (JzMasks *self, const JzHit *hit)
{
  if (hit->has_role)
    return dup_person (self, hit);
  if (hit->kind->as == JZ_MASK_MIDDLE) {
    g_autofree char *plain = dup_plain (self, hit);
    return dup_middle (hit->kind, plain);
  }
  return g_strdup (hit->kind->mask);
}
