/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include "acts.h"
#include "document-fixture.h"
#include "office/dossier_use.h"
#include "publish/dossier_export.h"
#include "publish/error.h"
#include "publish/party_copy.h"

/* Who gets to see a dossier: of the secondary volume only what was approved, for one use; the party
 * without what is of others (ux.md §4; AO-10, R-34, R-38). */

#define TELEPHONE "13912345678"
#define WITNESS "证人李四电话" TELEPHONE
#define OWN "当事人住所：某某路2号"
#define INTERNAL "内部意见乙"

static JzObjects *
get_objects (Penalty *self)
{
  return jz_store_get_objects (jz_office_get_store (self->office.office));
}

static JzConnection *
lease (Penalty *self)
{
  return jz_store_lease_reader (jz_office_get_store (self->office.office), NULL);
}

static void
give_back (Penalty *self, JzConnection *reader)
{
  jz_store_return_reader (jz_office_get_store (self->office.office), reader);
}

static void
init (Penalty *self)
{
  documents_init (self);
  jz_acts_connect ();
}

static void
finish (Penalty *self)
{
  test_office_close (&self->office);
  test_assert_sound (self->office.path);
}

static char *
make_final (Penalty *self, const char *text)
{
  char *id =
    test_office_make (&self->office, "handler", "document.draft",
                      "{'case':'%s','form':'one_h','values':{'text':'%s'}}", self->id, text);

  documents_finalise (self, id, "one_h");
  return id;
}

/* The id of what was stated last of a list, and an object of it. */
static char *
find_last (Penalty *self, const char *list, const char *field, JzObject *object)
{
  JzConnection *reader = lease (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStated) stated = jz_stated_load (reader, self->id, G_MAXINT64, &error);
  const JzStatedRecord *record;

  give_back (self, reader);
  g_assert_no_error (error);
  record = jz_stated_find_last (stated, list);
  g_assert_nonnull (record);
  if (object != NULL)
    g_assert_true (jz_object_from_json (jz_stated_record_get (record, field), object));
  return g_strdup (record->id);
}

/* By another program that shares nothing with ours; %NULL where it is not installed. */
static char *
read_by (const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  char *text = NULL;

  if (program == NULL)
    return NULL;
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                               NULL, NULL, NULL));
  return text;
}

static char *
read_file (const char *path)
{
  const char *argv[] = { "pdftotext", "-layout", path, "-", NULL };

  return read_by (argv);
}

static gboolean
export_given (Penalty *self,
              const char *id,
              const char *path,
              GCancellable *cancellable,
              GError **error)
{
  JzConnection *reader = lease (self);
  const JzDossierExport export = { .case_id = self->id,
                                   .now = jz_clock_now (self->office.clock),
                                   .given = id,
                                   .path = path,
                                   .cancellable = cancellable };
  gboolean is_done = jz_dossier_export (&export, reader, get_objects (self), error);

  give_back (self, reader);
  return is_done;
}

/* What the act has frozen, read by another program. */
static char *
read_given (Penalty *self, const char *list)
{
  g_autofree char *id = find_last (self, list, "pdf", NULL);
  g_autofree char *path = g_build_filename (self->office.folder, "given.pdf", NULL);
  g_autoptr (GError) error = NULL;

  export_given (self, id, path, NULL, &error);
  g_assert_no_error (error);
  return read_file (path);
}

static void
assert_has (const char *text, const char *words, gboolean has)
{
  if (text != NULL && (strstr (text, words) != NULL) != has)
    g_error ("“%s” is %s: %s", words, has ? "missing" : "there", text);
}

static char *
fill_secondary (Penalty *self)
{
  g_autofree char *first = make_final (self, "甲");
  char *second = make_final (self, INTERNAL);

  test_office_do (&self->office, "handler", "dossier.arrange",
                  "{'case':'%s','main':['%s'],'secondary':['%s']}", self->id, first, second);
  test_office_refuse (&self->office, "handler", "dossier.open_secondary.propose", "J-VOLUME",
                      "{'case':'%s','use':'court','reason':'法院调取','pieces':['%s']}", self->id,
                      first);
  return second;
}

