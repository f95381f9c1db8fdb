/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "../store/folder.h"
#include "office/attach_many.h"
#include "office/attachments.h"
#include "office/case_evidence.h"
#include "office/error.h"
#include "office/taken.h"
#include "penalty-fixture.h"

/* What is known of a file: what it says of itself, what people say, and both where they differ
 * (R-18, R-20, R-21; RE-07). */

static const char *said = NULL; /* what every file says of itself */
static int n_probed;

static JzJson *
answer (int handle, const char *name, GCancellable *cancellable, GError **error)
{
  char byte;

  g_assert_nonnull (name);
  g_assert_cmpint (read (handle, &byte, 1), ==, 1);
  n_probed++;
  if (said != NULL)
    return test_json (said);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "damaged");
  return NULL;
}

static JzStated *
load (TestOffice *office, const char *case_id)
{
  JzStore *store = jz_office_get_store (office->office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzStated *stated = jz_stated_load (reader, case_id, G_MAXINT64, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return stated;
}

static const JzStatedRecord *
find (const JzStated *stated, const char *id)
{
  const GPtrArray *records = jz_stated_get_records (stated);

  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_ATTACHMENT) == 0 && strcmp (record->id, id) == 0)
      return record;
  }
  return NULL;
}

static void
assert_field (const JzStatedRecord *record, const char *field, const char *expected)
{
  g_assert_cmpstr (jz_stated_record_get_text (record, field), ==, expected);
}

static void
test_read (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JzStated) stated = NULL;
  const JzStatedRecord *record;
  JzInstant begin = 0;
  gint64 seconds = 0;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  path = folder_write (office.folder, "现场.mp4", "x", 1);
  said = "{'kind':'video','duration_ms':2500,'made_at':'2025-01-01T09:12:05','maker':'某品牌',"
         "'model':'DSJ-1','place':'31.230400,121.473700'}";
  n_probed = 0;
  id = test_office_make (&office, "handler", "attachment.add",
                         "{'case':'%s','file':'%s','attachment.items.origin':'recorder',"
                         "'attachment.items.happened_at':'2025-01-01T09:10:50.000+08:00'}",
                         case_id, path);
  g_assert_cmpint (n_probed, ==, 1);
  stated = load (&office, case_id);
  record = find (stated, id);
  g_assert_nonnull (record);
  assert_field (record, "kind", "video");
  assert_field (record, "origin", "recorder");
  assert_field (record, "taken_at", "2025-01-01T09:12:05.000+08:00");
  assert_field (record, "happened_at", "2025-01-01T09:10:50.000+08:00");
  assert_field (record, "device", "某品牌 DSJ-1");
  assert_field (record, "place", "31.230400,121.473700");
  g_assert_cmpint (jz_attachment_get_duration (record), ==, 2500);
  g_assert_true (jz_attachment_get_begin (record, &begin));
  g_assert_cmpint (begin, ==, jz_instant_from_date ((JzDate){ 2025, 1, 1 }, 9, 10) + 50 * 1000);
  g_assert_true (jz_attachment_get_clock_off (record, &seconds));
  g_assert_cmpint (seconds, ==, 75);
  g_assert_nonnull (jz_stated_record_get (record, "probe"));
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* What the person says goes before what the file says. */
static void
test_stated_wins (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JzStated) stated = NULL;
  g_autoptr (JzStated) later = NULL;
  JzInstant begin = 0;
  gint64 seconds = 0;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  path = folder_write (office.folder, "a.jpg", "x", 1);
  said = "{'kind':'photo','model':'X'}";
  id = test_office_make (&office, "handler", "attachment.add",
                         "{'case':'%s','file':'%s','attachment.items.device':'记录仪3号',"
                         "'attachment.items.maker':'王某'}",
                         case_id, path);
  stated = load (&office, case_id);
  assert_field (find (stated, id), "device", "记录仪3号");
  assert_field (find (stated, id), "maker", "王某");
  g_assert_false (jz_attachment_get_begin (find (stated, id), &begin));
  g_assert_false (jz_attachment_get_clock_off (find (stated, id), &seconds));
  g_assert_cmpint (jz_attachment_get_duration (find (stated, id)), ==, -1);
  /* A correction stands beside what it corrects, and holds. */
  test_office_do (&office, "handler", "attachment.state",
                  "{'case':'%s','attachment':'%s','attachment.items.origin':'chat',"
                  "'attachment.items.maker':'李某'}",
                  case_id, id);
  later = load (&office, case_id);
  assert_field (find (later, id), "maker", "李某");
  assert_field (find (later, id), "origin", "chat");
  assert_field (find (later, id), "kind", "photo");
  g_assert_cmpint (test_office_count (&office,
                                      "SELECT count (*) FROM fact WHERE name = 'maker' AND list = "
                                      "'attachment.items'"),
                   ==, 2);
}

