/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/stated.h"

G_BEGIN_DECLS

JzJson *jz_secret_sheet_list (const JzStated *stated);
JzJson *jz_secret_sheet_list_sealed (JzConnection *reader,
                                     const char *case_id,
                                     JzDate today,
                                     GError **error);
char *
jz_secret_sheet_dup_name (const JzStated *stated, const char *file, const char *name, JzDate today);

G_END_DECLS
