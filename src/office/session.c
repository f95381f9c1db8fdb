/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/session.h"

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
  JzKey *brought_key; /* nullable: of a certificate that the act in hand brings */
  JzCertificate *brought_certificate;
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
  g_clear_pointer (&self->brought_key, jz_key_unref);
  g_clear_pointer (&self->brought_certificate, jz_certificate_unref);
  g_free (self->user);
  g_free (self->person);
  g_free (self);
}

/**
 * jz_session_set_brought:
 * @self: a session
 * @key: (transfer none): the key of a certificate that the act in hand brings
 * @certificate: (transfer none): that certificate
 */
void
jz_session_set_brought (JzSession *self, JzKey *key, JzCertificate *certificate)
{
  g_clear_pointer (&self->brought_key, jz_key_unref);
  g_clear_pointer (&self->brought_certificate, jz_certificate_unref);
  self->brought_key = jz_key_ref (key);
  self->brought_certificate = jz_certificate_ref (certificate);
}

/**
 * jz_session_get_brought_key:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the key of a certificate that the act in hand brings
 */
JzKey *
jz_session_get_brought_key (JzSession *self)
{
  return self->brought_key;
}

/**
 * jz_session_get_brought_certificate:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the certificate that the act in hand brings
 */
JzCertificate *
jz_session_get_brought_certificate (JzSession *self)
{
  return self->brought_certificate;
}

/**
 * jz_session_take_brought:
 * @self: a session
 *
 * From now on the person signs with what an act has brought, if it has brought anything.
 */
void
jz_session_take_brought (JzSession *self)
{
  if (self->brought_key == NULL)
    return;
  g_clear_pointer (&self->key, jz_key_unref);
  g_clear_pointer (&self->certificate, jz_certificate_unref);
  self->key = jz_key_ref (self->brought_key);
  self->certificate = jz_certificate_ref (self->brought_certificate);
}

/* What a proposal made for @means->person, if it is for that person. */
static gboolean
take_proposed_means (JzStore *store,
                     JzConnection *reader,
                     gint64 arrival,
                     Means *means,
                     gboolean *found,
                     GError **error)
{
  g_autoptr (JzJournalRecord) record = jz_journal_read (reader, arrival, error);
  g_autoptr (JzJson) args = NULL;
  const JzJson *certificate;
  JzObject object = { 0 };

  if (record == NULL || record->payload == NULL)
    return record != NULL;
  args = jz_journal_record_dup_args (record, error);
  if (args == NULL)
    return FALSE;
  certificate = jz_json_get_member (args, "certificate");
  *found = g_strcmp0 (jz_json_get_member_text (args, "person"), means->person) == 0 &&
           certificate != NULL && jz_object_from_json (certificate, &object) &&
           jz_hash_from_hex (jz_json_get_member_text (args, "person_key"), &means->key_file) &&
           jz_hash_from_hex (jz_json_get_member_text (args, "store_key"), &means->store_key_file) &&
           /* The sweep takes the keys of a proposal that is too old. */
           jz_keyring_has (jz_store_get_path (store), &means->key_file);
  means->certificate = object.hash;
  means->has_store_key = *found;
  return TRUE;
}

