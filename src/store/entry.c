/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/entry.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/key.h"
#include "store/tree.h"

/* The bytes of an entry (format §3). body = field(f1) ‖ … ‖ field(f17), leaf data = body ‖
 * field(sig), where field(x) is the length of x as four bytes, big-endian, and x. */

#define MAGIC "JZ1"
#define N_FIELDS 18
#define MAX_LEAF_SIZE 4096
#define MAX_WORD 200
#define PROGRAM_START "juanzong "
#define COMMIT_DIGITS 12

/**
 * jz_entry_new:
 *
 * Returns: (transfer full): an entry of which nothing is set
 */
JzEntry *
jz_entry_new (void)
{
  return g_new0 (JzEntry, 1);
}

/**
 * jz_entry_free:
 * @self: (transfer full): an entry
 */
void
jz_entry_free (JzEntry *self)
{
  g_free (self->store);
  g_free (self->case_id);
  g_free (self->actor);
  g_free (self->role);
  g_free (self->act);
  g_free (self->batch);
  g_free (self->program);
  g_clear_pointer (&self->sig, g_bytes_unref);
  g_free (self);
}

static void
add_field (GByteArray *bytes, const void *data, gsize length)
{
  guint32 big_endian = GUINT32_TO_BE ((guint32)length);

  g_byte_array_append (bytes, (const guint8 *)&big_endian, 4);
  if (length > 0)
    g_byte_array_append (bytes, data, (guint)length);
}

static void
add_text (GByteArray *bytes, const char *text)
{
  add_field (bytes, text, text != NULL ? strlen (text) : 0);
}

static void
add_number (GByteArray *bytes, guint64 number)
{
  char text[24];
  g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT, number);
  add_text (bytes, text);
}

static void
add_hash (GByteArray *bytes, const JzMaybeHash *hash)
{
  add_field (bytes, hash->hash.bytes, hash->is_present ? JZ_HASH_LENGTH : 0);
}

static GByteArray *
build_body (const JzEntry *self)
{
  GByteArray *bytes = g_byte_array_sized_new (512);
  char time[JZ_INSTANT_SIZE];

  jz_instant_format (self->time, time);
  add_text (bytes, MAGIC);
  add_text (bytes, self->store);
  add_number (bytes, self->seq);
  add_hash (bytes, &self->store_prev);
  add_text (bytes, self->case_id);
  add_hash (bytes, &self->case_prev);
  add_number (bytes, self->clock);
  add_text (bytes, time);
  add_text (bytes, self->actor);
  add_text (bytes, self->role);
  add_text (bytes, self->act);
  add_number (bytes, self->act_version);
  add_text (bytes, self->batch);
  add_hash (bytes, &self->rulebook);
  add_text (bytes, self->program);
  add_field (bytes, self->payload_hash.bytes, JZ_HASH_LENGTH);
  add_hash (bytes, &self->cert);
  return bytes;
}

/**
 * jz_entry_get_body:
 * @self: an entry
 *
 * Returns: (transfer full): the bytes that are signed
 */
GBytes *
jz_entry_get_body (const JzEntry *self)
{
  return g_byte_array_free_to_bytes (build_body (self));
}

/**
 * jz_entry_get_leaf_data:
 * @self: an entry
 *
 * Returns: (transfer full): body and signature, the bytes that the tree's leaf is the hash of
 */
GBytes *
jz_entry_get_leaf_data (const JzEntry *self)
{
  GByteArray *bytes = build_body (self);
  gsize length = 0;
  gconstpointer sig = self->sig != NULL ? g_bytes_get_data (self->sig, &length) : NULL;

  add_field (bytes, sig, length);
  return g_byte_array_free_to_bytes (bytes);
}

/**
 * jz_entry_get_hash:
 * @self: an entry
 * @hash: (out): its leaf hash
 */
void
jz_entry_get_hash (const JzEntry *self, JzHash *hash)
{
  g_autoptr (GBytes) leaf_data = jz_entry_get_leaf_data (self);
  gsize length = 0;
  gconstpointer data = g_bytes_get_data (leaf_data, &length);
  jz_tree_hash_leaf (data, length, hash);
}

/**
 * jz_entry_get_id:
 * @self: an entry
 *
 * Returns: (transfer full): `<store>-<seq>`
 */
char *
jz_entry_get_id (const JzEntry *self)
{
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT, self->store, self->seq);
}

/**
 * jz_payload_hash:
 * @salt: 32 bytes
 * @text: the payload
 * @length: its bytes
 * @hash: (out): SHA-256 (salt ‖ text), format §2
 */