/* Without an approval a court gets the main volume; with one, what was approved, once. */
static void
test_secondary (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *second = NULL;
  g_autofree char *opening = NULL;
  g_autofree char *without = NULL;
  g_autofree char *with = NULL;

  init (&penalty);
  second = fill_secondary (&penalty);
  test_office_do (&penalty.office, "handler", "dossier.give", "{'case':'%s','use':'court'}",
                  penalty.id);
  without = read_given (&penalty, JZ_LIST_GIVEN);
  assert_has (without, "甲", TRUE);
  assert_has (without, INTERNAL, FALSE);
  test_office_refuse (&penalty.office, "handler", "dossier.give", "J-VOLUME",
                      "{'case':'%s','use':'court','opening':'%s'}", penalty.id, second);
  test_office_do_by_two (&penalty.office, "handler", "section_head", "dossier.open_secondary",
                         "{'case':'%s','use':'court','reason':'法院调取','pieces':['%s']}",
                         penalty.id, second);
  opening = find_last (&penalty, JZ_LIST_OPENED, NULL, NULL);
  test_office_refuse (&penalty.office, "handler", "dossier.give", "J-VOLUME",
                      "{'case':'%s','use':'reconsideration','opening':'%s'}", penalty.id, opening);
  test_office_do (&penalty.office, "handler", "dossier.give",
                  "{'case':'%s','use':'court','opening':'%s','receiver':'某某法院'}", penalty.id,
                  opening);
  with = read_given (&penalty, JZ_LIST_GIVEN);
  assert_has (with, INTERNAL, TRUE);
  test_office_refuse (&penalty.office, "handler", "dossier.give", "J-VOLUME",
                      "{'case':'%s','use':'court','opening':'%s'}", penalty.id, opening);
  finish (&penalty);
}

/* Who asks does not approve, nor does a handler of the case in another role; and where there is no
 * secondary volume nothing is approved. */
static void
test_opened_by_another (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *second = NULL;
  g_autofree char *proposal = NULL;

  init (&penalty);
  test_office_refuse (&penalty.office, "handler", "dossier.open_secondary.propose", "J-VOLUME",
                      "{'case':'%s','use':'court','reason':'法院调取'}", penalty.id);
  second = fill_secondary (&penalty);
  proposal = test_office_propose (&penalty.office, "handler", "dossier.open_secondary",
                                  "{'case':'%s','use':'party','reason':'当事人申请'}", penalty.id);
  test_office_refuse (&penalty.office, "handler", "dossier.open_secondary", "J-ROLE",
                      "{'case':'%s','use':'party','reason':'当事人申请','proposal':'%s'}",
                      penalty.id, proposal);
  test_office_refuse (&penalty.office, "section_head", "dossier.open_secondary", "J-TWO",
                      "{'case':'%s','use':'party','reason':'当事人申请'}", penalty.id);
  test_office_do (&penalty.office, "section_head", "dossier.open_secondary",
                  "{'case':'%s','use':'party','reason':'当事人申请','proposal':'%s'}", penalty.id,
                  proposal);
  finish (&penalty);
}

static JzJson *
cover_all (Penalty *self, const char *document, guint *n_found)
{
  JzConnection *reader = lease (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPublicSource) source =
    jz_party_source_load (reader, get_objects (self), self->id, document, &error);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) redactions = NULL;

  give_back (self, reader);
  g_assert_no_error (error);
  found = jz_find_personal_data (source);
  redactions = jz_redactions_cover_all (found);
  *n_found = found->len;
  return jz_redactions_to_json (redactions);
}

static void
cover (Penalty *self, const char *document, gboolean has_others)
{
  guint n_found = 0;
  g_autoptr (JzJson) redactions = cover_all (self, document, &n_found);
  g_autofree char *text = jz_json_to_canonical (redactions, NULL);

  g_assert_cmpint (n_found > 0, ==, has_others);
  if (has_others)
    test_office_refuse (&self->office, "handler", "dossier.cover", "J-SHOWN",
                        "{'case':'%s','document':'%s'}", self->id, document);
  test_office_do (&self->office, "handler", "dossier.cover",
                  "{'case':'%s','document':'%s','dossier.redactions':%s}", self->id, document,
                  text);
}

