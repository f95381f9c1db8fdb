/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/paragraph.h"
#include "office/recordings.h"
#include "office/error.h"
#include "penalty-fixture.h"

/* Marks on recordings, words tied to a second, stills and viewings: what the acts take and refuse,
 * and what the queries tell of it. */

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define FRAME                                                                                      \
  "'frame':'" HASH                                                                                 \
  "','frame_decoder':'avdec_h264','frame_version':'1.22.0','frame_format':'I420',"                 \
  "'frame_width':320,'frame_height':240"

typedef struct {
  Penalty penalty;
  char *video;
} World;

static void
world_init (World *self)
{
  g_autofree char *path = NULL;

  *self = (World){ 0 };
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_DRAFTED);
  path = g_build_filename (self->penalty.office.folder, "现场.mp4", NULL);
  g_assert_true (g_file_set_contents (path, "not a video at all", -1, NULL));
  self->video = test_office_make (&self->penalty.office, "handler", "attachment.add",
                                  "{'case':'%s','file':'%s'}", self->penalty.id, path);
}

static void
world_clear (World *self)
{
  g_free (self->video);
  penalty_clear (&self->penalty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static JzJson *
find (World *self, const char *user)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autofree char *person = test_office_get_person (&self->penalty.office, user);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_auto (JzCaseView) view = { 0 };
  JzJson *json;

  g_assert_no_error (error);
  jz_case_view_open (&view, reader, jz_store_get_objects (store), self->penalty.id,
                     jz_clock_now (self->penalty.office.clock), &error);
  g_assert_no_error (error);
  json = jz_recording_find (&view, self->video, person, &error);
  g_assert_no_error (error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return json;
}

static guint
count (World *self, const char *member)
{
  g_autoptr (JzJson) json = find (self, "handler");
  return jz_json_get_n_items (jz_json_get_member (json, member));
}

static const JzJson *
get_item (const JzJson *json, const char *member, guint i)
{
  return jz_json_get_item (jz_json_get_member (json, member), i);
}

static char *
mark (World *self, const char *who, const char *args)
{
  return test_office_make (&self->penalty.office, who, "recording.mark",
                           "{'case':'%s','attachment':'%s',%s}", self->penalty.id, self->video,
                           args);
}

static void
refuse (World *self, const char *who, const char *act, const char *rule, const char *args)
{
  test_office_refuse (&self->penalty.office, who, act, rule, "{'case':'%s',%s}", self->penalty.id,
                      args);
}

static void
test_marks (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *late = NULL;
  g_autofree char *early = NULL;
  g_autofree char *change = NULL;
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzJson) again = NULL;
  const JzJson *item;

  world_init (&world);
  late = mark (&world, "handler",
               "'at':9007199254740990,'recording.marks.kind':'end','text':'结束录音录像'");
  early = mark (&world, "reviewer",
                "'at':40000000,'until':80000000,'recording.marks.kind':"
                "'credential'," FRAME);
  json = find (&world, "reviewer");
  g_assert_cmpstr (jz_json_get_member_text (json, "name"), ==, "现场.mp4");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (json, "marks")), ==, 2);
  item = get_item (json, "marks", 0);
  g_assert_cmpstr (jz_json_get_member_text (item, "id"), ==, early);
  g_assert_cmpint (jz_json_get_member_integer (item, "at", 0), ==, 40000000);
  g_assert_cmpint (jz_json_get_member_integer (item, "until", 0), ==, 80000000);
  g_assert_cmpstr (jz_json_get_member_text (item, "frame"), ==, HASH);
  g_assert_true (jz_json_get_member_boolean (item, "is_own", FALSE));
  g_assert_cmpstr (jz_json_get_member_text (item, "kind_label"), !=, "credential");
  item = get_item (json, "marks", 1);
  g_assert_cmpint (jz_json_get_member_integer (item, "at", 0), ==, 9007199254740990);
  g_assert_false (jz_json_get_member_boolean (item, "is_own", TRUE));
  /* Its words change, its moment does not. */
  change =
    g_strdup_printf ("'record':'%s','recording.marks.kind':'signing','text':'当事人签字'", late);
  refuse (&world, "reviewer", "recording.describe", "J-OWN", change);
  test_office_do (&world.penalty.office, "handler", "recording.describe", "{'case':'%s',%s}",
                  world.penalty.id, change);
  again = find (&world, "handler");
  item = get_item (again, "marks", 1);
  g_assert_cmpstr (jz_json_get_member_text (item, "kind"), ==, "signing");
  g_assert_cmpstr (jz_json_get_member_text (item, "text"), ==, "当事人签字");
  g_assert_cmpint (jz_json_get_member_integer (item, "at", 0), ==, 9007199254740990);
}

