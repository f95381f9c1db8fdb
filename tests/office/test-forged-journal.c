/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "forged.h"
#include "office/founding.h"

/* The journal written anew, and stores that stand in the place of another. */

/* The last entries are notes that nobody signed. */
#define N_TAIL 20

static JzJournalRecord *
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
  return g_strdup_printf ("checkpoint %s %" G_GINT64_FORMAT, forged_world.store,
                          forged_world.last_seq);
}

static char *
get_last_id (void)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, forged_world.store, forged_world.last_seq);
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
  forge_forget_checkpoints (forge, forged_world.last_seq - 1);
  forged_find_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

static void
forge_last_removed_but_not_its_checkpoint (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_set_size (records, (gint)records->len - 1);
  forge_write_unchained (forge, records);
  forged_find (verdict, JZ_FAULT_LOST, last, "not here");
  forged_hold (verdict, JZ_FAULT_LOST, last);
}

static void
forge_middle_removed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *next = get_id (records, 6);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write_unchained (forge, records);
  forged_find (verdict, JZ_FAULT_STRUCTURE, next, "number");
}

static void
forge_middle_removed_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  forge_forget_checkpoints (forge, forged_world.last_seq - N_TAIL);
  forged_find_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

/* Removed, and another one put at the end so that the number is right. */
static void
forge_middle_replaced_at_the_end (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  forged_append (forge,
                 &(ForgedEntry){ NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'补一笔'}" });
  forge_forget_checkpoints (forge, forged_world.last_seq - N_TAIL);
  forged_find_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
}

static void
forge_program (Forge *forge, Verdict *verdict, const char *program)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  JzEntry *entry = get_record (records, 0)->entry;
  g_autofree char *last = get_last_id ();

  g_free (entry->program);
  entry->program = g_strdup (program);
  forge_write (forge, records, records->len - 1, NULL);
  forged_find (verdict, JZ_FAULT_STRUCTURE, last, "column");
}

static void
forge_program_without_version (Forge *forge, Verdict *verdict)
{
  forge_program (forge, verdict, "juanzong ");
}

static void
forge_program_of_a_long_commit (Forge *forge, Verdict *verdict)
{
  forge_program (forge, verdict, "juanzong 0.1.0+0123456789abc");
}

static void
forge_swapped (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *first = get_id (records, 6);

  swap (records, 7);
  forge_write_unchained (forge, records);
  forged_find (verdict, JZ_FAULT_STRUCTURE, first, "number");
}

static void
forge_swapped_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  swap (records, 7);
  forge_write (forge, records, records->len - 8, NULL);
  forge_forget_checkpoints (forge, forged_world.last_seq - N_TAIL);
  forged_find_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
}

static void
forge_numbered_anew (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  for (guint i = 0; i < 5; i++) {
    JzJournalRecord *record = get_record (records, i);
    record->entry->seq++;
    jz_entry_get_hash (record->entry, &record->hash);
  }
  forge_write_unchained (forge, records);
  g_free (forge->last);
  forge->last = get_id (records, 4);
  forged_find (verdict, JZ_FAULT_STRUCTURE, forge->last, "number");
}

/* A note is changed, and every hash and chain behind it. */
static void
change_note (GPtrArray *records, guint from_end)
{
  g_autofree char *payload = forged_fill_in (
    "{\"args\":{\"case\":\"$OPEN\",\"happened\":\"2025-01-02\",\"text\":\"改过\"}}");

  forge_set_payload (get_record (records, from_end), payload);
}

static void
forge_payload_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *id = get_id (records, 9);

  change_note (records, 9);
  forge_write_unchained (forge, records);
  forged_find (verdict, JZ_FAULT_STRUCTURE, id, "payload");
}

static void
forge_payload_and_hash_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  JzJournalRecord *record = get_record (records, 9);
  g_autofree char *next = get_id (records, 8);

  change_note (records, 9);
  jz_payload_hash (g_bytes_get_data (record->salt, NULL), record->payload, strlen (record->payload),
                   &record->entry->payload_hash);
  jz_entry_get_hash (record->entry, &record->hash);
  forge_write_unchained (forge, records);
  forged_find (verdict, JZ_FAULT_STRUCTURE, next, "does not follow");
}

static void
forge_all_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *place = get_newest_place ();

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forged_find (verdict, JZ_FAULT_CHECKPOINT, place, "rewritten");
  forged_hold (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
}

static void
forge_all_changed_and_checkpoints_gone (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_forget_checkpoints (forge, forged_world.last_seq - N_TAIL);
  forged_find_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
}

/* Whoever is signed in can use the store's key. */
static void
forge_all_changed_and_checkpoints_signed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_sign_checkpoints (forge);
  forged_find_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
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
  forged_find (verdict, JZ_FAULT_SIGNATURE, first_signed, "does not belong to this entry");
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
  forged_find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
  forged_hold (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
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
  forged_find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
}

