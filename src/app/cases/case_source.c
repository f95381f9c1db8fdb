/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/cases/case_source.h"

#include <glib/gi18n-lib.h>

#include "app/client_rows.h"

/* The list of cases, for JzRowModel. Its filter has `groups` and `places` (bits), `person`,
 * `section` and `text`, and `overdue`. */

const JzRowColumn jz_case_columns[JZ_CASE_N_SORTABLE] = {
  [JZ_CASE_COLUMN_NUMBER] = { N_ ("Case number"), 22, TRUE, FALSE, FALSE, 0 },
  [JZ_CASE_COLUMN_PARTY] = { N_ ("Party"), 24, TRUE, TRUE, FALSE, 0 },
  [JZ_CASE_COLUMN_CAUSE] = { N_ ("Cause"), 28, TRUE, TRUE, FALSE, 0 },
  [JZ_CASE_COLUMN_HANDLER] = { N_ ("Handlers"), 14, TRUE, FALSE, FALSE, 0 },
  [JZ_CASE_COLUMN_STAGE] = { N_ ("Present stage"), 16, TRUE, FALSE, FALSE, 0 },
  [JZ_CASE_COLUMN_DUE] = { N_ ("Next last day"), 26, TRUE, FALSE, FALSE, JZ_CASE_COLUMN_URGENCY },
  [JZ_CASE_COLUMN_PLACE] = { N_ ("Place"), 8, TRUE, FALSE, FALSE, 0 },
};

static GArray *
query (JzOffice *office,
       JzConnection *reader,
       const JzRowQuery *query,
       gconstpointer data,
       GCancellable *cancellable,
       GError **error)
{
  const JzJson *asked = query->filter;
  const JzCaseOrder order = { query->sort, query->is_descending, query->limit };
  char today[JZ_DATE_SIZE];
  JzCaseFilter filter = { 0 };

  jz_date_format (jz_instant_get_date (jz_clock_now (jz_office_get_clock (office))), today);
  if (asked != NULL)
    filter = (JzCaseFilter){
      .groups = (guint)jz_json_get_member_integer (asked, "groups", 0),
      .places = (guint)jz_json_get_member_integer (asked, "places", 0),
      .person = jz_json_get_member_text (asked, "person"),
      .section = jz_json_get_member_text (asked, "section"),
      .due_before = jz_json_get_member_boolean (asked, "overdue", FALSE) ? today : NULL,
      .text = jz_json_get_member_text (asked, "text"),
    };
  return jz_case_rows_query ((JzCaseRows *)data, &filter, &order, cancellable, error);
}

static GPtrArray *
load (JzOffice *office,
      JzConnection *reader,
      const gint64 *ids,
      gsize n_ids,
      gconstpointer data,
      GCancellable *cancellable,
      GError **error)
{
  JzDate today = jz_instant_get_date (jz_clock_now (jz_office_get_clock (office)));

  return jz_case_rows_load ((JzCaseRows *)data, ids, n_ids, today, error);
}

/**
 * jz_case_source_new_model:
 * @client: an opened office
 *
 * Returns: (transfer full): its cases; ids are keys of #JzCaseRows
 */
JzRowModel *
jz_case_source_new_model (JzOfficeClient *client)
{
  static const JzRowSource source = { query, load };

  return jz_row_model_new (client, &source, jz_case_rows_ref (jz_client_get_case_rows (client)),
                           (GDestroyNotify)jz_case_rows_unref);
}
