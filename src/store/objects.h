/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"
#include "store/hash.h"

G_BEGIN_DECLS

#define JZ_CHUNK_SIZE (1024 * 1024)

/**
 * JzObject:
 * @hash: SHA-256 of the content
 * @size: its bytes
 * @has_chunks: whether there is a chunk list
 * @chunks: hash of the chunk list's object
 *
 * How an act names content that is kept beside the journal (format §2, §5).
 */
typedef struct {
  JzHash hash;
  guint64 size;
  gboolean has_chunks;
  JzHash chunks;
} JzObject;

typedef void (*JzProgress) (guint64 done, guint64 total, gpointer data);

/* The folder `objects/` of one store, with `incoming/` for what is being copied. Thread-safe. */
typedef struct _JzObjects JzObjects;

JzObjects *jz_objects_open (const char *store_path, GError **error);
void jz_objects_close (JzObjects *self);

gboolean jz_objects_put_bytes (JzObjects *self, GBytes *bytes, JzObject *object, GError **error);
/* Copies while hashing, 1 MiB at a time, with a chunk list when the content is over 1 MiB and
 * @with_chunks; fsyncs and renames; content already there is not written again. A source that
 * changes while it is read, or is no regular file, is an error. */
gboolean jz_objects_put_file (JzObjects *self,
                              const char *path,
                              gboolean with_chunks,
                              JzProgress progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              JzObject *object,
                              GError **error);
/* As jz_objects_put_file() with a chunk list, and goes on where an earlier call for the same file
 * and the same @purpose was interrupted: cancelled, killed, or its disk pulled out. */
gboolean jz_objects_take_file (JzObjects *self,
                               const char *path,
                               const char *purpose,
                               JzProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               JzObject *object,
                               GError **error);
/* As jz_objects_take_file(), with a note of its arrival that is there before the content is. */
gboolean jz_objects_take_arrival (JzObjects *self,
                                  const char *path,
                                  const char *purpose,
                                  JzProgress progress,
                                  gpointer progress_data,
                                  GCancellable *cancellable,
                                  JzObject *object,
                                  char **note,
                                  GError **error);

/**
 * JzTicket:
 * @key: by which it is dropped
 * @path: the source
 * @purpose: what it was taken in for
 * @size: of the source
 * @done: bytes that are here
 *
 * A file that was not taken in to its end.
 */
typedef struct {
  char *key;
  char *path;
  char *purpose;
  guint64 size;
  guint64 done;
} JzTicket;
void jz_ticket_free (JzTicket *self);
GPtrArray *jz_objects_list_tickets (JzObjects *self, GError **error);
gboolean jz_objects_drop_ticket (JzObjects *self, const char *key, GError **error);
gboolean
jz_objects_forget_take (JzObjects *self, const char *path, const char *purpose, GError **error);

/**
 * JzArrival:
 * @key: by which it is dropped
 * @object: content that is in the store
 * @name: of its file, any bytes
 * @purpose: what it was taken in for
 * @at: when, in seconds since 1970
 *
 * A file that was taken in to its end, and that no act named before the program ended.
 */
typedef struct {
  char *key;
  JzObject object;
  char *name;
  char *purpose;
  gint64 at;
} JzArrival;
void jz_arrival_free (JzArrival *self);
char *jz_objects_note_arrival (JzObjects *self,
                               const JzObject *object,
                               const char *name,
                               const char *purpose,
                               GError **error);
GPtrArray *jz_objects_list_arrivals (JzObjects *self, GError **error);
gboolean jz_objects_drop_arrival (JzObjects *self, const char *key, GError **error);

gboolean jz_objects_sweep_incoming (JzObjects *self, GPtrArray *removed, GError **error);

GBytes *jz_objects_get_bytes (JzObjects *self,
                              const JzHash *hash,
                              gsize max,
                              GError **error); /* verified */
int jz_objects_open_fd (JzObjects *self,
                        const JzHash *hash,
                        GError **error); /* read-only, -1 on error */
char *jz_objects_dup_path (JzObjects *self, const JzHash *hash);
gboolean jz_objects_has (JzObjects *self, const JzHash *hash);
gboolean
jz_objects_remove (JzObjects *self, const JzHash *hash, GError **error); /* missing is fine */

/* Called for every file under objects/: @name is its path below objects/, @hash what its name says
 * (NULL when the name is not one of ours). Return FALSE to stop. */
typedef gboolean (*JzObjectsVisit) (const char *name,
                                    const JzHash *hash,
                                    guint64 size,
                                    gpointer data);
gboolean jz_objects_foreach (JzObjects *self, JzObjectsVisit visit, gpointer data, GError **error);

/**
 * JzObjectFault:
 * @name: path below objects/
 * @sentence: what is wrong with it
 */
typedef struct {
  char *name;
  char *sentence;
} JzObjectFault;
void jz_object_fault_free (JzObjectFault *fault);

/* Re-hashes every object on all cores; of those of @named, a #GArray of #JzObject or NULL, also
 * checks the chunk list piece by piece. Adds a fault for each wrong, unreadable or foreign file. */
gboolean jz_objects_verify (JzObjects *self,
                            const GArray *named,
                            JzProgress progress,
                            gpointer progress_data,
                            GCancellable *cancellable,
                            GPtrArray *faults,
                            GError **error);

gboolean jz_objects_reread (JzObjects *self,
                            const JzHash *hash,
                            gulong pause_us,
                            GCancellable *cancellable,
                            gboolean *is_sound,
                            GError **error);

/* {"object":hex,"size":n,"chunks":hex} and back; FALSE where it is not exactly of that form */
JzJson *jz_object_to_json (const JzObject *object);
gboolean jz_object_from_json (const JzJson *json, JzObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzArrival, jz_arrival_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTicket, jz_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzObjects, jz_objects_close)

G_END_DECLS
