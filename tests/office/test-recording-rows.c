/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "penalty-fixture.h"

#include "office/attachments.h"
#include "office/recording_rows.h"

/* The list of all recordings of the office: what shows no step, what came late, what is owed and
 * missing, and the devices. */

#define DAY "2025-01-02T"
#define ALL JZ_RECORDING_VIEW_ALL

/* What the next file says of itself. */
static const char *said = NULL;

static JzJson *
answer (int handle, const char *name, GCancellable *cancellable, GError **error)
{
  return test_json (said);
}

typedef struct {
  Penalty penalty;
  JzCaseRows *rows;
  gboolean has_changed;
} World;

/* A case in which something was inspected. */
static void
world_init (World *self)
{
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_PROVED);
  self->rows = jz_case_rows_new (self->penalty.office.office);
}

static void
world_clear (World *self)
{
  jz_case_rows_unref (self->rows);
  penalty_clear (&self->penalty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
refresh (World *self)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  gboolean is_complete = FALSE;

  self->has_changed = FALSE;
  while (!is_complete) {
    gboolean has_changed = FALSE;
    g_assert_true (
      jz_case_rows_refresh (self->rows, reader, 1000, &is_complete, &has_changed, NULL, &error));
    g_assert_no_error (error);
    self->has_changed = self->has_changed || has_changed;
  }
  jz_store_return_reader (store, reader);
}

/* A file of that name, with further arguments; returns its id. */
static char *
add (World *self, const char *name, const char *probe, const char *args)
{
  TestOffice *office = &self->penalty.office;
  static guint n_files = 0;
  g_autofree char *folder = g_strdup_printf ("%s/files-%u", office->folder, n_files++);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  said = probe;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, path, -1, NULL));
  return test_office_make (office, "handler", "attachment.add", "{'case':'%s','file':'%s'%s}",
                           self->penalty.id, path, args);
}

static char *
make_probe (const char *kind, const char *time, int n_seconds)
{
  return g_strdup_printf (
    "{'kind':'%s','maker':'海某','model':'DSJ-V8','made_at':'%s','duration_ms':%d}", kind, time,
    n_seconds * 1000);
}

/* A video that the inspection's recorder made today at @time. */
static char *
add_video (World *self, const char *name, const char *time, const char *args)
{
  g_autofree char *moment = g_strconcat (DAY, time, NULL);
  g_autofree char *probe = make_probe ("video", moment, 600);

  return add (self, name, probe, args);
}

static void
bind (World *self, const char *file, const char *args)
{
  g_autofree char *text =
    g_strdup_printf ("'of':'%s','attachment':'%s'%s", self->penalty.inspection, file, args);

  penalty_do (&self->penalty, "handler", "recording.bind", text);
}

static GArray *
query (World *self, const JzRecordingFilter *filter, const JzCaseOrder *order)
{
  g_autoptr (GError) error = NULL;
  GArray *keys = jz_recording_rows_query (self->rows, filter, order, NULL, &error);

  g_assert_no_error (error);
  return keys;
}

/* A column of all rows, the oldest first, with | between. */
static char *
list_in (World *self,
         const JzRecordingFilter *filter,
         const JzCaseOrder *order,
         JzRecordingColumn column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = query (self, filter, order);
  g_autoptr (GPtrArray) rows =
    jz_recording_rows_load (self->rows, (const gint64 *)(gpointer)keys->data, keys->len, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    g_auto (GStrv) cells = g_ptr_array_index (rows, i);
    g_assert_cmpuint (g_strv_length (cells), ==, JZ_RECORDING_N_CELLS);
    g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", cells[column]);
  }
  return g_string_free (text, FALSE);
}

static char *
list (World *self, JzRecordingView view, JzRecordingColumn column)
{
  return list_in (self, &(JzRecordingFilter){ .view = view }, &(JzCaseOrder){ -1, TRUE, 0 },
                  column);
}

