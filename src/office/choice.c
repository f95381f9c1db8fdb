/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/choice.h"

#include <string.h>

#include "office/role.h"

/* The place of a role in the list of those that may, -1 when it is none of them. */
static int
get_rank (const char *role, const char *roles)
{
  gsize length = strlen (role);
  gsize n_roles = 0;
  int rank = 0;
  const JzRole *all = jz_role_get_all (&n_roles);

  if (strcmp (roles, "*") == 0) {
    for (gsize i = 0; i < n_roles; i++)
      if (strcmp (all[i].name, role) == 0)
        return (int)i;
    return -1;
  }
  for (const char *word = roles; *word != '\0'; rank++) {
    gsize n = strcspn (word, "|");
    if (n == length && strncmp (word, role, n) == 0)
      return rank;
    word += word[n] == '|' ? n + 1 : n;
  }
  return -1;
}

static char *
choose_of_rows (JzStatement *rows, const char *roles, GError **error)
{
  g_autofree char *best = NULL;
  gboolean best_is_duty = FALSE;
  int best_rank = -1;
  gboolean has_row = FALSE;

  while (jz_statement_step (rows, &has_row, error)) {
    const char *role;
    gboolean is_duty;
    int rank;
    if (!has_row)
      return best != NULL ? g_steal_pointer (&best) : g_strdup ("");
    role = jz_statement_get_text (rows, 0);
    is_duty = jz_statement_get_integer (rows, 1) != 0;
    rank = get_rank (role, roles);
    if (rank < 0 || (best != NULL && (best_is_duty != is_duty ? best_is_duty : best_rank < rank)))
      continue;
    g_free (best);
    best = g_strdup (role);
    best_is_duty = is_duty;
    best_rank = rank;
  }
  return NULL;
}

/**
 * jz_choose_role:
 * @tables: derived tables
 * @person: who acts
 * @roles: roles that may, with `|` between them
 * @case_id: the case that the act concerns, or the empty text
 * @error: return location
 *
 * Chooses for a person who does not say in which role he acts.
 *
 * Returns: (transfer full) (nullable): the role that the person has as a duty in the case, or else
 *   the one that the act names first; the empty text when none of the person's may do it, and then
 *   the check tells which ones may
 */
char *
jz_choose_role (JzConnection *tables,
                const char *person,
                const char *roles,
                const char *case_id,
                GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error,
    "SELECT role, EXISTS (SELECT 1 FROM case_duty WHERE case_id = ? AND case_duty.person = "
    "person_role.person AND duty = role AND ended = 0) FROM person_role WHERE person = ? ORDER BY "
    "role",
    "tt", case_id, person);

  return rows != NULL ? choose_of_rows (rows, roles, error) : NULL;
}
