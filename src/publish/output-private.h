/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzOutput:
 * @fd: open for writing, or -1
 * @path: its name once it is whole
 * @part: (nullable): its name until then
 * @buffer: what was not handed to the system yet
 * @failure: the first errno, 0 while all is well
 *
 * A file that gets its name only when it is whole and on disk.
 */
typedef struct {
  int fd;
  char *path;
  char *part;
  GByteArray *buffer;
  int failure;
} JzOutput;

gboolean jz_output_open (JzOutput *self, const char *path, guint64 size, GError **error);
gboolean jz_output_write (JzOutput *self, const void *data, gsize length);
gboolean jz_output_finish (JzOutput *self, GError **error);
gboolean jz_output_fail (const JzOutput *self, GError **error);
void jz_output_clear (JzOutput *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzOutput, jz_output_clear)

/* The clock of the ZIP entries of one archive; see jz_zip_clock_write(). */
typedef struct {
  guint32 dos_time;   /* of every entry, in UTC */
  gboolean is_header; /* whether a local header comes next */
  GByteArray *end;    /* (nullable): the central directory and what follows, once it is written */
} JzZipClock;

void jz_zip_clock_init (JzZipClock *self, gint64 seconds);
gboolean jz_zip_clock_write (JzZipClock *self, JzOutput *output, const void *data, gsize length);
gboolean jz_zip_clock_finish (JzZipClock *self, JzOutput *output);
void jz_zip_clock_clear (JzZipClock *self);

G_END_DECLS
