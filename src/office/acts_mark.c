/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/attachments.h"
#include "office/case_check.h"
#include "office/file_access.h"
#include "office/prepare.h"
#include "office/recordings.h"
#include "office/role.h"
#include "office/stated.h"
#include "store/entry.h"

/* What people find in a recording, a picture or a paper of a case: marks on its time line, words
 * that are tied to a second of it, still frames as evidence of their own, and who has seen what of
 * it. A moment is the presentation time of a frame, in nanoseconds,
 * never a number of frames times a rate; with the hash of the decoded frame it is found again. */

/* The longest time that a number of the journal's JSON can hold in nanoseconds is 104 days. */
#define MAX_TIME ((G_GINT64_CONSTANT (1) << 53) - 1)
#define MAX_SIDE 1000000
#define MAX_RANGES 500
/* Who works with recordings; who only looks at them marks nothing. */
#define MARKERS                                                                                    \
  "handler|section_head|reviewer|review_head|approver|head|checker|inspector|clerk|secretary"

#define ATTACHMENT_ARGUMENT                                                                        \
  {                                                                                                \
    "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which file of the case")              \
  }
#define AT_ARGUMENT(source)                                                                        \
  {                                                                                                \
    "at", JZ_ARGUMENT_INTEGER, source, MAX_TIME, NULL,                                             \
      N_ ("presentation time of the frame, in nanoseconds")                                        \
  }
#define UNTIL_ARGUMENT                                                                             \
  {                                                                                                \
    "until", JZ_ARGUMENT_INTEGER, JZ_OPTIONAL, MAX_TIME, NULL,                                     \
      N_ ("presentation time of the last frame of a stretch, in nanoseconds")                      \
  }
/* The frame is named by what the decoder gave, so decoder and format belong to it. */
/* clang-format off */
#define FRAME_ARGUMENTS(source)                                                                    \
  { "frame", JZ_ARGUMENT_HASH, source, 0, NULL, N_ ("hash of the decoded frame") },                \
  { "frame_decoder", JZ_ARGUMENT_TEXT, source, 80, NULL, N_ ("what decoded it") },                 \
  { "frame_version", JZ_ARGUMENT_TEXT, source, 120, NULL, N_ ("version of what decoded it") },     \
  { "frame_format", JZ_ARGUMENT_TEXT, source, 40, NULL, N_ ("format of its pixels") },             \
  { "frame_width", JZ_ARGUMENT_INTEGER, source, MAX_SIDE, NULL, N_ ("its width, in pixels") },     \
  { "frame_height", JZ_ARGUMENT_INTEGER, source, MAX_SIDE, NULL, N_ ("its height, in pixels") }
/* clang-format on */
#define TEXT_ARGUMENT                                                                              \
  {                                                                                                \
    "text", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 500, NULL, N_ ("what is seen or heard there")           \
  }

static const JzArgument mark_arguments[] = {
  JZ_CASE_ARGUMENT, ATTACHMENT_ARGUMENT, AT_ARGUMENT (JZ_REQUIRED),
  UNTIL_ARGUMENT,   TEXT_ARGUMENT,       FRAME_ARGUMENTS (JZ_OPTIONAL),
  { NULL },
};

static const JzArgument describe_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which mark")),
  TEXT_ARGUMENT,
  { NULL },
};

static const JzArgument unmark_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which mark")),
  { NULL },
};

static const JzArgument view_arguments[] = {
  JZ_CASE_ARGUMENT,
  ATTACHMENT_ARGUMENT,
  { "seen", JZ_ARGUMENT_TEXTS, JZ_OPTIONAL, 40, NULL,
    N_ ("stretches that were played, each from and until in nanoseconds, like 0-15000000000") },
  { "pages", JZ_ARGUMENT_TEXTS, JZ_OPTIONAL, 40, NULL,
    N_ ("pages that were shown, each a first and a last number, like 1-3") },
  { NULL },
};

static const JzArgument tie_arguments[] = {
  JZ_CASE_ARGUMENT,
  ATTACHMENT_ARGUMENT,
  AT_ARGUMENT (JZ_REQUIRED),
  UNTIL_ARGUMENT,
  { "document", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("which document says it") },
  { "field", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 120, NULL,
    N_ ("path of the field in which it says it") },
  { "paragraph", JZ_ARGUMENT_INTEGER, JZ_OPTIONAL, 100000, NULL,
    N_ ("which paragraph of the field, the first is 1") },
  { "words", JZ_ARGUMENT_HASH, JZ_OPTIONAL, 0, NULL, N_ ("hash of the paragraph's text") },
  { "point", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 40, NULL,
    N_ ("which point of the review, by its id in the rulebook") },
  { "item", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 40, NULL,
    N_ ("which item under the point, by its id in the rulebook") },
  { NULL },
};