static void
assert_list (World *self, JzRecordingView view, JzRecordingColumn column, const char *expected)
{
  g_autofree char *found = list (self, view, column);

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_counts (World *self, gint64 all, gint64 unassigned, gint64 late, gint64 owed)
{
  gint64 counts[JZ_RECORDING_N_VIEWS] = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (
    jz_recording_rows_count (self->rows, &(JzRecordingFilter){ 0 }, NULL, counts, &error));
  g_assert_no_error (error);
  g_assert_cmpint (counts[JZ_RECORDING_VIEW_ALL], ==, all);
  g_assert_cmpint (counts[JZ_RECORDING_VIEW_UNASSIGNED], ==, unassigned);
  g_assert_cmpint (counts[JZ_RECORDING_VIEW_LATE], ==, late);
  g_assert_cmpint (counts[JZ_RECORDING_VIEW_OWED], ==, owed);
}

/* Sound, video and photos are listed, papers are not; what is tied to a step says which. */
static void
test_columns (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *video = NULL;
  g_autofree char *photo = NULL;
  g_autofree char *paper = NULL;
  g_autofree char *sound = NULL;

  world_init (&world);
  video = add_video (&world, "DSJ_0011.mp4", "08:00:00", "");
  photo = add (&world, "IMG_0001.jpg", "{'kind':'photo','made_at':'" DAY "08:05:00'}", "");
  paper = add (&world, "营业执照.pdf", "{'kind':'pdf'}", "");
  sound = add (&world, "电话.mp3", "{'kind':'audio','duration_ms':3723000}", "");
  bind (&world, video, ",'device':'记录仪07'");
  refresh (&world);
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_NAME, "DSJ_0011.mp4|IMG_0001.jpg|电话.mp3");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_STEP,
               "video · Record an inspection|photo|sound recording");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_DEVICE, "记录仪07||");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_BEGAN,
               DAY "08:00:00.000+08:00|" DAY "08:05:00.000+08:00|");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_LENGTH, "0:10:00||1:02:03");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_STATE,
               "in order|shows no step yet|shows no step yet");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_STYLE, "|warning|warning");
  assert_list (&world, JZ_RECORDING_VIEW_UNASSIGNED, JZ_RECORDING_COLUMN_NAME,
               "IMG_0001.jpg|电话.mp3");
  assert_counts (&world, 3, 2, 0, 0);
  refresh (&world);
  g_assert_false (world.has_changed);
}

/* Tied to a step from the list, it leaves the list of what shows none; untied, it comes back. */
static void
test_bind (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *video = NULL;
  g_autofree char *binding = NULL;
  g_autofree char *args = NULL;

  world_init (&world);
  video = add_video (&world, "DSJ_0011.mp4", "08:00:00", "");
  refresh (&world);
  assert_counts (&world, 1, 1, 0, 1);
  binding = test_office_make (&world.penalty.office, "handler", "recording.bind",
                              "{'case':'%s','of':'%s','attachment':'%s'}", world.penalty.id,
                              world.penalty.inspection, video);
  refresh (&world);
  assert_counts (&world, 1, 0, 0, 0);
  args = g_strdup_printf ("'record':'%s','removed':'是另一案的'", binding);
  penalty_do (&world.penalty, "handler", "recording.unbind", args);
  refresh (&world);
  assert_counts (&world, 1, 1, 0, 1);
}

/* RT-01: in 24 hours after it ended, by the rule of its step or else by the limit; what the party
 * handed in was never to be stored by an officer. */
static void
test_late (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *probe = make_probe ("video", "2024-12-30T08:00:00", 60);
  g_autofree char *bound = NULL;
  g_autofree char *loose = NULL;
  g_autofree char *party = NULL;
  g_autofree char *photo = NULL;
  g_autofree char *states = NULL;

  world_init (&world);
  bound = add (&world, "DSJ_0001.mp4", probe, "");
  loose = add (&world, "DSJ_0002.mp4", probe, ",'late_reason':'偏远地区'");
  party = add (&world, "当事人.mp4", probe, ",'attachment.items.origin':'party'");
  photo = add (&world, "a.jpg", "{'kind':'photo','made_at':'2024-12-30T08:00:00'}", "");
  g_free (add_video (&world, "DSJ_0003.mp4", "08:00:00", ""));
  bind (&world, bound, "");
  refresh (&world);
  assert_list (&world, JZ_RECORDING_VIEW_LATE, JZ_RECORDING_COLUMN_NAME,
               "DSJ_0001.mp4|DSJ_0002.mp4");
  states = list (&world, JZ_RECORDING_VIEW_LATE, JZ_RECORDING_COLUMN_STATE);
  g_assert_true (g_pattern_match_simple ("stored * hours after it ended, no reason given|shows no "
                                         "step yet; stored * hours after it ended (偏远地区)",
                                         states));
  assert_counts (&world, 5, 4, 2, 0);
}

