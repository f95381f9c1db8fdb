/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

gboolean jz_recheck_step (JzOffice *office,
                          JzConnection *reader,
                          gulong pause_us,
                          GCancellable *cancellable,
                          gboolean *is_done,
                          GError **error);
gboolean jz_recheck_mark (JzOffice *office, JzJson *files, GError **error);

G_END_DECLS
