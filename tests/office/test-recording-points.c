/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <string.h>

#include "office/case_recordings.h"
#include "office/recording_cross_check.h"
#include "office/recording_points.h"
#include "office/recording_words.h"
#include "office/paragraph.h"
#include "office/recordings.h"
#include "store/store.h"

/* What is said while a step is recorded and ticked in the recording afterwards, what closing warns
 * of, and words beside recordings (R-19, R-22, R-23; G-63). */

#define CLOSE "'happened':'2025-01-02','ground':'办结'"

typedef struct {
  Penalty penalty;
  char *step;
  char *file;
} World;

static char *
find_file (World *self)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  char *id = NULL;

  g_assert_no_error (error);
  g_assert_true (jz_connection_get_text (
    reader, &id, &error, "SELECT id FROM attachment WHERE case_id = ? ORDER BY key DESC LIMIT 1",
    "t", self->penalty.id));
  jz_store_return_reader (store, reader);
  return id;
}

static void act (World *self, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
act (World *self, const char *name, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  penalty_do (&self->penalty, "handler", name, text);
}

/* A case with a questioning that is recorded. */
static void
world_init (World *self)
{
  g_autofree char *inquiry = NULL;

  *self = (World){ 0 };
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_FILED);
  inquiry =
    g_strdup_printf ("{'case':'%s','officers':['%s','%s'],'shown':true,'shown_to':'李某','text':"
                     "'询问李某','act.happened_on':'2025-01-02','act.place':'局询问室'}",
                     self->penalty.id, self->penalty.handler, self->penalty.other);
  self->step = test_office_make (&self->penalty.office, "handler", "field.inquire", "%s", inquiry);
  g_free (test_office_attach (&self->penalty.office, self->penalty.id, 100, 1));
  self->file = find_file (self);
  act (self, "recording.bind", "'of':'%s','attachment':'%s'", self->step, self->file);
}

static void
world_clear (World *self)
{
  g_free (self->step);
  g_free (self->file);
  penalty_clear (&self->penalty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

typedef JzJson *(*Look) (const JzCaseView *view, const World *world, GError **error);

static JzJson *
look (World *self, Look read)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_auto (JzCaseView) view = { 0 };
  JzJson *json;

  g_assert_no_error (error);
  g_assert_true (jz_case_view_open (&view, reader, jz_store_get_objects (store), self->penalty.id,
                                    jz_clock_now (self->penalty.office.clock), &error));
  json = read (&view, self, &error);
  g_assert_no_error (error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return json;
}

static JzJson *
read_checks (const JzCaseView *view, const World *world, GError **error)
{
  return jz_recording_list_checks (view, world->file, error);
}

static JzJson *
read_rows (const JzCaseView *view, const World *world, GError **error)
{
  return jz_recording_cross_check (view, error);
}

static JzJson *
read_steps (const JzCaseView *view, const World *world, GError **error)
{
  return jz_case_recordings_list (view, "nobody", error);
}

static JzJson *
read_cards (const JzCaseView *view, const World *world, GError **error)
{
  return jz_recording_cards_list (view->rulebook);
}

/* The points of the one step that the file shows, each as "id state". */
static char *
dup_points (World *self)
{
  g_autoptr (JzJson) checks = look (self, read_checks);
  const JzJson *points;
  GString *text = g_string_new (NULL);

  g_assert_cmpuint (jz_json_get_n_items (checks), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (checks, 0), "of"), ==, self->step);
  points = jz_json_get_member (jz_json_get_item (checks, 0), "points");
  for (guint i = 0; i < jz_json_get_n_items (points); i++) {
    const JzJson *point = jz_json_get_item (points, i);
    g_string_append_printf (text, "%s%s %s", i > 0 ? ", " : "",
                            jz_json_get_member_text (point, "id"),
                            jz_json_get_member_text (point, "state"));
  }
  return g_string_free (text, FALSE);
}

static void
assert_points (World *self, const char *expected)
{
  g_autofree char *points = dup_points (self);

  g_assert_cmpstr (points, ==, expected);
}

/* In the order in which they come; what is told of rights is seen and heard at once. */
static void
test_points (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *unknown = NULL;
  g_autoptr (JzJson) steps = NULL;

  world_init (&world);
  assert_points (&world, "said_opening open, both_sides open, rights open, signing open, "
                         "said_closing open");
  act (&world, "recording.mark", "'attachment':'%s','at':0,'recording.marks.kind':'opening'",
       world.file);
  act (&world, "recording.mark", "'attachment':'%s','at':9,'recording.marks.kind':'rights'",
       world.file);
  act (&world, "recording.check_shot", "'of':'%s','shot':'both_sides','attachment':'%s','at':7",
       world.step, world.file);
  act (&world, "recording.check_shot", "'of':'%s','shot':'said_closing','text':'见笔录末页'",
       world.step);
  unknown = g_strdup_printf ("'of':'%s','shot':'said_nothing','text':'没有'", world.step);
  penalty_refuse (&world.penalty, "handler", "recording.check_shot", "J-RECORDING", unknown);
  assert_points (&world, "said_opening seen, both_sides seen, rights seen, signing open, "
                         "said_closing absent");
  /* The page of the case tells the same, with what was said. */
  steps = look (&world, read_steps);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (jz_json_get_item (steps, 0), "shots")),
                    ==, 5);
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (jz_json_get_item (steps, 0), "words")),
                    ==, 4);
}

