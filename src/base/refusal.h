/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzRefusalLevel:
 * @JZ_REFUSAL_BLOCK: nobody can lift it
 * @JZ_REFUSAL_OVERRIDABLE: the head may lift it once, with a reason (`BLOCK*`)
 */
typedef enum {
  JZ_REFUSAL_BLOCK,
  JZ_REFUSAL_OVERRIDABLE,
} JzRefusalLevel;

typedef struct _JzRefusal JzRefusal;

JzRefusal *jz_refusal_new (const char *rule,
                           JzRefusalLevel level,
                           const char *sentence,
                           const char *basis,
                           const char *clears);
JzRefusal *jz_refusal_copy (const JzRefusal *self);
void jz_refusal_free (JzRefusal *self);

const char *jz_refusal_get_rule (const JzRefusal *self);
JzRefusalLevel jz_refusal_get_level (const JzRefusal *self);
const char *jz_refusal_get_sentence (const JzRefusal *self);
const char *jz_refusal_get_basis (const JzRefusal *self);
const char *jz_refusal_get_clears (const JzRefusal *self);
JzJson *jz_refusal_to_json (const JzRefusal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRefusal, jz_refusal_free)

G_END_DECLS
