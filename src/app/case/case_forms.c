/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/case_forms.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/stack_state.h"
#include "office/act_words.h"

/* What somebody typed into a form is kept when he looks at something else of the case, or at
 * another case, until it is sent or he throws it away; nothing is asked (ux.md §1). */

#define NONE "none"

typedef struct {
  GtkWidget *form; /* (owned) */
  char *case_id;
  char *key; /* which act it is of, with what was known */
  guint number;
} Kept;

struct _JzCaseForms {
  GtkStack *place; /* borrowed; its first page is empty */
  GtkBox *box;     /* borrowed */
  JzCaseFormDone done;
  gpointer data;
  GPtrArray *forms; /* (element-type Kept): also the one that is shown */
  guint n_forms;    /* ever */
};

static void
kept_free (gpointer data)
{
  Kept *self = data;

  g_object_unref (self->form);
  g_free (self->case_id);
  g_free (self->key);
  g_free (self);
}

/**
 * jz_case_forms_new:
 * @place: where a form is shown; forms that are kept stay in it, for whatever is taken out of a
 * window loses what its buttons do
 * @kept: gets a line for each that was left
 * @done: called when the form that is shown was sent or given up
 * @data: for it
 *
 * Returns: (transfer full): no forms
 */
JzCaseForms *
jz_case_forms_new (GtkStack *place, GtkBox *kept, JzCaseFormDone done, gpointer data)
{
  JzCaseForms *self = g_new0 (JzCaseForms, 1);

  self->place = place;
  gtk_stack_add_named (place, adw_bin_new (), NONE);
  jz_stack_tell_hidden (place);
  self->box = kept;
  self->done = done;
  self->data = data;
  self->forms = g_ptr_array_new_with_free_func (kept_free);
  return self;
}

static gboolean
is_shown (JzCaseForms *self, GtkWidget *form)
{
  return gtk_stack_get_visible_child (self->place) == form;
}

static Kept *
get (JzCaseForms *self, guint position)
{
  return g_ptr_array_index (self->forms, position);
}

/**
 * jz_case_forms_free:
 * @self: (transfer full): forms; its widgets may be gone already
 */
void
jz_case_forms_free (JzCaseForms *self)
{
  for (guint i = 0; i < self->forms->len; i++)
    g_signal_handlers_disconnect_by_data (get (self, i)->form, self);
  g_ptr_array_unref (self->forms);
  g_free (self);
}

static void
on_cancelled (GtkWidget *form, JzCaseForms *self)
{
  gboolean was_shown = is_shown (self, form);

  for (guint i = 0; i < self->forms->len; i++)
    if (get (self, i)->form == form) {
      g_signal_handlers_disconnect_by_data (form, self);
      gtk_stack_set_visible_child_name (self->place, NONE);
      gtk_stack_remove (self->place, form);
      g_ptr_array_remove_index (self->forms, i);
      break;
    }
  if (was_shown)
    self->done (self->data);
}

static void
on_sent (GtkWidget *form, gpointer outcome, JzCaseForms *self)
{
  on_cancelled (form, self);
}

static void
show_form (JzCaseForms *self, GtkWidget *form)
{
  if (is_shown (self, form))
    return;
  jz_case_forms_put_away (self);
  gtk_stack_set_visible_child (self->place, form);
  gtk_widget_child_focus (form, GTK_DIR_TAB_FORWARD);
}

/**
 * jz_case_forms_open:
 * @self: forms
 * @client: the office
 * @case_id: a case
 * @act: name of an act
 * @preset: (transfer full): arguments that are known
 *
 * Shows a form for the act: the one that was begun, where there is one with the same arguments.
 */
void
jz_case_forms_open (JzCaseForms *self,
                    JzOfficeClient *client,
                    const char *case_id,
                    const char *act,
                    JzJson *preset)
{
  g_autofree char *known = NULL;
  g_autofree char *key = NULL;
  Kept *kept;

  jz_json_set_text (preset, "case", case_id);
  known = jz_json_to_canonical (preset, NULL);
  key = g_strdup_printf ("%s %s", act, known);
  for (guint i = 0; i < self->forms->len; i++)
    if (strcmp (get (self, i)->key, key) == 0) {
      jz_json_unref (preset);
      show_form (self, get (self, i)->form);
      return;
    }
  kept = g_new0 (Kept, 1);
  kept->form = g_object_ref_sink (jz_act_form_new (client, act, preset));
  kept->case_id = g_strdup (case_id);
  kept->key = g_steal_pointer (&key);
  kept->number = ++self->n_forms;
  g_signal_connect (kept->form, "done", G_CALLBACK (on_sent), self);
  g_signal_connect (kept->form, "cancelled", G_CALLBACK (on_cancelled), self);
  gtk_stack_add_child (self->place, kept->form);
  show_form (self, kept->form);
  g_ptr_array_add (self->forms, kept);
}

static guint
find_number (JzCaseForms *self, guint number)
{
  for (guint i = 0; i < self->forms->len; i++)
    if (get (self, i)->number == number)
      return i;
  return G_MAXUINT;
}

/**
 * jz_case_forms_open_kept:
 * @self: forms
 * @number: of a form, as its line says
 */
void
jz_case_forms_open_kept (JzCaseForms *self, guint number)
{
  guint position = find_number (self, number);

  if (position != G_MAXUINT)
    show_form (self, get (self, position)->form);
}

/**
 * jz_case_forms_discard:
 * @self: forms
 * @number: of a form, as its line says
 *
 * Throws away what was typed into it.
 */
void
jz_case_forms_discard (JzCaseForms *self, guint number)
{
  guint position = find_number (self, number);

  if (position != G_MAXUINT)
    on_cancelled (get (self, position)->form, self);
}

/**
 * jz_case_forms_put_away:
 * @self: forms
 *
 * Takes the form off that is shown; it is kept where something was typed into it.
 */
void
jz_case_forms_put_away (JzCaseForms *self)
{
  gtk_stack_set_visible_child_name (self->place, NONE);
  for (guint i = 0; i < self->forms->len; i++) {
    GtkWidget *form = get (self, i)->form;
    if (!jz_act_form_is_touched (JZ_ACT_FORM (form))) {
      g_signal_handlers_disconnect_by_data (form, self);
      gtk_stack_remove (self->place, form);
      g_ptr_array_remove_index (self->forms, i);
      return;
    }
  }
}

static GtkWidget *
new_button (const char *words, const char *action, guint number)
{
  GtkWidget *button = gtk_button_new_with_label (words);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static GtkWidget *
new_line (const Kept *kept)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  /* Translators: what was begun, such as File the case. */
  g_autofree char *text =
    g_strdup_printf (_ ("You began this and did not send it: %s"),
                     jz_act_get_label (jz_act_form_get_act (JZ_ACT_FORM (kept->form))));
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (line, "editor-notice");
  gtk_box_append (GTK_BOX (line), label);
  gtk_box_append (GTK_BOX (line), new_button (_ ("Go On"), "case.go-on", kept->number));
  gtk_box_append (GTK_BOX (line), new_button (_ ("Throw Away"), "case.throw-away", kept->number));
  return line;
}

/**
 * jz_case_forms_show_kept:
 * @self: forms
 * @case_id: (nullable): the case that is shown
 *
 * Shows a line for each form of the case that was begun and left.
 */
void
jz_case_forms_show_kept (JzCaseForms *self, const char *case_id)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  for (guint i = 0; i < self->forms->len; i++)
    if (g_strcmp0 (get (self, i)->case_id, case_id) == 0 && !is_shown (self, get (self, i)->form))
      gtk_box_append (self->box, new_line (get (self, i)));
}
