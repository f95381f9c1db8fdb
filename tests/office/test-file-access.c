/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/folder.h"
#include "penalty-fixture.h"

#include <string.h>

#include "office/act_sheet.h"
#include "office/act_words.h"
#include "office/case_evidence.h"
#include "office/dossier.h"
#include "office/error.h"
#include "office/file_access.h"
#include "office/recordings.h"
#include "office/secret_sheet.h"

/* Files with secrets or privacy in them: who opens them, who says what they are, what goes out, and
 * what stands in their place where the program does not hold them (R-24, R-33, C-07). */

#define FRAME                                                                                      \
  "'frame':'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','frame_decoder':"    \
  "'avdec_h264','frame_version':'1','frame_format':'BGRx','frame_width':2,'frame_height':2"
#define DAY_MS (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)

typedef struct {
  Penalty penalty;
  char *video;
  char *handler;
} World;

static char *
attach (World *self, const char *name)
{
  g_autofree char *path = folder_write (self->penalty.office.folder, name, name, strlen (name));

  return test_office_make (&self->penalty.office, "handler", "attachment.add",
                           "{'case':'%s','file':'%s'}", self->penalty.id, path);
}

static void
world_init (World *self)
{
  penalty_init (&self->penalty);
  penalty_play (&self->penalty, PENALTY_LEAD, PENALTY_PROVED);
  self->video = attach (self, "执法记录仪录像.mp4");
  self->handler = test_office_get_person (&self->penalty.office, "handler");
}

static void
world_clear (World *self)
{
  g_free (self->video);
  g_free (self->handler);
  penalty_clear (&self->penalty);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static char *
dup_classifying (World *self, const char *word, const char *more)
{
  return g_strdup_printf ("{'case':'%s','attachment':'%s','attachment.secrecy.class':'%s',"
                          "'attachment.secrecy.ground':'画面中有他人住所','viewers':['%s']%s}",
                          self->penalty.id, self->video, word, self->handler, more);
}

static void
classify (World *self, const char *who, const char *word, const char *more)
{
  g_autofree char *json = dup_classifying (self, word, more);
  test_office_do (&self->penalty.office, who, "attachment.classify", "%s", json);
}

static void
refuse_classifying (World *self,
                    const char *who,
                    const char *rule,
                    const char *word,
                    const char *more)
{
  g_autofree char *json = dup_classifying (self, word, more);
  test_office_refuse (&self->penalty.office, who, "attachment.classify", rule, "%s", json);
}

G_GNUC_PRINTF (4, 5)
static void
act (World *self, const char *who, const char *name, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  penalty_do (&self->penalty, who, name, text);
}

G_GNUC_PRINTF (5, 6)
static void
refuse (World *self, const char *who, const char *name, const char *rule, const char *format, ...)
{
  va_list args;
  g_autofree char *text = NULL;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  penalty_refuse (&self->penalty, who, name, rule, text);
}

/* As the player opens a file. */
static JzJson *
open_file (World *self, const char *user, const char *file, GError **error)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  g_autofree char *person = test_office_get_person (&self->penalty.office, user);
  g_auto (JzCaseView) view = { 0 };
  JzJson *json = NULL;

  if (jz_case_view_open (&view, reader, jz_store_get_objects (store), self->penalty.id,
                         jz_clock_now (self->penalty.office.clock), error))
    json = jz_recording_find (&view, file, person, error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return json;
}

static void
assert_opens (World *self, const char *user, const char *file, gboolean opens)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = open_file (self, user, file, &error);

  if (opens)
    g_assert_no_error (error);
  else
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED);
}

/* Why the file does not go out for this use, by its rule; NULL where it does. */
static char *
dup_export_rule (World *self, const char *file, const char *use)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_auto (JzCaseView) view = { 0 };
  g_autoptr (JzRefusal) refusal = NULL;

  jz_case_view_open (&view, reader, jz_store_get_objects (store), self->penalty.id,
                     jz_clock_now (self->penalty.office.clock), &error);
  g_assert_no_error (error);
  g_assert_true (jz_case_view_check_export (&view, file, use, &refusal, &error));
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return refusal != NULL ? g_strdup (jz_refusal_get_rule (refusal)) : NULL;
}

static void
assert_export (World *self, const char *file, const char *use, const char *rule)
{
  g_autofree char *found = dup_export_rule (self, file, use);
  g_assert_cmpstr (found, ==, rule);
}

static void
finish (World *self)
{
  test_office_close (&self->penalty.office);
  test_assert_sound (self->penalty.office.path);
}

