/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forged-acts.h"

/* The object is one, its list of partial checksums that of another of as many pieces. */
static void
forge_list_of_another_object (Forge *forge, Verdict *verdict)
{
  g_autofree char *object = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  g_autofree char *other = NULL;
  g_autofree char *other_size = NULL;
  g_autofree char *other_list = NULL;
  g_autofree char *args = NULL;
  g_autofree char *attachment = NULL;

  get_attachment (forge, 1, &object, &size, &list);
  get_attachment (forge, 2, &other, &other_size, &other_list);
  g_assert_cmpstr (other_list, !=, list);
  args =
    g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'chunks':'%s','object':'%s','size':%s}}",
                     other_list, object, size);
  append (forge,
          &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  attachment = g_strconcat (forge->last, "-1", NULL);
  find (verdict, JZ_FAULT_OBJECT, attachment, "that of another file");
}

static void
test_altered_program_in_steps (void)
{
  static const Forgery forgeries[] = {
    { "right proposal", forge_right_proposal },
    { "other arguments than proposed", forge_other_arguments },
    { "proposal of eight days ago", forge_old_proposal },
    { "proposal carried out already", forge_used_proposal },
    { "one's own proposal", forge_same_person },
    { "proposal of another act", forge_proposal_of_another_act },
    { "duties that exclude each other", forge_duties_that_exclude_each_other },
    { "rulebook that nobody adopted", forge_rulebook },
    { "store id given up", forge_given_up_id },
    { "store without beginning", forge_store_without_beginning },
    { "closed case destroyed", forge_destruction_of_a_closed_case },
    { "destruction without signature", forge_destruction_without_signature },
    { "size of an object", forge_size_of_object },
    { "object that is not there", forge_object_that_is_not_there },
    { "list of another object", forge_list_of_another_object },
  };

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* Certificates and who issued them. */

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
  g_autofree char *name = g_strconcat (world.store, "-ca", NULL);

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
  g_autofree char *name = fill_in (common_name);
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
  g_autofree char *person = fill_in ("$REVIEWER");
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

  append (forge, &(ForgedEntry){ .act = "certificate.issue.propose",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = proposed });
  confirmed = g_strdup_printf ("%s'proposal':'%s',%s", begin, forge->last_hash, end);
  append (forge, &(ForgedEntry){ .act = "certificate.issue",
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
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_of_another_name (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$HANDLER");
  bring_into_force (forge, issued.certificate);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_that_is_the_ca (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  bring_into_force (forge, issued.ca);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
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
  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                 .certificate = issued.certificate });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "J-CERTIFICATE");
}

static void
forge_certificate_that_nobody_has (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  issue (forge, &issued, "$ADMIN");
  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                 .certificate = issued.certificate });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "missing");
}

/* A key that does not belong to the certificate that the entry names. */
static void
forge_signature_by_another_key (Forge *forge, Verdict *verdict)
{
  JzSession *admin = forge_get_signer (forge, "admin");
  JzSession *head = forge_get_signer (forge, "head");

  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = jz_session_get_key (head),
                                 .certificate = jz_session_get_certificate (admin) });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "does not belong to this entry");
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
  append (forge, &(ForgedEntry){ .act = "store.copied",
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
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
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
  append (forge, &(ForgedEntry){ .act = "store.init",
                                 .case_id = "bureau",
                                 .actor = "0123456789abcdef-1-1",
                                 .role = "administrator",
                                 .store = new_id,
                                 .key = person.key,
                                 .certificate = person.certificate,
                                 .args = args });
  find (verdict, JZ_FAULT_RULE, forge->last, "founded once");
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

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* What was signed while a certificate was good stays good when it is revoked, replaced or closed.
 */
static void
test_old_signatures (void)
{
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = tamper_look (world.path, NULL, FALSE, &failure);
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *n_signed = tamper_get (handle, "SELECT count (*) FROM entry WHERE length (sig)");
  g_autofree char *n_ended =
    tamper_get (handle, "SELECT count (DISTINCT cert) FROM entry JOIN certificate ON cert = "
                        "certificate.hash WHERE closed > 0");

  tamper_close (handle);
  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (report->n_signatures, ==, g_ascii_strtoull (n_signed, NULL, 10));
  g_assert_cmpint (g_ascii_strtoll (n_ended, NULL, 10), >=, 4);
}

/* The journal written anew. */

/* The last entries are notes that nobody signed. */
#define N_TAIL 20

static JzRecord *
get_record (GPtrArray *records, guint from_end)
{
  return g_ptr_array_index (records, records->len - 1 - from_end);
}

static char *
get_id (GPtrArray *records, guint from_end)
{
  return jz_entry_get_id (get_record (records, from_end)->entry);
}

static char *
get_newest_place (void)
{
  return g_strdup_printf ("checkpoint %s %" G_GINT64_FORMAT, world.store, world.last_seq);
}

static char *
get_last_id (void)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, world.store, world.last_seq);
}