static const JzArgument untie_arguments[] = {
  JZ_CASE_ARGUMENT,
  JZ_RECORD_ARGUMENT (N_ ("which of the words that are tied to a recording")),
  { NULL },
};

static const JzArgument still_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 255, NULL, N_ ("name of the file") },
  { "description", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL, N_ ("what it is") },
  { "source", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("the recording from which it is taken") },
  AT_ARGUMENT (JZ_REQUIRED),
  FRAME_ARGUMENTS (JZ_REQUIRED),
  { "object", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the picture; `file` with a path makes it") },
  { NULL },
};

/* A hash alone could not be computed again. */
static void
check_frame (const JzSituation *self, JzRefusal **refusal)
{
  static const char *const names[] = { "frame_decoder", "frame_version", "frame_format",
                                       "frame_width", "frame_height" };
  gboolean has_hash = jz_json_get_member (self->args, "frame") != NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names) && *refusal == NULL; i++)
    if ((jz_json_get_member (self->args, names[i]) != NULL) != has_hash)
      jz_refuse (refusal, "J-FRAME",
                 _ ("Give the hash of the frame, what decoded it with its version, and the format, "
                    "width and height "
                    "of its pixels together, or none of them."),
                 _ ("What names the frame is not whole."));
}

static void
check_stretch (const JzSituation *self, JzRefusal **refusal)
{
  const JzJson *until = jz_json_get_member (self->args, "until");

  if (until != NULL &&
      jz_json_get_integer (until) < jz_json_get_member_integer (self->args, "at", 0))
    jz_refuse (refusal, "J-STRETCH", _ ("Let it end after it begins."),
               _ ("The stretch ends before it begins."));
}

/* Who may not view a file marks nothing in it and takes nothing from it, and cannot have viewed it
 * (R-17, R-24). */
static gboolean
check_access (const JzSituation *self, const char *argument, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  const JzFileAccess access = { self->tables, stated, NULL, jz_instant_get_date (self->now) };

  return stated != NULL &&
         jz_file_access_check_view (&access, jz_situation_get_text (self, argument), self->actor,
                                    refusal, error);
}

