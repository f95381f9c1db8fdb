/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/* A field of a mark, or of what is tied, that was taken away. */
#define JZ_REMOVED "removed"

gboolean jz_recording_parse_range (const char *text, gint64 *from, gint64 *until);

JzJson *jz_recording_list_kinds (void);
JzJson *jz_recording_find (const JzCaseView *view,
                           const char *attachment,
                           const char *person,
                           GError **error);
JzJson *jz_recording_list_ties_of (JzConnection *reader,
                                   const char *case_id,
                                   const char *document,
                                   GError **error);
JzJson *jz_recording_list_files (JzConnection *reader, const char *case_id, GError **error);
JzJson *jz_recording_list_unseen (JzConnection *reader,
                                  const char *case_id,
                                  const char *person,
                                  gint64 since,
                                  GError **error);

G_END_DECLS
