/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/situation.h"

G_BEGIN_DECLS

gboolean jz_check_judgement (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean
jz_check_link (const JzSituation *situation, const char *link, JzRefusal **refusal, GError **error);
gboolean jz_check_judged (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_seen (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_none_failed (const JzSituation *situation, JzRefusal **refusal, GError **error);

G_END_DECLS
