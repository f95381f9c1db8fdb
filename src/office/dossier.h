/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/documents.h"

G_BEGIN_DECLS

/* The dossier that was bound last, and what it holds. */
#define JZ_LIST_DOSSIER "@dossier"

/* The order in which somebody put its documents last: fields `main` and `secondary`. */
#define JZ_LIST_ARRANGEMENT "@arrangement"

/**
 * JzDossierParts:
 * @JZ_DOSSIER_MAIN: the main volume (正卷)
 * @JZ_DOSSIER_SECONDARY: the secondary volume (副卷), which stays in the bureau
 * @JZ_DOSSIER_RECORD: the record of the case
 * @JZ_DOSSIER_WHOLE: all of it
 *
 * What is written of a dossier.
 */
typedef enum {
  JZ_DOSSIER_MAIN = 1 << 0,
  JZ_DOSSIER_SECONDARY = 1 << 1,
  JZ_DOSSIER_RECORD = 1 << 2,
  JZ_DOSSIER_WHOLE = JZ_DOSSIER_MAIN | JZ_DOSSIER_SECONDARY | JZ_DOSSIER_RECORD,
} JzDossierParts;

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
JzJson *jz_dossier_list_attachments (JzConnection *reader,
                                     const char *case_id,
                                     JzDate today,
                                     GError **error);
gboolean jz_dossier_is_listed (const JzJson *document);
JzJson *
jz_dossier_list (JzConnection *reader, JzObjects *objects, const char *case_id, GError **error);
guint jz_dossier_get_volume (const JzStated *stated,
                             JzObjects *objects,
                             const char *id,
                             gboolean *is_fixed,
                             GError **error);
gboolean jz_dossier_find_parts (const char *use, JzDossierParts *parts);

G_END_DECLS
