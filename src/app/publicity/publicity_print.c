/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/publicity_print.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/printing.h"
#include "app/words.h"
#include "office/exemptions.h"
#include "office/publication_history.h"
#include "office/publications.h"
#include "pages/leaflet.h"

/* On paper: what became of one publication (公示历史, P-05), and the register of what is not
 * published (不予公开台账, P-07). Read and drawn on a worker thread. */

typedef struct {
  char *document; /* NULL for the register */
  char *bureau;
  gboolean is_demo;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *self = data;

  g_free (self->document);
  g_free (self->bureau);
  g_free (self);
}

static void
add_row (JzLeaflet *leaflet, const char *label, const char *value)
{
  if (value[0] != '\0')
    jz_leaflet_add_row (leaflet, label, value);
}

static void
add_day (JzLeaflet *leaflet, const char *label, const char *day)
{
  g_autofree char *words = day[0] != '\0' ? jz_words_dup_day (day) : g_strdup ("");
  add_row (leaflet, label, words);
}

static void
begin (JzLeaflet *leaflet, const Wanted *wanted, JzInstant now)
{
  char instant[JZ_INSTANT_SIZE];
  g_autofree char *moment = NULL;

  jz_instant_format (now, instant);
  moment = jz_words_dup_moment (instant);
  add_row (leaflet, _ ("Bureau"), wanted->bureau);
  add_row (leaflet, _ ("Printed"), moment);
}

static void
add_event (JzLeaflet *leaflet, const JzJson *row)
{
  g_autofree char *moment = jz_words_dup_moment (jz_json_read_text (row, "time"));
  g_autofree char *text = jz_json_read_text (row, "detail")[0] != '\0'
                            ? g_strdup_printf ("%s。%s", jz_json_read_text (row, "sentence"),
                                               jz_json_read_text (row, "detail"))
                            : g_strdup (jz_json_read_text (row, "sentence"));

  jz_leaflet_add_row (leaflet, moment, text);
}

static JzLeaflet *
make_history (JzConnection *reader, const Wanted *wanted, JzInstant now, GError **error)
{
  g_autoptr (JzJson) history = jz_publication_history (reader, wanted->document, error);
  g_autoptr (JzPublication) publication = NULL;
  g_autofree char *title = NULL;
  JzLeaflet *leaflet;

  if (history == NULL || !jz_publication_find (reader, wanted->document, &publication, error))
    return NULL;
  /* Translators: number of a decision */
  title = g_strdup_printf (_ ("History of the Publication of %s"),
                           publication != NULL ? publication->number : "");
  leaflet = jz_leaflet_new (title, wanted->is_demo);
  begin (leaflet, wanted, now);
  jz_leaflet_add_heading (leaflet, _ ("Course of the publication"));
  for (guint i = 0; i < jz_json_get_n_items (history); i++)
    add_event (leaflet, jz_json_get_item (history, i));
  return leaflet;
}

static void
add_exemption (JzLeaflet *leaflet, guint number, const JzJson *row)
{
  g_autofree char *heading = g_strdup_printf (
    "%u. %s  %s", number, jz_json_read_text (row, "number"), jz_json_read_text (row, "party"));

  jz_leaflet_add_heading (leaflet, heading);
  add_day (leaflet, _ ("Decided on"), jz_json_read_text (row, "decided_on"));
  add_row (leaflet, _ ("Ground"), jz_json_read_text (row, "ground_word"));
  add_row (leaflet, _ ("Reason"), jz_json_read_text (row, "reason"));
  add_row (leaflet, _ ("Proposed by"), jz_json_read_text (row, "proposed_by"));
  add_row (leaflet, _ ("Approved by"), jz_json_read_text (row, "approved_by"));
  add_day (leaflet, _ ("Approved on"), jz_json_read_text (row, "approved_on"));
  add_row (leaflet, _ ("Re-examined by"), jz_json_read_text (row, "examined_by"));
  add_day (leaflet, _ ("Re-examined on"), jz_json_read_text (row, "examined_on"));
  add_day (leaflet, _ ("To be looked at again on"), jz_json_read_text (row, "review_on"));
}

static JzLeaflet *
make_register (JzConnection *reader, const Wanted *wanted, JzInstant now, GError **error)
{
  g_autoptr (GArray) keys = jz_exemptions_query (reader, 0, error);
  g_autoptr (JzLeaflet) leaflet = NULL;

  if (keys == NULL)
    return NULL;
  leaflet = jz_leaflet_new (_ ("Register of What Is Not Published"), wanted->is_demo);
  begin (leaflet, wanted, now);
  for (guint i = 0; i < keys->len; i++) {
    g_autoptr (JzJson) row = NULL;
    if (!jz_exemption_load (reader, g_array_index (keys, gint64, i), &row, error))
      return NULL;
    if (row != NULL)
      add_exemption (leaflet, i + 1, row);
  }
  if (keys->len == 0)
    jz_leaflet_add_paragraph (leaflet, _ ("Every decision is published."));
  return g_steal_pointer (&leaflet);
}

static gpointer
draw_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  g_autoptr (JzLeaflet) leaflet = wanted->document != NULL
                                    ? make_history (reader, wanted, now, error)
                                    : make_register (reader, wanted, now, error);

  return leaflet != NULL ? jz_leaflet_write_pdf (leaflet, now, error) : NULL;
}

static void
print (GtkWidget *inside, GAsyncResult *result, GObject *source, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  const JzPrintRequest request = { pdf, NULL, name, FALSE };

  if (pdf == NULL)
    jz_show_error (inside, error);
  else
    jz_print (inside, &request);
}

static void
on_history_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  print (inside, result, source, _ ("History of the publication"));
}

static void
on_register_drawn (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) inside = data;
  print (inside, result, source, _ ("Register of what is not published"));
}

static Wanted *
wanted_new (JzOfficeClient *client, const char *document)
{
  Wanted *self = g_new0 (Wanted, 1);

  self->document = g_strdup (document);
  self->bureau = g_strdup (jz_office_client_get_bureau (client));
  self->is_demo = jz_office_client_is_demo (client);
  return self;
}

/**
 * jz_publicity_print_history:
 * @inside: a widget of the window
 * @client: the office
 * @document: id of a document that is or was to be published
 *
 * Asks for a printer and prints what became of its publication.
 */
void
jz_publicity_print_history (GtkWidget *inside, JzOfficeClient *client, const char *document)
{
  jz_office_client_read_async (client, draw_in_thread, wanted_new (client, document), wanted_free,
                               (GDestroyNotify)g_bytes_unref, NULL, on_history_drawn,
                               g_object_ref (inside));
}

/**
 * jz_publicity_print_register:
 * @inside: a widget of the window
 * @client: the office
 *
 * Asks for a printer and prints the register of what is not published.
 */
void
jz_publicity_print_register (GtkWidget *inside, JzOfficeClient *client)
{
  jz_office_client_read_async (client, draw_in_thread, wanted_new (client, NULL), wanted_free,
                               (GDestroyNotify)g_bytes_unref, NULL, on_register_drawn,
                               g_object_ref (inside));
}
