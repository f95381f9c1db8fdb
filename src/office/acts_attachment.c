/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/attachments.h"
#include "office/recording_duty.h"
#include "office/recording_step.h"
#include "office/role.h"
#include "office/situation.h"
#include "office/text.h"
#include "store/error.h"

/* Files of any kind that belong to a case: kept by their hash, never altered. Two times are
 * kept where the clock of a device was wrong, the one that the file says and the one that people
 * say (RE-07); a correction stands beside what it corrects. */

/* What people say of a file. */
#define STATED                                                                                     \
  "attachment.items.origin attachment.items.happened_at attachment.items.maker "                   \
  "attachment.items.device attachment.items.place"
/* What it says of itself. */
#define READ "attachment.items.kind attachment.items.taken_at attachment.items.duration_ms"

/* Who brings material into a case; the administrator and who only looks on do not (requirements,
 * "Roles"). */
#define KEEPERS "handler|section_head|reviewer|review_head|clerk|secretary|archivist"
/* Of these, who may describe what somebody else has attached. */
#define KEEPERS_OF_ALL "handler|section_head|archivist"

static const JzArgument add_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 255, NULL, N_ ("name of the file") },
  { "description", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL, N_ ("what it is") },
  { "happened", JZ_ARGUMENT_DATE, JZ_OPTIONAL, 0, NULL,
    N_ ("day from which it is; today when absent") },
  { "object", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the content; `file` with a path makes it") },
  { "named", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 4096, NULL,
    N_ ("the file's own name, escaped, where it cannot be written as it is") },
  { "probe", JZ_ARGUMENT_OBJECT, JZ_OPTIONAL, 0, NULL,
    N_ ("what the file says of itself, as the program read it") },
  { "step", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("the step of the case that it shows") },
  { NULL },
};

/* What the file says may be anything; what people say cannot lie ahead. */
static void
check_moment (const JzSituation *situation, JzRefusal **refusal)
{
  JzInstant moment = 0;

  if (jz_instant_parse (jz_situation_get_text (situation, "attachment.items.happened_at"), &moment,
                        NULL) &&
      moment > situation->now)
    jz_refuse (refusal, "J-DATE", _ ("Compare it with the clock of the device."),
               _ ("It is said that the file was made at a time that has not come yet."));
}

static gboolean
check_step (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *step = jz_situation_get_text (situation, "step");
  gint64 n_rows = 0;

  if (step[0] == '\0')
    return TRUE;
  if (!jz_connection_get_number (
        situation->tables, &n_rows, error,
        "SELECT count (*) FROM fact WHERE case_id = ? AND record = ? AND list IN " JZ_STEP_LISTS,
        "tt", situation->case_id, step))
    return FALSE;
  if (n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), step);
  return TRUE;
}

static gboolean
check_add (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  if (*refusal == NULL && !jz_situation_need_past_date (situation, "happened", refusal))
    return FALSE;
  if (*refusal == NULL)
    check_moment (situation, refusal);
  return *refusal != NULL || check_step (situation, refusal, error);
}

static gboolean
index_attachment (JzApplication *application, const char *id, GError **error)
{
  return jz_application_index_text (application, id, "attachment.name",
                                    jz_application_get_text (application, "name"), error) &&
         jz_application_index_text (application, id, "attachment.description",
                                    jz_application_get_text (application, "description"), error);
}

