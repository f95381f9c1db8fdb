/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "../store/folder.h"
#include "media/intake.h"
#include "office-fixture.h"
#include "office/attachments.h"
#include "office/taken.h"

/* Many files at once, with everything that happens to a card reader. */

#define MIB ((gsize)1024 * 1024)

static JzJson *
answer (int handle, const char *name, GCancellable *cancellable, GError **error)
{
  char first = '\0';

  g_assert_cmpint (read (handle, &first, 1), ==, 1);
  if (first == 'b') {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "damaged");
    return NULL;
  }
  return test_json ("{'kind':'photo','made_at':'2025-01-01T09:12:05'}");
}

typedef struct {
  TestOffice office;
  char *case_id;
  JzIntake *intake;
} Fixture;

static void
fixture_init (Fixture *self)
{
  test_office_staff (&self->office);
  self->case_id = test_office_open_case (&self->office, "某案");
  self->intake = jz_intake_new (self->office.office, self->case_id);
}

static void
fixture_clear (Fixture *self)
{
  if (self->intake != NULL)
    g_assert_finalize_object (self->intake);
  g_free (self->case_id);
  test_office_clear (&self->office);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static char *
make_file (Fixture *self, const char *name, char first, gsize size, guint32 seed)
{
  g_autofree char *data = g_malloc (size + 1);
  guint32 state = seed * 2654435761u + 1;

  for (gsize i = 0; i < size; i++) {
    state = state * 1664525u + 1013904223u;
    data[i] = (char)(state >> 24);
  }
  data[0] = first;
  return folder_write (self->office.folder, name, data, size);
}

static gboolean
on_deadline (gpointer data)
{
  g_error ("nothing more happened for 60 seconds");
  return G_SOURCE_REMOVE;
}

static void
wait_until (gboolean (*is_so) (gconstpointer data), gconstpointer data)
{
  guint deadline = g_timeout_add_seconds (60, on_deadline, NULL);

  while (!is_so (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static gboolean
is_done (gconstpointer data)
{
  return !jz_intake_is_busy ((JzIntake *)data);
}

static gsize
count_incoming (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->office.path, "incoming", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += !g_str_has_suffix (name, ".arrived");
  return n;
}

static void
on_changed (GObject *object, guint *n)
{
  (*n)++;
}

static void
test_many (void)
{
  g_auto (Fixture) fixture = { 0 };
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  guint64 done = 0;
  guint64 total = 0;
  guint n_changes = 0;

  fixture_init (&fixture);
  g_signal_connect (fixture.intake, "changed", G_CALLBACK (on_changed), &n_changes);
  for (guint i = 0; i < 20; i++) {
    g_autofree char *name = g_strdup_printf ("照片 %u.jpg", i);
    g_ptr_array_add (paths, make_file (&fixture, name, 'a', 1000 + i, i));
    jz_intake_add (fixture.intake, g_ptr_array_index (paths, i));
  }
  g_assert_true (jz_intake_is_busy (fixture.intake));
  wait_until (is_done, fixture.intake);
  g_assert_cmpuint (n_changes, >, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.intake)), ==, 20);
  jz_intake_get_progress (fixture.intake, &done, &total);
  g_assert_cmpuint (done, ==, total);
  g_assert_cmpuint (total, ==, 20 * 1000 + 190);
  for (guint i = 0; i < 20; i++) {
    g_autoptr (JzIntakeItem) item = g_list_model_get_item (G_LIST_MODEL (fixture.intake), i);
    g_autofree char *name = g_strdup_printf ("照片 %u.jpg", i);
    g_assert_cmpint (jz_intake_item_get_state (item), ==, JZ_INTAKE_READY);
    g_assert_cmpstr (jz_intake_item_get_name (item), ==, name);
    g_assert_cmpstr (jz_intake_item_get_path (item), ==, g_ptr_array_index (paths, i));
    g_assert_cmpstr (jz_json_get_member_text (jz_intake_item_get_probe (item), "kind"), ==,
                     "photo");
    g_assert_null (jz_intake_item_get_same (item));
    g_assert_null (jz_intake_item_get_sentence (item));
    /* The card may be gone by now. */
    g_assert_cmpint (unlink (jz_intake_item_get_path (item)), ==, 0);
    test_office_do (&fixture.office, "handler", "attachment.add", "{'case':'%s','taken':'%s'}",
                    fixture.case_id, jz_intake_item_get_token (item));
  }
  g_assert_cmpint (test_office_count (&fixture.office, "SELECT count (*) FROM attachment"), ==, 20);
  g_assert_cmpint (
    test_office_count (&fixture.office, "SELECT count (*) FROM fact WHERE name = 'taken_at'"), ==,
    20);
  g_assert_cmpuint (count_incoming (&fixture), ==, 0);
  g_ptr_array_unref (paths);
}

/* One that cannot be had keeps no other from coming in. */
static void
test_refused (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *good = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *missing = NULL;
  JzIntakeItem *items[4];

  fixture_init (&fixture);
  good = make_file (&fixture, "good.jpg", 'a', 10, 1);
  damaged = make_file (&fixture, "damaged.jpg", 'b', 10, 1);
  missing = g_build_filename (fixture.office.folder, "missing.jpg", NULL);
  items[0] = jz_intake_add (fixture.intake, missing);
  items[1] = jz_intake_add (fixture.intake, fixture.office.folder);
  items[2] = jz_intake_add (fixture.intake, damaged);
  items[3] = jz_intake_add (fixture.intake, good);
  wait_until (is_done, fixture.intake);
  for (int i = 0; i < 2; i++) {
    g_assert_cmpint (jz_intake_item_get_state (items[i]), ==, JZ_INTAKE_FAILED);
    g_assert_nonnull (strstr (jz_intake_item_get_sentence (items[i]), fixture.office.folder));
    g_assert_null (jz_intake_item_get_token (items[i]));
  }
  g_assert_cmpint (jz_intake_item_get_state (items[2]), ==, JZ_INTAKE_READY);
  g_assert_null (jz_intake_item_get_probe (items[2]));
  g_assert_cmpint (jz_intake_item_get_state (items[3]), ==, JZ_INTAKE_READY);
  /* What was missing is put in, and tried again. */
  g_free (make_file (&fixture, "missing.jpg", 'a', 20, 2));
  jz_intake_retry (fixture.intake, items[0]);
  jz_intake_retry (fixture.intake, items[3]); /* it is there: nothing happens */
  wait_until (is_done, fixture.intake);
  while (jz_intake_item_get_state (items[0]) != JZ_INTAKE_READY)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (jz_intake_item_get_sentence (items[0]));
}

static void
test_same (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  JzIntakeItem *items[3];

  fixture_init (&fixture);
  first = make_file (&fixture, "first.jpg", 'a', 10, 1);
  second = make_file (&fixture, "second.jpg", 'a', 10, 1);
  third = make_file (&fixture, "third.jpg", 'c', 10, 1);
  test_office_do (&fixture.office, "handler", "attachment.add",
                  "{'case':'%s','file':'%s','name':'已有'}", fixture.case_id, third);
  items[0] = jz_intake_add (fixture.intake, first);
  items[1] = jz_intake_add (fixture.intake, second);
  items[2] = jz_intake_add (fixture.intake, third);
  wait_until (is_done, fixture.intake);
  g_assert_null (jz_intake_item_get_same (items[0]));
  g_assert_cmpstr (jz_intake_item_get_same (items[1]), ==, "first.jpg");
  g_assert_cmpstr (jz_intake_item_get_same (items[2]), ==, "已有");
  g_assert_cmpint (jz_intake_item_get_state (items[2]), ==, JZ_INTAKE_READY);
}

/* Held in the middle of a file, and on. */
static void
test_paused (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *path = NULL;
  JzIntakeItem *item;
  guint64 held = 0;

  fixture_init (&fixture);
  path = make_file (&fixture, "video.mp4", 'a', 24 * MIB, 1);
  jz_intake_set_paused (fixture.intake, TRUE);
  g_assert_true (jz_intake_is_paused (fixture.intake));
  item = jz_intake_add (fixture.intake, path);
  g_assert_cmpuint (jz_intake_item_get_size (item), ==, 24 * MIB);
  g_usleep (50 * 1000); /* whatever would be copied is copied by now */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  held = jz_intake_item_get_done (item);
  g_assert_cmpuint (held, <=, 2 * MIB);
  g_assert_true (jz_intake_is_busy (fixture.intake));
  jz_intake_set_paused (fixture.intake, FALSE);
  wait_until (is_done, fixture.intake);
  g_assert_cmpint (jz_intake_item_get_state (item), ==, JZ_INTAKE_READY);
  g_assert_cmpuint (jz_intake_item_get_done (item), ==, 24 * MIB);
}

/* Nothing is kept of what nobody wants, also while it is held. */
static void
test_cancelled (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  JzIntakeItem *items[2];

  fixture_init (&fixture);
  first = make_file (&fixture, "first.mp4", 'a', 64 * MIB, 1);
  second = make_file (&fixture, "second.jpg", 'a', 10, 1);
  items[0] = jz_intake_add (fixture.intake, first);
  items[1] = jz_intake_add (fixture.intake, second);
  jz_intake_set_paused (fixture.intake, TRUE);
  jz_intake_cancel (fixture.intake, items[0]);
  while (jz_intake_item_get_state (items[0]) != JZ_INTAKE_CANCELLED)
    g_main_context_iteration (NULL, TRUE);
  jz_intake_set_paused (fixture.intake, FALSE);
  wait_until (is_done, fixture.intake);
  g_assert_cmpint (jz_intake_item_get_state (items[1]), ==, JZ_INTAKE_READY);
  g_assert_cmpuint (count_incoming (&fixture), ==, 0);
  jz_intake_retry (fixture.intake, items[0]);
  while (jz_intake_item_get_state (items[0]) != JZ_INTAKE_READY)
    g_main_context_iteration (NULL, TRUE);
}

/* The program ends in the middle: another day it goes on. */
static void
test_stopped (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) tickets = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (JzIntake) next = NULL;
  const JzTicket *ticket;
  JzIntakeItem *item;

  fixture_init (&fixture);
  path = make_file (&fixture, "某 video.mp4", 'a', 64 * MIB, 1);
  item = jz_intake_add (fixture.intake, path);
  jz_intake_set_paused (fixture.intake, TRUE);
  g_usleep (20 * 1000);
  jz_intake_stop (fixture.intake);
  g_assert_null (jz_intake_item_get_token (item));
  tickets = jz_intake_list_unfinished (fixture.office.office, fixture.case_id, NULL);
  g_assert_cmpuint (tickets->len, ==, 1);
  ticket = g_ptr_array_index (tickets, 0);
  g_assert_cmpstr (ticket->path, ==, path);
  none = jz_intake_list_unfinished (fixture.office.office, "other", NULL);
  g_assert_cmpuint (none->len, ==, 0);
  next = jz_intake_new (fixture.office.office, fixture.case_id);
  item = jz_intake_add (next, ticket->path);
  wait_until (is_done, next);
  g_assert_cmpint (jz_intake_item_get_state (item), ==, JZ_INTAKE_READY);
  g_assert_cmpuint (count_incoming (&fixture), ==, 0);
}

/* The sheet is closed: what was copied goes again. */
static void
test_dropped (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GBytes) pasted = g_bytes_new ("a picture", 9);
  g_auto (GStrv) tokens = NULL;
  JzIntakeItem *item;

  fixture_init (&fixture);
  path = make_file (&fixture, "a.jpg", 'a', 3 * MIB, 1);
  jz_intake_add (fixture.intake, path);
  item = jz_intake_add_bytes (fixture.intake, pasted, "粘贴的图片.png");
  g_assert_null (jz_intake_item_get_path (item));
  wait_until (is_done, fixture.intake);
  g_assert_cmpint (jz_intake_item_get_state (item), ==, JZ_INTAKE_READY);
  jz_intake_stop (fixture.intake);
  tokens = jz_intake_steal_tokens (fixture.intake);
  g_assert_cmpuint (g_strv_length (tokens), ==, 2);
  for (char **token = tokens; *token != NULL; token++) {
    g_autoptr (JzTakenFile) file = jz_office_find_taken (fixture.office.office, *token);
    JzObjects *objects = jz_store_get_objects (jz_office_get_store (fixture.office.office));
    g_assert_true (jz_objects_has (objects, &file->object.hash));
    g_assert_true (jz_office_drop_taken (fixture.office.office, *token, NULL));
    g_assert_false (jz_objects_has (objects, &file->object.hash));
    if (file->object.has_chunks)
      g_assert_false (jz_objects_has (objects, &file->object.chunks));
  }
}