static void
swap (GPtrArray *records, guint from_end)
{
  gpointer *place = &records->pdata[records->len - 1 - from_end];
  gpointer other = place[1];

  place[1] = place[0];
  place[0] = other;
}

static void
forge_nothing (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  forge_write (forge, records, records->len - N_TAIL, NULL);
  verdict->is_unseen = TRUE;
}

static void
forge_last_removed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_set_size (records, (gint)records->len - 1);
  forge_write_unchained (forge, records);
  forge_forget_checkpoints (forge, world.last_seq - 1);
  find_only_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

static void
forge_last_removed_but_not_its_checkpoint (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_set_size (records, (gint)records->len - 1);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_LOST, last, "not here");
  hold (verdict, JZ_FAULT_LOST, last);
}

static void
forge_middle_removed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *next = get_id (records, 6);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, next, "number");
}

static void
forge_middle_removed_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

/* Removed, and another one put at the end so that the number is right. */
static void
forge_middle_replaced_at_the_end (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'补一笔'}" });
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_swapped (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *first = get_id (records, 6);

  swap (records, 7);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, first, "number");
}

static void
forge_swapped_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  swap (records, 7);
  forge_write (forge, records, records->len - 8, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_numbered_anew (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  for (guint i = 0; i < 5; i++) {
    JzRecord *record = get_record (records, i);
    record->entry->seq++;
    jz_entry_get_hash (record->entry, &record->hash);
  }
  forge_write_unchained (forge, records);
  g_free (forge->last);
  forge->last = get_id (records, 4);
  find (verdict, JZ_FAULT_STRUCTURE, forge->last, "number");
}

/* A note is changed, and every hash and chain behind it. */
static void
change_note (GPtrArray *records, guint from_end)
{
  g_autofree char *payload =
    fill_in ("{\"args\":{\"case\":\"$OPEN\",\"happened\":\"2025-01-02\",\"text\":\"改过\"}}");

  forge_set_payload (get_record (records, from_end), payload);
}

static void
forge_payload_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *id = get_id (records, 9);

  change_note (records, 9);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, id, "payload");
}

static void
forge_payload_and_hash_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  JzRecord *record = get_record (records, 9);
  g_autofree char *next = get_id (records, 8);

  change_note (records, 9);
  jz_payload_hash (g_bytes_get_data (record->salt, NULL), record->payload, strlen (record->payload),
                   &record->entry->payload_hash);
  jz_entry_get_hash (record->entry, &record->hash);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, next, "does not follow");
}

