/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/trust.h"

#include <glib/gi18n-lib.h>

#include "office/office.h"
#include "store/error.h"
#include "store/keyring.h"

/* The bureau's certificates (design §11): one authority of its own, a certificate for each store id
 * and each person. The store's private key exists only wrapped, once for each person who may make
 * checkpoints with it. */

#define MAX_CERTIFICATE 16384

/**
 * jz_trust_put_certificate:
 * @store: a store open for writing
 * @certificate: what to put
 * @args: arguments of the act being prepared
 * @name: the argument that gets the object
 * @error: return location
 *
 * Returns: whether the certificate is an object now
 */
gboolean
jz_trust_put_certificate (JzStore *store,
                          JzCertificate *certificate,
                          JzJson *args,
                          const char *name,
                          GError **error)
{
  JzObject object;

  if (!jz_objects_put_bytes (jz_store_get_objects (store), jz_certificate_get_der (certificate),
                             &object, error))
    return FALSE;
  jz_json_set_member (args, name, jz_object_to_json (&object));
  return TRUE;
}

static void
set_hash (JzJson *args, const char *name, const JzHash *hash)
{
  char hex[JZ_HASH_HEX_SIZE];

  jz_hash_to_hex (hash, hex);
  jz_json_set_text (args, name, hex);
}

/**
 * jz_trust_put_key:
 * @store: a store open for writing
 * @key: a private key
 * @password: to keep it with
 * @args: arguments of the act being prepared
 * @name: the argument that gets the file's hash
 * @error: return location
 *
 * Returns: whether the key is a file in keys/ now
 */
gboolean
jz_trust_put_key (JzStore *store,
                  JzKey *key,
                  const char *password,
                  JzJson *args,
                  const char *name,
                  GError **error)
{
  g_autoptr (GBytes) pem = jz_key_to_pem (key, password, error);
  JzHash hash;

  if (pem == NULL || !jz_keyring_put (jz_store_get_path (store), pem, &hash, error))
    return FALSE;
  set_hash (args, name, &hash);
  return TRUE;
}

/**
 * jz_trust_wrap_store_key:
 * @store: a store open for writing
 * @store_key: the store's private key
 * @person: the certificate of who may use it
 * @file: (out): hash of the file in keys/
 * @error: return location
 *
 * Returns: whether the key is wrapped for that person now
 */
gboolean
jz_trust_wrap_store_key (JzStore *store,
                         JzKey *store_key,
                         JzCertificate *person,
                         JzHash *file,
                         GError **error)
{
  g_autoptr (GBytes) der = jz_key_to_der (store_key, error);
  g_autoptr (GBytes) wrapped = der != NULL ? jz_certificate_wrap (person, der, error) : NULL;

  return wrapped != NULL && jz_keyring_put (jz_store_get_path (store), wrapped, file, error);
}

/**
 * jz_trust_load_certificate:
 * @objects: a store's objects
 * @hash: a certificate's hash
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the certificate
 */
JzCertificate *
jz_trust_load_certificate (JzObjects *objects, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) der = jz_objects_get_bytes (objects, hash, MAX_CERTIFICATE, error);
  return der != NULL ? jz_certificate_from_der (der, error) : NULL;
}

/**
 * jz_trust_add_key:
 * @store: a store open for writing
 * @common_name: id of the person
 * @password: the person's
 * @ca_key: the bureau's key
 * @ca: its certificate
 * @store_key: the store's key
 * @from: now
 * @args: gets `certificate`, `person_key`, `store_key`
 * @error: return location
 *
 * Makes a person's key and certificate and wraps the store's key for them.
 *
 * Returns: whether it was done
 */
gboolean
jz_trust_add_key (JzStore *store,
                  const char *common_name,
                  const char *password,
                  JzKey *ca_key,
                  JzCertificate *ca,
                  JzKey *store_key,
                  JzInstant from,
                  JzJson *args,
                  GError **error)
{
  g_autoptr (JzKey) key = NULL;
  g_autoptr (JzCertificate) certificate = NULL;
  JzHash wrapped;

  if (password == NULL || password[0] == '\0') {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                         _ ("A first password for the new key is needed; give it in a file."));
    return FALSE;
  }
  key = jz_key_generate (error);
  certificate =
    key != NULL ? jz_certificate_issue (key, common_name, ca_key, ca, from, error) : NULL;
  if (certificate == NULL ||
      !jz_trust_put_certificate (store, certificate, args, "certificate", error) ||
      !jz_trust_put_key (store, key, password, args, "person_key", error) ||
      !jz_trust_wrap_store_key (store, store_key, certificate, &wrapped, error))
    return FALSE;
  set_hash (args, "store_key", &wrapped);
  return TRUE;
}

