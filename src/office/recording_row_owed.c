/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/case_facts-private.h"
#include "office/recording_row.h"

/* The steps of a case that owe a recording, as the list of all recordings shows them: there is none
 * and nobody says why, or what is said is not approved, or a gap is left. */

typedef struct {
  const JzCaseView *view;
  const GPtrArray *steps; /* JzRecordedStep */
  GPtrArray *rows;
  GError **error;
} Owing;

static char *
dup_debt (const JzRecordedStep *step)
{
  g_autofree char *gaps = NULL;

  if (step->is_quarantined)
    return g_strdup (_ ("recorded, though it must not be; nothing is decided of that"));
  gaps = step->is_present ? jz_recorded_step_dup_gaps (step) : NULL;
  if (gaps != NULL)
    return g_strdup_printf (_ ("gaps: %s"), gaps);
  switch (step->statement_state) {
  case JZ_STATEMENT_WAITING:
    return g_strdup (_ ("no recording; the reason waits to be approved"));
  case JZ_STATEMENT_REFUSED:
    return g_strdup (_ ("no recording; the reason was not accepted"));
  case JZ_STATEMENT_NONE:
  case JZ_STATEMENT_APPROVED:
  default:
    return g_strdup (_ ("no recording, and no reason why"));
  }
}

/* Steps of one entry are told apart by how many of them came before. */
static gint64
make_step_key (const Owing *self, guint i)
{
  const JzRecordedStep *step = g_ptr_array_index (self->steps, i);
  gint64 n_before = 0;

  for (guint j = 0; j < i; j++) {
    const JzRecordedStep *before = g_ptr_array_index (self->steps, j);
    n_before += before->record->arrival == step->record->arrival;
  }
  return -(step->record->arrival * 256 + n_before);
}

static gboolean
add_debt (const Owing *self, guint i)
{
  const JzRecordedStep *step = g_ptr_array_index (self->steps, i);
  g_autoptr (JzRecordingRow) row = g_new0 (JzRecordingRow, 1);
  g_autofree char *time = NULL;

  if (!jz_connection_get_text (self->view->reader, &time, self->error,
                               "SELECT time FROM entry WHERE arrival = ?", "i",
                               step->record->arrival))
    return FALSE;
  row->key = make_step_key (self, i);
  row->step = g_strdup (step->id);
  row->go = g_strdup_printf ("cases/%s/recordings/%s", self->view->case_id, step->id);
  row->name = g_strdup (jz_text_get (&step->rule->rule.name, jz_language_get_current ()));
  row->label = g_strdup (jz_act_get_label (step->act));
  row->device = g_strdup ("");
  row->model = g_strdup ("");
  row->duration_ms = step->has_span ? step->span.to - step->span.from : -1;
  if (step->has_span)
    jz_instant_format (step->span.from, row->began);
  else if (time != NULL)
    g_strlcpy (row->began, time, sizeof row->began);
  row->state = dup_debt (step);
  row->flags = JZ_RECORDING_IN (JZ_RECORDING_VIEW_OWED);
  g_ptr_array_add (self->rows, g_steal_pointer (&row));
  return TRUE;
}

/**
 * jz_recording_row_collect_owed:
 * @view: a case
 * @steps: as of jz_recorded_steps_list()
 * @rows: (element-type JzRecordingRow): gets those that owe something
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_recording_row_collect_owed (const JzCaseView *view,
                               const GPtrArray *steps,
                               GPtrArray *rows,
                               GError **error)
{
  const Owing self = { view, steps, rows, error };

  for (guint i = 0; i < steps->len; i++)
    if (jz_recorded_step_owes (g_ptr_array_index (steps, i)) && !add_debt (&self, i))
      return FALSE;
  return TRUE;
}

/**
 * jz_recording_row_collect_archived:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: an archived case
 * @now: the time
 * @rows: (element-type JzRecordingRow): gets its recordings
 * @error: return location
 *
 * Like jz_recording_row_collect(); a case without files, as most old ones are, is not looked into.
 *
 * Returns: whether they could be read
 */
gboolean
jz_recording_row_collect_archived (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   JzInstant now,
                                   GPtrArray *rows,
                                   GError **error)
{
  g_auto (JzCaseView) view = { NULL };
  gint64 has_files = 0;

  if (!jz_connection_get_number (reader, &has_files, error,
                                 "SELECT EXISTS (SELECT 1 FROM attachment WHERE case_id = ?)", "t",
                                 case_id))
    return FALSE;
  return !has_files || (jz_case_view_open (&view, reader, objects, case_id, now, error) &&
                        jz_recording_row_collect (&view, TRUE, rows, error));
}
