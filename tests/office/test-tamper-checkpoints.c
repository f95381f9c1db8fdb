/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "tamper.h"

/* Checkpoints that somebody else kept: what is not one, byte for byte, is named and proves
 * nothing against the store. */

static TamperWorld world;

/* Checkpoints that somebody kept: many spoiled ones in one verification, each of which must be
 * named. */
#define A_ROUND 90

static void
check_notes (GPtrArray *files)
{
  for (guint first = 0; first < files->len; first += A_ROUND) {
    guint n = MIN (A_ROUND, files->len - first);
    g_autofree const char **against = g_new0 (const char *, n + 1);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    for (guint i = 0; i < n; i++)
      against[i] = g_ptr_array_index (files, first + i);
    report = tamper_look (world.path, against, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    for (guint i = 0; i < n; i++)
      if (!tamper_has (report, JZ_FAULT_CHECKPOINT, against[i]))
        g_test_fail_printf ("%s is not named", against[i]);
    g_assert_cmpuint (report->faults->len, ==, n);
  }
}

static void
add_note (GPtrArray *files, const char *folder, const char *what, const GString *note)
{
  char *path = g_strdup_printf ("%s/%s-%u", folder, what, files->len);

  tamper_file_replace (path, note->str, note->len);
  g_ptr_array_add (files, path);
}

static void
add_spoiled_notes (GPtrArray *files, const char *folder, GBytes *note, gsize n_ways, GRand *rand)
{
  gsize length = g_bytes_get_size (note);
  const char *data = g_bytes_get_data (note, NULL);

  for (gsize i = 0; i < length; i++) {
    static const char *const names[] = { "bit", "byte", "nul", "less", "more", "cut" };
    for (gsize j = 0; j < n_ways; j++) {
      g_autoptr (GString) spoiled = g_string_new_len (data, (gssize)length);
      if (j == 0)
        spoiled->str[i] = (char)(data[i] ^ (1 << g_rand_int_range (rand, 0, 8)));
      else if (j == 1)
        spoiled->str[i] = (char)(data[i] ^ g_rand_int_range (rand, 1, 256));
      else if (j == 2)
        spoiled->str[i] = '\0';
      else if (j == 3)
        g_string_erase (spoiled, (gssize)i, 1);
      else if (j == 4)
        g_string_insert_c (spoiled, (gssize)i, (char)g_rand_int_range (rand, 0, 256));
      else
        g_string_truncate (spoiled, i);
      add_note (files, folder, names[j], spoiled);
    }
  }
}

static void
test_against (void)
{
  const char *const notes[] = { world.newest, world.earlier };
  const char *const good[] = { world.newest, world.earlier, NULL };
  g_autoptr (TamperCopy) folder = g_build_filename (world.office.folder, "notes", NULL);
  g_autoptr (GRand) rand = tamper_rand_new (1);

  tamper_assert_sound (world.path, good);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
    g_autoptr (GBytes) note = tamper_file_read (notes[i]);
    g_autoptr (GString) twice =
      g_string_new_len (g_bytes_get_data (note, NULL), (gssize)g_bytes_get_size (note));
    g_autoptr (GString) huge = g_string_new (NULL);
    /* Of the second note only bits: its other faults are those of the first. */
    add_spoiled_notes (files, folder, note, i == 0 ? 6 : 1, rand);
    g_string_append_len (twice, g_bytes_get_data (note, NULL), (gssize)g_bytes_get_size (note));
    add_note (files, folder, "twice", twice);
    g_string_set_size (huge, 100000);
    add_note (files, folder, "huge", huge);
    check_notes (files);
  }
}

/* A link, a folder and a pipe are no checkpoints either; one that is not there could not be read.
 */
static void
test_against_no_file (void)
{
  g_autofree char *linked = g_build_filename (world.office.folder, "link", NULL);
  g_autofree char *pipe_path = g_build_filename (world.office.folder, "pipe", NULL);
  const char *const against[] = { linked, pipe_path, world.office.folder, NULL };
  const char *const missing[] = { "/nowhere/checkpoint", NULL };
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  g_assert_cmpint (symlink (world.newest, linked), ==, 0);
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  report = tamper_look (world.path, against, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  for (gsize i = 0; against[i] != NULL; i++)
    g_assert_true (tamper_has (report, JZ_FAULT_CHECKPOINT, against[i]));
  g_assert_null (tamper_look (world.path, missing, FALSE, &failure));
  g_assert_nonnull (failure);
}

static void
assert_printable (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (at)));
}

/* A kept checkpoint with bytes in its name that are no text, or would drive a terminal. */
static void
test_names_that_are_no_text (void)
{
  static const char *const names[] = { "b7", "00", "1b5b324a", "0a6f6b", "c3", "eda080", "c285" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_auto (TamperLoan) loan = tamper_borrow (&world);
    sqlite3 *handle = tamper_open (loan.path);
    char *triggers = tamper_take_triggers (handle);
    g_autofree char *failure = NULL;
    g_autoptr (JzReport) report = NULL;
    g_autoptr (JzJson) json = NULL;
    g_autofree char *text = NULL;
    tamper_run (handle,
                "UPDATE checkpoint SET store = CAST (x'%s' AS TEXT) WHERE (store, size) = (SELECT "
                "store, max (size) FROM checkpoint)",
                names[i]);
    tamper_give_triggers (handle, triggers);
    tamper_close (handle);
    report = tamper_look (loan.path, NULL, FALSE, &failure);
    g_assert_cmpstr (failure, ==, NULL);
    g_assert_true (tamper_says (report, JZ_FAULT_CHECKPOINT, "kept under a wrong name"));
    for (guint j = 0; j < report->faults->len; j++) {
      const JzFault *fault = g_ptr_array_index (report->faults, j);
      assert_printable (fault->place);
      assert_printable (fault->sentence);
    }
    json = jz_report_to_json (report);
    text = jz_json_to_canonical (json, NULL);
    g_assert_nonnull (text);
  }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/tamper-checkpoints/against", test_against);
  g_test_add_func ("/office/tamper-checkpoints/against-no-file", test_against_no_file);
  g_test_add_func ("/office/tamper-checkpoints/names-that-are-no-text",
                   test_names_that_are_no_text);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