static void
try_setting (World *self, const char *level)
{
  test_office_do (&self->penalty.office, "head", "setting.change",
                  "{'name':'recording.level','value':'%s'}", level);
  refresh (self);
}

/* A step that has neither a recording nor an approved reason; what the bureau wants can change, and
 * then the same reason is none any more. */
static void
test_owed (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *excuse = NULL;
  g_autofree char *args = NULL;
  g_autofree char *place = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (JzJson) row = NULL;
  g_autoptr (GError) error = NULL;

  world_init (&world);
  refresh (&world);
  assert_counts (&world, 0, 0, 0, 1);
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STEP, "Record an inspection");
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STATE,
               "no recording, and no reason why");
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STYLE, "error");
  keys = query (&world, &(JzRecordingFilter){ .view = JZ_RECORDING_VIEW_OWED },
                &(JzCaseOrder){ -1, FALSE, 0 });
  row = jz_recording_rows_find (world.rows, g_array_index (keys, gint64, 0), &error);
  g_assert_no_error (error);
  place = g_strdup_printf ("cases/%s/recordings/%s", world.penalty.id, world.penalty.inspection);
  g_assert_cmpstr (jz_json_get_member_text (row, "go"), ==, place);
  g_assert_cmpstr (jz_json_get_member_text (row, "file"), ==, "");
  g_assert_cmpstr (jz_json_get_member_text (row, "case"), ==, world.penalty.id);
  excuse = test_office_make (&world.penalty.office, "handler", "recording.excuse",
                             "{'case':'%s','of':'%s','reason':'有笔录','suitability':'配合',"
                             "'timeliness':'来不及'}",
                             world.penalty.id, world.penalty.inspection);
  refresh (&world);
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STATE,
               "no recording; the reason waits to be approved");
  args = g_strdup_printf ("'statement':'%s','approved':true", excuse);
  penalty_do (&world.penalty, "section_head", "recording.approve", args);
  refresh (&world);
  assert_counts (&world, 0, 0, 0, 0);
  try_setting (&world, "must");
  assert_counts (&world, 0, 0, 0, 1);
  try_setting (&world, "choose");
  assert_counts (&world, 0, 0, 0, 0);
}

/* A full course with a stretch that is not covered. */
static void
test_gaps (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *video = NULL;
  g_autofree char *args = NULL;

  world_init (&world);
  penalty_do (&world.penalty, "handler", "case.characterise",
              "'case.n_parties':1,'case.is_complex':false,'case.is_major':false,"
              "'case.touches_public_interest':false,'case.has_social_risk':false,"
              "'case.has_joint_organs':false,'case.concerns_major_rights':true");
  video = add_video (&world, "DSJ_0001.mp4", "08:00:00", "");
  bind (&world, video, "");
  args = g_strdup_printf ("'of':'%s','began_at':'" DAY "08:00:00.000+08:00','ended_at':'" DAY
                          "08:20:00.000+08:00'",
                          world.penalty.inspection);
  penalty_do (&world.penalty, "handler", "recording.declare", args);
  refresh (&world);
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STATE,
               "gaps: 08:10:00–08:20:00");
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_LENGTH, "0:20:00");
  assert_counts (&world, 1, 0, 0, 1);
}

