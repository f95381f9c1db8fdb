/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bench.h"
#include "bench_fill.h"
#include "bench_reference.h"

typedef struct {
  TestOffice office;
  char *case_id;
  Reference *reference;
  guint n_changes;
  guint n_queued;
} Acts;

static void
perform (Acts *self, const char *user, const char *act, const JzJson *args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    test_office_try_batch (&self->office, user, act, &args, 1, &error);

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
}

static void
step_note (gpointer data)
{
  Acts *self = data;
  g_autoptr (JzJson) args = make_note (self->case_id);

  perform (self, "handler", "case.note", args);
}

static void
step_change (gpointer data)
{
  Acts *self = data;
  g_autoptr (JzJson) args =
    test_json (self->n_changes++ % 2 == 0 ? "{'name':'certificate.years','value':'4'}"
                                          : "{'name':'certificate.years','value':'5'}");

  perform (self, "admin", "setting.change", args);
}

static void
step_queue (gpointer data)
{
  Acts *self = data;
  g_autoptr (Filler) filler = filler_new (&self->office);

  for (guint i = 0; i < self->n_queued; i++) {
    g_autoptr (JzJson) args = make_note (self->case_id);
    filler_queue (filler, "handler", "case.note", args);
  }
  filler_wait (filler);
}

static void
step_commit (gpointer data)
{
  Acts *self = data;
  reference_commit (self->reference);
}

static void
step_sign_and_commit (gpointer data)
{
  Acts *self = data;
  reference_sign_and_commit (self->reference);
}

static void
step_commit_many (gpointer data)
{
  Acts *self = data;
  reference_commit_many (self->reference, self->n_queued);
}

/* What the journal holds of a note, in bytes: entry, hash, salt and payload. */
static gsize
measure_note (Acts *self)
{
  g_autoptr (JzJson) args = make_note (self->case_id);
  const JzJson *all[] = { args };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    test_office_try_batch (&self->office, "handler", "case.note", all, 1, &error);
  const JzJournalRecord *record;
  g_autoptr (GBytes) leaf_data = NULL;

  g_assert_no_error (error);
  record = g_ptr_array_index (outcome->records, 0);
  leaf_data = jz_entry_get_leaf_data (record->entry);
  return g_bytes_get_size (leaf_data) + 2 * JZ_HASH_LENGTH + strlen (record->payload);
}

void
bench_acts (Bench *bench)
{
  Acts self = { .n_queued = bench->is_quick ? 2000 : 10000 };
  guint n_rounds = bench->is_quick ? 9 : 15;
  guint n_steps = bench->is_quick ? 100 : 200;
  BenchSide unsigned_acts[] = { { step_note, &self }, { step_commit, &self } };
  BenchSide signed_acts[] = { { step_change, &self }, { step_sign_and_commit, &self } };
  BenchSide queued[] = { { step_queue, &self }, { step_commit_many, &self } };

  test_office_staff (&self.office);
  self.case_id = test_office_open_case (&self.office, "某案");
  self.reference = reference_new (measure_note (&self));
  bench_in_turns (unsigned_acts, n_rounds, n_steps);
  bench_add (bench, "unsigned durable acts (case.note)", "acts/s", unsigned_acts[0].rate,
             "bare SQLite commits of a row", unsigned_acts[1].rate, 0.5);
  bench_in_turns (signed_acts, n_rounds, n_steps);
  bench_add (bench, "signed durable acts (setting.change)", "acts/s", signed_acts[0].rate,
             "bare commit and SM2 signature", signed_acts[1].rate, 0.5);
  bench_in_turns (queued, 5, 1);
  bench_add (bench, "queued acts (case.note)", "acts/s", queued[0].rate * self.n_queued,
             "bare rows, 256 a commit", queued[1].rate * self.n_queued, 0);
  reference_free (self.reference);
  g_free (self.case_id);
  test_office_clear (&self.office);
}
