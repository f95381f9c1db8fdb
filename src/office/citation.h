/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/situation.h"

G_BEGIN_DECLS

gboolean jz_check_citations (const JzSituation *situation, JzRefusal **refusal, GError **error);

G_END_DECLS
