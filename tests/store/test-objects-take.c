/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <signal.h>
#include <sys/time.h>
#include <sys/wait.h>

#include "store/store.h"

#include "objects.h"

/* Large files that come in with interruptions. */

#define N_PIECES 9
#define N_ON_THE_WAY 6
#define SIZE ((gsize)N_PIECES * JZ_CHUNK_SIZE + 4711)

typedef struct {
  GCancellable *cancellable;
  guint64 at;
  guint64 first; /* what was reported first */
  guint n_reports;
  gboolean kills;
} Watch;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Watch *self = data;

  g_assert_cmpuint (total, ==, SIZE);
  if (self->n_reports++ == 0)
    self->first = done;
  if (done < self->at)
    return;
  if (self->kills)
    kill (getpid (), SIGKILL);
  else if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
take (TestStore *store, const char *path, guint64 until, JzObject *object, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Watch watch = { .cancellable = cancellable, .at = until };

  return jz_objects_take_file (store->objects, path, "case", on_progress, &watch, cancellable,
                               object, error);
}

static void
take_a_part (TestStore *store, const char *path, guint n_pieces)
{
  g_autoptr (GError) error = NULL;
  JzObject object = { .size = 4711 };

  g_assert_false (take (store, path, (guint64)n_pieces * JZ_CHUNK_SIZE, &object, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (object.size, ==, 4711);
}

/* The whole content is there, and nothing else. */
static void
assert_taken (TestStore *store, const JzObject *object, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = jz_objects_get_bytes (store->objects, &object->hash, 2 * SIZE, &error);
  g_autoptr (GArray) named = g_array_new (FALSE, FALSE, sizeof (JzObject));
  g_autoptr (GPtrArray) faults =
    g_ptr_array_new_with_free_func ((GDestroyNotify)jz_object_fault_free);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (found, content));
  g_assert_true (object->has_chunks);
  g_array_append_val (named, *object);
  g_assert_true (jz_objects_verify (store->objects, named, NULL, NULL, NULL, faults, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
  g_assert_cmpuint (count_objects (store), ==, 2);
  g_assert_cmpuint (folder_count (store->incoming), ==, 0);
}

static void
take_all (TestStore *store, const char *path, GBytes *content)
{
  g_autoptr (GError) error = NULL;
  JzObject object = { 0 };

  g_assert_true (take (store, path, G_MAXUINT64, &object, &error));
  g_assert_no_error (error);
  assert_taken (store, &object, content);
}

static void
test_whole (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autofree char *source = NULL;

  test_store_open (&store);
  source = make_source (&store, "某.mp4", content);
  take_all (&store, source, content);
}

/* Interrupted anywhere, and more than once. */
static void
test_resumes (void)
{
  for (guint n = 0; n <= N_PIECES; n++) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (SIZE, n);
    g_autofree char *source = NULL;

    test_store_open (&store);
    source = make_source (&store, "source", content);
    take_a_part (&store, source, n / 2);
    take_a_part (&store, source, n);
    g_assert_cmpuint (count_objects (&store), ==, 0);
    g_assert_cmpuint (folder_count (store.incoming), ==, 3);
    take_all (&store, source, content);
  }
}

static void
write_at (const char *path, gsize place, const void *data, gsize length)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, data, length, (off_t)place), ==, (ssize_t)length);
  close (fd);
}

/* A source that was altered in what was read and in what was not, and bears its old time: what
 * comes in is what is there now, not the beginning of the one and the end of the other. */
static void
test_altered (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autoptr (GBytes) altered = make_content (SIZE, 2);
  g_autofree char *source = NULL;
  struct timespec times[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };

  test_store_open (&store);
  source = make_source (&store, "source", content);
  g_assert_cmpint (utimensat (AT_FDCWD, source, times, 0), ==, 0);
  take_a_part (&store, source, 4);
  write_at (source, 0, g_bytes_get_data (altered, NULL), SIZE);
  g_assert_cmpint (utimensat (AT_FDCWD, source, times, 0), ==, 0);
  take_all (&store, source, altered);
}

static char *
find_file (TestStore *store, const char *ending)
{
  g_autoptr (GDir) folder = g_dir_open (store->incoming, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ending))
      return g_build_filename (store->incoming, name, NULL);
  g_assert_not_reached ();
}

