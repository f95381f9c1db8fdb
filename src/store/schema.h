/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

/**
 * JzMigration:
 * @version: the schema version that this step leads to
 * @script: (nullable): SQL for tables that are not derived, run first
 * @must_replay: whether the derived tables must be dropped, made anew and replayed
 *
 * A numbered step from one form of the database to the next.
 */
typedef struct {
  int version;
  const char *script;
  gboolean must_replay;
} JzMigration;

/**
 * JzReplay:
 * @connection: where the derived tables are empty
 * @data: whatever the caller gave
 * @error: return location
 *
 * Fills the derived tables from the journal. It is passed in because apply lives in a higher layer.
 */
typedef gboolean (*JzReplay) (JzConnection *connection, gpointer data, GError **error);

gboolean jz_schema_create (JzConnection *connection, GError **error);
gboolean jz_schema_create_derived (JzConnection *connection, GError **error);
gboolean jz_schema_drop_derived (JzConnection *connection, GError **error);
gboolean jz_schema_get_version (JzConnection *connection, int *version, GError **error);
int jz_schema_get_newest_version (void);
gboolean jz_schema_migrate (JzConnection *connection,
                            const JzMigration *steps,
                            gsize n_steps,
                            JzReplay replay,
                            gpointer replay_data,
                            GError **error);
const JzMigration *jz_schema_get_migrations (gsize *n_steps);
char **jz_schema_list_derived (JzConnection *connection, GError **error);
gboolean jz_schema_compare (JzConnection *connection, GPtrArray *differences, GError **error);

G_END_DECLS