/* What must not be recorded leads to where it is decided on, and not to the player. */
static void
test_sealed (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *video = NULL;
  g_autofree char *args = NULL;
  g_autofree char *place = NULL;
  g_autofree char *open_place = NULL;
  g_autoptr (GArray) keys = NULL;
  g_autoptr (JzJson) before = NULL;
  g_autoptr (JzJson) after = NULL;

  world_init (&world);
  video = add_video (&world, "DSJ_0001.mp4", "08:00:00", "");
  bind (&world, video, "");
  refresh (&world);
  keys = query (&world, &(JzRecordingFilter){ 0 }, &(JzCaseOrder){ -1, FALSE, 0 });
  before = jz_recording_rows_find (world.rows, g_array_index (keys, gint64, 0), NULL);
  open_place = g_strdup_printf ("cases/%s/evidence/%s", world.penalty.id, video);
  g_assert_cmpstr (jz_json_get_member_text (before, "go"), ==, open_place);
  g_assert_cmpstr (jz_json_get_member_text (before, "file"), ==, video);
  args = g_strdup_printf ("'of':'%s','ground':'business_secret','reason':'生产工艺'",
                          world.penalty.inspection);
  penalty_do (&world.penalty, "handler", "recording.forbid", args);
  refresh (&world);
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_STATE, "sealed off");
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_STYLE, "error");
  assert_list (&world, JZ_RECORDING_VIEW_OWED, JZ_RECORDING_COLUMN_STATE,
               "recorded, though it must not be; nothing is decided of that");
  after = jz_recording_rows_find (world.rows, g_array_index (keys, gint64, 0), NULL);
  place = g_strdup_printf ("cases/%s/recordings/%s", world.penalty.id, world.penalty.inspection);
  g_assert_cmpstr (jz_json_get_member_text (after, "go"), ==, place);
}

static char *
list_devices (World *self, const char *text, const JzCaseOrder *order, JzDeviceColumn column)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = jz_device_rows_query (self->rows, text, order, NULL, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  rows = jz_device_rows_load (self->rows, (const gint64 *)(gpointer)keys->data, keys->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    g_auto (GStrv) cells = g_ptr_array_index (rows, i);
    g_assert_cmpuint (g_strv_length (cells), ==, JZ_DEVICE_N_CELLS);
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", cells[column]);
  }
  return g_string_free (found, FALSE);
}

static void
assert_devices (World *self, JzDeviceColumn column, const char *expected)
{
  g_autofree char *found = list_devices (self, NULL, &(JzCaseOrder){ -1, FALSE, 0 }, column);

  g_assert_cmpstr (found, ==, expected);
}

/* Devices as the recordings say, and which numbers of their files are missing; a file that somebody
 * has called otherwise since keeps its number. */
static void
test_devices (void)
{
  static const struct {
    const char *name;
    const char *time;
    const char *device;
  } videos[] = {
    { "DSJ_0011.mp4", "08:00:00", "记录仪07" }, { "DSJ_0014.mp4", "08:30:00", "记录仪07" },
    { "DSJ_0015.mp4", "08:40:00", "记录仪07" }, { "VID_0031.mp4", "08:00:00", "记录仪08" },
    { "VID_0032.mp4", "08:10:00", "记录仪08" }, { "093012.mp4", "08:00:00", "相机" },
    { "094500.mp4", "08:20:00", "相机" },
  };
  g_auto (World) world = { 0 };
  g_autofree char *found = NULL;
  g_autofree char *most = NULL;
  g_autoptr (GArray) keys = NULL;

  world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (videos); i++) {
    g_autofree char *device = g_strdup_printf (",'device':'%s'", videos[i].device);
    g_autofree char *file = add_video (&world, videos[i].name, videos[i].time, "");
    g_autofree char *rename = g_strdup_printf ("'attachment':'%s','name':'门口.mp4'", file);
    bind (&world, file, device);
    if (i == 4)
      penalty_do (&world.penalty, "handler", "attachment.describe", rename);
  }
  g_free (add (&world, "录音.mp3", "{'kind':'audio'}", ""));
  g_free (add (&world, "IMG_0001.jpg",
               "{'kind':'photo','model':'X1','made_at':'2025-01-01T10:00:00'}", ""));
  refresh (&world);
  assert_devices (&world, JZ_DEVICE_COLUMN_NUMBER, "X1|相机|记录仪07|记录仪08|not stated");
  assert_devices (&world, JZ_DEVICE_COLUMN_MODEL, "|海某 DSJ-V8|海某 DSJ-V8|海某 DSJ-V8|");
  assert_devices (&world, JZ_DEVICE_COLUMN_COUNT, "1|2|3|2|1");
  assert_devices (&world, JZ_DEVICE_COLUMN_MISSING, "||on 01-02 0012, 0013||");
  assert_devices (&world, JZ_DEVICE_COLUMN_FIRST,
                  "2025-01-01T10:00:00.000+08:00|" DAY "08:00:00.000+08:00|" DAY
                  "08:00:00.000+08:00|" DAY "08:00:00.000+08:00|");
  assert_devices (&world, JZ_DEVICE_COLUMN_LAST,
                  "2025-01-01T10:00:00.000+08:00|" DAY "08:20:00.000+08:00|" DAY
                  "08:40:00.000+08:00|" DAY "08:10:00.000+08:00|");
  found = list_devices (&world, "dsj-ｖ８", &(JzCaseOrder){ JZ_DEVICE_COLUMN_NUMBER, TRUE, 0 },
                        JZ_DEVICE_COLUMN_NUMBER);
  g_assert_cmpstr (found, ==, "记录仪08|记录仪07|相机");
  most = list_devices (&world, NULL, &(JzCaseOrder){ JZ_DEVICE_COLUMN_COUNT, TRUE, 1 },
                       JZ_DEVICE_COLUMN_NUMBER);
  g_assert_cmpstr (most, ==, "记录仪07");
  keys =
    query (&world, &(JzRecordingFilter){ .device = "记录仪07" }, &(JzCaseOrder){ -1, FALSE, 0 });
  g_assert_cmpuint (keys->len, ==, 3);
}

