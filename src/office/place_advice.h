/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A store should have so much room: a year of recordings of a small bureau. */
#define JZ_PLACE_ROOM (G_GUINT64_CONSTANT (50) * 1000 * 1000 * 1000)

/**
 * JzPlaceFacts:
 * @n_free: bytes that are free
 * @is_removable: whether the disk can be pulled out
 * @is_weak: whether its file system knows neither rights nor lasting numbers of files (FAT, exFAT)
 *
 * What a disk is like.
 */
typedef struct {
  guint64 n_free;
  gboolean is_removable;
  gboolean is_weak;
} JzPlaceFacts;

void jz_place_advise (const JzPlaceFacts *facts, GPtrArray *sentences);
gboolean jz_place_get_facts (const char *path, JzPlaceFacts *facts, GError **error);
gboolean jz_place_check_new (const char *path, GPtrArray *sentences, GError **error);
char *jz_place_suggest (const char *data_folder, const char *name);

G_END_DECLS
