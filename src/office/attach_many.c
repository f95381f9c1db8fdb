/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/attach_many.h"

#include <string.h>

#include "office/apply.h"
#include "office/fact_arguments.h"
#include "office/taken.h"

/* Twenty photos and three recordings of one step come in at once (ux.md §11, job 7): all files or
 * none, then each recording as that of its step, then all of them as one item of evidence. What the
 * rules refuse of the later two keeps no file from being in the case; it is told as a warning. */

typedef struct {
  JzOffice *office;
  JzSession *session;
  GCancellable *cancellable;
  JzActOutcome *outcome; /* of the files */
} Attaching;

static JzActOutcome *
perform (const Attaching *self, const char *act, GPtrArray *args, GError **error)
{
  JzActOutcome *outcome = NULL;
  JzRequest request = { .session = self->session,
                        .act = act,
                        .args = (const JzJson *const *)args->pdata,
                        .n_args = args->len,
                        .cancellable = self->cancellable };

  return jz_office_perform (self->office, &request, &outcome, error) ? outcome : NULL;
}

/* Something that follows from the files; they stay whatever comes of it. */
static void
perform_too (Attaching *self, const char *act, GPtrArray *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome = args->len > 0 ? perform (self, act, args, &error) : NULL;

  if (error != NULL)
    jz_act_outcome_add_warning (self->outcome, error->message);
  else if (outcome != NULL && outcome->refusal != NULL)
    jz_act_outcome_add_warning (self->outcome, jz_refusal_get_sentence (outcome->refusal));
  else if (outcome != NULL)
    g_ptr_array_extend_and_steal (self->outcome->records, g_ptr_array_ref (outcome->records));
}

static gboolean
is_recording (const JzJson *args)
{
  const char *kind = jz_json_get_member_text (args, "attachment.items.kind");

  return jz_json_get_member_text (args, "step") != NULL && kind != NULL &&
         (strcmp (kind, "video") == 0 || strcmp (kind, "audio") == 0);
}

static void
copy_reason (const JzJson *from, JzJson *to)
{
  const char *reason = jz_json_get_member_text (from, JZ_LATE_REASON);

  if (reason != NULL)
    jz_json_set_text (to, JZ_LATE_REASON, reason);
}

static const char *
get_begin (const JzJson *args)
{
  const char *happened = jz_json_get_member_text (args, "attachment.items.happened_at");

  return happened != NULL ? happened : jz_json_get_member_text (args, "attachment.items.taken_at");
}

/* From when to when it runs, as far as the file or the person says; what a device without a right
 * clock says of times to come is left for a person to put right. */
static void
add_span (JzInstant now, const JzJson *args, JzJson *bind)
{
  const char *begin = get_begin (args);
  gint64 duration = jz_json_get_member_integer (args, "attachment.items.duration_ms", -1);
  char end[JZ_INSTANT_SIZE];
  JzInstant moment = 0;

  if (begin == NULL || duration < 0 || !jz_instant_parse (begin, &moment, NULL) ||
      moment + duration > now)
    return;
  jz_instant_format (moment + MAX (duration, 1), end);
  jz_json_set_text (bind, "started_at", begin);
  jz_json_set_text (bind, "finished_at", end);
}

/* Returns: the ids of the files. */
static GStrv
bind_recordings (Attaching *self)
{
  g_autoptr (GPtrArray) binds = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  GPtrArray *ids = g_ptr_array_new ();
  JzInstant now = jz_clock_now (jz_office_get_clock (self->office));

  for (guint i = 0; i < self->outcome->records->len; i++) {
    const JzJournalRecord *record = g_ptr_array_index (self->outcome->records, i);
    g_autoptr (JzJson) args = jz_journal_record_dup_args (record, NULL);
    g_autofree char *id = jz_journal_record_dup_made (record);
    if (args != NULL && is_recording (args)) {
      JzJson *bind = jz_json_new_object ();
      jz_json_set_text (bind, "case", jz_json_get_member_text (args, "case"));
      jz_json_set_text (bind, "of", jz_json_get_member_text (args, "step"));
      jz_json_set_text (bind, "attachment", id);
      copy_reason (args, bind);
      add_span (now, args, bind);
      g_ptr_array_add (binds, bind);
    }
    g_ptr_array_add (ids, g_steal_pointer (&id));
  }
  g_ptr_array_add (ids, NULL);
  perform_too (self, "recording.bind", binds);
  return (GStrv)g_ptr_array_free (ids, FALSE);
}

static void
add_evidence (Attaching *self, const JzJson *evidence, const char *const *ids)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  JzJson *args = jz_json_copy (evidence);
  JzJson *more = jz_json_new_array ();

  jz_json_set_text (args, "attachment", ids[0]);
  for (gsize i = 1; ids[i] != NULL; i++)
    jz_json_append (more, jz_json_new_text (ids[i]));
  if (jz_json_get_n_items (more) > 0)
    jz_json_set_member (args, "attachments", jz_json_ref (more));
  jz_json_unref (more);
  g_ptr_array_add (all, args);
  perform_too (self, "evidence.add", all);
}

static void
drop_tokens (JzOffice *office, const JzJson *files)
{
  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    const char *token = jz_json_get_member_text (jz_json_get_item (files, i), "taken");
    /* It is named now, so that nothing is removed and nothing can fail. */
    if (token != NULL)
      (void)jz_office_drop_taken (office, token, NULL);
  }
}

/**
 * jz_attach_many:
 * @office: an office open for writing
 * @session: who is signed in
 * @plan: `files`, an array of arguments of `attachment.add`, and perhaps `evidence`, arguments of
 *   `evidence.add` without files
 * @cancellable: (nullable): while it is prepared
 * @error: return location
 *
 * Adds files to a case with what belongs to it. To be called where acts are performed.
 *
 * Returns: (transfer full) (nullable): what came of it: refused where the files were; the entries
 *   of the files first
 */
JzActOutcome *
jz_attach_many (JzOffice *office,
                JzSession *session,
                const JzJson *plan,
                GCancellable *cancellable,
                GError **error)
{
  const JzJson *files = jz_json_get_member (plan, "files");
  const JzJson *evidence = jz_json_get_member (plan, "evidence");
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  g_auto (GStrv) ids = NULL;
  Attaching attaching = { office, session, cancellable, NULL };

  g_return_val_if_fail (files != NULL && jz_json_get_n_items (files) > 0, NULL);

  for (guint i = 0; i < jz_json_get_n_items (files); i++)
    g_ptr_array_add (args, jz_json_ref ((JzJson *)jz_json_get_item (files, i)));
  attaching.outcome = perform (&attaching, "attachment.add", args, error);
  if (attaching.outcome == NULL || attaching.outcome->refusal != NULL)
    return attaching.outcome;
  ids = bind_recordings (&attaching);
  if (evidence != NULL)
    add_evidence (&attaching, evidence, (const char *const *)ids);
  drop_tokens (office, files);
  return attaching.outcome;
}
