/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/clock.h"
#include "base/identity_code.h"
#include "base/money.h"
#include "cli/cli.h"

static int
print_code (const JzIdentityCode *code, gboolean as_json)
{
  static const char *const verdicts[] = {
    [JZ_IDENTITY_VALID] = "valid", [JZ_IDENTITY_WARNING] = "warning", [JZ_IDENTITY_ERROR] = "error"
  };
  g_autoptr (JzJson) json = jz_json_new_object ();

  jz_json_set_text (json, "code", code->code);
  jz_json_set_text (json, "result", verdicts[code->verdict]);
  if (code->rule != NULL)
    jz_json_set_text (json, "rule", code->rule);
  if (code->sentence != NULL)
    jz_json_set_text (json, "sentence", code->sentence);
  if (as_json)
    jz_cli_print_json (json);
  else if (code->verdict == JZ_IDENTITY_VALID)
    g_print (_ ("%s is right.\n"), code->code);
  else
    g_printerr ("%s: %s\n", code->rule, code->sentence);
  return code->verdict == JZ_IDENTITY_ERROR ? JZ_EXIT_NOT_VERIFIED : JZ_EXIT_DONE;
}

static int
print_amount (const char *value, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = jz_json_new_object ();
  g_autofree char *capitals = NULL;
  gint64 amount_fen = 0;

  if (!jz_money_parse (value, &amount_fen, &error))
    return jz_cli_fail (error);
  capitals = jz_money_to_capitals (amount_fen);
  jz_json_set_integer (json, "amount_fen", amount_fen);
  jz_json_set_text (json, "capitals", capitals);
  if (as_json)
    jz_cli_print_json (json);
  else
    g_print ("%s\n", capitals);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_code:
 * @argc: number of words
 * @argv: the words
 *
 * `code uscc|id|amount VALUE`: checks a unified social credit code or a resident identity number (4
 * when it is wrong), or writes an amount in capitals (rules.md §8).
 *
 * Returns: exit status
 */
int
jz_cli_code (int argc, char **argv)
{
  g_autoptr (JzClock) clock = jz_clock_new_system ();
  JzDate today = jz_instant_get_date (jz_clock_now (clock));
  gboolean as_json = FALSE;
  int status = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 2, 2, &status))
    return status;
  if (strcmp (argv[1], "amount") == 0)
    return print_amount (argv[2], as_json);
  if (strcmp (argv[1], "uscc") == 0 || strcmp (argv[1], "id") == 0) {
    g_autoptr (JzIdentityCode) code = strcmp (argv[1], "uscc") == 0
                                        ? jz_identity_code_check_uscc (argv[2])
                                        : jz_identity_code_check_resident (argv[2], today, FALSE);
    return print_code (code, as_json);
  }
  return jz_cli_misuse (_ ("Write code uscc VALUE, code id VALUE or code amount VALUE."));
}
