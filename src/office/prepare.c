/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/prepare.h"

#include <glib/gi18n-lib.h>

#include "office/destruction.h"
#include "office/office-private.h"
#include "office/session.h"
#include "office/settings.h"
#include "office/situation.h"
#include "office/trust.h"
#include "store/error.h"
#include "store/keyring.h"

/**
 * jz_get_end_of_validity:
 * @tables: derived tables
 * @now: the time
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the last day of a certificate made now, by the setting
 *   `certificate.years`
 */
char *
jz_get_end_of_validity (JzConnection *tables, JzInstant now, GError **error)
{
  g_autofree char *years = NULL;
  char text[JZ_DATE_SIZE];

  if (!jz_tables_get_setting (tables, "certificate.years", &years, error))
    return NULL;
  if (years == NULL)
    years = g_strdup (jz_setting_find ("certificate.years")->otherwise);
  jz_date_format (
    jz_date_add_months (jz_instant_get_date (now), 12 * (int)g_ascii_strtoll (years, NULL, 10)),
    text);
  return g_strdup (text);
}

static gboolean
make_certificate (const JzPreparation *preparation,
                  JzConnection *tables,
                  JzJson *args,
                  GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzInstant now = jz_clock_now (jz_office_get_clock (preparation->office));

  if (jz_json_get_member (args, "valid_to") == NULL) {
    g_autofree char *valid_to = jz_get_end_of_validity (tables, now, error);
    if (valid_to == NULL)
      return FALSE;
    jz_json_set_text (args, "valid_to", valid_to);
  }
  return jz_preparation_open_authority (preparation, tables, error) &&
         jz_trust_add_key (store, jz_json_get_member_text (args, "person"),
                           preparation->new_password, preparation->authority->key,
                           preparation->authority->certificate,
                           jz_session_get_store_key (preparation->session), now, args, error);
}

/**
 * jz_prepare_certificate:
 * @preparation: with both passwords
 * @args: gets `valid_to`, `certificate`, `person_key`, `store_key`
 * @error: return location
 *
 * Makes a person's key and certificate.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_certificate (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *tables;
  gboolean is_done;

  /* Who is not named is missed when the arguments are checked. */
  if (jz_json_get_member (args, "certificate") != NULL ||
      jz_json_get_member_text (args, "person") == NULL)
    return TRUE;
  tables = jz_store_lease_reader (store, error);
  if (tables == NULL)
    return FALSE;
  is_done = make_certificate (preparation, tables, args, error);
  jz_store_return_reader (store, tables);
  return is_done;
}

static gboolean
take_new_key (const JzPreparation *preparation, const JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzObject object;
  JzHash file;
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (JzKey) key = NULL;
  g_autoptr (JzCertificate) certificate = NULL;

  if (!jz_object_from_json (jz_json_get_member (args, "certificate"), &object) ||
      !jz_hash_from_hex (jz_json_get_member_text (args, "person_key"), &file))
    g_assert_not_reached ();
  pem = jz_keyring_get (jz_store_get_path (store), &file, error);
  key = pem != NULL ? jz_key_from_pem (pem, preparation->new_password, error) : NULL;
  certificate = key != NULL
                  ? jz_trust_load_certificate (jz_store_get_objects (store), &object.hash, error)
                  : NULL;
  if (certificate != NULL)
    jz_session_set_brought (preparation->session, key, certificate);
  return certificate != NULL;
}

