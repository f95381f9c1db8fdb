/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"
#include "store/connection.h"
#include "store/objects.h"

G_BEGIN_DECLS

/**
 * JzRecordCell:
 * @JZ_RECORD_TIME: when it was recorded, as entries write it
 * @JZ_RECORD_SENTENCE: who did what
 * @JZ_RECORD_CASE: number and title of the case; empty for the bureau
 * @JZ_RECORD_LATE: why it was entered late; mostly empty
 * @JZ_RECORD_PERSON: who did it
 * @JZ_RECORD_CASE_ID: id of the case, or `bureau`
 * @JZ_RECORD_ACT: name of the act
 * @JZ_RECORD_ENTRY: id of the entry
 * @JZ_RECORD_HASH: its check code
 * @JZ_RECORD_ROLE: in which role
 * @JZ_RECORD_PROGRAM: which program wrote it
 * @JZ_RECORD_SIGNED: `yes` where it is signed
 *
 * What is told of an entry, in the order of the cells of a row.
 */
typedef enum {
  JZ_RECORD_TIME,
  JZ_RECORD_SENTENCE,
  JZ_RECORD_CASE,
  JZ_RECORD_LATE,
  JZ_RECORD_PERSON,
  JZ_RECORD_CASE_ID,
  JZ_RECORD_ACT,
  JZ_RECORD_ENTRY,
  JZ_RECORD_HASH,
  JZ_RECORD_ROLE,
  JZ_RECORD_PROGRAM,
  JZ_RECORD_SIGNED,
} JzRecordCell;

#define JZ_RECORD_N_CELLS (JZ_RECORD_SIGNED + 1)

guint jz_record_get_n_kinds (void);
const char *jz_record_get_kind (guint i);
const char *jz_record_kind_word (const char *kind);
GArray *jz_record_query (JzConnection *reader,
                         const JzJson *filter,
                         guint limit,
                         GCancellable *cancellable,
                         GError **error);
GPtrArray *jz_record_load (JzConnection *reader,
                           JzObjects *objects,
                           const gint64 *ids,
                           gsize n_ids,
                           GError **error);
JzJson *jz_record_list_persons (JzConnection *reader, GError **error);

G_END_DECLS
