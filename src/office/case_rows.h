/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "office/case_row.h"
#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzCaseColumn:
 * @JZ_CASE_COLUMN_NUMBER: number
 * @JZ_CASE_COLUMN_PARTY: party
 * @JZ_CASE_COLUMN_CAUSE: cause
 * @JZ_CASE_COLUMN_HANDLER: handlers
 * @JZ_CASE_COLUMN_STAGE: stage
 * @JZ_CASE_COLUMN_DUE: what is due first
 * @JZ_CASE_COLUMN_PLACE: where it is
 * @JZ_CASE_COLUMN_URGENCY: not shown: the style class of what is due
 *
 * The columns of the list of cases, and the cells of its rows.
 */
typedef enum {
  JZ_CASE_COLUMN_NUMBER,
  JZ_CASE_COLUMN_PARTY,
  JZ_CASE_COLUMN_CAUSE,
  JZ_CASE_COLUMN_HANDLER,
  JZ_CASE_COLUMN_STAGE,
  JZ_CASE_COLUMN_DUE,
  JZ_CASE_COLUMN_PLACE,
  JZ_CASE_COLUMN_URGENCY,
} JzCaseColumn;

#define JZ_CASE_N_SORTABLE JZ_CASE_COLUMN_URGENCY
#define JZ_CASE_N_CELLS (JZ_CASE_COLUMN_URGENCY + 1)

/**
 * JzCaseFilter:
 * @groups: bits of #JzCaseGroup, 0 for all
 * @places: bits of #JzCasePlace, 0 for all
 * @person: (nullable): only those that this person handles
 * @section: (nullable): only those of this section
 * @due_before: (nullable): only those of which something was due before this day
 * @text: (nullable): only those with this in number, party, cause or title
 *
 * Which cases a list has.
 */
typedef struct {
  guint groups;
  guint places;
  const char *person;
  const char *section;
  const char *due_before;
  const char *text;
} JzCaseFilter;

/**
 * JzCaseOrder:
 * @column: by which column; -1 for the newest first
 * @is_descending: whether the last comes first
 * @limit: at most so many, 0 for all
 *
 * In which order.
 */
typedef struct {
  int column;
  gboolean is_descending;
  guint limit;
} JzCaseOrder;

/* What lists show of all cases, kept beside the store. Thread-safe. */
typedef struct _JzCaseRows JzCaseRows;

JzCaseRows *jz_case_rows_new (JzOffice *office);
JzCaseRows *jz_case_rows_ref (JzCaseRows *self);
void jz_case_rows_unref (JzCaseRows *self);
gboolean jz_case_rows_refresh (JzCaseRows *self,
                               JzConnection *reader,
                               guint max_ms,
                               gboolean *is_complete,
                               gboolean *has_changed,
                               GCancellable *cancellable,
                               GError **error);
GArray *jz_case_rows_query (JzCaseRows *self,
                            const JzCaseFilter *filter,
                            const JzCaseOrder *order,
                            GCancellable *cancellable,
                            GError **error);
GPtrArray *jz_case_rows_load (JzCaseRows *self,
                              const gint64 *keys,
                              gsize n_keys,
                              JzDate today,
                              GError **error);
char *jz_case_rows_find_id (JzConnection *reader, gint64 key, GError **error);
gboolean
jz_case_rows_get_section (JzConnection *reader, const char *person, char **section, GError **error);

JzConnection *jz_case_rows_lease (JzCaseRows *self, GError **error);
void jz_case_rows_give_back (JzCaseRows *self, JzConnection *connection);

char *jz_case_rows_make_sql (const JzCaseFilter *filter, const JzCaseOrder *order);
char *jz_case_due_dup_words (JzDate due, JzDate today, const char **style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCaseRows, jz_case_rows_unref)

G_END_DECLS
