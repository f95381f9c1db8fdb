/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/restore_page.h"

#include <glib/gi18n-lib.h>

#include "app/password.h"
#include "app/start/folder_chooser.h"
#include "app/start/long_work.h"
#include "app/words.h"
#include "office/backup.h"
#include "office/demo.h"
#include "office/place_advice.h"
#include "office/store_card.h"

struct _JzRestorePage {
  AdwBin parent_instance;

  AdwActionRow *backup;
  GtkEditable *path;
  GtkEditable *user;
  GtkEditable *password;
  GtkEditable *ca_password;
  GtkEditable *reason;
  GtkLabel *problem;

  char *folder; /* (nullable): the backup */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (JzRestorePage, jz_restore_page, ADW_TYPE_BIN)

static void
update (JzRestorePage *self)
{
  GtkEditable *const rows[] = { self->path, self->user, self->password, self->ca_password,
                                self->reason };
  gboolean is_filled = self->folder != NULL && !self->is_busy;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    is_filled = is_filled && gtk_editable_get_text (rows[i])[0] != '\0';
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "restore.do", is_filled);
}

static void
show_problem (JzRestorePage *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text[0] != '\0');
}

static void
show_card (JzRestorePage *self, const JzStoreCard *card)
{
  char time[JZ_INSTANT_SIZE];
  g_autofree char *name = g_filename_display_name (card->path);
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  jz_instant_format (card->time, time);
  moment = jz_words_dup_moment (time);
  text = g_strdup_printf (_ ("%1$s, last entry %2$s · %3$s"),
                          card->bureau != NULL ? card->bureau : "", moment, name);
  adw_action_row_set_subtitle (self->backup, text);
  if (card->administrators[0] != NULL)
    gtk_editable_set_text (self->user, card->administrators[0]);
  if (card->is_demo) {
    gtk_editable_set_text (self->password, JZ_DEMO_PASSWORD);
    gtk_editable_set_text (self->ca_password, JZ_DEMO_PASSWORD);
  }
}

static void
read_card_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  JzStoreCard *card = jz_store_card_read (data, &error);

  if (card != NULL)
    g_task_return_pointer (task, card, (GDestroyNotify)jz_store_card_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_card_read (GObject *source, GAsyncResult *result, gpointer data)
{
  JzRestorePage *self = JZ_RESTORE_PAGE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStoreCard) card = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->backup == NULL)
    return;
  g_clear_pointer (&self->folder, g_free);
  if (card == NULL)
    show_problem (self, error->message);
  else if (!card->is_backup)
    show_problem (self, _ ("This folder is a store that somebody works in, and no backup. Choose "
                           "the folder on the backup disk."));
  else {
    self->folder = g_strdup (card->path);
    show_problem (self, "");
    show_card (self, card);
  }
  update (self);
}

static void
look_at (JzRestorePage *self, const char *folder)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_card_read, NULL);

  g_task_set_task_data (task, g_strdup (folder), g_free);
  g_task_run_in_thread (task, read_card_in_thread);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *path = jz_choose_finish (result, NULL);

  if (path != NULL)
    look_at (JZ_RESTORE_PAGE (source), path);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_choose_folder_async (widget, _ ("Choose the folder of a backup"), NULL, on_chosen, NULL);
}

typedef struct {
  char *folder;
  char *path;
  char *user;
  char *password;
  char *ca_password;
  char *reason;
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *restoring = data;

  g_free (restoring->folder);
  g_free (restoring->path);
  g_free (restoring->user);
  g_free (restoring->reason);
  jz_password_forget (restoring->password);
  jz_password_forget (restoring->ca_password);
  g_free (restoring);
}

static gboolean
run_restore (gpointer data, JzJob *job, GError **error)
{
  const Restoring *asked = data;
  g_autofree char *parent = g_path_get_dirname (asked->path);
  JzRestoring restoring = {
    .folder = asked->folder,
    .path = asked->path,
    .user = asked->user,
    .password = asked->password,
    .ca_password = asked->ca_password,
    .reason = asked->reason,
    .progress = jz_long_work_progress,
    .progress_data = job,
    .cancellable = jz_job_get_cancellable (job),
  };

  g_mkdir_with_parents (parent, 0700);
  return jz_restore (&restoring, error);
}

static void
on_restored (GObject *source, GAsyncResult *result, gpointer data)
{
  JzRestorePage *self = JZ_RESTORE_PAGE (source);
  Restoring *restoring = jz_long_work_get_data (result);
  g_autoptr (GError) error = NULL;

  self->is_busy = FALSE;
  if (jz_long_work_finish (result, &error)) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-store", "s", restoring->path);
    return;
  }
  if (self->problem == NULL)
    return;
  update (self);
  show_problem (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                        ? _ ("It was stopped; nothing was restored.")
                        : error->message);
}

static void
do_restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzRestorePage *self = JZ_RESTORE_PAGE (widget);
  Restoring *restoring = g_new0 (Restoring, 1);

  restoring->folder = g_strdup (self->folder);
  restoring->path = g_strdup (gtk_editable_get_text (self->path));
  restoring->user = g_strdup (gtk_editable_get_text (self->user));
  restoring->password = g_strdup (gtk_editable_get_text (self->password));
  restoring->ca_password = g_strdup (gtk_editable_get_text (self->ca_password));
  restoring->reason = g_strdup (gtk_editable_get_text (self->reason));
  self->is_busy = TRUE;
  update (self);
  show_problem (self, "");
  jz_long_work_async (widget, _ ("Restoring the backup"), run_restore, restoring, restoring_free,
                      on_restored, NULL);
}

static void
jz_restore_page_dispose (GObject *object)
{
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), JZ_TYPE_RESTORE_PAGE);
  G_OBJECT_CLASS (jz_restore_page_parent_class)->dispose (object);
}

static void
jz_restore_page_finalize (GObject *object)
{
  g_free (JZ_RESTORE_PAGE (object)->folder);
  G_OBJECT_CLASS (jz_restore_page_parent_class)->finalize (object);
}

static void
jz_restore_page_class_init (JzRestorePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_restore_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_restore_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/restore_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, backup);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, path);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, user);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, password);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, ca_password);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, reason);
  gtk_widget_class_bind_template_child (widget_class, JzRestorePage, problem);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "restore.choose", NULL, choose);
  gtk_widget_class_install_action (widget_class, "restore.do", NULL, do_restore);
}

static void
jz_restore_page_init (JzRestorePage *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "juanzong", NULL);
  g_autofree char *path = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  path = jz_place_suggest (folder, C_ ("folder", "restored"));
  gtk_editable_set_text (self->path, path);
  update (self);
}

/**
 * jz_restore_page_new:
 * @folder: (nullable): a backup
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_restore_page_new (const char *folder)
{
  JzRestorePage *self = g_object_new (JZ_TYPE_RESTORE_PAGE, NULL);

  if (folder != NULL)
    look_at (self, folder);
  return GTK_WIDGET (self);
}
