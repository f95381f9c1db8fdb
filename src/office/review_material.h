/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"
#include "forms/filling.h"
#include "store/connection.h"
#include "store/objects.h"

G_BEGIN_DECLS

JzFilling *jz_review_fill_document (JzConnection *reader,
                                    JzObjects *objects,
                                    const char *case_id,
                                    const char *document,
                                    GError **error);

G_END_DECLS
