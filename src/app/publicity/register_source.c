/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/register_source.h"

#include <glib/gi18n-lib.h>

#include "app/words.h"
#include "office/exemptions.h"

/* The register of what is not published (不予公开台账, P-07), for JzRowModel. */

const JzRowColumn jz_register_columns[JZ_REGISTER_N_COLUMNS] = {
  [JZ_REGISTER_COLUMN_DECISION] = { N_ ("Decision"), 22, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_PARTY] = { N_ ("Party"), 16, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_GROUND] = { N_ ("Ground"), 22, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_REASON] = { N_ ("Reason"), 24, FALSE, TRUE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_PROPOSED] = { N_ ("Proposed by"), 12, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_APPROVED] = { N_ ("Approved by"), 12, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_APPROVED_ON] = { N_ ("Approved on"), 16, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_EXAMINED] = { N_ ("Re-examined"), 22, FALSE, FALSE, FALSE, 0 },
  [JZ_REGISTER_COLUMN_REVIEW_ON] = { N_ ("To be looked at again on"), 16, FALSE, FALSE, FALSE, 0 },
};

static GArray *
query (JzOffice *office,
       JzConnection *reader,
       const JzRowQuery *query,
       gconstpointer data,
       GCancellable *cancellable,
       GError **error)
{
  return jz_exemptions_query (reader, query->limit, error);
}

static char *
dup_day (const JzJson *row, const char *name)
{
  return jz_json_read_text (row, name)[0] != '\0' ? jz_words_dup_day (jz_json_read_text (row, name))
                                                  : g_strdup ("");
}

static char *
dup_examined (const JzJson *row)
{
  g_autofree char *day = dup_day (row, "examined_on");

  return day[0] != '\0' ? g_strdup_printf ("%s %s", jz_json_read_text (row, "examined_by"), day)
                        : g_strdup ("");
}

static GStrv
make_cells (const JzJson *row)
{
  GStrv cells = g_new0 (char *, JZ_REGISTER_N_COLUMNS + 1);

  cells[JZ_REGISTER_COLUMN_DECISION] = g_strdup (jz_json_read_text (row, "number"));
  cells[JZ_REGISTER_COLUMN_PARTY] = g_strdup (jz_json_read_text (row, "party"));
  cells[JZ_REGISTER_COLUMN_GROUND] = g_strdup (jz_json_read_text (row, "ground_word"));
  cells[JZ_REGISTER_COLUMN_REASON] = g_strdup (jz_json_read_text (row, "reason"));
  cells[JZ_REGISTER_COLUMN_PROPOSED] = g_strdup (jz_json_read_text (row, "proposed_by"));
  cells[JZ_REGISTER_COLUMN_APPROVED] = g_strdup (jz_json_read_text (row, "approved_by"));
  cells[JZ_REGISTER_COLUMN_APPROVED_ON] = dup_day (row, "approved_on");
  cells[JZ_REGISTER_COLUMN_EXAMINED] = dup_examined (row);
  cells[JZ_REGISTER_COLUMN_REVIEW_ON] = dup_day (row, "review_on");
  return cells;
}

static gboolean
load_one (JzOffice *office,
          JzConnection *reader,
          gint64 id,
          gconstpointer data,
          GStrv *cells,
          GError **error)
{
  g_autoptr (JzJson) row = NULL;

  if (!jz_exemption_load (reader, id, &row, error))
    return FALSE;
  *cells = row != NULL ? make_cells (row) : NULL;
  return TRUE;
}

/**
 * jz_register_source_new_model:
 * @client: an opened office
 *
 * Returns: (transfer full): what was decided not to be published; ids are keys of publications
 */
JzRowModel *
jz_register_source_new_model (JzOfficeClient *client)
{
  static const JzRowSource source = { .query = query, .load_one = load_one };

  return jz_row_model_new (client, &source, NULL, NULL);
}