static void
forge_all_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *place = get_newest_place ();

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  find (verdict, JZ_FAULT_CHECKPOINT, place, "rewritten");
  hold (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_all_changed_and_checkpoints_gone (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

/* Whoever is signed in can use the store's key. */
static void
forge_all_changed_and_checkpoints_signed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_sign_checkpoints (forge);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

/* How many entries stand behind the last signed one. */
static guint
find_last_signed (GPtrArray *records)
{
  guint from_end = 0;

  while (get_record (records, from_end)->entry->sig == NULL)
    from_end++;
  return from_end;
}

/* Behind what is changed somebody has signed. */
static void
forge_all_changed_before_a_signature (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint signed_at = find_last_signed (records);
  guint before = signed_at + 1;
  g_autofree char *first_signed = NULL;

  while (get_record (records, before)->entry->sig != NULL)
    before++;
  first_signed = get_id (records, before - 1);
  change_note (records, before);
  forge_write (forge, records, records->len - 1 - before, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, first_signed, "does not belong to this entry");
}

static void
forge_signature_stripped (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  JzEntry *entry = get_record (records, at)->entry;
  g_autofree char *id = jz_entry_get_id (entry);

  entry->cert.is_present = FALSE;
  g_clear_pointer (&entry->sig, g_bytes_unref);
  forge_write (forge, records, records->len - 1 - at, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
  hold (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_signed_by_another (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  JzSession *handler = forge_get_signer (forge, "handler");
  JzEntry *entry = get_record (records, at)->entry;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *id = jz_entry_get_id (entry);

  entry->cert.hash = *jz_certificate_get_hash (jz_session_get_certificate (handler));
  body = jz_entry_get_body (entry);
  g_bytes_unref (entry->sig);
  entry->sig = jz_key_sign (jz_session_get_key (handler), g_bytes_get_data (body, NULL),
                            g_bytes_get_size (body), NULL);
  forge_write (forge, records, records->len - 1 - at, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
}

/* What somebody signed is altered by himself, with the same key. */
static void
forge_own_act_altered (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  g_autofree char *payload = fill_in ("{\"args\":{\"person\":\"$HANDLER\",\"role\":\"head\"}}");

  g_assert_cmpstr (get_record (records, at)->entry->act, ==, "role.grant.propose");
  forge_set_payload (get_record (records, at), payload);
  forge_write (forge, records, records->len - 1 - at, "admin");
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL - 5);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
test_rewritten_journal (void)
{
  static const Forgery forgeries[] = {
    { "nothing", forge_nothing },
    { "last removed", forge_last_removed },
    { "last removed, its checkpoint kept", forge_last_removed_but_not_its_checkpoint },
    { "middle removed", forge_middle_removed },
    { "middle removed and chained", forge_middle_removed_and_chained },
    { "middle removed, one put at the end", forge_middle_replaced_at_the_end },
    { "swapped", forge_swapped },
    { "swapped and chained", forge_swapped_and_chained },
    { "numbered anew", forge_numbered_anew },
    { "payload changed", forge_payload_changed },
    { "payload and its hashes changed", forge_payload_and_hash_changed },
    { "all changed", forge_all_changed },
    { "all changed, checkpoints gone", forge_all_changed_and_checkpoints_gone },
    { "all changed, checkpoints signed anew", forge_all_changed_and_checkpoints_signed },
    { "all changed before a signature", forge_all_changed_before_a_signature },
    { "signature stripped", forge_signature_stripped },
    { "signed by another", forge_signed_by_another },
    { "own act altered", forge_own_act_altered },
  };

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* A rule that refuses one act and is to be asked of another. */
static gboolean
ask_of_leaving (const JzSituation *situation,
                GPtrArray *rules,
                JzRefusal **refusal,
                gpointer data,
                GError **error)
{
  if (strcmp (situation->act->name, "person.leave") == 0)
    *refusal = jz_refusal_new ("GT-1", JZ_REFUSAL_BLOCK, "Nobody leaves.", NULL, NULL);
  if (strcmp (situation->act->name, "case.take_over") == 0)
    g_ptr_array_add (rules, g_strdup ("GT-2"));
  return TRUE;
}

/* Every entry is asked again with the rules, too: also what was let through, and what was not
 * asked. */
static void
test_rules_asked_again (void)
{
  JzVerification verification = { .path = world.path, .gate = ask_of_leaving };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = jz_verify (&verification, &error);
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *left =
    tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE act = 'person.leave'");
  g_autofree char *taken =
    tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE act = 'case.take_over'");

  tamper_close (handle);
  g_assert_no_error (error);
  g_assert_cmpuint (report->faults->len, ==, 2);
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, left));
  g_assert_true (tamper_says (report, JZ_FAULT_RULE, "GT-1"));
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, taken));
}

/* Six hundred entries do not make a store that a second person has accepted. */
static void
test_never_accepted (void)
{
  TamperWorld young = { .path = NULL };
  g_auto (Forge) forge = { 0 };
  g_autoptr (JzReport) report = NULL;
  g_autofree char *failure = NULL;
  g_autofree char *args = NULL;
  JzSession *admin;

  test_office_found (&young.office);
  admin = test_office_sign_in (&young.office, "admin");
  young.signers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_session_close);
  g_hash_table_insert (young.signers, g_strdup ("admin"),
                       jz_session_new ("admin", jz_session_get_person (admin),
                                       jz_session_get_key (admin),
                                       jz_session_get_certificate (admin), NULL));
  young.store = g_strdup (jz_office_get_store_id (young.office.office));
  young.path = g_strdup (young.office.path);
  args = g_strdup_printf ("{'name':'李某','person':'%s-1-1'}", young.store);
  test_office_close (&young.office);
  forge_init (&forge, &young, "young");
  for (guint i = 0; i < 600; i++)
    forge_append (&forge, &(ForgedEntry){ BY_ADMIN, .act = "person.change", .case_id = "bureau",
                                          .args = args });
  tamper_assert_sound (forge.path, NULL);
  forge_append (&forge, &(ForgedEntry){ SETTING, BY_ADMIN, .signed_by = "admin" });
  report = tamper_look (forge.path, NULL, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, forge.last));
  g_assert_true (tamper_says (report, JZ_FAULT_RULE, "J-ACCEPT"));
  forge_clear (&forge);
  tamper_world_clear (&young);
}

static void
test_older_copy (void)
{
  const char *const newest[] = { world.newest, NULL };
  const char *const earlier[] = { world.earlier, NULL };
  g_autofree char *last = get_last_id ();
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  tamper_assert_sound (world.older, earlier);
  report = tamper_look (world.older, newest, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, >, N_TAIL);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_assert_cmpint (fault->kind, ==, JZ_FAULT_LOST);
  }
  g_assert_true (tamper_has (report, JZ_FAULT_LOST, last));
}

