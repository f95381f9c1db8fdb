/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/publication_fields.h"
#include "office/desk.h"
#include "office/publicity_queue.h"
#include "publicity-fixture.h"

/* From the day of the decision to the last carrier: who may do what, and in which state (P-02 to
 * P-07, P-39). */

static void
assert_state (Penalty *self, const char *state, const char *step)
{
  g_autoptr (JzPublication) publication = publicity_find (self);

  g_assert_cmpstr (publication->state, ==, state);
  g_assert_cmpstr (publication->step, ==, step);
}

static void
finish (Penalty *self)
{
  test_office_close (&self->office);
  test_assert_sound (self->office.path);
}

static void
test_course (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  assert_state (&penalty, "due", "none");
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION", "'verdict':'pass'");
  publicity_refuse (&penalty, "publisher", "publication.release", "J-PUBLICATION", "");
  /* What nobody decided on keeps it from being checked, and from leaving. */
  publicity_do (&penalty, "handler", "publication.collect", "");
  assert_state (&penalty, "due", "proposed");
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION", "'verdict':'pass'");
  publicity_refuse (&penalty, "publisher", "publication.release", "G-60", "");
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION",
                    "'verdict':'return'");
  publicity_do (&penalty, "checker", "publication.check",
                "'verdict':'return','reason':'请遮盖住址'");
  assert_state (&penalty, "due", "returned");
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_refuse (&penalty, "publisher", "publication.release", "G-60", "");
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  assert_state (&penalty, "due", "checked");
  publicity_refuse (&penalty, "publisher", "publication.release", "G-61", "");
  publicity_serve (&penalty);
  publicity_do (&penalty, "publisher", "publication.release", "");
  assert_state (&penalty, "released", "released");
  publicity_refuse (&penalty, "publisher", "publication.release", "J-PUBLICATION", "");
  publicity_confirm (&penalty, "publication.confirm", "site");
  assert_state (&penalty, "published", "released");
  finish (&penalty);
}

/* Nobody checks or releases his own work, in whatever role. */
static void
test_separation (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "collector/collector", "publication.collect", PUBLICITY_COVER);
  publicity_refuse (&penalty, "collector/checker", "publication.check", "J-SEPARATION",
                    "'verdict':'pass'");
  publicity_refuse (&penalty, "handler", "publication.check", "J-ROLE", "'verdict':'pass'");
  publicity_refuse (&penalty, "checker", "publication.release", "J-ROLE", "");
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (&penalty, "collector/checker", "publication.check", "'verdict':'pass'");
  publicity_refuse (&penalty, "collector/publisher", "publication.release", "J-SEPARATION", "");
  publicity_do (&penalty, "publisher", "publication.release", "");
  finish (&penalty);
}

static char *
dup_copy_argument (Penalty *self, const char *rest)
{
  g_autoptr (JzPublication) publication = publicity_find (self);
  g_autoptr (JzPublicationCopy) copy = NULL;
  JzStore *store = jz_office_get_store (self->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);

  g_assert_true (jz_publication_find_copy (reader, publication->copy, &copy, NULL));
  jz_store_return_reader (store, reader);
  return g_strdup_printf ("'copy':'%s'%s", copy->id, rest);
}

/* What is passed and released is what was looked at, with its report and redactions, and not what
 * somebody has put in its place meanwhile. */
static void
test_other_copy (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *pass = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *pass_second = NULL;

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  pass = dup_copy_argument (&penalty, ",'verdict':'pass'");
  first = dup_copy_argument (&penalty, "");
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION", pass);
  pass_second = dup_copy_argument (&penalty, ",'verdict':'pass'");
  second = dup_copy_argument (&penalty, "");
  publicity_do (&penalty, "checker", "publication.check", pass_second);
  publicity_refuse (&penalty, "publisher", "publication.release", "J-PUBLICATION", first);
  publicity_do (&penalty, "publisher", "publication.release", second);
  finish (&penalty);
}

