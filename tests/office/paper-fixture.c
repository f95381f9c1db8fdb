/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper-fixture.h"

#include <string.h>

#include "office/document_freeze.h"
#include "office/dossier.h"
#include "office/publication_prepare.h"
#include "office-fixture.h"

static GBytes *
draw (const JzFilling *filling, const JzSheet *sheet, GError **error)
{
  g_autofree char *text = jz_filling_to_canonical (filling, NULL);
  return g_bytes_new (text, strlen (text));
}

/* An index of all that is final is what the office asks of a dossier. */
static GBytes *
bind_dossier (JzConnection *reader,
              JzObjects *objects,
              const char *case_id,
              JzInstant now,
              JzJson **index,
              GError **error)
{
  g_autoptr (JzJson) documents = jz_documents_list (reader, case_id, error);
  JzJson *rows = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (documents); i++)
    if (jz_dossier_is_listed (jz_json_get_item (documents, i)))
      jz_json_append (rows, jz_json_copy (jz_json_get_item (documents, i)));
  *index = jz_json_new_object ();
  jz_json_set_member (*index, "rows", rows);
  return g_bytes_new (case_id, strlen (case_id));
}

static JzJson *
put (JzObjects *objects, const JzJson *json, GError **error)
{
  gsize length = 0;
  char *text = jz_json_to_canonical (json, &length);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, length);
  JzObject object;

  return jz_objects_put_bytes (objects, bytes, &object, error) ? jz_object_to_json (&object) : NULL;
}

static JzJson *
read_values (JzConnection *reader, const JzJson *args)
{
  g_autoptr (JzStated) stated =
    jz_stated_load (reader, jz_json_get_member_text (args, "case"), G_MAXINT64, NULL);
  const JzStatedRecord *record =
    jz_document_find_record (stated, jz_json_get_member_text (args, "document"));

  return jz_json_copy (jz_stated_record_get (record, "values"));
}

/* Only whole values, and only where somebody says what the public sees instead. */
static void
replace (const JzJson *values, const JzJson *redactions)
{
  for (guint i = 0; redactions != NULL && i < jz_json_get_n_items (redactions); i++) {
    const JzJson *one = jz_json_get_item (redactions, i);
    const char *text = jz_json_get_member_text (one, "replacement");
    g_auto (GStrv) names = g_strsplit (jz_json_get_member_text (one, "field"), ".", 2);
    if (text != NULL)
      jz_json_set_text ((JzJson *)jz_json_get_member (values, names[0]), names[1], text);
  }
}

/* What it finds is an address, as long as nobody decided on anything. */
static gboolean
publish (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzObjects *objects = jz_store_get_objects (store);
  JzConnection *reader = jz_store_lease_reader (store, error);
  g_autoptr (JzJson) public = test_json ("{'files':[],'text':'公开文本','title':'某某案'}");
  g_autoptr (JzJson) report =
    test_json ("{'found':[{'field':'party.address','start':0,'length':9,'kind':'home_address'}]}");
  JzJson *findings = jz_json_new_array ();

  jz_json_set_member (public, "values", read_values (reader, args));
  replace (jz_json_get_member (public, "values"), jz_json_get_member (args, "redactions"));
  jz_store_return_reader (store, reader);
  jz_json_set_member (args, "copy", put (objects, public, error));
  jz_json_set_member (args, "public", put (objects, public, error));
  jz_json_set_member (args, "report", put (objects, report, error));
  if (jz_json_get_member (args, "redactions") == NULL) {
    JzJson *finding = jz_json_new_object ();
    jz_json_set_text (finding, "kind", "home_address");
    jz_json_append (findings, finding);
  }
  jz_json_set_member (args, "findings", findings);
  return TRUE;
}

void
paper_connect (void)
{
  jz_office_set_publisher (publish);
  jz_office_set_drawer (draw);
  jz_office_set_binder (bind_dossier);
}
