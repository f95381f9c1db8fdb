/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/session.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/apply.h"
#include "office/error.h"
#include "office/situation.h"
#include "office/trust.h"
#include "store/error.h"
#include "store/keyring.h"

/* A person who is signed in: the password has unlocked the person's key, and that the store's key.
 * Keys live in memory only until the session is closed. */

struct _JzSession {
  char *user;
  char *person;
  JzKey *key;
  JzCertificate *certificate;
  JzKey *store_key; /* nullable: not every person's certificate is in force yet */
  gint64 n_wrong;
};

/* What a person signs in with, as the journal names it. */
typedef struct {
  char *person;
  JzHash certificate;
  JzHash key_file;
  JzHash store_key_file;
  gboolean has_store_key;
} Means;

static void
means_clear (Means *means)
{
  g_clear_pointer (&means->person, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Means, means_clear)

/**
 * jz_session_new:
 * @user: user name
 * @person: id
 * @key: (transfer none): the person's key
 * @certificate: (transfer none): its certificate
 * @store_key: (transfer none) (nullable): the store's key
 *
 * Returns: (transfer full): a session
 */
JzSession *
jz_session_new (const char *user,
                const char *person,
                JzKey *key,
                JzCertificate *certificate,
                JzKey *store_key)
{
  JzSession *self = g_new0 (JzSession, 1);

  self->user = g_strdup (user);
  self->person = g_strdup (person);
  self->key = jz_key_ref (key);
  self->certificate = jz_certificate_ref (certificate);
  self->store_key = store_key != NULL ? jz_key_ref (store_key) : NULL;
  return self;
}

/**
 * jz_session_close:
 * @self: (transfer full): a session
 *
 * Forgets the keys.
 */
void
jz_session_close (JzSession *self)
{
  g_clear_pointer (&self->key, jz_key_unref);
  g_clear_pointer (&self->certificate, jz_certificate_unref);
  g_clear_pointer (&self->store_key, jz_key_unref);
  g_free (self->user);
  g_free (self->person);
  g_free (self);
}

static gboolean
take_means_of_second_person (JzConnection *reader, Means *means, gboolean *found, GError **error)
{
  gint64 arrival = 0;
  g_autoptr (JzRecord) record = NULL;
  g_autoptr (JzJson) args = NULL;
  const JzJson *certificate;
  JzObject object;

  if (!jz_connection_get_number (
        reader, &arrival, error,
        "SELECT max (entry) FROM proposal WHERE act = 'store.accept' AND used_by = 0", ""))
    return FALSE;
  record = arrival > 0 ? jz_journal_read (reader, arrival, error) : NULL;
  args = record != NULL && record->payload != NULL ? jz_record_dup_args (record, error) : NULL;
  if (args == NULL)
    return arrival == 0;
  certificate = jz_json_get_member (args, "certificate");
  *found = g_strcmp0 (jz_json_get_member_text (args, "person"), means->person) == 0 &&
           certificate != NULL && jz_object_from_json (certificate, &object) &&
           jz_hash_from_hex (jz_json_get_member_text (args, "person_key"), &means->key_file) &&
           jz_hash_from_hex (jz_json_get_member_text (args, "store_key"), &means->store_key_file);
  means->certificate = object.hash;
  means->has_store_key = *found;
  return TRUE;
}

static gboolean
find_means (JzConnection *reader, const char *user, Means *means, GError **error)
{
  gboolean has_certificate = FALSE;
  gboolean has_file = FALSE;

  if (!jz_connection_get_text (reader, &means->person, error,
                               "SELECT id FROM person WHERE user = ?", "t", user))
    return FALSE;
  if (means->person == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_PERSON,
                 _ ("Nobody in this office has the user name %s; check how it is written."), user);
    return FALSE;
  }
  if (!jz_trust_find_certificate (reader, means->person, &means->certificate, &has_certificate,
                                  error) ||
      !jz_trust_find_key_file (reader, "person", means->person, &means->key_file, &has_file,
                               error) ||
      !jz_trust_find_key_file (reader, "store", means->person, &means->store_key_file,
                               &means->has_store_key, error))
    return FALSE;
  has_certificate = has_certificate && has_file;
  if (!has_certificate && !take_means_of_second_person (reader, means, &has_certificate, error))
    return FALSE;
  if (!has_certificate)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
                 _ ("The account %s has no key; the administrator and the head give one with "
                    "certificate.issue."),
                 user);
  return has_certificate;
}

