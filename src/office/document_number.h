/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

char *
jz_document_number_dup_next (JzConnection *tables, const char *word, int year, GError **error);
char *jz_document_number_dup_after (const char *number);
gboolean jz_document_number_check (const JzSituation *situation,
                                   const char *number,
                                   const char *word,
                                   const char *date,
                                   JzRefusal **refusal,
                                   GError **error);
gboolean jz_document_number_use (JzApplication *application, const char *number, GError **error);
gboolean jz_document_number_void (JzApplication *application, const char *number, GError **error);

G_END_DECLS
