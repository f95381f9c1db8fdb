/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "office/calendars.h"
#include "office/form_sets.h"
#include "office/rulebooks.h"
#include "office/shelf.h"
#include "store/error.h"

/* Forms and calendars are adopted as rulebooks are: two signers, a day from which on, one object;
 * and what is adopted later never makes wrong what was right (design §4). */

#define NOTICE "<notice title='某自治州放假通知' date='2025-01'/>"
#define LOCAL_DAYS                                                                                  \
  "<local-calendar year='2025'>" NOTICE "\n<holiday id='LH-25-1'><name xml:lang='zh'>某节</name>" \
  "<off from='2025-01-06' to='2025-01-08'/><off from='2025-01-13' to='2025-01-15'/></holiday>"      \
  "</local-calendar>"
#define FORM(version, field)                                                                       \
  "<form id='scene_record' version='" version "' kind='table' external='no' flow='H'>\n"           \
  "<title xml:lang='zh-CN'>某某局表</title>\n<fields><field name='a' type='" field "'>"            \
  "<label xml:lang='zh-CN'>甲</label></field></fields>\n<body/></form>"
#define NOW "'in_force':'2025-01-02','reason':'启用'"

static char *
write_file (Penalty *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->office.folder, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  return path;
}

static void
adopt (Penalty *self, const char *act, const char *path, const char *rest)
{
  test_office_do_by_two (&self->office, "section_head", "head", act, "{'file':'%s',%s}", path,
                         rest);
}

static JzConnection *
lease (Penalty *self)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (jz_office_get_store (self->office.office), &error);

  g_assert_no_error (error);
  return reader;
}

static void
give_back (Penalty *self, JzConnection *reader)
{
  jz_store_return_reader (jz_office_get_store (self->office.office), reader);
}

static JzObjects *
get_objects (Penalty *self)
{
  return jz_store_get_objects (jz_office_get_store (self->office.office));
}

static guint
get_version (Penalty *self, const char *case_id, const char *date)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (self);
  const JzFormSet *set;
  JzMaybeHash hash = { 0 };
  JzDate day;

  g_assert_true (jz_date_parse (date, &day, NULL));
  g_assert_true (jz_tables_find_form_set (reader, case_id, day, &hash, &error));
  give_back (self, reader);
  if (!hash.is_present)
    return 0;
  set = jz_form_sets_get (get_objects (self), &hash.hash, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jz_form_set_get_n_forms (set), >=, 11);
  return jz_form_get_version (jz_form_set_find (set, "scene_record"));
}

/* A form of the bureau's own goes over the shipped ones; who filed before keeps the old one. */
static void
test_forms (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *old = NULL;

  penalty_init (&penalty);
  path = write_file (&penalty, "own.xml", FORM ("70", "text"));
  g_assert_cmpuint (get_version (&penalty, "bureau", "2024-12-31"), ==, 0);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-02"), ==, 1);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_FILED);
  adopt (&penalty, "forms.adopt", path, "'in_force':'2025-01-05','reason':'本局样式'");
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-04"), ==, 1);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-05"), ==, 70);
  g_assert_cmpuint (get_version (&penalty, penalty.id, "2025-01-05"), ==, 1);
  old = g_steal_pointer (&penalty.id);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  g_assert_cmpuint (get_version (&penalty, penalty.id, "2025-01-06"), ==, 70);
  /* From the shipped ones anew, without the bureau's own. */
  test_office_do_by_two (&penalty.office, "section_head", "head", "forms.adopt",
                         "{'in_force':'2025-01-07','reason':'恢复'}");
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-06"), ==, 70);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-07"), ==, 1);
  g_assert_cmpuint (get_version (&penalty, old, "2025-01-07"), ==, 1);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* One after the other, or a folder of several. */
static void
test_folder (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *other = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *many = NULL;

  penalty_init (&penalty);
  first = write_file (&penalty, "forms/one.xml", FORM ("70", "text"));
  second = write_file (&penalty, "forms/two.xml",
                       "<form id='own' version='1' kind='table' external='no' flow='H'>"
                       "<title xml:lang='zh-CN'>某表</title><fields/><body/></form>");
  other = write_file (&penalty, "forms/three.txt", "not a form");
  folder = g_path_get_dirname (first);
  adopt (&penalty, "forms.adopt", folder, NOW);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-02"), ==, 70);
  adopt (&penalty, "forms.adopt", second, NOW);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-02"), ==, 70);
  adopt (&penalty, "forms.adopt", second, "'over':'shipped'," NOW);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-02"), ==, 1);
  empty = g_build_filename (penalty.office.folder, "empty", NULL);
  g_assert_cmpint (g_mkdir_with_parents (empty, 0700), ==, 0);
  many = g_strdup_printf ("{'file':'%s'," NOW "}", empty);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome =
      test_office_try (&penalty.office, "section_head", "forms.adopt.propose", &error, "%s", many);
    g_assert_null (outcome);
    g_assert_nonnull (strstr (error->message, "There is no file in"));
  }
}

