/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

gboolean jz_document_number_next (const JzSituation *situation,
                                  const char *series,
                                  JzJson *args,
                                  const char *argument,
                                  GError **error);
gboolean
jz_document_number_check (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_document_number_use (JzApplication *application, const char *number, GError **error);

G_END_DECLS
