/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/dossier_use.h"
#include "office/error.h"
#include "office/office.h"

/* What is given out of a dossier is made while the act is prepared, by layers above this one that
 * are told here (design §1), and kept as it was given. */

static JzDossierGiver giver;
static JzPartyWriter party_writer;
static JzPartyCoverer party_coverer;

/**
 * jz_office_set_dossier_giver:
 * @giver: writes what leaves for a court or the organ of reconsideration; may be called on any
 * thread
 */
void
jz_office_set_dossier_giver (JzDossierGiver new_giver)
{
  giver = new_giver;
}

/**
 * jz_office_set_party_writer:
 * @writer: writes the copy of the party; may be called on any thread
 */
void
jz_office_set_party_writer (JzPartyWriter new_writer)
{
  party_writer = new_writer;
}

/**
 * jz_office_set_party_coverer:
 * @coverer: draws a document anew for the party, and attacks it; may be called on any thread
 */
void
jz_office_set_party_coverer (JzPartyCoverer new_coverer)
{
  party_coverer = new_coverer;
}

static gboolean
fail_to_draw (GError **error)
{
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                       _ ("This program cannot draw documents."));
  return FALSE;
}

typedef gboolean (
  *Make) (JzConnection *reader, JzObjects *objects, JzInstant now, JzJson *args, GError **error);

static gboolean
make_with (const JzPreparation *preparation, Make make, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  gboolean is_done;

  if (reader == NULL)
    return FALSE;
  is_done = make (reader, jz_store_get_objects (store),
                  jz_clock_now (jz_office_get_clock (preparation->office)), args, error);
  jz_store_return_reader (store, reader);
  return is_done && !g_cancellable_set_error_if_cancelled (preparation->cancellable, error);
}

static gboolean
keep (JzObjects *objects, GBytes *pdf, JzJson *index, JzJson *args, GError **error)
{
  JzObject object;

  jz_json_set_member (args, "index", index);
  if (!jz_objects_put_bytes (objects, pdf, &object, error))
    return FALSE;
  jz_json_set_member (args, "pdf", jz_object_to_json (&object));
  return TRUE;
}

/* Which documents of the secondary volume go there; without an approval, none. */
static JzJson *
list_pieces (const JzStated *stated, const char *opening)
{
  const JzStatedRecord *record = opening != NULL ? jz_dossier_find_opening (stated, opening) : NULL;
  const JzJson *pieces = record != NULL ? jz_stated_record_get (record, "pieces") : NULL;

  if (record == NULL)
    return jz_json_new_array ();
  return pieces != NULL && jz_json_get_n_items (pieces) > 0 ? jz_json_copy (pieces) : NULL;
}

static gboolean
give (JzConnection *reader, JzObjects *objects, JzInstant now, JzJson *args, GError **error)
{
  const char *case_id = jz_json_get_member_text (args, "case");
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  g_autoptr (JzJson) pieces = NULL;
  g_autoptr (JzJson) index = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (stated == NULL)
    return FALSE;
  pieces = list_pieces (stated, jz_json_get_member_text (args, "opening"));
  pdf = giver (reader, objects, case_id, now, pieces, &index, error);
  return pdf != NULL && keep (objects, pdf, g_steal_pointer (&index), args, error);
}

/**
 * jz_dossier_prepare_give:
 * @preparation: the office
 * @args: has `case` and perhaps `opening`; gets `index` and `pdf`
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_dossier_prepare_give (const JzPreparation *preparation, JzJson *args, GError **error)
{
  if (jz_json_get_member_text (args, "case") == NULL)
    return TRUE;
  return giver != NULL ? make_with (preparation, give, args, error) : fail_to_draw (error);
}

/* Each kind once, in the order in which they were found. */
static JzJson *
list_kinds (const JzJson *findings)
{
  JzJson *kinds = jz_json_new_array ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; findings != NULL && i < jz_json_get_n_items (findings); i++) {
    const char *kind = jz_json_get_member_text (jz_json_get_item (findings, i), "kind");
    if (kind != NULL && g_hash_table_add (seen, (gpointer)kind))
      jz_json_append (kinds, jz_json_new_text (kind));
  }
  return kinds;
}

