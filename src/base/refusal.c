/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/refusal.h"

struct _JzRefusal {
  char *rule;
  JzRefusalLevel level;
  char *sentence;
  char *basis;
  char *clears;
};

/**
 * jz_refusal_new:
 * @rule: id of the rule that says no, as `domain/rules.md` writes it
 * @level: whether the head may lift it
 * @sentence: what is refused and why, a whole sentence
 * @basis: (nullable): the law or requirement behind it, %NULL for a rule of the program alone
 * @clears: (nullable): what the user can do so that it is no longer refused, %NULL when nothing can
 *
 * A refusal is no failure but an answer: the window shows it, the command line prints it, tests
 * compare it. All texts are UTF-8, copied.
 *
 * Returns: (transfer full): the refusal
 */
JzRefusal *
jz_refusal_new (const char *rule,
                JzRefusalLevel level,
                const char *sentence,
                const char *basis,
                const char *clears)
{
  JzRefusal *self = NULL;

  g_return_val_if_fail (rule != NULL && *rule != '\0', NULL);
  g_return_val_if_fail (level == JZ_REFUSAL_BLOCK || level == JZ_REFUSAL_OVERRIDABLE, NULL);
  g_return_val_if_fail (sentence != NULL && *sentence != '\0', NULL);
  self = g_new0 (JzRefusal, 1);
  self->rule = g_strdup (rule);
  self->level = level;
  self->sentence = g_strdup (sentence);
  self->basis = g_strdup (basis);
  self->clears = g_strdup (clears);
  return self;
}

/**
 * jz_refusal_copy:
 * @self: a refusal
 *
 * Returns: (transfer full): an equal one
 */
JzRefusal *
jz_refusal_copy (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return jz_refusal_new (self->rule, self->level, self->sentence, self->basis, self->clears);
}

/**
 * jz_refusal_free:
 * @self: (transfer full): a refusal
 */
void
jz_refusal_free (JzRefusal *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->rule);
  g_free (self->sentence);
  g_free (self->basis);
  g_free (self->clears);
  g_free (self);
}

/**
 * jz_refusal_get_rule:
 * @self: a refusal
 *
 * Returns: (transfer none): the id of the rule that says no
 */
const char *
jz_refusal_get_rule (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->rule;
}

/**
 * jz_refusal_get_level:
 * @self: a refusal
 *
 * Returns: whether the head may lift it
 */
JzRefusalLevel
jz_refusal_get_level (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, JZ_REFUSAL_BLOCK);
  return self->level;
}

/**
 * jz_refusal_get_sentence:
 * @self: a refusal
 *
 * Returns: (transfer none): what is refused and why
 */
const char *
jz_refusal_get_sentence (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->sentence;
}

/**
 * jz_refusal_get_basis:
 * @self: a refusal
 *
 * Returns: (transfer none) (nullable): the law or requirement behind it
 */
const char *
jz_refusal_get_basis (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->basis;
}

/**
 * jz_refusal_get_clears:
 * @self: a refusal
 *
 * Returns: (transfer none) (nullable): what the user can do about it
 */
const char *
jz_refusal_get_clears (const JzRefusal *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->clears;
}

/**
 * jz_refusal_to_json:
 * @self: a refusal
 *
 * Returns: (transfer full): an object with `rule`, `level` (`BLOCK` or `BLOCK*`), `sentence`, and,
 *   where there are such, `basis` and `clears`; this is what `juanzongctl --json` prints
 */
JzJson *
jz_refusal_to_json (const JzRefusal *self)
{
  JzJson *object = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  object = jz_json_new_object ();
  if (self->basis != NULL)
    jz_json_set_text (object, "basis", self->basis);
  if (self->clears != NULL)
    jz_json_set_text (object, "clears", self->clears);
  jz_json_set_text (object, "level", self->level == JZ_REFUSAL_BLOCK ? "BLOCK" : "BLOCK*");
  jz_json_set_text (object, "rule", self->rule);
  jz_json_set_text (object, "sentence", self->sentence);
  return object;
}