/* A carrier has shown it when something proves that, and the last one makes it published. */
static void
test_carriers (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *hash = NULL;

  publicity_init (&penalty);
  test_office_do (&penalty.office, "head", "setting.change",
                  "{'name':'publicity.carriers','value':'site nowhere,hall site','reason':'细则'}");
  publicity_release (&penalty);
  {
    g_autoptr (JzPublication) publication = publicity_find (&penalty);
    g_assert_cmpstr (publication->carriers, ==, "site hall");
    g_assert_cmpstr (publication->released_on, ==, "2025-01-02");
  }
  publicity_refuse (&penalty, "publisher", "publication.confirm", "J-PROOF",
                    "'publication.carrier':'hall','happened':'2025-01-02'");
  publicity_refuse (&penalty, "publisher", "publication.confirm", "J-DATE",
                    "'publication.carrier':'hall','happened':'2025-01-03','address':'大厅'");
  publicity_refuse (&penalty, "publisher", "publication.confirm", "J-DATE",
                    "'publication.carrier':'hall','happened':'2025-01-01','address':'大厅'");
  publicity_refuse (
    &penalty, "publisher", "publication.confirm", "J-ATTACHMENT",
    "'publication.carrier':'hall','happened':'2025-01-02','attachment':'0000000000000000-1-"
    "1'");
  publicity_refuse (&penalty, "publisher", "publication.confirm_withdrawal", "J-PUBLICATION",
                    "'publication.carrier':'hall','happened':'2025-01-02','address':'大厅'");
  publicity_confirm (&penalty, "publication.confirm", "hall");
  assert_state (&penalty, "released", "released");
  /* One that nobody asked does not make it whole. */
  publicity_confirm (&penalty, "publication.confirm", "wechat");
  assert_state (&penalty, "released", "released");
  publicity_confirm (&penalty, "publication.confirm", "site");
  assert_state (&penalty, "published", "released");
  finish (&penalty);
}

static void
test_exemption (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_refuse (&penalty, "approver", "publication.exempt", "J-TWO",
                    "'publication.ground':'minor','reason':'当事人未满十八周岁'");
  publicity_do_by_two (&penalty, "publication.exempt",
                       "'publication.ground':'minor','reason':'当事人未满十八周岁'");
  assert_state (&penalty, "exempt", "none");
  {
    g_autoptr (JzPublication) publication = publicity_find (&penalty);
    g_assert_cmpstr (publication->ground, ==, "minor");
    g_assert_cmpstr (publication->review_on, ==, "2026-01-02");
  }
  publicity_refuse (&penalty, "handler", "publication.collect", "J-PUBLICATION", PUBLICITY_COVER);
  penalty_wait (&penalty, 20);
  publicity_do (&penalty, "checker", "publication.reexamine",
                "'outcome':'keep','reason':'理由仍在'");
  {
    g_autoptr (JzPublication) publication = publicity_find (&penalty);
    g_assert_cmpstr (publication->review_on, ==, "2026-01-22");
  }
  publicity_do (&penalty, "checker", "publication.reexamine",
                "'outcome':'open','reason':'理由消失'");
  assert_state (&penalty, "due", "none");
  publicity_refuse (&penalty, "checker", "publication.reexamine", "J-PUBLICATION",
                    "'outcome':'open','reason':'理由消失'");
  finish (&penalty);
}

