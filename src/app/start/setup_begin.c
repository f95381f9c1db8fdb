/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/start/folder_chooser.h"
#include "app/password.h"
#include "app/start/long_work.h"
#include "app/start/setup_step.h"
#include "app/start/signing.h"
#include "office/founding.h"
#include "office/place_advice.h"

/* The steps before there is a store: its place, the bureau, and the administrator with whom it is
 * founded. Nothing can be kept before somebody is there who signs, so these three come first. */

struct _JzSetupPlace {
  JzSetupStep parent_instance;

  GtkEditable *path;
  GtkLabel *advice;
  guint look_id;
};

#define JZ_TYPE_SETUP_PLACE (jz_setup_place_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupPlace, jz_setup_place, JZ, SETUP_PLACE, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupPlace, jz_setup_place, JZ_TYPE_SETUP_STEP)

static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  char *text;

  if (!jz_place_check_new (data, sentences, &error)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  g_ptr_array_add (sentences, NULL);
  text = g_strjoinv ("\n\n", (char **)sentences->pdata);
  g_task_return_pointer (task, text, g_free);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupPlace *self = JZ_SETUP_PLACE (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);
  const char *asked = g_task_get_task_data (G_TASK (result));

  /* Typed on meanwhile. */
  if (strcmp (asked, gtk_editable_get_text (self->path)) != 0)
    return;
  gtk_label_set_label (self->advice, text != NULL ? text : error->message);
}

static void
look_at (JzSetupPlace *self, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  g_task_set_task_data (task, g_strdup (gtk_editable_get_text (self->path)), g_free);
  g_task_run_in_thread (task, look_in_thread);
}

static gboolean
on_pause (gpointer data)
{
  JzSetupPlace *self = data;

  self->look_id = 0;
  look_at (self, on_looked);
  return G_SOURCE_REMOVE;
}

static void
on_path_changed (JzSetupPlace *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  self->look_id = g_timeout_add (400, on_pause, self);
}

static void
on_folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupPlace *self = JZ_SETUP_PLACE (source);
  g_autofree char *folder = jz_choose_finish (result, NULL);
  g_autofree char *path = folder != NULL ? jz_place_suggest (folder, _ ("Juanzong")) : NULL;

  if (path != NULL)
    gtk_editable_set_text (self->path, path);
}

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_choose_folder_async (widget, _ ("Choose where the store is to be made"), NULL,
                          on_folder_chosen, NULL);
}

static void
on_place_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupPlace *self = JZ_SETUP_PLACE (source);
  JzSetupContext *context = jz_setup_step_get_context (JZ_SETUP_STEP (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (text == NULL) {
    jz_setup_step_end (JZ_SETUP_STEP (self), error->message);
    return;
  }
  g_free (context->path);
  context->path = g_strdup (gtk_editable_get_text (self->path));
  jz_setup_step_end (JZ_SETUP_STEP (self), NULL);
}

static void
jz_setup_place_apply (JzSetupStep *step)
{
  JzSetupPlace *self = JZ_SETUP_PLACE (step);

  if (jz_setup_step_get_context (step)->client != NULL)
    jz_setup_step_end (step, NULL);
  else if (gtk_editable_get_text (self->path)[0] != '/')
    jz_setup_step_end (step, _ ("Choose a folder for the store."));
  else
    look_at (self, on_place_checked);
}

static void
jz_setup_place_enter (JzSetupStep *step)
{
  JzSetupPlace *self = JZ_SETUP_PLACE (step);
  JzSetupContext *context = jz_setup_step_get_context (step);

  if (context->client == NULL)
    return;
  gtk_editable_set_text (self->path, jz_office_client_get_path (context->client));
  g_clear_handle_id (&self->look_id, g_source_remove);
  gtk_widget_set_sensitive (GTK_WIDGET (self->path), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "setup-place.choose", FALSE);
  gtk_label_set_label (self->advice, _ ("The store is here and stays here. It can be moved later: "
                                        "move its whole folder, then answer the question that is "
                                        "asked when it is opened."));
}

static void
jz_setup_place_dispose (GObject *object)
{
  g_clear_handle_id (&JZ_SETUP_PLACE (object)->look_id, g_source_remove);
  G_OBJECT_CLASS (jz_setup_place_parent_class)->dispose (object);
}

static void
jz_setup_place_class_init (JzSetupPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_setup_place_dispose;
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_place_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_place_apply;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "setup-place.choose", NULL, choose);
}

