/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"
#include "base/json.h"
#include "store/connection.h"
#include "store/objects.h"

G_BEGIN_DECLS

JzJson *jz_review_sheet (JzConnection *reader,
                         JzObjects *objects,
                         const char *case_id,
                         const char *person,
                         JzInstant now,
                         GError **error);

G_END_DECLS
