/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/carried.h"

#include <string.h>

/* A sentence is known by its field and the hash of its words: whoever touches it makes it his own,
 * and taking that back makes it carried again. No words of another case are kept. */

struct _JzCarried {
  GHashTable *sentences; /* (element-type utf8): the field, a space and the hash */
};

/**
 * jz_carried_new:
 *
 * Returns: (transfer full): no sentences
 */
JzCarried *
jz_carried_new (void)
{
  JzCarried *self = g_new0 (JzCarried, 1);
  self->sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * jz_carried_free:
 * @self: (transfer full): sentences
 */
void
jz_carried_free (JzCarried *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->sentences);
  g_free (self);
}

/**
 * jz_carried_load:
 * @self: sentences, which are forgotten
 * @sentences: (nullable): what jz_carried_to_json() made
 */
void
jz_carried_load (JzCarried *self, const JzJson *sentences)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->sentences);
  for (guint i = 0; sentences != NULL && i < jz_json_get_n_items (sentences); i++)
    g_hash_table_add (self->sentences,
                      g_strdup (jz_json_get_text (jz_json_get_item (sentences, i))));
}

/**
 * jz_carried_to_json:
 * @self: sentences
 *
 * Returns: (transfer full) (nullable): an array; %NULL for none
 */
JzJson *
jz_carried_to_json (JzCarried *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_autoptr (GList) keys =
    g_list_sort (g_hash_table_get_keys (self->sentences), (GCompareFunc)strcmp);
  JzJson *json = keys != NULL ? jz_json_new_array () : NULL;
  for (GList *key = keys; key != NULL; key = key->next)
    jz_json_append (json, jz_json_new_text (key->data));
  return json;
}

/* "qa[3].q" is "qa.q": a round that is put before it makes it no other sentence. */
static char *
dup_field (const char *path)
{
  const char *open = strchr (path, '[');
  const char *close = open != NULL ? strchr (open, ']') : NULL;
  if (close == NULL)
    return g_strdup (path);
  return g_strdup_printf ("%.*s%s", (int)(open - path), path, close + 1);
}

static char *
dup_key (const char *path, const char *sentence)
{
  g_autofree char *field = dup_field (path);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, sentence, -1);
  return g_strdup_printf ("%s %s", field, hash);
}

/**
 * jz_carried_add:
 * @self: sentences
 * @path: a value
 * @text: what was carried into it
 */
void
jz_carried_add (JzCarried *self, const char *path, const char *text)
{
  g_return_if_fail (self != NULL);

  g_autoptr (GArray) sentences = jz_sentences_split (text);
  for (guint i = 0; i < sentences->len; i++) {
    g_autofree char *words = jz_sentence_dup (text, &g_array_index (sentences, JzSentence, i));
    g_hash_table_add (self->sentences, dup_key (path, words));
  }
}

/**
 * jz_carried_is_empty:
 * @self: sentences
 *
 * Returns: whether there are none
 */
gboolean
jz_carried_is_empty (JzCarried *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_hash_table_size (self->sentences) == 0;
}

static GArray *
find_in (JzCarried *self, JzTyping *typing, const char *path)
{
  g_autofree char *text = jz_typing_dup_text (typing, path);
  g_autoptr (GArray) sentences = jz_sentences_split (text);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (JzSentence));
  for (guint i = 0; i < sentences->len; i++) {
    const JzSentence *sentence = &g_array_index (sentences, JzSentence, i);
    g_autofree char *words = jz_sentence_dup (text, sentence);
    g_autofree char *key = dup_key (path, words);
    if (g_hash_table_contains (self->sentences, key))
      g_array_append_val (found, *sentence);
  }
  return found;
}

typedef struct {
  JzCarried *carried;
  JzTyping *typing;
  GHashTable *found;
  guint n_found;
} Finding;

static void
look_in (Finding *self, const char *path)
{
  GArray *sentences = find_in (self->carried, self->typing, path);
  self->n_found += sentences->len;
  if (sentences->len > 0)
    g_hash_table_insert (self->found, g_strdup (path), sentences);
  else
    g_array_unref (sentences);
}

/* The values that a field such as "qa.q" stands for now. */
static void
look_in_field (Finding *self, const char *field)
{
  const char *dot = strchr (field, '.');
  if (dot == NULL) {
    look_in (self, field);
    return;
  }
  g_autofree char *list = g_strndup (field, (gsize)(dot - field));
  guint n = jz_typing_count_entries (self->typing, list);
  for (guint i = 1; i <= n; i++) {
    g_autofree char *path = g_strdup_printf ("%s[%u]%s", list, i, dot);
    look_in (self, path);
  }
}

/**
 * jz_carried_find:
 * @self: sentences
 * @typing: a document
 * @n_found: (out) (optional): how many of them stand in it as they came
 *
 * Returns: (transfer full) (element-type utf8 GArray): by path of the value, where they stand in it
 */
GHashTable *
jz_carried_find (JzCarried *self, JzTyping *typing, guint *n_found)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (JZ_IS_TYPING (typing), NULL);

  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Finding finding = {
    self, typing,
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref), 0
  };
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, self->sentences);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    char *field = g_strndup (key, strcspn (key, " "));
    g_hash_table_add (fields, field);
  }
  g_hash_table_iter_init (&iter, fields);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    look_in_field (&finding, key);
  if (n_found != NULL)
    *n_found = finding.n_found;
  return finding.found;
}

/**
 * jz_carried_confirm:
 * @self: sentences
 * @typing: a document
 * @path: a value of it
 * @offset: bytes in its text
 *
 * Somebody has looked at the sentence that stands there.
 *
 * Returns: whether one that was carried stands there
 */
gboolean
jz_carried_confirm (JzCarried *self, JzTyping *typing, const char *path, guint offset)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_autofree char *text = jz_typing_dup_text (typing, path);
  g_autoptr (GArray) found = find_in (self, typing, path);
  for (guint i = 0; i < found->len; i++) {
    const JzSentence *sentence = &g_array_index (found, JzSentence, i);
    if (offset < sentence->start || offset > sentence->end)
      continue;
    g_autofree char *words = jz_sentence_dup (text, sentence);
    g_autofree char *key = dup_key (path, words);
    return g_hash_table_remove (self->sentences, key);
  }
  return FALSE;
}

/**
 * jz_carried_confirm_all:
 * @self: sentences
 *
 * Somebody has looked at all of them.
 */
void
jz_carried_confirm_all (JzCarried *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_remove_all (self->sentences);
}
