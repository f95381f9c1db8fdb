/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/publications.h"

G_BEGIN_DECLS

const char *jz_publication_error_state_word (const char *state);
gboolean jz_publication_find_error (JzConnection *tables,
                                    const char *document,
                                    const char *id,
                                    JzJson **report,
                                    GError **error);
JzJson *jz_publication_list_errors (JzConnection *reader, const char *document, GError **error);
gboolean jz_publication_close_errors (JzApplication *application,
                                      const char *state,
                                      gint64 until,
                                      GError **error);

G_END_DECLS