#define SHOW                                                                                       \
  "'happened':'2025-01-02','visitor':'张某','capacity':'representative','proof':"                \
  "'居民身份证、法定代表人身份证明','manner':'copy'"

static char *
fill_party (Penalty *self, char **witness)
{
  g_autofree char *own = make_final (self, OWN);
  g_autofree char *hash = NULL;
  char *internal = fill_secondary (self);

  *witness = make_final (self, WITNESS);
  hash = test_office_attach (&self->office, self->id, 2000, 1);
  test_office_refuse (&self->office, "handler", "dossier.show_party", "J-SHOWN",
                      "{'case':'%s'," SHOW "}", self->id);
  cover (self, own, FALSE);
  test_office_refuse (&self->office, "handler", "dossier.show_party", "J-SHOWN",
                      "{'case':'%s'," SHOW "}", self->id);
  test_office_refuse (&self->office, "handler", "dossier.show_party", "J-VOLUME",
                      "{'case':'%s','documents':['%s']," SHOW "}", self->id, internal);
  cover (self, *witness, TRUE);
  return internal;
}

static void
cover_rest (Penalty *self)
{
  JzConnection *reader = lease (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) sheet = jz_party_sheet (reader, get_objects (self), self->id,
                                             jz_clock_now (self->office.clock), &error);
  const JzJson *documents = jz_json_get_member (sheet, "documents");

  give_back (self, reader);
  g_assert_no_error (error);
  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *row = jz_json_get_item (documents, i);
    if (jz_json_get_member_boolean (row, "open", FALSE) &&
        jz_json_get_member_text (row, "cover") == NULL)
      cover (self, jz_json_get_member_text (row, "id"), FALSE);
  }
}

static char *
get_file (Penalty *self)
{
  JzConnection *reader = lease (self);
  char *id = NULL;

  g_assert_true (jz_connection_get_text (
    reader, &id, NULL, "SELECT id FROM attachment WHERE case_id = ?", "t", self->id));
  give_back (self, reader);
  return id;
}

/* By yet another reader, which does see what is the party's own. */
static void
assert_nothing_of_others (const char *path)
{
  const char *argv[] = { "mutool", "draw", "-q", "-F", "text", "-o", "-", path, NULL };
  g_autofree char *text = read_by (argv);

  assert_has (text, "某某路2号", TRUE);
  assert_has (text, TELEPHONE, FALSE);
  assert_has (text, "李四", FALSE);
}

static void
classify (Penalty *self, const char *file)
{
  test_office_do (&self->office, "handler", "attachment.classify",
                  "{'case':'%s','attachment':'%s','viewers':['%s'],'attachment.secrecy.class':"
                  "'business_secret','attachment.secrecy.ground':'含客户名单'}",
                  self->id, file, self->handler);
}

/* What is secret is not given to the party, unless a head has allowed it. */
static void
clear_secret (Penalty *self, const char *file)
{
  classify (self, file);
  test_office_refuse (&self->office, "handler", "dossier.clear", "J-SHOWN",
                      "{'case':'%s','attachment':'%s','clear':true}", self->id, file);
  test_office_do (&self->office, "head", "attachment.permit_export",
                  "{'case':'%s','attachment':'%s','use':'party','reason':'系当事人自己的秘密'}",
                  self->id, file);
}

