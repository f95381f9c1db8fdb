/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/start/setup_page.h"

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/start/setup_step.h"

/* Three steps make the store; the others can be skipped, and done on another day: how far an office
 * has got is read from the store itself. */

typedef struct {
  const char *title;
  GType (*get_type) (void);
  gboolean must; /* cannot be skipped */
} Entry;

static const Entry entries[] = {
  { N_ ("Where the cases are kept"), jz_setup_place_get_type, TRUE },
  { N_ ("This bureau"), jz_setup_bureau_get_type, TRUE },
  { N_ ("Administrator and passwords"), jz_setup_administrator_get_type, TRUE },
  { N_ ("The second person"), jz_setup_second_get_type, FALSE },
  { N_ ("People"), jz_setup_people_get_type, FALSE },
  { N_ ("Rules, forms and calendar"), jz_setup_rules_get_type, FALSE },
  { N_ ("Start and running cases"), jz_setup_running_get_type, FALSE },
  { N_ ("Fonts and printing"), jz_setup_printing_get_type, FALSE },
  { N_ ("Recovery envelope and backup"), jz_setup_safety_get_type, FALSE },
};

#define N_STEPS G_N_ELEMENTS (entries)
#define N_MUST 3

struct _JzSetupPage {
  AdwBin parent_instance;

  GtkListBox *list;
  AdwBin *place; /* of the step that is shown: what is hidden is still read by a screen reader */
  GtkButton *leave_button;
  GtkButton *next_button;
  GtkSpinner *spinner;

  JzSetupContext context;
  JzSetupStep *step[N_STEPS]; /* owned */
  GtkImage *mark[N_STEPS];
  guint current;
  gboolean is_reading; /* a step waits for what the office says */
  gboolean is_printing_seen;
};

enum {
  FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzSetupPage, jz_setup_page, ADW_TYPE_BIN)

static gboolean
is_done (const JzSetupPage *self, guint i)
{
  const JzSetup *setup = self->context.setup;
  const gboolean done[N_STEPS] = {
    self->context.client != NULL || self->context.path != NULL,
    self->context.client != NULL || self->context.bureau != NULL,
    self->context.client != NULL,
    setup != NULL && setup->is_accepted,
    setup != NULL && setup->n_able >= 4,
    setup != NULL && jz_setup_is_done (setup),
    setup != NULL && setup->take_over_until[0] != '\0',
    self->is_printing_seen,
    setup != NULL && setup->has_backup,
  };

  return done[i];
}

static gboolean
may_enter (const JzSetupPage *self, guint i)
{
  for (guint before = 0; before < MIN (i, N_MUST); before++)
    if (!is_done (self, before))
      return FALSE;
  return TRUE;
}

static void
update (JzSetupPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_busy = self->is_reading || jz_setup_step_is_busy (self->step[self->current]);
  gboolean is_last = self->current + 1 == N_STEPS;

  for (guint i = 0; i < N_STEPS; i++) {
    gtk_image_set_from_icon_name (self->mark[i],
                                  is_done (self, i) ? "object-select-symbolic" : NULL);
    gtk_widget_set_sensitive (
      gtk_widget_get_ancestor (GTK_WIDGET (self->mark[i]), GTK_TYPE_LIST_BOX_ROW),
      !is_busy && may_enter (self, i));
  }
  gtk_widget_action_set_enabled (widget, "setup.previous", !is_busy && self->current > 0);
  gtk_widget_action_set_enabled (widget, "setup.skip",
                                 !is_busy && !is_last && !entries[self->current].must);
  gtk_widget_action_set_enabled (widget, "setup.next", !is_busy);
  gtk_widget_action_set_enabled (widget, "setup.leave", !is_busy);
  gtk_button_set_label (self->next_button, is_last ? _ ("_Begin to Work") : _ ("_Next"));
  gtk_button_set_label (self->leave_button, self->context.client != NULL
                                              ? _ ("_Leave and Go On Later")
                                              : _ ("_Cancel"));
  gtk_spinner_set_spinning (self->spinner, is_busy);
}

static void
show_step (JzSetupPage *self, guint i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int)i);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  /* An entry that goes while it has the focus complains. */
  if (root != NULL)
    gtk_root_set_focus (root, NULL);
  self->current = i;
  if (entries[i].get_type == jz_setup_printing_get_type)
    self->is_printing_seen = TRUE;
  adw_bin_set_child (self->place, GTK_WIDGET (self->step[i]));
  gtk_list_box_select_row (self->list, row);
  jz_setup_step_enter (self->step[i]);
  update (self);
  if (root != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->step[i]), GTK_DIR_TAB_FORWARD);
}

/* @data says where to go: a step, or to stay. */
typedef struct {
  JzSetupPage *page;
  int go;
} Asking;

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (JzSetupPage) self = asking->page;
  JzSetupReading *reading = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);

  self->is_reading = FALSE;
  if (self->step[0] == NULL) {
    g_clear_pointer (&reading, jz_setup_reading_free);
    return;
  }
  if (reading == NULL) {
    update (self);
    return;
  }
  jz_setup_context_take (&self->context, reading);
  if (asking->go < 0) {
    /* Where it was left: the first step that is not done. */
    asking->go = N_MUST;
    while (asking->go + 1 < (int)N_STEPS && is_done (self, (guint)asking->go))
      asking->go++;
  }
  show_step (self, (guint)asking->go);
}

