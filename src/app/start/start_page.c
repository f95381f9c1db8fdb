/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/start_page.h"

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/start/folder_chooser.h"
#include "app/start/long_work.h"
#include "app/start/recent_stores.h"
#include "app/start/restore_page.h"
#include "app/start/store_check.h"
#include "app/window.h"
#include "office/demo.h"
#include "office/store_card.h"
#include "store/error.h"

#define DEMO_CASES 40

struct _JzStartPage {
  AdwBin parent_instance;

  GtkWidget *trouble;
  GtkLabel *problem;
  GtkWidget *again;
  GtkWidget *check;
  AdwPreferencesGroup *recent;

  char *path; /* (nullable): of what could not be opened */
};

G_DEFINE_FINAL_TYPE (JzStartPage, jz_start_page, ADW_TYPE_BIN)

static void
open_path (GtkWidget *inside, const char *path)
{
  gtk_widget_activate_action (inside, "win.open-store", "s", path);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *path = jz_choose_finish (result, NULL);

  if (path != NULL)
    open_path (GTK_WIDGET (source), path);
}

static void
choose_store (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_choose_folder_async (widget, _ ("Choose the folder of a store"), NULL, on_folder_chosen, NULL);
}

static void
try_again (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzStartPage *self = JZ_START_PAGE (widget);

  if (self->path != NULL)
    open_path (widget, self->path);
}

static void
restore (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_bin_set_child (ADW_BIN (widget), jz_restore_page_new (NULL));
}

static gboolean
make_demo (gpointer data, JzJob *job, GError **error)
{
  JzDemo demo = {
    .path = data,
    .n_cases = DEMO_CASES,
    .seed = 1,
    .progress = jz_long_work_progress,
    .progress_data = job,
    .cancellable = jz_job_get_cancellable (job),
  };
  g_autofree char *parent = g_path_get_dirname (data);

  g_mkdir_with_parents (parent, 0700);
  return jz_store_exists (data) || jz_demo_make (&demo, error);
}

static void
on_demo_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (source), TRUE);
  if (jz_long_work_finish (result, &error))
    open_path (GTK_WIDGET (source), jz_long_work_get_data (result));
  else
    jz_show_error (GTK_WIDGET (source), error);
}

static void
open_demo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_set_sensitive (widget, FALSE);
  jz_long_work_async (widget, _ ("Making an invented office"), make_demo,
                      g_build_filename (g_get_user_data_dir (), "juanzong", "demo", NULL), g_free,
                      on_demo_made, NULL);
}

static void
verify (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_store_check_show (widget, JZ_START_PAGE (widget)->path);
}

static void
on_row_activated (AdwActionRow *row)
{
  open_path (GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), "path"));
}

static void
add_recent (JzStartPage *self, const JzStoreCard *card)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_filename_display_name (card->path);
  g_autofree char *subtitle =
    card->is_demo ? g_strdup_printf (_ ("Demo data · %s"), name) : g_strdup (name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), card->bureau);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, card->bureau,
                                  -1);
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (card->path), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (on_row_activated), NULL);
  adw_preferences_group_add (self->recent, row);
}

static void
read_cards_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_store_card_free);
  g_autofree char *file = jz_recent_stores_dup_file ();
  g_auto (GStrv) paths = jz_recent_stores_list (file);

  for (gsize i = 0; paths[i] != NULL; i++) {
    /* A disk that is not connected now may be so tomorrow: it stays in the list, unseen. */
    JzStoreCard *card = jz_store_card_read (paths[i], NULL);
    if (card != NULL && card->bureau != NULL && !card->is_backup)
      g_ptr_array_add (cards, card);
    else
      g_clear_pointer (&card, jz_store_card_free);
  }
  g_task_return_pointer (task, g_steal_pointer (&cards), (GDestroyNotify)g_ptr_array_unref);
}

static void
on_cards_read (GObject *source, GAsyncResult *result, gpointer data)
{
  JzStartPage *self = JZ_START_PAGE (source);
  g_autoptr (GPtrArray) cards = g_task_propagate_pointer (G_TASK (result), NULL);

  if (cards == NULL || self->recent == NULL)
    return;
  for (guint i = 0; i < cards->len; i++)
    add_recent (self, g_ptr_array_index (cards, i));
  gtk_widget_set_visible (GTK_WIDGET (self->recent), cards->len > 0);
}

static void
show_trouble (JzStartPage *self, const GError *error)
{
  gboolean is_damaged = g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED);
  g_autofree char *text =
    is_damaged
      ? g_strdup_printf (_ ("%s\n\nWhat is in the store is not what was written. Check it to see "
                            "what is damaged, and restore the newest backup."),
                         error->message)
      : g_strdup (error->message);

  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (self->check, is_damaged);
  gtk_widget_set_visible (self->trouble, TRUE);
}

static void
jz_start_page_dispose (GObject *object)
{
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), JZ_TYPE_START_PAGE);
  G_OBJECT_CLASS (jz_start_page_parent_class)->dispose (object);
}

static void
jz_start_page_finalize (GObject *object)
{
  g_free (JZ_START_PAGE (object)->path);
  G_OBJECT_CLASS (jz_start_page_parent_class)->finalize (object);
}

static void
jz_start_page_class_init (JzStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_start_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_start_page_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/start_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzStartPage, trouble);
  gtk_widget_class_bind_template_child (widget_class, JzStartPage, problem);
  gtk_widget_class_bind_template_child (widget_class, JzStartPage, again);
  gtk_widget_class_bind_template_child (widget_class, JzStartPage, check);
  gtk_widget_class_bind_template_child (widget_class, JzStartPage, recent);
  gtk_widget_class_install_action (widget_class, "start.open", NULL, choose_store);
  gtk_widget_class_install_action (widget_class, "start.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "start.demo", NULL, open_demo);
  gtk_widget_class_install_action (widget_class, "start.again", NULL, try_again);
  gtk_widget_class_install_action (widget_class, "start.verify", NULL, verify);
}

static void
jz_start_page_init (JzStartPage *self)
{
  g_autoptr (GTask) task = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  task = g_task_new (self, NULL, on_cards_read, NULL);
  g_task_run_in_thread (task, read_cards_in_thread);
}

/**
 * jz_start_page_new:
 * @path: (nullable): folder that could not be opened
 * @error: (nullable): why
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_start_page_new (const char *path, const GError *error)
{
  JzStartPage *self = g_object_new (JZ_TYPE_START_PAGE, NULL);

  self->path = g_strdup (path);
  if (error != NULL)
    show_trouble (self, error);
  return GTK_WIDGET (self);
}
