/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office-fixture.h"
#include "office/destruction.h"
#include "office/replay.h"

/* after its time of keeping a case is destroyed by two; only a residue is left in any file of
 * the store, and the chain still holds. */

static const char *const planted[] = {
  "planted-title-7Q",   "倾倒渣土案甲",       "planted-party-4M",    "某某商贸有限公司丁分店",
  "planted-matter-9K",  "随意倾倒建筑垃圾乙", "planted-note-1",      "记录的第一句话丙",
  "planted-note-2",     "记录的第二句话戊",   "planted-long-text-3", "长文本中的句子己",
  "planted-file-5.txt", "现场照片说明庚",     "planted-content-6",   "附件内容辛辛",
  "planted-ground-8",   "结案理由壬壬",       "planted-batch-0",     "同批记录癸癸",
};

static gboolean
contains (const char *data, gsize length, const char *needle)
{
  return memmem (data, length, needle, strlen (needle)) != NULL;
}

/* Which of the planted strings occur in any file below @path: sets their flags. */
static void
search_folder (const char *path, gboolean found[G_N_ELEMENTS (planted)])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    g_autofree char *data = NULL;
    gsize length = 0;
    if (g_file_test (child, G_FILE_TEST_IS_DIR)) {
      search_folder (child, found);
      continue;
    }
    g_assert_true (g_file_get_contents (child, &data, &length, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
      found[i] = found[i] || contains (data, length, planted[i]);
  }
}

/* What stands in an attached file is in no text of the case. */
static gboolean
is_content (const char *needle)
{
  return strcmp (needle, "planted-content-6") == 0 || strcmp (needle, "附件内容辛辛") == 0;
}

/* By whole strings, by their first two characters, and by a text that became an object. */
static void
assert_searches_find (TestOffice *office, gboolean are_there)
{
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++) {
    g_autofree char *pair = g_utf8_substring (planted[i], 0, 2);
    g_autoptr (JzJson) found = test_office_search (office, planted[i]);
    g_autoptr (JzJson) found_by_pair = test_office_search (office, pair);
    if (is_content (planted[i]))
      continue;
    g_assert_cmpint (jz_json_get_n_items (found) > 0, ==, are_there);
    if (are_there)
      g_assert_cmpuint (jz_json_get_n_items (found_by_pair), >=, jz_json_get_n_items (found));
  }
}

static char *
make_planted_case (TestOffice *office)
{
  g_autofree char *file = g_build_filename (office->folder, "planted-file-5.txt", NULL);
  g_autoptr (GString) content = g_string_new ("planted-content-6\n附件内容辛辛\n");
  g_autofree char *filler = g_strnfill (70000, 'x');
  g_autofree char *id = test_office_make (
    office, "handler", "case.open",
    "{'title':'planted-title-7Q 倾倒渣土案甲','party':'planted-party-4M 某某商贸有限公司丁分店',"
    "'matter':'planted-matter-9K 随意倾倒建筑垃圾乙','found':'2025-01-02'}");

  test_office_do (office, "handler", "case.note",
                  "{'case':'%s','text':'planted-note-1 记录的第一句话丙'}", id);
  test_office_do (office, "handler", "case.note",
                  "{'case':'%s','text':'planted-note-2\\n记录的第二句话戊'}", id);
  test_office_do (office, "handler", "case.note",
                  "{'case':'%s','text':'planted-long-text-3 长文本中的句子己 %s'}", id, filler);
  test_office_do (office, "handler", "case.note",
                  "{'case':'%s','text':'planted-batch-0 同批记录癸癸'}", id);
  g_assert_true (g_file_set_contents (file, content->str, (gssize)content->len, NULL));
  test_office_do (office, "handler", "attachment.add",
                  "{'case':'%s','file':'%s','description':'现场照片说明庚'}", id, file);
  test_office_do (office, "handler", "case.note",
                  "{'case':'%s','text':'planted-ground-8 结案理由壬壬'}", id);
  return g_strdup (id);
}