/**
 * jz_prepare_recovery:
 * @preparation: with both passwords
 * @args: see jz_prepare_certificate()
 * @error: return location
 *
 * Makes a person's key and certificate. Who makes them for himself, because nobody is left who
 * could propose it, signs with them at once; who confirms a proposal has signed in with them.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_recovery (const JzPreparation *preparation, JzJson *args, GError **error)
{
  gboolean was_made = jz_json_get_member (args, "certificate") != NULL;
  const char *person;

  if (!jz_prepare_certificate (preparation, args, error))
    return FALSE;
  person = jz_json_get_member_text (args, "person");
  return was_made || g_strcmp0 (person, jz_session_get_person (preparation->session)) != 0 ||
         take_new_key (preparation, args, error);
}

static gboolean
describe_predecessor (JzConnection *tables, JzJson *args, GError **error)
{
  g_auto (JzJournalTree) source = { 0 };
  g_autofree char *from = NULL;
  char hex[JZ_HASH_HEX_SIZE];
  JzTree tree;
  JzHash root, head;

  if (!jz_journal_get_current_store (tables, &from, error) ||
      !jz_journal_tree_init (&source, tables, from, &tree, error) ||
      !jz_tree_get_root (&tree, tree.size, &root, error) ||
      !tree.leaves (&source, tree.size - 1, 1, &head, error))
    return FALSE;
  jz_json_set_text (args, "from", from);
  jz_json_set_integer (args, "size", (gint64)tree.size);
  jz_hash_to_hex (&root, hex);
  jz_json_set_text (args, "root", hex);
  jz_hash_to_hex (&head, hex);
  jz_json_set_text (args, "head", hex);
  return TRUE;
}

/**
 * jz_fill_successor:
 * @store: a store open for writing
 * @tables: derived tables
 * @new_id: the id under which it goes on
 * @ca_password: (nullable): of the bureau's own key
 * @now: the time
 * @args: gets what names the old store, and the new store's certificate and keys
 * @store_key: (out) (transfer full): the new store's key
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_fill_successor (JzStore *store,
                   JzConnection *tables,
                   const char *new_id,
                   const char *ca_password,
                   JzInstant now,
                   JzJson *args,
                   JzKey **store_key,
                   GError **error)
{
  return describe_predecessor (tables, args, error) &&
         jz_trust_prepare_new_store (store, tables, new_id, ca_password, now, args, store_key,
                                     error);
}

/**
 * jz_prepare_successor:
 * @preparation: with the bureau key's password
 * @args: see jz_fill_successor()
 * @error: return location
 *
 * Prepares a copied store to go on under an id of its own.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_successor (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *tables = jz_store_lease_reader (store, error);
  JzKey *store_key = NULL;
  gboolean is_done;

  if (tables == NULL)
    return FALSE;
  jz_office_set_new_id (preparation->office, NULL);
  is_done = jz_fill_successor (store, tables, preparation->office->new_id, preparation->ca_password,
                               jz_clock_now (jz_office_get_clock (preparation->office)), args,
                               &store_key, error);
  jz_store_return_reader (store, tables);
  if (is_done)
    jz_session_take_store_key (preparation->session, store_key);
  return is_done;
}

static gboolean
need_new_password (const JzPreparation *preparation, GError **error)
{
  if (preparation->new_password != NULL && preparation->new_password[0] != '\0')
    return TRUE;
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                       _ ("The new password is missing; give it in a file."));
  return FALSE;
}

/**
 * jz_prepare_ca_password:
 * @preparation: with both passwords
 * @args: gets `ca_key`
 * @error: return location
 *
 * Keeps the bureau's own key under a new password.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_ca_password (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *tables;
  gboolean is_open;

  if (!need_new_password (preparation, error))
    return FALSE;
  tables = jz_store_lease_reader (store, error);
  if (tables == NULL)
    return FALSE;
  is_open = jz_preparation_open_authority (preparation, tables, error);
  jz_store_return_reader (store, tables);
  return is_open && jz_trust_put_key (store, preparation->authority->key, preparation->new_password,
                                      args, "ca_key", error);
}

/**
 * jz_prepare_password:
 * @preparation: with the new password
 * @args: gets `person_key`
 * @error: return location
 *
 * Keeps one's own key under a new password.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_password (const JzPreparation *preparation, JzJson *args, GError **error)
{
  if (!need_new_password (preparation, error))
    return FALSE;
  return jz_trust_put_key (jz_office_get_store (preparation->office),
                           jz_session_get_key (preparation->session), preparation->new_password,
                           args, "person_key", error);
}

/**
 * jz_prepare_sign_in:
 * @preparation: who signs in
 * @args: gets `wrong`
 * @error: return location
 *
 * Returns: %TRUE
 */
gboolean
jz_prepare_sign_in (const JzPreparation *preparation, JzJson *args, GError **error)
{
  jz_json_set_integer (args, "wrong", jz_session_get_n_wrong (preparation->session));
  return TRUE;
}

/**
 * jz_prepare_destruction:
 * @preparation: the office
 * @args: gets the list of entries and the residue
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_destruction (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  const char *case_id = jz_json_get_member_text (args, "case");
  JzConnection *reader;
  gboolean is_done;

  if (jz_json_get_member (args, "entries") != NULL || case_id == NULL)
    return TRUE;
  reader = jz_store_lease_reader (store, error);
  if (reader == NULL)
    return FALSE;
  is_done = jz_destruction_describe (reader, reader, case_id, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}
