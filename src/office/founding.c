/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/founding.h"

#include <glib/gi18n-lib.h>

#include "office/checkpoints.h"
#include "office/making.h"
#include "office/office-private.h"
#include "office/prepare.h"
#include "office/session.h"
#include "office/trust.h"
#include "store/error.h"
#include "store/files.h"
#include "store/keyring.h"

/* Founding a store: keys, certificates and the first entry, all under a temporary name beside the
 * final one, so that an interrupted init leaves no half store. */

/* The demo office begins on this day (design §1, "Time"). */
#define DEMO_BEGIN "2025-01-02T09:00:00.000+08:00"

typedef struct {
  JzKey *ca_key;
  JzCertificate *ca;
  JzKey *store_key;
  JzCertificate *store_certificate;
} Keys;

static void
keys_clear (Keys *keys)
{
  g_clear_pointer (&keys->ca_key, jz_key_unref);
  g_clear_pointer (&keys->ca, jz_certificate_unref);
  g_clear_pointer (&keys->store_key, jz_key_unref);
  g_clear_pointer (&keys->store_certificate, jz_certificate_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static gboolean
make_keys (Keys *keys, const char *store_id, JzInstant now, GError **error)
{
  g_autofree char *ca_name = g_strdup_printf ("%s-ca", store_id);

  keys->ca_key = jz_key_generate (error);
  keys->ca = keys->ca_key != NULL
               ? jz_certificate_issue (keys->ca_key, ca_name, keys->ca_key, NULL, now, error)
               : NULL;
  keys->store_key = keys->ca != NULL ? jz_key_generate (error) : NULL;
  keys->store_certificate =
    keys->store_key != NULL
      ? jz_certificate_issue (keys->store_key, store_id, keys->ca_key, keys->ca, now, error)
      : NULL;
  return keys->store_certificate != NULL;
}

static JzJson *
make_arguments (JzStore *store,
                const JzFounding *founding,
                const Keys *keys,
                const char *person,
                JzInstant now,
                GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  JzConnection *reader = jz_store_lease_reader (store, error);
  g_autofree char *valid_to = reader != NULL ? jz_get_end_of_validity (reader, now, error) : NULL;

  if (reader != NULL)
    jz_store_return_reader (store, reader);
  if (valid_to == NULL)
    return NULL;
  jz_json_set_text (args, "bureau", founding->bureau);
  jz_json_set_text (args, "user", founding->user);
  jz_json_set_text (args, "name", founding->name != NULL ? founding->name : founding->user);
  jz_json_set_text (args, "valid_to", valid_to);
  if (founding->is_demo)
    jz_json_set_boolean (args, "demo", TRUE);
  if (!jz_trust_put_certificate (store, keys->ca, args, "ca", error) ||
      !jz_trust_put_certificate (store, keys->store_certificate, args, "store_certificate",
                                 error) ||
      !jz_trust_put_key (store, keys->ca_key, founding->ca_password, args, "ca_key", error) ||
      !jz_trust_add_key (store, person, founding->password, keys->ca_key, keys->ca, keys->store_key,
                         now, args, error))
    return NULL;
  return g_steal_pointer (&args);
}

static JzSession *
make_session (JzStore *store,
              const JzFounding *founding,
              const Keys *keys,
              const char *person,
              const JzJson *args,
              GError **error)
{
  JzObject object;
  g_autoptr (JzCertificate) certificate = NULL;
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (JzKey) key = NULL;
  JzHash file;

  if (!jz_object_from_json (jz_json_get_member (args, "certificate"), &object) ||
      !jz_hash_from_hex (jz_json_get_member_text (args, "person_key"), &file))
    g_assert_not_reached ();
  certificate = jz_trust_load_certificate (jz_store_get_objects (store), &object.hash, error);
  pem = certificate != NULL ? jz_keyring_get (jz_store_get_path (store), &file, error) : NULL;
  key = pem != NULL ? jz_key_from_pem (pem, founding->password, error) : NULL;
  return key != NULL ? jz_session_new (founding->user, person, key, certificate, keys->store_key)
                     : NULL;
}

static gboolean
perform_founding (JzOffice *office, JzSession *session, const JzJson *args, GError **error)
{
  const JzJson *all[] = { args };
  JzRequest request = { .session = session,
                        .role = "administrator",
                        .act = "store.init",
                        .args = all,
                        .n_args = 1,
                        .by_own_means = TRUE };
  g_autoptr (JzActOutcome) outcome = NULL;

  if (!jz_office_perform (office, &request, &outcome, error))
    return FALSE;
  if (outcome->refusal == NULL)
    return jz_store_settle_here (jz_office_get_store (office), error) &&
           jz_office_issue_checkpoint (office, session, NULL, error);
  g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                       jz_refusal_get_sentence (outcome->refusal));
  return FALSE;
}

static JzClock *
get_clock (const JzFounding *founding)
{
  JzInstant begin = 0;

  if (founding->clock != NULL)
    return jz_clock_ref (founding->clock);
  if (!founding->is_demo)
    return jz_clock_new_system ();
  if (!jz_instant_parse (DEMO_BEGIN, &begin, NULL))
    g_assert_not_reached ();
  return jz_clock_new_set (begin);
}

/**
 * jz_found_in:
 * @founding: what is needed; its path does not matter
 * @folder: an empty folder that is being made
 * @error: return location
 *
 * Founds a store where a name of its own is still to come.
 *
 * Returns: whether the store is in @folder; something may be in it also when not
 */
gboolean
jz_found_in (const JzFounding *founding, const char *folder, GError **error)
{
  g_autoptr (JzClock) clock = get_clock (founding);
  JzInstant now = jz_clock_now (clock);
  g_autoptr (JzOffice) office = NULL;
  g_autoptr (JzSession) session = NULL;
  g_autoptr (JzJson) args = NULL;
  g_autofree char *person = NULL;
  g_auto (Keys) keys = { 0 };

  if (!jz_store_make (folder, error))
    return FALSE;
  office = jz_office_open (folder, JZ_STORE_WRITE, clock, error);
  if (office == NULL)
    return FALSE;
  jz_office_set_new_id (office, founding->store_id);
  person = g_strdup_printf ("%s-1-1", office->new_id);
  if (!make_keys (&keys, office->new_id, now, error))
    return FALSE;
  args = make_arguments (office->store, founding, &keys, person, now, error);
  session =
    args != NULL ? make_session (office->store, founding, &keys, person, args, error) : NULL;
  return session != NULL && perform_founding (office, session, args, error);
}

/**
 * jz_found_store:
 * @founding: what is needed
 * @error: return location
 *
 * Founds a store: its first entry `store.init` carries the administrator's, the bureau's and the
 * store's certificates (format §3).
 *
 * Returns: whether there is a store at the path now; nothing is there when not
 */
gboolean
jz_found_store (const JzFounding *founding, GError **error)
{
  g_autoptr (JzMaking) making = NULL;

  if (g_file_test (founding->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), founding->path);
    return FALSE;
  }
  /* Before anything is made: one that is refused leaves nothing. */
  if (!jz_folder_refuse_network (founding->path, error))
    return FALSE;
  making = jz_making_begin (founding->path, error);
  return making != NULL && jz_found_in (founding, jz_making_get_folder (making), error) &&
         jz_making_finish (making, founding->warnings, error);
}