static void
ask_office (JzSetupPage *self, int go)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->page = g_object_ref (self);
  asking->go = go;
  self->is_reading = TRUE;
  if (self->step[self->current] != NULL)
    update (self);
  jz_office_client_read_async (self->context.client, jz_setup_reading_read, NULL, NULL,
                               jz_setup_reading_free, NULL, on_read, asking);
}

static void
finish (JzSetupPage *self)
{
  g_signal_emit (self, signals[FINISHED], 0, self->context.client);
}

static void
go_on (JzSetupPage *self, guint i)
{
  if (i >= N_STEPS)
    finish (self);
  else if (self->context.client != NULL)
    ask_office (self, (int)i);
  else
    show_step (self, i);
}

static void
on_step_ended (JzSetupPage *self, gboolean is_done_now, JzSetupStep *step)
{
  gboolean stays = g_object_get_data (G_OBJECT (step), "stay") != NULL;

  g_object_set_data (G_OBJECT (step), "stay", NULL);
  if (self->step[0] == NULL)
    return;
  if (is_done_now)
    go_on (self, stays ? self->current : self->current + 1);
  else
    update (self);
}

static void
on_row_selected (JzSetupPage *self, GtkListBoxRow *row)
{
  guint i = row != NULL ? (guint)gtk_list_box_row_get_index (row) : self->current;

  if (i != self->current && may_enter (self, i))
    show_step (self, i);
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  /* With the last step this page goes. */
  g_autoptr (JzSetupPage) self = g_object_ref (JZ_SETUP_PAGE (widget));

  jz_setup_step_apply (self->step[self->current]);
  if (self->step[0] != NULL)
    update (self);
}

static void
skip (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupPage *self = JZ_SETUP_PAGE (widget);

  go_on (self, self->current + 1);
}

static void
previous (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzSetupPage *self = JZ_SETUP_PAGE (widget);

  if (self->current > 0)
    show_step (self, self->current - 1);
}

static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  finish (JZ_SETUP_PAGE (widget));
}

static void
add_step (JzSetupPage *self, guint i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *text = g_strdup_printf ("%u  %s", i + 1, _ (entries[i].title));
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  self->mark[i] = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->mark[i]));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (entries[i].title), -1);
  self->step[i] = g_object_ref_sink (g_object_new (entries[i].get_type (), NULL));
  jz_setup_step_set_context (self->step[i], &self->context, self);
  g_signal_connect_object (self->step[i], "ended", G_CALLBACK (on_step_ended), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
jz_setup_page_dispose (GObject *object)
{
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), JZ_TYPE_SETUP_PAGE);
  for (guint i = 0; i < N_STEPS; i++)
    g_clear_object (&JZ_SETUP_PAGE (object)->step[i]);
  G_OBJECT_CLASS (jz_setup_page_parent_class)->dispose (object);
}

static void
jz_setup_page_finalize (GObject *object)
{
  JzSetupPage *self = JZ_SETUP_PAGE (object);

  jz_setup_context_keep_ca_password (&self->context, NULL);
  g_clear_object (&self->context.client);
  g_clear_pointer (&self->context.setup, jz_setup_free);
  g_clear_pointer (&self->context.accounts, g_ptr_array_unref);
  g_free (self->context.path);
  g_free (self->context.bureau);
  g_free (self->context.code);
  G_OBJECT_CLASS (jz_setup_page_parent_class)->finalize (object);
}

static gboolean
jz_setup_page_grab_focus (GtkWidget *widget)
{
  JzSetupPage *self = JZ_SETUP_PAGE (widget);

  return gtk_widget_child_focus (GTK_WIDGET (self->step[self->current]), GTK_DIR_TAB_FORWARD);
}

static void
jz_setup_page_class_init (JzSetupPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_setup_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_setup_page_finalize;
  widget_class->focus = jz_focus_through;
  widget_class->grab_focus = jz_setup_page_grab_focus;
  signals[FINISHED] = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, JZ_TYPE_OFFICE_CLIENT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/setup_page.ui");
  gtk_widget_class_bind_template_child (widget_class, JzSetupPage, list);
  gtk_widget_class_bind_template_child (widget_class, JzSetupPage, place);
  gtk_widget_class_bind_template_child (widget_class, JzSetupPage, leave_button);
  gtk_widget_class_bind_template_child (widget_class, JzSetupPage, next_button);
  gtk_widget_class_bind_template_child (widget_class, JzSetupPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_install_action (widget_class, "setup.next", NULL, next);
  gtk_widget_class_install_action (widget_class, "setup.skip", NULL, skip);
  gtk_widget_class_install_action (widget_class, "setup.previous", NULL, previous);
  gtk_widget_class_install_action (widget_class, "setup.leave", NULL, leave);
}

static void
jz_setup_page_init (JzSetupPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_STEPS; i++)
    add_step (self, i);
}

/**
 * jz_setup_page_new:
 * @client: (nullable): the office to go on with, with an administrator signed in; %NULL founds one
 *
 * Serves ux.md §9.
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
jz_setup_page_new (JzOfficeClient *client)
{
  JzSetupPage *self = g_object_new (JZ_TYPE_SETUP_PAGE, NULL);

  self->context.client = client != NULL ? g_object_ref (client) : NULL;
  show_step (self, 0);
  if (client != NULL)
    ask_office (self, -1);
  return GTK_WIDGET (self);
}
