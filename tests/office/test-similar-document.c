/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/similar_document.h"

#include <string.h>

#include "penalty-fixture.h"

/* A second case of an office begins its decision with the wording of the first one's. */

typedef struct {
  Penalty penalty;
  char *first; /* the case that is decided */
  char *decision;
  char *document; /* of the second case */
  JzConnection *reader;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_DECIDED);
  self->first = g_strdup (self->penalty.id);
  self->decision = g_strdup (self->penalty.decision);
  penalty_reset (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_FILED);
  self->document = test_office_make (&self->penalty.office, "handler", "document.draft",
                                     "{'case':'%s','form':'penalty_decision'}", self->penalty.id);
  self->reader = jz_store_lease_reader (jz_office_get_store (self->penalty.office.office), &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jz_store_return_reader (jz_office_get_store (self->penalty.office.office), self->reader);
  g_free (self->first);
  g_free (self->decision);
  g_free (self->document);
  penalty_clear (&self->penalty);
}

static JzJson *
list (Fixture *self, const char *document)
{
  g_autoptr (GError) error = NULL;
  JzJson *found =
    jz_document_list_similar (self->penalty.office.office, self->reader, document, NULL, &error);
  g_assert_no_error (error);
  return found;
}

/* The final one of the other case, and none of one's own or of a case that is not so far. */
static void
test_list (Fixture *self, gconstpointer data)
{
  g_autoptr (JzJson) found = list (self, self->document);
  g_autoptr (JzJson) back = list (self, self->decision);
  g_assert_cmpuint (jz_json_get_n_items (found), ==, 1);
  const JzJson *row = jz_json_get_item (found, 0);
  g_assert_cmpstr (jz_json_get_member_text (row, "id"), ==, self->decision);
  g_assert_cmpstr (jz_json_get_member_text (row, "case"), ==, self->first);
  g_assert_cmpstr (jz_json_get_member_text (row, "case_title"), !=, "");
  g_assert_true (jz_json_get_member_boolean (row, "same_matter", FALSE));
  g_assert_cmpuint (jz_json_get_n_items (back), ==, 0);
}

static void
test_carry_over (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) none = jz_json_new_object ();
  g_autoptr (JzJson) found = jz_document_carry_over (self->penalty.office.office, self->reader,
                                                     self->document, self->decision, none, &error);
  g_assert_no_error (error);
  const JzJson *texts = jz_json_get_member (found, "texts");
  g_assert_cmpuint (jz_json_get_n_items (texts), >, 0);
  for (guint i = 0; i < jz_json_get_n_items (texts); i++) {
    const char *text = jz_json_get_member_text (jz_json_get_item (texts, i), "text");
    g_assert_null (strstr (text, "某某商贸"));
    g_assert_null (strpbrk (text, "0123456789"));
  }
}

static void
test_nothing (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) none = jz_json_new_object ();
  g_assert_null (
    jz_document_list_similar (self->penalty.office.office, self->reader, "nothing", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (jz_document_carry_over (self->penalty.office.office, self->reader, self->document,
                                         "nothing", none, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/office/similar-document/list", Fixture, NULL, set_up, test_list, tear_down);
  g_test_add ("/office/similar-document/carry-over", Fixture, NULL, set_up, test_carry_over,
              tear_down);
  g_test_add ("/office/similar-document/nothing", Fixture, NULL, set_up, test_nothing, tear_down);
  return g_test_run ();
}