/**
 * jz_dossier_prepare_cover:
 * @preparation: the office
 * @args: has `case`, `document` and perhaps `dossier.redactions`; gets `copy`, `report` and
 * `findings`
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_dossier_prepare_cover (const JzPreparation *preparation, JzJson *args, GError **error)
{
  const JzJson *redactions = jz_json_get_member (args, "dossier.redactions");
  g_autoptr (JzJson) work = NULL;

  /* What is not named is missed when the arguments are checked. */
  if (jz_json_get_member_text (args, "case") == NULL ||
      jz_json_get_member_text (args, "document") == NULL)
    return TRUE;
  if (party_coverer == NULL)
    return fail_to_draw (error);
  work = jz_json_new_object ();
  jz_json_set_text (work, "case", jz_json_get_member_text (args, "case"));
  jz_json_set_text (work, "document", jz_json_get_member_text (args, "document"));
  if (redactions != NULL)
    jz_json_set_member (work, "redactions", jz_json_copy (redactions));
  if (!party_coverer (preparation, work, error))
    return FALSE;
  jz_json_set_member (args, "copy", jz_json_copy (jz_json_get_member (work, "copy")));
  jz_json_set_member (args, "report", jz_json_copy (jz_json_get_member (work, "report")));
  jz_json_set_member (args, "findings", list_kinds (jz_json_get_member (work, "findings")));
  return TRUE;
}

static gboolean
has_text (const JzJson *list, const char *text)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (list, i)), text) == 0)
      return TRUE;
  return FALSE;
}

static void
copy_text (const JzJson *from, JzJson *to, const char *name)
{
  if (jz_json_get_member_text (from, name) != NULL)
    jz_json_set_text (to, name, jz_json_get_member_text (from, name));
}

static JzJson *
new_row (const JzJson *item)
{
  JzJson *row = jz_json_new_object ();

  copy_text (item, row, "id");
  copy_text (item, row, "title");
  copy_text (item, row, "number");
  copy_text (item, row, "date");
  return row;
}

/* Of the secondary volume nothing is said that was not approved; of the main one what is left out
 * is named. */
static JzJson *
add_documents (const JzJson *sheet, const JzJson *args, JzJson *rows)
{
  const JzJson *documents = jz_json_get_member (sheet, "documents");
  const JzJson *chosen = jz_json_get_member (args, "documents");
  gboolean is_opened = jz_json_get_member_text (args, "opening") != NULL;
  gboolean has_choice = chosen != NULL && jz_json_get_n_items (chosen) > 0;
  JzJson *copies = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *document = jz_json_get_item (documents, i);
    gboolean is_main = jz_json_get_member_integer (document, "volume", 1) == 1;
    gboolean is_chosen = !has_choice || has_text (chosen, jz_json_get_member_text (document, "id"));
    const JzJson *copy = jz_json_get_member (document, "copy");
    JzJson *row;
    if (!is_main &&
        (!is_opened || !is_chosen || !jz_json_get_member_boolean (document, "open", FALSE)))
      continue;
    row = new_row (document);
    jz_json_append (rows, row);
    if (is_chosen && copy != NULL) {
      jz_json_set_member (row, "copy", jz_json_copy (copy));
      jz_json_append (copies, jz_json_new_text (jz_json_get_member_text (document, "cover")));
    } else
      jz_json_set_text (row, "note", C_ ("left out", "not shown"));
  }
  return copies;
}

static JzJson *
add_files (const JzJson *sheet, JzJson *rows)
{
  const JzJson *files = jz_json_get_member (sheet, "files");
  JzJson *given = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (files); i++) {
    const JzJson *file = jz_json_get_item (files, i);
    JzJson *row = new_row (file);
    jz_json_set_boolean (row, "file", TRUE);
    jz_json_append (rows, row);
    if (jz_json_get_member_boolean (file, "free", FALSE)) {
      g_autofree char *note = NULL;
      jz_json_append (given, jz_json_new_text (jz_json_get_member_text (file, "id")));
      /* Translators: stands in an index; the number is in the name of the file */
      note = g_strdup_printf (C_ ("left out", "enclosed %u"), jz_json_get_n_items (given));
      jz_json_set_text (row, "note", note);
    } else
      copy_text (file, row, "note");
  }
  return given;
}

static gboolean
show (JzConnection *reader, JzObjects *objects, JzInstant now, JzJson *args, GError **error)
{
  const char *case_id = jz_json_get_member_text (args, "case");
  g_autoptr (JzJson) sheet = jz_party_sheet (reader, objects, case_id, now, error);
  g_autoptr (JzJson) rows = jz_json_new_array ();
  g_autoptr (JzJson) index = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (sheet == NULL)
    return FALSE;
  jz_json_set_member (args, "copies", add_documents (sheet, args, rows));
  jz_json_set_member (args, "files", add_files (sheet, rows));
  pdf = party_writer (reader, objects, case_id, now, rows, &index, error);
  return pdf != NULL && keep (objects, pdf, g_steal_pointer (&index), args, error);
}

/**
 * jz_dossier_prepare_show:
 * @preparation: the office
 * @args: has `case` and perhaps `documents` and `opening`; gets `copies`, `files`, `index` and
 * `pdf`
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_dossier_prepare_show (const JzPreparation *preparation, JzJson *args, GError **error)
{
  if (jz_json_get_member_text (args, "case") == NULL)
    return TRUE;
  return party_writer != NULL ? make_with (preparation, show, args, error) : fail_to_draw (error);
}