static gboolean
check_mark (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (self, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_check_attachment (self, "attachment", refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_access (self, "attachment", refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_stretch (self, refusal);
  if (*refusal == NULL)
    check_frame (self, refusal);
  return TRUE;
}

/* What one has marked or tied, others leave alone; the head of the section may put it right. */
static gboolean
check_own (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *record = jz_situation_get_text (self, "record");
  g_autofree char *maker = NULL;
  gint64 n_removed = 0;

  if (!jz_check_record (self, refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (!jz_situation_find_maker (self, record, &maker, error) ||
      !jz_connection_get_number (self->tables, &n_removed, error,
                                 "SELECT count (*) FROM fact WHERE case_id = ? AND list = ? AND "
                                 "record = ? AND name = '" JZ_REMOVED "'",
                                 "ttt", self->case_id, self->act->list, record))
    return FALSE;
  if (n_removed > 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose another one."),
               _ ("It was taken away before; nothing is changed about it any more."));
  else if (g_strcmp0 (maker, self->actor) != 0 && strcmp (self->role, "section_head") != 0)
    jz_refuse (refusal, "J-OWN", _ ("Ask whoever made it, or the head of the section."),
               _ ("Somebody else has made this; you change and take away only what is your own."));
  return TRUE;
}

static gboolean
apply_removal (JzApplication *application, GError **error)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (application->record->entry->act, &is_proposal);
  g_autoptr (JzJson) removed = jz_json_new_boolean (TRUE);

  return jz_application_state (application, act->list,
                               jz_application_get_text (application, "record"), JZ_REMOVED, removed,
                               error);
}

static gboolean
is_range (const char *text)
{
  gint64 from = 0;
  gint64 until = 0;
  return jz_recording_parse_range (text, &from, &until);
}

/* In order and apart from each other, as the player puts them together. */
static void
check_ranges (const JzSituation *self, const char *name, JzRefusal **refusal)
{
  const JzJson *ranges = jz_json_get_member (self->args, name);
  gboolean is_good = ranges == NULL || jz_json_get_n_items (ranges) <= MAX_RANGES;

  for (guint i = 0; ranges != NULL && is_good && i < jz_json_get_n_items (ranges); i++)
    is_good = is_range (jz_json_get_text (jz_json_get_item (ranges, i)));
  if (!is_good)
    jz_refuse (refusal, "J-STRETCH",
               _ ("Give at most 500 stretches, each as two numbers with - between them."),
               _ ("It is not said clearly which stretches were seen."));
}

/* Looking is allowed as long as the case is there, and it is an act. */
static gboolean
check_view (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (self, "open|closed|archived", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_check_attachment (self, "attachment", refusal, error))
    return FALSE;
  if (*refusal == NULL && !check_access (self, "attachment", refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_ranges (self, "seen", refusal);
  if (*refusal == NULL)
    check_ranges (self, "pages", refusal);
  return TRUE;
}

static gboolean
need_document (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *document = jz_situation_get_text (self, "document");
  gint64 n_rows = 0;

  if (!jz_connection_get_number (
        self->tables, &n_rows, error,
        "SELECT count (*) FROM fact WHERE case_id = ? AND list = '@document' AND record = ?", "tt",
        self->case_id, document))
    return FALSE;
  if (n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), document);
  else if (jz_situation_get_text (self, "field")[0] == '\0' ||
           jz_json_get_member (self->args, "paragraph") == NULL ||
           jz_json_get_member (self->args, "words") == NULL)
    jz_refuse (refusal, "J-TIE",
               _ ("Name the field of the document, the paragraph and the hash of its text."),
               _ ("It is not said which words of the document are meant."));
  return TRUE;
}

static gboolean
check_tie (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gboolean names_document = jz_situation_get_text (self, "document")[0] != '\0';
  gboolean names_point = jz_situation_get_text (self, "point")[0] != '\0';

  if (!check_mark (self, refusal, error))
    return FALSE;
  if (*refusal == NULL && names_document == names_point)
    jz_refuse (refusal, "J-TIE",
               _ ("Name either a document with a paragraph of it, or a point of the review."),
               _ ("It is not said what the recording is tied to."));
  return *refusal != NULL || !names_document || need_document (self, refusal, error);
}

static gboolean
check_still (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  if (!jz_check_facts (self, refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_check_attachment (self, "source", refusal, error))
    return FALSE;
  return *refusal != NULL || check_access (self, "source", refusal, error);
}

/* An attachment like any other, and what it was taken from. */
static gboolean
apply_still (JzApplication *application, GError **error)
{
  static const char *const names[] = { "source",        "at",
                                       "frame",         "frame_decoder",
                                       "frame_version", "frame_format",
                                       "frame_width",   "frame_height" };
  g_autofree char *id = NULL;

  if (!jz_apply_attachment (application, &id, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const JzJson *value = jz_json_get_member (application->args, names[i]);
    if (value != NULL &&
        !jz_application_state (application, JZ_LIST_STILL, id, names[i], value, error))
      return FALSE;
  }
  return TRUE;
}

const JzAct jz_acts_mark[] = {
  {
    .name = "recording.mark",
    .version = 1,
    .summary = N_ ("Mark a moment or a stretch of a recording."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = mark_arguments,
    .inverse = "recording.unmark",
    .check = check_mark,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .facts = JZ_LIST_MARK ".kind!",
    .list = JZ_LIST_MARK,
  },
  {
    .name = "recording.describe",
    .version = 1,
    .summary = N_ ("Change what a mark of a recording says; the moment stays."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = describe_arguments,
    .inverse = "recording.describe",
    .check = check_own,
    .apply = jz_apply_facts,
    .facts = JZ_LIST_MARK ".kind!",
    .list = JZ_LIST_MARK,
  },
  {
    .name = "recording.unmark",
    .version = 1,
    .summary = N_ ("Take away a mark of a recording."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = unmark_arguments,
    .inverse = "recording.mark",
    .check = check_own,
    .apply = apply_removal,
    .list = JZ_LIST_MARK,
  },
  {
    .name = "recording.view",
    .version = 1,
    .summary = N_ ("Write down what one has seen of a file of the case."),
    .roles = "*",
    .scope = JZ_SCOPE_CASE,
    .arguments = view_arguments,
    .check = check_view,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_VIEW,
  },
  {
    .name = "recording.tie",
    .version = 1,
    .summary =
      N_ ("Tie words of a document, or a point of the review, to a second of a recording."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = tie_arguments,
    .inverse = "recording.untie",
    .check = check_tie,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_TIE,
  },
  {
    .name = "recording.untie",
    .version = 1,
    .summary = N_ ("Take away what ties words or a point to a recording."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = untie_arguments,
    .inverse = "recording.tie",
    .check = check_own,
    .apply = apply_removal,
    .list = JZ_LIST_TIE,
  },
  {
    .name = "recording.still",
    .version = 1,
    .summary = N_ ("Keep one frame of a recording as a file of its own, which names its source."),
    .roles = MARKERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = still_arguments,
    .prepare = jz_prepare_file,
    .check = check_still,
    .apply = apply_still,
    .makes_thing = TRUE,
  },
  { NULL },
};
