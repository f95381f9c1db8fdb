/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/vfs.h>

#include <linux/magic.h>
#include <openssl/crypto.h>
#include <sqlite3.h>

/* Measures what this program does beside what the libraries under it can do at best, prints a
 * table and keeps it. It is no test: nothing fails because a machine is slow. */

static char *output;
static char *folder;
static char *only;
static gboolean is_quick;

static const GOptionEntry options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Keep the table in FILE", "FILE" },
  { "folder", 'f', 0, G_OPTION_ARG_FILENAME, &folder, "Measure on the disk of DIR", "DIR" },
  { "quick", 'q', 0, G_OPTION_ARG_NONE, &is_quick, "Measure less, in about two minutes", NULL },
  { "only", 0, 0, G_OPTION_ARG_STRING, &only,
    "Measure one part: acts, gates, signatures, objects, pages, growth, memory, search, "
    "cases, import, media, publish, redaction",
    "PART" },
  { NULL },
};

static const struct {
  const char *name;
  void (*measure) (Bench *);
} parts[] = {
  { "acts", bench_acts },           { "gates", bench_gates },
  { "pages", bench_pages },         { "signatures", bench_signatures },
  { "objects", bench_objects },     { "memory", bench_memory },
  { "growth", bench_growth },       { "search", bench_search },
  { "cases", bench_cases },         { "import", bench_import },
  { "media", bench_media },         { "publish", bench_publish },
  { "redaction", bench_redaction },
};

/* Beside the table, or where the system puts what is temporary. */
static char *
choose_folder (void)
{
  const char *given = folder != NULL ? folder : g_getenv ("G_TMPDIR");

  if (given != NULL)
    return g_canonicalize_filename (given, NULL);
  if (output != NULL) {
    g_autofree char *beside = g_path_get_dirname (output);
    return g_canonicalize_filename (beside, NULL);
  }
  return g_strdup (g_get_tmp_dir ());
}

static gboolean
is_real_disk (const char *path)
{
  struct statfs info;

  if (statfs (path, &info) != 0) {
    g_printerr ("There is no folder %s to measure in; name one with --folder.\n", path);
    return FALSE;
  }
  if (info.f_type == TMPFS_MAGIC || info.f_type == RAMFS_MAGIC) {
    g_printerr ("%s is in memory, where a commit costs nothing; name a folder on a disk with "
                "--folder.\n",
                path);
    return FALSE;
  }
  return TRUE;
}

static char *
describe_machine (const char *path)
{
  double load[3] = { 0 };
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);

  if (getloadavg (load, G_N_ELEMENTS (load)) < 0)
    load[0] = 0;
  return g_strdup_printf ("# %s, %u cores, load %.1f, SQLite %s, %s, measured in %s%s\n", time,
                          g_get_num_processors (), load[0], sqlite3_libversion (),
                          OpenSSL_version (OPENSSL_VERSION), path, is_quick ? ", quick" : "");
}

static gboolean
keep (Bench *self, const char *machine)
{
  g_autofree char *table = bench_to_table (self);
  g_autofree char *tsv = bench_to_tsv (self);
  g_autofree char *kept = g_strconcat (machine, tsv, NULL);
  g_autoptr (GError) error = NULL;

  g_print ("\n%s\n%s", machine, table);
  if (output == NULL || g_file_set_contents (output, kept, -1, &error))
    return TRUE;
  g_printerr ("%s\n", error->message);
  return FALSE;
}

static gboolean
measure (Bench *self)
{
  gboolean is_known = only == NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (only != NULL && strcmp (only, parts[i].name) != 0)
      continue;
    is_known = TRUE;
    parts[i].measure (self);
  }
  if (!is_known)
    g_printerr ("There is no part %s; --help names them.\n", only);
  return is_known;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context =
    g_option_context_new ("- what acts, verify and rebuild cost");
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *machine = NULL;
  g_auto (Bench) bench = { .rows = NULL };

  if (argc > 1 && strcmp (argv[1], "--child") == 0)
    return bench_be_child (argc, argv);
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  path = choose_folder ();
  if (!is_real_disk (path))
    return 2;
  /* Before GLib looks: all that is temporary comes to lie there. */
  g_setenv ("TMPDIR", path, TRUE);
  machine = describe_machine (path);
  bench_init (&bench, is_quick);
  if (!measure (&bench))
    return 1;
  return keep (&bench, machine) ? 0 : 2;
}
