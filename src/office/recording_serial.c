/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/recording_serial.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* A recorder counts its files. Where the numbers of a day are nearly all there, one that is missing
 * may have been left on the device, or deleted, and somebody is to be asked. Nothing is
 * known of devices here: digits at the end of a name are a number, unless they are few, as people
 * count, or many, as a moment is written. */

#define MIN_DIGITS 3
#define MAX_DIGITS 9
/* So many numbers and stretches are named. */
#define MAX_NAMED 12

/**
 * jz_recording_serial_read:
 * @name: name of a file
 *
 * Returns: the digits at its end, before what follows the last dot; none where these are fewer than
 *   three or more than nine
 */
JzRecordingSerial
jz_recording_serial_read (const char *name)
{
  const char *dot = strrchr (name, '.');
  gsize end = dot != NULL && dot != name ? (gsize)(dot - name) : strlen (name);
  JzRecordingSerial serial = { 0, 0 };
  gsize start = end;

  while (start > 0 && g_ascii_isdigit (name[start - 1]))
    start--;
  if (end - start < MIN_DIGITS || end - start > MAX_DIGITS)
    return serial;
  serial.n_digits = (guint)(end - start);
  for (gsize i = start; i < end; i++)
    serial.number = 10 * serial.number + (name[i] - '0');
  return serial;
}

static void
add_number (GString *text, gint64 number, guint n_digits)
{
  g_string_append_printf (text, "%0*lld", (int)n_digits, (long long)number);
}

/* One or two numbers are named, more are named as from and to. */
static void
add_stretch (GString *text, gint64 from, gint64 to, guint n_digits)
{
  if (text->len > 0)
    g_string_append (text, _ (", "));
  add_number (text, from, n_digits);
  if (to == from)
    return;
  g_string_append (text, to == from + 1 ? _ (", ") : "–");
  add_number (text, to, n_digits);
}

static gint64
count_missing (const gint64 *numbers, gsize n_numbers, gint64 *n_present)
{
  *n_present = n_numbers > 0;
  for (gsize i = 1; i < n_numbers; i++)
    *n_present += numbers[i] != numbers[i - 1];
  return n_numbers > 0 ? numbers[n_numbers - 1] - numbers[0] + 1 - *n_present : 0;
}

/**
 * jz_recording_serials_dup_missing:
 * @numbers: (array length=n_numbers): numbers of the files of a device on a day, rising; the same
 *   may stand there twice
 * @n_numbers: how many
 * @n_digits: with how many digits each is written
 *
 * Numbers of which more are missing than are there were not counted one after the other: they say
 * the time of day, or were given by somebody.
 *
 * Returns: (transfer full) (nullable): the numbers between the first and the last that are missing,
 *   as they would be written; %NULL where none is
 */
char *
jz_recording_serials_dup_missing (const gint64 *numbers, gsize n_numbers, guint n_digits)
{
  gint64 n_present = 0;
  gint64 n_missing = count_missing (numbers, n_numbers, &n_present);
  g_autoptr (GString) text = NULL;
  guint n_named = 0;

  if (n_missing == 0 || n_missing > n_present)
    return NULL;
  text = g_string_new (NULL);
  for (gsize i = 1; i < n_numbers; i++) {
    if (numbers[i] - numbers[i - 1] < 2)
      continue;
    if (n_named++ == MAX_NAMED) {
      g_string_append (text, "…");
      break;
    }
    add_stretch (text, numbers[i - 1] + 1, numbers[i] - 1, n_digits);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
