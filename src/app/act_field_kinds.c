/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/act_field-private.h"
#include "app/words.h"
#include "base/money.h"
#include "base/typed.h"

/* The controls of the kinds of questions; a day is typed as people type it. */

static const JzJson *
get_value (const JzActField *self)
{
  return jz_json_get_member (self->field, "value");
}

static GtkWidget *
make_entry (JzActField *self, const char *text)
{
  GtkWidget *entry = gtk_entry_new ();
  gint64 max = jz_json_get_member_integer (self->field, "max", 0);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  if (max > 0 && max < G_MAXUINT16)
    gtk_entry_set_max_length (GTK_ENTRY (entry), (int)max);
  gtk_widget_set_hexpand (entry, TRUE);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (jz_act_field_emit_changed), self);
  self->input = entry;
  return entry;
}

static char *
dup_typed (JzActField *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input))));
}

static void
take_suggestion (GtkWidget *button, JzActField *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (self->input), gtk_button_get_label (GTK_BUTTON (button)));
  gtk_popover_popdown (GTK_POPOVER (popover));
  gtk_widget_grab_focus (self->input);
}

static GtkWidget *
new_suggestions (JzActField *self, const JzJson *choices)
{
  GtkWidget *opener = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  /* Translators: opens a list whose words go into the field beside it. */
  const char *name = C_ ("argument", "Choose from the list");

  for (guint i = 0; i < jz_json_get_n_items (choices); i++) {
    GtkWidget *button =
      gtk_button_new_with_label (jz_json_get_member_text (jz_json_get_item (choices, i), "value"));
    gtk_widget_add_css_class (button, "flat");
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
    g_signal_connect (button, "clicked", G_CALLBACK (take_suggestion), self);
    gtk_box_append (GTK_BOX (list), button);
  }
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 320);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_popover_set_child (GTK_POPOVER (popover), scrolled);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (opener), popover);
  gtk_widget_set_tooltip_text (opener, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (opener), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return opener;
}

/* What is suggested may be taken, or anything else be typed. */
static GtkWidget *
make_text (JzActField *self)
{
  const JzJson *value = get_value (self);
  const JzJson *choices = jz_json_get_member (self->field, "choices");
  GtkWidget *entry = make_entry (self, value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT
                                         ? jz_json_get_text (value)
                                         : "");
  GtkWidget *box;

  if (choices == NULL || jz_json_get_n_items (choices) == 0)
    return entry;
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), new_suggestions (self, choices));
  return box;
}

static gboolean
take_text (char *text, JzJson **value)
{
  *value = text[0] != '\0' ? jz_json_new_text (text) : NULL;
  g_free (text);
  return TRUE;
}

static gboolean
read_text (JzActField *self, JzJson **value)
{
  return take_text (dup_typed (self), value);
}

static GtkWidget *
make_view (JzActField *self, const char *text)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 96);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 240);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_widget_add_css_class (scrolled, "card");
  g_signal_connect_swapped (buffer, "changed", G_CALLBACK (jz_act_field_emit_changed), self);
  self->input = view;
  return scrolled;
}

static GtkWidget *
make_long_text (JzActField *self)
{
  const JzJson *value = get_value (self);

  return make_view (self, value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT
                            ? jz_json_get_text (value)
                            : "");
}

static char *
dup_view_text (JzActField *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->input));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static gboolean
read_long_text (JzActField *self, JzJson **value)
{
  return take_text (dup_view_text (self), value);
}

/* One a line. */
static GtkWidget *
make_texts (JzActField *self)
{
  const JzJson *value = get_value (self);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; value != NULL && i < jz_json_get_n_items (value); i++)
    g_string_append_printf (lines, "%s%s", i > 0 ? "\n" : "",
                            jz_json_get_text (jz_json_get_item (value, i)));
  return make_view (self, lines->str);
}

static gboolean
read_texts (JzActField *self, JzJson **value)
{
  g_autofree char *text = dup_view_text (self);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  JzJson *list = text[0] != '\0' ? jz_json_new_array () : NULL;

  for (char **line = lines; list != NULL && *line != NULL; line++)
    if (g_strstrip (*line)[0] != '\0')
      jz_json_append (list, jz_json_new_text (*line));
  *value = list;
  return TRUE;
}