static void
test_unmark (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *made = NULL;
  g_autofree char *args = NULL;

  world_init (&world);
  made = mark (&world, "handler", "'at':0,'recording.marks.kind':'other'");
  args = g_strdup_printf ("'record':'%s'", made);
  refuse (&world, "reviewer", "recording.unmark", "J-OWN", args);
  refuse (&world, "handler", "recording.untie", "J-RECORD", args);
  test_office_do (&world.penalty.office, "handler", "recording.unmark", "{'case':'%s',%s}",
                  world.penalty.id, args);
  g_assert_cmpuint (count (&world, "marks"), ==, 0);
  refuse (&world, "handler", "recording.unmark", "J-RECORD", args);
  g_clear_pointer (&made, g_free);
  made = mark (&world, "handler", "'at':0,'recording.marks.kind':'other'");
  g_clear_pointer (&args, g_free);
  args = g_strdup_printf ("'record':'%s'", made);
  test_office_do (&world.penalty.office, "section_head", "recording.unmark", "{'case':'%s',%s}",
                  world.penalty.id, args);
  g_assert_cmpuint (count (&world, "marks"), ==, 0);
  test_assert_sound (world.penalty.office.path);
}

static void
test_refused (void)
{
  static const struct {
    const char *rule;
    const char *args;
  } bad[] = {
    { "J-STRETCH", "'at':10,'until':9,'recording.marks.kind':'other'" },
    { "J-FRAME", "'at':10,'recording.marks.kind':'other','frame':'" HASH "'" },
    { "J-FRAME", "'at':10,'recording.marks.kind':'other','frame_width':3" },
    { "J-FRAME",
      "'at':10,'recording.marks.kind':'other','frame':'" HASH
      "','frame_decoder':'x','frame_version':'1','frame_format':'I420','frame_width':320" },
  };
  g_auto (World) world = { 0 };
  g_autofree char *other = NULL;

  world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *args = g_strdup_printf ("'attachment':'%s',%s", world.video, bad[i].args);
    refuse (&world, "handler", "recording.mark", bad[i].rule, args);
  }
  other =
    g_strdup_printf ("'attachment':'%s','at':0,'recording.marks.kind':'other'", world.penalty.id);
  refuse (&world, "handler", "recording.mark", "J-ATTACHMENT", other);
  refuse (&world, "archivist", "recording.mark", "J-ROLE", other);
}

static void
must_fail (World *self, const char *act, const char *file, const char *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    test_office_try (&self->penalty.office, "handler", act, &error, "{'case':'%s','%s':'%s',%s}",
                     self->penalty.id, file, self->video, args);

  g_assert_null (outcome);
  g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
}

/* What the table of arguments alone keeps away. */
static void
test_arguments (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  must_fail (&world, "recording.mark", "attachment", "'at':-1,'recording.marks.kind':'end'");
  must_fail (&world, "recording.mark", "attachment", "'at':0,'recording.marks.kind':'odd'");
  must_fail (&world, "recording.mark", "attachment", "'at':0");
  must_fail (&world, "recording.still", "source", "'name':'a.png','at':0," FRAME);
}

