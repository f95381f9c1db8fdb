/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

gboolean jz_application_forget_texts (JzApplication *self, gint64 arrival, GError **error);
gboolean jz_application_index_text (JzApplication *self,
                                    const char *owner,
                                    const char *field,
                                    const char *text,
                                    GError **error);
gboolean jz_application_index_value (JzApplication *self,
                                     const char *owner,
                                     const char *field,
                                     const JzJson *value,
                                     GError **error);
gboolean jz_application_index_fact (JzApplication *self,
                                    const char *list,
                                    const char *record,
                                    const char *name,
                                    const JzJson *value,
                                    GError **error);

G_END_DECLS