static void
test_leaves_only_the_residue (void)
{
  g_auto (TestOffice) office = { 0 };
  gboolean before[G_N_ELEMENTS (planted)] = { 0 };
  gboolean after[G_N_ELEMENTS (planted)] = { 0 };
  g_autofree char *other = NULL;
  g_autofree char *id = NULL;
  gint64 n_entries;

  test_office_staff (&office);
  other = test_office_open_case (&office, "另一案");
  id = make_planted_case (&office);
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'planted-ground-8 结案理由壬壬'}",
                  id);
  test_office_do (&office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'短期','keep_until':'2025-01-10'}",
                  id);
  search_folder (office.path, before);
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_true (before[i]);
  assert_searches_find (&office, TRUE);

  test_office_refuse (&office, "archivist", "case.destroy.propose", "J-KEEP",
                      "{'case':'%s','reason':'到期鉴定'}", id);
  jz_clock_advance (office.clock, G_GINT64_CONSTANT (10) * 24 * 3600 * 1000);
  test_office_refuse (&office, "head", "case.destroy", "J-TWO", "{'case':'%s','reason':'到期鉴定'}",
                      id);
  test_office_do_by_two (&office, "archivist", "head", "case.destroy",
                         "{'case':'%s','reason':'到期鉴定'}", id);

  search_folder (office.path, after);
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++) {
    if (after[i])
      g_test_message ("still there: %s", planted[i]);
    g_assert_false (after[i]);
  }
  assert_searches_find (&office, FALSE);
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM residue WHERE number = '2025-000002'"), ==,
    1);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM owed"), ==, 0);
  test_office_refuse (&office, "handler", "case.note", "J-CASE", "{'case':'%s','text':'再记'}", id);
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'另一案不受影响'}", other);
  n_entries = test_office_count (&office, "SELECT count (*) FROM entry");
  test_office_close (&office);
  test_assert_sound (office.path);

  {
    g_autoptr (GError) error = NULL;
    g_assert_true (jz_rebuild_at (office.path, &error));
    g_assert_no_error (error);
  }
  test_assert_sound (office.path);
  test_office_open (&office);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM entry"), ==, n_entries);
  g_free (test_office_make (&office, "handler", "case.open", TEST_CASE, "此后的案件"));
  /* The destroyed case's number is never given again, also after a rebuild. */
  g_assert_cmpint (
    test_office_count (&office, "SELECT count (*) FROM case_file WHERE number = '2025-000003'"), ==,
    1);
}

static void
test_keeps_what_others_use (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *shared = NULL;
  g_autofree char *again = NULL;
  g_autofree char *own = NULL;
  JzHash hash;

  test_office_staff (&office);
  first = test_office_open_case (&office, "甲案");
  second = test_office_open_case (&office, "乙案");
  shared = test_office_attach (&office, first, 5000, 1);
  again = test_office_attach (&office, second, 5000, 1);
  own = test_office_attach (&office, first, 2 * 1024 * 1024, 2);
  g_assert_cmpstr (shared, ==, again);
  test_office_destroy_case (&office, first);
  g_assert_true (jz_hash_from_hex (shared, &hash));
  g_assert_true (
    jz_objects_has (jz_store_get_objects (jz_office_get_store (office.office)), &hash));
  g_assert_true (jz_hash_from_hex (own, &hash));
  g_assert_false (
    jz_objects_has (jz_store_get_objects (jz_office_get_store (office.office)), &hash));
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* What the residue says cannot be looked up any more, so it must be right. */
static void
test_residue_is_what_there_was (void)
{
  static const struct {
    const char *name;
    const char *value;
  } wrong[] = {
    { "entries", "[]" },
    { "entries", NULL },
    { "number", "'2025-000009'" },
    { "class", "'长期'" },
    { "class", NULL },
    { "documents", "['某城罚〔2025〕1号']" },
    { "documents", NULL },
    { "figures", "{'attachments':0,'entries':4,'notes':2}" },
    { "figures", "{'attachments':0,'entries':4}" },
    { "figures", "{}" },
  };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) right = jz_json_new_object ();
  JzConnection *reader;
  gboolean is_proposal = FALSE;
  JzSituation situation = { .act = jz_act_find ("case.destroy", &is_proposal),
                            .arrival = G_MAXINT64 };

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'记'}", id);
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  test_office_do (&office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'短期','keep_until':'2025-01-02'}",
                  id);
  jz_clock_advance (office.clock, G_GINT64_CONSTANT (2) * 24 * 60 * 60 * 1000);
  reader = jz_store_lease_reader (jz_office_get_store (office.office), &error);
  g_assert_no_error (error);
  jz_json_set_text (right, "case", id);
  jz_json_set_text (right, "reason", "到期");
  g_assert_true (jz_destruction_describe (reader, reader, id, right, &error));
  situation.tables = situation.journal = reader;
  situation.case_id = id;
  situation.now = jz_clock_now (office.clock);
  for (gsize i = 0; i <= G_N_ELEMENTS (wrong); i++) {
    g_autoptr (JzJson) args = jz_json_copy (right);
    g_autoptr (JzRefusal) refusal = NULL;
    g_autofree char *text = NULL;
    situation.args = args;
    if (i == G_N_ELEMENTS (wrong)) {
      g_assert_true (situation.act->check (&situation, &refusal, &error));
      g_assert_null (refusal);
      continue;
    }
    jz_json_remove_member (args, wrong[i].name);
    text = g_strdup_printf ("{'x':%s}", wrong[i].value);
    if (wrong[i].value != NULL) {
      g_autoptr (JzJson) holder = test_json (text);
      jz_json_set_member (args, wrong[i].name, jz_json_copy (jz_json_get_member (holder, "x")));
    }
    g_assert_true (situation.act->check (&situation, &refusal, &error));
    g_assert_nonnull (refusal);
    g_assert_cmpstr (jz_refusal_get_rule (refusal), ==, "J-KEEP");
    g_assert_nonnull (strstr (jz_refusal_get_sentence (refusal), wrong[i].name));
  }
  jz_store_return_reader (jz_office_get_store (office.office), reader);
}

