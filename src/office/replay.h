/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzReplayStep:
 * @tables: the derived tables as they are before the entry
 * @record: the entry
 * @was_destroyed: whether its payload was destroyed with its case
 * @data: what was given with it
 * @error: return location
 *
 * Called before each entry is applied.
 *
 * Returns: %FALSE to stop
 */
typedef gboolean (*JzReplayStep) (JzConnection *tables,
                                  const JzJournalRecord *record,
                                  gboolean was_destroyed,
                                  gpointer data,
                                  GError **error);

gboolean jz_replay (JzConnection *tables,
                    JzConnection *journal,
                    JzReplayStep step,
                    gpointer data,
                    GError **error);
gboolean jz_replay_into (JzConnection *connection, gpointer data, GError **error);

gboolean jz_rebuild (JzStore *store, GError **error);
gboolean jz_rebuild_at (const char *path, GError **error);
gboolean jz_replay_compare (JzConnection *expected,
                            JzConnection *found,
                            guint max,
                            GPtrArray *differences,
                            GError **error);
gboolean jz_dump (JzConnection *tables, GOutputStream *stream, GError **error);

G_END_DECLS
