/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

gboolean jz_apply_record (JzConnection *tables,
                          JzConnection *journal,
                          const JzJournalRecord *record,
                          gboolean is_live,
                          GError **error);
JzJson *jz_journal_record_dup_args (const JzJournalRecord *record, GError **error);
void jz_json_foreach_object (const JzJson *json,
                             void (*visit) (const JzObject *object, gpointer data),
                             gpointer data);
guint64 jz_chunk_list_size (const JzObject *object);

G_END_DECLS
