/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzRecordingSerial:
 * @n_digits: with how many digits it is written; 0 for none
 * @number: the number
 *
 * The number that a recorder gave a file: the digits at the end of its name.
 */
typedef struct {
  guint n_digits;
  gint64 number;
} JzRecordingSerial;

JzRecordingSerial jz_recording_serial_read (const char *name);
char *jz_recording_serials_dup_missing (const gint64 *numbers, gsize n_numbers, guint n_digits);

G_END_DECLS
