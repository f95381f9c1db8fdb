/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/**
 * JzActScope:
 * @view: the case
 * @act: what is to be done
 * @preset: arguments that are known
 * @person: who does it
 *
 * An act that somebody is about to do in a case.
 */
typedef struct {
  const JzCaseView *view;
  const JzAct *act;
  const JzJson *preset;
  const char *person;
} JzActScope;

JzJson *jz_act_find_value (const JzActScope *self, const JzArgument *argument);

G_END_DECLS
