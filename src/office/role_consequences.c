/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "office/act.h"
#include "office/act_words.h"
#include "office/role.h"

/* What it means to hold a role, from the tables that the checks themselves go by. */

/* More than so many are not read. */
#define MOST_ACTS 8

static char *
list_acts (const char *role, gsize *n_more)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;
  gsize n_acts = 0;
  gsize n_listed = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  *n_more = 0;
  for (gsize i = 0; i < n_acts; i++) {
    gboolean may = !g_str_equal (acts[i]->roles, "*") && jz_word_is_in (role, acts[i]->roles);
    if (!may || (acts[i]->flags & JZ_ACT_OWN_MEANS) != 0)
      continue;
    if (n_listed++ < MOST_ACTS)
      g_strv_builder_add (builder, jz_act_get_label (acts[i]->name));
    else
      (*n_more)++;
  }
  labels = g_strv_builder_end (builder);
  /* Translators: stands between the names of roles in a list. */
  return g_strjoinv (_ (", "), labels);
}

/**
 * jz_role_dup_consequences:
 * @name: a role
 *
 * Returns: (transfer full): what who holds it may do, and what is closed to the person for that in
 *   the same case; the empty text for a role that only looks
 */
char *
jz_role_dup_consequences (const char *name)
{
  gsize n_more = 0;
  g_autofree char *acts = list_acts (name, &n_more);
  const char *excluded = jz_duty_get_excluded (name);
  g_autofree char *words = jz_role_list_words (excluded);
  g_autoptr (GString) text = g_string_new (NULL);

  if (acts[0] != '\0' && n_more == 0)
    g_string_append_printf (text, _ ("May: %s."), acts);
  else if (acts[0] != '\0')
    g_string_append_printf (text, _ ("May: %1$s, and %2$d more."), acts, (int)n_more);
  if (excluded[0] != '\0') {
    g_string_append (text, text->len > 0 ? " " : "");
    g_string_append_printf (text, _ ("In the same case not also: %s."), words);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
