/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "demo-fixture.h"
#include "paper-fixture.h"
#include "base/identity_code.h"
#include "office/demo-private.h"
#include "office/error.h"
#include "store/error.h"

#include "../store/folder.h"

/* The demo office: the same seed gives the same office, everything in it came about by acts that
 * verify finds right, and it shows every act, stage and role there is. */

#define N_CASES 40

static char *folder;

static char *
make_demo (const char *name, guint n_cases, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);
  JzDemo demo = { .path = path, .n_cases = n_cases, .seed = seed };
  gint64 begin = g_get_monotonic_time ();

  g_assert_true (jz_demo_make (&demo, &error));
  g_assert_no_error (error);
  g_test_message ("%u cases took %d ms", n_cases,
                  (int)((g_get_monotonic_time () - begin) / G_TIME_SPAN_MILLISECOND));
  return path;
}

/* That of most tests; its keys take seconds, so it is made once. */
static const char *
get_demo (void)
{
  static char *path = NULL;

  if (path == NULL)
    path = make_demo ("demo", N_CASES, 1);
  return path;
}

/* A dump is too long for a message. */
static void
assert_same (const char *first, const char *second)
{
  g_auto (GStrv) a = g_strsplit (first, "\n", -1);
  g_auto (GStrv) b = g_strsplit (second, "\n", -1);

  for (gsize i = 0; a[i] != NULL && b[i] != NULL; i++)
    if (strcmp (a[i], b[i]) != 0)
      g_error ("%s is not %s", a[i], b[i]);
  g_assert_cmpuint (g_strv_length (a), ==, g_strv_length (b));
}

static void
test_same_seed_same_office (void)
{
  g_autofree char *again = make_demo ("again", N_CASES, 1);
  g_auto (Opened) first = { 0 };
  g_auto (Opened) second = { 0 };
  g_autofree char *first_dump = NULL;
  g_autofree char *second_dump = NULL;
  g_autofree char *first_journal = NULL;
  g_autofree char *second_journal = NULL;

  open_demo (&first, get_demo ());
  open_demo (&second, again);
  first_dump = get_masked_dump (&first);
  second_dump = get_masked_dump (&second);
  assert_same (first_dump, second_dump);
  first_journal = get_masked_journal (&first);
  second_journal = get_masked_journal (&second);
  assert_same (first_journal, second_journal);
  /* The mask has not taken everything. */
  g_assert_cmpuint (strlen (first_dump), >, 100 * N_CASES);
  g_assert_nonnull (strstr (first_dump, "某城管-2025-000001"));
  /* Keys are not made from the seed. */
  {
    g_autofree char *a = list (&first, "SELECT hex (hash) FROM certificate");
    g_autofree char *b = list (&second, "SELECT hex (hash) FROM certificate");
    g_assert_cmpstr (a, !=, b);
  }
}

static void
test_other_seed_other_office (void)
{
  g_autofree char *other = make_demo ("other", 4, 2);
  g_auto (Opened) first = { 0 };
  g_auto (Opened) second = { 0 };
  static const char *const queries[] = {
    "SELECT store FROM store_chain",
    "SELECT title FROM case_file ORDER BY key LIMIT 3",
    "SELECT party FROM case_file ORDER BY key LIMIT 3",
    "SELECT time FROM entry WHERE act = 'session.sign_in' LIMIT 5",
    "SELECT hex (object) FROM attachment ORDER BY key LIMIT 5",
  };

  open_demo (&first, get_demo ());
  open_demo (&second, other);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *a = list (&first, queries[i]);
    g_autofree char *b = list (&second, queries[i]);
    g_assert_cmpstr (a, !=, "");
    g_assert_cmpstr (b, !=, "");
    g_assert_cmpstr (a, !=, b);
  }
  /* Also one with few cases has what makes it an office. */
  g_assert_cmpint (count (&second, "SELECT count (*) FROM case_file"), ==, 3);
  g_assert_cmpint (count (&second, "SELECT count (*) FROM residue"), ==, 1);
  test_assert_sound (other);
}

static void
test_is_sound (void)
{
  g_autoptr (JzReport) report = test_verify (get_demo (), NULL);

  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (report->n_signatures, >, 60);
}