/* Nothing of a bad file comes in, and what was in force stays. */
static void
test_bad_files (void)
{
  static const struct {
    const char *act;
    const char *text;
    const char *words;
  } rows[] = {
    { "forms.adopt", FORM ("2", "nonsense"), "bad.xml:3:" },
    { "forms.adopt", "<form", "bad.xml:1:" },
    { "forms.adopt", "<calendar/>", "bad.xml:1:1: " },
    { "forms.adopt",
      "<!DOCTYPE form [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>"
      "<!ENTITY c '&b;&b;&b;&b;'>]>\n<form>&c;</form>",
      "document type" },
    { "forms.adopt", "<!DOCTYPE form SYSTEM 'file:///etc/passwd'><form/>", "document type" },
    { "calendar.adopt", "<!DOCTYPE c [<!ENTITY a 'aa'>]><calendar>&a;</calendar>",
      "document type" },
    { "calendar.adopt", FORM ("2", "text"), "bad.xml:1:1: " },
    { "calendar.adopt",
      "<calendar year='2027'>" NOTICE "\n<holiday id='HD-27-1'><name xml:lang='zh'>元旦</name>\n"
      "<off from='2027-01-01' to='2027-02-30'/></holiday></calendar>",
      "bad.xml:3:1: " },
    { "calendar.adopt",
      "<calendar year='2027'>" NOTICE "\n<holiday id='HD-26-1'><name xml:lang='zh'>元旦</name>\n"
      "<off from='2027-01-01' to='2027-01-01'/></holiday></calendar>",
      "HD-26-1" },
    { "rulebook.adopt", "<!DOCTYPE rulebook [<!ENTITY a 'aa'>]><rulebook>&a;</rulebook>",
      "document type" },
    { "rulebook.adopt", "<rulebook>\n<no/></rulebook>", "bad.xml:1:1: " },
  };
  g_auto (Penalty) penalty = { 0 };
  gint64 n_before;

  penalty_init (&penalty);
  n_before = test_office_count (&penalty.office, "SELECT count (*) FROM entry");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = write_file (&penalty, "bad.xml", rows[i].text);
    g_autofree char *act = g_strconcat (rows[i].act, ".propose", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome =
      test_office_try (&penalty.office, "section_head", act, &error, "{'file':'%s'," NOW "}", path);
    g_assert_null (outcome);
    g_assert_true (error->domain == JZ_BASE_ERROR);
    if (strstr (error->message, rows[i].words) == NULL)
      g_error ("“%s” should be in “%s”", rows[i].words, error->message);
  }
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM entry"), ==,
                   n_before);
  g_assert_cmpuint (get_version (&penalty, "bureau", "2025-01-02"), ==, 1);
}

/* What the program makes is taken from nobody's hand, and only what is first may begin before. */
static void
test_refused (void)
{
  static const struct {
    const char *act;
    const char *args;
    const char *words;
  } rows[] = {
    { "forms.adopt", "'forms':{'object':'00','size':1}", "made by the program" },
    { "calendar.adopt", "'calendar':{'object':'00','size':1}", "made by the program" },
    { "forms.adopt", "'file':5", "no argument file" },
    { "calendar.adopt", "'file':'/nowhere/at/all.xml'", "/nowhere/at/all.xml" },
    { "calendar.adopt", "'over':'nothing'", "over" },
    { "forms.adopt", "'over':5", "over" },
    { "rulebook.adopt", "'book':'HR','file':'a.xml'", "one of both" },
    { "rulebook.adopt", "'reason':'无'", "one of both" },
    { "rulebook.adopt",
      "'book':'HR','source':{'object':"
      "'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','size':1}",
      "`file`" },
  };
  static const char *const acts[] = { "forms.adopt", "calendar.adopt" };
  g_auto (Penalty) penalty = { 0 };

  penalty_init (&penalty);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *act = g_strconcat (rows[i].act, ".propose", NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JzActOutcome) outcome = test_office_try (
      &penalty.office, "section_head", act, &error, "{%s,'in_force':'2025-01-02'%s}", rows[i].args,
      strstr (rows[i].args, "reason") != NULL ? "" : ",'reason':'启用'");
    g_assert_null (outcome);
    if (strstr (error->message, rows[i].words) == NULL)
      g_error ("“%s” should be in “%s”", rows[i].words, error->message);
  }
  for (guint i = 0; i < G_N_ELEMENTS (acts); i++) {
    g_autofree char *act = g_strconcat (acts[i], ".propose", NULL);
    test_office_refuse (&penalty.office, "section_head", act, "J-DATE",
                        "{'in_force':'2025-01-01','reason':'倒签'}");
    test_office_refuse (&penalty.office, "handler", act, "J-ROLE",
                        "{'in_force':'2025-01-02','reason':'启用'}");
    test_office_refuse (&penalty.office, "head", acts[i], "J-TWO",
                        "{'in_force':'2025-01-02','reason':'启用'}");
  }
}