/* A file of which nothing can be read comes in as well. */
static void
test_unreadable (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *id = NULL;
  g_autoptr (JzStated) stated = NULL;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  path = folder_write (office.folder, "a.mp4", "x", 1);
  said = NULL;
  id = test_office_make (&office, "handler", "attachment.add", "{'case':'%s','file':'%s'}", case_id,
                         path);
  stated = load (&office, case_id);
  g_assert_null (find (stated, id));
}

static void
test_refused (void)
{
  static const char *const made[] = { "'attachment.items.kind':'photo'",
                                      "'attachment.items.duration_ms':1",
                                      "'attachment.items.taken_at':'2025-01-01T09:10:50.000+08:00'",
                                      "'named':'x'", "'probe':{'object':'00','size':1}" };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  g_autofree char *path = NULL;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  path = folder_write (office.folder, "a.jpg", "x", 1);
  said = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (made); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (test_office_try (&office, "handler", "attachment.add", &error,
                                    "{'case':'%s','file':'%s',%s}", case_id, path, made[i]));
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
  }
  test_office_refuse (&office, "handler", "attachment.add", "J-DATE",
                      "{'case':'%s','file':'%s','attachment.items.happened_at':"
                      "'2025-01-03T09:10:50.000+08:00'}",
                      case_id, path);
  test_office_refuse (&office, "handler", "attachment.add", "J-RECORD",
                      "{'case':'%s','file':'%s','step':'%s'}", case_id, path, case_id);
  test_office_refuse (&office, "handler", "attachment.state", "J-ATTACHMENT",
                      "{'case':'%s','attachment':'%s'}", case_id, case_id);
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM attachment"), ==, 0);
}

/* A device without a clock says 1904 or nonsense; it is kept in its words, and no moment is made of
 * it. */