/* What somebody signed is altered by himself, with the same key. */
static void
forge_own_act_altered (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  g_autofree char *payload =
    forged_fill_in ("{\"args\":{\"person\":\"$HANDLER\",\"role\":\"head\"}}");

  g_assert_cmpstr (get_record (records, at)->entry->act, ==, "role.grant.propose");
  forge_set_payload (get_record (records, at), payload);
  forge_write (forge, records, records->len - 1 - at, "admin");
  forge_forget_checkpoints (forge, forged_world.last_seq - N_TAIL - 5);
  forged_find_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, forged_world.newest);
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
    { "program without version", forge_program_without_version },
    { "program of a long commit", forge_program_of_a_long_commit },
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

  forged_run (forgeries, G_N_ELEMENTS (forgeries));
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
  JzVerification verification = { .path = forged_world.path, .gate = ask_of_leaving };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = jz_verify (&verification, &error);
  sqlite3 *handle = tamper_open (forged_world.path);
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

/* Of notes alone, in no order and one of them twice. */
static gboolean
ask_of_notes (const JzSituation *situation,
              GPtrArray *rules,
              JzRefusal **refusal,
              gpointer data,
              GError **error)
{
  const char *text = jz_json_get_member_text (situation->args, "text");

  if (g_strcmp0 (text, "有规则") != 0)
    return TRUE;
  g_ptr_array_add (rules, g_strdup ("GT-2"));
  g_ptr_array_add (rules, g_strdup ("GT-1"));
  g_ptr_array_add (rules, g_strdup ("GT-2"));
  return TRUE;
}

/* An entry records each rule once and sorted, in whatever order they are asked. */
static void
test_rules_in_order (void)
{
  static const struct {
    const char *rules;
    gboolean is_right;
  } cases[] = {
    { "['GT-1','GT-2']", TRUE },
    { "['GT-1']", FALSE },
    { "['GT-2']", FALSE },
    { "['GT-1','GT-3']", FALSE },
    { "['GT-1','GT-2','GT-3']", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Forge) forge = { 0 };
    g_autofree char *payload =
      g_strdup_printf ("{'args':{'case':'$OPEN','text':'有规则'},'rules':%s}", cases[i].rules);
    JzVerification verification = { .gate = ask_of_notes };
    g_autoptr (GError) error = NULL;
    g_autoptr (JzReport) report = NULL;
    forge_init (&forge, &forged_world);
    forged_append (&forge, &(ForgedEntry){ NOTE, BY_HANDLER, .payload = payload });
    forge_close (&forge);
    verification.path = forge.path;
    report = jz_verify (&verification, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (report->faults->len, ==, cases[i].is_right ? 0 : 1);
    g_assert_cmpint (tamper_has (report, JZ_FAULT_RULE, forge.last), ==, !cases[i].is_right);
  }
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
  tamper_world_lend (&young);
  forge_init (&forge, &young);
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
  const char *const newest[] = { forged_world.newest, NULL };
  const char *const earlier[] = { forged_world.earlier, NULL };
  g_autofree char *last = get_last_id ();
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  tamper_assert_sound (forged_world.older, earlier);
  report = tamper_look (forged_world.older, newest, FALSE, &failure);
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
  g_autoptr (TamperCopy) path = g_build_filename (forged_world.office.folder, "anew", NULL);
  g_autofree char *earlier = forged_get_earlier_store ();
  const char *const against[] = { forged_world.earlier, NULL };
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
    .clock = forged_world.office.clock,
  };

  g_assert_true (jz_found_store (&founding, &error));
  g_assert_no_error (error);
  tamper_assert_sound (path, NULL);
  report = tamper_look (path, against, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (tamper_has (report, JZ_FAULT_CHECKPOINT, forged_world.earlier));
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

  test_office_at (&office, path, forged_world.office.clock);
  test_office_open (&office);
  g_assert_true (jz_store_settle_here (jz_office_get_store (office.office), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}",
                    forged_world.open_case, text);
  note = test_office_checkpoint (&office);
  tamper_file_replace (file, note, strlen (note));
  return file;
}

/* Two who both believe to be the store. */
static void
test_forks (void)
{
  g_autoptr (TamperCopy) one = tamper_copy (&forged_world, "one");
  g_autoptr (TamperCopy) two = tamper_copy (&forged_world, "two");
  g_autofree char *of_one = go_on (one, "甲地");
  g_autofree char *of_two = go_on (two, "乙地");
  const char *const by_one[] = { forged_world.newest, of_one, NULL };
  const char *const by_two[] = { forged_world.newest, of_two, NULL };
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
  static const ForgedTest tests[] = {
    { "/office/forged-journal/rewritten-journal", test_rewritten_journal },
    { "/office/forged-journal/rules-asked-again", test_rules_asked_again },
    { "/office/forged-journal/rules-in-order", test_rules_in_order },
    { "/office/forged-journal/never-accepted", test_never_accepted },
    { "/office/forged-journal/older-copy", test_older_copy },
    { "/office/forged-journal/founded-anew", test_founded_anew },
    { "/office/forged-journal/forks", test_forks },
  };

  return forged_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