/**
 * jz_trust_find_certificate:
 * @tables: derived tables
 * @owner: a person's id, a store's id or `ca`
 * @hash: (out): the newest certificate of the owner that is not closed
 * @found: (out): whether there is one
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_trust_find_certificate (JzConnection *tables,
                           const char *owner,
                           JzHash *hash,
                           gboolean *found,
                           GError **error)
{
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error,
    "SELECT hash FROM certificate WHERE owner = ? AND closed = 0 ORDER BY issued DESC LIMIT 1", "t",
    owner);

  if (row == NULL || !jz_statement_step (row, found, error))
    return FALSE;
  *found = *found && jz_statement_get_hash (row, 0, hash);
  return TRUE;
}

/**
 * jz_trust_find_key_file:
 * @tables: derived tables
 * @kind: `ca`, `person` or `store`
 * @owner: whose
 * @hash: (out): the file
 * @found: (out): whether there is one
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_trust_find_key_file (JzConnection *tables,
                        const char *kind,
                        const char *owner,
                        JzHash *hash,
                        gboolean *found,
                        GError **error)
{
  g_autoptr (JzStatement) row = jz_connection_query (
    tables, error, "SELECT hash FROM key_file WHERE owner = ? AND kind = ?", "tt", owner, kind);

  if (row == NULL || !jz_statement_step (row, found, error))
    return FALSE;
  *found = *found && jz_statement_get_hash (row, 0, hash);
  return TRUE;
}

/**
 * jz_trust_open_ca:
 * @store: a store open for writing
 * @tables: derived tables
 * @password: (nullable): the bureau key's own
 * @key: (out) (transfer full): the bureau's key
 * @certificate: (out) (transfer full): its certificate
 * @error: return location
 *
 * Returns: whether the password was right; else %JZ_STORE_ERROR_PASSWORD
 */
gboolean
jz_trust_open_ca (JzStore *store,
                  JzConnection *tables,
                  const char *password,
                  JzKey **key,
                  JzCertificate **certificate,
                  GError **error)
{
  gboolean has_file = FALSE;
  gboolean has_certificate = FALSE;
  JzHash file, hash;
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (JzKey) opened = NULL;

  if (password == NULL) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD,
                         _ ("This needs the password of the bureau's own key; give it in a file."));
    return FALSE;
  }
  if (!jz_trust_find_key_file (tables, "ca", "ca", &file, &has_file, error) ||
      !jz_trust_find_certificate (tables, "ca", &hash, &has_certificate, error))
    return FALSE;
  if (!has_file || !has_certificate) {
    g_set_error_literal (
      error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
      _ ("The store does not know its bureau's key; run rebuild, or restore a backup."));
    return FALSE;
  }
  pem = jz_keyring_get (jz_store_get_path (store), &file, error);
  opened = pem != NULL ? jz_key_from_pem (pem, password, error) : NULL;
  if (opened == NULL)
    return FALSE;
  *certificate = jz_trust_load_certificate (jz_store_get_objects (store), &hash, error);
  if (*certificate == NULL)
    return FALSE;
  *key = g_steal_pointer (&opened);
  return TRUE;
}

/**
 * jz_authority_clear:
 * @self: the bureau's own key, or nothing
 */
void
jz_authority_clear (JzAuthority *self)
{
  g_clear_pointer (&self->key, jz_key_unref);
  g_clear_pointer (&self->certificate, jz_certificate_unref);
}

/**
 * jz_preparation_open_authority:
 * @preparation: with the bureau key's password
 * @tables: derived tables
 * @error: return location
 *
 * Opens the bureau's own key, unless another act of the same batch has done so.
 *
 * Returns: whether the preparation has it now; else see jz_trust_open_ca()
 */
gboolean
jz_preparation_open_authority (const JzPreparation *preparation,
                               JzConnection *tables,
                               GError **error)
{
  JzAuthority *authority = preparation->authority;

  return authority->key != NULL ||
         jz_trust_open_ca (jz_office_get_store (preparation->office), tables,
                           preparation->ca_password, &authority->key, &authority->certificate,
                           error);
}

static gboolean
wrap_for_all (JzStore *store, JzConnection *tables, JzKey *store_key, JzJson *args, GError **error)
{
  JzJson *keys = jz_json_new_object ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error, "SELECT owner, hash FROM certificate WHERE kind = 'person' AND closed = 0", "");

  jz_json_set_member (args, "store_keys", keys);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autoptr (JzCertificate) certificate = NULL;
    JzHash hash, file;
    if (!has_row)
      return TRUE;
    if (!jz_statement_get_hash (rows, 1, &hash))
      break;
    certificate = jz_trust_load_certificate (jz_store_get_objects (store), &hash, error);
    if (certificate == NULL ||
        !jz_trust_wrap_store_key (store, store_key, certificate, &file, error))
      return FALSE;
    set_hash (keys, jz_statement_get_text (rows, 0), &file);
  }
  return FALSE;
}