/* Whoever is not on the list sees nothing of it, marks nothing and takes nothing from it. */
static void
test_viewers (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *reviewer = NULL;
  g_autofree char *more = NULL;

  world_init (&world);
  path = folder_write (world.penalty.office.folder, "still.png", "png", 3);
  assert_opens (&world, "reviewer", world.video, TRUE);
  classify (&world, "handler", "privacy", "");
  assert_opens (&world, "handler", world.video, TRUE);
  assert_opens (&world, "reviewer", world.video, FALSE);
  assert_opens (&world, "head", world.video, FALSE);
  assert_opens (&world, "section_head", world.video, FALSE);
  refuse (&world, "reviewer", "recording.view", "J-SECRECY", "'attachment':'%s','seen':['0-5']",
          world.video);
  refuse (&world, "section_head", "recording.mark", "J-SECRECY",
          "'attachment':'%s','at':5,'recording.marks.kind':'rights'", world.video);
  refuse (&world, "reviewer", "recording.tie", "J-SECRECY",
          "'attachment':'%s','at':5,'point':'AP-03'", world.video);
  refuse (&world, "section_head", "recording.still", "J-SECRECY",
          "'source':'%s','at':5,'name':'a.png','file':'%s'," FRAME, world.video, path);
  reviewer = test_office_get_person (&world.penalty.office, "reviewer");
  more = g_strdup_printf ("{'case':'%s','attachment':'%s','attachment.secrecy.class':'privacy',"
                          "'attachment.secrecy.ground':'画面中有他人住所','viewers':['%s','%s']}",
                          world.penalty.id, world.video, world.handler, reviewer);
  test_office_do (&world.penalty.office, "handler", "attachment.classify", "%s", more);
  assert_opens (&world, "reviewer", world.video, TRUE);
  act (&world, "reviewer", "recording.view", "'attachment':'%s','seen':['0-5']", world.video);
  finish (&world);
}

/* The sentence names why, and who decides; with the class in it. */
static void
test_sentence (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzJson) own = NULL;

  world_init (&world);
  classify (&world, "handler", "business_secret", "");
  json = open_file (&world, "reviewer", world.video, &error);
  g_assert_null (json);
  g_assert_nonnull (strstr (error->message, "business secret"));
  g_assert_nonnull (strstr (error->message, "head of the section"));
  own = open_file (&world, "handler", world.video, NULL);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_member (own, "secrecy"), "class"), ==,
                   "business_secret");
  g_assert_nonnull (jz_json_get_member_text (own, "stays"));
}

static void
test_list (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *again = NULL;

  world_init (&world);
  refuse (
    &world, "handler", "attachment.classify", "J-PERSON",
    "'attachment':'%s','attachment.secrecy.class':'privacy','attachment.secrecy.ground':'住所',"
    "'viewers':['nobody-1']",
    world.video);
  refuse (
    &world, "handler", "attachment.classify", "J-PERSON",
    "'attachment':'%s','attachment.secrecy.class':'privacy','attachment.secrecy.ground':'住所',"
    "'viewers':['%s','%s']",
    world.video, world.handler, world.handler);
  refuse (
    &world, "handler", "attachment.classify", "J-SECRECY",
    "'attachment':'%s','attachment.secrecy.class':'privacy','attachment.secrecy.ground':'住所',"
    "'viewers':[]",
    world.video);
  refuse (
    &world, "handler", "attachment.classify", "J-ATTACHMENT",
    "'attachment':'%s','attachment.secrecy.class':'privacy','attachment.secrecy.ground':'住所',"
    "'viewers':['%s']",
    world.penalty.inspection, world.handler);
  refuse_classifying (&world, "reviewer", "J-ROLE", "privacy", "");
  refuse_classifying (&world, "handler", "J-DATE", "privacy",
                      ",'attachment.secrecy.until':'2024-12-31'");
  assert_opens (&world, "reviewer", world.video, TRUE);
}

/* Made to hold less than it does by somebody above, who does not work on the case. */
static void
test_weakening (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  refuse (&world, "section_head", "attachment.declassify", "J-SECRECY",
          "'attachment':'%s','reason':'无隐私'", world.video);
  classify (&world, "handler", "privacy", ",'attachment.secrecy.until':'2035-01-01'");
  refuse_classifying (&world, "handler", "J-SECRECY", "work_secret",
                      ",'attachment.secrecy.until':'2035-01-01'");
  refuse_classifying (&world, "handler", "J-SECRECY", "privacy",
                      ",'attachment.secrecy.until':'2034-12-31'");
  classify (&world, "handler", "privacy", "");
  refuse_classifying (&world, "handler", "J-SECRECY", "privacy",
                      ",'attachment.secrecy.until':'2035-01-01'");
  classify (&world, "section_head", "work_secret", ",'attachment.secrecy.until':'2030-01-01'");
  refuse (&world, "handler", "attachment.declassify", "J-ROLE",
          "'attachment':'%s','reason':'无隐私'", world.video);
  refuse (&world, "reviewer", "attachment.declassify", "J-ROLE",
          "'attachment':'%s','reason':'无隐私'", world.video);
  assert_opens (&world, "reviewer", world.video, FALSE);
  act (&world, "section_head", "attachment.declassify", "'attachment':'%s','reason':'已经公开'",
       world.video);
  assert_opens (&world, "reviewer", world.video, TRUE);
  assert_export (&world, world.video, NULL, NULL);
  finish (&world);
}

