/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "penalty-fixture.h"

#include "office/case_rows.h"

/* What lists show of cases, kept beside the store and brought up to date. */

typedef struct {
  TestOffice *office;
  JzCaseRows *rows;
  gboolean has_changed;
} World;

static void
world_init (World *self, TestOffice *office)
{
  self->office = office;
  self->rows = jz_case_rows_new (office->office);
}

static void
world_clear (World *self)
{
  jz_case_rows_unref (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

/* A step at a time where @max_ms is 0; returns how many it took. */
static guint
refresh (World *self, guint max_ms)
{
  JzStore *store = jz_office_get_store (self->office->office);
  gboolean is_complete = FALSE;
  guint n_steps = 0;
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);

  self->has_changed = FALSE;
  while (!is_complete) {
    gboolean has_changed = FALSE;
    g_assert_true (jz_case_rows_refresh (self->rows, reader, MAX (max_ms, 1), &is_complete,
                                         &has_changed, NULL, &error));
    g_assert_no_error (error);
    self->has_changed = self->has_changed || has_changed;
    n_steps++;
    g_assert_cmpuint (n_steps, <, 10000);
  }
  jz_store_return_reader (store, reader);
  return n_steps;
}

static JzDate
get_today (World *self)
{
  return jz_instant_get_date (jz_clock_now (self->office->clock));
}

/* A column of all rows of a filter in an order, with | between. */
static char *
list (World *self, const JzCaseFilter *filter, const JzCaseOrder *order, JzCaseColumn column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = jz_case_rows_query (self->rows, filter, order, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  rows = jz_case_rows_load (self->rows, (const gint64 *)(gpointer)keys->data, keys->len,
                            get_today (self), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    g_auto (GStrv) cells = g_ptr_array_index (rows, i);
    g_assert_cmpuint (g_strv_length (cells), ==, JZ_CASE_N_CELLS);
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", cells[column]);
  }
  return g_string_free (text, FALSE);
}

static guint
count (World *self, const JzCaseFilter *filter)
{
  const JzCaseOrder order = { -1, FALSE, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = jz_case_rows_query (self->rows, filter, &order, NULL, &error);

  g_assert_no_error (error);
  return keys->len;
}

/* Three cases of two handlers, the second one closed. */
static void
open_three (TestOffice *office)
{
  g_free (
    test_office_make (office, "handler", "case.open",
                      "{'title':'甲案','party':'甲某','matter':'占道','found':'2025-01-02'}"));
  g_free (
    test_office_make (office, "other", "case.open",
                      "{'title':'乙案','party':'乙某','matter':'广告','found':'2025-01-02'}"));
  g_free (
    test_office_make (office, "handler", "case.open",
                      "{'title':'丙案','party':'丙某','matter':'占道','found':'2025-01-02'}"));
}

static void
test_build (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  const JzCaseFilter all = { 0 };
  const JzCaseOrder newest = { -1, FALSE, 0 };
  g_autofree char *parties = NULL;
  g_autofree char *stages = NULL;

  test_office_staff (&office);
  open_three (&office);
  world_init (&world, &office);
  refresh (&world, 1000);
  g_assert_true (world.has_changed);
  parties = list (&world, &all, &newest, JZ_CASE_COLUMN_PARTY);
  g_assert_cmpstr (parties, ==, "丙某|乙某|甲某");
  refresh (&world, 1000);
  g_assert_false (world.has_changed);
}

/* Only what an entry touched is worked out again, and a new case comes in. */
static void
test_changes (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  const JzCaseFilter all = { 0 };
  const JzCaseFilter closed = { .groups = 1 << JZ_CASE_GROUP_CLOSED };
  const JzCaseOrder oldest = { -1, TRUE, 0 };
  g_autofree char *id = NULL;
  g_autofree char *parties = NULL;

  test_office_staff (&office);
  open_three (&office);
  world_init (&world, &office);
  refresh (&world, 1000);
  id = test_office_make (&office, "handler", "case.open",
                         "{'title':'丁案','party':'丁某','matter':'占道','found':'2025-01-02'}");
  refresh (&world, 1000);
  parties = list (&world, &all, &oldest, JZ_CASE_COLUMN_PARTY);
  g_assert_cmpstr (parties, ==, "甲某|乙某|丙某|丁某");
  g_assert_cmpuint (count (&world, &closed), ==, 0);
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  refresh (&world, 1000);
  g_assert_cmpuint (count (&world, &closed), ==, 1);
}

/* Lists call the party as it was stated last, not as the lead called it. */
static void
test_party_stated (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_auto (World) world = { 0 };
  g_autofree char *parties = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  world_init (&world, &penalty.office);
  refresh (&world, 1000);
  penalty_do (&penalty, "handler", "party.state",
              "'party.kind':'company','party.name':'某某贸易有限公司','party.id_kind':'other',"
              "'party.representative':'张某','party.id_number':'示例-2','party.capacity':'full',"
              "'party.address':'某某路2号'");
  refresh (&world, 1000);
  g_assert_true (world.has_changed);
  parties = list (&world, &(JzCaseFilter){ .text = "某某贸易" }, &(JzCaseOrder){ -1, TRUE, 0 },
                  JZ_CASE_COLUMN_PARTY);
  g_assert_cmpstr (parties, ==, "某某贸易有限公司");
}

static void
test_filters (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  g_autofree char *handler = NULL;
  g_autofree char *mine = NULL;
  const JzCaseOrder by_party = { JZ_CASE_COLUMN_PARTY, FALSE, 0 };

  test_office_staff (&office);
  open_three (&office);
  world_init (&world, &office);
  refresh (&world, 1000);
  handler = test_office_get_person (&office, "handler");
  mine = list (&world, &(JzCaseFilter){ .person = handler }, &by_party, JZ_CASE_COLUMN_PARTY);
  g_assert_cmpstr (mine, ==, "丙某|甲某");
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "占道" }), ==, 2);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "占" }), ==, 2);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "没有这个" }), ==, 0);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "占道", .person = handler }), ==, 2);
  /* full-width digits are the same as those of the number */
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "２０２５" }), ==, 3);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .groups = 1 << JZ_CASE_GROUP_LEAD }), ==, 3);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .groups = 1 << JZ_CASE_GROUP_CLOSED }), ==, 0);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .places = 1 << JZ_CASE_PLACE_HERE }), ==, 3);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .places = 1 << JZ_CASE_PLACE_ARCHIVE }), ==, 0);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .section = "没有这个科" }), ==, 0);
}

