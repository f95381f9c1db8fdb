/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/player/moment.h"
#include "app/player/player_pane-private.h"

/* What the recording must show and what must be heard in it, as a list with numbers:
 * its number ticks a point at the moment that is shown, and what is ticked plays from there. */

/* The point with that number in the list, and the step of which it is. */
static const JzJson *
find (JzPlayerPane *self, int number, const char **of)
{
  const JzJson *checks = self->file != NULL ? jz_json_get_member (self->file, "checks") : NULL;

  for (guint i = 0; checks != NULL && i < jz_json_get_n_items (checks); i++) {
    const JzJson *step = jz_json_get_item (checks, i);
    const JzJson *points = jz_json_get_member (step, "points");
    int n_points = (int)jz_json_get_n_items (points);
    *of = jz_json_read_text (step, "of");
    if (number <= n_points)
      return jz_json_get_item (points, (guint)number - 1);
    number -= n_points;
  }
  return NULL;
}

static gboolean
may_tick (JzPlayerPane *self)
{
  return self->client != NULL && !self->is_narrow &&
         jz_office_client_has_role (self->client, "handler|section_head");
}

static gboolean
is_here (JzPlayerPane *self, const JzJson *point)
{
  return strcmp (jz_json_read_text (point, "state"), "seen") == 0 &&
         strcmp (jz_json_read_text (point, "attachment"), self->attachment) == 0 &&
         jz_json_get_member (point, "at") != NULL;
}

static void
tick (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  const char *of = NULL;
  const JzJson *point = find (self, g_variant_get_int32 (parameter), &of);

  if (point != NULL && may_tick (self))
    jz_player_pane_tick (self, of, point);
}

static void
show_ticked (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  const char *of = NULL;
  const JzJson *point = find (self, g_variant_get_int32 (parameter), &of);

  if (point != NULL && is_here (self, point))
    jz_player_pane_go (self, jz_json_get_member_integer (point, "at", 0), -1);
}

static char *
dup_text (JzPlayerPane *self, const JzJson *point, guint number)
{
  g_autofree char *moment = jz_moment_dup (jz_json_get_member_integer (point, "at", 0));
  const char *name = jz_json_read_text (point, "name");

  if (is_here (self, point))
    return g_strdup_printf (_ ("%1$u ✓ %2$s, at %3$s"), number, name, moment);
  if (strcmp (jz_json_read_text (point, "state"), "open") == 0)
    return g_strdup_printf (_ ("%1$u ○ %2$s"), number, name);
  if (strcmp (jz_json_read_text (point, "state"), "absent") == 0)
    return g_strdup_printf (_ ("%1$u – %2$s: %3$s"), number, name,
                            jz_json_read_text (point, "text"));
  return g_strdup_printf (_ ("%1$u ✓ %2$s, in another file"), number, name);
}

static GtkWidget *
new_button (JzPlayerPane *self, const JzJson *point, guint number)
{
  GtkWidget *button = gtk_button_new ();
  g_autofree char *text = dup_text (self, point, number);
  GtkWidget *label = gtk_label_new (text);
  gboolean is_ticked = is_here (self, point);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  if (jz_json_read_text (point, "words")[0] != '\0')
    gtk_widget_set_tooltip_text (button, jz_json_read_text (point, "words"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (int)number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  is_ticked ? "player.show-ticked" : "player.tick");
  gtk_widget_set_sensitive (button, is_ticked || may_tick (self));
  return button;
}

static GtkWidget *
new_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

/* On the workbench of a review there is no room for it, and others tick. */
void
jz_player_pane_show_checks (JzPlayerPane *self)
{
  const JzJson *checks = jz_json_get_member (self->file, "checks");
  guint number = 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->checks))) != NULL)
    gtk_box_remove (self->checks, child);
  for (guint i = 0; !self->is_narrow && checks != NULL && i < jz_json_get_n_items (checks); i++) {
    const JzJson *step = jz_json_get_item (checks, i);
    const JzJson *points = jz_json_get_member (step, "points");
    g_autofree char *title =
      g_strdup_printf (_ ("To be ticked: %s"), jz_json_read_text (step, "label"));
    if (jz_json_get_n_items (points) == 0)
      continue;
    gtk_box_append (self->checks, new_title (title));
    for (guint j = 0; j < jz_json_get_n_items (points); j++)
      gtk_box_append (self->checks, new_button (self, jz_json_get_item (points, j), ++number));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->checks), number > 0);
}

void
jz_player_pane_install_checks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "player.tick", "i", tick);
  gtk_widget_class_install_action (widget_class, "player.show-ticked", "i", show_ticked);
}
