/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "office/office.h"
#include "office/situation.h"
#include "publish/error.h"
#include "publish/publication.h"
#include "publish/redaction-private.h"

/* What a store knows of a document that is to be published: its frozen values, the title of its
 * case, and everybody whom the case knows by name. */

#define SETTING_NAMES "publicity.names"

/* People in the papers of a case: officers by the composite types that the data call public, others
 * by the fields that the data call names. */
static void
add_people_of (JzPublicSource *self, const JzFilling *filling)
{
  const JzRedactionRules *rules = jz_redaction_rules_get ();
  g_autoptr (JzPublicSource) paper = jz_public_source_new (filling);
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (paper);
  for (guint i = 0; i < leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (leaves, i);
    const char *composite = leaf->owner != NULL ? leaf->owner->composite : NULL;
    gboolean is_name = leaf->field != NULL && strcmp (leaf->field->name, "name") == 0;
    if (is_name && (g_strcmp0 (composite, "off2") == 0 || g_strcmp0 (composite, "officer") == 0))
      jz_public_source_add_person (self, leaf->text, JZ_PUBLIC_ROLE_OFFICER, TRUE);
    for (guint j = 0; j < rules->values->len; j++) {
      const JzRedactionValue *value = g_ptr_array_index (rules->values, j);
      if (value->has_role && jz_redaction_value_is_meant (value, leaf))
        jz_public_source_add_person (self, leaf->text, value->role, TRUE);
    }
  }
}

static gboolean
is_natural (const char *kind)
{
  return g_strcmp0 (kind, "citizen") == 0;
}

/* A party as a composite value or as the facts of the case have it. */
static void
add_party (JzPublicSource *self, const char *kind, const char *name, const char *representative)
{
  if (name != NULL && kind != NULL)
    jz_public_source_add_person (self, name, JZ_PUBLIC_ROLE_PARTY, is_natural (kind));
  if (representative != NULL && !is_natural (kind))
    jz_public_source_add_person (self, representative, JZ_PUBLIC_ROLE_REPRESENTATIVE, TRUE);
}

static void
add_parties_of (JzPublicSource *self, const JzFilling *filling)
{
  const JzJson *values = jz_filling_get_values (filling);
  for (guint i = 0; i < jz_json_get_n_items (values); i++) {
    const JzJson *value = jz_json_get_item (values, i);
    if (jz_json_get_kind (value) == JZ_JSON_OBJECT)
      add_party (self, jz_json_get_member_text (value, "kind"),
                 jz_json_get_member_text (value, "name"),
                 jz_json_get_member_text (value, "representative"));
  }
}

/* Who has a duty in the case acts for the organ. */
static gboolean
add_officers (JzPublicSource *self, JzConnection *reader, const char *case_id, GError **error)
{
  g_autofree char *names = NULL;
  if (!jz_connection_get_text (reader, &names, error,
                               "SELECT group_concat (DISTINCT name) FROM case_duty d JOIN person p "
                               "ON p.id = d.person WHERE case_id = ?",
                               "t", case_id))
    return FALSE;
  g_auto (GStrv) list = g_strsplit (names != NULL ? names : "", ",", -1);
  for (guint i = 0; list[i] != NULL; i++)
    jz_public_source_add_person (self, list[i], JZ_PUBLIC_ROLE_OFFICER, TRUE);
  return TRUE;
}

static gboolean
add_papers (JzPublicSource *self, const JzStated *stated, JzObjects *objects, GError **error)
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
    add_parties_of (self, filling);
    add_people_of (self, filling);
  }
  return TRUE;
}

static gboolean
add_case (JzPublicSource *self,
          JzConnection *reader,
          JzObjects *objects,
          const JzStated *stated,
          const char *case_id,
          GError **error)
{
  g_autofree char *title = NULL;
  g_autofree char *names = NULL;
  if (!jz_connection_get_text (reader, &title, error, "SELECT title FROM case_file WHERE id = ?",
                               "t", case_id) ||
      !jz_tables_get_setting (reader, SETTING_NAMES, &names, error))
    return FALSE;
  jz_public_source_set_title (self, title != NULL ? title : "");
  jz_public_source_set_keeps_names (self, g_strcmp0 (names, "keep") == 0);
  add_party (self, jz_stated_get_text (stated, "party.kind"),
             jz_stated_get_text (stated, "party.name"),
             jz_stated_get_text (stated, "party.representative"));
  return add_officers (self, reader, case_id, error) && add_papers (self, stated, objects, error);
}

/**
 * jz_public_source_load:
 * @reader: a store's database
 * @objects: the store's
 * @case_id: a case
 * @document: id of a final document of it
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what is to be published; %JZ_PUBLISH_ERROR_MISSING where the
 *   case has no such document
 */
JzPublicSource *
jz_public_source_load (JzConnection *reader,
                       JzObjects *objects,
                       const char *case_id,
                       const char *document,
                       GError **error)
{
  g_autoptr (JzStated) stated = jz_stated_load (reader, case_id, G_MAXINT64, error);
  JzDocument found;
  if (stated == NULL || !jz_document_find (stated, objects, document, &found, error))
    return NULL;
  if (found.id == NULL || found.state < JZ_DOCUMENT_FINAL) {
    g_set_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_MISSING,
                 _ ("The case has no final document %s that could be published."), document);
    return NULL;
  }
  g_autoptr (JzFilling) filling = jz_document_fill (&found, error);
  if (filling == NULL)
    return NULL;
  g_autoptr (JzPublicSource) self = jz_public_source_new (filling);
  if (!add_case (self, reader, objects, stated, case_id, error))
    return NULL;
  return g_steal_pointer (&self);
}
