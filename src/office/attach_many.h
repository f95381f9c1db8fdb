/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzActOutcome *jz_attach_many (JzOffice *office,
                              JzSession *session,
                              const JzJson *plan,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
