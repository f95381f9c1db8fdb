/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

gboolean jz_document_find_named (const JzSituation *self,
                                 const char *argument,
                                 JzStated **stated,
                                 JzDocument *document,
                                 GError **error);

gboolean jz_document_complete_draft (const JzSituation *situation, JzJson *args, GError **error);
gboolean jz_document_complete_correct (const JzSituation *situation, JzJson *args, GError **error);
gboolean jz_document_complete_revise (const JzSituation *situation, JzJson *args, GError **error);

const char *jz_document_get_writers (const JzForm *form);
gboolean
jz_document_check_draft (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean
jz_document_check_revise (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean
jz_document_check_correct (const JzSituation *situation, JzRefusal **refusal, GError **error);

G_END_DECLS
