/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "store/chunk_list.h"
#include "store/error.h"
#include "store/files-private.h"
#include "store/objects-private.h"

/* Reads every object again and compares it with its name. One thread a core takes the next object
 * of a list in which the largest stand first, so that no core is left alone with a long recording
 * at the end. Files are read and not mapped: a disk error then is an errno, not a signal. The
 * calling thread only waits and reports; faults are sorted at the end, so that every run gives the
 * same ones in the same order.
 *
 * Which objects are chunk lists only the acts say that name them: evidence may look like one. An
 * object that has one is still read only once: the hashes of its pieces give the one list that is
 * right, byte by byte, and a list is right when its name is that list's hash (that it has its name
 * is checked when its own turn comes). */

/* Fits the processor's cache; JZ_CHUNK_SIZE is a multiple of it. */
#define BLOCK (256 * 1024)
#define REPORT_INTERVAL_US (100 * G_TIME_SPAN_MILLISECOND)

G_STATIC_ASSERT (JZ_CHUNK_SIZE % BLOCK == 0);

typedef struct {
  JzHash hash;
  guint64 size;
} Job;

typedef struct {
  JzObjects *objects;
  GCancellable *cancellable;
  guint64 total;
  GArray *jobs;         /* of Job; not changed once threads run */
  GHashTable *lists_of; /* hash of an object → GArray of hashes of its lists; nor this */
  int next;             /* position of the next job; atomic */

  GMutex mutex; /* guards what follows */
  GCond ended;
  guint64 done;
  guint n_running;
  GPtrArray *faults;
} Verify;

/* What one thread needs again and again. */
typedef struct {
  guint8 *buffer;
  JzHasher *whole;
  JzHasher *piece;
} Scratch;

/**
 * jz_object_fault_free:
 * @fault: (transfer full) (nullable): a fault
 */
void
jz_object_fault_free (JzObjectFault *fault)
{
  if (fault == NULL)
    return;
  g_free (fault->name);
  g_free (fault->sentence);
  g_free (fault);
}

static void
add_fault (Verify *self, const char *name, const char *sentence)
{
  JzObjectFault *fault = g_new0 (JzObjectFault, 1);

  fault->name = g_filename_display_name (name);
  fault->sentence = g_strdup (sentence);
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->faults, fault);
  g_mutex_unlock (&self->mutex);
}

static void
add_fault_of_object (Verify *self, const JzHash *hash, const char *sentence)
{
  char hex[JZ_HASH_HEX_SIZE];
  g_autofree char *name = NULL;

  jz_hash_to_hex (hash, hex);
  name = g_strdup_printf ("%.2s/%s", hex, hex + 2);
  add_fault (self, name, sentence);
}

static guint
hash_of_key (gconstpointer key)
{
  guint first = 0;
  memcpy (&first, key, sizeof first);
  return first;
}

static gboolean
keys_are_equal (gconstpointer a, gconstpointer b)
{
  return jz_hash_equal (a, b);
}

static char *
describe_foreign (const JzObjectsEntry *entry, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;

  switch (entry->kind) {
  case JZ_OBJECTS_ENTRY_UNREADABLE:
    jz_store_error_set_from_errno (&error, entry->failure, path);
    return g_strdup (error->message);
  case JZ_OBJECTS_ENTRY_LINK:
    return g_strdup_printf (_ ("“%s” is a link, and a store holds no links. Find out who made it, "
                               "then remove it."),
                            name);
  case JZ_OBJECTS_ENTRY_FOLDER:
    return g_strdup_printf (_ ("The folder “%s” is not one that this program made. Find out who "
                               "made it, then remove it."),
                            name);
  case JZ_OBJECTS_ENTRY_SPECIAL:
    return g_strdup_printf (_ ("“%s” is no ordinary file. Find out who made it, then remove it."),
                            name);
  case JZ_OBJECTS_ENTRY_FOREIGN:
  case JZ_OBJECTS_ENTRY_OBJECT:
  default:
    return g_strdup_printf (_ ("The file “%s” is not one that this program made. Find out who made "
                               "it, then remove it."),
                            name);
  }
}