static void
jz_setup_place_init (JzSetupPlace *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);
  AdwPreferencesGroup *group;
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "juanzong", NULL);
  g_autofree char *path = jz_place_suggest (folder, C_ ("folder", "store"));

  jz_setup_step_set_words (
    step, _ ("Where the cases are kept"),
    _ ("Everything lies in one folder on this computer, on a disk that is built in. Several people "
       "can use it one after the other, each with a password."));
  group = jz_setup_step_add_group (step, NULL);
  self->path = jz_setup_step_add_entry (group, _ ("Folder of the store"));
  jz_setup_step_add_button (step, _ ("_Choose…"), "setup-place.choose");
  self->advice = jz_setup_step_add_note (step);
  gtk_widget_add_css_class (GTK_WIDGET (self->advice), "warning");
  g_signal_connect_swapped (self->path, "changed", G_CALLBACK (on_path_changed), self);
  gtk_editable_set_text (self->path, path);
}

struct _JzSetupBureau {
  JzSetupStep parent_instance;

  GtkEditable *name;
  GtkEditable *code;
};

#define JZ_TYPE_SETUP_BUREAU (jz_setup_bureau_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupBureau, jz_setup_bureau, JZ, SETUP_BUREAU, JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupBureau, jz_setup_bureau, JZ_TYPE_SETUP_STEP)

static void
on_code_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSetupStep) step = data;

  jz_setup_step_end_act (step, result);
}

static void
jz_setup_bureau_apply (JzSetupStep *step)
{
  JzSetupBureau *self = JZ_SETUP_BUREAU (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  const char *name = gtk_editable_get_text (self->name);
  const char *code = gtk_editable_get_text (self->code);
  JzJson *args;

  if (name[0] == '\0') {
    jz_setup_step_end (step, _ ("Type the name of the bureau as it stands on its seal."));
    return;
  }
  g_free (context->bureau);
  g_free (context->code);
  context->bureau = g_strdup (name);
  context->code = g_strdup (code);
  /* Until a second person has accepted the store it cannot be set; that step does it then. */
  if (context->setup == NULL || !context->setup->is_accepted ||
      strcmp (code, context->setup->code) == 0) {
    jz_setup_step_end (step, NULL);
    return;
  }
  args = jz_json_new_object ();
  jz_json_set_text (args, "name", "bureau.code");
  jz_json_set_text (args, "value", code);
  jz_office_client_act_async (context->client, "setting.change", args, NULL, on_code_set,
                              g_object_ref (step));
}

static void
jz_setup_bureau_enter (JzSetupStep *step)
{
  JzSetupBureau *self = JZ_SETUP_BUREAU (step);
  JzSetupContext *context = jz_setup_step_get_context (step);

  if (context->setup == NULL)
    return;
  gtk_editable_set_text (self->name, context->setup->bureau);
  gtk_widget_set_sensitive (GTK_WIDGET (self->name), FALSE);
  if (gtk_editable_get_text (self->code)[0] == '\0')
    gtk_editable_set_text (self->code, context->setup->code);
}

static void
jz_setup_bureau_class_init (JzSetupBureauClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_bureau_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_bureau_apply;
}

static void
jz_setup_bureau_init (JzSetupBureau *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);
  AdwPreferencesGroup *group;

  jz_setup_step_set_words (
    step, _ ("This bureau"),
    _ ("The name stands on documents as you type it here. The code, if the bureau has one, begins "
       "its case numbers; both can be changed later, and the change is recorded."));
  group = jz_setup_step_add_group (step, NULL);
  self->name = jz_setup_step_add_entry (group, _ ("Name of the bureau"));
  self->code = jz_setup_step_add_entry (group, _ ("Code in case numbers (may be empty)"));
}

