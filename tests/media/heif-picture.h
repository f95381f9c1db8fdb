/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libheif/heif.h>

#include "media-fixture.h"

/**
 * HeifPicture:
 * @format: how it is coded
 * @width: before it is turned
 * @orientation: how it is turned to be upright
 * @has_alpha: all of it lets everything through
 * @has_notes: a camera's: time, device, place, and that it lies on its side
 *
 * What a telephone writes: red on the left, blue on the right.
 */
typedef struct {
  enum heif_compression_format format;
  int width;
  int height;
  enum heif_orientation orientation;
  gboolean has_alpha;
  gboolean has_notes;
} HeifPicture;

/* Whether libheif can write it here. */
gboolean heif_picture_can_be_made (const HeifPicture *self);
/* (transfer full): its path */
char *heif_picture_make (const HeifPicture *self, MediaFixture *fixture, const char *name);
