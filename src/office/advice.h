/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/session.h"

G_BEGIN_DECLS

/* So many days before a certificate ends its owner is told. */
#define JZ_RENEWAL_DAYS 60

gboolean jz_advice_list (JzConnection *tables,
                         const char *person,
                         JzInstant now,
                         GPtrArray *sentences,
                         GError **error);
void jz_advise (JzSession *session, JzOffice *office, const char *act, JzActOutcome *outcome);

G_END_DECLS