static void
test_moments (void)
{
  static const struct {
    const char *text;
    const char *moment; /* NULL: none */
  } cases[] = {
    { "2026-02-03T09:12:05", "2026-02-03T09:12:05.000+08:00" },
    { "2026-02-03T09:12:05+08:00", "2026-02-03T09:12:05.000+08:00" },
    { "2026-02-03T01:12:05Z", "2026-02-03T09:12:05.000+08:00" },
    { "2026-02-03T01:12:05.25Z", "2026-02-03T09:12:05.250+08:00" },
    { "2026-02-03T01:12:05.123456Z", "2026-02-03T09:12:05.123+08:00" },
    { "2026-02-02T20:12:05-0500", "2026-02-03T09:12:05.000+08:00" },
    { "2026-02-03 09:12", "2026-02-03T09:12:00.000+08:00" },
    { "2025-12-31T23:59:59Z", "2026-01-01T07:59:59.000+08:00" },
    { "1970-01-01T00:00:00Z", "1970-01-01T08:00:00.000+08:00" },
    { "2026-02-03", NULL },
    { "2026-02-30T09:12:05", NULL },
    { "2026-13-03T09:12:05", NULL },
    { "2026-02-03T24:12:05", NULL },
    { "2026-02-03T09:12:60", NULL },
    { "2026-02-03T09:12:05X", NULL },
    { "2026-02-03T09:12:05+08:00x", NULL },
    { "2026-02-03T09:12:05+99:00", NULL },
    { "0000-00-00T00:00:00", NULL },
    { "9999-12-31T23:59:59-14:00", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    char text[JZ_INSTANT_SIZE];
    JzInstant moment = 0;
    gboolean is_read = jz_attachment_read_moment (cases[i].text, &moment);
    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (is_read, ==, cases[i].moment != NULL);
    if (!is_read)
      continue;
    jz_instant_format (moment, text);
    g_assert_cmpstr (text, ==, cases[i].moment);
  }
}

/* A name that cannot stand in a record as it is. */
static void
test_names (void)
{
  static const struct {
    const char *name;
    const char *shown;
    const char *escaped;
  } cases[] = {
    { "a\nb.jpg",
      "a\xef\xbf\xbd"
      "b.jpg",
      "a%0Ab.jpg" },
    { "\xff.jpg", "\xef\xbf\xbd.jpg", "%FF.jpg" },
    { "x\xe2\x80\xaegpj.exe", "x\xef\xbf\xbdgpj.exe", "x%E2%80%AEgpj.exe" },
  };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  said = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzObject object = { .size = 1 };
    g_autoptr (GBytes) bytes = g_bytes_new ("y", 1);
    g_autofree char *token = NULL;
    g_autofree char *id = NULL;
    g_autofree char *name = NULL;
    g_autoptr (JzStated) stated = NULL;
    JzStore *store = jz_office_get_store (office.office);
    JzConnection *reader;
    g_assert_true (jz_objects_put_bytes (jz_store_get_objects (store), bytes, &object, NULL));
    token = jz_office_add_taken (office.office, &object, cases[i].name, NULL, NULL);
    id = test_office_make (&office, "handler", "attachment.add", "{'case':'%s','taken':'%s'}",
                           case_id, token);
    stated = load (&office, case_id);
    assert_field (find (stated, id), "named", cases[i].escaped);
    reader = jz_store_lease_reader (store, NULL);
    g_assert_true (jz_connection_get_text (reader, &name, NULL,
                                           "SELECT name FROM attachment WHERE id = ?", "t", id));
    jz_store_return_reader (store, reader);
    g_assert_cmpstr (name, ==, cases[i].shown);
  }
}

static gboolean
has (TestOffice *office, const JzObject *object)
{
  return jz_objects_has (jz_store_get_objects (jz_office_get_store (office->office)),
                         &object->hash);
}

/* What nobody takes goes; what an entry names, or somebody else keeps, stays. */
static void
test_taken (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *case_id = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new ("taken", 5);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (GError) error = NULL;
  JzObject object;

  test_office_staff (&office);
  case_id = test_office_open_case (&office, "某案");
  said = NULL;
  for (int i = 0; i < 2; i++) {
    JzObjects *objects = jz_store_get_objects (jz_office_get_store (office.office));
    g_clear_pointer (&first, g_free);
    g_clear_pointer (&second, g_free);
    g_assert_true (jz_objects_put_bytes (objects, bytes, &object, &error));
    first = jz_office_add_taken (office.office, &object, "a.txt", NULL, NULL);
    second = jz_office_add_taken (office.office, &object, "b.txt", NULL, NULL);
    g_assert_cmpstr (first, !=, second);
    if (i == 1)
      test_office_do (&office, "handler", "attachment.add", "{'case':'%s','taken':'%s'}", case_id,
                      first);
    g_assert_true (jz_office_drop_taken (office.office, first, &error));
    g_assert_true (has (&office, &object));
    g_assert_true (jz_office_drop_taken (office.office, second, &error));
    g_assert_no_error (error);
    g_assert_cmpint (has (&office, &object), ==, i == 1);
    g_assert_true (jz_office_drop_taken (office.office, second, &error));
  }
  g_assert_null (test_office_try (&office, "handler", "attachment.add", &error,
                                  "{'case':'%s','taken':'%s'}", case_id, first));
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND);
}

