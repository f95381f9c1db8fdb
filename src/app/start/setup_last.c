/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/start/backup_work.h"
#include "app/start/folder_chooser.h"
#include "app/start/fonts_group.h"
#include "app/start/setup_step.h"
#include "app/start/sheets.h"

/* The last steps: whether documents will look as they should, and what helps on a bad day. */

struct _JzSetupPrinting {
  JzSetupStep parent_instance;

  AdwPreferencesGroup *group;
  gboolean is_filled;
};

#define JZ_TYPE_SETUP_PRINTING (jz_setup_printing_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupPrinting, jz_setup_printing, JZ, SETUP_PRINTING, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupPrinting, jz_setup_printing, JZ_TYPE_SETUP_STEP)

static void
save_test_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (widget));

  if (context->client != NULL)
    jz_sheets_save_test_page (widget, context->client);
}

static void
jz_setup_printing_enter (JzSetupStep *step)
{
  JzSetupPrinting *self = JZ_SETUP_PRINTING (step);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup-printing.test-page",
                                 jz_setup_step_get_context (step)->client != NULL);
  if (self->is_filled)
    return;
  self->is_filled = TRUE;
  jz_fonts_group_fill (self->group);
}

static void
jz_setup_printing_apply (JzSetupStep *step)
{
  jz_setup_step_end (step, NULL);
}

static void
jz_setup_printing_class_init (JzSetupPrintingClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_printing_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_printing_apply;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-printing.test-page", NULL,
                                   save_test_page);
}

static void
jz_setup_printing_init (JzSetupPrinting *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);

  jz_setup_step_set_words (
    step, _ ("Fonts and printing"),
    _ (
      "Documents of organs have prescribed faces. Where one is not installed another stands in for "
      "it, and lines may break elsewhere; everything works. The faces may be used on this computer "
      "if the bureau has bought them, often with the office program."));
  self->group = jz_setup_step_add_group (step, NULL);
  jz_setup_step_add_button (step, _ ("Print a _Test Page…"), "setup-printing.test-page");
}

struct _JzSetupSafety {
  JzSetupStep parent_instance;

  GtkLabel *result;
};

#define JZ_TYPE_SETUP_SAFETY (jz_setup_safety_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupSafety, jz_setup_safety, JZ, SETUP_SAFETY, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupSafety, jz_setup_safety, JZ_TYPE_SETUP_STEP)

static void
save_recovery (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (widget));

  if (context->client != NULL)
    jz_sheets_save_recovery (widget, context->client);
}

static void
on_backed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupSafety *self = JZ_SETUP_SAFETY (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = jz_backup_work_finish (result, &error);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup-safety.back-up", TRUE);
  if (text != NULL)
    gtk_label_set_label (self->result, text);
  else
    gtk_label_set_label (self->result, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                                         ? _ ("It was stopped; no backup was made.")
                                         : error->message);
}

static void
on_disk_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupSafety *self = JZ_SETUP_SAFETY (source);
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (self));
  g_autofree char *disk = jz_choose_finish (result, NULL);
  g_autofree char *folder = NULL;

  if (disk == NULL || context->client == NULL)
    return;
  folder = jz_backup_dup_folder_on (
    disk, jz_office_get_store_id (jz_office_client_get_office (context->client)));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup-safety.back-up", FALSE);
  jz_backup_work_async (GTK_WIDGET (self), context->client, folder, FALSE, on_backed_up, NULL);
}

static void
back_up (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_choose_folder_async (widget, _ ("Choose the backup disk"), NULL, on_disk_chosen, NULL);
}

static void
save_settings (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (widget));

  if (context->client != NULL)
    jz_sheets_save_settings (widget, context->client);
}

static void
jz_setup_safety_enter (JzSetupStep *step)
{
  JzSetupContext *context = jz_setup_step_get_context (step);
  static const char *const actions[] = { "setup-safety.recovery", "setup-safety.back-up",
                                         "setup-safety.settings" };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (step), actions[i], context->client != NULL);
  if (context->setup != NULL && context->setup->has_backup &&
      gtk_label_get_label (JZ_SETUP_SAFETY (step)->result)[0] == '\0')
    gtk_label_set_label (JZ_SETUP_SAFETY (step)->result, _ ("There is a backup that was proved."));
}

static void
jz_setup_safety_apply (JzSetupStep *step)
{
  jz_setup_step_end (step, NULL);
}

static void
jz_setup_safety_class_init (JzSetupSafetyClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_safety_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_safety_apply;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-safety.recovery", NULL,
                                   save_recovery);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-safety.back-up", NULL, back_up);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-safety.settings", NULL,
                                   save_settings);
}

static void
jz_setup_safety_init (JzSetupSafety *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);

  jz_setup_step_set_words (
    step, _ ("Recovery envelope and backup"),
    _ ("Print the recovery sheet, fill it in by hand and lock it away. Then connect a disk that is "
       "used for backups only, and make the first backup: it is read again from beginning to end, "
       "so that it is known that it can be restored. Keep the disk in another room."));
  jz_setup_step_add_button (step, _ ("_Recovery Sheet…"), "setup-safety.recovery");
  jz_setup_step_add_button (step, _ ("_Back Up Now…"), "setup-safety.back-up");
  self->result = jz_setup_step_add_note (step);
  jz_setup_step_add_button (step, _ ("Print the _List of Settings…"), "setup-safety.settings");
}
