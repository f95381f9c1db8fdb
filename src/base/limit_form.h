/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/limit_term.h"

G_BEGIN_DECLS

/**
 * JzLimitForm:
 * @steps: (array length=n_steps): the limit, and those that follow it
 * @n_steps: how many, at least 1
 *
 * A limit read from its machine form; owns what its steps point to.
 */
typedef struct {
  JzLimitStep *steps;
  guint n_steps;
} JzLimitForm;

JzLimitForm *jz_limit_parse (const char *text, GError **error);
void jz_limit_form_free (JzLimitForm *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzLimitForm, jz_limit_form_free)

G_END_DECLS