/* The party reads what is its own, and nothing of a witness; what is left out is named. */
static void
test_party (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *witness = NULL;
  g_autofree char *internal = NULL;
  g_autofree char *file = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *pdf = NULL;
  g_autofree char *enclosed = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  init (&penalty);
  internal = fill_party (&penalty, &witness);
  cover_rest (&penalty);
  test_office_do (&penalty.office, "handler", "dossier.show_party", "{'case':'%s'," SHOW "}",
                  penalty.id);
  file = get_file (&penalty);
  clear_secret (&penalty, file);
  test_office_do (&penalty.office, "handler", "dossier.clear",
                  "{'case':'%s','attachment':'%s','clear':true}", penalty.id, file);
  test_office_do (&penalty.office, "handler", "dossier.show_party", "{'case':'%s'," SHOW "}",
                  penalty.id);
  shown = find_last (&penalty, JZ_LIST_SHOWN, "pdf", NULL);
  folder = g_build_filename (penalty.office.folder, "party", NULL);
  g_assert_true (export_given (&penalty, shown, folder, NULL, &error));
  g_assert_no_error (error);
  pdf = g_build_filename (folder, "dossier.pdf", NULL);
  enclosed = g_build_filename (folder, "enclosed-1", NULL);
  g_assert_true (g_file_test (enclosed, G_FILE_TEST_IS_REGULAR));
  assert_nothing_of_others (pdf);
  text = read_file (pdf);
  assert_has (text, TELEPHONE, FALSE);
  assert_has (text, "李四", FALSE);
  assert_has (text, INTERNAL, FALSE);
  assert_has (text, "某某路2号", TRUE);
  assert_has (text, "attachment", TRUE);
  /* The same name twice would be another folder over this one. */
  g_assert_false (export_given (&penalty, shown, folder, NULL, &error));
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE);
  g_clear_error (&error);
  classify (&penalty, file);
  g_assert_false (export_given (&penalty, shown, enclosed, NULL, &error));
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_EXPOSED);
  finish (&penalty);
}

/* By an approval the party reads a document of the secondary volume, too; once. */
static void
test_party_opened (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *internal = NULL;
  g_autofree char *opening = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *pdf = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  init (&penalty);
  internal = fill_secondary (&penalty);
  test_office_do_by_two (&penalty.office, "handler", "head", "dossier.open_secondary",
                         "{'case':'%s','use':'party','reason':'当事人申请'}", penalty.id);
  opening = find_last (&penalty, JZ_LIST_OPENED, NULL, NULL);
  cover_rest (&penalty);
  test_office_do (&penalty.office, "handler", "dossier.show_party",
                  "{'case':'%s','opening':'%s'," SHOW "}", penalty.id, opening);
  test_office_refuse (&penalty.office, "handler", "dossier.show_party", "J-VOLUME",
                      "{'case':'%s','opening':'%s'," SHOW "}", penalty.id, opening);
  shown = find_last (&penalty, JZ_LIST_SHOWN, "pdf", NULL);
  folder = g_build_filename (penalty.office.folder, "party", NULL);
  g_assert_true (export_given (&penalty, shown, folder, NULL, &error));
  pdf = g_build_filename (folder, "dossier.pdf", NULL);
  text = read_file (pdf);
  assert_has (text, INTERNAL, TRUE);
  finish (&penalty);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) open = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (open) != NULL)
    n++;
  return n;
}

/* Stopped, or no room on the disk: it is said, and nothing half is left. */
static void
test_not_whole (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) stopped = NULL;
  g_autoptr (GError) full = NULL;
  g_autoptr (GError) unknown = NULL;
  struct rlimit before, limit;

  init (&penalty);
  g_free (make_final (&penalty, "甲"));
  test_office_do (&penalty.office, "handler", "dossier.give", "{'case':'%s','use':'court'}",
                  penalty.id);
  id = find_last (&penalty, JZ_LIST_GIVEN, "pdf", NULL);
  folder = g_build_filename (penalty.office.folder, "out", NULL);
  path = g_build_filename (folder, "court.pdf", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_cancellable_cancel (cancellable);
  g_assert_false (export_given (&penalty, id, path, cancellable, &stopped));
  g_assert_error (stopped, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 100;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (export_given (&penalty, id, path, NULL, &full));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_error (full, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE);
  g_assert_nonnull (strstr (full->message, "room"));
  g_assert_cmpuint (count_files (folder), ==, 0);
  g_assert_false (export_given (&penalty, "none", path, NULL, &unknown));
  g_assert_error (unknown, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_MISSING);
  finish (&penalty);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/dossier-use/secondary", test_secondary);
  g_test_add_func ("/office/dossier-use/opened-by-another", test_opened_by_another);
  g_test_add_func ("/office/dossier-use/party", test_party);
  g_test_add_func ("/office/dossier-use/party-opened", test_party_opened);
  g_test_add_func ("/office/dossier-use/not-whole", test_not_whole);
  return g_test_run ();
}
