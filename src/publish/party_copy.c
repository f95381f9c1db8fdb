/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/party_copy.h"

#include <string.h>

#include "office/documents.h"
#include "office/situation.h"
#include "pages/dossier.h"
#include "publish/publication.h"
#include "publish/redaction-private.h"

/* The party gets to see what is said of it, and not what is of others: witnesses, informants, other
 * parties. The same search, the same drawing and the same attack as of a public copy (P-06); only
 * what is the party's own is no finding. */

#define PARTY "party."

static void
add_stated (const char *name, const JzJson *value, gpointer data)
{
  if (g_str_has_prefix (name, PARTY) && jz_json_get_kind (value) == JZ_JSON_TEXT)
    jz_public_source_add_own (data, jz_json_get_text (value));
}

/* All that a paper says of somebody of that name: number, address, telephone. */
static void
add_own_of (JzPublicSource *self, const JzFilling *filling, const char *name)
{
  g_autoptr (JzPublicSource) paper = jz_public_source_new (filling);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (paper);
  for (guint i = 0; i < leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (leaves, i);
    const char *whose =
      leaf->owner != NULL ? jz_json_get_member_text (leaf->siblings, "name") : NULL;
    if (g_strcmp0 (whose, name) == 0)
      jz_public_source_add_own (self, leaf->text);
  }
}

static gboolean
add_papers (JzPublicSource *self,
            const JzStated *stated,
            JzObjects *objects,
            const char *name,
            GError **error)
{
  const GPtrArray *records = jz_stated_get_records (stated);
  for (guint i = 0; i < records->len; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    JzDocument document;
    if (strcmp (record->list, JZ_LIST_DOCUMENT) != 0)
      continue;
    if (!jz_document_find (stated, objects, record->id, &document, error))
      return FALSE;
    g_autoptr (JzFilling) filling = jz_document_fill (&document, error);
    if (filling == NULL)
      return FALSE;
    add_own_of (self, filling, name);
  }
  return TRUE;
}

static gboolean
add_party (JzPublicSource *self,
           JzConnection *reader,
           JzObjects *objects,
           const char *case_id,
           GError **error)
{
  g_autofree char *filed = NULL;
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  if (stated == NULL ||
      !jz_connection_get_text (reader, &filed, error, "SELECT party FROM case_file WHERE id = ?",
                               "t", case_id))
    return FALSE;
  jz_stated_foreach (stated, add_stated, self);
  const char *name = jz_stated_get_text (stated, PARTY "name");
  if (name[0] == '\0')
    name = filed != NULL ? filed : "";
  if (name[0] == '\0')
    return TRUE;
  jz_public_source_add_own (self, name);
  return add_papers (self, stated, objects, name, error);
}

/**
 * jz_party_source_load:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of a final document of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the document as the party is to read it;
 *   %JZ_PUBLISH_ERROR_MISSING where the case has no such document
 */
JzPublicSource *
jz_party_source_load (JzConnection *reader,
                      JzObjects *objects,
                      const char *case_id,
                      const char *document,
                      GError **error)
{
  g_autoptr (JzPublicSource) self =
    jz_public_source_load (reader, objects, case_id, document, error);
  if (self == NULL || !add_party (self, reader, objects, case_id, error))
    return NULL;
  /* Whether the public may read the names of parties says nothing of other parties here. */
  jz_public_source_set_keeps_names (self, FALSE);
  return g_steal_pointer (&self);
}

/**
 * jz_prepare_party_copy:
 * @preparation: who covers
 * @args: has `case`, `document`, `redactions`; gets `copy` and `report`, objects, and `findings`, a
 *   list of {kind} of what nobody decided on
 * @error: return location
 *
 * Returns: whether it was done; %JZ_PUBLISH_ERROR_EXPOSED where what was covered can still be read
 */
gboolean
jz_prepare_party_copy (const JzPreparation *preparation, JzJson *args, GError **error)
{
  return jz_prepare_copy (preparation, jz_party_source_load, args, error);
}

/* (nullable) (transfer none): a document by which the case's people are known */
static const char *
find_document (const JzJson *rows)
{
  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    if (!jz_json_get_member_boolean (row, "file", FALSE))
      return jz_json_get_member_text (row, "id");
  }
  return NULL;
}

/* Names of documents and of files may tell what the pages do not: whatever is found in them is
 * covered. */
static JzJson *
cover_names (const JzJson *rows, JzPublicSource *source)
{
  guint n_rows = jz_json_get_n_items (rows);
  for (guint i = 0; i < n_rows; i++)
    jz_public_source_add_file (source,
                               jz_json_get_member_text (jz_json_get_item (rows, i), "title"));
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  g_autoptr (GPtrArray) redactions = jz_redactions_cover_all (found);
  g_auto (GStrv) names = jz_redaction_apply_files (source, redactions);
  JzJson *covered = jz_json_copy (rows);
  for (guint i = 0; i < n_rows; i++)
    jz_json_set_text ((JzJson *)jz_json_get_item (covered, i), "title", names[i]);
  return covered;
}

/**
 * jz_write_party_copy:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @now: the time
 * @rows: see jz_pages_write_party_copy(); those of files have `file`
 * @index: (out) (transfer full): the values of the index
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the index and the copies as one PDF
 */
GBytes *
jz_write_party_copy (JzConnection *reader,
                     JzObjects *objects,
                     const char *case_id,
                     JzInstant now,
                     const JzJson *rows,
                     JzJson **index,
                     GError **error)
{
  const char *document = find_document (rows);
  g_autoptr (JzPublicSource) source =
    document != NULL ? jz_party_source_load (reader, objects, case_id, document, error) : NULL;
  g_autoptr (JzJson) covered = NULL;
  if (document != NULL && source == NULL)
    return NULL;
  covered = source != NULL ? cover_names (rows, source) : jz_json_new_array ();
  return jz_pages_write_party_copy (reader, objects, case_id, now, covered, index, error);
}