static guint
count_released (Penalty *self)
{
  JzStore *store = jz_office_get_store (self->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autoptr (GPtrArray) list =
    jz_publications_list_released (reader, "2025-01-01", "2025-12-31", NULL);
  g_autoptr (GPtrArray) none =
    jz_publications_list_released (reader, "2025-01-03", "2025-12-31", NULL);

  jz_store_return_reader (store, reader);
  g_assert_cmpuint (none->len, ==, 0);
  return list->len;
}

/* What does not hold any more leaves the public set at once, and every carrier takes it down. */
static void
test_withdrawal (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_release (&penalty);
  publicity_confirm (&penalty, "publication.confirm", "site");
  publicity_confirm (&penalty, "publication.confirm", "wechat");
  g_assert_cmpuint (count_released (&penalty), ==, 1);
  penalty_do (&penalty, "handler", "decision.change",
              "'decision.changed_on':'2025-01-02','publication.withdrawal':'revoked','by':'court',"
              "'reason':'主要证据不足'");
  g_assert_cmpuint (count_released (&penalty), ==, 0);
  assert_state (&penalty, "published", "released");
  publicity_do_by_two (&penalty, "publication.withdraw",
                       "'publication.withdrawal':'revoked','reason':'决定已被撤销'");
  assert_state (&penalty, "withdrawing", "released");
  publicity_refuse (&penalty, "handler", "publication.correct", "J-PUBLICATION",
                    PUBLICITY_COVER ",'note':'改正'");
  publicity_refuse (&penalty, "publisher", "publication.confirm_withdrawal", "J-PUBLICATION",
                    "'publication.carrier':'hall','happened':'2025-01-02','address':'大厅'");
  publicity_confirm (&penalty, "publication.confirm_withdrawal", "site");
  assert_state (&penalty, "withdrawing", "released");
  publicity_confirm (&penalty, "publication.confirm_withdrawal", "wechat");
  assert_state (&penalty, "withdrawn", "released");
  finish (&penalty);
}

/* What was revoked before anybody saw it is not published any more. */
static void
test_dropped (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  penalty_do (&penalty, "head", "decision.change",
              "'decision.changed_on':'2025-01-02','publication.withdrawal':'unlawful','by':'self',"
              "'reason':'自查发现'");
  assert_state (&penalty, "dropped", "proposed");
  publicity_refuse (&penalty, "checker", "publication.check", "J-PUBLICATION", "'verdict':'pass'");
  finish (&penalty);
}

/* The copy that is public stays so until the corrected one was checked and released. */
static void
test_correction (void)
{
  g_auto (Penalty) penalty = { 0 };
  gint64 first;

  publicity_init (&penalty);
  publicity_release (&penalty);
  publicity_confirm (&penalty, "publication.confirm", "site");
  publicity_refuse (&penalty, "handler", "publication.collect", "J-PUBLICATION", PUBLICITY_COVER);
  {
    g_autoptr (JzPublication) publication = publicity_find (&penalty);
    first = publication->released;
  }
  publicity_do (&penalty, "handler", "publication.correct",
                PUBLICITY_COVER ",'note':'当事人名称误写一字'");
  assert_state (&penalty, "published", "proposed");
  {
    g_autoptr (JzPublication) publication = publicity_find (&penalty);
    g_assert_cmpint (publication->released, ==, first);
    g_assert_cmpint (publication->copy, >, first);
  }
  publicity_refuse (&penalty, "publisher", "publication.release", "G-60", "");
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (&penalty, "publisher", "publication.release", "");
  /* The carriers show the old one until they say otherwise. */
  assert_state (&penalty, "released", "released");
  publicity_confirm (&penalty, "publication.confirm", "site");
  assert_state (&penalty, "published", "released");
  finish (&penalty);
}

static void
test_fields (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzPublication) publication = NULL;
  g_autoptr (JzPublicationCopy) copy = NULL;
  g_autoptr (GPtrArray) fields = NULL;
  g_autoptr (GPtrArray) hall = NULL;
  JzConnection *reader;
  JzStore *store;

  publicity_init (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publication = publicity_find (&penalty);
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, NULL);
  g_assert_true (jz_publication_find_copy (reader, publication->copy, &copy, NULL));
  jz_store_return_reader (store, reader);
  g_assert_cmpstr (jz_json_get_member_text (copy->fields, "party"), ==, "某某商贸有限公司");
  g_assert_cmpstr (jz_json_get_member_text (copy->fields, "kinds"), ==, "罚款");
  g_assert_cmpstr (jz_json_get_member_text (copy->fields, "representative"), ==, "张某");
  g_assert_cmpint (copy->deviations, ==, 0);
  fields = jz_publication_list_fields (publication->form, NULL, copy->fields, NULL);
  g_assert_cmpuint (fields->len, ==, 12);
  hall = jz_publication_list_fields (publication->form, "hall", copy->fields, NULL);
  g_assert_cmpstr (((JzPublicField *)g_ptr_array_index (hall, 0))->id, ==, "party");
  g_assert_cmpuint (hall->len, ==, 7);
}

