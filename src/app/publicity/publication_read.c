/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publication_read.h"

#include "office/publication_history.h"
#include "office/publication_sheet.h"
#include "publish/publication.h"

typedef struct {
  char *document;
  char *person;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->document);
  g_free (wanted->person);
  g_free (wanted);
}

/**
 * jz_publication_reading_free:
 * @self: (transfer full): what was read
 */
void
jz_publication_reading_free (JzPublicationReading *self)
{
  g_clear_pointer (&self->sheet, jz_json_unref);
  g_clear_pointer (&self->history, jz_json_unref);
  g_clear_pointer (&self->source, jz_public_source_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  g_autoptr (JzPublicationReading) self = g_new0 (JzPublicationReading, 1);
  const JzJson *copy;

  self->sheet = jz_publication_sheet (office, reader, wanted->document, wanted->person, error);
  if (self->sheet == NULL)
    return NULL;
  self->history = jz_publication_history (reader, wanted->document, error);
  if (self->history == NULL)
    return NULL;
  self->source =
    jz_public_source_load (reader, jz_store_get_objects (jz_office_get_store (office)),
                           jz_json_get_member_text (self->sheet, "case"), wanted->document, error);
  if (self->source == NULL)
    return NULL;
  copy = jz_json_get_member (self->sheet, "copy");
  self->found =
    jz_found_list_new (self->source, copy != NULL ? jz_json_get_member (copy, "redactions") : NULL);
  return g_steal_pointer (&self);
}

/**
 * jz_publication_read_async:
 * @client: an opened office
 * @document: id of a document
 * @cancellable: (nullable): for when it is not wanted any more
 * @callback: gets a #JzPublicationReading from jz_office_client_read_finish()
 * @user_data: for @callback
 */
void
jz_publication_read_async (JzOfficeClient *client,
                           const char *document,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->document = g_strdup (document);
  wanted->person = g_strdup (jz_office_client_get_person (client));
  jz_office_client_read_async (client, read_in_thread, wanted, wanted_free,
                               (GDestroyNotify)jz_publication_reading_free, cancellable, callback,
                               user_data);
}
