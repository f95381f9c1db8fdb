/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

JzJson *jz_recording_cross_check (const JzCaseView *view, GError **error);

G_END_DECLS
