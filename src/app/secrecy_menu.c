/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/secrecy_menu.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_form.h"

/* The button beside a file of a case by which its class and who may view it are said, lifted, and
 * allowed to go out: in the rows of the evidence and above the player. */

typedef struct {
  GtkWidget *button; /* it owns this */
  JzOfficeClient *client;
  char *case_id;
  char *attachment;
} Menu;

static void
menu_free (gpointer data)
{
  Menu *self = data;

  g_object_unref (self->client);
  g_free (self->case_id);
  g_free (self->attachment);
  g_free (self);
}

static void
on_chosen (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const Menu *self = data;
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "case", self->case_id);
  jz_json_set_text (preset, "attachment", self->attachment);
  jz_act_form_present (self->button, self->client, g_variant_get_string (parameter, NULL), preset);
}

static void
append (GMenu *menu, const char *act, const char *label)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "secrecy.do", "s", act);
  g_menu_append_item (menu, item);
}

/* What the person's roles let him say of the file. */
static GMenu *
new_model (JzOfficeClient *client, gboolean is_classified)
{
  GMenu *menu = g_menu_new ();

  if (jz_office_client_has_role (client, "handler|section_head"))
    append (menu, "attachment.classify", _ ("Secrecy and Viewers…"));
  if (is_classified && jz_office_client_has_role (client, "section_head|approver|head"))
    append (menu, "attachment.declassify", _ ("Lift the Secrecy…"));
  if (is_classified && jz_office_client_has_role (client, "approver|head"))
    append (menu, "attachment.permit_export", _ ("Allow It to Go Out…"));
  return menu;
}

/**
 * jz_secrecy_menu_new:
 * @client: an office with somebody signed in
 * @case_id: a case
 * @attachment: a file of it
 * @name: what it is called
 * @is_classified: whether it is classified now
 *
 * Returns: (transfer floating) (nullable): a button with a menu; %NULL where the person has nothing
 *   to say of it
 */
GtkWidget *
jz_secrecy_menu_new (JzOfficeClient *client,
                     const char *case_id,
                     const char *attachment,
                     const char *name,
                     gboolean is_classified)
{
  static const GActionEntry entries[] = { { "do", on_chosen, "s", NULL, NULL, { 0 } } };
  g_autoptr (GMenu) menu = new_model (client, is_classified);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autofree char *label = g_strdup_printf (_ ("Secrecy of “%s”"), name);
  GtkWidget *button;
  Menu *self;

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) == 0)
    return NULL;
  button = gtk_menu_button_new ();
  self = g_new0 (Menu, 1);
  self->button = button;
  self->client = g_object_ref (client);
  self->case_id = g_strdup (case_id);
  self->attachment = g_strdup (attachment);
  g_object_set_data_full (G_OBJECT (button), "menu", self, menu_free);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (button, "secrecy", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  return button;
}