/* Evidence of several files, a copy of another item, and what else is known of it. */
static void
test_evidence (void)
{
  g_auto (Penalty) penalty = { 0 };
  JzStore *store;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *original = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *path = NULL;
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzJson) list = NULL;
  g_autoptr (GError) error = NULL;
  JzConnection *reader;
  const JzJson *items;
  const JzJson *files;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  said = "{'kind':'photo','made_at':'2025-01-01T09:12:05'}";
  path = folder_write (penalty.office.folder, "a.jpg", "x", 1);
  first = test_office_make (&penalty.office, "handler", "attachment.add",
                            "{'case':'%s','file':'%s','step':'%s'}", penalty.id, path,
                            penalty.inspection);
  second = test_office_make (&penalty.office, "handler", "attachment.add",
                             "{'case':'%s','file':'%s'}", penalty.id, path);
  original = test_office_make (
    &penalty.office, "handler", "evidence.add",
    "{'case':'%s','attachment':'%s','attachments':['%s'],'title':'现场照片',"
    "'evidence.items.number':'8','evidence.items.kind':'audiovisual','evidence.items.obtained_by':"
    "'王某','evidence.items.obtained_on':'2025-01-02','evidence.items.obtained_at':'某路1号',"
    "'evidence.items.is_original':true,'evidence.items.maker':'王某','evidence.items.made_at':"
    "'2025-01-01T09:12:05.000+08:00'}",
    penalty.id, first, second);
  copy = test_office_make (
    &penalty.office, "handler", "evidence.add",
    "{'case':'%s','copy_of':'%s','title':'现场照片打印件','evidence.items.number':'9',"
    "'evidence.items.kind':'document','evidence.items.obtained_by':'王某',"
    "'evidence.items.obtained_on':'2025-01-02','evidence.items.obtained_at':'某路1号',"
    "'evidence.items.is_original':false,'evidence.items.source':'某某商贸有限公司',"
    "'evidence.items.kept_at':'本局档案室'}",
    penalty.id, original);
  store = jz_office_get_store (penalty.office.office);
  reader = jz_store_lease_reader (store, &error);
  g_assert_true (jz_case_view_open (&view, reader, jz_store_get_objects (store), penalty.id,
                                    jz_clock_now (penalty.office.clock), &error));
  list = jz_case_evidence_list (&view, "", &error);
  g_assert_no_error (error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  items = jz_json_get_member (list, "items");
  files = jz_json_get_member (list, "files");
  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    const char *id = jz_json_get_member_text (item, "id");
    if (strcmp (id, original) == 0) {
      g_assert_cmpstr (jz_json_get_member_text (item, "maker"), ==, "王某");
      g_assert_cmpstr (jz_json_get_member_text (item, "made_at"), ==,
                       "2025-01-01T09:12:05.000+08:00");
      g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (item, "attachments")), ==, 1);
    } else if (strcmp (id, copy) == 0) {
      g_assert_cmpstr (jz_json_get_member_text (item, "copy_of"), ==, original);
      g_assert_cmpstr (jz_json_get_member_text (item, "source"), ==, "某某商贸有限公司");
      g_assert_cmpstr (jz_json_get_member_text (item, "kept_at"), ==, "本局档案室");
    }
  }
  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    const JzJson *file = jz_json_get_item (files, i);
    const char *id = jz_json_get_member_text (file, "id");
    if (strcmp (id, first) != 0 && strcmp (id, second) != 0)
      continue;
    g_assert_true (jz_json_get_member_boolean (file, "used", FALSE));
    g_assert_cmpstr (jz_json_get_member_text (file, "kind"), ==, "photo");
    if (strcmp (id, first) == 0)
      g_assert_cmpstr (jz_json_get_member_text (file, "step"), ==, penalty.inspection);
  }
}