/* A power cut may leave anything of what was not made durable. */
static void
test_power_cut (void)
{
  static const struct {
    const char *file;
    goffset cut; /* -1: not */
    gsize place; /* of garbage; 0: none */
  } cases[] = {
    { ".part", 0, 0 },
    { ".part", 3 * JZ_CHUNK_SIZE + 5, 0 },
    { ".part", 7 * JZ_CHUNK_SIZE, 0 }, /* longer than it was: zeros */
    { ".part", -1, 1 },
    { ".part", -1, 2 * JZ_CHUNK_SIZE + 17 },
    { ".sums", 0, 0 },
    { ".sums", 50, 0 },
    { ".sums", 32 * 9, 0 },
    { ".sums", -1, 33 },
    { ".ticket", 0, 0 },
    { ".ticket", 20, 0 },
    { ".ticket", -1, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (SIZE, 1);
    g_autofree char *source = NULL;
    g_autofree char *file = NULL;

    g_test_message ("case %u", (guint)i);
    test_store_open (&store);
    source = make_source (&store, "source", content);
    take_a_part (&store, source, 5);
    file = find_file (&store, cases[i].file);
    if (cases[i].cut >= 0)
      g_assert_cmpint (truncate (file, cases[i].cut), ==, 0);
    if (cases[i].place > 0)
      write_at (file, cases[i].place, "\0garbage\xff", 9);
    take_all (&store, source, content);
  }
}

/* The copy is made read-only before it gets its name; a kill in between must not keep anybody who
 * is not the superuser from going on. */
static void
test_sealed (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autofree char *source = NULL;
  g_autofree char *part = NULL;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  take_a_part (&store, source, 5);
  part = find_file (&store, ".part");
  g_assert_cmpint (g_chmod (part, 0444), ==, 0);
  take_all (&store, source, content);
}

static void
test_source_is_another (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) first = make_content (SIZE, 1);
  g_autoptr (GBytes) second = make_content (SIZE, 2);
  g_autofree char *source = NULL;

  test_store_open (&store);
  source = make_source (&store, "source", first);
  take_a_part (&store, source, 5);
  g_assert_cmpint (unlink (source), ==, 0);
  g_free (source);
  source = make_source (&store, "source", second);
  take_all (&store, source, second);
}

static void
on_progress_append (guint64 done, guint64 total, gpointer data)
{
  const char *path = data;

  if (done >= 5 * JZ_CHUNK_SIZE)
    write_at (path, SIZE, "x", 1);
}

/* A recorder still writes: nothing is kept, because nothing of it would be right. */
static void
test_source_changes (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  g_assert_false (jz_objects_take_file (store.objects, source, "", on_progress_append, source, NULL,
                                        &object, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, source));
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
  g_assert_cmpuint (count_objects (&store), ==, 0);
}

/* The card is pulled out in the middle: one sentence, and later it goes on. */
static void
test_source_disappears (void)
{
  static const int failures[] = { EIO, ENODEV, ESTALE };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (SIZE, 1);
    g_autofree char *source = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) tickets = NULL;
    JzObject object;

    test_store_open (&store);
    source = make_source (&store, "source", content);
    fault_arm ("read", 5, failures[i]);
    g_assert_false (take (&store, source, G_MAXUINT64, &object, &error));
    g_assert_true (fault_disarm ());
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
    g_assert_nonnull (strstr (error->message, source));
    tickets = jz_objects_list_tickets (store.objects, NULL);
    g_assert_cmpuint (tickets->len, ==, 1);
    take_all (&store, source, content);
  }
}

/* Whatever call fails: an error, nothing under a final name, and nothing kept when the disk is
 * full; then it works. */
static void
test_calls_fail (void)
{
  static const int failures[] = { ENOSPC, EIO };

  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++) {
    for (int n = 1;; n++) {
      g_auto (TestStore) store = { 0 };
      g_autoptr (GBytes) content = make_content (SIZE, 1);
      g_autofree char *source = NULL;
      g_autoptr (GError) error = NULL;
      JzObject object = { .size = 4711 };
      gboolean is_stored;

      test_store_open (&store);
      source = make_source (&store, "source", content);
      fault_arm (failures[i] == ENOSPC ? "write" : NULL, n, failures[i]);
      fault.cuts_writes = n % 2 == 0;
      is_stored = take (&store, source, G_MAXUINT64, &object, &error);
      if (!fault_disarm ()) {
        g_assert_true (is_stored);
        g_assert_cmpint (n, >, 20);
        break;
      }
      if (is_stored) /* the ticket of an earlier try was only looked for */
        continue;
      g_assert_error (error, JZ_STORE_ERROR,
                      (failures[i] == ENOSPC ? JZ_STORE_ERROR_FULL : JZ_STORE_ERROR_IO));
      g_assert_cmpuint (object.size, ==, 4711);
      if (failures[i] == ENOSPC)
        g_assert_cmpuint (folder_count (store.incoming), ==, 0);
      take_all (&store, source, content);
    }
  }
}

