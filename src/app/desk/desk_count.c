/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk_count.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/desk/desk_row.h"
#include "app/words.h"
#include "office/desk.h"

/* 依据 and 计算: on what a limit rests, and each day that was counted, or why it was not. */

typedef struct {
  char *case_id;
  char *rule;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_free (self->case_id);
  g_free (self->rule);
  g_free (self);
}

static gpointer
explain (JzOffice *office,
         JzConnection *reader,
         gpointer data,
         GCancellable *cancellable,
         GError **error)
{
  const Question *question = data;

  return jz_desk_explain (office, reader, question->case_id, question->rule, error);
}

static const char *
get_verdict_words (const JzJson *day)
{
  static const char *const words[][2] = {
    { "event", NC_ ("day", "the event; not counted") },
    { "counted", NC_ ("day", "counted") },
    { "rest", NC_ ("day", "day off") },
    { "excluded", NC_ ("day", "not counted") },
    { "rolled", NC_ ("day", "moved on") },
    { "latest", NC_ ("day", "the last day") },
  };
  const char *verdict = jz_json_read_text (day, "verdict");

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i][0], verdict) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "day", words[i][1]);
  return verdict;
}

static GtkWidget *
new_label (const char *text, gboolean is_dim)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
attach_day (GtkGrid *grid, int row, const JzJson *day)
{
  gboolean is_counted = strcmp (jz_json_read_text (day, "verdict"), "counted") == 0;
  g_autofree char *date = jz_words_dup_day (jz_json_read_text (day, "date"));
  g_autofree char *weekday = NULL;
  g_autofree char *number =
    is_counted ? g_strdup_printf ("%lld", (long long)jz_json_get_member_integer (day, "counted", 0))
               : g_strdup ("");
  g_autofree char *words =
    g_strdup_printf ("%s %s", get_verdict_words (day), jz_json_read_text (day, "holiday"));
  JzDate parsed;

  if (jz_date_parse (jz_json_read_text (day, "date"), &parsed, NULL))
    weekday = jz_words_dup_weekday (parsed);
  gtk_grid_attach (grid, new_label (date, !is_counted), 0, row, 1, 1);
  gtk_grid_attach (grid, new_label (weekday, !is_counted), 1, row, 1, 1);
  gtk_grid_attach (grid, new_label (number, FALSE), 2, row, 1, 1);
  gtk_grid_attach (grid, new_label (words, !is_counted), 3, row, 1, 1);
}

/**
 * jz_desk_count_new_days:
 * @limit: a limit as of jz_desk_explain()
 *
 * Returns: (transfer floating): its days, one a line
 */
GtkWidget *
jz_desk_count_new_days (const JzJson *limit)
{
  const JzJson *days = jz_json_get_member (limit, "days");
  GtkWidget *grid = gtk_grid_new ();
  GtkWidget *window = gtk_scrolled_window_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  for (guint i = 0; days != NULL && i < jz_json_get_n_items (days); i++)
    attach_day (GTK_GRID (grid), (int)i, jz_json_get_item (days, i));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (window), grid);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (window), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (window), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (window), 320);
  return window;
}

static void
append_text (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = new_label (text, FALSE);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

static void
on_explained (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) box = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) limit =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (limit == NULL)
    append_text (box, error->message, "error");
  else
    gtk_box_append (GTK_BOX (box), jz_desk_count_new_days (limit));
}

static void
append_due (GtkWidget *box, const JzJson *item)
{
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (item, "due"));
  /* Translators: a day */
  g_autofree char *text = g_strdup_printf (_ ("Last day: %s"), day);

  append_text (box, text, NULL);
}

/**
 * jz_desk_count_new:
 * @client: the office
 * @item: a limit on the desk
 *
 * Returns: (transfer floating): a popover that says on what the limit rests and how it was counted
 */
GtkWidget *
jz_desk_count_new (JzOfficeClient *client, const JzJson *item)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Question *question = g_new0 (Question, 1);

  question->case_id = g_strdup (jz_json_read_text (item, "case"));
  question->rule = g_strdup (jz_json_read_text (item, "rule"));
  gtk_widget_add_css_class (box, "desk-count");
  append_text (box, jz_json_read_text (item, "sentence"), "heading");
  append_due (box, item);
  if (jz_json_read_text (item, "basis")[0] != '\0')
    append_text (box, jz_json_read_text (item, "basis"), "dim-label");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  jz_office_client_read_async (client, explain, question, question_free,
                               (GDestroyNotify)jz_json_unref, NULL, on_explained,
                               g_object_ref (box));
  return popover;
}
