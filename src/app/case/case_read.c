/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_read.h"

#include "app/case/case_tab.h"
#include "office/case_sheet.h"
#include "office/recheck.h"
#include "pages/pdf.h"

/* Reads all that the page of a case shows, on a worker thread. */

typedef struct {
  char *case_id;
  char *person;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->case_id);
  g_free (reading->person);
  g_free (reading);
}

/* How many pages a frozen document has; 0 where it is not to be had. */
static gint64
count_pages (JzObjects *objects, const char *hex)
{
  JzHash hash;
  g_autofree char *path = NULL;
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n_pages = 0;

  if (!jz_hash_from_hex (hex, &hash))
    return 0;
  path = jz_objects_dup_path (objects, &hash);
  file = g_mapped_file_new (path, FALSE, NULL);
  pdf = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  return pdf != NULL && jz_pdf_count_pages (pdf, &n_pages, NULL) ? n_pages : 0;
}

static void
add_page_counts (JzJson *sheet, JzObjects *objects)
{
  const JzJson *groups = jz_json_get_member (sheet, "documents");

  for (guint i = 0; i < jz_json_get_n_items (groups); i++) {
    const JzJson *rows = jz_json_get_member (jz_json_get_item (groups, i), "rows");
    for (guint j = 0; j < jz_json_get_n_items (rows); j++) {
      JzJson *row = (JzJson *)jz_json_get_item (rows, j);
      const char *object = jz_json_read_text (row, "object");
      if (object[0] != '\0')
        jz_json_set_integer (row, "pages", count_pages (objects, object));
    }
  }
}

/* The documents of a volume are numbered through, as on the paper. */
static void
number_pages (JzJson *sheet, JzObjects *objects)
{
  const JzJson *volumes = jz_json_get_member (jz_json_get_member (sheet, "dossier"), "volumes");

  for (guint i = 0; i < jz_json_get_n_items (volumes); i++) {
    JzJson *volume = (JzJson *)jz_json_get_item (volumes, i);
    const JzJson *rows = jz_json_get_member (volume, "rows");
    gint64 n_pages = 0;
    for (guint j = 0; j < jz_json_get_n_items (rows); j++) {
      JzJson *row = (JzJson *)jz_json_get_item (rows, j);
      jz_json_set_integer (row, "page", n_pages + 1);
      n_pages += count_pages (objects, jz_json_read_text (row, "object"));
    }
    jz_json_set_integer (volume, "pages", n_pages);
  }
}

static gpointer
read_sheet (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  const Reading *reading = data;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  JzJson *sheet = jz_case_sheet_new (reader, objects, reading->case_id, reading->person,
                                     jz_clock_now (jz_office_get_clock (office)), error);

  if (sheet == NULL)
    return NULL;
  if (!jz_recheck_mark (
        office, (JzJson *)jz_json_get_member (jz_json_get_member (sheet, "evidence"), "files"),
        error)) {
    jz_json_unref (sheet);
    return NULL;
  }
  add_page_counts (sheet, objects);
  number_pages (sheet, objects);
  return sheet;
}

/**
 * jz_case_read_async:
 * @client: the office, with somebody signed in
 * @case_id: a case
 * @cancellable: (nullable): to give up
 * @callback: told when it was read; jz_office_client_read_finish() gives a #JzJson as of
 *   jz_case_sheet_new(), whose documents have `pages` as well, and its volumes of the dossier
 *   `pages` and, in their rows, `page`
 * @user_data: for @callback
 */
void
jz_case_read_async (JzOfficeClient *client,
                    const char *case_id,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->case_id = g_strdup (case_id);
  reading->person = g_strdup (jz_office_client_get_person (client));
  jz_office_client_read_async (client, read_sheet, reading, reading_free,
                               (GDestroyNotify)jz_json_unref, cancellable, callback, user_data);
}
