/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media-fixture.h"

/**
 * HostileFile:
 * @path: where it is
 * @odd: (nullable): a word that the probe has to say of it, if it answers
 * @is_slow: it is expected to be ended by its deadline
 *
 * A file that no program of good will writes.
 */
typedef struct {
  char *path;
  const char *odd;
  gboolean is_slow;
} HostileFile;

/* (transfer full) (element-type HostileFile): what every name says is in it */
GPtrArray *hostile_files_make (MediaFixture *fixture, guint32 seed);

/* By hostile-pdf.c and hostile-media.c. */
void hostile_add (GPtrArray *files,
                  MediaFixture *fixture,
                  const char *name,
                  const char *odd,
                  const void *bytes,
                  gsize size);
void hostile_add_path (GPtrArray *files, char *path, const char *odd, gboolean is_slow);
void hostile_add_pdfs (GPtrArray *files, MediaFixture *fixture);
void hostile_add_lies (GPtrArray *files, MediaFixture *fixture);
