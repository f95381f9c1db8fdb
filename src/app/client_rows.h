/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "office/case_rows.h"

G_BEGIN_DECLS

JzCaseRows *jz_client_get_case_rows (JzOfficeClient *client);

G_END_DECLS
