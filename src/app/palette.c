/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/palette.h"

#include <glib/gi18n-lib.h>

#include "app/client_rows.h"
#include "app/list_keys.h"
#include "app/messages.h"
#include "app/palette_commands.h"
#include "office/palette.h"

/* One entry that finds everything (ux.md §11, job 1): cases first, then commands, then words in
 * what was written. Enter takes the first result, also when it is pressed before the answer has
 * come. */

#define DELAY_MS 80

struct _JzPalette {
  GtkPopover parent_instance;

  /* Template children */
  GtkEditable *entry;
  GtkListBox *list;
  GtkLabel *nothing;

  JzOfficeClient *client;
  GCancellable *cancellable;
  guint timeout;
  gboolean is_asking;
  gboolean must_activate; /* Enter was pressed before the answer came */
};

G_DEFINE_FINAL_TYPE (JzPalette, jz_palette, GTK_TYPE_POPOVER)

typedef struct {
  JzCaseRows *rows;
  char *typed;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  jz_case_rows_unref (self->rows);
  g_free (self->typed);
  g_free (self);
}

static GtkWidget *
new_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_result (JzPalette *self,
            const char *group,
            const char *title,
            const char *detail,
            const char *action)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", title, detail);

  gtk_box_append (GTK_BOX (box), new_label (title, NULL));
  if (detail[0] != '\0')
    gtk_box_append (GTK_BOX (box), new_label (detail, "dim-label"));
  gtk_widget_add_css_class (box, "palette-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  detail[0] != '\0' ? name : title, -1);
  g_object_set_data_full (G_OBJECT (row), "action", g_strdup (action), g_free);
  g_object_set_data (G_OBJECT (row), "group", (gpointer)group);
  gtk_list_box_append (self->list, row);
}

static void
add_cases (JzPalette *self, const JzJson *cases)
{
  for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
    const JzJson *found = jz_json_get_item (cases, i);
    g_autofree char *title = g_strdup_printf ("%s  %s", jz_json_read_text (found, "party"),
                                              jz_json_read_text (found, "cause"));
    g_autofree char *detail = g_strdup_printf ("%s  %s", jz_json_read_text (found, "number"),
                                               jz_json_read_text (found, "stage"));
    g_autofree char *action = g_strdup_printf ("win.go('%s')", jz_json_read_text (found, "go"));
    add_result (self, N_ ("Cases"), title, detail, action);
  }
}

static void
add_commands (JzPalette *self, const char *typed)
{
  g_autoptr (GPtrArray) commands = jz_commands_find (self->client, typed);

  for (guint i = 0; i < commands->len; i++) {
    const JzCommand *command = g_ptr_array_index (commands, i);
    guint key = 0;
    GdkModifierType modifiers = 0;
    g_autofree char *label = NULL;
    if (command->key != NULL && gtk_accelerator_parse (command->key, &key, &modifiers))
      label = gtk_accelerator_get_label (key, modifiers);
    add_result (self, N_ ("Commands"), command->label, label != NULL ? label : "", command->action);
  }
}

static void
add_texts (JzPalette *self, const JzJson *texts)
{
  for (guint i = 0; i < jz_json_get_n_items (texts); i++) {
    const JzJson *found = jz_json_get_item (texts, i);
    g_autofree char *snippet =
      g_strdelimit (g_strdup (jz_json_read_text (found, "snippet")), "\n\t", ' ');
    g_autofree char *detail =
      g_strdup_printf ("%s  %s  %s", jz_json_read_text (found, "kind"),
                       jz_json_read_text (found, "number"), jz_json_read_text (found, "title"));
    g_autofree char *action = g_strdup_printf ("win.go('%s')", jz_json_read_text (found, "go"));
    add_result (self, N_ ("Words in documents"), snippet, detail, action);
  }
}

static void
clear (JzPalette *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* The first one of a group has its name above it. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  GtkWidget *header;

  if (before != NULL && g_object_get_data (G_OBJECT (before), "group") == group) {
    gtk_list_box_row_set_header (row, NULL);
    return;
  }
  header = new_label (_ (group), "heading");
  gtk_widget_add_css_class (header, "palette-group");
  gtk_list_box_row_set_header (row, header);
}

