/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/dossier.h"

G_BEGIN_DECLS

/**
 * JzDossierExport:
 * @case_id: a case
 * @now: the time
 * @parts: what of the dossier; where nothing was frozen
 * @given: (nullable): id of what dossier.give or dossier.show_party froze, which is written instead
 * @path: where it goes: a file, a folder for what a party was shown
 * @progress: (nullable): told how many bytes are written
 * @progress_data: for @progress
 * @cancellable: (nullable): ends it
 *
 * A dossier that leaves the store.
 */
typedef struct {
  const char *case_id;
  JzInstant now;
  JzDossierParts parts;
  const char *given;
  const char *path;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} JzDossierExport;

gboolean jz_dossier_export (const JzDossierExport *self,
                            JzConnection *reader,
                            JzObjects *objects,
                            GError **error);

G_END_DECLS