/* A store of the same id, founded anew with other keys. */
static void
test_founded_anew (void)
{
  g_autoptr (TamperCopy) path = g_build_filename (world.office.folder, "anew", NULL);
  g_autofree char *earlier = get_earlier_store ();
  const char *const against[] = { world.earlier, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;
  JzFounding founding = {
    .path = path,
    .bureau = "某某市城市管理行政执法局",
    .user = "admin",
    .name = "管某",
    .password = TEST_PASSWORD,
    .ca_password = TEST_CA_PASSWORD,
    .is_demo = TRUE,
    .store_id = earlier,
    .clock = world.office.clock,
  };

  g_assert_true (jz_found_store (&founding, &error));
  g_assert_no_error (error);
  tamper_assert_sound (path, NULL);
  report = tamper_look (path, against, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (tamper_has (report, JZ_FAULT_CHECKPOINT, world.earlier));
  g_assert_true (tamper_says (report, JZ_FAULT_CHECKPOINT, "another key"));
}

/* Goes on in a copy and returns the file with its checkpoint. */
static char *
go_on (const char *path, const char *text)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  char *file = g_strconcat (path, ".checkpoint", NULL);

  test_office_at (&office, path, world.office.clock);
  test_office_open (&office);
  g_assert_true (jz_store_settle_here (jz_office_get_store (office.office), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", world.open_case,
                    text);
  note = test_office_checkpoint (&office);
  tamper_file_replace (file, note, strlen (note));
  return file;
}

/* Two who both believe to be the store. */
static void
test_forks (void)
{
  g_autoptr (TamperCopy) one = tamper_copy (&world, "one");
  g_autoptr (TamperCopy) two = tamper_copy (&world, "two");
  g_autofree char *of_one = go_on (one, "甲地");
  g_autofree char *of_two = go_on (two, "乙地");
  const char *const by_one[] = { world.newest, of_one, NULL };
  const char *const by_two[] = { world.newest, of_two, NULL };
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) first = NULL;
  g_autoptr (JzReport) second = NULL;

  tamper_assert_sound (one, by_one);
  tamper_assert_sound (two, by_two);
  first = tamper_look (one, by_two, FALSE, &failure);
  second = tamper_look (two, by_one, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (first->faults->len, ==, 1);
  g_assert_cmpuint (second->faults->len, ==, 1);
  g_assert_true (tamper_has (first, JZ_FAULT_CHECKPOINT, of_two));
  g_assert_true (tamper_has (second, JZ_FAULT_CHECKPOINT, of_one));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/forgery/altered-program", test_altered_program);
  g_test_add_func ("/office/forgery/altered-program-in-steps", test_altered_program_in_steps);
  g_test_add_func ("/office/forgery/certificates", test_certificates);
  g_test_add_func ("/office/forgery/old-signatures", test_old_signatures);
  g_test_add_func ("/office/forgery/rewritten-journal", test_rewritten_journal);
  g_test_add_func ("/office/forgery/rules-asked-again", test_rules_asked_again);
  g_test_add_func ("/office/forgery/never-accepted", test_never_accepted);
  g_test_add_func ("/office/forgery/older-copy", test_older_copy);
  g_test_add_func ("/office/forgery/founded-anew", test_founded_anew);
  g_test_add_func ("/office/forgery/forks", test_forks);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
