/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/text.h"

/**
 * jz_text_clear:
 * @self: a text
 *
 * Frees what it holds.
 */
void
jz_text_clear (JzText *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->zh, g_free);
  g_clear_pointer (&self->en, g_free);
}

/**
 * jz_text_get:
 * @self: a text
 * @language: in which language
 *
 * Returns: (transfer none): the text
 */
const char *
jz_text_get (const JzText *self, JzLanguage language)
{
  g_return_val_if_fail (self != NULL, NULL);

  return language == JZ_LANGUAGE_ZH ? self->zh : self->en;
}

/**
 * jz_language_get_current:
 *
 * Which language the user reads, by his locale. Sentences of rules stand in the rulebook and not
 * in the catalogue (design §4), but are shown in the language of the rest.
 *
 * Returns: Chinese where the user's first language is Chinese, otherwise English
 */
JzLanguage
jz_language_get_current (void)
{
  const char *const *names = g_get_language_names ();

  return g_str_has_prefix (names[0], "zh") ? JZ_LANGUAGE_ZH : JZ_LANGUAGE_EN;
}