void
jz_payload_hash (const guint8 salt[JZ_HASH_LENGTH], const char *text, gsize length, JzHash *hash)
{
  jz_hash_of_two (salt, JZ_HASH_LENGTH, text, length, hash);
}

/**
 * jz_is_store_id:
 * @text: (nullable): a text
 *
 * Returns: whether it is 16 lower-case hex digits
 */
gboolean
jz_is_store_id (const char *text)
{
  return text != NULL && strlen (text) == 16 && strspn (text, "0123456789abcdef") == 16;
}

static gboolean
is_number (const char *text, gsize length)
{
  if (length == 0 || length > 16 || (text[0] == '0' && length > 1))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
  return TRUE;
}

/* How many numbers follow the store's id: 1 in the id of an entry, 2 in that of a thing that an
 * entry made, 0 where it is no id. */
static guint
count_numbers (const char *text)
{
  g_auto (GStrv) parts = text != NULL && strlen (text) < 64 ? g_strsplit (text, "-", 4) : NULL;
  guint n_parts = parts != NULL ? g_strv_length (parts) : 0;

  if (n_parts < 2 || n_parts > 3 || !jz_is_store_id (parts[0]))
    return 0;
  for (guint i = 1; i < n_parts; i++)
    if (!is_number (parts[i], strlen (parts[i])) || parts[i][0] == '0')
      return 0;
  return n_parts == 2 || g_ascii_strtoull (parts[2], NULL, 10) <= 255 ? n_parts - 1 : 0;
}

/**
 * jz_is_thing_id:
 * @text: (nullable): a text
 *
 * Returns: whether it has the form `<store>-<seq>` (an entry) or `<store>-<seq>-<n>` (the n-th
 * thing that the entry made)
 */
gboolean
jz_is_thing_id (const char *text)
{
  return count_numbers (text) > 0;
}

typedef struct {
  const guint8 *data;
  gsize length;
} Field;

static gboolean
split_fields (const guint8 *data, gsize length, Field fields[N_FIELDS])
{
  for (int i = 0; i < N_FIELDS; i++) {
    guint32 size;
    if (length < 4)
      return FALSE;
    size = (guint32)data[0] << 24 | (guint32)data[1] << 16 | (guint32)data[2] << 8 | data[3];
    data += 4;
    length -= 4;
    if (size > length)
      return FALSE;
    fields[i] = (Field){ data, size };
    data += size;
    length -= size;
  }
  return length == 0;
}

static gboolean
take_text (const Field *field, char **text)
{
  if (field->length > MAX_WORD || memchr (field->data, '\0', field->length) != NULL ||
      !g_utf8_validate_len ((const char *)field->data, field->length, NULL))
    return FALSE;
  *text = g_strndup ((const char *)field->data, field->length);
  return TRUE;
}

static gboolean
take_number (const Field *field, guint64 *number)
{
  g_autofree char *text = NULL;

  if (!is_number ((const char *)field->data, field->length))
    return FALSE;
  text = g_strndup ((const char *)field->data, field->length);
  *number = g_ascii_strtoull (text, NULL, 10);
  return TRUE;
}

static gboolean
take_hash (const Field *field, JzMaybeHash *hash)
{
  if (field->length != 0 && field->length != JZ_HASH_LENGTH)
    return FALSE;
  hash->is_present = field->length != 0;
  if (hash->is_present)
    memcpy (hash->hash.bytes, field->data, JZ_HASH_LENGTH);
  return TRUE;
}

static gboolean
take_time (const Field *field, JzInstant *time)
{
  g_autofree char *text = NULL;
  return take_text (field, &text) && jz_instant_parse (text, time, NULL);
}

static gboolean
take_entry (const Field fields[N_FIELDS], JzEntry *entry)
{
  JzMaybeHash payload_hash = { FALSE };
  guint64 act_version = 0;

  if (fields[0].length != strlen (MAGIC) || memcmp (fields[0].data, MAGIC, strlen (MAGIC)) != 0)
    return FALSE;
  if (!take_text (&fields[1], &entry->store) || !take_number (&fields[2], &entry->seq) ||
      !take_hash (&fields[3], &entry->store_prev) || !take_text (&fields[4], &entry->case_id) ||
      !take_hash (&fields[5], &entry->case_prev) || !take_number (&fields[6], &entry->clock) ||
      !take_time (&fields[7], &entry->time) || !take_text (&fields[8], &entry->actor) ||
      !take_text (&fields[9], &entry->role) || !take_text (&fields[10], &entry->act) ||
      !take_number (&fields[11], &act_version) || !take_text (&fields[12], &entry->batch) ||
      !take_hash (&fields[13], &entry->rulebook) || !take_text (&fields[14], &entry->program) ||
      !take_hash (&fields[15], &payload_hash) || !take_hash (&fields[16], &entry->cert))
    return FALSE;
  if (!payload_hash.is_present || act_version > G_MAXINT)
    return FALSE;
  entry->payload_hash = payload_hash.hash;
  entry->act_version = (guint)act_version;
  if (entry->batch[0] == '\0')
    g_clear_pointer (&entry->batch, g_free);
  if (fields[17].length > 0)
    entry->sig = g_bytes_new (fields[17].data, fields[17].length);
  return TRUE;
}

