/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench_fill.h"

#include "bench.h"

/* So many acts are on their way at most: what is prepared waits in memory. */
#define MAX_WAITING 4096
/* Cases that are worked on at the same time, and what happens in each. */
#define N_CASES 64
#define N_NOTES 49

struct _Filler {
  TestOffice *office;
  GMutex mutex;
  GCond cond;
  guint n_waiting;
  GPtrArray *made; /* ids of what was opened */
};

JzJson *
make_note (const char *case_id)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", case_id);
  jz_json_set_text (args, "text",
                    "上午九时到达现场，当事人在场。经查看，其超出核准范围经营，"
                    "已告知其权利，制作现场检查笔录一份，拍照三张。");
  return args;
}

Filler *
filler_new (TestOffice *office)
{
  Filler *self = g_new0 (Filler, 1);

  self->office = office;
  self->made = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  return self;
}

void
filler_free (Filler *self)
{
  g_ptr_array_unref (self->made);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

static void
on_performed (JzActOutcome *outcome, const GError *error, gpointer data)
{
  Filler *self = data;
  const JzJournalRecord *record;

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  record = g_ptr_array_index (outcome->records, 0);
  g_mutex_lock (&self->mutex);
  if (g_strcmp0 (record->entry->act, "case.open") == 0)
    g_ptr_array_add (self->made, g_strdup (record->entry->case_id));
  self->n_waiting--;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  jz_act_outcome_free (outcome);
}

static void
wait_until_at_most (Filler *self, guint most)
{
  g_mutex_lock (&self->mutex);
  while (self->n_waiting > most)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

void
filler_queue (Filler *self, const char *user, const char *act, const JzJson *args)
{
  g_autoptr (GError) error = NULL;
  const JzJson *all[] = { args };
  JzRequest request = {
    .session = test_office_sign_in (self->office, user), .act = act, .args = all, .n_args = 1
  };
  JzTask *task = jz_office_prepare (self->office->office, &request, &error);

  g_assert_no_error (error);
  wait_until_at_most (self, MAX_WAITING);
  g_mutex_lock (&self->mutex);
  self->n_waiting++;
  g_mutex_unlock (&self->mutex);
  jz_office_queue (self->office->office, task, on_performed, self);
}

void
filler_wait (Filler *self)
{
  wait_until_at_most (self, 0);
}

static gint64
open_cases (Filler *self, gint64 n_left)
{
  g_autoptr (JzJson) args = test_json (
    "{'title':'某案','party':'某某商贸有限公司','matter':'超出核准范围经营','found':'2025-01-02'}");
  guint n_cases = (guint)MIN (N_CASES, n_left);

  for (guint i = 0; i < n_cases; i++)
    filler_queue (self, "handler", "case.open", args);
  filler_wait (self);
  return n_cases;
}

static gint64
write_notes (Filler *self, gint64 n_left)
{
  gint64 n_notes = MIN ((gint64)self->made->len * N_NOTES, n_left);

  for (gint64 i = 0; i < n_notes; i++) {
    g_autoptr (JzJson) args = make_note (g_ptr_array_index (self->made, i % self->made->len));
    filler_queue (self, "handler", "case.note", args);
  }
  filler_wait (self);
  g_ptr_array_set_size (self->made, 0);
  return n_notes;
}

void
filler_fill (Filler *self, gint64 n_entries)
{
  gint64 n_left = n_entries - test_office_count (self->office, "SELECT count (*) FROM entry");

  while (n_left > 0) {
    n_left -= open_cases (self, n_left);
    n_left -= write_notes (self, n_left);
  }
}