/* All that is known of it, as far as something is known. */
static gboolean
state_file (JzApplication *application, const char *id, GError **error)
{
  for (guint i = 0; i < jz_json_get_n_items (application->args); i++) {
    const char *name = jz_json_get_name (application->args, i);
    const char *field = NULL;
    if (g_str_has_prefix (name, JZ_LIST_ATTACHMENT "."))
      field = name + strlen (JZ_LIST_ATTACHMENT ".");
    else if (strcmp (name, "named") == 0 || strcmp (name, "probe") == 0 ||
             strcmp (name, "step") == 0)
      field = name;
    if (field != NULL && !jz_application_state (application, JZ_LIST_ATTACHMENT, id, field,
                                                jz_json_get_item (application->args, i), error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_apply_attachment:
 * @application: an entry whose arguments name `case`, `name`, `object`, and perhaps `description`
 * and `happened`
 * @made: (out) (optional): id of the attachment
 * @error: return location
 *
 * Returns: whether the file belongs to the case now
 */
gboolean
jz_apply_attachment (JzApplication *application, char **made, GError **error)
{
  const JzJson *value = jz_json_get_member (application->args, "object");
  const char *happened = jz_application_get_text (application, "happened");
  gint64 key = 0;
  char time[JZ_INSTANT_SIZE];
  char today[JZ_DATE_SIZE];
  JzObject object = { 0 };
  g_autofree char *id = jz_application_make_thing (application, &key);

  if (value == NULL || !jz_object_from_json (value, &object)) {
    g_set_error_literal (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED,
                         _ ("An entry that attaches a file does not name it."));
    return FALSE;
  }
  jz_date_format (jz_instant_get_date (application->record->entry->time), today);
  if (made != NULL)
    *made = g_strdup (id);
  return jz_connection_run (
           application->tables, error,
           "INSERT INTO attachment (key, id, case_id, name, description, happened, recorded, "
           "added_by, object, size, chunks) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "ittttttthih", key, id, jz_application_get_text (application, "case"),
           jz_application_get_text (application, "name"),
           jz_application_get_text (application, "description"),
           happened[0] != '\0' ? happened : today, jz_application_get_time (application, time),
           application->record->entry->actor, &object.hash, (gint64)object.size,
           object.has_chunks ? &object.chunks : NULL) &&
         index_attachment (application, id, error) && state_file (application, id, error);
}

static gboolean
apply_add (JzApplication *application, GError **error)
{
  return jz_apply_attachment (application, NULL, error);
}

static const JzArgument describe_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which attachment") },
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 255, NULL, N_ ("name of the file") },
  { "description", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL, N_ ("what it is") },
  { NULL },
};

static const JzArgument state_arguments[] = {
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },
  { "attachment", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which attachment") },
  { "step", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("the step of the case that it shows") },
  { NULL },
};

static gboolean
check_describe (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *attachment = jz_situation_get_text (situation, "attachment");
  g_autofree char *added_by = NULL;

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error) ||
      !jz_connection_get_text (situation->tables, &added_by, error,
                               "SELECT added_by FROM attachment WHERE id = ? AND case_id = ?", "tt",
                               attachment, situation->case_id))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (added_by != NULL && strcmp (added_by, situation->actor) != 0 &&
      !jz_word_is_in (situation->role, KEEPERS_OF_ALL))
    jz_refuse (refusal, "J-ATTACHMENT", _ ("Ask a handler of the case, or the archivist."),
               _ ("Somebody else has attached this; in your role you describe only what you "
                  "attached yourself."));
  else if (added_by == NULL)
    jz_refuse (refusal, "J-ATTACHMENT", _ ("Choose an attachment of this case."),
               _ ("There is no attachment %s in this case."), attachment);
  return TRUE;
}

static gboolean
apply_describe (JzApplication *application, GError **error)
{
  const char *id = jz_application_get_text (application, "attachment");

  return jz_connection_run (application->tables, error,
                            "UPDATE attachment SET name = ?, description = ? WHERE id = ?", "ttt",
                            jz_application_get_text (application, "name"),
                            jz_application_get_text (application, "description"), id) &&
         index_attachment (application, id, error);
}

/* Said to show another step, what is sealed off would be open to everybody. */
static gboolean
check_sealed (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;

  if (jz_situation_get_text (self, "step")[0] == '\0')
    return TRUE;
  stated = jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);
  if (stated != NULL &&
      jz_recording_is_forbidden (stated, jz_situation_get_text (self, "attachment")))
    jz_refuse (refusal, "J-SEALED", _ ("An approver or the head decides what becomes of it."),
               _ ("This recording is sealed off, because the step must not be recorded; it stays "
                  "linked to the step."));
  return stated != NULL;
}

static gboolean
check_state (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  if (!check_describe (situation, refusal, error))
    return FALSE;
  if (*refusal == NULL)
    check_moment (situation, refusal);
  if (*refusal == NULL && !check_step (situation, refusal, error))
    return FALSE;
  return *refusal != NULL || check_sealed (situation, refusal, error);
}

static gboolean
apply_state (JzApplication *application, GError **error)
{
  return state_file (application, jz_application_get_text (application, "attachment"), error);
}

const JzAct jz_acts_attachment[] = {
  {
    .name = "attachment.add",
    .version = 1,
    .summary = N_ ("Attach a file to a case."),
    .roles = KEEPERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = add_arguments,
    .prepare = jz_prepare_attachment,
    .check = check_add,
    .apply = apply_add,
    .makes_thing = TRUE,
    .facts = STATED " " READ,
  },
  {
    .name = "attachment.describe",
    .version = 1,
    .summary = N_ ("Change the name and description of an attachment; its content never changes."),
    .roles = KEEPERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = describe_arguments,
    .inverse = "attachment.describe",
    .check = check_describe,
    .apply = apply_describe,
  },
  {
    .name = "attachment.state",
    .version = 1,
    .summary = N_ ("Say where a file comes from, when, where and by whom it was made."),
    .roles = KEEPERS,
    .scope = JZ_SCOPE_CASE,
    .arguments = state_arguments,
    .inverse = "attachment.state",
    .check = check_state,
    .apply = apply_state,
    .facts = STATED,
  },
  { NULL },
};
