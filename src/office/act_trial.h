/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/**
 * JzTrial:
 * @view: the case
 * @act: what is tried
 * @person: who tries it
 * @given: (nullable): the arguments that are known
 *
 * An act that is tried without being done.
 */
typedef struct {
  const JzCaseView *view;
  const JzAct *act;
  const char *person;
  const JzJson *given;
} JzTrial;

gboolean jz_trial_find_role (const JzTrial *self, gboolean proposes, char **role, GError **error);
gboolean jz_trial_list_obstacles (const JzTrial *self, JzJson **obstacles, GError **error);
gboolean jz_trial_is_possible (const JzTrial *self, gboolean *is_possible, GError **error);
char *jz_place_dup_of_rule (const JzCaseView *view,
                            const char *act,
                            const JzJson *given,
                            const char *rule);

G_END_DECLS
