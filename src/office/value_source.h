/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzJson *jz_value_source_explain (JzOffice *office,
                                 JzConnection *reader,
                                 const char *document,
                                 const char *path,
                                 const JzJson *values,
                                 GError **error);

G_END_DECLS
