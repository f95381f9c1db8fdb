/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/act.h"
#include "office/role.h"

/* In which role somebody acts, who may not, and how that is said. */

static void
test_words (void)
{
  g_autofree char *two = jz_role_list_words ("head|section_head");
  g_autofree char *one = jz_role_list_words ("inspector");
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  g_assert_cmpstr (jz_role_word ("administrator"), ==, "Administrator");
  g_assert_cmpstr (jz_role_word ("king"), ==, "king");
  g_assert_cmpstr (two, ==, "Head of the organ, Head of the handling section");
  g_assert_cmpstr (one, ==, "Inspector");
  g_assert_cmpstr (jz_stage_word ("open"), ==, "Open");
  g_assert_cmpstr (jz_stage_word ("closed"), ==, "Closed");
  g_assert_cmpstr (jz_stage_word ("archived"), ==, "Archived");
  g_assert_cmpstr (jz_stage_word ("lost"), ==, "lost");
  for (gsize i = 0; i < n_roles; i++)
    g_assert_cmpstr (jz_role_word (roles[i].name), !=, roles[i].name);
}

/* Whoever is refused learns who may, in words and not in ids. */
static void
refuse (TestOffice *office,
        const char *who,
        const char *act,
        const char *args,
        const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = test_office_try (office, who, act, &error, "%s", args);

  g_assert_no_error (error);
  g_assert_nonnull (outcome->refusal);
  g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-ROLE");
  g_assert_cmpstr (jz_refusal_get_sentence (outcome->refusal), ==, sentence);
}

#define WHO_NOTES                                                                                  \
  "Handler, Head of the handling section, Legal reviewer, Head of the legal section, Approver, "   \
  "Head of the organ, Collector of publicity, Checker of publicity, Publisher, Archivist, Window " \
  "clerk, Committee secretary"
#define WHO_ATTACHES                                                                               \
  "Handler, Head of the handling section, Legal reviewer, Head of the legal section, Window "      \
  "clerk, Committee secretary, Archivist"