struct _JzSetupAdministrator {
  JzSetupStep parent_instance;

  AdwPreferencesGroup *person;
  AdwPreferencesGroup *key;
  GtkEditable *name;
  GtkEditable *user;
  GtkEditable *password;
  GtkEditable *again;
  GtkEditable *ca_password;
  GtkEditable *ca_again;
  GtkLabel *note;
};

#define JZ_TYPE_SETUP_ADMINISTRATOR (jz_setup_administrator_get_type ())
G_DECLARE_FINAL_TYPE (JzSetupAdministrator,
                      jz_setup_administrator,
                      JZ,
                      SETUP_ADMINISTRATOR,
                      JzSetupStep)
G_DEFINE_FINAL_TYPE (JzSetupAdministrator, jz_setup_administrator, JZ_TYPE_SETUP_STEP)

typedef struct {
  char *path;
  char *bureau;
  char *user;
  char *name;
  char *password;
  char *ca_password;
} Founding;

static void
founding_free (gpointer data)
{
  Founding *founding = data;

  g_free (founding->path);
  g_free (founding->bureau);
  g_free (founding->user);
  g_free (founding->name);
  jz_password_forget (founding->password);
  jz_password_forget (founding->ca_password);
  g_free (founding);
}

static gboolean
found (gpointer data, JzJob *job, GError **error)
{
  const Founding *asked = data;
  g_autofree char *parent = g_path_get_dirname (asked->path);
  JzFounding founding = {
    .path = asked->path,
    .bureau = asked->bureau,
    .user = asked->user,
    .name = asked->name,
    .password = asked->password,
    .ca_password = asked->ca_password,
  };

  g_mkdir_with_parents (parent, 0700);
  return jz_found_store (&founding, error);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzSetupStep) step = data;
  g_autoptr (GError) error = NULL;

  if (jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error))
    jz_setup_step_end (step, NULL);
  else
    jz_setup_step_end (step, error->message);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupAdministrator *self = data;
  g_autoptr (JzSetupStep) step = data;
  g_autoptr (GError) error = NULL;
  JzOfficeClient *client = jz_office_client_open_finish (result, &error);

  if (client == NULL) {
    jz_setup_step_end (step, error->message);
    return;
  }
  jz_setup_step_get_context (step)->client = client;
  jz_office_client_sign_in_async (client, gtk_editable_get_text (self->user),
                                  gtk_editable_get_text (self->password), NULL, on_signed_in,
                                  g_object_ref (step));
  gtk_editable_set_text (self->password, "");
  gtk_editable_set_text (self->again, "");
  gtk_editable_set_text (self->ca_password, "");
  gtk_editable_set_text (self->ca_again, "");
}

static void
on_founded (GObject *source, GAsyncResult *result, gpointer data)
{
  JzSetupStep *step = JZ_SETUP_STEP (source);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autoptr (GError) error = NULL;

  if (!jz_long_work_finish (result, &error)) {
    jz_setup_step_end (step, error->message);
    return;
  }
  jz_setup_context_keep_ca_password (
    context, gtk_editable_get_text (JZ_SETUP_ADMINISTRATOR (step)->ca_password));
  jz_office_client_open_async (context->path, NULL, on_opened, g_object_ref (step));
}

