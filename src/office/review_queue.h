/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"
#include "base/json.h"
#include "store/connection.h"
#include "store/objects.h"

G_BEGIN_DECLS

/* Of what was reviewed the queue shows so many at most. */
#define JZ_REVIEW_QUEUE_DONE 500

JzJson *jz_review_queue (JzConnection *reader, JzObjects *objects, JzInstant now, GError **error);

G_END_DECLS
