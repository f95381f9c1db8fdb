/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forged.h"
#include "office/prepare.h"
#include "office/trust.h"

/* Certificates, who issued them, and what was signed with them. */

typedef struct {
  JzKey *ca_key;
  JzCertificate *ca;
  JzKey *key;
  JzCertificate *certificate;
} Issued;

static void
issued_clear (Issued *issued)
{
  g_clear_pointer (&issued->ca_key, jz_key_unref);
  g_clear_pointer (&issued->ca, jz_certificate_unref);
  g_clear_pointer (&issued->key, jz_key_unref);
  g_clear_pointer (&issued->certificate, jz_certificate_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Issued, issued_clear)

static void
open_true_ca (Forge *forge, Issued *issued)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (jz_trust_open_ca (store, forge->connection, TEST_CA_PASSWORD, &issued->ca_key,
                                   &issued->ca, &error));
  g_assert_no_error (error);
}

static void
make_false_ca (Issued *issued, JzInstant now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (forged_world.store, "-ca", NULL);

  issued->ca_key = jz_key_generate (&error);
  g_assert_no_error (error);
  issued->ca = jz_certificate_issue (issued->ca_key, name, issued->ca_key, NULL, now, &error);
  g_assert_no_error (error);
}

/* Puts a certificate beside the others and returns how an act names it. */
static char *
put (Forge *forge, JzCertificate *certificate)
{
  GBytes *der = jz_certificate_get_der (certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);
  char hex[JZ_HASH_HEX_SIZE];
  JzObject object;

  g_assert_no_error (error);
  g_assert_true (jz_objects_put_bytes (jz_store_get_objects (store), der, &object, &error));
  g_assert_no_error (error);
  jz_hash_to_hex (&object.hash, hex);
  return g_strdup_printf ("{'object':'%s','size':%" G_GUINT64_FORMAT "}", hex, object.size);
}

static void
issue (Forge *forge, Issued *issued, const char *common_name)
{
  g_autofree char *name = forged_fill_in (common_name);
  g_autoptr (GError) error = NULL;

  issued->key = jz_key_generate (&error);
  g_assert_no_error (error);
  issued->certificate =
    jz_certificate_issue (issued->key, name, issued->ca_key, issued->ca, forge->now, &error);
  g_assert_no_error (error);
}

/* By the administrator and the head, as it must be. The key files are those that the person has. */
static void
bring_into_force (Forge *forge, JzCertificate *certificate)
{
  g_autofree char *object = put (forge, certificate);
  g_autofree char *person = forged_fill_in ("$REVIEWER");
  sqlite3 *handle = jz_connection_get_handle (forge->connection);
  g_autofree char *key = tamper_get (
    handle, "SELECT lower (hex (hash)) FROM key_file WHERE owner = '%s' AND kind = 'person'",
    person);
  g_autofree char *store_key = tamper_get (
    handle, "SELECT lower (hex (hash)) FROM key_file WHERE owner = '%s' AND kind = 'store'",
    person);
  g_autofree char *begin =
    g_strdup_printf ("{'certificate':%s,'person':'%s','person_key':'%s',", object, person, key);
  g_autofree char *end =
    g_strdup_printf ("'reason':'replaced','store_key':'%s','valid_to':'2029-01-01'}", store_key);
  g_autofree char *proposed = g_strconcat (begin, end, NULL);
  g_autofree char *confirmed = NULL;

  forged_append (forge, &(ForgedEntry){ .act = "certificate.issue.propose",
                                        .case_id = "bureau",
                                        BY_ADMIN,
                                        .signed_by = "admin",
                                        .args = proposed });
  confirmed = g_strdup_printf ("%s'proposal':'%s',%s", begin, forge->last_hash, end);
  forged_append (forge, &(ForgedEntry){ .act = "certificate.issue",
                                        .case_id = "bureau",
                                        .who = "head",
                                        .role = "head",
                                        .signed_by = "head",
                                        .args = confirmed });
}

static void
forge_right_certificate (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$REVIEWER");
  bring_into_force (forge, issued.certificate);
  verdict->is_unseen = TRUE;
}

static void
forge_certificate_of_false_ca (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  issue (forge, &issued, "$REVIEWER");
  bring_into_force (forge, issued.certificate);
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_of_another_name (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$HANDLER");
  bring_into_force (forge, issued.certificate);
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_that_is_the_ca (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  bring_into_force (forge, issued.ca);
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

/* The bureau's own key made it, but no act of two brought it into force. */
static void
forge_certificate_never_issued (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };
  g_autofree char *object = NULL;

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$ADMIN");
  object = put (forge, issued.certificate);
  forged_append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                        .certificate = issued.certificate });
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "J-CERTIFICATE");
}

static void
forge_certificate_that_nobody_has (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  issue (forge, &issued, "$ADMIN");
  forged_append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                        .certificate = issued.certificate });
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "missing");
}

