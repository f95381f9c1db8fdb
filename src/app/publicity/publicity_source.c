/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publicity_source.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/words.h"

/* The list of publications, for JzRowModel. Its filter has `group`. */

const JzRowColumn jz_publicity_columns[JZ_PUBLICITY_N_COLUMNS] = {
  [JZ_PUBLICITY_COLUMN_DECISION] = { N_ ("Decision"), 24, FALSE, FALSE, FALSE, 0 },
  [JZ_PUBLICITY_COLUMN_PARTY] = { N_ ("Party"), 24, FALSE, TRUE, FALSE, 0 },
  [JZ_PUBLICITY_COLUMN_DUE] = { N_ ("Last day"), 26, FALSE, FALSE, FALSE, JZ_PUBLICITY_CELL_STYLE },
  [JZ_PUBLICITY_COLUMN_STEP] = { N_ ("Step"), 18, FALSE, FALSE, FALSE, 0 },
  [JZ_PUBLICITY_COLUMN_WHO] = { N_ ("Who"), 16, FALSE, FALSE, FALSE, 0 },
  [JZ_PUBLICITY_COLUMN_REMARK] = { N_ ("Remark"), 24, FALSE, TRUE, FALSE, 0 },
};

static GArray *
query (JzOffice *office,
       JzConnection *reader,
       const JzRowQuery *query,
       gconstpointer data,
       GCancellable *cancellable,
       GError **error)
{
  gint64 group = query->filter != NULL ? jz_json_get_member_integer (query->filter, "group", 0) : 0;

  return jz_publicity_query (reader, (JzPublicityGroup)group, query->limit, error);
}

/* By when; of what is done since when. */
static char *
dup_due (const JzJson *row)
{
  g_autofree char *day = NULL;

  if (jz_json_read_text (row, "when")[0] != '\0')
    return g_strdup (jz_json_read_text (row, "when"));
  if (jz_json_read_text (row, "review_on")[0] != '\0') {
    day = jz_words_dup_day (jz_json_read_text (row, "review_on"));
    /* Translators: the day on which it is looked at again whether it can be published */
    return g_strdup_printf (_ ("look again on %s"), day);
  }
  if (jz_json_read_text (row, "released_on")[0] == '\0')
    return g_strdup ("");
  day = jz_words_dup_day (jz_json_read_text (row, "released_on"));
  return g_strdup_printf (_ ("released on %s"), day);
}

/* What is wrong with it, or was: an error that was reported, and why it was released late. */
static char *
dup_remark (const JzJson *row)
{
  if (jz_json_read_text (row, "error")[0] != '\0')
    return g_strdup_printf (_ ("An error was reported: %s"), jz_json_read_text (row, "error"));
  if (jz_json_read_text (row, "late_reason")[0] != '\0')
    return g_strdup_printf (_ ("Released late: %s"), jz_json_read_text (row, "late_reason"));
  return g_strdup ("");
}

static GStrv
make_cells (const JzJson *row)
{
  GStrv cells = g_new0 (char *, JZ_PUBLICITY_N_CELLS + 1);

  cells[JZ_PUBLICITY_COLUMN_DECISION] = g_strdup (jz_json_read_text (row, "number"));
  cells[JZ_PUBLICITY_COLUMN_PARTY] = g_strdup (jz_json_read_text (row, "party"));
  cells[JZ_PUBLICITY_COLUMN_DUE] = dup_due (row);
  cells[JZ_PUBLICITY_COLUMN_STEP] = g_strdup (jz_json_read_text (row, "state_word"));
  cells[JZ_PUBLICITY_COLUMN_WHO] = g_strdup (jz_json_read_text (row, "who"));
  cells[JZ_PUBLICITY_COLUMN_REMARK] = dup_remark (row);
  cells[JZ_PUBLICITY_CELL_STYLE] = g_strdup (jz_json_read_text (row, "style"));
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

  if (!jz_publicity_load (office, reader, id, data, &row, error))
    return FALSE;
  *cells = row != NULL ? make_cells (row) : NULL;
  return TRUE;
}

/**
 * jz_publicity_source_new_model:
 * @client: an opened office
 *
 * Returns: (transfer full): what is to be published in it; ids are keys of publications
 */
JzRowModel *
jz_publicity_source_new_model (JzOfficeClient *client)
{
  static const JzRowSource source = { .query = query, .load_one = load_one };

  return jz_row_model_new (client, &source, g_strdup (jz_office_client_get_person (client)),
                           g_free);
}
