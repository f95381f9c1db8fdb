/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/client_rows.h"

#define KEY "jz-case-rows"

/**
 * jz_client_get_case_rows:
 * @client: an opened office
 *
 * Returns: (transfer none): what lists show of its cases, the same for all who ask
 */
JzCaseRows *
jz_client_get_case_rows (JzOfficeClient *client)
{
  JzCaseRows *rows = g_object_get_data (G_OBJECT (client), KEY);

  if (rows == NULL) {
    rows = jz_case_rows_new (jz_office_client_get_office (client));
    g_object_set_data_full (G_OBJECT (client), KEY, rows, (GDestroyNotify)jz_case_rows_unref);
  }
  return rows;
}
