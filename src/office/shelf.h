/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/connection.h"
#include "store/entry.h"
#include "store/objects.h"

G_BEGIN_DECLS

/**
 * JzShelf:
 * @mutex: before everything else
 * @things: by the hash of the object that each was read from
 * @max: bytes that an object may have
 * @describe_missing: says that the store does not have an object
 * @read: reads an object; its name is the hash
 * @free: frees what @read gave
 *
 * What was adopted, once it was read. What a hash names never changes, so it is kept for the life
 * of the program.
 */
typedef struct {
  GMutex mutex;
  GHashTable *things;
  gsize max;
  char *(*describe_missing) (const char *name);
  gpointer (*read) (GBytes *bytes, const char *name, GError **error);
  GDestroyNotify free;
} JzShelf;

gconstpointer jz_shelf_get (JzShelf *self, JzObjects *objects, const JzHash *hash, GError **error);
void jz_shelf_clear (JzShelf *self);

gboolean jz_statement_take_hash (JzStatement *row, JzMaybeHash *hash, GError **error);
/* What was adopted last of what is in force on day ?1, by entries up to ?2. Asked for every act and
 * twice for every entry that is verified: ORDER BY would set up a sorter each time, which costs
 * more than all the rest of it. */
#define JZ_NEWEST_IN_FORCE(table)                                                                  \
  "SELECT hash FROM " table " WHERE arrival = (SELECT max (arrival) FROM " table                   \
  " WHERE arrival <= ?2 AND in_force = (SELECT max (in_force) FROM " table                         \
  " WHERE in_force <= ?1 AND arrival <= ?2))"

gboolean jz_tables_find_adopted (JzConnection *tables,
                                 const char *query,
                                 JzDate date,
                                 gint64 until,
                                 JzMaybeHash *hash,
                                 GError **error);

G_END_DECLS
