/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scratch.h"

#include <string.h>
#include <sys/syscall.h>

#include "folder.h"
#include "store/error.h"

static int n_syncs_of_log;

/* Stands in front of the C library's. */
int
fdatasync (int fd)
{
  g_autofree char *name = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (name, NULL);

  n_syncs_of_log += path != NULL && g_str_has_suffix (path, "scratch.db-wal");
  return (int)syscall (SYS_fdatasync, fd);
}

#define NOW G_GINT64_CONSTANT (1735779600000)

static JzScratch *
open_or_fail (const char *folder)
{
  g_autoptr (GError) error = NULL;
  JzScratch *scratch = jz_scratch_open (folder, &error);

  g_assert_no_error (error);
  return scratch;
}

static void
test_place (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *none = NULL;
  g_autofree char *place = NULL;

  {
    g_autoptr (JzScratch) scratch = open_or_fail (folder);
    g_assert_true (jz_scratch_get_place (scratch, &none, NULL));
    g_assert_null (none);
    g_assert_true (jz_scratch_set_place (scratch, "here", NULL));
    g_assert_true (jz_scratch_set_place (scratch, "there", NULL));
  }
  {
    g_autoptr (JzScratch) scratch = open_or_fail (folder);
    g_assert_true (jz_scratch_get_place (scratch, &place, NULL));
    g_assert_cmpstr (place, ==, "there");
  }
  folder_free (g_steal_pointer (&folder));
}

/* What is typed may be lost in a power cut, but not where the store is: without it no act is done.
 */
static void
test_place_is_durable (void)
{
  g_autofree char *folder = folder_new ();
  JzScratch *scratch = open_or_fail (folder);
  JzAttempt attempt = { NOW, "zhang", "case.open", "bureau", "J-ROLE" };

  n_syncs_of_log = 0;
  g_assert_true (jz_scratch_add_attempt (scratch, &attempt, NULL));
  g_assert_cmpint (n_syncs_of_log, ==, 0);
  g_assert_true (jz_scratch_set_place (scratch, "here", NULL));
  g_assert_cmpint (n_syncs_of_log, >, 0);
  n_syncs_of_log = 0;
  g_assert_true (jz_scratch_add_attempt (scratch, &attempt, NULL));
  g_assert_cmpint (n_syncs_of_log, ==, 0);
  jz_scratch_close (scratch);
  folder_free (g_steal_pointer (&folder));
}

/* Design §11: a thousand guesses are counted and slowed down; the clock is ours. */
static void
test_a_thousand_wrong_passwords (void)
{
  g_autofree char *folder = folder_new ();
  JzScratch *scratch = open_or_fail (folder);
  gint64 now = NOW;
  gint64 waited_ms = 0;
  gint64 n_wrong = 0;

  for (int i = 0; i < 1000; i++) {
    g_autoptr (GError) error = NULL;
    while (!jz_scratch_may_sign_in (scratch, "zhang", now, &error)) {
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_PASSWORD);
      g_clear_error (&error);
      now += 1000;
      waited_ms += 1000;
    }
    g_assert_true (jz_scratch_may_sign_in (scratch, "li", now, NULL));
    g_assert_true (jz_scratch_count_wrong_password (scratch, "zhang", now, NULL));
    if (i == 3)
      g_assert_cmpint (waited_ms, ==, 0);
  }
  /* Nearly all of them wait for the longest time: more than ten days for a thousand guesses. */
  g_assert_cmpint (waited_ms, >, G_GINT64_CONSTANT (10) * 24 * 3600 * 1000 - 3 * 3600 * 1000);
  g_assert_true (jz_scratch_clear_wrong_passwords (scratch, "zhang", &n_wrong, NULL));
  g_assert_cmpint (n_wrong, ==, 1000);
  g_assert_true (jz_scratch_may_sign_in (scratch, "zhang", now, NULL));
  jz_scratch_close (scratch);
  folder_free (g_steal_pointer (&folder));
}

static void
test_a_clock_set_back_locks_nobody_out (void)
{
  g_autofree char *folder = folder_new ();
  JzScratch *scratch = open_or_fail (folder);

  for (int i = 0; i < 30; i++)
    g_assert_true (jz_scratch_count_wrong_password (scratch, "zhang", NOW, NULL));
  g_assert_false (jz_scratch_may_sign_in (scratch, "zhang", NOW, NULL));
  g_assert_true (
    jz_scratch_may_sign_in (scratch, "zhang", NOW - G_GINT64_CONSTANT (86400000), NULL));
  jz_scratch_close (scratch);
  folder_free (g_steal_pointer (&folder));
}

static void
test_attempts_are_bounded (void)
{
  g_autofree char *folder = folder_new ();
  JzScratch *scratch = open_or_fail (folder);
  g_autoptr (JzJson) list = NULL;
  g_autoptr (JzJson) fewer = NULL;
  JzAttempt attempt = { NOW, "zhang", "case.archive", "bureau", "J-ROLE" };

  for (int i = 0; i < JZ_SCRATCH_MAX_ATTEMPTS + 50; i++) {
    attempt.time = NOW + i;
    attempt.case_id = i % 2 == 0 ? "0011223344556677-3-1" : "bureau";
    g_assert_true (jz_scratch_add_attempt (scratch, &attempt, NULL));
  }
  list = jz_scratch_list_attempts (scratch, NULL);
  g_assert_cmpuint (jz_json_get_n_items (list), ==, JZ_SCRATCH_MAX_ATTEMPTS);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (list, 0), "time"), ==,
                   "2025-01-02T09:00:01.049+08:00");
  g_assert_true (jz_scratch_forget_case (scratch, "0011223344556677-3-1", NULL));
  fewer = jz_scratch_list_attempts (scratch, NULL);
  g_assert_cmpuint (jz_json_get_n_items (fewer), ==, JZ_SCRATCH_MAX_ATTEMPTS / 2);
  jz_scratch_close (scratch);
  folder_free (g_steal_pointer (&folder));
}