static void
test_refused (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *note = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *person = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  note = g_strdup_printf ("{'case':'%s','text':'记'}", id);
  path = g_build_filename (office.folder, "file", NULL);
  g_assert_true (g_file_set_contents (path, "内容", -1, NULL));
  file = g_strdup_printf ("{'case':'%s','file':'%s'}", id, path);
  g_free (test_office_add_person (&office, "inspector", "inspector"));
  test_office_certify (&office, "inspector");
  refuse (&office, "admin", "case.note", note,
          "You hold none of the roles that may do this: " WHO_NOTES ".");
  refuse (&office, "inspector", "case.note", note,
          "You hold none of the roles that may do this: " WHO_NOTES ".");
  refuse (&office, "inspector", "attachment.add", file,
          "You hold none of the roles that may do this: " WHO_ATTACHES ".");
  refuse (&office, "admin", "attachment.add", file,
          "You hold none of the roles that may do this: " WHO_ATTACHES ".");
  refuse (&office, "approver", "attachment.add", file,
          "You hold none of the roles that may do this: " WHO_ATTACHES ".");
  refuse (&office, "admin/administrator", "case.note", note,
          "The role Administrator may not do this; only these may: " WHO_NOTES ".");
  refuse (&office, "handler/head", "case.note", note,
          "You do not hold the role Head of the organ.");
  /* Whose last role was taken signs in no more, but it is no riddle why. */
  person = test_office_add_person (&office, "guest", "clerk");
  test_office_certify (&office, "guest");
  test_office_sign_in (&office, "guest");
  test_office_do (&office, "admin", "role.revoke", "{'person':'%s','role':'clerk'}", person);
  refuse (&office, "guest", "session.sign_in", "{}",
          "You hold no role in this office, so you can do nothing here.");
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* A reviewer does not change the handler's documents (requirements, "Roles"). */
static void
test_descriptions (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autofree char *of_handler = NULL;
  g_autofree char *of_reviewer = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  file = g_build_filename (office.folder, "file", NULL);
  g_assert_true (g_file_set_contents (file, "内容", -1, NULL));
  of_handler =
    test_office_make (&office, "handler", "attachment.add", "{'case':'%s','file':'%s'}", id, file);
  of_reviewer =
    test_office_make (&office, "reviewer", "attachment.add", "{'case':'%s','file':'%s'}", id, file);
  test_office_refuse (&office, "reviewer", "attachment.describe", "J-ATTACHMENT",
                      "{'case':'%s','attachment':'%s','name':'照片'}", id, of_handler);
  test_office_do (&office, "reviewer", "attachment.describe",
                  "{'case':'%s','attachment':'%s','name':'照片'}", id, of_reviewer);
  test_office_do (&office, "other", "attachment.describe",
                  "{'case':'%s','attachment':'%s','name':'照片'}", id, of_handler);
  test_office_do (&office, "archivist", "attachment.describe",
                  "{'case':'%s','attachment':'%s','name':'照片'}", id, of_reviewer);
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
assert_role (TestOffice *office,
             const char *who,
             const char *act,
             const char *args,
             const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = test_office_try (office, who, act, &error, "%s", args);
  const JzJournalRecord *record;

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  record = g_ptr_array_index (outcome->records, 0);
  g_assert_cmpstr (record->entry->role, ==, role);
}

static void
test_choice (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *ours = NULL;
  g_autofree char *foreign = NULL;
  g_autofree char *person = NULL;
  g_autofree char *in_ours = NULL;
  g_autofree char *in_foreign = NULL;

  test_office_staff (&office);
  person = test_office_add_person (&office, "both", "approver|archivist|section_head|publisher");
  test_office_certify (&office, "both");
  ours = test_office_open_case (&office, "有职责的案件");
  foreign = test_office_open_case (&office, "无职责的案件");
  test_office_do (&office, "section_head", "case.assign",
                  "{'case':'%s','person':'%s','duty':'publisher'}", ours, person);
  in_ours = g_strdup_printf ("{'case':'%s','text':'记'}", ours);
  in_foreign = g_strdup_printf ("{'case':'%s','text':'记'}", foreign);
  assert_role (&office, "both", "case.note", in_ours, "publisher");
  /* Neither the first by the alphabet nor one that may not. */
  assert_role (&office, "both", "case.note", in_foreign, "section_head");
  assert_role (&office, "both/approver", "case.note", in_ours, "approver");
  assert_role (&office, "both", "session.sign_in", "{}", "section_head");
  /* A duty that has ended counts no more. */
  test_office_do (&office, "section_head", "case.unassign",
                  "{'case':'%s','person':'%s','duty':'publisher'}", ours, person);
  assert_role (&office, "both", "case.note", in_ours, "section_head");
  test_office_close (&office);
  test_assert_sound (office.path);
}

static void
test_consequences (void)
{
  g_autofree char *handler = jz_role_dup_consequences ("handler");
  g_autofree char *administrator = jz_role_dup_consequences ("administrator");
  g_autofree char *member = jz_role_dup_consequences ("nothing of the kind");

  g_assert_nonnull (strstr (handler, "May: "));
  g_assert_nonnull (strstr (handler, "In the same case not also: "));
  g_assert_nonnull (strstr (handler, jz_role_word ("reviewer")));
  g_assert_null (strstr (administrator, "In the same case"));
  g_assert_cmpstr (member, ==, "");
  g_assert_cmpstr (jz_duty_get_excluded ("handler"), ==, "reviewer|approver|checker");
  g_assert_cmpstr (jz_duty_get_excluded ("archivist"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/role/words", test_words);
  g_test_add_func ("/office/role/refused", test_refused);
  g_test_add_func ("/office/role/descriptions", test_descriptions);
  g_test_add_func ("/office/role/choice", test_choice);
  g_test_add_func ("/office/role/consequences", test_consequences);
  return g_test_run ();
}
