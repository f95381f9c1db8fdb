/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/document_view.h"

#include <string.h>

#include "document-fixture.h"

/* A document as the window asks for it. */

static JzConnection *
lease (Penalty *penalty)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader =
    jz_store_lease_reader (jz_office_get_store (penalty->office.office), &error);

  g_assert_no_error (error);
  return reader;
}

static JzDocumentView *
view (Penalty *penalty, const char *document)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (penalty);
  JzDocumentView *found = jz_document_view_load (penalty->office.office, reader, document, &error);

  jz_store_return_reader (jz_office_get_store (penalty->office.office), reader);
  g_assert_no_error (error);
  return found;
}

static void
assert_steps (Penalty *penalty, const char *document, const char *state, const char *expected)
{
  g_autoptr (JzDocumentView) found = view (penalty, document);
  g_autoptr (GString) steps = g_string_new (NULL);

  for (guint i = 0; i < found->steps->len; i++)
    g_string_append_printf (steps, "%s%s", i > 0 ? " " : "",
                            (const char *)g_ptr_array_index (found->steps, i));
  g_assert_cmpstr (jz_document_state_get_name (found->state), ==, state);
  g_assert_cmpstr (steps->str, ==, expected);
  g_assert_cmpstr (found->case_id, ==, penalty->id);
  g_assert_cmpint (found->pdf != NULL, ==, found->state >= JZ_DOCUMENT_FINAL);
}

/* What is offered follows the document from draft to the end. */
static void
test_steps (void)
{
  Penalty penalty = { 0 };

  documents_init (&penalty);
  g_autofree char *document = documents_draft (&penalty, "one_hur");
  assert_steps (&penalty, document, "draft", "document.revise document.submit document.void");
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_SUBMITTED);
  assert_steps (&penalty, document, "submitted",
                "document.revise document.examine document.return document.void");
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_EXAMINED);
  assert_steps (&penalty, document, "examined",
                "document.revise document.approve document.return document.void");
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_APPROVED);
  assert_steps (&penalty, document, "approved",
                "document.revise document.approve document.finalise document.return document.void");
  documents_step (&penalty, document, "one_hur", JZ_DOCUMENT_FINAL);
  assert_steps (&penalty, document, "final",
                "document.sign document.serve document.correct document.void");
  penalty_clear (&penalty);
}

/* What is typed and not on record comes along, with the name of who types. */
static void
test_draft (void)
{
  Penalty penalty = { 0 };
  g_autoptr (GError) error = NULL;

  documents_init (&penalty);
  g_autofree char *document = documents_draft (&penalty, "one_h");
  JzScratch *scratch = jz_store_get_scratch (jz_office_get_store (penalty.office.office));
  g_autofree char *person = test_office_get_person (&penalty.office, "handler");
  g_autoptr (JzDocumentView) before = view (&penalty, document);
  g_assert_null (before->draft);
  const JzScratchDraft draft = { document, penalty.id, person, 1735779600000,
                                 (char *)"{\"values\":{}}" };
  jz_scratch_keep_draft (scratch, &draft, &error);
  g_assert_no_error (error);
  g_autoptr (JzDocumentView) after = view (&penalty, document);
  g_assert_cmpstr (after->draft->text, ==, "{\"values\":{}}");
  g_assert_nonnull (after->holder);
  penalty_clear (&penalty);
}

static void
test_nothing (void)
{
  Penalty penalty = { 0 };
  g_autoptr (GError) error = NULL;

  documents_init (&penalty);
  JzConnection *reader = lease (&penalty);
  g_assert_null (jz_document_view_load (penalty.office.office, reader, "nothing", &error));
  g_assert_nonnull (error);
  jz_store_return_reader (jz_office_get_store (penalty.office.office), reader);
  penalty_clear (&penalty);
}

/* Every text that was put on record, newest first; what is typed now is checked as it stands. */
static void
test_versions_and_checks (void)
{
  Penalty penalty = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) none = jz_json_new_object ();

  documents_init (&penalty);
  g_autofree char *document = documents_draft (&penalty, "one_h");
  g_autofree char *args = documents_args (&penalty, document, "'values':{}");
  test_office_do (&penalty.office, documents_get_writer ("one_h"), "document.revise", "%s", args);
  JzConnection *reader = lease (&penalty);
  g_autoptr (JzJson) versions = jz_document_list_versions (reader, document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jz_json_get_n_items (versions), ==, 2);
  const JzJson *newest = jz_json_get_item (versions, 0);
  g_assert_cmpstr (jz_json_get_member_text (newest, "act"), ==, "document.revise");
  g_assert_nonnull (jz_json_get_member (newest, "values"));
  g_assert_cmpstr (jz_json_get_member_text (newest, "person"), !=, "");
  g_autoptr (JzJson) findings =
    jz_document_check_draft_values (penalty.office.office, reader, document, none, &error);
  g_assert_no_error (error);
  g_assert_cmpint (jz_json_get_kind (findings), ==, JZ_JSON_ARRAY);
  g_autoptr (JzJson) sources =
    jz_document_find_sources (penalty.office.office, reader, document, &error);
  g_assert_no_error (error);
  g_assert_cmpint (jz_json_get_kind (sources), ==, JZ_JSON_OBJECT);
  jz_store_return_reader (jz_office_get_store (penalty.office.office), reader);
  penalty_clear (&penalty);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/document-view/steps", test_steps);
  g_test_add_func ("/office/document-view/draft", test_draft);
  g_test_add_func ("/office/document-view/nothing", test_nothing);
  g_test_add_func ("/office/document-view/versions-and-checks", test_versions_and_checks);
  return g_test_run ();
}