static void
test_ties (void)
{
  g_auto (World) world = { 0 };
  JzStore *store;
  JzConnection *reader;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) ties = NULL;
  g_autofree char *tie = NULL;
  g_autofree char *good = NULL;
  g_autofree char *half = NULL;
  g_autofree char *none = NULL;
  g_autofree char *both = NULL;
  g_autofree char *point = NULL;

  world_init (&world);
  g_assert_nonnull (world.penalty.decision);
  good = g_strdup_printf ("'attachment':'%s','at':7,'document':'%s','field':'facts','paragraph':2,"
                          "'words':'" HASH "'",
                          world.video, world.penalty.decision);
  half = g_strdup_printf ("'attachment':'%s','at':7,'document':'%s','field':'facts'", world.video,
                          world.penalty.decision);
  none = g_strdup_printf ("'attachment':'%s','at':7", world.video);
  both = g_strdup_printf ("%s,'point':'AP-1'", good);
  point = g_strdup_printf ("'attachment':'%s','at':9,'point':'AP-1'", world.video);
  refuse (&world, "handler", "recording.tie", "J-TIE", half);
  refuse (&world, "handler", "recording.tie", "J-TIE", none);
  refuse (&world, "handler", "recording.tie", "J-TIE", both);
  tie = test_office_make (&world.penalty.office, "handler", "recording.tie", "{'case':'%s',%s}",
                          world.penalty.id, good);
  test_office_do (&world.penalty.office, "reviewer", "recording.tie", "{'case':'%s',%s}",
                  world.penalty.id, point);
  g_assert_cmpuint (count (&world, "ties"), ==, 2);
  store = jz_office_get_store (world.penalty.office.office);
  reader = jz_store_lease_reader (store, &error);
  g_assert_no_error (error);
  ties = jz_recording_list_ties_of (reader, world.penalty.id, world.penalty.decision, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  g_assert_cmpuint (jz_json_get_n_items (ties), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (ties, 0), "name"), ==, "现场.mp4");
  g_assert_cmpint (jz_json_get_member_integer (jz_json_get_item (ties, 0), "paragraph", 0), ==, 2);
  test_office_do (&world.penalty.office, "handler", "recording.untie",
                  "{'case':'%s','record':'%s'}", world.penalty.id, tie);
  g_assert_cmpuint (count (&world, "ties"), ==, 1);
}

static void
test_paragraphs (void)
{
  static const char text[] = "甲\n乙乙\n\n丙";
  static const struct {
    gsize offset;
    JzParagraph paragraph;
  } rows[] = {
    { 0, { 1, 0, 3 } },    { 3, { 1, 0, 3 } },    { 4, { 2, 4, 10 } },   { 10, { 2, 4, 10 } },
    { 11, { 3, 11, 11 } }, { 12, { 4, 12, 15 } }, { 15, { 4, 12, 15 } }, { 99, { 4, 12, 15 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    JzParagraph found = jz_paragraph_at (text, rows[i].offset);
    g_assert_cmpuint (found.number, ==, rows[i].paragraph.number);
    g_assert_cmpuint (found.start, ==, rows[i].paragraph.start);
    g_assert_cmpuint (found.end, ==, rows[i].paragraph.end);
  }
}

/* Words are found again where they went, and nothing is lost where they were changed. */
static void
test_tied (void)
{
  static const struct {
    const char *text;
    guint paragraph; /* 0 for none */
    gboolean is_changed;
  } rows[] = {
    { "一\n二\n三", 2, FALSE }, { "一\n前\n二\n三", 3, FALSE },
    { "二\n一", 1, FALSE },     { "一\n二改\n三", 2, TRUE },
    { "一", 0, TRUE },          { "", 0, TRUE },
    { "二\n二\n二", 2, FALSE }, { "二\n改\n二", 1, FALSE },
  };
  JzParagraph second = { 2, 4, 7 };
  char hex[JZ_HASH_HEX_SIZE];
  g_autoptr (JzJson) tie = jz_json_new_object ();

  jz_paragraph_hash ("一\n二\n三", &second, hex);
  jz_json_set_text (tie, "words", hex);
  jz_json_set_integer (tie, "paragraph", 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    JzParagraph found = { 0 };
    gboolean is_changed = FALSE;
    gboolean is_found = jz_recording_find_tied (tie, rows[i].text, &found, &is_changed);
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (is_found, ==, rows[i].paragraph > 0);
    g_assert_cmpint (is_changed, ==, rows[i].is_changed);
    if (is_found)
      g_assert_cmpuint (found.number, ==, rows[i].paragraph);
  }
}

/* A still is a file of its own that says from where it is. */
static void
test_still (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *still = NULL;
  g_autoptr (JzJson) source = NULL;
  g_autoptr (JzJson) own = NULL;

  world_init (&world);
  path = g_build_filename (world.penalty.office.folder, "still.png", NULL);
  g_assert_true (g_file_set_contents (path, "picture", -1, NULL));
  still = test_office_make (
    &world.penalty.office, "handler", "recording.still",
    "{'case':'%s','name':'现场 0:00:01.png','source':'%s','at':1000000000," FRAME ",'file':'%s'}",
    world.penalty.id, world.video, path);
  source = find (&world, "handler");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (source, "stills")), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (get_item (source, "stills", 0), "id"), ==, still);
  g_free (world.video);
  world.video = g_strdup (still);
  own = find (&world, "handler");
  g_assert_cmpint (jz_json_get_member_integer (own, "size", 0), ==, 7);
  g_assert_cmpint (jz_json_get_member_integer (jz_json_get_member (own, "still"), "at", 0), ==,
                   1000000000);
  test_office_refuse (&world.penalty.office, "handler", "recording.still", "J-ATTACHMENT",
                      "{'case':'%s','name':'a.png','source':'%s','at':1," FRAME ",'file':'%s'}",
                      world.penalty.id, world.penalty.id, path);
  test_assert_sound (world.penalty.office.path);
}

