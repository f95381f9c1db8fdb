/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

typedef struct _JzClock JzClock;

JzClock *jz_clock_new_system (void);
JzClock *jz_clock_new_set (JzInstant instant);
JzClock *jz_clock_ref (JzClock *self);
void jz_clock_unref (JzClock *self);

JzInstant jz_clock_now (JzClock *self);
void jz_clock_set (JzClock *self, JzInstant instant);
void jz_clock_advance (JzClock *self, gint64 duration_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzClock, jz_clock_unref)

G_END_DECLS
