/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/file_page.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/player/file_pane.h"
#include "app/secrecy_menu.h"
#include "office/recordings.h"

struct _JzFilePage {
  JzSection parent_instance;

  GtkLabel *title;
  GtkLabel *secrecy;
  GtkBox *tools; /* the menu of the file that is shown */
  GtkActionable *back;
  JzFilePane *pane;
  char *case_id;
};

G_DEFINE_FINAL_TYPE (JzFilePage, jz_file_page, JZ_TYPE_SECTION)

static void
read_moment (const char *text, gint64 *from, gint64 *until)
{
  *from = *until = -1;
  if (text == NULL || jz_recording_parse_range (text, from, until))
    return;
  *from = *until = -1;
  if (text[0] != '\0' && strspn (text, "0123456789") == strlen (text))
    *from = g_ascii_strtoll (text, NULL, 10);
}

/* CASE, evidence, ATTACHMENT with perhaps a moment behind @. */
static void
jz_file_page_go (JzSection *section, const char *const *path)
{
  JzFilePage *self = JZ_FILE_PAGE (section);
  g_autofree char *place = NULL;
  g_auto (GStrv) words = NULL;
  gint64 from = -1;
  gint64 until = -1;

  if (g_strv_length ((char **)path) < 3)
    return;
  words = g_strsplit (path[2], "@", 2);
  read_moment (words[0] != NULL ? words[1] : NULL, &from, &until);
  g_free (self->case_id);
  self->case_id = g_strdup (path[0]);
  place = g_strdup_printf ("cases/%s/evidence", path[0]);
  gtk_actionable_set_action_target (self->back, "s", place);
  jz_file_pane_show (self->pane, jz_section_get_client (section), path[0],
                     words[0] != NULL ? words[0] : "", from, until);
}

static void
jz_file_page_refresh (JzSection *section)
{
  jz_file_pane_refresh (JZ_FILE_PAGE (section)->pane);
}

static void
jz_file_page_leave (JzSection *section)
{
  jz_file_pane_leave (JZ_FILE_PAGE (section)->pane);
}

/* What kind of secret it is, and the menu by which that is said, also where it is locked. */
static void
show_secrecy (JzFilePage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  const char *attachment = jz_file_pane_get_attachment (self->pane);
  const char *label = jz_file_pane_get_secrecy (self->pane);
  gboolean is_locked = jz_file_pane_is_locked (self->pane);
  GtkWidget *menu = NULL;
  GtkWidget *child;

  gtk_label_set_label (self->secrecy, label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self->secrecy), label != NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->tools))) != NULL)
    gtk_box_remove (self->tools, child);
  if (client != NULL && attachment != NULL)
    menu = jz_secrecy_menu_new (client, self->case_id, attachment,
                                gtk_label_get_label (self->title), label != NULL || is_locked);
  if (menu != NULL)
    gtk_box_append (self->tools, menu);
}

static void
on_shown (JzFilePage *self)
{
  gtk_label_set_label (self->title, jz_file_pane_get_name (self->pane));
  show_secrecy (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->pane));
}

static void
jz_file_page_finalize (GObject *object)
{
  g_free (JZ_FILE_PAGE (object)->case_id);
  G_OBJECT_CLASS (jz_file_page_parent_class)->finalize (object);
}

static void
jz_file_page_class_init (JzFilePageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_file_page_finalize;
  JZ_SECTION_CLASS (klass)->go = jz_file_page_go;
  JZ_SECTION_CLASS (klass)->refresh = jz_file_page_refresh;
  JZ_SECTION_CLASS (klass)->leave = jz_file_page_leave;
}

static void
jz_file_page_init (JzFilePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  gtk_widget_set_tooltip_text (back, _ ("Back to the evidence of the case"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back to the evidence of the case"), -1);
  self->back = GTK_ACTIONABLE (back);
  gtk_actionable_set_action_target (self->back, "s", "");
  gtk_actionable_set_action_name (self->back, "win.go");
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_xalign (self->title, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_add_css_class (head, "review-head");
  gtk_box_append (GTK_BOX (head), back);
  self->secrecy = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->secrecy), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->secrecy), FALSE);
  self->tools = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->secrecy));
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->tools));
  self->pane = JZ_FILE_PANE (jz_file_pane_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->pane), TRUE);
  g_signal_connect_swapped (self->pane, "shown", G_CALLBACK (on_shown), self);
  g_signal_connect_swapped (self->pane, "changed", G_CALLBACK (show_secrecy), self);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->pane));
  adw_bin_set_child (ADW_BIN (self), box);
}