static void
test_orders (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  const JzCaseFilter all = { 0 };

  test_office_staff (&office);
  open_three (&office);
  world_init (&world, &office);
  refresh (&world, 1000);
  for (int column = 0; column < JZ_CASE_N_SORTABLE; column++) {
    g_autofree char *up =
      list (&world, &all, &(JzCaseOrder){ column, FALSE, 0 }, JZ_CASE_COLUMN_NUMBER);
    g_autofree char *down =
      list (&world, &all, &(JzCaseOrder){ column, TRUE, 0 }, JZ_CASE_COLUMN_NUMBER);
    g_auto (GStrv) numbers = g_strsplit (up, "|", -1);
    g_autofree char *back = g_strdup_printf ("%s|%s|%s", numbers[2], numbers[1], numbers[0]);
    g_assert_cmpstr (down, ==, back);
  }
  g_assert_cmpuint (count (&world, &all), ==, 3);
}

static void
test_number_key (void)
{
  static const char *const rising[] = { "某城管〔2025〕2号", "某城管〔2025〕19号",
                                        "某城管〔2025〕100号", "某城管〔2026〕1号" };

  for (gsize i = 1; i < G_N_ELEMENTS (rising); i++) {
    g_autofree char *a = jz_case_row_dup_number_key (rising[i - 1]);
    g_autofree char *b = jz_case_row_dup_number_key (rising[i]);
    g_assert_cmpstr (a, <, b);
  }
}

/* The plan of every query: an index in its order, or few rows that are sorted; never all of them.
 */
static void
test_plans (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  const JzCaseFilter filters[] = {
    { 0 },
    { .groups = 3 },
    { .groups = 3, .places = 1 },
    { .person = "p" },
    { .section = "s" },
    { .due_before = "2026-01-01" },
    { .person = "p", .due_before = "2026-01-01", .groups = 3, .text = "t" },
  };
  g_autoptr (GError) error = NULL;
  JzConnection *connection;

  test_office_staff (&office);
  world_init (&world, &office);
  connection = jz_case_rows_lease (world.rows, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++) {
    for (int column = -1; column < JZ_CASE_N_SORTABLE; column++) {
      gboolean is_narrow =
        filters[i].person != NULL || filters[i].section != NULL || filters[i].due_before != NULL;
      const JzCaseOrder order = { column, FALSE, 0 };
      g_autofree char *query = jz_case_rows_make_sql (&filters[i], &order);
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", query, NULL);
      g_autoptr (GString) plan = g_string_new (NULL);
      g_autoptr (JzStatement) rows = jz_connection_query (connection, &error, sql, "iitttt",
                                                          (gint64)0, (gint64)0, "", "", "", "");
      gboolean has_row = TRUE;
      g_assert_no_error (error);
      while (jz_statement_step (rows, &has_row, &error) && has_row)
        g_string_append_printf (plan, "%s\n", jz_statement_get_text (rows, 3));
      if (is_narrow) {
        g_assert_nonnull (strstr (plan->str, "SEARCH n USING"));
        g_assert_nonnull (strstr (plan->str, "SEARCH r USING INTEGER PRIMARY KEY"));
      } else {
        g_assert_nonnull (strstr (plan->str, "SCAN r USING COVERING INDEX"));
        g_assert_null (strstr (plan->str, "TEMP B-TREE"));
      }
    }
  }
  jz_case_rows_give_back (world.rows, connection);
}

