/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/identity_code.h"

G_BEGIN_DECLS

JzIdentityCode *jz_identity_code_new (const char *text);
void jz_identity_code_find (JzIdentityCode *self,
                            JzIdentityVerdict verdict,
                            const char *rule,
                            const char *format,
                            ...) G_GNUC_PRINTF (4, 5);
gboolean jz_identity_code_has_digits (const char *code, gsize from, gsize n_digits);

G_END_DECLS
