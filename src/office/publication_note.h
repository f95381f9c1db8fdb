/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/publications.h"

G_BEGIN_DECLS

gboolean jz_publication_dup_correction_note (JzConnection *reader,
                                             const JzPublication *publication,
                                             const JzPublicationCopy *released,
                                             char **note,
                                             GError **error);

G_END_DECLS
