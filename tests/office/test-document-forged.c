/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "document-fixture.h"
#include "office/apply.h"
#include "store/journal.h"

/* Documents that an altered program makes final around the checks: the entry is right in every
 * chain and signed, and verify says which rule it breaks. */

/* A store before the right entry, and that entry. */
typedef struct {
  Penalty penalty;
  JzKey *key;
  JzCertificate *certificate;
  char *before;
  char *document;
  char *draft; /* a second document, which nobody has approved */
  JzJournalRecord *right;
} World;

static void
world_clear (World *self)
{
  g_clear_pointer (&self->key, jz_key_unref);
  g_clear_pointer (&self->certificate, jz_certificate_unref);
  g_clear_pointer (&self->right, jz_journal_record_free);
  g_free (self->before);
  g_free (self->document);
  g_free (self->draft);
  penalty_clear (&self->penalty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
world_init (World *self)
{
  Penalty *penalty = &self->penalty;
  g_autoptr (GError) error = NULL;
  JzSession *session;
  JzConnection *reader;

  documents_init (penalty);
  self->document = documents_make (penalty, "one_hur", JZ_DOCUMENT_APPROVED);
  self->draft = documents_make (penalty, "one_hur", JZ_DOCUMENT_EXAMINED);
  session = test_office_sign_in (&penalty->office, "handler");
  self->key = jz_key_ref (jz_session_get_key (session));
  self->certificate = jz_certificate_ref (jz_session_get_certificate (session));
  self->before = g_build_filename (penalty->office.folder, "before", NULL);
  test_office_close (&penalty->office);
  test_copy_folder (penalty->office.path, self->before);
  test_office_open (&penalty->office);
  documents_finalise (penalty, self->document, "one_hur");
  reader = jz_store_lease_reader (jz_office_get_store (penalty->office.office), &error);
  self->right = jz_journal_read (
    reader, test_office_count (&penalty->office, "SELECT max (arrival) FROM entry"), &error);
  g_assert_no_error (error);
  jz_store_return_reader (jz_office_get_store (penalty->office.office), reader);
  test_office_close (&penalty->office);
}

static void
append (const World *self, const char *path, const char *payload)
{
  const JzEntry *right = self->right->entry;
  g_autofree char *database = g_build_filename (path, "juanzong.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJournalRecord) record = NULL;
  JzConnection *connection = jz_connection_open (database, JZ_CONNECTION_WRITE, &error);
  JzDraft draft = { .store = right->store,
                    .case_id = right->case_id,
                    .now = right->time,
                    .actor = right->actor,
                    .role = right->role,
                    .act = right->act,
                    .act_version = right->act_version,
                    .rulebook = &right->rulebook.hash,
                    .payload = payload,
                    .key = self->key,
                    .certificate = self->certificate };

  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (connection, "BEGIN IMMEDIATE", &error));
  record = jz_journal_append (connection, &draft, &error);
  g_assert_no_error (error);
  g_assert_true (jz_apply_record (connection, connection, record, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (connection, "COMMIT", &error));
  jz_connection_close (connection);
}

/* The frozen PDF is in the store as well, for it was put there before the entry. */
static char *
make_copy (const World *self)
{
  char *path = g_build_filename (self->penalty.office.folder, "forged", NULL);
  g_autofree char *database = g_build_filename (path, "juanzong.db", NULL);
  g_autofree char *old = g_build_filename (self->before, "juanzong.db", NULL);

  test_copy_folder (self->before, path);
  {
    g_autofree char *objects = g_build_filename (self->penalty.office.path, "objects", NULL);
    test_copy_folder (objects, path);
  }
  g_assert_true (g_file_test (database, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (old, G_FILE_TEST_EXISTS));
  return path;
}

static void
remove_copy (const char *path)
{
  const char *command[] = { "rm", "-r", "--", path, NULL };
  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

static gboolean
is_told (const JzReport *report, const char *rule)
{
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    if (strstr (fault->sentence, rule) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* @from stands in the payload of the right entry and becomes @to. */
static void
check_forged (const World *self, const char *from, const char *to, const char *rule)
{
  g_auto (GStrv) parts = g_strsplit (self->right->payload, from, -1);
  g_autofree char *payload = g_strjoinv (to, parts);
  g_autofree char *path = make_copy (self);
  g_autoptr (JzReport) report = NULL;

  g_assert_cmpuint (g_strv_length (parts), >, 1);
  append (self, path, payload);
  report = test_verify (path, NULL);
  if (rule == NULL)
    g_assert_cmpuint (report->faults->len, ==, 0);
  else if (!is_told (report, rule))
    g_error ("“%s” for “%s” is not refused by %s", to, from, rule);
  remove_copy (path);
}

static void
test_final (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  check_forged (&world, "\"甲\"", "\"甲\"", NULL);
  /* Another text, another opinion, another name than were approved. */
  check_forged (&world, "\"甲\"", "\"乙\"", "J-DOCUMENT");
  check_forged (&world, "照准", "不准", "J-DOCUMENT");
  check_forged (&world, "拟同意", "同意", "J-DOCUMENT");
  /* As if it were of another form, before which other gates stand. */
  check_forged (&world, "\"one_hur\"", "\"one_h\"", "J-DOCUMENT");
  /* Another number, and a number of another day. */
  check_forged (&world, "〕1号", "〕2号", "J-NUMBER");
  check_forged (&world, "〔2025〕", "〔2024〕", "FC-40");
  check_forged (&world, "\"试〔2025〕1号\"", "\"\"", "J-NUMBER");
  /* A document that nobody has approved, and one that is in no case. */
  check_forged (&world, world.document, world.draft, "J-DOCUMENT");
  check_forged (&world, world.document, "61a3e6ec917d1f8f-999-1", "J-DOCUMENT");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/document-forged/final", test_final);
  return g_test_run ();
}