static GPtrArray *
list_left (Fixture *self, const char *case_id)
{
  JzStore *store = jz_office_get_store (self->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *left = jz_office_list_left (self->office.office, reader, case_id, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return left;
}

/* As if the program had ended there. */
static void
begin_again (Fixture *self)
{
  jz_intake_stop (self->intake);
  g_assert_finalize_object (self->intake);
  test_office_close (&self->office);
  test_office_open (&self->office);
  self->intake = jz_intake_new (self->office.office, self->case_id);
}

/* The program ends between copying and adding: another day it is added, or dropped. */
static void
test_left (void)
{
  g_auto (Fixture) fixture = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GBytes) pasted = g_bytes_new ("a picture", 9);
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) other = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) nothing = NULL;
  JzIntakeItem *item;
  JzObjects *objects;
  JzObject dropped;

  fixture_init (&fixture);
  path = make_file (&fixture, "某 photo.jpg", 'a', 3 * MIB, 1);
  jz_intake_add (fixture.intake, path);
  jz_intake_add_bytes (fixture.intake, pasted, "粘贴的图片.png");
  wait_until (is_done, fixture.intake);
  none = list_left (&fixture, fixture.case_id);
  g_assert_cmpuint (none->len, ==, 0);
  begin_again (&fixture);
  other = list_left (&fixture, "other");
  g_assert_cmpuint (other->len, ==, 0);
  left = list_left (&fixture, fixture.case_id);
  g_assert_cmpuint (left->len, ==, 2);
  g_assert_cmpstr (((JzArrival *)g_ptr_array_index (left, 0))->name, ==, "某 photo.jpg");
  /* It needs no source any more. */
  g_assert_cmpint (unlink (path), ==, 0);
  item = jz_intake_add_arrived (fixture.intake, g_ptr_array_index (left, 0));
  wait_until (is_done, fixture.intake);
  g_assert_cmpint (jz_intake_item_get_state (item), ==, JZ_INTAKE_READY);
  g_assert_cmpstr (jz_intake_item_get_name (item), ==, "某 photo.jpg");
  test_office_do (&fixture.office, "handler", "attachment.add", "{'case':'%s','taken':'%s'}",
                  fixture.case_id, jz_intake_item_get_token (item));
  /* It ends once more, between the act and dropping the token. */
  begin_again (&fixture);
  rest = list_left (&fixture, fixture.case_id);
  g_assert_cmpuint (rest->len, ==, 1);
  dropped = ((JzArrival *)g_ptr_array_index (rest, 0))->object;
  objects = jz_store_get_objects (jz_office_get_store (fixture.office.office));
  g_assert_true (jz_objects_has (objects, &dropped.hash));
  g_assert_true (jz_office_drop_left (fixture.office.office, g_ptr_array_index (rest, 0), NULL));
  g_assert_false (jz_objects_has (objects, &dropped.hash));
  nothing = list_left (&fixture, NULL);
  g_assert_cmpuint (nothing->len, ==, 0);
  test_assert_sound (fixture.office.path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  jz_office_set_prober (answer);
  g_test_add_func ("/media/intake/many", test_many);
  g_test_add_func ("/media/intake/refused", test_refused);
  g_test_add_func ("/media/intake/same", test_same);
  g_test_add_func ("/media/intake/paused", test_paused);
  g_test_add_func ("/media/intake/cancelled", test_cancelled);
  g_test_add_func ("/media/intake/stopped", test_stopped);
  g_test_add_func ("/media/intake/dropped", test_dropped);
  g_test_add_func ("/media/intake/left", test_left);
  return g_test_run ();
}
