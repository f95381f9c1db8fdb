/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "penalty-fixture.h"

#include <gio/gio.h>

#include "office/replay.h"

/* make-golden FOLDER: writes juanzong.db and dump.txt as test-golden.c wants them, with one penalty
 * that went all its way and one that waits for its reviewer. Run once for a release; what it wrote
 * is never made anew afterwards. */

#define CLOSE "'happened':'2025-01-02','ground':'已履行'"
#define ARCHIVE "'happened':'2025-01-02','class':'定期10年','keep_until':'2035-01-01'"

static void
play (Penalty *penalty)
{
  g_autofree char *sealed = NULL;
  g_autofree char *served = NULL;

  penalty_init (penalty);
  penalty_play (penalty, PENALTY_LEAD, PENALTY_DECIDED);
  sealed = g_strdup_printf ("'document':'%s','how':'sealed','on':'2025-01-02','copies':3",
                            penalty->decision);
  served = g_strdup_printf ("'document':'%s','decision.served_on':'2025-01-02'", penalty->decision);
  penalty_do (penalty, "handler", "document.sign", sealed);
  penalty_do (penalty, "handler", "decision.serve", served);
  penalty_do (penalty, "handler", "payment.record",
              "'payment.route':'bank','payment.paid':250000,'payment.paid_on':'2025-01-02'");
  penalty_do (penalty, "handler", "closing.state",
              "'case.closing_ground':'performed','case.closing_ground_on':'2025-01-02'");
  penalty_excuse (penalty);
  penalty_do (penalty, "handler", "case.close", CLOSE);
  penalty_do (penalty, "archivist", "dossier.bind", "");
  penalty_do (penalty, "archivist", "case.archive", ARCHIVE);
  penalty_reset (penalty);
  penalty_play (penalty, PENALTY_LEAD, PENALTY_SUBMITTED);
  test_office_close (&penalty->office);
}

static void
write_dump (const char *database, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) journal = jz_connection_open (database, JZ_CONNECTION_READ, &error);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileOutputStream) stream = NULL;

  g_assert_no_error (error);
  stream = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (jz_dump (journal, G_OUTPUT_STREAM (stream), &error));
  g_assert_true (g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, &error));
}

/* Small pages, so that little is kept that says nothing. */
static void
write_database (const char *store, const char *path)
{
  g_autofree char *source = g_build_filename (store, "juanzong.db", NULL);
  g_autofree char *into = g_strdup_printf ("PRAGMA page_size = 1024; VACUUM INTO '%s'", path);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzConnection) connection = jz_connection_open (source, JZ_CONNECTION_WRITE, &error);

  g_assert_no_error (error);
  g_assert_true (jz_connection_execute (connection, into, &error));
}

int
main (int argc, char **argv)
{
  g_auto (Penalty) penalty = { 0 };
  g_autofree char *database = NULL;
  g_autofree char *dump = NULL;

  if (argc != 2) {
    g_printerr ("Usage: make-golden FOLDER\n");
    return 1;
  }
  database = g_build_filename (argv[1], "juanzong.db", NULL);
  dump = g_build_filename (argv[1], "dump.txt", NULL);
  play (&penalty);
  write_database (penalty.office.path, database);
  write_dump (database, dump);
  return 0;
}