/* A case whose party was told and neither answered nor waived. */
static void
play_until_review (Penalty *self)
{
  g_autofree char *text = NULL;

  penalty_play (self, PENALTY_LEAD, PENALTY_DRAFTED);
  text = g_strdup_printf ("'way':'account','notice.approved_on':'2025-01-02','notice.content':"
                          "'拟罚款','notice.fine':%d,'notice.hearing_right_told':false",
                          self->fine);
  penalty_by_two (self, "handler", "approver", "notice.approve", text);
  penalty_do (self, "handler", "notice.serve", "'notice.served_on':'2025-01-02'");
  penalty_play (self, PENALTY_SUBMITTED, PENALTY_EXAMINED);
}

/* The time for the defence is five working days from 2025-01-02, so until the 9th. A holiday that
 * is declared later moves it to the 16th for the case that runs, and for nothing that was done. */
static void
test_calendar_changes_what_runs (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *decision = NULL;
  g_autofree char *path = NULL;

  penalty_init (&penalty);
  play_until_review (&penalty);
  first = g_steal_pointer (&penalty.id);
  decision = g_steal_pointer (&penalty.decision);
  play_until_review (&penalty);
  penalty_wait (&penalty, 7);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-26", "'way':'account'");
  penalty_wait (&penalty, 1);
  {
    g_autofree char *second = g_steal_pointer (&penalty.id);
    g_autofree char *other = g_steal_pointer (&penalty.decision);
    penalty.id = g_steal_pointer (&first);
    penalty.decision = g_steal_pointer (&decision);
    penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
    g_free (penalty.id);
    penalty.id = g_steal_pointer (&second);
    g_free (penalty.decision);
    penalty.decision = g_steal_pointer (&other);
  }
  path = write_file (&penalty, "local.xml", LOCAL_DAYS);
  adopt (&penalty, "calendar.adopt", path, "'in_force':'2025-01-10','reason':'自治州放假'");
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-26", "'way':'account'");
  penalty_wait (&penalty, 10);
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

/* A year that nobody adopted is presumed, and a gate does not open on it (DC-15). */
static void
test_without_calendar (void)
{
  g_auto (Penalty) penalty = { 0 };

  penalty_init_without_calendar (&penalty);
  play_until_review (&penalty);
  penalty_wait (&penalty, 20);
  penalty_refuse (&penalty, "handler", "decision.approve.propose", "G-26", "'way':'account'");
  test_office_do_by_two (&penalty.office, "section_head", "head", "calendar.adopt",
                         "{'in_force':'2025-01-01','reason':'启用'}");
  penalty_play (&penalty, PENALTY_APPROVED, PENALTY_APPROVED);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
}

static const JzCalendar *
get_calendar (Penalty *self, const char *date, gint64 until)
{
  g_autoptr (GError) error = NULL;
  JzConnection *reader = lease (self);
  const JzCalendar *calendar = jz_calendars_get_empty ();
  JzMaybeHash hash = { 0 };
  JzDate day;

  g_assert_true (jz_date_parse (date, &day, NULL));
  g_assert_true (jz_tables_find_calendar (reader, day, until, &hash, &error));
  give_back (self, reader);
  if (hash.is_present)
    calendar = jz_calendars_get (get_objects (self), &hash.hash, &error);
  g_assert_no_error (error);
  return calendar;
}

/* Years add up; one that is given again takes the place of what was known of it. */
static void
test_years (void)
{
  static const char wrong[] =
    "<calendar year='2027'>" NOTICE "<holiday id='HD-27-1'><name xml:lang='zh'>元旦</name>"
    "<off from='2027-01-01' to='2027-01-04'/></holiday></calendar>";
  static const char right[] =
    "<calendar year='2027'>" NOTICE "<holiday id='HD-27-1'><name xml:lang='zh'>元旦</name>"
    "<off from='2027-01-01' to='2027-01-03'/></holiday></calendar>";
  static const JzDate monday = { 2027, 1, 4 };
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gint64 n;

  penalty_init (&penalty);
  first = write_file (&penalty, "2027.xml", wrong);
  adopt (&penalty, "calendar.adopt", first, NOW);
  n = test_office_count (&penalty.office, "SELECT max (arrival) FROM entry");
  second = write_file (&penalty, "2027.xml", right);
  adopt (&penalty, "calendar.adopt", second, NOW);
  for (int year = 2024; year <= 2027; year++)
    g_assert_true (jz_calendar_has_year (get_calendar (&penalty, "2025-01-02", G_MAXINT64), year));
  g_assert_false (
    jz_calendar_is_working_day (get_calendar (&penalty, "2025-01-02", n), monday, NULL));
  g_assert_true (
    jz_calendar_is_working_day (get_calendar (&penalty, "2025-01-02", G_MAXINT64), monday, NULL));
  g_assert_false (jz_calendar_has_year (get_calendar (&penalty, "2024-12-31", G_MAXINT64), 2025));
  /* What a newer program brings leaves the rest. */
  test_office_do_by_two (&penalty.office, "section_head", "head", "calendar.adopt", "{" NOW "}");
  g_assert_true (jz_calendar_has_year (get_calendar (&penalty, "2025-01-02", G_MAXINT64), 2027));
  test_office_do_by_two (&penalty.office, "section_head", "head", "calendar.adopt",
                         "{'over':'shipped'," NOW "}");
  g_assert_false (jz_calendar_has_year (get_calendar (&penalty, "2025-01-02", G_MAXINT64), 2027));
}

/* The words in which the bureau wrote its rules stay beside what was composed of them. */
static void
test_source_is_kept (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "rules", "bureau-demo.xml", NULL);
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JzConnection *reader;
  JzHash hash;
  gsize length = 0;

  penalty_init (&penalty);
  adopt (&penalty, "rulebook.adopt", path, NOW);
  reader = lease (&penalty);
  g_assert_true (jz_connection_get_text (
    reader, &hex, &error,
    "SELECT json_extract (p.text, '$.args.source.object') FROM entry AS e JOIN payload AS p ON "
    "p.entry = e.arrival WHERE e.act = 'rulebook.adopt' ORDER BY e.arrival DESC LIMIT 1",
    ""));
  give_back (&penalty, reader);
  g_assert_no_error (error);
  g_assert_true (jz_hash_from_hex (hex, &hash));
  bytes = jz_objects_get_bytes (get_objects (&penalty), &hash, 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), text, length);
  kept = jz_objects_dup_path (get_objects (&penalty), &hash);
  test_office_close (&penalty.office);
  test_assert_sound (penalty.office.path);
  g_assert_cmpint (remove (kept), ==, 0);
  {
    g_autoptr (JzReport) report = test_verify (penalty.office.path, NULL);
    g_assert_cmpuint (report->faults->len, >=, 1);
  }
}

