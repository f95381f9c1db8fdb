/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/value_source.h"

#include <string.h>

#include "penalty-fixture.h"

/* What is said of where a value of a document comes from. */

typedef struct {
  Penalty penalty;
  char *document;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_FILED);
  self->document = test_office_make (&self->penalty.office, "handler", "document.draft",
                                     "{'case':'%s','form':'penalty_decision'}", self->penalty.id);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_free (self->document);
  penalty_clear (&self->penalty);
}

/* The sentences, a line each. */
static char *
explain (Fixture *self, const char *path, const char *values)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzJson) typed = test_json (values);
  g_assert_no_error (error);
  g_autoptr (JzJson) lines = jz_value_source_explain (self->penalty.office.office, reader,
                                                      self->document, path, typed, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < jz_json_get_n_items (lines); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            jz_json_get_text (jz_json_get_item (lines, i)));
  return g_string_free (text, FALSE);
}

static void
assert_told (Fixture *self, const char *path, const char *values, const char *words)
{
  g_autofree char *text = explain (self, path, values);
  g_auto (GStrv) wanted = g_strsplit (words, "|", -1);
  g_test_message ("%s", text);
  for (guint i = 0; wanted[i] != NULL; i++)
    g_assert_nonnull (strstr (text, wanted[i]));
}

static void
test_lines (Fixture *self, gconstpointer data)
{
  static const struct {
    const char *path;
    const char *values;
    const char *words; /* with | between */
  } cases[] = {
    { "filed_on", "{}", "Nothing is filled in here.|The case says: |written down by" },
    { "filed_on", "{'filed_on':'2024-12-31'}", "typed here just now|The case says: 2025年" },
    { "facts", "{}", "Nothing is filled in here." },
    { "facts", "{'facts':'某事'}", "typed here just now" },
    { "org_name", "{'org_name':'别的局'}", "The case says: |from the settings of the bureau" },
    { "doc_no", "{}", "The number comes from the register" },
    { "party.name", "{'party':{'name':'某人'}}", "The case says: 某某商贸有限公司" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_told (self, cases[i].path, cases[i].values, cases[i].words);
  g_autofree char *none = explain (self, "nothing", "{}");
  g_assert_cmpstr (none, ==, "");
}

/* What the program filled in says who wrote it down; what somebody typed, who put it on record. */
static void
test_recorded (Fixture *self, gconstpointer data)
{
  test_office_do (&self->penalty.office, "handler", "document.revise",
                  "{'case':'%s','document':'%s','values':{'facts':'某事','filed_on':'2025-01-02'}}",
                  self->penalty.id, self->document);
  assert_told (self, "facts", "{'facts':'某事'}", "typed here and put on record by| on 2025年");
  assert_told (self, "facts", "{'facts':'改了'}", "typed here just now");
}

static void
test_given (Fixture *self, gconstpointer data)
{
  g_autofree char *text = explain (self, "party.name", "{'party':{'name':'某某商贸有限公司'}}");
  g_assert_nonnull (strstr (text, "The program filled it in with what the case says."));
  g_assert_null (strstr (text, "typed here"));
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzJson) none = jz_json_new_object ();
  g_assert_null (jz_value_source_explain (self->penalty.office.office, reader, "nothing", "facts",
                                          none, &error));
  g_assert_nonnull (error);
  jz_store_return_reader (store, reader);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/office/value-source/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("lines", test_lines);
  ADD ("recorded", test_recorded);
  ADD ("given", test_given);
  ADD ("nothing", test_nothing);
  return g_test_run ();
}