/* Lower-case words with one of @separators between them; nothing else, and no two together. */
static gboolean
is_words (const char *text, const char *separators)
{
  gboolean is_in_word = FALSE;

  for (; *text != '\0'; text++) {
    if (!g_ascii_islower (*text) && (!is_in_word || strchr (separators, *text) == NULL))
      return FALSE;
    is_in_word = g_ascii_islower (*text);
  }
  return is_in_word;
}

/* `juanzong`, space, version, plus `+` and 12 hex digits where it is not a release. */
static gboolean
is_program (const char *text)
{
  static const char version[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.~-";
  gsize n_version;

  if (!g_str_has_prefix (text, PROGRAM_START))
    return FALSE;
  text += strlen (PROGRAM_START);
  n_version = strspn (text, version);
  text += n_version;
  if (n_version == 0 || *text == '\0')
    return n_version > 0;
  return *text == '+' && strlen (text) == 1 + COMMIT_DIGITS &&
         strspn (text + 1, "0123456789abcdef") == COMMIT_DIGITS;
}

static const char *
find_wrong_field (const JzEntry *self)
{
  if (!jz_is_store_id (self->store))
    return "store";
  if (self->seq < 1 || self->store_prev.is_present != (self->seq > 1))
    return self->seq < 1 ? "seq" : "store_prev";
  if (strcmp (self->case_id, JZ_BUREAU) != 0 && count_numbers (self->case_id) != 2)
    return "case";
  if (self->clock < 1)
    return "clock";
  /* The vectors of the format know an actor without number, too; nobody is called so. */
  if (!jz_is_thing_id (self->actor))
    return "actor";
  if (!is_words (self->role, "_"))
    return "role";
  if (!is_words (self->act, "_.") || strchr (self->act, '.') == NULL)
    return "act";
  if (self->act_version < 1)
    return "act_version";
  if (self->batch != NULL && count_numbers (self->batch) != 1)
    return "batch";
  if (!is_program (self->program))
    return "program";
  if (self->cert.is_present != (self->sig != NULL))
    return "cert";
  if (self->sig != NULL &&
      !jz_signature_is_minimal (g_bytes_get_data (self->sig, NULL), g_bytes_get_size (self->sig)))
    return "sig";
  return NULL;
}

/**
 * jz_entry_check:
 * @self: an entry
 * @error: return location
 *
 * Checks each field's form by format §3, not what it refers to.
 *
 * Returns: whether all are right; %JZ_STORE_ERROR_DAMAGED names the wrong field
 */
gboolean
jz_entry_check (const JzEntry *self, GError **error)
{
  const char *field = find_wrong_field (self);

  if (field == NULL)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
               _ ("The field %s of the entry does not have the form that it must have."), field);
  return FALSE;
}

/**
 * jz_entry_parse:
 * @leaf_data: body and signature of an entry
 * @error: return location
 *
 * Reads the bytes strictly: what comes back encodes to exactly the same bytes.
 *
 * Returns: (transfer full) (nullable): the entry, or %NULL with %JZ_STORE_ERROR_DAMAGED
 */
JzEntry *
jz_entry_parse (GBytes *leaf_data, GError **error)
{
  g_autoptr (JzEntry) entry = jz_entry_new ();
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (leaf_data, &length);
  Field fields[N_FIELDS];

  if (length > MAX_LEAF_SIZE || !split_fields (data, length, fields) ||
      !take_entry (fields, entry)) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                         _ ("These bytes are not an entry of a journal."));
    return NULL;
  }
  return jz_entry_check (entry, error) ? g_steal_pointer (&entry) : NULL;
}

/**
 * jz_entry_get_body_of_leaf:
 * @leaf_data: body and signature of an entry
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the body alone, the bytes that are signed
 */
GBytes *
jz_entry_get_body_of_leaf (GBytes *leaf_data, GError **error)
{
  g_autoptr (JzEntry) entry = jz_entry_parse (leaf_data, error);
  return entry != NULL ? jz_entry_get_body (entry) : NULL;
}