static char *
hint_texts (JzActField *self)
{
  return g_strdup (_ ("One in each line"));
}

static GtkWidget *
make_integer (JzActField *self)
{
  const JzJson *value = get_value (self);
  g_autofree char *text = value != NULL && jz_json_get_kind (value) == JZ_JSON_INTEGER
                            ? g_strdup_printf ("%lld", (long long)jz_json_get_integer (value))
                            : g_strdup ("");
  GtkWidget *entry = make_entry (self, text);

  gtk_entry_set_max_length (GTK_ENTRY (entry), 0);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
  return entry;
}

static gboolean
read_integer (JzActField *self, JzJson **value)
{
  g_autofree char *text = dup_typed (self);
  gint64 number = 0;

  if (text[0] == '\0')
    return TRUE;
  if (!g_ascii_string_to_signed (
        text, 10, 0, jz_json_get_member_integer (self->field, "max", JZ_JSON_MAX_INTEGER), &number,
        NULL))
    return FALSE;
  *value = jz_json_new_integer (number);
  return TRUE;
}

static GtkWidget *
make_money (JzActField *self)
{
  const JzJson *value = get_value (self);
  g_autofree char *text = value != NULL && jz_json_get_kind (value) == JZ_JSON_INTEGER
                            ? jz_money_format (jz_json_get_integer (value))
                            : g_strdup ("");
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = make_entry (self, text);

  gtk_entry_set_max_length (GTK_ENTRY (entry), 0);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), gtk_label_new (C_ ("unit", "yuan")));
  return box;
}

static gboolean
read_money (JzActField *self, JzJson **value)
{
  g_autofree char *text = dup_typed (self);
  gint64 amount_fen = 0;

  if (text[0] == '\0')
    return TRUE;
  if (!jz_typed_read_money (text, &amount_fen))
    return FALSE;
  *value = jz_json_new_integer (amount_fen);
  return TRUE;
}

static char *
hint_money (JzActField *self)
{
  g_autofree char *text = dup_typed (self);
  gint64 amount_fen = 0;

  return text[0] != '\0' && jz_typed_read_money (text, &amount_fen)
           ? jz_money_to_capitals (amount_fen)
           : NULL;
}

static void
on_day_selected (GtkCalendar *calendar, JzActField *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (calendar);
  g_autofree char *text = g_date_time_format (day, "%Y-%m-%d");
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (calendar), GTK_TYPE_POPOVER);

  gtk_editable_set_text (GTK_EDITABLE (self->input), text);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static GtkWidget *
new_calendar_button (JzActField *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *calendar = gtk_calendar_new ();
  g_autoptr (GDateTime) today =
    g_date_time_new_local (self->today.year, self->today.month, self->today.day, 12, 0, 0);

  gtk_calendar_select_day (GTK_CALENDAR (calendar), today);
  g_signal_connect (calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  gtk_popover_set_child (GTK_POPOVER (popover), calendar);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a day"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose a day"), -1);
  return button;
}

static GtkWidget *
make_date (JzActField *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (box), make_text (self));
  gtk_box_append (GTK_BOX (box), new_calendar_button (self));
  return box;
}

static gboolean
read_date (JzActField *self, JzJson **value)
{
  g_autofree char *text = dup_typed (self);
  char form[JZ_DATE_SIZE];
  JzDate date;

  if (text[0] == '\0')
    return TRUE;
  if (!jz_typed_read_date (text, self->today, &date))
    return FALSE;
  jz_date_format (date, form);
  *value = jz_json_new_text (form);
  return TRUE;
}

static char *
hint_date (JzActField *self)
{
  g_autofree char *text = dup_typed (self);
  g_autofree char *weekday = NULL;
  g_autofree char *words = NULL;
  JzDate date;

  if (text[0] == '\0' || !jz_typed_read_date (text, self->today, &date))
    return text[0] == '\0' ? g_strdup (_ ("For example 1121, today or +5")) : NULL;
  words = jz_words_dup_date (date);
  weekday = jz_words_dup_weekday (date);
  return g_strdup_printf ("%s %s", words, weekday);
}