static guint
count (World *self, const JzRecordingFilter *filter)
{
  g_autoptr (GArray) keys = query (self, filter, &(JzCaseOrder){ 0, FALSE, 0 });

  return keys->len;
}

static void
test_filters (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *video = NULL;
  const JzRecordingView owed = JZ_RECORDING_VIEW_OWED;

  world_init (&world);
  video = add_video (&world, "DSJ_0011.mp4", "08:00:00", "");
  refresh (&world);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .person = world.penalty.handler }), ==, 1);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .person = "nobody" }), ==, 0);
  g_assert_cmpuint (
    count (&world, &(JzRecordingFilter){ .view = owed, .person = world.penalty.handler }), ==, 1);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .view = owed, .person = "nobody" }), ==,
                    0);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .section = "没有这个科" }), ==, 0);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .text = "dsj_００１１" }), ==, 1);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .text = "dsj-v8" }), ==, 1);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .text = "没有这个" }), ==, 0);
  g_assert_cmpuint (count (&world, &(JzRecordingFilter){ .device = "海某 DSJ-V8" }), ==, 1);
}

/* By each column, up and down. */
static void
test_orders (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  world_init (&world);
  first = add (&world, "a.mp4",
               "{'kind':'audio','model':'A','made_at':'" DAY "07:00:00','duration_ms':1000}", "");
  jz_clock_advance (world.penalty.office.clock, 1000);
  second = add (&world, "b.mp4",
                "{'kind':'video','model':'B','made_at':'" DAY "08:00:00','duration_ms':2000}", "");
  bind (&world, second, "");
  refresh (&world);
  for (int column = 0; column < JZ_RECORDING_N_SORTABLE; column++) {
    const JzRecordingFilter all = { 0 };
    /* "in order" comes before "shows no step yet" */
    gboolean is_turned = column == JZ_RECORDING_COLUMN_STATE;
    g_autofree char *up =
      list_in (&world, &all, &(JzCaseOrder){ column, is_turned, 0 }, JZ_RECORDING_COLUMN_NAME);
    g_autofree char *down =
      list_in (&world, &all, &(JzCaseOrder){ column, !is_turned, 0 }, JZ_RECORDING_COLUMN_NAME);
    g_test_message ("column %d", column);
    g_assert_cmpstr (up, ==, "a.mp4|b.mp4");
    g_assert_cmpstr (down, ==, "b.mp4|a.mp4");
  }
}

