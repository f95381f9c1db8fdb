/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/demo.h"
#include "office/role.h"

static char *
describe_roles (const JzJson *roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (roles); i++) {
    const char *name = jz_json_get_text (jz_json_get_item (roles, i));
    const JzRole *role = jz_role_find (name);
    g_string_append_printf (text, "%s%s", i > 0 ? C_ ("list", ", ") : "",
                            role != NULL ? _ (role->title) : name);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
describe_people (const JzJson *people)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (people); i++) {
    const JzJson *person = jz_json_get_item (people, i);
    g_autofree char *roles = describe_roles (jz_json_get_member (person, "roles"));
    /* Translators: user name, name, roles */
    g_string_append_printf (text, _ ("%1$s: %2$s (%3$s)"), jz_json_get_member_text (person, "user"),
                            jz_json_get_member_text (person, "name"), roles);
    g_string_append (text, i + 1 < jz_json_get_n_items (people) ? C_ ("list", "; ") : "");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static int
get_count (const JzJson *json, const char *stage)
{
  return (int)jz_json_get_member_integer (jz_json_get_member (json, "cases"), stage, 0);
}

static void
print_description (const char *path, const JzJson *json)
{
  g_autofree char *people = describe_people (jz_json_get_member (json, "people"));

  g_print (_ ("%1$s is the invented office %2$s; its clock stands at %3$s. Cases: %4$d open, %5$d "
              "closed, %6$d archived, %7$d destroyed. Everybody has the password %8$s. People: "
              "%9$s.\n"),
           path, jz_json_get_member_text (json, "bureau"), jz_json_get_member_text (json, "clock"),
           get_count (json, "open"), get_count (json, "closed"), get_count (json, "archived"),
           get_count (json, "destroyed"), JZ_DEMO_PASSWORD, people);
  g_print (
    _ ("Its cases are in every stage of an ordinary penalty. See them with case list %1$s and "
       "case show %1$s CASE, find a text with search %1$s TEXT, see its rules with rules "
       "list --store %1$s, and write a dossier with dossier %1$s CASE.\n"),
    path);
}

static int
make (const JzDemo *demo, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) json = NULL;

  if (!jz_demo_make (demo, &error))
    return jz_cli_fail (error);
  json = jz_demo_describe (demo->path, &error);
  if (json == NULL)
    return jz_cli_fail (error);
  if (as_json) {
    jz_json_set_text (json, "path", demo->path);
    jz_cli_set_warnings (json, demo->warnings);
    jz_cli_print_json (json);
  } else
    print_description (demo->path, json);
  jz_cli_print_warnings (demo->warnings);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_demo:
 * @argc: number of words
 * @argv: the words
 *
 * `demo STORE [--cases N] [--seed S]`: makes an invented office with cases; the same seed gives the
 * same office.
 *
 * Returns: exit status
 */
int
jz_cli_demo (int argc, char **argv)
{
  gboolean as_json = FALSE;
  gint n_cases = 40;
  gint64 seed = 1;
  int status = 0;
  const GOptionEntry entries[] = {
    { "cases", 0, 0, G_OPTION_ARG_INT, &n_cases, N_ ("How many cases (40)"), N_ ("N") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed,
      N_ ("Number from which all that is invented follows (1)"), N_ ("S") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  JzDemo demo = { 0 };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  if (n_cases < 0 || n_cases > JZ_DEMO_MAX_CASES) {
    g_autofree char *sentence = g_strdup_printf (
      _ ("There can be from 0 to %d cases; give another number with --cases."), JZ_DEMO_MAX_CASES);
    return jz_cli_misuse (sentence);
  }
  demo = (JzDemo){
    .path = argv[1],
    .n_cases = (guint)n_cases,
    .seed = (guint64)seed,
    .warnings = warnings,
  };
  return make (&demo, as_json);
}