/* The newest proposal of an act that is signed with the certificate that it brings. */
static gboolean
find_proposed_means (JzStore *store,
                     JzConnection *reader,
                     const char *act,
                     Means *means,
                     gboolean *found,
                     GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, "SELECT entry FROM proposal WHERE act = ? AND used_by = 0 ORDER BY entry DESC",
    "t", act);

  *found = FALSE;
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row || *found)
      return TRUE;
    if (!take_proposed_means (store, reader, jz_statement_get_integer (rows, 0), means, found,
                              error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
find_own_means (JzStore *store, JzConnection *reader, Means *means, gboolean *found, GError **error)
{
  gboolean has_file = FALSE;

  if (!jz_trust_find_certificate (reader, means->person, &means->certificate, found, error) ||
      !jz_trust_find_key_file (reader, "person", means->person, &means->key_file, &has_file,
                               error) ||
      !jz_trust_find_key_file (reader, "store", means->person, &means->store_key_file,
                               &means->has_store_key, error))
    return FALSE;
  *found = *found && has_file;
  return *found || find_proposed_means (store, reader, "store.accept", means, found, error);
}

/* @brought gets what certificate.recover was proposed with; its person stays %NULL when there is no
 * such proposal. */
static gboolean
find_means (JzStore *store,
            JzConnection *reader,
            const char *user,
            Means *means,
            Means *brought,
            GError **error)
{
  gboolean has_own = FALSE;
  gboolean has_brought = FALSE;

  if (!jz_connection_get_text (reader, &means->person, error,
                               "SELECT id FROM person WHERE user = ?", "t", user))
    return FALSE;
  if (means->person == NULL) {
    g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_PERSON,
                 _ ("Nobody in this office has the user name %s; check how it is written."), user);
    return FALSE;
  }
  brought->person = g_strdup (means->person);
  if (!find_own_means (store, reader, means, &has_own, error) ||
      !find_proposed_means (store, reader, "certificate.recover", brought, &has_brought, error))
    return FALSE;
  if (!has_own && has_brought) {
    means_clear (means);
    *means = *brought;
    *brought = (Means){ .person = g_strdup (means->person),
                        .certificate = means->certificate,
                        .key_file = means->key_file,
                        .store_key_file = means->store_key_file,
                        .has_store_key = means->has_store_key };
  }
  if (!has_brought)
    means_clear (brought);
  if (!has_own && !has_brought)
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
                 _ ("The account %s has no key; the administrator and the head give one with "
                    "certificate.issue."),
                 user);
  return has_own || has_brought;
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

/* With the password that was forgotten one does not get in, but with that of the key which
 * certificate.recover was proposed with. Either may be right, or both. */
static gboolean
unlock_either (JzSession *self,
               JzStore *store,
               const Means *means,
               const Means *brought,
               const char *password,
               GError **error)
{
  g_autoptr (JzSession) other = g_new0 (JzSession, 1);
  gboolean is_open = unlock (self, store, means, password, error);

  if (brought->person == NULL || !unlock (other, store, brought, password, NULL))
    return is_open;
  self->brought_key = jz_key_ref (other->key);
  self->brought_certificate = jz_certificate_ref (other->certificate);
  if (is_open)
    return TRUE;
  g_clear_error (error);
  jz_session_take_brought (self);
  g_clear_pointer (&self->store_key, jz_key_unref);
  self->store_key = g_steal_pointer (&other->store_key);
  return TRUE;
}

static gboolean
find_means_in_store (JzStore *store, const char *user, Means *means, Means *brought, GError **error)
{
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_found;

  if (reader == NULL)
    return FALSE;
  is_found = find_means (store, reader, user, means, brought, error);
  jz_store_return_reader (store, reader);
  return is_found;
}

/**
 * jz_session_can_open:
 * @store: a store
 * @reader: its database
 * @user: user name
 * @can: (out): whether the person has a key to sign in with, or one that was proposed
 * @error: return location
 *
 * Returns: %FALSE when it could not look, or with %JZ_OFFICE_ERROR_UNKNOWN_PERSON
 */
gboolean
jz_session_can_open (JzStore *store,
                     JzConnection *reader,
                     const char *user,
                     gboolean *can,
                     GError **error)
{
  g_auto (Means) means = { 0 };
  g_auto (Means) brought = { 0 };
  g_autoptr (GError) local = NULL;

  *can = find_means (store, reader, user, &means, &brought, &local);
  if (*can || g_error_matches (local, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
  g_auto (Means) brought = { 0 };
  g_autoptr (JzSession) self = NULL;
  g_autoptr (GError) local = NULL;

  if (!find_means_in_store (store, user, &means, &brought, error) ||
      !jz_scratch_may_sign_in (scratch, user, now, error))
    return NULL;
  self = g_new0 (JzSession, 1);
  self->user = g_strdup (user);
  self->person = g_steal_pointer (&means.person);
  if (!unlock_either (self, store, &means, &brought, password, &local)) {
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