static gboolean
unlock (JzSession *self, JzStore *store, const Means *means, const char *password, GError **error)
{
  const char *path = jz_store_get_path (store);
  g_autoptr (GBytes) pem = jz_keyring_get (path, &means->key_file, error);
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (GBytes) der = NULL;

  self->certificate = pem != NULL ? jz_trust_load_certificate (jz_store_get_objects (store),
                                                               &means->certificate, error)
                                  : NULL;
  self->key = self->certificate != NULL ? jz_key_from_pem (pem, password, error) : NULL;
  if (self->key == NULL)
    return FALSE;
  if (!jz_certificate_is_for_key (self->certificate, self->key)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("Key and certificate of %s do not belong together; restore the store from its "
                    "newest backup."),
                 self->user);
    return FALSE;
  }
  if (!means->has_store_key)
    return TRUE;
  wrapped = jz_keyring_get (path, &means->store_key_file, error);
  der = wrapped != NULL ? jz_key_unwrap (self->key, wrapped, error) : NULL;
  self->store_key = der != NULL ? jz_key_from_der (der, error) : NULL;
  return self->store_key != NULL;
}

static gboolean
find_means_in_store (JzStore *store, const char *user, Means *means, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_found;

  if (reader == NULL)
    return FALSE;
  is_found = find_means (reader, user, means, error);
  jz_store_return_reader (store, reader);
  return is_found;
}

/**
 * jz_session_open:
 * @office: an office open for writing
 * @user: user name
 * @password: the person's
 * @error: return location
 *
 * Signs a person in. Wrong passwords are counted and slow the next try down (design §11).
 *
 * Returns: (transfer full) (nullable): the session, or %NULL with %JZ_STORE_ERROR_PASSWORD,
 *   %JZ_OFFICE_ERROR_UNKNOWN_PERSON or what the store says
 */
JzSession *
jz_session_open (JzOffice *office, const char *user, const char *password, GError **error)
{
  JzStore *store = jz_office_get_store (office);
  JzScratch *scratch = jz_store_get_scratch (store);
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_auto (Means) means = { 0 };
  g_autoptr (JzSession) self = NULL;
  g_autoptr (GError) local = NULL;

  if (!find_means_in_store (store, user, &means, error) ||
      !jz_scratch_may_sign_in (scratch, user, now, error))
    return NULL;
  self = g_new0 (JzSession, 1);
  self->user = g_strdup (user);
  self->person = g_steal_pointer (&means.person);
  if (!unlock (self, store, &means, password, &local)) {
    if (g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD) &&
        !jz_scratch_count_wrong_password (scratch, user, now, error))
      return NULL;
    g_propagate_error (error, g_steal_pointer (&local));
    return NULL;
  }
  if (!jz_scratch_clear_wrong_passwords (scratch, user, &self->n_wrong, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jz_session_get_person:
 * @self: a session
 *
 * Returns: (transfer none): the person's id
 */
const char *
jz_session_get_person (JzSession *self)
{
  return self->person;
}

/**
 * jz_session_get_user:
 * @self: a session
 *
 * Returns: (transfer none): the user name
 */
const char *
jz_session_get_user (JzSession *self)
{
  return self->user;
}

/**
 * jz_session_get_key:
 * @self: a session
 *
 * Returns: (transfer none): the person's key
 */
JzKey *
jz_session_get_key (JzSession *self)
{
  return self->key;
}

/**
 * jz_session_get_store_key:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the store's key
 */
JzKey *
jz_session_get_store_key (JzSession *self)
{
  return self->store_key;
}

/**
 * jz_session_take_store_key:
 * @self: a session
 * @store_key: (transfer full): the key under which the store goes on
 */
void
jz_session_take_store_key (JzSession *self, JzKey *store_key)
{
  g_clear_pointer (&self->store_key, jz_key_unref);
  self->store_key = store_key;
}

/**
 * jz_session_get_certificate:
 * @self: a session
 *
 * Returns: (transfer none): the person's certificate
 */
JzCertificate *
jz_session_get_certificate (JzSession *self)
{
  return self->certificate;
}

/**
 * jz_session_get_n_wrong:
 * @self: a session
 *
 * Returns: how many wrong passwords there were before this one
 */
gint64
jz_session_get_n_wrong (JzSession *self)
{
  return self->n_wrong;
}