/* What is lost is no record, and the damaged file is kept for whoever wants to look. */
static void
test_a_damaged_one_is_set_aside (void)
{
  g_autofree char *folder = folder_new ();
  g_autofree char *path = g_build_filename (folder, "scratch.db", NULL);
  g_autofree char *aside = g_build_filename (folder, "scratch.db.damaged", NULL);
  g_autofree char *text = g_strnfill (9000, '?');
  g_autofree char *place = NULL;
  JzScratch *scratch;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  scratch = open_or_fail (folder);
  g_assert_true (jz_scratch_get_place (scratch, &place, NULL));
  g_assert_null (place);
  g_assert_true (g_file_test (aside, G_FILE_TEST_IS_REGULAR));
  jz_scratch_close (scratch);
  folder_free (g_steal_pointer (&folder));
}

static gboolean
keep (JzScratch *scratch,
      const char *document,
      const char *person,
      const char *text,
      GError **error)
{
  const JzScratchDraft draft = { (char *)document, (char *)"c1", (char *)person, NOW,
                                 (char *)text };
  return jz_scratch_keep_draft (scratch, &draft, error);
}

/* What somebody types is his until it is on record; it outlives the program. */
static void
test_drafts (void)
{
  g_autofree char *folder = folder_new ();
  g_autoptr (GError) error = NULL;
  JzScratchDraft *draft = NULL;

  {
    g_autoptr (JzScratch) scratch = open_or_fail (folder);
    g_assert_true (jz_scratch_find_draft (scratch, "d1", &draft, NULL));
    g_assert_null (draft);
    g_assert_true (keep (scratch, "d1", "p1", "{}", NULL));
    g_assert_true (keep (scratch, "d1", "p1", "{\"a\":\"字\"}", NULL));
    g_assert_false (keep (scratch, "d1", "p2", "{}", &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY);
    g_assert_true (jz_scratch_drop_draft (scratch, "d1", "p2", NULL));
  }
  {
    g_autoptr (JzScratch) scratch = open_or_fail (folder);
    g_assert_true (jz_scratch_find_draft (scratch, "d1", &draft, NULL));
    g_assert_cmpstr (draft->text, ==, "{\"a\":\"字\"}");
    g_assert_cmpstr (draft->person, ==, "p1");
    g_assert_cmpstr (draft->case_id, ==, "c1");
    g_assert_cmpint (draft->time, ==, NOW);
    g_clear_pointer (&draft, jz_scratch_draft_free);
    g_assert_true (jz_scratch_give_draft (scratch, "d1", "p2", NULL));
    g_assert_true (keep (scratch, "d1", "p2", "{}", NULL));
    g_assert_true (jz_scratch_drop_draft (scratch, "d1", "p2", NULL));
    g_assert_true (jz_scratch_find_draft (scratch, "d1", &draft, NULL));
    g_assert_null (draft);
    g_assert_true (keep (scratch, "d2", "p1", "{}", NULL));
    g_assert_true (jz_scratch_forget_case (scratch, "c1", NULL));
    g_assert_true (jz_scratch_find_draft (scratch, "d2", &draft, NULL));
    g_assert_null (draft);
  }
  folder_free (g_steal_pointer (&folder));
}

/* Kept, replaced, dropped, and gone with a case that is destroyed. */
static void
test_carried (void)
{
  g_autofree char *folder = folder_new ();
  g_autoptr (JzScratch) scratch = open_or_fail (folder);
  static const struct {
    const char *text;
    const char *expected;
  } steps[] = {
    { "[1]", "[1]" }, { "[2]", "[2]" }, { NULL, NULL }, { NULL, NULL }, { "[3]", "[3]" }
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *text = NULL;
    g_assert_true (jz_scratch_keep_carried (scratch, "d1", "c1", steps[i].text, NULL));
    g_assert_true (jz_scratch_find_carried (scratch, "d1", &text, NULL));
    g_assert_cmpstr (text, ==, steps[i].expected);
  }
  g_assert_true (jz_scratch_keep_carried (scratch, "d2", "c2", "[4]", NULL));
  g_assert_true (jz_scratch_forget_case (scratch, "c1", NULL));
  g_autofree char *gone = NULL;
  g_autofree char *other = NULL;
  g_assert_true (jz_scratch_find_carried (scratch, "d1", &gone, NULL));
  g_assert_true (jz_scratch_find_carried (scratch, "d2", &other, NULL));
  g_assert_null (gone);
  g_assert_cmpstr (other, ==, "[4]");
  g_clear_pointer (&scratch, jz_scratch_close);
  folder_free (g_steal_pointer (&folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/scratch/place", test_place);
  g_test_add_func ("/store/scratch/place-is-durable", test_place_is_durable);
  g_test_add_func ("/store/scratch/a-thousand-wrong-passwords", test_a_thousand_wrong_passwords);
  g_test_add_func ("/store/scratch/a-clock-set-back-locks-nobody-out",
                   test_a_clock_set_back_locks_nobody_out);
  g_test_add_func ("/store/scratch/attempts-are-bounded", test_attempts_are_bounded);
  g_test_add_func ("/store/scratch/a-damaged-one-is-set-aside", test_a_damaged_one_is_set_aside);
  g_test_add_func ("/store/scratch/drafts", test_drafts);
  g_test_add_func ("/store/scratch/carried", test_carried);
  return g_test_run ();
}
