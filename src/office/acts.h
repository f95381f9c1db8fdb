/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* One table a subject, in the file acts_<subject>.c; each ends with a nameless act. */
extern const JzAct jz_acts_attachment[];
extern const JzAct jz_acts_case[];
extern const JzAct jz_acts_certificate[];
extern const JzAct jz_acts_credential[];
extern const JzAct jz_acts_destruction[];
extern const JzAct jz_acts_person[];
extern const JzAct jz_acts_session[];
extern const JzAct jz_acts_setting[];
extern const JzAct jz_acts_store[];

gboolean jz_apply_case_number (JzApplication *application, const char *number, GError **error);

G_END_DECLS
