/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JzPrintRequest:
 * @pdf: what is printed
 * @on_both_sides: (nullable): what is printed instead where both sides of the sheets are used
 * @name: of the print job
 * @is_final: whether these are copies that go out, which are as many as last time
 *
 * What goes to a printer.
 */
typedef struct {
  GBytes *pdf;
  GBytes *on_both_sides;
  const char *name;
  gboolean is_final;
} JzPrintRequest;

void jz_print (GtkWidget *inside, const JzPrintRequest *request);

G_END_DECLS
