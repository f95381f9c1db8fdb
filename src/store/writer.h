/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"

G_BEGIN_DECLS

/**
 * JzWrite:
 * @connection: the writing connection, inside a savepoint of its own
 * @data: what was given with it
 * @error: return location
 *
 * Something to be written; runs on the writer thread, or on that of a caller who waits for it.
 *
 * Returns: %FALSE to have all that it did undone
 */
typedef gboolean (*JzWrite) (JzConnection *connection, gpointer data, GError **error);

/**
 * JzWritten:
 * @error: (nullable): %NULL when it is committed and durable
 * @data: what was given with it
 *
 * Told once, on the thread that wrote, after the commit or the failure.
 */
typedef void (*JzWritten) (const GError *error, gpointer data);

typedef struct _JzWriter JzWriter;

JzWriter *jz_writer_new (JzConnection *connection);
void jz_writer_free (JzWriter *self);
void jz_writer_queue (JzWriter *self, JzWrite write, JzWritten written, gpointer data);
void jz_writer_hurry (JzWriter *self, JzWrite write, JzWritten written, gpointer data);
gboolean jz_writer_run (JzWriter *self, JzWrite write, gpointer data, GError **error);
gboolean jz_writer_run_alone (JzWriter *self, JzWrite write, gpointer data, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzWriter, jz_writer_free)

G_END_DECLS