static char *
judge (JzSetupAdministrator *self)
{
  const char *password = gtk_editable_get_text (self->password);
  const char *ca_password = gtk_editable_get_text (self->ca_password);
  char *problem;

  if (gtk_editable_get_text (self->name)[0] == '\0' ||
      gtk_editable_get_text (self->user)[0] == '\0')
    return g_strdup (_ ("Type the name of the administrator, and a short user name for signing "
                        "in."));
  problem = jz_password_judge (password, gtk_editable_get_text (self->again));
  if (problem == NULL)
    problem = jz_password_judge (ca_password, gtk_editable_get_text (self->ca_again));
  if (problem == NULL && strcmp (password, ca_password) == 0)
    problem = g_strdup (_ ("The bureau's own key needs another password than the administrator: it "
                           "is locked away, and the administrator's is used every day."));
  return problem;
}

static void
jz_setup_administrator_apply (JzSetupStep *step)
{
  JzSetupAdministrator *self = JZ_SETUP_ADMINISTRATOR (step);
  JzSetupContext *context = jz_setup_step_get_context (step);
  g_autofree char *problem = NULL;
  Founding *founding;

  if (context->client != NULL) {
    jz_setup_step_end (step, NULL);
    return;
  }
  problem =
    context->path == NULL || context->bureau == NULL
      ? g_strdup (_ ("Go back and say first where the store is made, and for which bureau."))
      : judge (self);
  if (problem != NULL) {
    jz_setup_step_end (step, problem);
    return;
  }
  founding = g_new0 (Founding, 1);
  founding->path = g_strdup (context->path);
  founding->bureau = g_strdup (context->bureau);
  founding->user = g_strdup (gtk_editable_get_text (self->user));
  founding->name = g_strdup (gtk_editable_get_text (self->name));
  founding->password = g_strdup (gtk_editable_get_text (self->password));
  founding->ca_password = g_strdup (gtk_editable_get_text (self->ca_password));
  jz_long_work_async (GTK_WIDGET (self), _ ("Founding the store"), found, founding, founding_free,
                      on_founded, NULL);
}

static void
jz_setup_administrator_enter (JzSetupStep *step)
{
  JzSetupAdministrator *self = JZ_SETUP_ADMINISTRATOR (step);
  gboolean is_founded = jz_setup_step_get_context (step)->client != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->person), !is_founded);
  gtk_widget_set_visible (GTK_WIDGET (self->key), !is_founded);
  gtk_label_set_label (self->note,
                       is_founded ? _ ("The store is founded. Passwords are changed in the menu "
                                       "under the name above.")
                                  : _ ("Write both passwords down by hand, put the sheet into an "
                                       "envelope and lock it away. Without the second one no new "
                                       "keys can be made when a password is forgotten."));
}

static void
jz_setup_administrator_class_init (JzSetupAdministratorClass *klass)
{
  JZ_SETUP_STEP_CLASS (klass)->enter = jz_setup_administrator_enter;
  JZ_SETUP_STEP_CLASS (klass)->apply = jz_setup_administrator_apply;
}

static void
jz_setup_administrator_init (JzSetupAdministrator *self)
{
  JzSetupStep *step = JZ_SETUP_STEP (self);

  jz_setup_step_set_words (
    step, _ ("Administrator and passwords"),
    _ (
      "The administrator looks after people, backups and settings. He writes no cases and approves "
      "none. With Next the store is founded."));
  self->person = jz_setup_step_add_group (step, _ ("Administrator"));
  self->name = jz_setup_step_add_entry (self->person, _ ("Name of the administrator"));
  self->user = jz_setup_step_add_entry (self->person, _ ("User name (letters or figures)"));
  self->password = jz_setup_step_add_password (self->person, _ ("Password"));
  self->again = jz_setup_step_add_password (self->person, _ ("The same password once more"));
  self->key = jz_setup_step_add_group (step, _ ("The bureau's own key"));
  self->ca_password =
    jz_setup_step_add_password (self->key, _ ("Password of the bureau's own key"));
  self->ca_again =
    jz_setup_step_add_password (self->key, _ ("The same password of the key once more"));
  self->note = jz_setup_step_add_note (step);
}
