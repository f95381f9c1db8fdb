/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/field_path.h"
#include "publish/error.h"
#include "publish/public_copy-private.h"
#include "publish/redaction-private.h"

/* What an attack looks for: every hidden text, and the longer words and numbers in it. */

#define LEAST_CHARACTERS 2
#define LEAST_ASCII 4
#define LEAST_TOKEN 6
/* In bytes of any encoding; shorter ones turn up in any file by chance. */
#define LEAST_RAW 6

/*
 * jz_needle_free:
 * @self: a needle
 */
void
jz_needle_free (JzNeedle *self)
{
  g_free (self->plain);
  g_free (self->backwards);
  g_free (self->field);
  g_ptr_array_unref (self->encodings);
  g_free (self);
}

static gboolean
is_worth_it (const char *plain)
{
  glong n = g_utf8_strlen (plain, -1);
  return g_str_is_ascii (plain) ? n >= LEAST_ASCII : n >= LEAST_CHARACTERS;
}

static void
add_needle (GPtrArray *needles, GHashTable *seen, const char *plain, const char *field)
{
  if (!is_worth_it (plain) || !g_hash_table_add (seen, g_strdup (plain)))
    return;
  g_ptr_array_add (needles, jz_needle_new (plain, field));
}

static void
add_tokens (GPtrArray *needles, GHashTable *seen, const char *plain, const char *field)
{
  for (const char *at = plain; *at != '\0';) {
    const char *end = at;
    while (g_ascii_isalnum (*end))
      end++;
    if (end - at >= LEAST_TOKEN) {
      g_autofree char *token = g_strndup (at, (gsize)(end - at));
      add_needle (needles, seen, token, field);
    }
    at = MAX (end, at + 1);
  }
}

static void
add_hidden (GPtrArray *needles,
            GHashTable *seen,
            const GPtrArray *leaves,
            const JzRedaction *hidden)
{
  const JzLeaf *leaf = jz_leaves_find (leaves, hidden->field);
  g_return_if_fail (leaf != NULL && hidden->start + hidden->length <= strlen (leaf->text));
  g_autofree char *text = g_strndup (leaf->text + hidden->start, hidden->length);
  g_autofree char *plain = jz_plain_dup (text);
  add_needle (needles, seen, plain, leaf->path);
  add_tokens (needles, seen, plain, leaf->path);
  if (leaf->field != NULL && leaf->field->type == JZ_FIELD_DATE) {
    g_autofree char *date = jz_filling_dup_date (text);
    g_autofree char *written = jz_plain_dup (date);
    add_needle (needles, seen, written, leaf->path);
  }
}

