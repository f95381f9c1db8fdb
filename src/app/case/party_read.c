/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/party_read.h"

#include "office/cases.h"
#include "office/dossier_use.h"
#include "publish/party_copy.h"

typedef struct {
  char *case_id;
  char *document; /* (nullable) */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->case_id);
  g_free (wanted->document);
  g_free (wanted);
}

/**
 * jz_party_reading_free:
 * @self: (transfer full): what was read
 */
void
jz_party_reading_free (JzPartyReading *self)
{
  g_clear_pointer (&self->sheet, jz_json_unref);
  g_clear_pointer (&self->source, jz_public_source_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self->document);
  g_free (self);
}

/* The one that is asked for; else the first that nobody has gone through; else the first. */
static const JzJson *
choose_document (const JzJson *sheet, const char *wanted)
{
  const JzJson *documents = jz_json_get_member (sheet, "documents");
  const JzJson *first = NULL;
  const JzJson *waiting = NULL;

  for (guint i = 0; i < jz_json_get_n_items (documents); i++) {
    const JzJson *row = jz_json_get_item (documents, i);
    if (!jz_json_get_member_boolean (row, "open", FALSE))
      continue;
    if (g_strcmp0 (jz_json_get_member_text (row, "id"), wanted) == 0)
      return row;
    if (first == NULL)
      first = row;
    if (waiting == NULL && jz_json_get_member_text (row, "cover") == NULL)
      waiting = row;
  }
  return waiting != NULL ? waiting : first;
}

static gboolean
read_document (JzPartyReading *self,
               JzConnection *reader,
               JzObjects *objects,
               const Wanted *wanted,
               GError **error)
{
  const JzJson *row = choose_document (self->sheet, wanted->document);

  if (row == NULL)
    return TRUE;
  self->document = g_strdup (jz_json_get_member_text (row, "id"));
  self->source = jz_party_source_load (reader, objects, wanted->case_id, self->document, error);
  if (self->source == NULL)
    return FALSE;
  self->found = jz_found_list_new (self->source, jz_json_get_member (row, "redactions"));
  return TRUE;
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  g_autoptr (JzPartyReading) self = g_new0 (JzPartyReading, 1);
  g_autoptr (JzJson) row = jz_cases_show (reader, wanted->case_id, error);

  self->sheet = row != NULL ? jz_party_sheet (reader, objects, wanted->case_id,
                                              jz_clock_now (jz_office_get_clock (office)), error)
                            : NULL;
  if (self->sheet == NULL)
    return NULL;
  jz_json_set_text (self->sheet, "title", jz_json_get_member_text (row, "title"));
  return read_document (self, reader, objects, wanted, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * jz_party_read_async:
 * @client: an opened office
 * @case_id: id of a case
 * @document: (nullable): id of the document that is wanted
 * @cancellable: (nullable): for when it is not wanted any more
 * @callback: gets a #JzPartyReading from jz_office_client_read_finish()
 * @user_data: for @callback
 */
void
jz_party_read_async (JzOfficeClient *client,
                     const char *case_id,
                     const char *document,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->case_id = g_strdup (case_id);
  wanted->document = g_strdup (document);
  jz_office_client_read_async (client, read_in_thread, wanted, wanted_free,
                               (GDestroyNotify)jz_party_reading_free, cancellable, callback,
                               user_data);
}
