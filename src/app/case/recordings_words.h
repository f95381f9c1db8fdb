/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

gboolean jz_recordings_is_state (const JzJson *json, const char *words);
gboolean jz_recordings_is_full (const JzJson *step);
guint jz_recordings_count_gaps (const JzJson *step);
char *jz_recordings_dup_state (const JzJson *step);
char *jz_recordings_dup_gap_state (const JzJson *gap);
char *jz_recordings_dup_source (const JzJson *recording);

G_END_DECLS