/* Whether any byte of a range is in a decision of such a choice. */
static gboolean
touches (const GPtrArray *redactions, const char *path, gsize start, gsize end, gboolean is_kept)
{
  for (guint i = 0; i < redactions->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if ((redaction->choice == JZ_REDACTION_KEEP) == is_kept &&
        strcmp (redaction->field, path) == 0 && redaction->start < end &&
        start < redaction->start + redaction->length)
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_part_of_longer (const char *text, gsize start, gsize end)
{
  return (start > 0 && g_ascii_isalnum (text[start]) && g_ascii_isalnum (text[start - 1])) ||
         (g_ascii_isalnum (text[end - 1]) && g_ascii_isalnum (text[end]));
}

static gboolean
expose (const char *field, GError **error)
{
  g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_EXPOSED,
               _ ("A text that is hidden elsewhere can still be read in %s; hide it there, too, or "
                  "say why it stays."),
               field);
  return FALSE;
}

/* Every place where the text still stands must be one that somebody decided on, or be public. */
static gboolean
check_leaf (JzNeedle *self,
            const JzDetection *detection,
            const JzLeaf *leaf,
            const GPtrArray *redactions,
            GError **error)
{
  const JzPlainText *plain = leaf->plain;
  gsize length = strlen (self->plain);
  for (const char *at = strstr (plain->text, self->plain); at != NULL;
       at = strstr (at + 1, self->plain)) {
    gsize start = (gsize)(at - plain->text);
    gsize from = plain->starts[start];
    gsize to = plain->ends[start + length - 1];
    if (touches (redactions, leaf->path, from, to, FALSE))
      continue;
    if (!jz_detection_passes_over (detection, leaf) &&
        !touches (redactions, leaf->path, from, to, TRUE) &&
        !is_part_of_longer (plain->text, start, start + length) &&
        !jz_detection_stays (detection, plain->text, start, start + length))
      return expose (leaf->path, error);
    self->remains = TRUE;
  }
  return TRUE;
}

/*
 * jz_needles_new:
 * @source: what is to be published
 * @redactions: (element-type JzRedaction): decisions
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzNeedle): what nobody may be able to read, or
 *   %NULL with %JZ_PUBLISH_ERROR_EXPOSED where the values themselves still show it
 */
GPtrArray *
jz_needles_new (const JzPublicSource *source, const GPtrArray *redactions, GError **error)
{
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (source);
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_needle_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const JzDetection detection = { source, jz_redaction_rules_get (), leaves, NULL };
  for (guint i = 0; i < redactions->len; i++) {
    const JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if (redaction->choice != JZ_REDACTION_KEEP)
      add_hidden (needles, seen, leaves, redaction);
  }
  for (guint i = 0; i < needles->len; i++)
    for (guint j = 0; j < leaves->len; j++)
      if (!check_leaf (g_ptr_array_index (needles, i), &detection, g_ptr_array_index (leaves, j),
                       redactions, error))
        return NULL;
  return g_steal_pointer (&needles);
}

static void
add_encoding (JzNeedle *self, char *bytes /* (transfer full) */, gsize length)
{
  if (length >= LEAST_RAW)
    g_ptr_array_add (self->encodings, g_bytes_new_take (bytes, length));
  else
    g_free (bytes);
}

static char *
dup_hex (const char *bytes, gsize length)
{
  GString *hex = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf (hex, "%02x", (guint8)bytes[i]);
  return g_string_free (hex, FALSE);
}

/* As bytes of a file may have it: in UTF-8, in both orders of UTF-16, in GB18030, in hex digits. */
static void
encode (JzNeedle *self)
{
  static const char *const encodings[] = { "UTF-16BE", "UTF-16LE", "GB18030" };
  self->encodings = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  self->backwards = g_utf8_strreverse (self->plain, -1);
  add_encoding (self, g_strdup (self->plain), strlen (self->plain));
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++) {
    gsize length = 0;
    char *encoded = g_convert (self->plain, -1, encodings[i], "UTF-8", NULL, &length, NULL);
    if (encoded == NULL)
      continue;
    char *lower = dup_hex (encoded, length);
    add_encoding (self, g_ascii_strup (lower, -1), 2 * length);
    add_encoding (self, lower, 2 * length);
    add_encoding (self, encoded, length);
  }
}

/*
 * jz_needle_new:
 * @plain: plain text
 * @field: where it stood
 *
 * Returns: (transfer full): what is looked for
 */
JzNeedle *
jz_needle_new (const char *plain, const char *field)
{
  JzNeedle *self = g_new0 (JzNeedle, 1);
  self->plain = g_strdup (plain);
  self->field = g_strdup (field);
  encode (self);
  return self;
}

/*
 * jz_haystack_new:
 * @bytes: what an extractor gave
 * @is_raw: whether they may be in any encoding, or no text at all
 *
 * Returns: (transfer full): what is looked through
 */
JzHaystack *
jz_haystack_new (GBytes *bytes, gboolean is_raw)
{
  JzHaystack *self = g_new0 (JzHaystack, 1);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  self->bytes = g_bytes_ref (bytes);
  self->is_raw = is_raw;
  if (data == NULL || (is_raw && !g_utf8_validate_len (data, size, NULL)))
    return self;
  g_autofree char *valid = g_utf8_make_valid (data, (gssize)size);
  self->plain = jz_plain_dup (valid);
  return self;
}

/*
 * jz_haystack_free:
 * @self: a haystack
 */
void
jz_haystack_free (JzHaystack *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->plain);
  g_free (self);
}

/*
 * jz_needle_is_in:
 * @self: what is looked for
 * @haystack: what is looked through
 *
 * Returns: whether it is there, forwards or backwards
 */
gboolean
jz_needle_is_in (const JzNeedle *self, const JzHaystack *haystack)
{
  gsize size;
  const char *data = g_bytes_get_data (haystack->bytes, &size);
  if (haystack->plain != NULL && (strstr (haystack->plain, self->plain) != NULL ||
                                  strstr (haystack->plain, self->backwards) != NULL))
    return TRUE;
  for (guint i = 0; haystack->is_raw && data != NULL && i < self->encodings->len; i++) {
    gsize length;
    const char *encoded = g_bytes_get_data (g_ptr_array_index (self->encodings, i), &length);
    if (memmem (data, size, encoded, length) != NULL)
      return TRUE;
  }
  return FALSE;
}
