/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/dossier.h"

G_BEGIN_DECLS

GBytes *jz_pages_write_dossier (JzConnection *reader,
                                JzObjects *objects,
                                const char *case_id,
                                JzInstant now,
                                JzDossierParts parts,
                                JzJson **index,
                                GError **error);
GBytes *jz_pages_bind_dossier (JzConnection *reader,
                               JzObjects *objects,
                               const char *case_id,
                               JzInstant now,
                               JzJson **index,
                               GError **error);
GBytes *jz_pages_give_dossier (JzConnection *reader,
                               JzObjects *objects,
                               const char *case_id,
                               JzInstant now,
                               const JzJson *pieces,
                               JzJson **index,
                               GError **error);
GBytes *jz_pages_write_party_copy (JzConnection *reader,
                                   JzObjects *objects,
                                   const char *case_id,
                                   JzInstant now,
                                   const JzJson *rows,
                                   JzJson **index,
                                   GError **error);

G_END_DECLS
