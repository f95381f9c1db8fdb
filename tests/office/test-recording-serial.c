/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "office/recording_serial.h"

/* The numbers that recorders give their files. */

static void
test_read (void)
{
  static const struct {
    const char *name;
    guint n_digits;
    gint64 number;
  } names[] = {
    { "DSJ_0012.mp4", 4, 12 },
    { "IMG0001", 4, 1 },
    { "DSC00999.JPG", 5, 999 },
    { "007.mp4", 3, 7 },
    { "000000000.avi", 9, 0 },
    { "a.b0012.c", 4, 12 },
    { ".0012", 4, 12 },
    /* as people count, as a moment is written, and what has no number at its end */
    { "录像 1.mp4", 0, 0 },
    { "第12段.mp4", 0, 0 },
    { "录像12.mp4", 0, 0 },
    { "20250102093000.mp4", 0, 0 },
    { "0012(1).mp4", 0, 0 },
    { "0012 现场.mp4", 0, 0 },
    { "", 0, 0 },
    { ".", 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    JzRecordingSerial serial = jz_recording_serial_read (names[i].name);
    g_test_message ("%s", names[i].name);
    g_assert_cmpuint (serial.n_digits, ==, names[i].n_digits);
    g_assert_cmpint (serial.number, ==, names[i].number);
  }
}

static void
assert_missing (const gint64 *numbers, gsize n_numbers, const char *expected)
{
  g_autofree char *missing = jz_recording_serials_dup_missing (numbers, n_numbers, 4);

  g_assert_cmpstr (missing, ==, expected);
}

static void
test_missing (void)
{
  static const gint64 whole[] = { 11, 12, 13 };
  static const gint64 one[] = { 11 };
  static const gint64 two[] = { 11, 14, 15 };
  static const gint64 twice[] = { 11, 11, 12, 14, 14 };
  static const gint64 stretch[] = { 1, 2, 3, 4, 9, 10, 12 };
  /* 09:30:12 and 09:45:00 are no count of files */
  static const gint64 times[] = { 93012, 94500 };
  static const gint64 half[] = { 11, 12, 15, 16, 19 };
  static const gint64 more[] = { 11, 12, 17 };

  assert_missing (NULL, 0, NULL);
  assert_missing (one, G_N_ELEMENTS (one), NULL);
  assert_missing (whole, G_N_ELEMENTS (whole), NULL);
  assert_missing (two, G_N_ELEMENTS (two), "0012, 0013");
  assert_missing (twice, G_N_ELEMENTS (twice), "0013");
  assert_missing (stretch, G_N_ELEMENTS (stretch), "0005–0008, 0011");
  assert_missing (times, G_N_ELEMENTS (times), NULL);
  assert_missing (half, G_N_ELEMENTS (half), "0013, 0014, 0017, 0018");
  assert_missing (more, G_N_ELEMENTS (more), NULL);
}

/* However many are missing, a cell stays short. */
static void
test_many (void)
{
  gint64 numbers[40];
  g_autofree char *missing = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = 2 * (gint64)i;
  missing = jz_recording_serials_dup_missing (numbers, G_N_ELEMENTS (numbers), 3);
  g_assert_cmpstr (missing, ==, "001, 003, 005, 007, 009, 011, 013, 015, 017, 019, 021, 023…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/recording-serial/read", test_read);
  g_test_add_func ("/office/recording-serial/missing", test_missing);
  g_test_add_func ("/office/recording-serial/many", test_many);
  return g_test_run ();
}