static JzActOutcome *
close_case (World *self)
{
  g_autoptr (GError) error = NULL;
  JzActOutcome *outcome = test_office_try (&self->penalty.office, "handler", "case.close", &error,
                                           "{'case':'%s'," CLOSE "}", self->penalty.id);

  g_assert_no_error (error);
  return outcome;
}

/* Closing tells what nobody has ticked, and closes. */
static void
test_warning (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;

  world_init (&world);
  act (&world, "recording.mark", "'attachment':'%s','at':0,'recording.marks.kind':'signing'",
       world.file);
  act (&world, "closing.state",
       "'case.closing_ground':'transferred','case.closing_ground_on':'2025-01-02'");
  outcome = close_case (&world);
  g_assert_null (outcome->refusal);
  g_assert_cmpuint (outcome->warnings->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (outcome->warnings, 0), "双方同框"));
  g_assert_null (strstr (g_ptr_array_index (outcome->warnings, 0), "核对笔录"));
  test_office_close (&world.penalty.office);
  test_assert_sound (world.penalty.office.path);
}

/* All is ticked, or nothing is there to be ticked: nothing is told. */
static void
test_no_warning (void)
{
  static const char *const kinds[] = { "opening", "rights", "signing", "closing" };
  g_auto (World) world = { 0 };
  g_autoptr (JzActOutcome) outcome = NULL;

  world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    act (&world, "recording.mark", "'attachment':'%s','at':1,'recording.marks.kind':'%s'",
         world.file, kinds[i]);
  act (&world, "recording.check_shot", "'of':'%s','shot':'both_sides','attachment':'%s','at':7",
       world.step, world.file);
  act (&world, "closing.state",
       "'case.closing_ground':'transferred','case.closing_ground_on':'2025-01-02'");
  outcome = close_case (&world);
  g_assert_null (outcome->refusal);
  g_assert_cmpuint (outcome->warnings->len, ==, 0);
}

/* A card of each rule that has words, also of what no act of the program is. */
static void
test_cards (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (JzJson) cards = NULL;
  g_autoptr (JzJson) none = jz_recording_cards_list (NULL);
  gboolean has_spot = FALSE;

  world_init (&world);
  cards = look (&world, read_cards);
  g_assert_cmpuint (jz_json_get_n_items (none), ==, 0);
  g_assert_cmpuint (jz_json_get_n_items (cards), >=, 12);
  for (guint i = 0; i < jz_json_get_n_items (cards); i++) {
    const JzJson *card = jz_json_get_item (cards, i);
    g_assert_cmpstr (jz_json_get_member_text (card, "basis"), !=, "");
    g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (card, "words")), >=, 3);
    has_spot = has_spot || strcmp (jz_json_get_member_text (card, "rule"), "RC-18") == 0;
  }
  g_assert_true (has_spot);
}

/* The rows of the cross-check, each as "kind text". */
static char *
dup_rows (World *self)
{
  g_autoptr (JzJson) rows = look (self, read_rows);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "",
                            jz_json_get_member_text (row, "kind"),
                            strrchr (jz_json_get_member_text (row, "place"), '/') + 1);
  }
  return g_string_free (text, FALSE);
}

