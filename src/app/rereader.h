/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"

G_BEGIN_DECLS

void jz_rereader_watch (JzOfficeClient *client);

G_END_DECLS