/* It ends of itself behind its last day. */
static void
test_term (void)
{
  g_auto (World) world = { 0 };
  char until[JZ_DATE_SIZE];
  g_autofree char *more = NULL;

  world_init (&world);
  jz_date_format (jz_instant_get_date (jz_clock_now (world.penalty.office.clock)), until);
  more = g_strdup_printf (",'attachment.secrecy.until':'%s'", until);
  classify (&world, "handler", "work_secret", more);
  assert_opens (&world, "reviewer", world.video, FALSE);
  jz_clock_advance (world.penalty.office.clock, DAY_MS);
  assert_opens (&world, "reviewer", world.video, TRUE);
  assert_export (&world, world.video, NULL, NULL);
}

/* A state secret is opened by nobody and goes nowhere; only the head says that it is none. */
static void
test_state_secret (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  classify (&world, "handler", "state_secret", "");
  assert_opens (&world, "handler", world.video, FALSE);
  assert_opens (&world, "head", world.video, FALSE);
  assert_export (&world, world.video, "archive", "J-SECRECY");
  refuse (&world, "head", "attachment.permit_export", "J-SECRECY",
          "'attachment':'%s','use':'court','reason':'法院调取'", world.video);
  refuse_classifying (&world, "section_head", "J-SECRECY", "privacy", "");
  refuse (&world, "section_head", "attachment.declassify", "J-SECRECY",
          "'attachment':'%s','reason':'误定'", world.video);
  act (&world, "head", "attachment.declassify", "'attachment':'%s','reason':'误定'", world.video);
  assert_opens (&world, "reviewer", world.video, TRUE);
  finish (&world);
}

/* A still of a classified recording is what the recording is, whenever that was said. */
static void
test_still (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *still = NULL;

  world_init (&world);
  path = folder_write (world.penalty.office.folder, "still.png", "png", 3);
  still =
    test_office_make (&world.penalty.office, "section_head", "recording.still",
                      "{'case':'%s','source':'%s','at':5,'name':'截图.png','file':'%s'," FRAME "}",
                      world.penalty.id, world.video, path);
  assert_opens (&world, "reviewer", still, TRUE);
  classify (&world, "handler", "privacy", "");
  assert_opens (&world, "reviewer", still, FALSE);
  assert_opens (&world, "handler", still, TRUE);
  assert_export (&world, still, NULL, "J-SECRECY");
  refuse (&world, "handler", "attachment.classify", "J-SECRECY",
          "'attachment':'%s','attachment.secrecy.class':'work_secret','attachment.secrecy.ground':"
          "'内部','viewers':['%s']",
          still, world.handler);
  act (&world, "section_head", "attachment.declassify", "'attachment':'%s','reason':'画面已无他人'",
       still);
  assert_opens (&world, "reviewer", still, TRUE);
  assert_opens (&world, "reviewer", world.video, FALSE);
}

/* Alone it never goes; with a dossier where the head allowed it for that use, after it was
 * classified as it is now. */
static void
test_export (void)
{
  g_auto (World) world = { 0 };

  world_init (&world);
  assert_export (&world, world.video, NULL, NULL);
  assert_export (&world, world.video, "court", NULL);
  refuse (&world, "head", "attachment.permit_export", "J-SECRECY",
          "'attachment':'%s','use':'court','reason':'法院调取'", world.video);
  classify (&world, "handler", "business_secret", "");
  assert_export (&world, world.video, NULL, "J-SECRECY");
  assert_export (&world, world.video, "court", "J-SECRECY");
  refuse (&world, "section_head", "attachment.permit_export", "J-ROLE",
          "'attachment':'%s','use':'court','reason':'法院调取'", world.video);
  act (&world, "head", "attachment.permit_export",
       "'attachment':'%s','use':'court','reason':'法院调取'", world.video);
  assert_export (&world, world.video, "court", NULL);
  assert_export (&world, world.video, "party", "J-SECRECY");
  assert_export (&world, world.video, NULL, "J-SECRECY");
  classify (&world, "section_head", "privacy", "");
  assert_export (&world, world.video, "court", "J-SECRECY");
  finish (&world);
}

