/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/numbers_page.h"

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/words.h"
#include "office/number_list.h"

/* Series with their numbers: the series are the rows, the numbers of the one that is selected stand
 * beside it, those that bear no document first. */

#define RESERVERS "section_head|clerk|secretary"
#define KEEPERS "handler|section_head|clerk|secretary"
/* The register of a year may have thousands; the rest is in the export. */
#define MAX_SHOWN 200

typedef struct {
  GPtrArray *series;
  GHashTable *numbers; /* series → GPtrArray of JzNumberEntry */
} Reading;

struct _JzNumbersPage {
  JzListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzNumbersPage, jz_numbers_page, JZ_TYPE_LIST_PAGE)

static const JzShortColumn columns[] = {
  { N_ ("Series"), 26, TRUE },     { N_ ("Last number"), 12, FALSE }, { N_ ("Used"), 10, FALSE },
  { N_ ("Kept back"), 10, FALSE }, { N_ ("Given back"), 10, FALSE },  { N_ ("Void"), 10, FALSE },
};

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_hash_table_unref (self->numbers);
  g_free (self);
}

static gpointer
read_numbers (JzOffice *office,
              JzConnection *reader,
              gpointer data,
              GCancellable *cancellable,
              GError **error)
{
  Reading *self = g_new0 (Reading, 1);

  self->numbers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  self->series = jz_number_list_series (reader, error);
  for (guint i = 0; self->series != NULL && i < self->series->len; i++) {
    const JzNumberSeries *series = self->series->pdata[i];
    GPtrArray *numbers = jz_number_list (reader, series->series, error);
    if (numbers == NULL || g_cancellable_set_error_if_cancelled (cancellable, error)) {
      g_clear_pointer (&numbers, g_ptr_array_unref);
      reading_free (self);
      return NULL;
    }
    g_hash_table_insert (self->numbers, g_strdup (series->series), numbers);
  }
  if (self->series != NULL)
    return self;
  reading_free (self);
  return NULL;
}

static void
fill (JzListPage *page, gpointer result)
{
  const Reading *reading = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < reading->series->len; i++) {
    const JzNumberSeries *series = reading->series->pdata[i];
    char **cells = g_new0 (char *, JZ_NUMBER_N_STATES + 3);
    cells[0] = g_strdup (series->series);
    cells[1] = g_strdup_printf ("%lld", (long long)series->last);
    for (guint j = 0; j < JZ_NUMBER_N_STATES; j++)
      cells[j + 2] = g_strdup_printf ("%u", series->n[j]);
    g_ptr_array_add (rows, jz_short_row_new_take (series->series, NULL, cells));
  }
  jz_short_table_set_rows (jz_list_page_get_table (page), rows);
}

static gboolean
may (JzListPage *page, const char *roles)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (page));
  return client != NULL && jz_office_client_has_role (client, roles);
}

static void
show_number (JzListPage *page, const JzNumberEntry *entry)
{
  JzDetail *detail = jz_list_page_get_detail (page);
  g_autofree char *time = jz_words_dup_moment (entry->time);
  g_autofree char *state =
    entry->case_title[0] != '\0'
      ? g_strdup_printf (_ ("%1$s: %2$s"), jz_number_state_get_word (entry->state),
                         entry->case_title)
      : g_strdup (jz_number_state_get_word (entry->state));
  g_autofree char *who = g_strdup_printf ("%s · %s", entry->person, time);

  jz_detail_add_line (detail, entry->number, state);
  if (entry->reason[0] != '\0')
    jz_detail_add_text (detail, entry->reason, NULL);
  jz_detail_add_text (detail, who, "dim-label");
  if (entry->state == JZ_NUMBER_USED && entry->case_id[0] != '\0') {
    g_autofree char *place = g_strconcat ("cases/", entry->case_id, NULL);
    jz_detail_add_button (detail, _ ("_Open Case"), "win.go", place);
  }
  if (!may (page, KEEPERS))
    return;
  if (entry->state == JZ_NUMBER_RESERVED)
    jz_detail_add_button (detail, _ ("_Give Back"), "numbers.give-back", entry->number);
  if (entry->state == JZ_NUMBER_RESERVED || entry->state == JZ_NUMBER_RETURNED)
    jz_detail_add_button (detail, _ ("Make _Void"), "numbers.make-void", entry->number);
}

static void
show_numbers (JzListPage *page, const GPtrArray *numbers, gboolean with_document)
{
  guint n_shown = 0;

  for (guint i = 0; i < numbers->len && n_shown < MAX_SHOWN; i++) {
    const JzNumberEntry *entry = numbers->pdata[i];
    if ((entry->state == JZ_NUMBER_USED) != with_document)
      continue;
    show_number (page, entry);
    n_shown++;
  }
  if (n_shown == 0)
    jz_detail_add_text (jz_list_page_get_detail (page), _ ("None"), "dim-label");
}

static void
show (JzListPage *page, gpointer result, const char *id)
{
  const Reading *reading = result;
  JzDetail *detail = jz_list_page_get_detail (page);
  const GPtrArray *numbers = id != NULL ? g_hash_table_lookup (reading->numbers, id) : NULL;

  if (numbers == NULL) {
    jz_detail_add_text (detail, _ ("Choose a series to see its numbers."), "dim-label");
    return;
  }
  jz_detail_set_heading (detail, id, NULL);
  jz_detail_add_group (detail, _ ("Numbers without a document"));
  show_numbers (page, numbers, FALSE);
  jz_detail_add_group (detail, _ ("Numbers used"));
  show_numbers (page, numbers, TRUE);
}

static void
reserve (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_act_form_present (widget, jz_section_get_client (JZ_SECTION (widget)), "number.reserve", NULL);
}

static void
present_number (GtkWidget *widget, const char *act, GVariant *parameter)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "number", g_variant_get_string (parameter, NULL));
  jz_act_form_present (widget, jz_section_get_client (JZ_SECTION (widget)), act, preset);
}

static void
give_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_number (widget, "number.return", parameter);
}

static void
make_void (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_number (widget, "number.void", parameter);
}

static void
jz_numbers_page_constructed (GObject *object)
{
  JzListPage *page = JZ_LIST_PAGE (object);

  G_OBJECT_CLASS (jz_numbers_page_parent_class)->constructed (object);
  jz_list_page_add_button (page, _ ("_Keep Back a Block…"), "numbers.reserve", RESERVERS);
  jz_short_table_set_empty (jz_list_page_get_table (page), "view-list-ordered-symbolic",
                            _ ("No number has been given yet"),
                            _ ("Documents get their numbers when they become final."));
}

static void
jz_numbers_page_class_init (JzNumbersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_numbers_page_constructed;
  page_class->title = N_ ("Number register");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->read = read_numbers;
  page_class->free_result = reading_free;
  page_class->fill = fill;
  page_class->show = show;
  gtk_widget_class_install_action (widget_class, "numbers.reserve", NULL, reserve);
  gtk_widget_class_install_action (widget_class, "numbers.give-back", "s", give_back);
  gtk_widget_class_install_action (widget_class, "numbers.make-void", "s", make_void);
}

static void
jz_numbers_page_init (JzNumbersPage *self)
{
}