static void
test_refuses_what_is_kept_for_ever (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "永久保管案");
  test_office_refuse (&office, "archivist", "case.destroy.propose", "J-STAGE",
                      "{'case':'%s','reason':'鉴定'}", id);
  test_office_do (&office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'执行完毕'}", id);
  test_office_refuse (&office, "archivist", "case.destroy.propose", "J-STAGE",
                      "{'case':'%s','reason':'鉴定'}", id);
  test_office_do (&office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'永久'}", id);
  test_office_refuse (&office, "archivist", "case.destroy.propose", "J-KEEP",
                      "{'case':'%s','reason':'鉴定'}", id);
  test_office_refuse (&office, "handler", "case.note", "J-STAGE", "{'case':'%s','text':'再记'}",
                      id);
}

/* A reader in the way of the clean-up: it is owed, and paid at the next opening. */
static void
test_pays_what_is_owed_later (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  gboolean found[G_N_ELEMENTS (planted)] = { 0 };

  test_office_staff (&office);
  id = make_planted_case (&office);
  test_office_destroy_case (&office, id);
  /* As if the power had gone between the commit and the clean-up. */
  test_office_close (&office);
  {
    g_autoptr (GError) error = NULL;
    g_autofree char *database = jz_store_get_database_path (office.path);
    JzConnection *connection = jz_connection_open (database, JZ_CONNECTION_WRITE, &error);
    g_assert_no_error (error);
    g_assert_true (
      jz_connection_run (connection, &error, "INSERT INTO owed (task) VALUES (?)", "t", "case x"));
    jz_connection_close (connection);
  }
  test_office_open (&office);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM owed"), ==, 0);
  search_folder (office.path, found);
  for (gsize i = 0; i < G_N_ELEMENTS (planted); i++)
    g_assert_false (found[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/destruction/leaves-only-the-residue", test_leaves_only_the_residue);
  g_test_add_func ("/office/destruction/keeps-what-others-use", test_keeps_what_others_use);
  g_test_add_func ("/office/destruction/refuses-what-is-kept-for-ever",
                   test_refuses_what_is_kept_for_ever);
  g_test_add_func ("/office/destruction/pays-what-is-owed-later", test_pays_what_is_owed_later);
  g_test_add_func ("/office/destruction/residue", test_residue_is_what_there_was);
  return g_test_run ();
}