/* Killed while it copies. */
static void
test_killed (void)
{
  for (guint n = 0; n <= N_PIECES; n += 3) {
    g_auto (TestStore) store = { 0 };
    g_autoptr (GBytes) content = make_content (SIZE, 1);
    g_autofree char *source = NULL;
    g_autoptr (GPtrArray) tickets = NULL;
    const JzTicket *ticket;
    int status = 0;
    pid_t child;

    test_store_open (&store);
    source = make_source (&store, "某 视频.mp4", content);
    child = fork ();
    if (child == 0) {
      Watch watch = { .at = (guint64)n * JZ_CHUNK_SIZE, .kills = TRUE };
      JzObject object;
      jz_objects_take_file (store.objects, source, "case-1", on_progress, &watch, NULL, &object,
                            NULL);
      _exit (0);
    }
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFSIGNALED (status));
    tickets = jz_objects_list_tickets (store.objects, NULL);
    g_assert_cmpuint (tickets->len, ==, 1);
    ticket = g_ptr_array_index (tickets, 0);
    g_assert_cmpstr (ticket->path, ==, source);
    g_assert_cmpstr (ticket->purpose, ==, "case-1");
    g_assert_cmpuint (ticket->size, ==, SIZE);
    /* Pieces that were copied, and on their way to be hashed, are copied again. */
    g_assert_cmpuint (ticket->done, <=, (guint64)n * JZ_CHUNK_SIZE);
    g_assert_cmpuint (ticket->done + N_ON_THE_WAY * (guint64)JZ_CHUNK_SIZE, >=,
                      (guint64)n * JZ_CHUNK_SIZE);
    g_assert_true (jz_objects_sweep_incoming (store.objects, NULL, NULL));
    g_assert_cmpuint (folder_count (store.incoming), ==, 3);
    {
      g_autoptr (GError) error = NULL;
      JzObject object = { 0 };
      g_assert_true (
        jz_objects_take_file (store.objects, source, "case-1", NULL, NULL, NULL, &object, &error));
      g_assert_no_error (error);
      assert_taken (&store, &object, content);
    }
  }
}