static void
set_plan (JzJson *plan, const char *case_id, const char *step, const char *token)
{
  JzJson *files = (JzJson *)jz_json_get_member (plan, "files");
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", case_id);
  jz_json_set_text (args, "taken", token);
  jz_json_set_text (args, "step", step);
  jz_json_append (files, args);
}

static char *
take (TestOffice *office, const char *content, const char *name)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office->office));
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  int is_video = g_str_has_suffix (name, ".mp4");
  g_autoptr (JzJson) probe =
    test_json (is_video ? "{'kind':'video','duration_ms':2000,'made_at':'2025-01-02T08:00:00'}"
                        : "{'kind':'photo'}");
  JzObject object;

  g_assert_true (jz_objects_put_bytes (objects, bytes, &object, NULL));
  return jz_office_add_taken (office->office, &object, name, probe, NULL);
}

/* Photos and recordings to a step, and all of them one item of evidence, in one go. */
static void
test_many (void)
{
  static const char *const names[] = { "a.jpg", "b.mp4", "c.mp4", "d.jpg" };
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (JzJson) plan = jz_json_new_object ();
  g_autoptr (JzJson) evidence = NULL;
  g_autoptr (JzActOutcome) outcome = NULL;
  g_autoptr (JzActOutcome) again = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n_before;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_PROVED);
  n_before = test_office_count (&penalty.office, "SELECT count (*) FROM attachment");
  jz_json_set_member (plan, "files", jz_json_new_array ());
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *token = take (&penalty.office, names[i], names[i]);
    set_plan (plan, penalty.id, penalty.inspection, token);
  }
  evidence =
    test_json ("{'title':'现场照片和录像','evidence.items.number':'8','evidence.items.kind':"
               "'audiovisual','evidence.items.obtained_by':'王某',"
               "'evidence.items.obtained_on':'2025-01-02','evidence.items.obtained_at':"
               "'某路1号','evidence.items.is_original':true}");
  jz_json_set_text (evidence, "case", penalty.id);
  jz_json_set_member (plan, "evidence", jz_json_ref (evidence));
  outcome = jz_attach_many (penalty.office.office, test_office_sign_in (&penalty.office, "handler"),
                            plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  for (guint i = 0; i < outcome->warnings->len; i++)
    g_test_message ("%s", (char *)g_ptr_array_index (outcome->warnings, i));
  g_assert_cmpuint (outcome->warnings->len, ==, 0);
  g_assert_cmpuint (outcome->records->len, ==, 4 + 2 + 1);
  g_assert_cmpint (test_office_count (&penalty.office, "SELECT count (*) FROM attachment"), ==,
                   n_before + 4);
  g_assert_cmpint (
    test_office_count (&penalty.office, "SELECT count (*) FROM entry WHERE act = 'recording.bind'"),
    ==, 2);
  /* Their tokens are spent. */
  again = jz_attach_many (penalty.office.office, test_office_sign_in (&penalty.office, "handler"),
                          plan, NULL, &error);
  g_assert_null (again);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  jz_office_set_prober (answer);
  g_test_add_func ("/office/attachments/read", test_read);
  g_test_add_func ("/office/attachments/stated-wins", test_stated_wins);
  g_test_add_func ("/office/attachments/unreadable", test_unreadable);
  g_test_add_func ("/office/attachments/refused", test_refused);
  g_test_add_func ("/office/attachments/moments", test_moments);
  g_test_add_func ("/office/attachments/names", test_names);
  g_test_add_func ("/office/attachments/taken", test_taken);
  g_test_add_func ("/office/attachments/evidence", test_evidence);
  g_test_add_func ("/office/attachments/many", test_many);
  return g_test_run ();
}
