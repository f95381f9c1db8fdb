/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/checkpoint.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/entry.h"
#include "store/error.h"
#include "store/key-private.h"
#include "store/lines-private.h"

/* A checkpoint is a C2SP signed note with exactly one signature (`format/README.md` §4). One
 * checkpoint has one text: what is read is written again and must come out the same. */

#define NOTE_MAX 4096
#define KEY_ID_LENGTH 4
#define ORIGIN "juanzong/"
#define SIGNATURE_START "— " ORIGIN

typedef struct {
  JzCheckpoint checkpoint;
  gsize text_length;   /* of the part that is signed */
  GBytes *key_and_sig; /* key_id ‖ sig */
} Note;

static void
note_clear (Note *note)
{
  g_clear_pointer (&note->key_and_sig, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Note, note_clear)

static GString *
write_text (const JzCheckpoint *checkpoint)
{
  g_autofree char *root = jz_hash_to_base64 (&checkpoint->root);
  char time[JZ_INSTANT_SIZE];
  GString *text = g_string_new (NULL);

  jz_instant_format (checkpoint->time, time);
  g_string_printf (text, ORIGIN "%s\n%" G_GUINT64_FORMAT "\n%s\ntime %s\n", checkpoint->store,
                   checkpoint->size, root, time);
  return text;
}

static gboolean
take_text (JzLines *lines, JzCheckpoint *checkpoint)
{
  g_autofree char *store = jz_lines_take (lines, ORIGIN);
  g_autofree char *time = NULL;

  if (store == NULL || !jz_is_store_id (store) ||
      !jz_lines_take_number (lines, "", &checkpoint->size) || checkpoint->size == 0 ||
      !jz_lines_take_hash (lines, "", &checkpoint->root))
    return FALSE;
  memcpy (checkpoint->store, store, JZ_STORE_ID_SIZE);
  time = jz_lines_take (lines, "time ");
  return time != NULL && jz_instant_parse (time, &checkpoint->time, NULL);
}

static gboolean
take_note (JzLines lines, Note *note)
{
  const char *begin = lines.at;
  g_autofree char *signature_start = NULL;
  g_autoptr (GString) again = NULL;

  if (!take_text (&lines, &note->checkpoint))
    return FALSE;
  note->text_length = (gsize)(lines.at - begin);
  again = write_text (&note->checkpoint);
  if (again->len != note->text_length || memcmp (again->str, begin, again->len) != 0)
    return FALSE;

  signature_start = g_strconcat (SIGNATURE_START, note->checkpoint.store, " ", NULL);
  if (!jz_lines_take_exactly (&lines, ""))
    return FALSE;
  note->key_and_sig = jz_lines_take_base64 (&lines, signature_start);
  return note->key_and_sig != NULL && lines.at == lines.end;
}

static gboolean
parse (const char *text, gsize length, Note *note, GError **error)
{
  const guint8 *bytes = NULL;
  gsize n_bytes = 0;

  if (length <= NOTE_MAX && take_note ((JzLines){ text, text + length }, note)) {
    bytes = g_bytes_get_data (note->key_and_sig, &n_bytes);
    if (n_bytes > KEY_ID_LENGTH &&
        jz_signature_is_minimal (bytes + KEY_ID_LENGTH, n_bytes - KEY_ID_LENGTH))
      return TRUE;
  }
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                       _ ("This is not a checkpoint in the form that it must have, byte for byte. "
                          "Ask for it again as a file; text that was copied by hand or mail may "
                          "have been changed."));
  return FALSE;
}

/* The first 4 bytes of SHA-256(origin ‖ 0x0A ‖ 0xFF ‖ "SM2-SM3" ‖ public key). */
static void
get_key_id (const char *store, GBytes *public_key_der, guint8 key_id[KEY_ID_LENGTH])
{
  static const char kind[] = "\n\xff"
                             "SM2-SM3";
  g_autofree char *start = g_strconcat (ORIGIN, store, kind, NULL);
  gsize length;
  const guint8 *data = g_bytes_get_data (public_key_der, &length);
  JzHash hash;

  jz_hash_of_two (start, strlen (start), data, length, &hash);
  memcpy (key_id, hash.bytes, KEY_ID_LENGTH);
}

static gboolean
check_store_name (const char *store, JzCertificate *certificate, GError **error)
{
  const char *name = jz_certificate_get_common_name (certificate);

  if (strcmp (name, store) == 0)
    return TRUE;
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
               _ ("The checkpoint is of the store %1$s, but the certificate is that of “%2$s”. "
                  "Choose the certificate of that store."),
               store, name);
  return FALSE;
}

/**
 * jz_checkpoint_sign:
 * @self: what it says; of at least one entry, because its time is that of the last
 * @store_key: the store's key
 * @store_certificate: the store's certificate, whose name is the store's id
 * @error: return location
 *
 * Returns: (transfer full): the whole signed note, ending with a line feed (format §4); NULL with
 *   %JZ_STORE_ERROR_INVALID where key, certificate and store do not belong together, or
 *   %JZ_STORE_ERROR_FAILED
 */
