/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <signal.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"

#include "acts.h"
#include "cli/cli.h"

/* juanzongctl: everything that the window can do, from the command line (design §10). */

const JzCommand jz_commands[] = {
  { "acts", N_ ("[ACT]"), N_ ("List the acts, or show one with its arguments"), jz_cli_acts },
  { "backup", N_ ("STORE FOLDER"), N_ ("Copy a store elsewhere and prove that it restores"),
    jz_cli_backup },
  { "case", N_ ("list|show STORE [CASE]"), N_ ("List cases, or show one with its entries"),
    jz_cli_case },
  { "check-bundle", N_ ("BUNDLE"), N_ ("Check a bundle of publications without the store"),
    jz_cli_check_bundle },
  { "check-proof", N_ ("FILE"), N_ ("Check a proof without the store"), jz_cli_check_proof },
  { "checkpoint", N_ ("STORE"), N_ ("Write the newest checkpoint, to be kept elsewhere"),
    jz_cli_checkpoint },
  { "code", N_ ("uscc|id|amount VALUE"), N_ ("Check a code, or write an amount in capitals"),
    jz_cli_code },
  { "demo", N_ ("STORE"), N_ ("Make an invented office with cases"), jz_cli_demo },
  { "do", N_ ("STORE ACT [JSON|-]"), N_ ("Perform an act; the only way to write"), jz_cli_do },
  { "dossier", N_ ("STORE CASE"), N_ ("Write the dossier of a case as one PDF"), jz_cli_dossier },
  { "due", N_ ("RULE"), N_ ("Compute when a time limit ends, day by day"), jz_cli_due },
  { "forms", N_ ("list|show|check [ID|FILE]"), N_ ("List, show or check forms of documents"),
    jz_cli_forms },
  { "init", N_ ("STORE"), N_ ("Found a store"), jz_cli_init },
  { "prove", N_ ("STORE [ENTRY]"), N_ ("Write a proof that an entry stands in the store"),
    jz_cli_prove },
  { "publish", N_ ("STORE"), N_ ("Write the bundle of what was released in a period"),
    jz_cli_publish },
  { "rebuild", N_ ("STORE"), N_ ("Make the derived tables anew from the journal"), jz_cli_rebuild },
  { "render", N_ ("STORE DOCUMENT"), N_ ("Write a document of a case as PDF"), jz_cli_render },
  { "restore", N_ ("FOLDER STORE"), N_ ("Make a store from a backup"), jz_cli_restore },
  { "rules", N_ ("list|show|check|test [ID]"), N_ ("Show, check and try out the rules"),
    jz_cli_rules },
  { "search", N_ ("STORE TEXT"), N_ ("Find texts of cases, one character or more"), jz_cli_search },
  { "verify", N_ ("STORE"), N_ ("Check that nothing in a store was altered"), jz_cli_verify },
  { NULL },
};

/* Chinese characters take two columns each. */
static int
get_columns (const char *text)
{
  int n_columns = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n_columns += g_unichar_iswide (g_utf8_get_char (at)) ? 2 : 1;
  return n_columns;
}

static void
print_help (void)
{
  g_print ("%s\n\n%s\n", _ ("Usage: juanzongctl COMMAND [OPTION…] …"), _ ("Commands:"));
  for (const JzCommand *command = jz_commands; command->name != NULL; command++) {
    const char *usage = _ (command->usage);
    g_print ("  %-12s %s%*s %s\n", command->name, usage, MAX (24 - get_columns (usage), 0), "",
             _ (command->summary));
  }
  g_print ("\n%s\n%s\n", _ ("juanzongctl COMMAND --help shows the options of a command."),
           _ ("Exit status: 0 done, 1 wrong use, 2 could not look or write, 3 refused, 4 "
              "verification failed."));
}

static const JzCommand *
find_command (const char *name)
{
  for (const JzCommand *command = jz_commands; command->name != NULL; command++)
    if (strcmp (command->name, name) == 0)
      return command;
  return NULL;
}

static void
set_up_language (void)
{
  const char *localedir = g_getenv ("JUANZONG_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : JZ_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int argc, char **argv)
{
  const JzCommand *command;

  set_up_language ();
  jz_acts_connect ();
  /* A file that grows beyond a limit must end in a sentence, not in a killed program. */
  signal (SIGXFSZ, SIG_IGN);
  if (argc < 2)
    return jz_cli_misuse (_ ("Name a command; juanzongctl --help lists them."));
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0) {
    print_help ();
    return JZ_EXIT_DONE;
  }
  if (strcmp (argv[1], "--version") == 0) {
    g_print ("%s\n", JZ_PROGRAM);
    return JZ_EXIT_DONE;
  }
  command = find_command (argv[1]);
  if (command == NULL) {
    g_autofree char *sentence =
      g_strdup_printf (_ ("There is no command %s; juanzongctl --help lists them."), argv[1]);
    return jz_cli_misuse (sentence);
  }
  return command->run (argc - 1, argv + 1);
}
