/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/printer_choice.h"

#include <string.h>

/* Which printer is chosen when somebody only presses Enter. The dialog of GTK knows that only where
 * the computer has a printer by default; on a new one, or one without any, its button stays grey.
 */

typedef enum { NONE, FILE_OF_ITS_OWN, REAL, BY_DEFAULT, LAST } Rank;

typedef struct {
  GWeakRef dialog;
  GtkPrintSettings *first; /* what the dialog began with */
  char *last;
  char *chosen; /* (nullable): by us */
  Rank rank;
} Choice;

static void
free_choice (gpointer data)
{
  Choice *self = data;
  g_weak_ref_clear (&self->dialog);
  g_object_unref (self->first);
  g_free (self->last);
  g_free (self->chosen);
  g_free (self);
}

static Rank
get_rank (const Choice *self, GtkPrinter *printer)
{
  if (!gtk_printer_accepts_pdf (printer))
    return NONE;
  if (strcmp (gtk_printer_get_name (printer), self->last) == 0)
    return LAST;
  if (gtk_printer_is_virtual (printer))
    return FILE_OF_ITS_OWN;
  return gtk_printer_is_default (printer) ? BY_DEFAULT : REAL;
}

/* What somebody chose by hand stays. */
static gboolean
is_ours (const Choice *self, GtkPrintUnixDialog *dialog)
{
  GtkPrinter *selected = gtk_print_unix_dialog_get_selected_printer (dialog);
  return selected == NULL || g_strcmp0 (gtk_printer_get_name (selected), self->chosen) == 0;
}

/* The dialog forgets where a file would go as long as no printer is chosen. */
static void
keep_file (const char *key, const char *value, gpointer settings)
{
  if (g_str_has_prefix (key, "output-") && !gtk_print_settings_has_key (settings, key))
    gtk_print_settings_set (settings, key, value);
}

static gboolean
take_if_better (GtkPrinter *printer, gpointer data)
{
  Choice *self = data;
  g_autoptr (GtkPrintUnixDialog) dialog = g_weak_ref_get (&self->dialog);
  if (dialog == NULL)
    return TRUE;
  Rank rank = get_rank (self, printer);
  if (rank <= self->rank || !is_ours (self, dialog))
    return FALSE;
  g_autoptr (GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings (dialog);
  self->rank = rank;
  g_free (self->chosen);
  self->chosen = g_strdup (gtk_printer_get_name (printer));
  gtk_print_settings_set_printer (settings, self->chosen);
  gtk_print_settings_foreach (self->first, keep_file, settings);
  gtk_print_unix_dialog_set_settings (dialog, settings);
  return FALSE;
}

/**
 * jz_printer_choice_watch:
 * @dialog: a dialog that chooses a printer
 * @first: the settings that the dialog has
 * @last: the printer that was used last, or ""
 *
 * Chooses a printer in the dialog as they are found: the last one, that of the computer, any, or
 * the file that stands for one; never another than somebody chose by hand (ux.md §11, job 5).
 */
void
jz_printer_choice_watch (GtkPrintUnixDialog *dialog, GtkPrintSettings *first, const char *last)
{
  g_return_if_fail (GTK_IS_PRINT_UNIX_DIALOG (dialog));
  g_return_if_fail (GTK_IS_PRINT_SETTINGS (first));
  g_return_if_fail (last != NULL);

  Choice *self = g_new0 (Choice, 1);
  g_weak_ref_init (&self->dialog, dialog);
  self->first = g_object_ref (first);
  self->last = g_strdup (last);
  gtk_enumerate_printers (take_if_better, self, free_choice, FALSE);
}