/* The plan of every query: an index in its order, or few rows that are sorted. */
static void
test_plans (void)
{
  const JzRecordingFilter filters[] = {
    { 0 },
    { .view = JZ_RECORDING_VIEW_LATE },
    { .view = JZ_RECORDING_VIEW_OWED },
    { .view = JZ_RECORDING_VIEW_OWED, .person = "p" },
    { .person = "p" },
    { .section = "s" },
    { .device = "d" },
    { .person = "p", .section = "s", .device = "d", .text = "t" },
  };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  JzConnection *connection;

  world_init (&world);
  connection = jz_case_rows_lease (world.rows, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++) {
    gboolean is_narrow = filters[i].view == JZ_RECORDING_VIEW_OWED || filters[i].person != NULL ||
                         filters[i].section != NULL || filters[i].device != NULL;
    for (int column = -1; column < JZ_RECORDING_N_SORTABLE; column++) {
      g_autofree char *query =
        jz_recording_rows_make_sql (&filters[i], &(JzCaseOrder){ column, FALSE, 0 });
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", query, NULL);
      g_autoptr (GString) plan = g_string_new (NULL);
      g_autoptr (JzStatement) rows =
        jz_connection_query (connection, &error, sql, "itttt", (gint64)1, "", "", "", "");
      gboolean has_row = TRUE;
      g_assert_no_error (error);
      while (jz_statement_step (rows, &has_row, &error) && has_row)
        g_string_append_printf (plan, "%s\n", jz_statement_get_text (rows, 3));
      g_test_message ("%s", plan->str);
      g_assert_nonnull (
        strstr (plan->str, is_narrow ? "SEARCH r USING" : "SCAN r USING COVERING INDEX"));
      if (!is_narrow)
        g_assert_null (strstr (plan->str, "TEMP B-TREE"));
    }
  }
  jz_case_rows_give_back (world.rows, connection);
}

/* Recordings of an archived case are listed and nothing is owed any more; of a destroyed one
 * nothing is left, in the file either. */
static void
test_destroyed (void)
{
  World world = { 0 };
  TestOffice *office = &world.penalty.office;
  g_autofree char *id = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  gsize length = 0;

  test_office_staff (office);
  id = test_office_open_case (office, "某案");
  world.penalty.id = id;
  world.rows = jz_case_rows_new (office->office);
  g_free (add (&world, "独一无二.mp4", "{'kind':'video'}", ""));
  test_office_do (office, "handler", "case.close",
                  "{'case':'%s','happened':'2025-01-02','ground':'办结'}", id);
  test_office_do (office, "archivist", "case.archive",
                  "{'case':'%s','happened':'2025-01-02','class':'短期','keep_until':'2025-01-02'}",
                  id);
  refresh (&world);
  assert_list (&world, ALL, JZ_RECORDING_COLUMN_NAME, "独一无二.mp4");
  assert_counts (&world, 1, 1, 0, 0);
  jz_clock_advance (office->clock, G_GINT64_CONSTANT (2) * 24 * 60 * 60 * 1000);
  test_office_do_by_two (office, "archivist", "head", "case.destroy",
                         "{'case':'%s','reason':'保管期满，鉴定同意销毁'}", id);
  refresh (&world);
  assert_counts (&world, 0, 0, 0, 0);
  jz_case_rows_unref (world.rows);
  test_office_close (office);
  path = g_build_filename (office->path, "scratch.db", NULL);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_null (memmem (contents, length, "独一无二", strlen ("独一无二")));
  test_office_open (office);
  test_office_clear (office);
}

int
main (int argc, char **argv)
{
  /* Words of the sources and words of the facts stand in one text here. */
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  jz_office_set_prober (answer);
  g_test_add_func ("/office/recording-rows/columns", test_columns);
  g_test_add_func ("/office/recording-rows/bind", test_bind);
  g_test_add_func ("/office/recording-rows/late", test_late);
  g_test_add_func ("/office/recording-rows/owed", test_owed);
  g_test_add_func ("/office/recording-rows/gaps", test_gaps);
  g_test_add_func ("/office/recording-rows/sealed", test_sealed);
  g_test_add_func ("/office/recording-rows/devices", test_devices);
  g_test_add_func ("/office/recording-rows/filters", test_filters);
  g_test_add_func ("/office/recording-rows/orders", test_orders);
  g_test_add_func ("/office/recording-rows/plans", test_plans);
  g_test_add_func ("/office/recording-rows/destroyed", test_destroyed);
  return g_test_run ();
}
