/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzJson *
jz_law_index_new (JzOffice *office, JzConnection *reader, const char *case_id, GError **error);
JzJson *jz_law_index_find (const JzJson *index, const char *typed);

G_END_DECLS
