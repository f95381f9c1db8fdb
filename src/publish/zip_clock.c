/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "publish/output-private.h"

/* A ZIP says the time of an entry in local time, and the library takes that of the process: the
 * same bundle would have other bytes on a computer that stands elsewhere. The time zone belongs to
 * the whole process and must not be changed under its other threads, so the four bytes of the time
 * are set here, on their way to the file, in each local header and in the central directory
 * (APPNOTE 4.3.7, 4.3.12). The library hands over each header in one piece, and the directory only
 * after the last entry. */

#define LOCAL_TIME 10
#define LOCAL_SIZE 30
#define CENTRAL_TIME 12
#define CENTRAL_SIZE 46
#define CENTRAL_NAME 28

static void
put_time (guint8 *at, guint32 dos_time)
{
  at[0] = (guint8)dos_time;
  at[1] = (guint8)(dos_time >> 8);
  at[2] = (guint8)(dos_time >> 16);
  at[3] = (guint8)(dos_time >> 24);
}

/* The format knows no year before 1980 and none after 2107. */
void
jz_zip_clock_init (JzZipClock *self, gint64 seconds)
{
  time_t time = (time_t)seconds;
  struct tm utc = { 0 };

  *self = (JzZipClock){ 0 };
  if (gmtime_r (&time, &utc) == NULL || utc.tm_year < 80 || utc.tm_year > 207) {
    self->dos_time = 1u << 21 | 1u << 16;
    return;
  }
  self->dos_time = (guint32)(utc.tm_year - 80) << 25 | (guint32)(utc.tm_mon + 1) << 21 |
                   (guint32)utc.tm_mday << 16 | (guint32)utc.tm_hour << 11 |
                   (guint32)utc.tm_min << 5 | (guint32)utc.tm_sec >> 1;
}

/* Hands @data on, with the right time where it is a header. */
gboolean
jz_zip_clock_write (JzZipClock *self, JzOutput *output, const void *data, gsize length)
{
  if (self->end != NULL) {
    g_byte_array_append (self->end, data, (guint)length);
    return TRUE;
  }
  /* What ends the entry before may still come first. */
  if (self->is_header && length >= LOCAL_SIZE && memcmp (data, "PK\003\004", 4) == 0) {
    guint8 header[LOCAL_SIZE];
    self->is_header = FALSE;
    memcpy (header, data, sizeof header);
    put_time (header + LOCAL_TIME, self->dos_time);
    if (!jz_output_write (output, header, sizeof header))
      return FALSE;
    data = (const guint8 *)data + LOCAL_SIZE;
    length -= LOCAL_SIZE;
  }
  return jz_output_write (output, data, length);
}

static guint
get_number (const guint8 *at)
{
  return at[0] | (guint)at[1] << 8;
}

/* Hands on what was kept back. */
gboolean
jz_zip_clock_finish (JzZipClock *self, JzOutput *output)
{
  guint8 *at = self->end->data;
  gsize left = self->end->len;

  while (left >= CENTRAL_SIZE && memcmp (at, "PK\001\002", 4) == 0) {
    gsize size = CENTRAL_SIZE + get_number (at + CENTRAL_NAME) +
                 get_number (at + CENTRAL_NAME + 2) + get_number (at + CENTRAL_NAME + 4);
    if (size > left)
      return FALSE;
    put_time (at + CENTRAL_TIME, self->dos_time);
    at += size;
    left -= size;
  }
  return jz_output_write (output, self->end->data, self->end->len);
}

void
jz_zip_clock_clear (JzZipClock *self)
{
  g_clear_pointer (&self->end, g_byte_array_unref);
}
