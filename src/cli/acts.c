/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/role.h"

/* What --role takes, with what people call it. */
static char *
list_roles (const char *roles)
{
  g_auto (GStrv) names = g_strsplit (roles, "|", -1);

  if (strcmp (roles, "*") == 0)
    return g_strdup (_ ("everybody"));
  for (char **name = names; *name != NULL; name++) {
    char *id = *name;
    *name = g_strdup_printf ("%s (%s)", jz_role_word (id), id);
    g_free (id);
  }
  return g_strjoinv (_ (", "), names);
}

static void
print_act (const JzAct *act)
{
  g_autofree char *roles = list_roles (act->roles);
  g_autofree char *proposers =
    act->proposer_roles != NULL ? list_roles (act->proposer_roles) : NULL;

  g_print ("%s@%u\n  %s\n", act->name, act->version, _ (act->summary));
  g_print (_ ("  who: %s\n"), roles);
  if (proposers != NULL)
    g_print (_ ("  proposed by: %s, as %s.propose\n"), proposers, act->name);
  g_print ("  %s\n", (act->flags & JZ_ACT_SIGNED) != 0
                       ? _ ("The entry is signed with the key of who acts.")
                       : _ ("The entry is not signed."));
  if (act->inverse != NULL)
    g_print (_ ("  It is undone by the act %s.\n"), act->inverse);
  else
    g_print ("  %s\n", _ ("It cannot be undone."));
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    g_print ("    %-18s %s %s\n", argument->name,
             argument->source == JZ_REQUIRED   ? _ ("required:")
             : argument->source == JZ_PREPARED ? _ ("by the program:")
                                               : _ ("optional:"),
             jz_argument_get_meaning (argument));
}

static int
show_one (const char *name, gboolean as_json)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (name, &is_proposal);

  if (act == NULL) {
    g_autofree char *sentence =
      g_strdup_printf (_ ("There is no act %s; juanzongctl acts lists them."), name);
    return jz_cli_misuse (sentence);
  }
  if (as_json) {
    g_autoptr (JzJson) json = jz_act_to_json (act);
    jz_cli_print_json (json);
  } else
    print_act (act);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_acts:
 * @argc: number of words
 * @argv: the words
 *
 * `acts [ACT]`: from the same table that performs them.
 *
 * Returns: exit status
 */
int
jz_cli_acts (int argc, char **argv)
{
  gboolean as_json = FALSE;
  int status = 0;
  gsize n_acts = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);
  g_autoptr (JzJson) list = jz_json_new_array ();
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 0, 1, &status))
    return status;
  if (argc == 2)
    return show_one (argv[1], as_json);
  for (gsize i = 0; i < n_acts; i++) {
    if (as_json)
      jz_json_append (list, jz_act_to_json (acts[i]));
    else
      g_print ("%-22s %s\n", acts[i]->name, _ (acts[i]->summary));
  }
  if (as_json)
    jz_cli_print_json (list);
  return JZ_EXIT_DONE;
}