static void
test_every_act_occurs (void)
{
  /* No shipped form is approved by the act for any form; no carrier shows what is invented; a
   * still is taken out of a real recording; what makes bundles is not in this program; no dossier
   * of what is invented goes to a court or to a party. */
  static const char *const others[] = { "store.restored",
                                        "store.copied",
                                        "store.moved",
                                        "clock.confirm",
                                        "ca_password.change",
                                        "certificate.recover",
                                        "document.approve",
                                        "publication.bundle",
                                        "publication.confirm",
                                        "publication.confirm_withdrawal",
                                        "recording.still",
                                        "dossier.open_secondary",
                                        "dossier.give",
                                        "dossier.cover",
                                        "dossier.clear",
                                        "dossier.show_party",
                                        NULL };
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);
  g_auto (Opened) demo = { 0 };

  open_demo (&demo, get_demo ());
  for (gsize i = 0; i < n_acts; i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM entry WHERE act = '%s'", acts[i]->name);
    g_autofree char *proposed =
      g_strdup_printf ("SELECT count (*) FROM entry WHERE act = '%s.propose'", acts[i]->name);
    if (g_strv_contains (others, acts[i]->name))
      continue;
    if (count (&demo, sql) == 0)
      g_error ("%s does not occur in the demo office", acts[i]->name);
    if (acts[i]->proposer_roles != NULL && count (&demo, proposed) == 0)
      g_error ("%s.propose does not occur in the demo office", acts[i]->name);
  }
}

/* Every way of serving, paying, approving and ending there is, and cases left in each stage. */
static void
test_every_turn_occurs (void)
{
  static const char *const queries[] = {
    /* approvals: one signs in, or signs on paper, or is called */
    "SELECT count (*) FROM fact WHERE list = '@approval' AND name = 'way' AND value = "
    "'\"account\"'",
    "SELECT count (*) FROM fact WHERE list = '@approval' AND name = 'way' AND value = '\"paper\"'",
    "SELECT count (*) FROM fact WHERE list = '@approval' AND name = 'way' AND value = "
    "'\"telephone\"'",
    /* reviews */
    "SELECT count (*) FROM fact WHERE name = 'review.outcome' AND value = '\"not_pass\"'",
    "SELECT count (*) FROM fact WHERE name = 'review.outcome' AND value = '\"pass_with_changes\"'",
    "SELECT count (*) FROM fact WHERE name = 'review.outcome' AND value = '\"pass\"'",
    /* and light cases that need none */
    "SELECT count (*) FROM entry AS made WHERE act = 'decision.finalise' AND NOT EXISTS (SELECT 1 "
    "FROM fact WHERE case_id = made.case_id AND name = 'review.submitted_on')",
    /* outcomes */
    "SELECT count (*) FROM fact WHERE name = 'case.outcome' AND value = '\"penalise\"'",
    "SELECT count (*) FROM fact WHERE name = 'case.outcome' AND value = '\"no_penalty\"'",
    "SELECT count (*) FROM fact WHERE name = 'case.closing_ground' AND value = '\"transferred\"'",
    "SELECT count (*) FROM fact WHERE name = 'case.closing_ground' AND value = '\"terminated\"'",
    "SELECT count (*) FROM fact WHERE name = 'case.closing_ground' AND value = '\"not_filed\"'",
    /* parties, matters, service */
    "SELECT count (*) FROM fact WHERE name = 'party.kind' AND value = '\"citizen\"'",
    "SELECT count (*) FROM fact WHERE name = 'party.kind' AND value = '\"company\"'",
    "SELECT count (*) FROM fact WHERE name = 'party.kind' AND value = '\"sole_trader\"'",
    "SELECT count (DISTINCT value) > 3 FROM fact WHERE name = 'matter.id'",
    "SELECT count (*) FROM fact WHERE name = 'result' AND value = '\"returned\"'",
    "SELECT count (*) FROM fact WHERE name = 'service.method' AND value = '\"left\"'",
    /* what the head let through, and what waits for whoever opens the office */
    "SELECT count (*) FROM gate_override WHERE used_by > 0",
    "SELECT count (*) FROM entry WHERE act = 'decision.finalise'",
    "SELECT count (*) FROM fact WHERE list = '@dossier'",
    "SELECT count (*) FROM credential WHERE valid_to BETWEEN '2026-03-02' AND '2026-04-30'",
    "SELECT count (*) FROM credential WHERE state = 'suspended'",
    /* left running: leads, and cases without report, notice, review, decision, payment */
    "SELECT count (*) FROM case_file WHERE stage = 'open' AND NOT EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'case.filed_on') AND EXISTS (SELECT 1 FROM fact WHERE case_id = id)",
    "SELECT count (*) FROM case_file WHERE stage = 'open' AND EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'case.filed_on') AND NOT EXISTS (SELECT 1 FROM fact WHERE case_id = "
    "id AND name = 'case.report_on')",
    "SELECT count (*) FROM case_file WHERE stage = 'open' AND EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'case.report_on') AND NOT EXISTS (SELECT 1 FROM fact WHERE case_id = "
    "id AND name = 'notice.served_on')",
    "SELECT count (*) FROM case_file WHERE stage = 'open' AND EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'review.submitted_on') AND NOT EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'review.opinion_on')",
    "SELECT count (*) FROM case_file WHERE stage = 'open' AND EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'decision.served_on') AND NOT EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'payment.paid_on')",
    /* and limits that are over, of the decision and of goods that are kept, or nearly */
    "SELECT count (*) FROM fact AS filed JOIN case_file ON id = case_id WHERE stage = 'open' AND "
    "name = 'case.filed_on' AND value < '\"2025-12-01\"' AND NOT EXISTS (SELECT 1 FROM fact WHERE "
    "case_id = id AND name = 'decision.decided_on')",
    "SELECT count (*) FROM fact AS kept JOIN case_file ON id = case_id WHERE stage = 'open' AND "
    "name = 'preservation.made_on' AND NOT EXISTS (SELECT 1 FROM fact WHERE case_id = id AND name "
    "= 'preservation.handled_on')",
  };
  g_auto (Opened) demo = { 0 };

  open_demo (&demo, get_demo ());
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    if (count (&demo, queries[i]) == 0)
      g_error ("nothing answers to: %s", queries[i]);
}