/* A key that does not belong to the certificate that the entry names. */
static void
forge_signature_by_another_key (Forge *forge, Verdict *verdict)
{
  JzSession *admin = forge_get_signer (forge, "admin");
  JzSession *head = forge_get_signer (forge, "head");

  forged_append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = jz_session_get_key (head),
                                        .certificate = jz_session_get_certificate (admin) });
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "does not belong to this entry");
}

/* Goes on under a new store id; @is_false puts a certificate in that the bureau did not issue. */
static void
copy_store (Forge *forge, const char *new_id, gboolean is_false)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);
  g_auto (Issued) issued = { NULL };
  g_autoptr (JzKey) store_key = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  jz_json_set_text (args, "reason", "另立");
  g_assert_true (jz_fill_successor (store, forge->connection, new_id, TEST_CA_PASSWORD, forge->now,
                                    args, &store_key, &error));
  g_assert_no_error (error);
  if (is_false) {
    g_autofree char *object = NULL;
    make_false_ca (&issued, forge->now);
    issue (forge, &issued, new_id);
    object = put (forge, issued.certificate);
    jz_json_set_member (args, "store_certificate", test_json (object));
  }
  text = jz_json_to_canonical (args, NULL);
  forged_append (forge, &(ForgedEntry){ .act = "store.copied",
                                        .case_id = "bureau",
                                        BY_ADMIN,
                                        .signed_by = "admin",
                                        .store = new_id,
                                        .args = text });
}

static void
forge_right_copy (Forge *forge, Verdict *verdict)
{
  copy_store (forge, "0123456789abcdef", FALSE);
  verdict->is_unseen = TRUE;
}

static void
forge_store_certificate_of_false_ca (Forge *forge, Verdict *verdict)
{
  copy_store (forge, "0123456789abcdef", TRUE);
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

/* Somebody without any key founds a store of his own at the end of ours, with a bureau's key that
 * is his, and would be its administrator from then on. */
static void
forge_second_founding (Forge *forge, Verdict *verdict)
{
  static const char new_id[] = "0123456789abcdef";
  g_auto (Issued) person = { NULL };
  g_auto (Issued) store = { NULL };
  g_autofree char *ca = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *store_certificate = NULL;
  g_autofree char *args = NULL;

  make_false_ca (&person, forge->now);
  issue (forge, &person, "0123456789abcdef-1-1");
  store.ca_key = jz_key_ref (person.ca_key);
  store.ca = jz_certificate_ref (person.ca);
  issue (forge, &store, new_id);
  ca = put (forge, person.ca);
  certificate = put (forge, person.certificate);
  store_certificate = put (forge, store.certificate);
  args = g_strdup_printf (
    "{'bureau':'某局','ca':%s,'ca_key':'" NO_HASH "','certificate':%s,'name':'李某','person_key':"
    "'10112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','store_certificate':%s,"
    "'store_key':'20112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','user':'"
    "intruder',"
    "'valid_to':'2029-01-01'}",
    ca, certificate, store_certificate);
  forged_append (forge, &(ForgedEntry){ .act = "store.init",
                                        .case_id = "bureau",
                                        .actor = "0123456789abcdef-1-1",
                                        .role = "administrator",
                                        .store = new_id,
                                        .key = person.key,
                                        .certificate = person.certificate,
                                        .args = args });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "founded once");
}

static void
test_certificates (void)
{
  static const Forgery forgeries[] = {
    { "right certificate", forge_right_certificate },
    { "certificate of a false CA", forge_certificate_of_false_ca },
    { "certificate of another name", forge_certificate_of_another_name },
    { "certificate that is a CA", forge_certificate_that_is_the_ca },
    { "certificate never issued", forge_certificate_never_issued },
    { "certificate that nobody has", forge_certificate_that_nobody_has },
    { "signature by another key", forge_signature_by_another_key },
    { "right copy", forge_right_copy },
    { "store certificate of a false CA", forge_store_certificate_of_false_ca },
    { "second founding", forge_second_founding },
  };

  forged_run (forgeries, G_N_ELEMENTS (forgeries));
}

/* What was signed while a certificate was good stays good when it is revoked, replaced or closed.
 */
static void
test_old_signatures (void)
{
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = tamper_look (forged_world.path, NULL, FALSE, &failure);
  sqlite3 *handle = tamper_open (forged_world.path);
  g_autofree char *n_signed = tamper_get (handle, "SELECT count (*) FROM entry WHERE length (sig)");
  g_autofree char *n_ended =
    tamper_get (handle, "SELECT count (DISTINCT cert) FROM entry JOIN certificate ON cert = "
                        "certificate.hash WHERE closed > 0");

  tamper_close (handle);
  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (report->n_signatures, ==, g_ascii_strtoull (n_signed, NULL, 10));
  g_assert_cmpint (g_ascii_strtoll (n_ended, NULL, 10), >=, 4);
}

int
main (int argc, char **argv)
{
  static const ForgedTest tests[] = {
    { "/office/forged-certificates/certificates", test_certificates },
    { "/office/forged-certificates/old-signatures", test_old_signatures },
  };

  return forged_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