static GtkWidget *
make_instant (JzActField *self)
{
  const JzJson *value = get_value (self);
  g_autofree char *text = NULL;

  if (value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT)
    text = g_strdup_printf ("%.10s %.5s", jz_json_get_text (value), jz_json_get_text (value) + 11);
  return make_entry (self, text != NULL ? text : "");
}

static gboolean
read_instant (JzActField *self, JzJson **value)
{
  g_autofree char *text = dup_typed (self);
  char form[JZ_INSTANT_SIZE];
  JzInstant instant;

  if (text[0] == '\0')
    return TRUE;
  if (!jz_typed_read_instant (text, self->today, &instant))
    return FALSE;
  jz_instant_format (instant, form);
  *value = jz_json_new_text (form);
  return TRUE;
}

static char *
hint_instant (JzActField *self)
{
  g_autoptr (JzJson) value = NULL;

  if (!read_instant (self, &value))
    return NULL;
  return value != NULL ? jz_words_dup_moment (jz_json_get_text (value))
                       : g_strdup (_ ("For example 1121 9:30, or 9:30 for today"));
}

static void
take_file (JzActField *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *display = g_filename_display_name (name);

  g_free (self->path);
  self->path = g_file_get_path (file);
  gtk_button_set_label (GTK_BUTTON (self->input), display);
  jz_act_field_emit_changed (self);
}

static void
on_file_response (GtkNativeDialog *dialog, int response, JzActField *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT &&
      (file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))) != NULL)
    take_file (self, file);
  g_object_unref (dialog);
}

static void
on_file_clicked (GtkButton *button, JzActField *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
    _ ("Choose a File"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
    GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_file_response), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static gboolean
on_file_dropped (GtkDropTarget *target, const GValue *value, double x, double y, JzActField *self)
{
  take_file (self, g_value_get_object (value));
  return TRUE;
}

static GtkWidget *
make_file (JzActField *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose a file, or drop one here"));
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  const JzJson *value = get_value (self);

  g_signal_connect (button, "clicked", G_CALLBACK (on_file_clicked), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_file_dropped), self);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (target));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  self->input = button;
  if (value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT) {
    self->path = g_strdup (jz_json_get_text (value));
    gtk_button_set_label (GTK_BUTTON (button), self->path);
  }
  return button;
}

static gboolean
read_file (JzActField *self, JzJson **value)
{
  if (self->path != NULL)
    *value = jz_json_new_text (self->path);
  return TRUE;
}

static const JzFieldKind kinds[] = {
  { "text", make_text, read_text, NULL, "" },
  { "long_text", make_long_text, read_long_text, NULL, "" },
  { "texts", make_texts, read_texts, hint_texts, "" },
  { "integer", make_integer, read_integer, NULL, N_ ("Write a whole number in digits.") },
  { "money", make_money, read_money, hint_money,
    N_ ("Write an amount in yuan, like 1409.50 or 3.6万.") },
  { "date", make_date, read_date, hint_date,
    N_ ("This is no day; write it like 1121, 20261121, 今天 or +5.") },
  { "instant", make_instant, read_instant, hint_instant,
    N_ ("This is no moment; write it like 1121 9:30.") },
  { "boolean", jz_field_make_boolean, jz_field_read_boolean, NULL, "" },
  { "choice", jz_field_make_choice, jz_field_read_choice, NULL, "" },
  { "several", jz_field_make_several, jz_field_read_several, NULL, "" },
  { "file", make_file, read_file, NULL, "" },
  { "records", jz_field_make_records, jz_field_read_records, NULL,
    N_ ("Something in these rows cannot be read.") },
};

const JzFieldKind *
jz_field_kind_find (const JzActField *self)
{
  const char *name = jz_json_get_member_text (self->field, "kind");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].name, name) == 0)
      return &kinds[i];
  return &kinds[0];
}