/* Of the lists only the one that it stands in has the decision, with what is next, who does it, and
 * by when. */
static void
assert_listed (Penalty *self, JzPublicityGroup group, const char *act, const char *due)
{
  TestOffice *office = &self->office;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autofree char *person = test_office_get_person (office, "checker");
  g_autoptr (JzJson) counts = jz_publicity_count (reader, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = jz_publicity_query (reader, group, 0, &error);
  g_autoptr (JzJson) row = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (keys->len, ==, 1);
  g_assert_true (jz_publicity_load (office->office, reader, g_array_index (keys, gint64, 0), person,
                                    &row, &error));
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  for (guint i = 0; i < JZ_PUBLICITY_N_GROUPS; i++)
    g_assert_cmpint (jz_json_get_integer (jz_json_get_item (counts, i)), ==, i == group);
  g_assert_cmpstr (jz_json_get_member_text (row, "document"), ==, self->decision);
  g_assert_cmpstr (jz_json_get_member_text (row, "act"), ==, act);
  g_assert_cmpstr (jz_json_get_member_text (row, "due"), ==, due);
  if (act != NULL)
    g_assert_cmpint (jz_json_get_member_boolean (row, "mine", FALSE), ==,
                     strcmp (act, "publication.check") == 0 ||
                       strcmp (act, "publication.reexamine") == 0);
}

static gboolean
desk_has (Penalty *self, const char *user, const char *act)
{
  TestOffice *office = &self->office;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autofree char *person = test_office_get_person (office, user);
  g_autoptr (JzCaseRows) rows = jz_case_rows_new (office->office);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) desk = NULL;
  const JzJson *items;
  gboolean is_complete = FALSE, has_changed = FALSE, has = FALSE;
  const JzDeskQuery query = { office->office, reader, rows, person, JZ_DESK_OF_PERSON };

  g_assert_true (
    jz_case_rows_refresh (rows, reader, 60000, &is_complete, &has_changed, NULL, &error));
  desk = jz_desk_read (&query, &error);
  g_assert_no_error (error);
  items = jz_json_get_member (desk, "items");
  for (guint i = 0; i < jz_json_get_n_items (items); i++)
    has |= g_strcmp0 (jz_json_get_member_text (jz_json_get_item (items, i), "act"), act) == 0;
  jz_store_return_reader (store, reader);
  return has;
}

/* Seven working days from the day of the decision, 2025-01-02. */
static void
test_queue (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  assert_listed (&penalty, JZ_PUBLICITY_COLLECT, "publication.collect", "2025-01-13");
  g_assert_true (desk_has (&penalty, "handler", "publication.collect"));
  g_assert_false (desk_has (&penalty, "checker", "publication.check"));
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  assert_listed (&penalty, JZ_PUBLICITY_CHECK, "publication.check", "2025-01-13");
  g_assert_true (desk_has (&penalty, "checker", "publication.check"));
  g_assert_false (desk_has (&penalty, "handler", "publication.collect"));
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  assert_listed (&penalty, JZ_PUBLICITY_RELEASE, "publication.release", "2025-01-13");
  g_assert_true (desk_has (&penalty, "publisher", "publication.release"));
  publicity_do (&penalty, "publisher", "publication.release", "");
  assert_listed (&penalty, JZ_PUBLICITY_CARRIERS, "publication.confirm", NULL);
  publicity_confirm (&penalty, "publication.confirm", "site");
  assert_listed (&penalty, JZ_PUBLICITY_PUBLISHED, NULL, NULL);
  g_assert_false (desk_has (&penalty, "publisher", "publication.confirm"));
  penalty_do (&penalty, "handler", "decision.change",
              "'decision.changed_on':'2025-01-02','publication.withdrawal':'revoked','by':'court',"
              "'reason':'主要证据不足'");
  /* Three working days. */
  assert_listed (&penalty, JZ_PUBLICITY_CHANGES, "publication.withdraw", "2025-01-07");
  g_assert_true (desk_has (&penalty, "publisher", "publication.withdraw"));
}

