/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/value.h"

G_BEGIN_DECLS

JzRecord *jz_record_new (void);
void jz_record_free (JzRecord *self);
void jz_record_set (JzRecord *self, const char *field, JzValue *value /* (transfer full) */);
void jz_record_set_absent (JzRecord *self, const char *field);
JzFactState jz_record_get (const JzRecord *self, const char *field, const JzValue **value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRecord, jz_record_free)

G_END_DECLS
