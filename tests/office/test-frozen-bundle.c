/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/bundles.h"
#include "publish/bundle_make.h"
#include "publish/check_bundle.h"
#include "penalty-fixture.h"

/* Freezing what was released (publication.bundle): who may, what it refuses, that verifying asks it
 * again, and that the bundle is the same years later. */

#define COVER                                                                                      \
  "'publication.redactions':[{'field':'party.address','start':0,'length':9,'choice':'cover',"      \
  "'kind':'home_address','rule':'RD-03'}]"
#define TODAY "{'from':'2025-01-01','to':'2025-01-02'}"

static void
init (Penalty *self)
{
  static const char *const roles[] = { "checker", "publisher" };

  jz_office_set_bundler (jz_prepare_bundle);
  penalty_init (self);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autofree char *id = test_office_add_person (&self->office, roles[i], roles[i]);
    test_office_certify (&self->office, roles[i]);
  }
  penalty_play (self, PENALTY_LEAD, PENALTY_DECIDED);
}

static void
perform (Penalty *self, const char *who, const char *act, const char *rest)
{
  test_office_do (&self->office, who, act, "{'case':'%s','document':'%s'%s%s}", self->id,
                  self->decision, rest[0] != '\0' ? "," : "", rest);
}

static void
release (Penalty *self)
{
  perform (self, "handler", "decision.serve", "'decision.served_on':'2025-01-02'");
  perform (self, "handler", "publication.collect", COVER);
  perform (self, "checker", "publication.check", "'verdict':'pass'");
  perform (self, "publisher", "publication.release", "");
}

static void
test_refused (void)
{
  static const struct {
    const char *who;
    const char *args;
    const char *rule;
  } cases[] = {
    { "handler", TODAY, "J-ROLE" },
    { "checker", TODAY, "J-ROLE" },
    { "publisher", "{'from':'2025-01-02','to':'2025-01-01'}", "J-BUNDLE" },
    { "publisher", "{'from':'2025-01-01','to':'2025-01-03'}", "J-BUNDLE" },
    { "publisher", "{'from':'2024-01-01','to':'2024-12-31'}", "J-BUNDLE" },
  };
  g_auto (Penalty) penalty = { 0 };

  init (&penalty);
  test_office_refuse (&penalty.office, "publisher", "publication.bundle", "J-BUNDLE", "%s", TODAY);
  release (&penalty);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    test_office_refuse (&penalty.office, cases[i].who, "publication.bundle", cases[i].rule, "%s",
                        cases[i].args);
}

/* What stands in the tables of publications and bundles is what the journal gives. */
static void
test_tables_altered (void)
{
  static const char *const changes[] = {
    "UPDATE publication SET state = 'withdrawn'",
    "UPDATE publication SET step = 'none'",
    "UPDATE publication SET released_on = '2025-01-01'",
    "UPDATE publication SET number = number || '1'",
    "DELETE FROM publication",
    "UPDATE publication_copy SET pdf = zeroblob (32)",
    "UPDATE publication_copy SET redactions = '[]'",
    "UPDATE publication_copy SET checked_by = proposed_by",
    "DELETE FROM publication_copy",
    "UPDATE bundle SET manifest = zeroblob (32)",
    "UPDATE bundle SET n_items = 2",
    "UPDATE bundle SET period_to = '2025-01-03'",
    "DELETE FROM bundle",
  };
  g_auto (Penalty) penalty = { 0 };

  init (&penalty);
  release (&penalty);
  test_office_do (&penalty.office, "publisher", "publication.bundle", "%s", TODAY);
  test_office_close (&penalty.office);
  penalty_assert_altered (&penalty, changes, G_N_ELEMENTS (changes));
}

static void
test_wrong_arguments (void)
{
  static const char *const args[] = {
    "{'from':'2025-01-01'}",
    "{'to':'2025-01-01'}",
    "{'from':'yesterday','to':'2025-01-01'}",
    "{'from':'2025-01-01','to':'2025-01-02','files':[]}",
  };
  g_auto (Penalty) penalty = { 0 };

  init (&penalty);
  for (gsize i = 0; i < G_N_ELEMENTS (args); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome =
      test_office_try (&penalty.office, "publisher", "publication.bundle", &error, "%s", args[i]);
    g_assert_null (outcome);
    g_assert_nonnull (error);
  }
}

static char *
write_bundle (Penalty *self, const char *name)
{
  JzStore *store = jz_office_get_store (self->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  char *path = g_build_filename (self->office.folder, name, NULL);
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzBundle) bundle = jz_bundle_load_newest (
    reader, jz_store_get_objects (store), "2025-01-01", "2025-12-31", &deviations, &error);

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  g_assert_true (jz_bundle_write (bundle, jz_store_get_objects (store), path, JZ_BUNDLE_ZIP, NULL,
                                  NULL, NULL, &error));
  g_assert_no_error (error);
  return path;
}

static void
assert_good (const char *path)
{
  const JzBundleCheck check = { .path = path };
  g_autoptr (JzBundleReport) report = jz_check_bundle (&check, NULL);

  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (report->n_items, ==, 1);
}

/* Withdrawn, or changed by a newer program: what was frozen stays. */
static void
test_same_later (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *again = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *other = NULL;
  gsize n_bytes = 0;
  gsize n_other = 0;

  init (&penalty);
  release (&penalty);
  test_office_do (&penalty.office, "publisher", "publication.bundle", "%s", TODAY);
  first = write_bundle (&penalty, "b.zip");
  assert_good (first);
  g_assert_true (g_file_get_contents (first, &bytes, &n_bytes, NULL));
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
  test_office_open (&penalty.office);
  again = write_bundle (&penalty, "b.zip");
  g_assert_true (g_file_get_contents (again, &other, &n_other, NULL));
  g_assert_cmpmem (bytes, n_bytes, other, n_other);
  /* The newest one counts, and is signed anew. */
  test_office_do (&penalty.office, "publisher", "publication.bundle", "%s", TODAY);
  second = write_bundle (&penalty, "b.zip");
  assert_good (second);
  g_clear_pointer (&other, g_free);
  g_assert_true (g_file_get_contents (second, &other, &n_other, NULL));
  g_assert_false (n_bytes == n_other && memcmp (bytes, other, n_bytes) == 0);
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM bundle"), ==, 2);
}

static void
test_none (void)
{
  g_auto (Penalty) penalty = { 0 };
  JzStore *store;
  JzConnection *reader;
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (GError) error = NULL;

  init (&penalty);
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, NULL);
  g_assert_null (jz_bundle_load_newest (reader, jz_store_get_objects (store), "2025-01-01",
                                        "2025-12-31", &deviations, &error));
  g_assert_nonnull (strstr (error->message, "2025-12-31"));
  jz_store_return_reader (store, reader);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/bundle/refused", test_refused);
  g_test_add_func ("/office/bundle/tables-altered", test_tables_altered);
  g_test_add_func ("/office/bundle/wrong-arguments", test_wrong_arguments);
  g_test_add_func ("/office/bundle/same-later", test_same_later);
  g_test_add_func ("/office/bundle/none", test_none);
  return g_test_run ();
}