static void
activate (JzPalette *self, GtkListBoxRow *row)
{
  g_autofree char *action = g_strdup (g_object_get_data (G_OBJECT (row), "action"));
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action_variant (GTK_WIDGET (root), name, target);
}

static void
show_found (JzPalette *self, const JzJson *found, const char *typed)
{
  GtkListBoxRow *first;

  clear (self);
  if (found != NULL)
    add_cases (self, jz_json_get_member (found, "cases"));
  add_commands (self, typed);
  if (found != NULL)
    add_texts (self, jz_json_get_member (found, "texts"));
  first = gtk_list_box_get_row_at_index (self->list, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->nothing), first == NULL);
  gtk_list_box_select_row (self->list, first);
  if (first != NULL && self->must_activate)
    activate (self, first);
  self->must_activate = FALSE;
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzPalette) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) found =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* something else was typed */
  self->is_asking = FALSE;
  if (found == NULL)
    jz_show_error (GTK_WIDGET (self), error);
  else
    show_found (self, found, gtk_editable_get_text (self->entry));
}

static gpointer
find_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Question *question = data;
  gboolean is_complete = FALSE, has_changed = FALSE;

  /* A case that was opened just now is to be found; what takes longer waits. */
  if (!jz_case_rows_refresh (question->rows, reader, 50, &is_complete, &has_changed, cancellable,
                             error))
    return NULL;
  return jz_palette_find (office, reader, question->rows, question->typed, cancellable, error);
}

static gboolean
ask (gpointer data)
{
  JzPalette *self = data;
  Question *question = g_new0 (Question, 1);

  self->timeout = 0;
  question->rows = jz_case_rows_ref (jz_client_get_case_rows (self->client));
  question->typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));
  jz_office_client_read_async (self->client, find_in_thread, question, question_free,
                               (GDestroyNotify)jz_json_unref, self->cancellable, on_found,
                               g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* What an input method is composing is not in the text yet, so nobody looks for half a word. */
static void
on_changed (JzPalette *self)
{
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->entry)));

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->is_asking = typed[0] != '\0';
  self->must_activate = FALSE;
  if (self->is_asking)
    self->timeout = g_timeout_add (DELAY_MS, ask, self);
  else
    show_found (self, NULL, "");
}

static void
on_enter (JzPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->is_asking)
    self->must_activate = TRUE;
  else if (row != NULL)
    activate (self, row);
}

static void
on_row_activated (JzPalette *self, GtkListBoxRow *row)
{
  activate (self, row);
}

/* After the input method, which leaves by the same key. */
static gboolean
on_key (GtkEventControllerKey *controller,
        guint key,
        guint code,
        GdkModifierType modifiers,
        JzPalette *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  gtk_popover_popdown (GTK_POPOVER (self));
  return GDK_EVENT_STOP;
}

static void
jz_palette_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (jz_palette_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (JZ_PALETTE (widget)->entry));
}

static void
jz_palette_dispose (GObject *object)
{
  JzPalette *self = JZ_PALETTE (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_PALETTE);
  G_OBJECT_CLASS (jz_palette_parent_class)->dispose (object);
}

static void
jz_palette_finalize (GObject *object)
{
  g_object_unref (JZ_PALETTE (object)->cancellable);
  G_OBJECT_CLASS (jz_palette_parent_class)->finalize (object);
}

static void
jz_palette_class_init (JzPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_palette_finalize;
  widget_class->map = jz_palette_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/palette.ui");
  gtk_widget_class_bind_template_child (widget_class, JzPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, JzPalette, list);
  gtk_widget_class_bind_template_child (widget_class, JzPalette, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_enter);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
jz_palette_init (JzPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_header_func (self->list, update_header, NULL, NULL);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  jz_list_follow_keys (self->list, GTK_WIDGET (self->entry));
}

/**
 * jz_palette_new:
 * @client: the office, with somebody signed in
 *
 * Returns: (transfer floating): a popover that finds things; actions are those of the window that
 *   it is in
 */
GtkWidget *
jz_palette_new (JzOfficeClient *client)
{
  JzPalette *self = g_object_new (JZ_TYPE_PALETTE, NULL);

  self->client = g_object_ref (client);
  show_found (self, NULL, "");
  return GTK_WIDGET (self);
}
