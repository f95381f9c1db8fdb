/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/evidence_reference.h"
#include "office/law_index.h"

#include "penalty-fixture.h"

/* What the editor offers to be put into a text: citations of laws and numbers of evidence. */

typedef struct {
  Penalty penalty;
  JzConnection *reader;
  JzJson *index;
} Fixture;

static void
set_up (Fixture *self, gconstpointer step)
{
  g_autoptr (GError) error = NULL;
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, (PenaltyStep)GPOINTER_TO_INT (step));
  self->reader = jz_store_lease_reader (jz_office_get_store (self->penalty.office.office), &error);
  g_assert_no_error (error);
  self->index =
    jz_law_index_new (self->penalty.office.office, self->reader, self->penalty.id, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer step)
{
  jz_json_unref (self->index);
  jz_store_return_reader (jz_office_get_store (self->penalty.office.office), self->reader);
  penalty_clear (&self->penalty);
}

static const char *
get (const JzJson *rows, guint position, const char *name)
{
  g_assert_cmpuint (jz_json_get_n_items (rows), >, position);
  const char *text = jz_json_get_member_text (jz_json_get_item (rows, position), name);
  return text != NULL ? text : "";
}

/* What is typed, and what the first row puts into the text; "" for no row. */
static void
test_typed (Fixture *self, gconstpointer step)
{
  static const struct {
    const char *typed;
    const char *expected;
  } cases[] = {
    { "处罚法 57", "《行政处罚法》第五十七条" },
    { "处罚法57", "《行政处罚法》第五十七条" },
    { "处罚法第57条", "《行政处罚法》第五十七条" },
    { "《行政处罚法》第五十七条第二款", "《行政处罚法》第五十七条第二款" },
    { "处罚法 57.2.1", "《行政处罚法》第五十七条第二款第（一）项" },
    { "处罚法 五十七 2", "《行政处罚法》第五十七条第二款" },
    { "处罚法 ８６", "《行政处罚法》第八十六条" },
    { "处罚法", "《行政处罚法》" },
    { "没有这部法", "" },
    { "没有这部法 3", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JzJson) rows = jz_law_index_find (self->index, cases[i].typed);
    gboolean is_found = FALSE;
    g_test_message ("%s", cases[i].typed);
    if (*cases[i].expected == '\0')
      g_assert_cmpuint (jz_json_get_n_items (rows), ==, 0);
    for (guint j = 0; j < jz_json_get_n_items (rows); j++)
      is_found = is_found || strcmp (get (rows, j, "text"), cases[i].expected) == 0;
    g_assert_cmpint (is_found, ==, *cases[i].expected != '\0');
  }
}

/* The case's own articles come first, laws that are not in force last and marked; the parts fit a
 * field that holds a law. */
static void
test_order (Fixture *self, gconstpointer step)
{
  g_autoptr (JzJson) all = jz_law_index_find (self->index, "");
  guint n = jz_json_get_n_items (all);
  gboolean is_past = FALSE;

  g_assert_cmpuint (n, >, 20);
  for (guint i = 0; i < n; i++) {
    gboolean has_warning = *get (all, i, "warning") != '\0';
    g_assert_true (has_warning || !is_past);
    is_past = has_warning;
  }
  g_autoptr (JzJson) one = jz_law_index_find (self->index, "处罚法 57.2");
  g_assert_cmpstr (get (one, 0, "law"), ==, "行政处罚法");
  g_assert_cmpstr (get (one, 0, "article"), ==, "第五十七条");
  g_assert_cmpstr (get (one, 0, "paragraph"), ==, "第二款");
  g_assert_cmpstr (get (one, 0, "item"), ==, "");
}

static void
test_own (Fixture *self, gconstpointer step)
{
  g_autoptr (JzJson) all = jz_law_index_find (self->index, "");
  g_assert_cmpstr (get (all, 0, "text"), ==, "《某某市市容和环境卫生管理条例》第十二条");
  g_assert_cmpstr (get (all, 1, "text"), ==, "《某某市市容和环境卫生管理条例》第四十五条");
  g_autoptr (JzJson) old = jz_law_index_find (self->index, "市容 12");
  guint last = jz_json_get_n_items (old) - 1;
  g_assert_cmpstr (get (old, 0, "warning"), ==, "");
  g_assert_cmpstr (get (old, last, "warning"), !=, "");
  g_assert_cmpstr (get (old, last, "text"), ==,
                   "《某某市市容和环境卫生管理条例》（2015年）第十二条");
}

static JzJson *
list_evidence (Fixture *self, const char *document, const char *values)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = test_json (values);
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  /* One that sees what was written since. */
  jz_store_return_reader (store, self->reader);
  self->reader = jz_store_lease_reader (store, &error);
  JzJson *list =
    jz_evidence_references_list (self->penalty.office.office, self->reader, document, json, &error);
  g_assert_no_error (error);
  return list;
}

/* The numbers are those of the document's own table; what the case has beside it gets the next. */
static void
test_evidence (Fixture *self, gconstpointer step)
{
  g_autofree char *document =
    test_office_make (&self->penalty.office, "handler", "document.draft",
                      "{'case':'%s','form':'penalty_decision'}", self->penalty.id);
  g_autoptr (JzJson) none = list_evidence (self, document, "{}");
  guint n = jz_json_get_n_items (none);

  g_assert_cmpuint (n, >, 0);
  g_assert_true (g_str_has_prefix (get (none, 0, "text"), "证据1《"));
  g_assert_cmpstr (get (none, 0, "table"), ==, "evidence");
  g_autofree char *values =
    g_strdup_printf ("{'evidence':[{'no':7,'name':'%s','proves':'地点'},{'no':3,'name':'说明'}]}",
                     get (none, 0, "name"));
  g_autoptr (JzJson) some = list_evidence (self, document, values);
  g_assert_cmpuint (jz_json_get_n_items (some), ==, n + 1);
  g_assert_true (g_str_has_prefix (get (some, 0, "text"), "证据7《"));
  g_assert_cmpstr (get (some, 0, "proves"), ==, "地点");
  g_assert_cmpstr (get (some, 0, "table"), ==, "");
  g_assert_cmpstr (get (some, 1, "text"), ==, "证据3《说明》");
  if (n > 1)
    g_assert_true (g_str_has_prefix (get (some, 2, "text"), "证据8《"));
}

static void
test_nothing (Fixture *self, gconstpointer step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) none = jz_json_new_object ();
  g_assert_null (jz_evidence_references_list (self->penalty.office.office, self->reader, "nothing",
                                              none, &error));
  g_assert_nonnull (error);
}

#define ADD(name, step, function)                                                                  \
  g_test_add ("/office/editor-aids/" name, Fixture, GINT_TO_POINTER (step), set_up, function,      \
              tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("typed", PENALTY_FILED, test_typed);
  ADD ("order", PENALTY_FILED, test_order);
  ADD ("own", PENALTY_PROVED, test_own);
  ADD ("evidence", PENALTY_PROVED, test_evidence);
  ADD ("nothing", PENALTY_FILED, test_nothing);
  return g_test_run ();
}
