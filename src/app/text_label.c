/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/text_label.h"

/**
 * jz_lines_label_new:
 * @text: what it says
 * @style: (nullable): a style class
 *
 * Returns: (transfer floating): a label of as many lines as its text needs
 */
GtkWidget *
jz_lines_label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/**
 * jz_text_label_new:
 * @text: what it says
 * @style: (nullable): a style class
 *
 * Text of any length: it wraps, and can be marked with the pointer to be copied; Tab passes it by.
 *
 * Returns: (transfer floating): a label
 */
GtkWidget *
jz_text_label_new (const char *text, const char *style)
{
  GtkWidget *label = jz_lines_label_new (text, style);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  return label;
}