/* As the next program finds it: content that has its name has its note, too. */
static void
assert_noted (TestStore *store, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzObjects) next = jz_objects_open (store->store, &error);
  g_autoptr (GPtrArray) arrivals = jz_objects_list_arrivals (next, &error);
  const JzArrival *arrival;

  g_assert_no_error (error);
  if (count_objects (store) == 0)
    return;
  g_assert_cmpuint (arrivals->len, ==, 1);
  arrival = g_ptr_array_index (arrivals, 0);
  g_assert_cmpstr (arrival->name, ==, "某 照片.jpg");
  g_assert_cmpstr (arrival->purpose, ==, "case-1");
  g_assert_cmpuint (arrival->object.size, ==, size);
  g_assert_cmpint (arrival->object.has_chunks, ==, size > JZ_CHUNK_SIZE);
  g_assert_true (jz_objects_has (next, &arrival->object.hash));
  /* A copy that has its name is none that could be resumed. */
  g_assert_true (jz_objects_sweep_incoming (next, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (folder_count (store->incoming), ==, 1);
}

/* Returns: whether it was killed. */
static gboolean
take_and_be_killed (TestStore *store, const char *source, int at)
{
  int status = 0;
  pid_t child = fork ();

  if (child == 0) {
    g_autofree char *note = NULL;
    JzObject object;
    gboolean is_stored;

    fault.kills = TRUE;
    fault_arm (NULL, at, EIO);
    is_stored = jz_objects_take_arrival (store->objects, source, "case-1", NULL, NULL, NULL,
                                         &object, &note, NULL);
    _exit (is_stored && note != NULL ? 0 : 1);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return WIFSIGNALED (status);
}

/* Killed at any call, with and without a ticket, with and without a chunk list. */
static void
test_killed_arriving (void)
{
  static const gsize sizes[] = { 4711, JZ_CHUNK_SIZE + 5, SIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    gboolean is_killed = TRUE;

    for (int n = 1; is_killed; n++) {
      g_auto (TestStore) store = { 0 };
      g_autoptr (GBytes) content = make_content (sizes[i], 1);
      g_autofree char *source = NULL;

      test_store_open (&store);
      source = make_source (&store, "某 照片.jpg", content);
      is_killed = take_and_be_killed (&store, source, n);
      assert_noted (&store, sizes[i]);
      if (!is_killed)
        g_assert_cmpuint (count_objects (&store), ==, sizes[i] > JZ_CHUNK_SIZE ? 2 : 1);
      g_assert_true (is_killed || n > 5);
    }
  }
}

/* What could not be stored has no note. */
static void
test_arrival_fails (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (4711, 1);
  g_autofree char *source = NULL;
  g_autofree char *note = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  /* First the note is given its name, then the content. */
  fault_arm ("rename", 2, EIO);
  g_assert_false (jz_objects_take_arrival (store.objects, source, "case", NULL, NULL, NULL, &object,
                                           &note, &error));
  g_assert_true (fault_disarm ());
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  g_assert_null (note);
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
}

/* What can be resumed stays, for each purpose by itself; all else goes. */
static void
test_sweep (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *source = NULL;
  g_autofree char *litter = NULL;
  g_autofree char *orphan = NULL;
  g_autoptr (GError) error = NULL;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  take_a_part (&store, source, 5);
  litter = folder_write (store.incoming, "part-1-1", "x", 1);
  orphan = folder_write (store.incoming, "0123456789abcdef0123456789abcdef.part", "x", 1);
  g_assert_true (jz_objects_sweep_incoming (store.objects, removed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (removed->len, ==, 2);
  g_assert_cmpuint (folder_count (store.incoming), ==, 3);
  /* Its source is another file now. */
  write_at (source, 0, "x", 1);
  g_assert_true (jz_objects_sweep_incoming (store.objects, NULL, &error));
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
  /* Its source is not there just now. */
  take_a_part (&store, source, 5);
  g_assert_cmpint (unlink (source), ==, 0);
  g_assert_true (jz_objects_sweep_incoming (store.objects, NULL, &error));
  g_assert_cmpuint (folder_count (store.incoming), ==, 3);
  g_assert_true (jz_objects_forget_take (store.objects, source, "case", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (folder_count (store.incoming), ==, 0);
  g_assert_true (jz_objects_forget_take (store.objects, source, "case", &error));
}

typedef struct {
  TestStore *store;
  const char *source;
  gboolean has_looked;
} Meanwhile;

static void
on_progress_sweep (guint64 done, guint64 total, gpointer data)
{
  Meanwhile *self = data;
  g_autoptr (GPtrArray) tickets = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  if (done < 3 * JZ_CHUNK_SIZE || self->has_looked)
    return;
  self->has_looked = TRUE;
  g_assert_true (jz_objects_sweep_incoming (self->store->objects, NULL, &error));
  g_assert_no_error (error);
  tickets = jz_objects_list_tickets (self->store->objects, NULL);
  g_assert_cmpuint (tickets->len, ==, 0);
  /* The same once more, at the same time: it comes in without a ticket. */
  g_assert_true (jz_objects_take_file (self->store->objects, self->source, "case", NULL, NULL, NULL,
                                       &object, &error));
  g_assert_no_error (error);
}

static void
test_meanwhile (void)
{
  g_auto (TestStore) store = { 0 };
  g_autoptr (GBytes) content = make_content (SIZE, 1);
  g_autofree char *source = NULL;
  g_autoptr (GError) error = NULL;
  Meanwhile meanwhile = { .store = &store };
  JzObject object;

  test_store_open (&store);
  source = make_source (&store, "source", content);
  meanwhile.source = source;
  g_assert_true (jz_objects_take_file (store.objects, source, "case", on_progress_sweep, &meanwhile,
                                       NULL, &object, &error));
  g_assert_no_error (error);
  g_assert_true (meanwhile.has_looked);
  assert_taken (&store, &object, content);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/objects-take/whole", test_whole);
  g_test_add_func ("/store/objects-take/resumes", test_resumes);
  g_test_add_func ("/store/objects-take/altered", test_altered);
  g_test_add_func ("/store/objects-take/power-cut", test_power_cut);
  g_test_add_func ("/store/objects-take/sealed", test_sealed);
  g_test_add_func ("/store/objects-take/source-is-another", test_source_is_another);
  g_test_add_func ("/store/objects-take/source-changes", test_source_changes);
  g_test_add_func ("/store/objects-take/source-disappears", test_source_disappears);
  g_test_add_func ("/store/objects-take/calls-fail", test_calls_fail);
  g_test_add_func ("/store/objects-take/killed", test_killed);
  g_test_add_func ("/store/objects-take/killed-arriving", test_killed_arriving);
  g_test_add_func ("/store/objects-take/arrival-fails", test_arrival_fails);
  g_test_add_func ("/store/objects-take/sweep", test_sweep);
  g_test_add_func ("/store/objects-take/meanwhile", test_meanwhile);
  return g_test_run ();
}