/* Codes are of nobody, and right. */
static void
test_codes (void)
{
  JzDemoRandom random;

  jz_demo_random_init (&random, 11, 11);
  for (int i = 0; i < 300; i++) {
    g_autofree char *resident = jz_demo_dup_resident_code (&random, "19850607");
    g_autofree char *credit = jz_demo_dup_credit_code (&random, i % 2 == 0 ? "91" : "92");
    g_autoptr (JzIdentityCode) person =
      jz_identity_code_check_resident (resident, (JzDate){ 2025, 1, 2 }, FALSE);
    g_autoptr (JzIdentityCode) company = jz_identity_code_check_uscc (credit);
    g_assert_cmpint (person->verdict, ==, JZ_IDENTITY_VALID);
    g_assert_cmpint (company->verdict, ==, JZ_IDENTITY_VALID);
    g_assert_true (g_str_has_prefix (resident, "330000"));
    g_assert_cmpint (strncmp (credit + 2, "330000", 6), ==, 0);
  }
}

/* Nearly every case goes a way of its own. */
static void
test_cases_differ (void)
{
  static const char *const queries[] = { "stage = 'open'", "stage = 'closed'", "stage = 'archived'",
                                         "taken_over = 1", "taken_over = 0" };
  g_auto (Opened) demo = { 0 };

  open_demo (&demo, get_demo ());
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM case_file"), ==, N_CASES - 1);
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM residue"), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autofree char *sql = g_strconcat ("SELECT count (*) FROM case_file WHERE ", queries[i], NULL);
    g_assert_cmpint (count (&demo, sql), >=, 3);
  }
  g_assert_cmpint (count (&demo,
                          "SELECT count (DISTINCT way) FROM (SELECT group_concat (act) AS way "
                          "FROM (SELECT case_id, act FROM entry WHERE case_id != 'bureau' "
                          "ORDER BY arrival) GROUP BY case_id)"),
                   >=, 25);
  g_assert_cmpint (count (&demo, "SELECT count (DISTINCT title) FROM case_file"), >=, 35);
  g_assert_cmpint (count (&demo, "SELECT count (DISTINCT n) FROM (SELECT count (*) AS n FROM entry "
                                 "GROUP BY case_id)"),
                   >=, 12);
  g_assert_cmpint (count (&demo, "SELECT max (n) FROM (SELECT count (DISTINCT duty) AS n FROM "
                                 "case_duty GROUP BY case_id)"),
                   >=, 4);
  /* No name of a fact is left in a text. */
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM note WHERE text GLOB '*[{}]*'"), ==, 0);
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM case_file WHERE title GLOB '*[{}]*'"), ==,
                   0);
}

