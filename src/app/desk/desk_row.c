/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/desk/desk_row.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/desk/desk_count.h"
#include "app/words.h"

/* A row of the desk (ux.md §3): when, which case, what, and one button that goes to the very place.
 */

struct _JzDeskRow {
  GtkListBoxRow parent_instance;

  /* Template children */
  GtkLabel *when;
  GtkLabel *subject;
  GtkLabel *sentence;
  GtkMenuButton *count;
  GtkButton *on_paper;
  GtkButton *go;

  JzOfficeClient *client;
  JzJson *item;
};

G_DEFINE_FINAL_TYPE (JzDeskRow, jz_desk_row, GTK_TYPE_LIST_BOX_ROW)

/**
 * jz_desk_item_dup_when:
 * @item: a thing on the desk
 *
 * Returns: (transfer full): when it is due, or since when it waits
 */
char *
jz_desk_item_dup_when (const JzJson *item)
{
  const char *when = jz_json_read_text (item, "when");
  const char *instant = jz_json_read_text (item, "instant");
  g_autofree char *since = jz_words_dup_day (jz_json_get_member_text (item, "since"));

  if (strlen (instant) > JZ_DATE_SIZE)
    return g_strdup_printf ("%s %.5s", when, instant + JZ_DATE_SIZE);
  if (when[0] == '\0' && since[0] != '\0')
    /* Translators: a day: something has waited since then */
    return g_strdup_printf (_ ("since %s"), since);
  return g_strdup (when);
}

/**
 * jz_desk_item_dup_case:
 * @item: a thing on the desk
 *
 * Returns: (transfer full): number and party of its case, empty for what belongs to none
 */
char *
jz_desk_item_dup_case (const JzJson *item)
{
  const char *number = jz_json_read_text (item, "number");
  const char *party = jz_json_read_text (item, "party");

  return g_strdup_printf ("%s%s%s", number, number[0] != '\0' && party[0] != '\0' ? " " : "",
                          party);
}

static JzJson *
new_preset (const JzJson *item)
{
  const JzJson *args = jz_json_get_member (item, "args");
  JzJson *preset = args != NULL ? jz_json_copy (args) : jz_json_new_object ();

  if (jz_json_read_text (item, "case")[0] != '\0')
    jz_json_set_text (preset, "case", jz_json_read_text (item, "case"));
  if (jz_json_read_text (item, "proposal")[0] != '\0')
    jz_json_set_text (preset, "proposal", jz_json_read_text (item, "proposal"));
  return preset;
}

static void
show_form (JzDeskRow *self)
{
  jz_act_form_present (GTK_WIDGET (self), self->client, jz_json_read_text (self->item, "act"),
                       new_preset (self->item));
}

/**
 * jz_desk_row_open:
 * @self: a row
 *
 * Goes to the place where it is done, as its button does.
 */
void
jz_desk_row_open (JzDeskRow *self)
{
  const char *place = jz_json_read_text (self->item, "go");

  if (place[0] != '\0')
    gtk_widget_activate_action (GTK_WIDGET (self), "win.go", "s", place);
  else if (jz_json_read_text (self->item, "act")[0] != '\0')
    show_form (self);
}

static void
open_row (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_desk_row_open (JZ_DESK_ROW (widget));
}

static void
record_paper (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_form (JZ_DESK_ROW (widget));
}

/* How the days were counted is worked out when somebody wants to see it. */
static void
show_count (GtkMenuButton *button, gpointer data)
{
  JzDeskRow *self = data;

  gtk_menu_button_set_popover (button, jz_desk_count_new (self->client, self->item));
}

static void
jz_desk_row_dispose (GObject *object)
{
  JzDeskRow *self = JZ_DESK_ROW (object);

  g_clear_object (&self->client);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_DESK_ROW);
  G_OBJECT_CLASS (jz_desk_row_parent_class)->dispose (object);
}

static void
jz_desk_row_finalize (GObject *object)
{
  jz_json_unref (JZ_DESK_ROW (object)->item);
  G_OBJECT_CLASS (jz_desk_row_parent_class)->finalize (object);
}

static void
jz_desk_row_class_init (JzDeskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_desk_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_desk_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/desk_row.ui");
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, when);
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, subject);
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, count);
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, on_paper);
  gtk_widget_class_bind_template_child (widget_class, JzDeskRow, go);
  gtk_widget_class_install_action (widget_class, "desk.open", NULL, open_row);
  gtk_widget_class_install_action (widget_class, "desk.record-paper", NULL, record_paper);
}

static void
jz_desk_row_init (JzDeskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_row (JzDeskRow *self, const char *when, const char *subject)
{
  const char *sentence = jz_json_read_text (self->item, "sentence");
  g_autofree char *name = g_strdup_printf ("%s%s%s%s%s", when, when[0] != '\0' ? ", " : "", subject,
                                           subject[0] != '\0' ? ", " : "", sentence);
  g_autofree char *verb = g_strdup_printf ("%s: %s", gtk_button_get_label (self->go), subject);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->go), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  verb, -1);
}

static void
fill (JzDeskRow *self, gboolean is_waited_for)
{
  g_autofree char *when = jz_desk_item_dup_when (self->item);
  g_autofree char *subject = jz_desk_item_dup_case (self->item);
  const char *style = jz_json_read_text (self->item, "style");
  const char *verb = jz_json_read_text (self->item, "verb");
  gboolean is_limit = jz_json_read_text (self->item, "rule")[0] != '\0';
  gboolean has_act = jz_json_read_text (self->item, "act")[0] != '\0' &&
                     strcmp (jz_json_read_text (self->item, "kind"), "limit") == 0;

  gtk_label_set_text (self->when, when);
  if (style[0] != '\0' && !is_waited_for)
    gtk_widget_add_css_class (GTK_WIDGET (self->when), style);
  gtk_label_set_text (self->subject, subject);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subject), subject);
  gtk_widget_set_visible (GTK_WIDGET (self->subject), subject[0] != '\0');
  gtk_label_set_text (self->sentence, jz_json_read_text (self->item, "sentence"));
  gtk_widget_set_visible (GTK_WIDGET (self->count), is_limit);
  gtk_menu_button_set_create_popup_func (self->count, show_count, self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->on_paper), has_act && !is_waited_for);
  gtk_button_set_label (self->go, is_waited_for ? _ ("Look") : verb);
  name_row (self, when, subject);
}

/**
 * jz_desk_row_new:
 * @client: the office
 * @item: a thing of jz_desk_read()
 * @is_waited_for: whether somebody else has to do it
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
jz_desk_row_new (JzOfficeClient *client, const JzJson *item, gboolean is_waited_for)
{
  JzDeskRow *self = g_object_new (JZ_TYPE_DESK_ROW, NULL);

  self->client = g_object_ref (client);
  self->item = jz_json_ref (item);
  fill (self, is_waited_for);
  return GTK_WIDGET (self);
}

/**
 * jz_desk_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none): what it shows
 */
const JzJson *
jz_desk_row_get_item (JzDeskRow *self)
{
  return self->item;
}
