/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/refusal_dialog.h"

#include <glib/gi18n-lib.h>

#include "app/refusal_print.h"

/* A refusal that can be shown to the boss (ux §1.2): what, why, article, who can clear it. */

static GtkWidget *
new_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_facts (GtkBox *box, const JzRefusal *refusal)
{
  const char *basis = jz_refusal_get_basis (refusal);
  const char *clears = jz_refusal_get_clears (refusal);
  g_autofree char *first = g_strdup_printf (_ ("Legal basis: %s"), basis != NULL ? basis : "");
  g_autofree char *second = g_strdup_printf (_ ("What to do: %s"), clears != NULL ? clears : "");

  if (basis != NULL)
    gtk_box_append (box, new_line (first, NULL));
  if (clears != NULL)
    gtk_box_append (box, new_line (second, NULL));
}

static void
on_response (GtkWidget *dialog, const char *response, GtkWidget *inside)
{
  const char *place = g_object_get_data (G_OBJECT (dialog), "place");

  const JzRefusal *refusal = g_object_get_data (G_OBJECT (dialog), "refusal");
  JzOfficeClient *client = g_object_get_data (G_OBJECT (dialog), "client");

  if (g_str_equal (response, "go") && place != NULL)
    gtk_widget_activate_action (inside, "win.go", "s", place);
  else if (g_str_equal (response, "print"))
    jz_refusal_print (inside, client, refusal);
  else if (g_str_equal (response, "save"))
    jz_refusal_save_pdf (inside, client, refusal);
}

/**
 * jz_show_refusal:
 * @inside: a widget of the window in which it was tried
 * @client: the office
 * @refusal: why it was refused
 * @place: (nullable): where it can be cleared
 */
void
jz_show_refusal (GtkWidget *inside,
                 JzOfficeClient *client,
                 const JzRefusal *refusal,
                 const char *place)
{
  GtkRoot *root = gtk_widget_get_root (inside);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                            _ ("This step is not open yet"), jz_refusal_get_sentence (refusal));
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  add_facts (box, refusal);
  if (jz_refusal_get_level (refusal) == JZ_REFUSAL_OVERRIDABLE)
    gtk_box_append (box, new_line (_ ("The head of the organ can let it through once, with a "
                                      "reason that supervision sees."),
                                   NULL));
  gtk_box_append (box, new_line (jz_refusal_get_rule (refusal), "dim-label"));
  adw_message_dialog_set_extra_child (message, GTK_WIDGET (box));
  g_object_set_data_full (G_OBJECT (dialog), "refusal", jz_refusal_copy (refusal),
                          (GDestroyNotify)jz_refusal_free);
  g_object_set_data_full (G_OBJECT (dialog), "client", g_object_ref (client), g_object_unref);
  adw_message_dialog_add_response (message, "close", _ ("_Close"));
  adw_message_dialog_add_response (message, "save", _ ("Save as P_DF"));
  adw_message_dialog_add_response (message, "print", _ ("_Print Explanation"));
  if (place != NULL) {
    g_object_set_data_full (G_OBJECT (dialog), "place", g_strdup (place), g_free);
    adw_message_dialog_add_response (message, "go", _ ("_Go There"));
    adw_message_dialog_set_response_appearance (message, "go", ADW_RESPONSE_SUGGESTED);
    adw_message_dialog_set_default_response (message, "go");
  }
  adw_message_dialog_set_close_response (message, "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), inside, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
