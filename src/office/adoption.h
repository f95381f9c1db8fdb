/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

#define JZ_DEMO_BOOK "demo"

gboolean jz_prepare_rulebook (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_forms (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_calendar (const JzPreparation *preparation, JzJson *args, GError **error);

G_END_DECLS
