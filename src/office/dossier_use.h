/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/dossier.h"

G_BEGIN_DECLS

/* What is kept of who gets to see a dossier: approvals to give out the secondary volume, with
 * `use`, `reason` and perhaps `pieces`; what was given out, with `use`, `pdf` and perhaps
 * `opening`; documents as the party may read them, with `document`, `copy`, `report` and
 * `redactions`; files that show nothing of others, with `attachment` and `clear`; what a party was
 * shown. */
#define JZ_LIST_OPENED "@opened"
#define JZ_LIST_GIVEN "@given"
#define JZ_LIST_COVERED "@covered"
#define JZ_LIST_CLEARED "@cleared"
#define JZ_LIST_SHOWN "@shown"

/**
 * JzFileBar:
 * @JZ_FILE_FREE: nothing stands in the way
 * @JZ_FILE_NOT_CLEARED: nobody has said that it shows nothing of others
 * @JZ_FILE_RECORDING: sound and picture cannot be drawn anew without what is of others
 * @JZ_FILE_BARRED: it must not have been recorded, or it is secret
 *
 * Why a file of a case is not in the copy of the party.
 */
typedef enum {
  JZ_FILE_FREE,
  JZ_FILE_NOT_CLEARED,
  JZ_FILE_RECORDING,
  JZ_FILE_BARRED,
} JzFileBar;

/* Writes the main volume and, of the secondary one, the documents that @pieces names (ids; %NULL is
 * all of it): (transfer full) (nullable); @index gets the values of the index. */
typedef GBytes *(*JzDossierGiver) (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   JzInstant now,
                                   const JzJson *pieces,
                                   JzJson **index,
                                   GError **error);

/* Writes the copy of the party: @rows as of jz_party_rows_new(). */
typedef GBytes *(*JzPartyWriter) (JzConnection *reader,
                                  JzObjects *objects,
                                  const char *case_id,
                                  JzInstant now,
                                  const JzJson *rows,
                                  JzJson **index,
                                  GError **error);

/* Draws a document anew for the party: @args has `case`, `document`, `redactions`, and gets
 * `copy`, `report` and `findings`. */
typedef gboolean (*JzPartyCoverer) (const JzPreparation *preparation, JzJson *args, GError **error);

void jz_office_set_dossier_giver (JzDossierGiver giver);
void jz_office_set_party_writer (JzPartyWriter writer);
void jz_office_set_party_coverer (JzPartyCoverer coverer);

gboolean jz_dossier_prepare_give (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_dossier_prepare_cover (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_dossier_prepare_show (const JzPreparation *preparation, JzJson *args, GError **error);

const JzStatedRecord *jz_dossier_find_opening (const JzStated *stated, const char *id);
const JzStatedRecord *jz_dossier_find_free_opening (const JzStated *stated, const char *use);
gboolean jz_dossier_opening_is_used (const JzStated *stated, const char *id);
gboolean jz_dossier_opening_has (const JzStatedRecord *opening, const char *document);
const JzStatedRecord *jz_dossier_find_cover (const JzStated *stated, const char *document);
gboolean jz_dossier_is_cleared (const JzStated *stated, const char *attachment);
JzFileBar jz_dossier_get_file_bar (const JzStated *stated, const char *attachment, JzDate today);
const char *jz_file_bar_word (JzFileBar bar);

JzJson *jz_dossier_list_shown (const JzStated *stated);
JzJson *jz_dossier_list_openings (const JzStated *stated);
JzJson *jz_party_sheet (JzConnection *reader,
                        JzObjects *objects,
                        const char *case_id,
                        JzInstant now,
                        GError **error);

G_END_DECLS