static void
test_carriers_altered (void)
{
  static const char *const changes[] = {
    "UPDATE publication_carrier SET address = 'https://example.org/2'",
    "UPDATE publication_carrier SET done = 'withdrawn'",
    "DELETE FROM publication_carrier",
  };
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_serve (&penalty);
  publicity_do (&penalty, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (&penalty, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (&penalty, "publisher", "publication.release", "");
  publicity_confirm (&penalty, "publication.confirm", "site");
  test_office_close (&penalty.office);
  penalty_assert_altered (&penalty, changes, G_N_ELEMENTS (changes));
}

static void
test_exempt_is_listed (void)
{
  g_auto (Penalty) penalty = { 0 };

  publicity_init (&penalty);
  publicity_do_by_two (&penalty, "publication.exempt",
                       "'publication.ground':'minor','reason':'当事人未满十八周岁'");
  assert_listed (&penalty, JZ_PUBLICITY_EXEMPT, "publication.reexamine", NULL);
  g_assert_false (desk_has (&penalty, "handler", "publication.collect"));
}

/* Each deviation is named beside its field. */
static void
test_deviations (void)
{
  static const struct {
    const char *fields;
    guint n;
  } rows[] = {
    { "{'number':'罚决〔2025〕1号','party':'某某','behaviour':'占道','facts':'占道','basis':'条例',"
      "'kinds':'罚款','content':'罚款','decided_on':'2025年1月2日','organ':'某某局'}",
      0 },
    { "{'number':'','party':'某某','organ':'某某局'}", 1 },
    { "{'party':'某某','party_code':'91110000MA01ABCD53'}", 1 },
    { "{'party':'某某','party_code':'91110000MA01ABCD52'}", 0 },
    { "{'party':'','party_code':'','organ':''}", 2 },
  };
  g_autofree char *longest = g_strnfill (201, 'x');
  g_autoptr (JzJson) too_long = jz_json_new_object ();
  g_autofree char *names = NULL;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JzJson) fields = test_json (rows[i].fields);
    g_autofree char *found = jz_publication_dup_deviations ("penalty_decision", fields, &n, NULL);
    g_test_message ("%s: %s", rows[i].fields, found);
    g_assert_cmpuint (n, ==, rows[i].n);
  }
  jz_json_set_text (too_long, "party", longest);
  names = jz_publication_dup_deviations ("penalty_decision", too_long, &n, NULL);
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* No carrier shows what is in a store for practice. */
  test_office_be_real ();
  g_test_add_func ("/office/publication/course", test_course);
  g_test_add_func ("/office/publication/separation", test_separation);
  g_test_add_func ("/office/publication/other-copy", test_other_copy);
  g_test_add_func ("/office/publication/carriers", test_carriers);
  g_test_add_func ("/office/publication/exemption", test_exemption);
  g_test_add_func ("/office/publication/withdrawal", test_withdrawal);
  g_test_add_func ("/office/publication/dropped", test_dropped);
  g_test_add_func ("/office/publication/correction", test_correction);
  g_test_add_func ("/office/publication/fields", test_fields);
  g_test_add_func ("/office/publication/queue", test_queue);
  g_test_add_func ("/office/publication/carriers-altered", test_carriers_altered);
  g_test_add_func ("/office/publication/exempt-is-listed", test_exempt_is_listed);
  g_test_add_func ("/office/publication/deviations", test_deviations);
  return g_test_run ();
}
