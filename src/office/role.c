/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/role.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const JzRole roles[] = {
  { "handler", N_ ("Handler") },
  { "section_head", N_ ("Head of the handling section") },
  { "reviewer", N_ ("Legal reviewer") },
  { "review_head", N_ ("Head of the legal section") },
  { "approver", N_ ("Approver") },
  { "head", N_ ("Head of the organ") },
  { "collector", N_ ("Collector of publicity") },
  { "checker", N_ ("Checker of publicity") },
  { "publisher", N_ ("Publisher") },
  { "inspector", N_ ("Inspector") },
  { "evaluator", N_ ("Dossier evaluator") },
  { "archivist", N_ ("Archivist") },
  { "device_keeper", N_ ("Device keeper") },
  { "clerk", N_ ("Window clerk") },
  { "secretary", N_ ("Committee secretary") },
  { "member", N_ ("Committee member") },
  { "adviser", N_ ("Legal adviser") },
  { "group_office", N_ ("Leading-group office") },
  { "personnel_keeper", N_ ("Training and personnel keeper") },
  { "complaint_handler", N_ ("Complaint handler") },
  { "administrator", N_ ("Administrator") },
};

/**
 * jz_role_get_all:
 * @n_roles: (out): their number
 *
 * Returns: (transfer none) (array length=n_roles): every role
 */
const JzRole *
jz_role_get_all (gsize *n_roles)
{
  *n_roles = G_N_ELEMENTS (roles);
  return roles;
}

/**
 * jz_role_find:
 * @name: (nullable): a word
 *
 * Returns: (transfer none) (nullable): the role of this name
 */
const JzRole *
jz_role_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].name, name) == 0)
      return &roles[i];
  return NULL;
}

/**
 * jz_word_is_in:
 * @word: a word
 * @words: words with `|` between them; `*` stands for every word
 *
 * Returns: whether @word is one of @words
 */
gboolean
jz_word_is_in (const char *word, const char *words)
{
  gsize length = strlen (word);

  if (strchr (word, '|') != NULL)
    return FALSE;
  if (strcmp (words, "*") == 0)
    return TRUE;
  for (const char *at = words; length > 0 && (at = strstr (at, word)) != NULL; at += length)
    if ((at == words || at[-1] == '|') && (at[length] == '\0' || at[length] == '|'))
      return TRUE;
  return FALSE;
}

/**
 * jz_role_word:
 * @name: a role's or a duty's name, as entries carry it
 *
 * Returns: (transfer none): what people call it, in the user's language; @name itself where there
 *   is no such role
 */
const char *
jz_role_word (const char *name)
{
  const JzRole *role = jz_role_find (name);
  return role != NULL ? _ (role->title) : name;
}

/**
 * jz_role_list_words:
 * @names: names of roles with `|` between them, not `*`
 *
 * Returns: (transfer full): what people call them, one after the other
 */
char *
jz_role_list_words (const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, "|", -1);

  for (char **word = words; *word != NULL; word++) {
    char *name = *word;
    *word = g_strdup (jz_role_word (name));
    g_free (name);
  }
  /* Translators: stands between the names of roles in a list. */
  return g_strjoinv (_ (", "), words);
}

/**
 * jz_stage_word:
 * @stage: `open`, `closed` or `archived`, as the tables have it
 *
 * Returns: (transfer none): what people call it, in the user's language; @stage itself when it is
 *   none of them
 */
const char *
jz_stage_word (const char *stage)
{
  if (strcmp (stage, "open") == 0)
    return _ ("Open");
  if (strcmp (stage, "closed") == 0)
    return _ ("Closed");
  return strcmp (stage, "archived") == 0 ? _ ("Archived") : stage;
}