/* The due column says what comes first and how it stands, without anything being worked out anew.
 */
static void
test_due (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_auto (World) world = { 0 };
  const JzCaseFilter all = { 0 };
  const JzCaseOrder by_due = { JZ_CASE_COLUMN_DUE, FALSE, 0 };
  g_autofree char *due = NULL;
  g_autofree char *late = NULL;
  g_autofree char *style = NULL;
  g_autofree char *group = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_LEAD);
  world_init (&world, &penalty.office);
  refresh (&world, 1000);
  due = list (&world, &all, &by_due, JZ_CASE_COLUMN_DUE);
  g_assert_cmpstr (due, !=, "");
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .due_before = "2025-01-03" }), ==, 0);
  penalty_wait (&penalty, 90);
  late = list (&world, &all, &by_due, JZ_CASE_COLUMN_DUE);
  style = list (&world, &all, &by_due, JZ_CASE_COLUMN_URGENCY);
  g_assert_cmpstr (late, !=, due);
  g_assert_cmpstr (style, ==, "error");
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .due_before = "2025-04-02" }), ==, 1);
}

static void
test_groups (void)
{
  static const struct {
    PenaltyStep step;
    JzCaseGroup group;
  } steps[] = {
    { PENALTY_LEAD, JZ_CASE_GROUP_LEAD },
    { PENALTY_FILED, JZ_CASE_GROUP_INVESTIGATION },
    { PENALTY_NOTIFIED, JZ_CASE_GROUP_EXAMINATION },
    { PENALTY_DECIDED, JZ_CASE_GROUP_EXECUTION },
  };
  g_auto (Penalty) penalty = { 0 };
  g_auto (World) world = { 0 };
  PenaltyStep from = PENALTY_LEAD;

  penalty_init (&penalty);
  world_init (&world, &penalty.office);
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    penalty_play (&penalty, from, steps[i].step);
    from = steps[i].step + 1;
    refresh (&world, 1000);
    g_assert_cmpuint (count (&world, &(JzCaseFilter){ .groups = 1u << steps[i].group }), ==, 1);
  }
}

/* Nothing of a destroyed case is left, in the file either. */
static void
test_destroyed (void)
{
  g_auto (TestOffice) office = { 0 };
  World world = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  test_office_staff (&office);
  id = test_office_make (
    &office, "handler", "case.open",
    "{'title':'将要销毁案','party':'独一无二某','matter':'占道','found':'2025-01-02'}");
  world_init (&world, &office);
  refresh (&world, 1000);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "独一无二" }), ==, 1);
  world_clear (&world);
  test_office_destroy_case (&office, id);
  world_init (&world, &office);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ .text = "独一无二" }), ==, 0);
  refresh (&world, 1000);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ 0 }), ==, 0);
  world_clear (&world);
  test_office_close (&office);
  path = g_build_filename (office.path, "scratch.db", NULL);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (memmem (contents, length, "独一无二", strlen ("独一无二")));
  test_office_open (&office);
}

/* Stopped wherever it was, it goes on there. */
static void
test_steps (void)
{
  g_auto (TestOffice) office = { 0 };
  g_auto (World) world = { 0 };
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_complete = FALSE, has_changed = FALSE;
  JzConnection *reader;

  test_office_staff (&office);
  for (int i = 0; i < 450; i++)
    g_free (test_office_open_case (&office, "某案"));
  world_init (&world, &office);
  g_cancellable_cancel (cancelled);
  reader = jz_store_lease_reader (jz_office_get_store (office.office), NULL);
  g_assert_false (
    jz_case_rows_refresh (world.rows, reader, 1000, &is_complete, &has_changed, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  jz_store_return_reader (jz_office_get_store (office.office), reader);
  g_assert_cmpuint (refresh (&world, 0), >, 1);
  g_assert_cmpuint (count (&world, &(JzCaseFilter){ 0 }), ==, 450);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/case-rows/build", test_build);
  g_test_add_func ("/office/case-rows/changes", test_changes);
  g_test_add_func ("/office/case-rows/party-stated", test_party_stated);
  g_test_add_func ("/office/case-rows/filters", test_filters);
  g_test_add_func ("/office/case-rows/orders", test_orders);
  g_test_add_func ("/office/case-rows/number-key", test_number_key);
  g_test_add_func ("/office/case-rows/plans", test_plans);
  g_test_add_func ("/office/case-rows/due", test_due);
  g_test_add_func ("/office/case-rows/groups", test_groups);
  g_test_add_func ("/office/case-rows/destroyed", test_destroyed);
  g_test_add_func ("/office/case-rows/steps", test_steps);
  return g_test_run ();
}