static const JzJson *
find_field (const JzJson *sheet, const char *name)
{
  const JzJson *fields = jz_json_get_member (sheet, "fields");

  for (guint i = 0; i < jz_json_get_n_items (fields); i++)
    if (strcmp (jz_json_get_member_text (jz_json_get_item (fields, i), "name"), name) == 0)
      return jz_json_get_item (fields, i);
  return NULL;
}

static JzJson *
make_sheet (World *self)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autoptr (GError) error = NULL;
  g_autofree char *preset =
    g_strdup_printf ("{'case':'%s','attachment':'%s'}", self->penalty.id, self->video);
  g_autoptr (JzJson) given = test_json (preset);
  const JzActSheetRequest request = { "attachment.classify", given, self->handler,
                                      jz_clock_now (self->penalty.office.clock) };
  JzConnection *reader = jz_store_lease_reader (store, &error);
  JzJson *sheet = jz_act_sheet_new (reader, jz_store_get_objects (store), &request, &error);

  g_assert_no_error (error);
  jz_store_return_reader (store, reader);
  return sheet;
}

static gboolean
names (const JzJson *list, const char *person)
{
  for (guint i = 0; list != NULL && i < jz_json_get_n_items (list); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (list, i)), person) == 0)
      return TRUE;
  return FALSE;
}

/* The form proposes those who work on the case and its reviewer; of a classified file it has what
 * holds. */
static void
test_proposed (void)
{
  g_auto (World) world = { 0 };
  g_autofree char *reviewer = NULL;
  g_autofree char *other = NULL;
  g_autoptr (JzJson) first = NULL;
  g_autoptr (JzJson) second = NULL;
  const JzJson *viewers;

  world_init (&world);
  penalty_play (&world.penalty, PENALTY_DRAFTED, PENALTY_SUBMITTED);
  reviewer = test_office_get_person (&world.penalty.office, "reviewer");
  other = test_office_get_person (&world.penalty.office, "other");
  first = make_sheet (&world);
  viewers = find_field (first, "viewers");
  g_assert_cmpstr (jz_json_get_member_text (viewers, "kind"), ==, "several");
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (viewers, "choices")), >, 3);
  g_assert_true (names (jz_json_get_member (viewers, "value"), world.handler));
  g_assert_true (names (jz_json_get_member (viewers, "value"), other));
  g_assert_true (names (jz_json_get_member (viewers, "value"), reviewer));
  g_assert_cmpuint (jz_json_get_n_items (jz_json_get_member (viewers, "value")), ==, 3);
  g_assert_null (jz_json_get_member (find_field (first, "attachment.secrecy.class"), "value"));
  classify (&world, "handler", "privacy", ",'attachment.secrecy.until':'2035-01-01'");
  second = make_sheet (&world);
  viewers = jz_json_get_member (find_field (second, "viewers"), "value");
  g_assert_cmpuint (jz_json_get_n_items (viewers), ==, 1);
  g_assert_cmpstr (
    jz_json_get_member_text (find_field (second, "attachment.secrecy.class"), "value"), ==,
    "privacy");
  g_assert_cmpstr (
    jz_json_get_member_text (find_field (second, "attachment.secrecy.until"), "value"), ==,
    "2035-01-01");
}

static JzJson *
list_evidence (World *self, const char *user)
{
  JzStore *store = jz_office_get_store (self->penalty.office.office);
  g_autofree char *person = test_office_get_person (&self->penalty.office, user);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_auto (JzCaseView) view = { 0 };
  JzJson *list;

  jz_case_view_open (&view, reader, jz_store_get_objects (store), self->penalty.id,
                     jz_clock_now (self->penalty.office.clock), &error);
  g_assert_no_error (error);
  list = jz_case_evidence_list (&view, person, &error);
  g_assert_no_error (error);
  jz_case_view_clear (&view);
  jz_store_return_reader (store, reader);
  return list;
}

static const JzJson *
find_row (const JzJson *rows, const char *member, const char *value)
{
  for (guint i = 0; i < jz_json_get_n_items (rows); i++)
    if (g_strcmp0 (jz_json_get_member_text (jz_json_get_item (rows, i), member), value) == 0)
      return jz_json_get_item (rows, i);
  return NULL;
}

