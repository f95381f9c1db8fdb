/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "media/media.h"

/* What the tests of recordings share: a folder for files that GStreamer and cairo make. */
typedef struct {
  char *folder;
  JzMedia *media;
} MediaFixture;

void media_fixture_init (MediaFixture *self);
void media_fixture_clear (MediaFixture *self);

/* (transfer full): a path in the folder */
char *media_fixture_path (MediaFixture *self, const char *name);
/* Runs a pipeline to its end; each %s of @description is the path of @name. */
char *media_fixture_launch (MediaFixture *self, const char *name, const char *description);
char *media_fixture_write (MediaFixture *self, const char *name, const void *bytes, gsize size);
/* Opens for reading, and asserts that it can be. */
int media_fixture_open (const char *path);

/* H.264 with AAC, 320x240 at 25 pictures a second */
char *media_fixture_mp4 (MediaFixture *self, const char *name, guint seconds);
/* A page a text, A4, in points */
char *media_fixture_pdf (MediaFixture *self, const char *name, guint n_pages);
