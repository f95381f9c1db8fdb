/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* What checks ask of the tables, and how they refuse. */
void
jz_refuse (JzRefusal **refusal, const char *rule, const char *clears, const char *sentence, ...)
  G_GNUC_PRINTF (4, 5);
const char *jz_situation_get_text (const JzSituation *self, const char *name);

gboolean jz_tables_has_role (JzConnection *tables,
                             const char *person,
                             const char *role,
                             gboolean *has,
                             GError **error);
gboolean
jz_tables_get_person_state (JzConnection *tables, const char *person, char **state, GError **error);
gboolean
jz_tables_get_person_name (JzConnection *tables, const char *person, char **name, GError **error);
gboolean
jz_tables_get_stage (JzConnection *tables, const char *case_id, char **stage, GError **error);
gboolean
jz_tables_get_setting (JzConnection *tables, const char *name, char **value, GError **error);

gboolean jz_tables_count_able (JzConnection *tables,
                               const char *roles,
                               const char *except,
                               JzInstant now,
                               gint64 *number,
                               GError **error);
gboolean jz_situation_need_other_holder (const JzSituation *self,
                                         const char *role,
                                         JzRefusal **refusal,
                                         GError **error);
gboolean
jz_situation_need_other_holders (const JzSituation *self, JzRefusal **refusal, GError **error);
gboolean jz_situation_need_person (const JzSituation *self,
                                   const char *argument,
                                   JzRefusal **refusal,
                                   GError **error);
gboolean jz_situation_need_stage (const JzSituation *self,
                                  const char *stages,
                                  JzRefusal **refusal,
                                  GError **error);
gboolean
jz_situation_need_past_date (const JzSituation *self, const char *argument, JzRefusal **refusal);

G_END_DECLS