/**
 * jz_trust_prepare_new_store:
 * @store: a store open for writing
 * @tables: derived tables
 * @store_id: the id that it gets
 * @ca_password: (nullable): the bureau key's own
 * @now: the time
 * @args: gets `store_certificate` and `store_keys`
 * @store_key: (out) (transfer full): the new store's key
 * @error: return location
 *
 * Makes the key and certificate under which a restored or copied store goes on, and wraps the key
 * for every person with a valid certificate, which needs none of their passwords.
 *
 * Returns: whether it was done
 */
gboolean
jz_trust_prepare_new_store (JzStore *store,
                            JzConnection *tables,
                            const char *store_id,
                            const char *ca_password,
                            JzInstant now,
                            JzJson *args,
                            JzKey **store_key,
                            GError **error)
{
  g_autoptr (JzKey) ca_key = NULL;
  g_autoptr (JzCertificate) ca = NULL;
  g_autoptr (JzKey) key = NULL;
  g_autoptr (JzCertificate) certificate = NULL;

  if (!jz_trust_open_ca (store, tables, ca_password, &ca_key, &ca, error))
    return FALSE;
  key = jz_key_generate (error);
  certificate = key != NULL ? jz_certificate_issue (key, store_id, ca_key, ca, now, error) : NULL;
  if (certificate == NULL ||
      !jz_trust_put_certificate (store, certificate, args, "store_certificate", error) ||
      !wrap_for_all (store, tables, key, args, error))
    return FALSE;
  *store_key = g_steal_pointer (&key);
  return TRUE;
}

/**
 * jz_apply_certificate:
 * @application: what apply works on
 * @argument: the argument that holds the certificate's object
 * @owner: whose it is
 * @kind: `ca`, `store` or `person`
 * @valid_to: the last day on which it signs
 * @error: return location
 *
 * Returns: whether the certificate is in force from this entry on
 */
gboolean
jz_apply_certificate (JzApplication *application,
                      const char *argument,
                      const char *owner,
                      const char *kind,
                      const char *valid_to,
                      GError **error)
{
  JzObject object;
  const JzJson *value = jz_json_get_member (application->args, argument);

  if (value == NULL || !jz_object_from_json (value, &object)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                 _ ("The entry lacks its argument %s."), argument);
    return FALSE;
  }
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO certificate (hash, owner, kind, issued, valid_to, closed, reason) "
    "VALUES (?, ?, ?, ?, ?, 0, '')",
    "httit", &object.hash, owner, kind, application->record->arrival, valid_to);
}

/**
 * jz_apply_close_certificates:
 * @application: what apply works on
 * @owner: whose certificates
 * @reason: why
 * @error: return location
 *
 * Closes an owner's certificates from this entry on; what they signed before stays good. The key
 * files that belong to them go as well.
 *
 * Returns: whether it was done
 */
gboolean
jz_apply_close_certificates (JzApplication *application,
                             const char *owner,
                             const char *reason,
                             GError **error)
{
  return jz_connection_run (
           application->tables, error,
           "UPDATE certificate SET closed = ?, reason = ? WHERE owner = ? AND closed = 0", "itt",
           application->record->arrival, reason, owner) &&
         jz_connection_run (application->tables, error, "DELETE FROM key_file WHERE owner = ?", "t",
                            owner);
}

/**
 * jz_apply_key_file:
 * @application: what apply works on
 * @hex: the file's hash
 * @kind: `ca`, `person` or `store`
 * @owner: whose
 * @error: return location
 *
 * Makes a file in keys/ the one of its kind that its owner uses.
 *
 * Returns: whether it was done
 */
gboolean
jz_apply_key_file (JzApplication *application,
                   const char *hex,
                   const char *kind,
                   const char *owner,
                   GError **error)
{
  JzHash hash;

  if (!jz_hash_from_hex (hex, &hash)) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                         _ ("The entry lacks a key file."));
    return FALSE;
  }
  return jz_connection_run (application->tables, error,
                            "DELETE FROM key_file WHERE owner = ? AND kind = ?", "tt", owner,
                            kind) &&
         jz_connection_run (application->tables, error,
                            "INSERT INTO key_file (hash, kind, owner, store) VALUES (?, ?, ?, ?)",
                            "httt", &hash, kind, owner, application->record->entry->store);
}
