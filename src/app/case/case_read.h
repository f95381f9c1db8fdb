/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_case_read_async (JzOfficeClient *client,
                         const char *case_id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

G_END_DECLS
