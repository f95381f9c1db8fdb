/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bundle-fixture.h"

G_BEGIN_DECLS

/* What may stand in an archive, good or bad. */
typedef struct {
  char *path;
  guint type; /* AE_IFREG … */
  GBytes *content;
  char *link;
  gboolean is_hard;
  gint64 claimed; /* size in the header, -1 for that of the content */
} PackEntry;

/* A bundle taken apart, to be changed and packed again. */
typedef struct {
  GPtrArray *entries;
  const TestBundle *bundle;
} Pack;

typedef enum { PACK_TAR_GZIP, PACK_TAR_ZSTD, PACK_ZIP, PACK_ZIP_DEFLATED, PACK_TAR } PackFormat;

void pack_init (Pack *self, const TestBundle *bundle);
void pack_clear (Pack *self);
PackEntry *pack_find (Pack *self, const char *path);
PackEntry *pack_add (Pack *self, const char *path, const char *text);
void pack_remove (Pack *self, const char *path);
void pack_set (Pack *self, const char *path, const char *text);
char *pack_get (Pack *self, const char *path);
/* Makes lists and signature fit what is there now. */
void pack_seal (Pack *self);
GBytes *pack_to_bytes (Pack *self, PackFormat format);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pack, pack_clear)

G_END_DECLS