static gboolean
on_entry (const JzObjectsEntry *entry, gpointer data)
{
  Verify *self = data;

  if (entry->kind == JZ_OBJECTS_ENTRY_OBJECT) {
    Job job = { entry->hash, entry->size };
    g_array_append_val (self->jobs, job);
    self->total += entry->size;
  } else {
    g_autofree char *path = g_build_filename (self->objects->folder, entry->name, NULL);
    g_autofree char *sentence = describe_foreign (entry, path);
    add_fault (self, entry->name, sentence);
  }
  return !g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
has_list (GArray *lists, const JzHash *list)
{
  for (guint i = 0; i < lists->len; i++)
    if (jz_hash_equal (&g_array_index (lists, JzHash, i), list))
      return TRUE;
  return FALSE;
}

static void
take_lists (Verify *self, const GArray *named)
{
  for (guint i = 0; i < named->len; i++) {
    const JzObject *object = &g_array_index (named, JzObject, i);
    GArray *lists = g_hash_table_lookup (self->lists_of, &object->hash);
    if (!object->has_chunks)
      continue;
    if (lists == NULL) {
      lists = g_array_new (FALSE, FALSE, sizeof (JzHash));
      g_hash_table_insert (self->lists_of, g_memdup2 (&object->hash, sizeof object->hash), lists);
    }
    if (!has_list (lists, &object->chunks))
      g_array_append_val (lists, object->chunks);
  }
}

static int
compare_jobs (gconstpointer a, gconstpointer b)
{
  const Job *one = a;
  const Job *other = b;

  if (one->size != other->size)
    return one->size > other->size ? -1 : 1;
  return memcmp (one->hash.bytes, other->hash.bytes, JZ_HASH_LENGTH);
}

static int
compare_faults (gconstpointer a, gconstpointer b)
{
  const JzObjectFault *one = *(const JzObjectFault *const *)a;
  const JzObjectFault *other = *(const JzObjectFault *const *)b;
  int order = strcmp (one->name, other->name);

  return order != 0 ? order : strcmp (one->sentence, other->sentence);
}

static void
add_done (Verify *self, guint64 n)
{
  g_mutex_lock (&self->mutex);
  self->done += n;
  g_mutex_unlock (&self->mutex);
}

static void
end_piece (Scratch *scratch, GArray *pieces)
{
  JzHash piece;
  jz_hasher_finish (scratch->piece, &piece);
  g_array_append_val (pieces, piece);
}

/* @pieces is (nullable). Both hashers have started anew when this returns, whatever happened. */
static int
hash_content (Verify *self, int fd, Scratch *scratch, GArray *pieces, Job *is)
{
  gsize n = BLOCK;
  int failure = 0;

  is->size = 0;
  while (n == BLOCK && failure == 0 && !g_cancellable_is_cancelled (self->cancellable)) {
    failure = jz_fd_read (fd, scratch->buffer, BLOCK, &n);
    if (failure != 0)
      break;
    jz_hasher_update (scratch->whole, scratch->buffer, n);
    if (pieces != NULL)
      jz_hasher_update (scratch->piece, scratch->buffer, n);
    is->size += n;
    if (pieces != NULL && n > 0 && is->size % JZ_CHUNK_SIZE == 0)
      end_piece (scratch, pieces);
    add_done (self, n);
  }
  if (pieces != NULL && is->size % JZ_CHUNK_SIZE != 0)
    end_piece (scratch, pieces);
  jz_hasher_finish (scratch->whole, &is->hash);
  return failure;
}

static char *
dup_display_path (Verify *self, const JzHash *hash)
{
  g_autofree char *path = jz_objects_dup_path (self->objects, hash);
  return g_filename_display_name (path);
}

/* @pieces is (nullable): NULL for an object that is too small to have a chunk list. */
static void
check_lists (Verify *self, const Job *job, GArray *lists, GArray *pieces)
{
  g_autofree char *object = dup_display_path (self, &job->hash);
  JzHash right = { 0 };

  if (pieces != NULL) {
    g_autoptr (GBytes) list =
      jz_chunk_list_build (job->size, &job->hash, (const JzHash *)pieces->data);
    jz_hash_of (g_bytes_get_data (list, NULL), g_bytes_get_size (list), &right);
  }
  for (guint i = 0; i < lists->len; i++) {
    const JzHash *name = &g_array_index (lists, JzHash, i);
    g_autofree char *path = dup_display_path (self, name);
    g_autofree char *sentence = NULL;
    if (pieces != NULL && jz_hash_equal (name, &right))
      continue;
    sentence = g_strdup_printf (_ ("The list of partial checksums “%1$s” does not fit the stored "
                                   "file “%2$s”. That file is whole, but it cannot be checked "
                                   "while it plays; take it in again."),
                                path, object);
    add_fault_of_object (self, name, sentence);
  }
}

static void
check_open_object (Verify *self, const Job *job, int fd, Scratch *scratch)
{
  GArray *lists = g_hash_table_lookup (self->lists_of, &job->hash);
  g_autoptr (GArray) pieces = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = jz_objects_dup_path (self->objects, &job->hash);
  Job is;
  int failure = 0;

  /* Only a hint for reading ahead; a file system that does not know it works as well. */
  (void)posix_fadvise (fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  if (lists != NULL && job->size > JZ_CHUNK_SIZE)
    pieces = g_array_new (FALSE, FALSE, sizeof (JzHash));
  failure = hash_content (self, fd, scratch, pieces, &is);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (failure != 0)
    jz_store_error_set_from_errno (&error, failure, path);
  else if (is.size != job->size || !jz_hash_equal (&is.hash, &job->hash))
    jz_objects_set_damaged (&error, path);
  if (error != NULL)
    add_fault_of_object (self, &job->hash, error->message);
  else if (lists != NULL)
    check_lists (self, job, lists, pieces);
}

/* One that the process that writes has removed since the walk is no fault. */
static gboolean
is_gone (Verify *self, const JzHash *hash)
{
  g_autofree char *path = jz_objects_dup_path (self->objects, hash);
  struct stat status;

  return lstat (path, &status) != 0 && errno == ENOENT;
}

static void
check_object (Verify *self, const Job *job, Scratch *scratch)
{
  g_autoptr (GError) error = NULL;
  struct stat status;
  int fd = jz_objects_open_with_status (self->objects, &job->hash, &status, &error);

  if (fd < 0) {
    if (is_gone (self, &job->hash))
      return;
    add_fault_of_object (self, &job->hash, error->message);
    return;
  }
  check_open_object (self, job, fd, scratch);
  close (fd);
}

static gpointer
verify_in_thread (gpointer data)
{
  Verify *self = data;
  Scratch scratch = { g_malloc (BLOCK), jz_hasher_new (), jz_hasher_new () };

  while (!g_cancellable_is_cancelled (self->cancellable)) {
    guint position = (guint)g_atomic_int_add (&self->next, 1);
    if (position >= self->jobs->len)
      break;
    check_object (self, &g_array_index (self->jobs, Job, position), &scratch);
  }
  g_free (scratch.buffer);
  jz_hasher_free (scratch.whole);
  jz_hasher_free (scratch.piece);
  g_mutex_lock (&self->mutex);
  self->n_running--;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static GPtrArray *
start_threads (Verify *self)
{
  GPtrArray *threads = g_ptr_array_new ();
  guint wanted = MIN (g_get_num_processors (), self->jobs->len);

  self->n_running = wanted;
  for (guint i = 0; i < wanted; i++) {
    GThread *thread = g_thread_try_new ("verify", verify_in_thread, self, NULL);
    if (thread == NULL)
      break;
    g_ptr_array_add (threads, thread);
  }
  /* The system gives no more: those that there are do it all, or this one does. */
  g_mutex_lock (&self->mutex);
  self->n_running -= wanted - threads->len;
  if (threads->len == 0 && wanted > 0)
    self->n_running = 1;
  g_mutex_unlock (&self->mutex);
  if (threads->len == 0 && wanted > 0)
    verify_in_thread (self);
  return threads;
}

static void
run (Verify *self, JzProgress progress, gpointer progress_data)
{
  g_autoptr (GPtrArray) threads = start_threads (self);

  g_mutex_lock (&self->mutex);
  while (self->n_running > 0) {
    guint64 done = MIN (self->done, self->total);
    g_mutex_unlock (&self->mutex);
    if (progress != NULL)
      progress (done, self->total, progress_data);
    g_mutex_lock (&self->mutex);
    if (self->n_running > 0)
      g_cond_wait_until (&self->ended, &self->mutex, g_get_monotonic_time () + REPORT_INTERVAL_US);
  }
  g_mutex_unlock (&self->mutex);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  if (progress != NULL && !g_cancellable_is_cancelled (self->cancellable))
    progress (self->total, self->total, progress_data);
}

static void
verify_clear (Verify *self)
{
  g_array_unref (self->jobs);
  g_hash_table_unref (self->lists_of);
  g_ptr_array_unref (self->faults);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verify, verify_clear)

/**
 * jz_objects_verify:
 * @self: the objects
 * @named: (nullable) (element-type JzObject): as acts name them; of those with a chunk list it is
 * checked, too, that the list fits its object
 * @progress: (nullable) (scope call): told the bytes done, in this thread
 * @progress_data: given to @progress
 * @cancellable: (nullable): checked every 256 KiB
 * @faults: (element-type JzObjectFault): gets what was found, by name; nothing when this fails
 *
 * Reads every object again on all cores. A fault is a file whose content is not what its name says,
 * that cannot be read, or that is not ours: another name, a link, a pipe, a device, a folder. The
 * mode of a file is no fault; a copy to another disk may lose it. Whether objects are missing, or
 * are there for no reason, only the journal knows; so neither a chunk list nor its object that is
 * not there is a fault.
 *
 * Returns: whether everything was looked at, faults or not; %FALSE when objects/ itself cannot be
 *   read, or on %G_IO_ERROR_CANCELLED
 */
gboolean
jz_objects_verify (JzObjects *self,
                   const GArray *named,
                   JzProgress progress,
                   gpointer progress_data,
                   GCancellable *cancellable,
                   GPtrArray *faults,
                   GError **error)
{
  g_auto (Verify) verify = {
    .objects = self,
    .cancellable = cancellable,
    .jobs = g_array_new (FALSE, FALSE, sizeof (Job)),
    .lists_of =
      g_hash_table_new_full (hash_of_key, keys_are_equal, g_free, (GDestroyNotify)g_array_unref),
    .faults = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free),
  };

  g_return_val_if_fail (self != NULL && faults != NULL, FALSE);

  g_mutex_init (&verify.mutex);
  g_cond_init (&verify.ended);
  if (!jz_objects_walk (self, on_entry, &verify, error))
    return FALSE;
  if (named != NULL)
    take_lists (&verify, named);
  g_array_sort (verify.jobs, compare_jobs);
  run (&verify, progress, progress_data);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_ptr_array_sort (verify.faults, compare_faults);
  g_ptr_array_extend_and_steal (faults, g_steal_pointer (&verify.faults));
  verify.faults = g_ptr_array_new ();
  return TRUE;
}
