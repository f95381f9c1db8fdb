/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/adoption_changes.h"
#include "office/adoption_list.h"
#include "office/number_list.h"
#include "office/people_list.h"

/* What the lists of the window say: people and credentials, numbers, what was adopted and what
 * adopting something else would change. The office's day is 2025-01-02. */

static const JzDate today = { 2025, 1, 2 };

typedef struct {
  JzStore *store;
  JzConnection *reader;
} Reader;

static void
reader_open (Reader *self, TestOffice *office)
{
  g_autoptr (GError) error = NULL;

  self->store = jz_office_get_store (office->office);
  self->reader = jz_store_lease_reader (self->store, &error);
  g_assert_no_error (error);
}

static void
reader_clear (Reader *self)
{
  jz_store_return_reader (self->store, self->reader);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* A reader sees what was there when it was leased. */
static void
reader_renew (Reader *self, TestOffice *office)
{
  reader_clear (self);
  reader_open (self, office);
}

static char *
add_credential (TestOffice *office,
                const char *person,
                const char *number,
                const char *from,
                const char *to)
{
  return test_office_make (
    office, "admin", "credential.add",
    "{'person':'%s','number':'%s','issuer':'某某省人民政府','valid_from':'%s',"
    "'valid_to':'%s'}",
    person, number, from, to);
}

static void
test_people (void)
{
  static const struct {
    const char *user;
    const char *from;
    const char *to;
    JzStanding standing;
    int n_days_left;
  } credentials[] = {
    { "a", "2024-01-01", "2027-12-31", JZ_STANDING_GOOD, 1093 },
    { "b", "2024-01-01", "2025-04-03", JZ_STANDING_GOOD, 91 },
    { "c", "2024-01-01", "2025-04-02", JZ_STANDING_ENDING, 90 },
    { "d", "2024-01-01", "2025-01-02", JZ_STANDING_ENDING, 0 },
    { "e", "2024-01-01", "2025-01-01", JZ_STANDING_OVER, -1 },
    { "f", "2025-01-03", "2027-12-31", JZ_STANDING_LATER, 1093 },
  };
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  char *ids[G_N_ELEMENTS (credentials)];

  test_office_staff (&office);
  for (gsize i = 0; i < G_N_ELEMENTS (credentials); i++) {
    ids[i] = test_office_add_person (&office, credentials[i].user, "publisher|handler");
    g_free (add_credential (&office, ids[i], credentials[i].user, credentials[i].from,
                            credentials[i].to));
  }
  reader_open (&reader, &office);
  people = jz_people_list (reader.reader, today, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (credentials); i++) {
    const JzPersonEntry *person = jz_people_list_find (people, ids[i]);
    const JzCredentialEntry *credential = jz_person_entry_get_credential (person);
    g_autofree char *roles = g_strjoinv (",", person->roles);
    g_assert_cmpstr (person->user, ==, credentials[i].user);
    g_assert_cmpstr (roles, ==, "handler,publisher");
    g_assert_null (person->certificate_to);
    g_assert_cmpint (credential->standing, ==, credentials[i].standing);
    g_assert_cmpint (credential->n_days_left, ==, credentials[i].n_days_left);
    g_free (ids[i]);
  }
  g_assert_null (jz_people_list_find (people, "nobody"));
}

/* Of several credentials the one that is good counts; whoever left stands last. */
static void
test_several_credentials (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *person = NULL;
  g_autofree char *suspended = NULL;
  g_autofree char *gone = NULL;
  const JzPersonEntry *entry;

  test_office_staff (&office);
  gone = test_office_add_person (&office, "gone", "handler");
  test_office_do (&office, "admin", "person.leave",
                  "{'person':'%s','happened':'2025-01-02','reason':'调出'}", gone);
  person = test_office_add_person (&office, "a", "handler");
  suspended = add_credential (&office, person, "1", "2024-01-01", "2029-12-31");
  g_free (add_credential (&office, person, "2", "2024-01-01", "2027-12-31"));
  test_office_do (&office, "admin", "credential.suspend",
                  "{'credential':'%s','from':'2025-01-01','reason':'未参加培训'}", suspended);
  reader_open (&reader, &office);
  people = jz_people_list (reader.reader, today, &error);
  g_assert_no_error (error);
  entry = jz_people_list_find (people, person);
  g_assert_cmpuint (entry->credentials->len, ==, 2);
  g_assert_cmpstr (jz_person_entry_get_credential (entry)->number, ==, "2");
  g_assert_cmpint (((JzCredentialEntry *)entry->credentials->pdata[0])->standing, ==,
                   JZ_STANDING_SUSPENDED);
  g_assert_cmpstr (((JzCredentialEntry *)entry->credentials->pdata[0])->reason, ==, "未参加培训");
  entry = people->pdata[people->len - 1];
  g_assert_true (entry->has_left);
  g_assert_cmpstr (entry->id, ==, gone);
  entry = people->pdata[0];
  g_assert_cmpstr (entry->user, ==, "admin");
  g_assert_nonnull (entry->certificate_to);
  g_assert_null (jz_person_entry_get_credential (entry));
}

static void
test_numbers (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  const JzNumberSeries *series;
  const JzNumberEntry *entry;

  test_office_staff (&office);
  reader_open (&reader, &office);
  none = jz_number_list_series (reader.reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  test_office_do (&office, "section_head", "number.reserve",
                  "{'series':'罚决','count':3,'reason':'外出执法'}");
  test_office_do (&office, "section_head", "number.reserve",
                  "{'series':'登保','count':1,'reason':'外出执法'}");
  reader_renew (&reader, &office);
  all = jz_number_list_series (reader.reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_nonnull (strstr (((JzNumberSeries *)all->pdata[0])->series, "登保〔2025〕"));
  series = all->pdata[1];
  g_assert_cmpint (series->last, ==, 3);
  g_assert_cmpuint (series->n[JZ_NUMBER_RESERVED], ==, 3);
  test_office_do (&office, "section_head", "number.void",
                  "{'number':'%s1号','reason':'填写时损毁'}", series->series);
  test_office_do (&office, "section_head", "number.return", "{'number':'%s2号','reason':'未使用'}",
                  series->series);
  reader_renew (&reader, &office);
  numbers = jz_number_list (reader.reader, series->series, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, ==, 3);
  entry = numbers->pdata[0];
  g_assert_true (g_str_has_suffix (entry->number, "〔2025〕3号"));
  g_assert_cmpint (entry->state, ==, JZ_NUMBER_RESERVED);
  g_assert_cmpstr (entry->reason, ==, "外出执法");
  entry = numbers->pdata[1];
  g_assert_cmpint (entry->state, ==, JZ_NUMBER_RETURNED);
  entry = numbers->pdata[2];
  g_assert_cmpint (entry->state, ==, JZ_NUMBER_VOID);
  g_assert_cmpstr (entry->reason, ==, "填写时损毁");
  g_assert_cmpstr (entry->case_id, ==, "");
  g_assert_cmpstr (entry->person, ==, "张某");
}

static guint
count_changes (TestOffice *office, JzConnection *reader, JzAdoptedKind kind, const char *given)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = test_json (given);
  g_autoptr (GPtrArray) changes =
    jz_adoption_list_changes (office->office, reader, kind, args, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++) {
    const JzAdoptionChange *change = changes->pdata[i];
    g_assert_cmpstr (change->title, !=, "");
    g_assert_cmpstr (change->group, !=, "");
  }
  return changes->len;
}

static void
test_rulebooks (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const JzRulebook *rulebook = NULL;
  const JzAdoption *adoption;

  test_office_staff (&office);
  reader_open (&reader, &office);
  none = jz_adoption_list (reader.reader, JZ_ADOPTED_RULEBOOK, today, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (jz_adopted_find_rulebook (office.office, reader.reader, &rulebook, &error));
  g_assert_null (rulebook);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_RULEBOOK, "{'book':'BASE'}"),
                    >, 100);
  test_office_do_by_two (&office, "section_head", "head", "rulebook.adopt",
                         "{'book':'BASE','in_force':'2024-01-01','reason':'启用'}");
  test_office_do_by_two (&office, "section_head", "head", "rulebook.adopt",
                         "{'book':'HR','in_force':'2025-02-01','reason':'换用'}");
  reader_renew (&reader, &office);
  all = jz_adoption_list (reader.reader, JZ_ADOPTED_RULEBOOK, today, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 2);
  adoption = all->pdata[0];
  g_assert_cmpstr (adoption->in_force, ==, "2025-02-01");
  g_assert_false (adoption->is_now);
  adoption = all->pdata[1];
  g_assert_true (adoption->is_now);
  g_assert_cmpstr (adoption->reason, ==, "启用");
  g_assert_cmpstr (adoption->person, ==, "张某");
  g_assert_true (jz_adopted_find_rulebook (office.office, reader.reader, &rulebook, &error));
  g_assert_cmpstr (jz_rulebook_get_field (rulebook), ==, "BASE");
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_RULEBOOK, "{'book':'BASE'}"),
                    ==, 0);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_RULEBOOK, "{'book':'HR'}"), >,
                    0);
}