static char *
describe_missing (const char *name)
{
  return g_strdup_printf ("%s is missing", name);
}

static gpointer
read_text (GBytes *bytes, const char *name, GError **error)
{
  if (g_bytes_get_size (bytes) > 2)
    return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX, "%s is no text", name);
  return NULL;
}

/* Read once it stays; until then what is missing, damaged or wrong is said, and asked for again. */
static void
test_shelf (void)
{
  static JzShelf shelf = {
    .max = 100, .describe_missing = describe_missing, .read = read_text, .free = g_free
  };
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GBytes) good = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) bad = g_bytes_new_static ("ab", 2);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  JzObjects *objects;
  JzObject object;
  JzObject other;
  gconstpointer found;

  test_office_found (&penalty.office);
  objects = get_objects (&penalty);
  g_assert_true (jz_objects_put_bytes (objects, good, &object, &error));
  g_assert_true (jz_objects_put_bytes (objects, bad, &other, &error));
  path = jz_objects_dup_path (objects, &object.hash);
  g_assert_cmpint (remove (path), ==, 0);
  g_assert_null (jz_shelf_get (&shelf, objects, &object.hash, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "is missing"));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "abd", 3, &error));
  g_assert_null (jz_shelf_get (&shelf, objects, &object.hash, &error));
  g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_null (jz_shelf_get (&shelf, objects, &other.hash, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "abc", 3, &error));
  found = jz_shelf_get (&shelf, objects, &object.hash, &error);
  g_assert_cmpstr (found, ==, "abc");
  g_assert_cmpint (remove (path), ==, 0);
  g_assert_true (jz_shelf_get (&shelf, objects, &object.hash, &error) == found);
  jz_shelf_clear (&shelf);
  g_assert_null (jz_shelf_get (&shelf, objects, &object.hash, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/adoption/forms", test_forms);
  g_test_add_func ("/office/adoption/folder", test_folder);
  g_test_add_func ("/office/adoption/bad-files", test_bad_files);
  g_test_add_func ("/office/adoption/refused", test_refused);
  g_test_add_func ("/office/adoption/calendar-changes-what-runs", test_calendar_changes_what_runs);
  g_test_add_func ("/office/adoption/without-calendar", test_without_calendar);
  g_test_add_func ("/office/adoption/years", test_years);
  g_test_add_func ("/office/adoption/source-is-kept", test_source_is_kept);
  g_test_add_func ("/office/adoption/shelf", test_shelf);
  return g_test_run ();
}
