/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

/* The dossier that was bound last, and what it holds. */
#define JZ_LIST_DOSSIER "@dossier"

/* Puts the documents of a case together as one PDF: (transfer full) (nullable); @index gets the
 * values of its index. */
typedef GBytes *(*JzDossierBinder) (JzConnection *reader,
                                    JzObjects *objects,
                                    const char *case_id,
                                    JzInstant now,
                                    JzJson **index,
                                    GError **error);

void jz_office_set_binder (JzDossierBinder binder);
const JzForm *jz_dossier_find_form (JzConnection *reader,
                                    JzObjects *objects,
                                    const char *case_id,
                                    JzInstant now,
                                    const char *form,
                                    GError **error);
JzJson *jz_dossier_list_entries (JzConnection *reader, const char *case_id, GError **error);
JzJson *jz_dossier_list_attachments (JzConnection *reader, const char *case_id, GError **error);
gboolean jz_dossier_is_listed (const JzJson *document);

G_END_DECLS