char *
jz_checkpoint_sign (const JzCheckpoint *self,
                    JzKey *store_key,
                    JzCertificate *store_certificate,
                    GError **error)
{
  g_autoptr (GString) note = NULL;
  g_autoptr (GBytes) public_key_der = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GByteArray) key_and_sig = NULL;
  g_autofree char *base64 = NULL;
  guint8 key_id[KEY_ID_LENGTH];

  g_return_val_if_fail (jz_is_store_id (self->store), NULL);
  g_return_val_if_fail (self->size > 0 && self->size <= G_MAXINT64, NULL);

  if (!check_store_name (self->store, store_certificate, error))
    return NULL;
  if (!jz_certificate_is_for_key (store_certificate, store_key)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("The key and the certificate of the store %s do not belong together, so no "
                    "checkpoint can be signed. Restore the folder “keys” from a backup."),
                 self->store);
    return NULL;
  }
  note = write_text (self);
  signature = jz_key_sign (store_key, note->str, note->len, error);
  if (signature == NULL)
    return NULL;
  public_key_der = jz_certificate_dup_public_key_der (store_certificate);
  get_key_id (self->store, public_key_der, key_id);
  key_and_sig = g_byte_array_new ();
  g_byte_array_append (key_and_sig, key_id, sizeof key_id);
  g_byte_array_append (key_and_sig, g_bytes_get_data (signature, NULL),
                       (guint)g_bytes_get_size (signature));
  base64 = g_base64_encode (key_and_sig->data, key_and_sig->len);
  g_string_append_printf (note, "\n" SIGNATURE_START "%s %s\n", self->store, base64);
  return g_string_free (g_steal_pointer (&note), FALSE);
}

/**
 * jz_checkpoint_parse:
 * @note: (array length=length): text from outside
 * @length: its bytes
 * @self: (out): what it says; written only on success
 * @error: return location
 *
 * Says nothing about the signature but that there is one of the right form.
 *
 * Returns: whether @note is a signed note of at most 4 KiB in the one form of format §4, of at
 *   least one entry; fails with %JZ_STORE_ERROR_INVALID
 */
gboolean
jz_checkpoint_parse (const char *note, gsize length, JzCheckpoint *self, GError **error)
{
  g_auto (Note) parsed = { .key_and_sig = NULL };

  if (!parse (note, length, &parsed, error))
    return FALSE;
  *self = parsed.checkpoint;
  return TRUE;
}

static gboolean
verify (const char *text,
        const Note *note,
        GBytes *public_key_der,
        EVP_PKEY *public_key,
        GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (note->key_and_sig, &length);
  guint8 key_id[KEY_ID_LENGTH];

  get_key_id (note->checkpoint.store, public_key_der, key_id);
  if (memcmp (bytes, key_id, KEY_ID_LENGTH) != 0) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("The checkpoint of the store %s was signed with another key than the one "
                    "given. Choose the certificate that this store had at that time."),
                 note->checkpoint.store);
    return FALSE;
  }
  if (!jz_sm2_verify (public_key, text, note->text_length, bytes + KEY_ID_LENGTH,
                      length - KEY_ID_LENGTH)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The signature of the checkpoint of the store %s is false: the checkpoint was "
                    "altered, or it was not this store that signed it. Do not rely on it; ask for "
                    "it again."),
                 note->checkpoint.store);
    return FALSE;
  }
  return TRUE;
}

/**
 * jz_checkpoint_verify_with_public_key:
 * @note: (array length=length): text from outside
 * @length: its bytes
 * @public_key_der: DER SubjectPublicKeyInfo of the key of the store that @note names
 * @self: (out): what it says; written only on success
 * @error: return location
 *
 * For a reader who has the store's public key and no certificate.
 *
 * Returns: whether that key signed @note; errors as of jz_checkpoint_verify()
 */
gboolean
jz_checkpoint_verify_with_public_key (const char *note,
                                      gsize length,
                                      GBytes *public_key_der,
                                      JzCheckpoint *self,
                                      GError **error)
{
  g_auto (Note) parsed = { .key_and_sig = NULL };
  g_autoptr (EVP_PKEY) public_key = NULL;

  if (!parse (note, length, &parsed, error))
    return FALSE;
  public_key = jz_sm2_public_key_from_der (public_key_der);
  if (public_key == NULL) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                         _ ("This is not a public SM2 key. Choose the key of the store that signed "
                            "the checkpoint."));
    return FALSE;
  }
  if (!verify (note, &parsed, public_key_der, public_key, error))
    return FALSE;
  *self = parsed.checkpoint;
  return TRUE;
}

/**
 * jz_checkpoint_verify:
 * @note: (array length=length): text from outside
 * @length: its bytes
 * @store_certificate: the certificate of the store that @note names; who issued it is for the
 *   caller to ask
 * @self: (out): what it says; written only on success
 * @error: return location
 *
 * Returns: whether @note is signed by the certificate's key; fails with %JZ_STORE_ERROR_INVALID
 *   where it is no checkpoint, of another store or signed by another key, and with
 *   %JZ_STORE_ERROR_DAMAGED where the signature is false
 */
gboolean
jz_checkpoint_verify (const char *note,
                      gsize length,
                      JzCertificate *store_certificate,
                      JzCheckpoint *self,
                      GError **error)
{
  g_autoptr (GBytes) public_key_der = NULL;
  JzCheckpoint checkpoint;

  if (!jz_checkpoint_parse (note, length, &checkpoint, error) ||
      !check_store_name (checkpoint.store, store_certificate, error))
    return FALSE;
  public_key_der = jz_certificate_dup_public_key_der (store_certificate);
  return jz_checkpoint_verify_with_public_key (note, length, public_key_der, self, error);
}