static void assert_rows (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
assert_rows (World *self, const char *format, ...)
{
  va_list args;
  g_autofree char *rows = dup_rows (self);
  g_autofree char *expected = NULL;

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  g_assert_cmpstr (rows, ==, expected);
}

static void
tie (World *self, const char *document, const char *field, const char *text, guint number)
{
  JzParagraph paragraph = jz_paragraph_at (text, 0);
  char words[JZ_HASH_HEX_SIZE];

  while (paragraph.number < number)
    paragraph = jz_paragraph_at (text, paragraph.end + 1);
  jz_paragraph_hash (text, &paragraph, words);
  act (self, "recording.tie",
       "'attachment':'%s','at':7,'document':'%s','field':'%s','paragraph':%u,'words':'%s'",
       self->file, document, field, number, words);
}

/* Row by row what was tied goes away. */
static void
test_cross_check (void)
{
  static const char ends[] = "以上属实。\n没有补充。";
  g_auto (World) world = { 0 };
  g_autofree char *note = NULL;
  g_autofree char *shown = NULL;

  world_init (&world);
  assert_rows (&world, "unwritten documents; untold %s", world.file);
  note = test_office_make (
    &world.penalty.office, "handler", "document.draft",
    "{'case':'%s','form':'inquiry_record','values':{'qa':[{'q':'是否占道？',"
    "'a':'是。'},{'q':'何时？','a':'三月一日。'}],'a_end':'以上属实。\\n没有补充。'}}",
    world.penalty.id);
  shown = g_strdup ("untied qa[1].a; untied a_end");
  assert_rows (&world, "%s; untold %s", shown, world.file);
  tie (&world, note, "qa[1].a", "是。", 1);
  assert_rows (&world, "untied qa[2].a; untied a_end");
  tie (&world, note, "qa[2].q", "何时？", 1);
  assert_rows (&world, "untied a_end");
  tie (&world, note, "a_end", ends, 1);
  assert_rows (&world, "untied a_end");
  tie (&world, note, "a_end", ends, 2);
  assert_rows (&world, "%s", "");
}

/* Who would not sign a record is seen in the recording of what it records (RC-19). */
static void
test_refusal (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (JzJson) steps = NULL;
  const JzJson *refusal;

  world_init (&world);
  act (&world, "record.finalise",
       "'act':'%s','signed':'refused','text':'询问笔录','record.kind':'inquiry',"
       "'record.shows_credential':true",
       world.step);
  steps = look (&world, read_steps);
  g_assert_cmpuint (jz_json_get_n_items (steps), ==, 2);
  refusal = jz_json_get_item (steps, 1);
  g_assert_cmpstr (jz_json_get_member_text (refusal, "rule"), ==, "RC-19");
  g_assert_cmpstr (jz_json_get_member_text (refusal, "state"), ==, "bound");
  /* It is a step of its own, to which a recording may be bound as well. */
  act (&world, "recording.bind", "'of':'%s','attachment':'%s'",
       jz_json_get_member_text (refusal, "of"), world.file);
}

/* What a questioning says of its room holds for itself alone (RC-09). */
static void
test_room (void)
{
  static const char *const levels[] = { "choose", "full", "choose" };
  static const char *const rooms[] = { ",'act.in_case_room':true", "" };
  g_auto (World) world = { 0 };
  g_autoptr (JzJson) steps = NULL;

  world_init (&world);
  for (gsize i = 0; i < G_N_ELEMENTS (rooms); i++)
    test_office_do (&world.penalty.office, "handler", "field.inquire",
                    "{'case':'%s','officers':['%s','%s'],'shown':true,'shown_to':'李某','text':"
                    "'再次询问','act.happened_on':'2025-01-02','act.place':'局询问室'%s}",
                    world.penalty.id, world.penalty.handler, world.penalty.other, rooms[i]);
  steps = look (&world, read_steps);
  g_assert_cmpuint (jz_json_get_n_items (steps), ==, G_N_ELEMENTS (levels));
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    g_assert_cmpstr (jz_json_get_member_text (jz_json_get_item (steps, i), "level"), ==, levels[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/recording-points/points", test_points);
  g_test_add_func ("/office/recording-points/warning", test_warning);
  g_test_add_func ("/office/recording-points/no-warning", test_no_warning);
  g_test_add_func ("/office/recording-points/cards", test_cards);
  g_test_add_func ("/office/recording-points/cross-check", test_cross_check);
  g_test_add_func ("/office/recording-points/refusal", test_refusal);
  g_test_add_func ("/office/recording-points/room", test_room);
  return g_test_run ();
}
