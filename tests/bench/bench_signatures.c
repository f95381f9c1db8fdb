/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "bench_fill.h"

static void
sign_entries (TestOffice *office, guint n_entries)
{
  g_autoptr (Filler) filler = filler_new (office);
  g_autoptr (JzJson) args = test_json ("{'name':'certificate.years','value':'4'}");

  for (guint i = 0; i < n_entries; i++)
    filler_queue (filler, "admin", "setting.change", args);
  filler_wait (filler);
}

/* The same signatures one after the other, without a store around them. */
static double
verify_in_a_loop (TestOffice *office)
{
  g_autoptr (GError) error = NULL;
  JzStore *store = jz_office_get_store (office->office);
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzJournalCursor) cursor = jz_journal_cursor_new (reader, 1, G_MAXINT64, &error);
  JzCertificate *certificate = jz_session_get_certificate (test_office_sign_in (office, "admin"));
  double seconds = 0;
  guint n_verified = 0;

  for (;;) {
    g_autoptr (JzJournalRecord) record = NULL;
    g_autoptr (GBytes) body = NULL;
    double begin;
    g_assert_true (jz_journal_cursor_next (cursor, &record, &error));
    if (record == NULL)
      break;
    if (g_strcmp0 (record->entry->act, "setting.change") != 0)
      continue;
    body = jz_entry_get_body (record->entry);
    begin = bench_now ();
    g_assert_true (jz_certificate_verify (
      certificate, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
      g_bytes_get_data (record->entry->sig, NULL), g_bytes_get_size (record->entry->sig)));
    seconds += bench_now () - begin;
    n_verified++;
  }
  g_clear_pointer (&cursor, jz_journal_cursor_free);
  jz_store_return_reader (store, reader);
  return n_verified / seconds;
}

void
bench_signatures (Bench *bench)
{
  g_auto (TestOffice) office = { NULL };
  guint n_cores = g_get_num_processors ();
  double in_store[5];
  double in_loop[5];

  test_office_staff (&office);
  sign_entries (&office, bench->is_quick ? 2000 : 5000);
  for (guint i = 0; i < G_N_ELEMENTS (in_store); i++) {
    BenchChild child;
    bench_run_child ("verify", office.path, "", &child);
    in_store[i] = (double)child.n_signatures / child.seconds;
    in_loop[i] = verify_in_a_loop (&office);
  }
  /* Of verify, all of it, not only its signatures. */
  bench_add (bench, "verify of a store of signed entries", "sig/s",
             bench_best (in_store, G_N_ELEMENTS (in_store)), "signatures in one thread",
             bench_best (in_loop, G_N_ELEMENTS (in_loop)), 0.75 * n_cores);
}
