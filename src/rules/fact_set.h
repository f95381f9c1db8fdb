/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "rules/vocabulary.h"

G_BEGIN_DECLS

typedef struct _JzFactSet JzFactSet;

JzFactSet *jz_fact_set_new (const JzFactVocabulary *vocabulary);
void jz_fact_set_free (JzFactSet *self);
gboolean jz_fact_set_state (JzFactSet *self, const char *assignment, GError **error);
gboolean jz_fact_set_state_json (JzFactSet *self, const JzJson *object, GError **error);
gboolean jz_fact_set_has (const JzFactSet *self, const char *name);
JzFacts jz_fact_set_get_facts (const JzFactSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFactSet, jz_fact_set_free)

G_END_DECLS