static void
test_wrong_file (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autofree char *path = NULL;
  g_autofree char *given = NULL;

  test_office_staff (&office);
  reader_open (&reader, &office);
  path = g_build_filename (office.folder, "own.xml", NULL);
  g_assert_true (g_file_set_contents (path, "<calendar year='2027'>\n<x/></calendar>", -1, NULL));
  given = g_strdup_printf ("{'file':'%s'}", path);
  for (guint kind = JZ_ADOPTED_RULEBOOK; kind <= JZ_ADOPTED_CALENDAR; kind++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzJson) args = test_json (given);
    g_assert_null (
      jz_adoption_list_changes (office.office, reader.reader, (JzAdoptedKind)kind, args, &error));
    g_assert_nonnull (strstr (error->message, "own.xml:"));
  }
}

static void
test_forms_and_days (void)
{
  static const char local[] =
    "<local-calendar year='2025'>"
    "<notice title='某某自治县人民政府关于三月三放假的通知' date='2025-01-02'/>"
    "<holiday id='L-25-1'><name xml:lang='zh'>三月三</name>"
    "<off from='2025-03-31' to='2025-04-01'/></holiday></local-calendar>";
  g_auto (TestOffice) office = { 0 };
  g_auto (Reader) reader = { NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *given = NULL;
  g_autoptr (GPtrArray) years = NULL;
  const JzFormSet *forms = NULL;
  const JzCalendar *calendar = NULL;

  test_office_staff (&office);
  reader_open (&reader, &office);
  g_assert_true (
    jz_adopted_find_calendar (office.office, reader.reader, &calendar, &years, &error));
  g_assert_cmpuint (years->len, ==, 0);
  g_clear_pointer (&years, g_ptr_array_unref);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_CALENDAR, "{}"), >=, 3);
  test_office_do_by_two (&office, "section_head", "head", "calendar.adopt",
                         "{'in_force':'2025-01-02','reason':'启用'}");
  test_office_do_by_two (&office, "section_head", "head", "forms.adopt",
                         "{'in_force':'2025-01-02','reason':'启用'}");
  reader_renew (&reader, &office);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_CALENDAR, "{}"), ==, 0);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_FORMS, "{}"), ==, 0);
  g_assert_true (jz_adopted_find_forms (office.office, reader.reader, &forms, &error));
  g_assert_cmpuint (jz_form_set_get_n_forms (forms), >, 5);
  g_assert_true (
    jz_adopted_find_calendar (office.office, reader.reader, &calendar, &years, &error));
  g_assert_cmpint (((JzCalendarYear *)years->pdata[0])->year, ==, 2024);
  g_assert_nonnull (((JzCalendarYear *)years->pdata[0])->title);
  g_assert_cmpstr (((JzCalendarYear *)years->pdata[years->len - 1])->date, ==, "2025-11-04");
  path = g_build_filename (office.folder, "local.xml", NULL);
  g_assert_true (g_file_set_contents (path, local, -1, NULL));
  given = g_strdup_printf ("{'file':'%s'}", path);
  g_assert_cmpuint (count_changes (&office, reader.reader, JZ_ADOPTED_CALENDAR, given), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/lists/people", test_people);
  g_test_add_func ("/office/lists/several-credentials", test_several_credentials);
  g_test_add_func ("/office/lists/numbers", test_numbers);
  g_test_add_func ("/office/lists/rulebooks", test_rulebooks);
  g_test_add_func ("/office/lists/wrong-file", test_wrong_file);
  g_test_add_func ("/office/lists/forms-and-days", test_forms_and_days);
  return g_test_run ();
}
