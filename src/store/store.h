/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/objects.h"
#include "store/schema.h"
#include "store/scratch.h"
#include "store/writer.h"

G_BEGIN_DECLS

/**
 * JzStoreMode:
 * @JZ_STORE_READ: reads; another program may write meanwhile
 * @JZ_STORE_WRITE: is the one program that writes
 */
typedef enum {
  JZ_STORE_READ,
  JZ_STORE_WRITE,
} JzStoreMode;

typedef struct _JzStore JzStore;

gboolean jz_store_make (const char *path, GError **error);
JzStore *jz_store_open (const char *path,
                        JzStoreMode mode,
                        JzReplay replay,
                        gpointer replay_data,
                        GError **error);
void jz_store_close (JzStore *self);

const char *jz_store_get_path (JzStore *self);
JzStoreMode jz_store_get_mode (JzStore *self);
JzObjects *jz_store_get_objects (JzStore *self);
JzWriter *jz_store_get_writer (JzStore *self);
JzScratch *jz_store_get_scratch (JzStore *self);
char *jz_store_get_database_path (const char *store_path);
gboolean jz_store_exists (const char *path);

JzConnection *jz_store_lease_reader (JzStore *self, GError **error);
void jz_store_return_reader (JzStore *self, JzConnection *reader);

gboolean jz_store_is_at_its_place (JzStore *self, gboolean *is_at_its_place, GError **error);
gboolean jz_store_settle_here (JzStore *self, GError **error);
gboolean jz_store_sweep_incoming (JzStore *self, GPtrArray *removed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStore, jz_store_close)

G_END_DECLS