static guint
count_unseen (World *self, const char *user)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autofree char *person = test_office_get_person (&self->penalty.office, user);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzJson) list = NULL;

  g_assert_no_error (error);
  list = jz_recording_list_unseen (reader, self->penalty.id, person, 0, &error);
  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return jz_json_get_n_items (list);
}

static void
test_views (void)
{
  static const char *const odd[] = {
    "5", "5-", "-5", "5-4", "5-6-7", "a-b", "1-99999999999999999"
  };
  g_auto (World) world = { 0 };
  g_autoptr (JzJson) json = NULL;

  world_init (&world);
  g_assert_cmpuint (count_unseen (&world, "reviewer"), ==, 0);
  test_office_do (&world.penalty.office, "handler", "recording.bind",
                  "{'case':'%s','of':'%s','attachment':'%s'}", world.penalty.id,
                  world.penalty.inspection, world.video);
  g_assert_cmpuint (count_unseen (&world, "reviewer"), ==, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    test_office_refuse (&world.penalty.office, "reviewer", "recording.view", "J-STRETCH",
                        "{'case':'%s','attachment':'%s','seen':['0-4','%s']}", world.penalty.id,
                        world.video, odd[i]);
  test_office_do (&world.penalty.office, "handler", "recording.view",
                  "{'case':'%s','attachment':'%s'}", world.penalty.id, world.video);
  g_assert_cmpuint (count_unseen (&world, "reviewer"), ==, 1);
  test_office_do (&world.penalty.office, "reviewer", "recording.view",
                  "{'case':'%s','attachment':'%s','seen':['0-4000000000','9000000000-9500000000'],"
                  "'pages':['1-3']}",
                  world.penalty.id, world.video);
  g_assert_cmpuint (count_unseen (&world, "reviewer"), ==, 0);
  json = find (&world, "handler");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (json, "views")), ==, 2);
}

/* What a review has passed on is the same when recordings were looked at, marked and tied. */
static void
test_basis (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *video = NULL;

  penalty_init (&penalty);
  penalty_play (&penalty, PENALTY_LEAD, PENALTY_REVIEWED);
  path = g_build_filename (penalty.office.folder, "a.mp4", NULL);
  g_assert_true (g_file_set_contents (path, "a", -1, NULL));
  video = test_office_make (&penalty.office, "handler", "attachment.add",
                            "{'case':'%s','file':'%s'}", penalty.id, path);
  test_office_do (&penalty.office, "handler", "recording.mark",
                  "{'case':'%s','attachment':'%s','at':5,'recording.marks.kind':'service'}",
                  penalty.id, video);
  test_office_do (&penalty.office, "approver", "recording.view",
                  "{'case':'%s','attachment':'%s','seen':['0-5']}", penalty.id, video);
  penalty_play (&penalty, PENALTY_EXAMINED, PENALTY_DECIDED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/recording-marks/marks", test_marks);
  g_test_add_func ("/office/recording-marks/unmark", test_unmark);
  g_test_add_func ("/office/recording-marks/refused", test_refused);
  g_test_add_func ("/office/recording-marks/arguments", test_arguments);
  g_test_add_func ("/office/recording-marks/ties", test_ties);
  g_test_add_func ("/office/recording-marks/paragraphs", test_paragraphs);
  g_test_add_func ("/office/recording-marks/tied", test_tied);
  g_test_add_func ("/office/recording-marks/still", test_still);
  g_test_add_func ("/office/recording-marks/views", test_views);
  g_test_add_func ("/office/recording-marks/basis", test_basis);
  return g_test_run ();
}