static void
test_office_is_complete (void)
{
  static const char *const roles[] = { "administrator", "head",      "section_head",
                                       "handler",       "reviewer",  "review_head",
                                       "approver",      "checker",   "publisher",
                                       "archivist",     "inspector", "personnel_keeper",
                                       "clerk" };
  static const char *const there[] = {
    "SELECT count (*) FROM credential WHERE valid_to < '2025-01-02'",
    "SELECT count (*) FROM credential WHERE state = 'valid' AND reason != ''",
    "SELECT count (*) FROM person WHERE state = 'left'",
    "SELECT count (*) FROM certificate WHERE reason = 'forgotten'",
    "SELECT count (*) FROM certificate WHERE reason = 'left'",
    "SELECT count (*) FROM setting WHERE name = 'take_over.until'",
    "SELECT count (*) FROM entry WHERE act = 'role.grant' AND role = 'head'",
    "SELECT count (*) FROM entry WHERE act = 'case.archive' AND batch != ''",
    "SELECT count (*) FROM checkpoint WHERE size = (SELECT count (*) FROM entry)",
    "SELECT count (*) FROM attachment WHERE name GLOB '*.png'",
  };
  g_auto (Opened) demo = { 0 };

  open_demo (&demo, get_demo ());
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autofree char *sql =
      g_strdup_printf ("SELECT count (*) FROM person_role WHERE role = '%s'", roles[i]);
    g_assert_cmpint (count (&demo, sql), >, 0);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (there); i++)
    if (count (&demo, there[i]) == 0)
      g_error ("nothing answers to: %s", there[i]);
  /* Nobody who has left has anything in hand that still runs, and taking over ended in time. */
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM case_duty JOIN case_file ON case_file.id = "
                                 "case_id JOIN person ON person.id = person WHERE ended = 0 AND "
                                 "stage = 'open' AND state = 'left'"),
                   ==, 0);
  g_assert_cmpint (count (&demo, "SELECT count (*) FROM case_file WHERE taken_over = 1 AND "
                                 "opened_at > '2025-03-31'"),
                   ==, 0);
}

/* Entries are written in office hours, from the first day to the last. */
static void
test_lives_in_office_hours (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzDemoWords) words = jz_demo_words_load (&error);
  g_auto (Opened) demo = { 0 };
  g_autofree char *times = NULL;
  g_auto (GStrv) lines = NULL;
  JzInstant before = 0;

  g_assert_no_error (error);
  open_demo (&demo, get_demo ());
  times = list (&demo, "SELECT time FROM entry ORDER BY arrival");
  lines = g_strsplit (g_strchomp (times), "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    JzInstant time = 0;
    JzDate date;
    g_assert_true (jz_instant_parse (*line, &time, NULL));
    date = jz_instant_get_date (time);
    g_assert_cmpint (time, >=, before);
    g_assert_true (jz_calendar_is_working_day (words->calendar, date, NULL));
    g_assert_cmpint (time, >=, jz_instant_from_date (date, 8, 30));
    g_assert_cmpint (time, <=, jz_instant_from_date (date, 17, 35));
    before = time;
  }
  g_assert_true (g_str_has_prefix (lines[0], "2025-01-02T09:00"));
  g_assert_cmpint (before, ==, jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30));
}

/* The office can be worked in at once: its clock stands where it ended, and everybody signs in with
 * the one password. */
