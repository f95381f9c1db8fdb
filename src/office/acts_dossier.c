/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/case_check.h"
#include "office/dossier.h"
#include "office/error.h"
#include "office/office.h"
#include "office/sequence.h"

/* Binding the dossier (归卷): every final document once in the order that it was given, an index
 * before those of each volume, the record of the case and the checkpoint behind them (FC-49, R-09,
 * */

static JzDossierBinder binder;

/**
 * jz_office_set_binder:
 * @binder: puts a dossier together; may be called on any thread
 */
void
jz_office_set_binder (JzDossierBinder new_binder)
{
  binder = new_binder;
}

static const JzArgument bind_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "index", JZ_ARGUMENT_VALUES, JZ_PREPARED, 0, NULL, N_ ("its index, made by the program") },
  { "pdf", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the dossier itself, as PDF") },
  { NULL },
};

static gboolean
bind_with (const JzPreparation *preparation, JzConnection *reader, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  const char *case_id = jz_json_get_member_text (args, "case");
  g_autoptr (JzJson) index = NULL;
  g_autoptr (GBytes) pdf = NULL;
  JzObject object;

  if (case_id == NULL)
    return TRUE;
  pdf = binder (reader, jz_store_get_objects (store), case_id,
                jz_clock_now (jz_office_get_clock (preparation->office)), &index, error);
  if (pdf == NULL || !jz_objects_put_bytes (jz_store_get_objects (store), pdf, &object, error))
    return FALSE;
  jz_json_set_member (args, "index", g_steal_pointer (&index));
  jz_json_set_member (args, "pdf", jz_object_to_json (&object));
  return TRUE;
}

static gboolean
prepare_bind (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  JzConnection *reader;
  gboolean is_done;

  if (binder == NULL) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                         _ ("This program cannot draw documents."));
    return FALSE;
  }
  reader = jz_store_lease_reader (store, error);
  if (reader == NULL)
    return FALSE;
  is_done = bind_with (preparation, reader, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}

static gboolean
is_in_rows (const JzJson *rows, const JzStatedRecord *document)
{
  const char *title = jz_stated_record_get_text (document, "title");
  const char *number = jz_stated_record_get_text (document, "number");

  for (guint i = 0; i < jz_json_get_n_items (rows); i++) {
    const JzJson *row = jz_json_get_item (rows, i);
    const char *listed = jz_json_get_member_text (row, "number");
    if (g_strcmp0 (jz_json_get_member_text (row, "title"), title) == 0 &&
        strcmp (listed != NULL ? listed : "", number) == 0)
      return TRUE;
  }
  return FALSE;
}

/* That of the secondary volume stands in that of the main one. */
static gboolean
is_in_index (const JzJson *index, const JzStatedRecord *document)
{
  const JzJson *secondary = jz_json_get_member (index, "secondary");

  return is_in_rows (jz_json_get_member (index, "rows"), document) ||
         is_in_rows (jz_json_get_member (secondary, "rows"), document);
}

/* Nothing that was begun may be left over, and nothing final left out. */
static void
check_document (const JzSituation *self, const JzStatedRecord *document, JzRefusal **refusal)
{
  JzDocumentState state = jz_document_record_get_state (document);

  if (state < JZ_DOCUMENT_FINAL)
    jz_refuse (refusal, "FC-49", _ ("Make it final, or make it void."),
               _ ("The %s is %s; it cannot go into the dossier."),
               jz_stated_record_get_text (document, "title"), jz_document_state_word (state));
  else if (state != JZ_DOCUMENT_VOID &&
           !is_in_index (jz_json_get_member (self->args, "index"), document))
    jz_refuse (refusal, "FC-49", _ ("Bind the dossier once more."),
               _ ("The %s is not in the index of the dossier."),
               jz_stated_record_get_text (document, "title"));
}

static gboolean
check_bind (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzStated) stated = NULL;
  const GPtrArray *records;

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  stated = jz_stated_load (situation->tables, situation->case_id, situation->arrival - 1, error);
  if (stated == NULL)
    return FALSE;
  records = jz_stated_get_records (stated);
  for (guint i = 0; i < records->len && *refusal == NULL; i++) {
    const JzStatedRecord *record = g_ptr_array_index (records, i);
    if (strcmp (record->list, JZ_LIST_DOCUMENT) == 0)
      check_document (situation, record, refusal);
  }
  return TRUE;
}

static const JzArgument arrange_arguments[] = {
  JZ_CASE_ARGUMENT,
  { "main", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 60, NULL,
    N_ ("ids of the documents of the main volume, the first one first") },
  { "secondary", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 60, NULL,
    N_ ("ids of the documents of the secondary volume, the first one first") },
  { NULL },
};

/* What stays in the bureau is not put into the volume that others get to see. */
static gboolean
check_main (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const JzJson *ids = jz_json_get_member (self->args, "main");
  g_autoptr (JzStated) stated =
    jz_stated_load (self->tables, self->case_id, self->arrival - 1, error);

  if (stated == NULL)
    return FALSE;
  for (guint i = 0; self->objects != NULL && i < jz_json_get_n_items (ids) && *refusal == NULL;
       i++) {
    JzDocument document;
    if (!jz_document_find (stated, self->objects, jz_json_get_text (jz_json_get_item (ids, i)),
                           &document, error))
      return FALSE;
    if (document.form != NULL && jz_form_is_secondary (document.form))
      jz_refuse (refusal, "J-VOLUME", _ ("Leave it in the secondary volume."),
                 _ ("The %s stays in the bureau; it does not go into the main volume."),
                 jz_stated_record_get_text (document.record, "title"));
  }
  return TRUE;
}

static gboolean
check_arrange (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  if (!jz_situation_need_stage (situation, "open|closed", refusal, error))
    return FALSE;
  if (*refusal == NULL &&
      !jz_sequence_check (situation, "main", JZ_LIST_DOCUMENT, seen, refusal, error))
    return FALSE;
  if (*refusal == NULL &&
      !jz_sequence_check (situation, "secondary", JZ_LIST_DOCUMENT, seen, refusal, error))
    return FALSE;
  return *refusal != NULL || check_main (situation, refusal, error);
}

const JzAct jz_acts_dossier[] = {
  {
    .name = "dossier.arrange",
    .version = 1,
    .summary = N_ ("Put the documents of the dossier in order, each in its volume."),
    .roles = "handler|archivist|clerk",
    .scope = JZ_SCOPE_CASE,
    .arguments = arrange_arguments,
    .inverse = "dossier.arrange",
    .check = check_arrange,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_ARRANGEMENT,
  },
  {
    .name = "dossier.bind",
    .version = 1,
    .summary = N_ ("Bind the dossier of a case: index, every final document, record."),
    .roles = "handler|archivist|clerk",
    .scope = JZ_SCOPE_CASE,
    .flags = JZ_ACT_SIGNED,
    .arguments = bind_arguments,
    .inverse = "dossier.bind",
    .prepare = prepare_bind,
    .check = check_bind,
    .apply = jz_apply_facts,
    .makes_thing = TRUE,
    .list = JZ_LIST_DOSSIER,
  },
  { NULL },
};
