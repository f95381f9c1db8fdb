/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/other_sheet.h"

#include <glib/gi18n-lib.h>

/**
 * jz_other_sheet_new_sentence:
 * @style: (nullable): a style class
 *
 * Returns: (transfer floating): a label in the middle of a sheet
 */
GtkLabel *
jz_other_sheet_new_sentence (const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_max_width_chars (label, 60);
  gtk_label_set_selectable (label, TRUE);
  gtk_label_set_justify (label, GTK_JUSTIFY_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), style);
  return label;
}

/**
 * jz_other_sheet_new:
 *
 * Returns: (transfer floating): a sheet of no file yet
 */
GtkWidget *
jz_other_sheet_new (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("View With _Another Program…"));
  GtkLabel *about = jz_other_sheet_new_sentence ("title-4");
  GtkLabel *odd = jz_other_sheet_new_sentence (NULL);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "file.open-elsewhere");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (about));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (odd));
  gtk_box_append (GTK_BOX (box), button);
  g_object_set_data (G_OBJECT (box), "about", about);
  g_object_set_data (G_OBJECT (box), "odd", odd);
  return box;
}

/**
 * jz_other_sheet_show:
 * @sheet: of jz_other_sheet_new()
 * @name: of the file
 * @size: of the file, in bytes
 * @sentence: (nullable): why it is not shown
 *
 * Says which file it is.
 */
void
jz_other_sheet_show (GtkWidget *sheet, const char *name, guint64 size, const char *sentence)
{
  GtkLabel *about = g_object_get_data (G_OBJECT (sheet), "about");
  GtkLabel *odd = g_object_get_data (G_OBJECT (sheet), "odd");
  g_autofree char *bytes = g_format_size (size);
  g_autofree char *text = g_strdup_printf ("%s\n%s", name, bytes);

  gtk_label_set_label (about, text);
  gtk_label_set_label (odd, sentence != NULL ? sentence : "");
  gtk_widget_set_visible (GTK_WIDGET (odd), sentence != NULL);
}