/* The rows of the evidence have the badge, and the lock for who is not on the list. */
static void
test_rows (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (JzJson) own = NULL;
  g_autoptr (JzJson) foreign = NULL;
  const JzJson *file;

  world_init (&world);
  classify (&world, "handler", "work_secret", "");
  own = list_evidence (&world, "handler");
  file = find_row (jz_json_get_member (own, "files"), "id", world.video);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_member (file, "secrecy"), "label"), ==,
                   "work secret");
  g_assert_null (jz_json_get_member (file, "locked"));
  foreign = list_evidence (&world, "section_head");
  file = find_row (jz_json_get_member (foreign, "files"), "id", world.video);
  g_assert_nonnull (jz_json_get_member (file, "locked"));
}

/* Of a state secret there is only who keeps it and where: among the evidence and in the index. */
static void
test_placeholder (void)
{
  static const char secret[] =
    "'title':'某项目规划图','evidence.items.number':'9','evidence.items.kind':'document',"
    "'evidence.items.obtained_by':'王某','evidence.items.obtained_on':'2025-01-02',"
    "'evidence.items.obtained_at':'某单位','evidence.items.is_original':false,"
    "'evidence.items.secret_level':'secret','evidence.items.carrier':'某密字第0007号',"
    "'evidence.items.keeper':'本局保密室','evidence.items.kept_at':'密码文件柜二层'";
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) evidence = NULL;
  g_autoptr (JzJson) rows = NULL;
  g_autoptr (JzStated) stated = NULL;
  const JzJson *item;
  JzConnection *reader;

  world_init (&world);
  penalty_do (&world.penalty, "handler", "evidence.register_secret", secret);
  evidence = list_evidence (&world, "reviewer");
  item = find_row (jz_json_get_member (evidence, "items"), "number", "9");
  g_assert_nonnull (item);
  g_assert_cmpstr (jz_json_get_member_text (item, "secret_level"), ==, "secret");
  g_assert_cmpstr (jz_json_get_member_text (item, "carrier"), ==, "某密字第0007号");
  g_assert_cmpstr (jz_json_get_member_text (item, "keeper"), ==, "本局保密室");
  g_assert_null (jz_json_get_member (item, "attachment"));
  reader = jz_store_lease_reader (jz_office_get_store (world.penalty.office.office), &error);
  stated = jz_stated_load (reader, world.penalty.id, G_MAXINT64, &error);
  rows = jz_secret_sheet_list (stated);
  jz_store_return_reader (jz_office_get_store (world.penalty.office.office), reader);
  g_assert_cmpuint (jz_json_get_n_items (rows), ==, 1);
  item = jz_json_get_item (rows, 0);
  g_assert_cmpstr (jz_json_get_member_text (item, "author"), ==, "本局保密室");
  g_assert_cmpstr (jz_json_get_member_text (item, "date"), ==, "2025-01-02");
  g_assert_true (g_str_has_prefix (jz_json_get_member_text (item, "title"), "某项目规划图"));
  g_assert_nonnull (strstr (jz_json_get_member_text (item, "note"), "某密字第0007号"));
  finish (&world);
}

/* A dossier names what it does not hold with its class. */
static void
test_named (void)
{
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) list = NULL;
  JzStore *store;
  JzConnection *reader;

  world_init (&world);
  classify (&world, "handler", "privacy", "");
  store = jz_office_get_store (world.penalty.office.office);
  reader = jz_store_lease_reader (store, &error);
  list = jz_dossier_list_attachments (
    reader, world.penalty.id, jz_instant_get_date (jz_clock_now (world.penalty.office.clock)),
    &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  g_assert_nonnull (find_row (list, "name", "执法记录仪录像.mp4 (privacy)"));
}

int
main (int argc, char **argv)
{
  /* Words of the sources and words of the facts stand in one text here. */
  g_setenv ("LANGUAGE", "en", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/file-access/R-24/viewers", test_viewers);
  g_test_add_func ("/office/file-access/R-24/sentence", test_sentence);
  g_test_add_func ("/office/file-access/R-24/list", test_list);
  g_test_add_func ("/office/file-access/R-24/weakening", test_weakening);
  g_test_add_func ("/office/file-access/R-24/term", test_term);
  g_test_add_func ("/office/file-access/R-33/state-secret", test_state_secret);
  g_test_add_func ("/office/file-access/R-24/still", test_still);
  g_test_add_func ("/office/file-access/R-24/export", test_export);
  g_test_add_func ("/office/file-access/R-24/proposed", test_proposed);
  g_test_add_func ("/office/file-access/R-24/rows", test_rows);
  g_test_add_func ("/office/file-access/R-33/placeholder", test_placeholder);
  g_test_add_func ("/office/file-access/R-33/named", test_named);
  return g_test_run ();
}