static void
test_can_be_worked_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = g_build_filename (folder, "copy", NULL);
  g_autoptr (JzOffice) office = NULL;
  g_autoptr (JzJson) description = jz_demo_describe (get_demo (), &error);
  const JzJson *people;

  g_assert_no_error (error);
  g_assert_cmpstr (jz_json_get_member_text (description, "clock"), ==,
                   "2026-03-02T09:30:00.000+08:00");
  g_assert_cmpint (
    jz_json_get_member_integer (jz_json_get_member (description, "cases"), "destroyed", -1), ==, 1);
  office = jz_office_open (get_demo (), JZ_STORE_WRITE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (jz_office_is_demo (office));
  g_assert_cmpint (jz_clock_now (jz_office_get_clock (office)), ==,
                   jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30));
  people = jz_json_get_member (description, "people");
  g_assert_cmpuint (jz_json_get_n_items (people), >=, 13);
  for (guint i = 0; i < jz_json_get_n_items (people); i++) {
    const JzJson *person = jz_json_get_item (people, i);
    g_autoptr (JzSession) session =
      jz_session_open (office, jz_json_get_member_text (person, "user"), JZ_DEMO_PASSWORD, &error);
    g_assert_no_error (error);
    g_assert_nonnull (jz_session_get_store_key (session));
    g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (person, "roles")), >, 0);
  }
  g_assert_null (jz_session_open (office, "zhou", JZ_DEMO_PASSWORD, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
}

static void
cancel_in_spring (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  g_assert_cmpuint (total, ==, 424);
  if (done > 1)
    g_cancellable_cancel (data);
}

static void
test_leaves_nothing_half_made (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *empty = folder_new ();
  g_autofree char *path = g_build_filename (empty, "store", NULL);
  JzDemo demo = { .path = path,
                  .n_cases = 3,
                  .seed = 3,
                  .progress = cancel_in_spring,
                  .progress_data = cancellable,
                  .cancellable = cancellable };

  g_assert_false (jz_demo_make (&demo, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (folder_count (empty), ==, 0);
  g_clear_error (&error);
  /* What is there is left as it is. */
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_false (jz_demo_make (&demo, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS);
  g_assert_cmpuint (folder_count (path), ==, 0);
  g_assert_cmpuint (folder_count (empty), ==, 1);
  folder_free (g_steal_pointer (&empty));
}

static void
test_random (void)
{
  /* The first numbers of splitmix64 from this state, by its author's program. */
  static const guint64 known[] = {
    G_GUINT64_CONSTANT (6457827717110365317),
    G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423),
    G_GUINT64_CONSTANT (4593380528125082431),
  };
  JzDemoRandom random = { 1234567 };
  JzDemoRandom other;
  int n_seen[7] = { 0 };
  int n_yes = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpuint (jz_demo_random_next (&random), ==, known[i]);
  for (int i = 0; i < 7000; i++) {
    int number = jz_demo_random_between (&random, -3, 3);
    g_assert_cmpint (number, >=, -3);
    g_assert_cmpint (number, <=, 3);
    n_seen[number + 3]++;
    n_yes += jz_demo_random_chance (&random, 20);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (n_seen); i++)
    g_assert_cmpint (ABS (n_seen[i] - 1000), <, 150);
  g_assert_cmpint (ABS (n_yes - 1400), <, 150);
  g_assert_cmpint (jz_demo_random_between (&random, 5, 5), ==, 5);
  jz_demo_random_init (&random, 1, 1);
  jz_demo_random_init (&other, 1, 2);
  g_assert_cmpuint (jz_demo_random_next (&random), !=, jz_demo_random_next (&other));
}

/* A reader of its own: chunks, pixels unpacked by another program, the checksum that the end of
 * every PNG file has. */
static void
test_picture (void)
{
  static const char end[] = "\0\0\0\0IEND\xae\x42\x60\x82";
  g_autoptr (GError) error = NULL;
  g_autoptr (GZlibDecompressor) unpack = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  JzDemoRandom random;
  g_autoptr (GBytes) picture = NULL;
  const guint8 *data;
  const guint8 *packed;
  gsize length = 0;
  gsize n_read = 0;
  gsize n_written = 0;
  gsize n_packed;
  guint8 pixels[64 * 97 + 1];

  jz_demo_random_init (&random, 7, 7);
  picture = jz_demo_picture (&random);
  data = g_bytes_get_data (picture, &length);
  g_assert_cmpmem (data, 8, "\x89PNG\r\n\x1a\n", 8);
  g_assert_cmpmem (data + length - 12, 12, end, 12);
  packed = memmem (data, length, "IDAT", 4);
  g_assert_nonnull (packed);
  n_packed =
    ((gsize)packed[-4] << 24) | ((gsize)packed[-3] << 16) | ((gsize)packed[-2] << 8) | packed[-1];
  g_assert_cmpint (g_converter_convert (G_CONVERTER (unpack), packed + 4, n_packed, pixels,
                                        sizeof pixels, G_CONVERTER_INPUT_AT_END, &n_read,
                                        &n_written, &error),
                   ==, G_CONVERTER_FINISHED);
  g_assert_no_error (error);
  g_assert_cmpuint (n_read, ==, n_packed);
  g_assert_cmpuint (n_written, ==, 64 * 97);
  for (gsize i = 0; i < n_written; i++)
    g_assert_cmpuint (pixels[i], <, i % 97 == 0 ? 1 : 16);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  paper_connect ();
  folder = folder_new ();
  g_test_add_func ("/office/demo/random", test_random);
  g_test_add_func ("/office/demo/picture", test_picture);
  g_test_add_func ("/office/demo/codes", test_codes);
  g_test_add_func ("/office/demo/is-sound", test_is_sound);
  g_test_add_func ("/office/demo/every-act-occurs", test_every_act_occurs);
  g_test_add_func ("/office/demo/every-turn-occurs", test_every_turn_occurs);
  g_test_add_func ("/office/demo/cases-differ", test_cases_differ);
  g_test_add_func ("/office/demo/office-is-complete", test_office_is_complete);
  g_test_add_func ("/office/demo/lives-in-office-hours", test_lives_in_office_hours);
  g_test_add_func ("/office/demo/same-seed-same-office", test_same_seed_same_office);
  g_test_add_func ("/office/demo/other-seed-other-office", test_other_seed_other_office);
  g_test_add_func ("/office/demo/can-be-worked-in", test_can_be_worked_in);
  g_test_add_func ("/office/demo/leaves-nothing-half-made", test_leaves_nothing_half_made);
  status = g_test_run ();
  folder_free (folder);
  return status;
}
