/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/act_field-private.h"

/* A question of a form stands under its label; what was typed is written out below it, so that a
 * misreading is seen, and what is wrong stands beside it and not in a dialog (ux §1.6). */

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzActField, jz_act_field, GTK_TYPE_BOX)

static void
jz_act_field_finalize (GObject *object)
{
  JzActField *self = JZ_ACT_FIELD (object);

  g_clear_pointer (&self->field, jz_json_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self->path);
  G_OBJECT_CLASS (jz_act_field_parent_class)->finalize (object);
}

static gboolean
jz_act_field_grab_focus (GtkWidget *widget)
{
  JzActField *self = JZ_ACT_FIELD (widget);

  return self->input != NULL && gtk_widget_grab_focus (self->input);
}

static void
jz_act_field_class_init (JzActFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_act_field_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = jz_act_field_grab_focus;

  /**
   * JzActField::changed:
   * @self: the field
   *
   * Something else stands in it.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_act_field_init (JzActField *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 3);
}

static GtkWidget *
new_line (const char *style)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
set_line (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, text[0] != '\0');
}

static void
show_hint (JzActField *self)
{
  g_autofree char *hint = self->kind->hint != NULL ? self->kind->hint (self) : NULL;

  set_line (self->hint, hint != NULL ? hint : "");
}

void
jz_act_field_emit_changed (JzActField *self)
{
  jz_act_field_set_problem (self, NULL);
  show_hint (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
dup_label (JzActField *self)
{
  const char *label = jz_json_get_member_text (self->field, "label");
  const char *unit = jz_json_get_member_text (self->field, "unit");

  /* Amounts say their unit themselves, and half of the meanings begin in lower case. */
  if (unit == NULL || strcmp (unit, "fen") == 0)
    return g_strdup (label);
  /* Translators: the name of a value and its unit. */
  return g_strdup_printf (_ ("%1$s (%2$s)"), label, unit);
}

static void
add_label (JzActField *self)
{
  g_autofree char *label = dup_label (self);
  g_autofree char *required = g_strconcat (label, " *", NULL);
  GtkWidget *widget = gtk_label_new (jz_act_field_is_required (self) ? required : label);

  gtk_label_set_xalign (GTK_LABEL (widget), 0);
  gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
  gtk_widget_add_css_class (widget, "field-label");
  gtk_box_append (GTK_BOX (self), widget);
  if (self->input == NULL)
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  jz_act_field_is_required (self), -1);
}

/**
 * jz_act_field_new:
 * @field: of a sheet, see jz_act_sheet_new()
 * @today: the day on which it is typed
 *
 * Returns: (transfer floating): a field
 */
GtkWidget *
jz_act_field_new (const JzJson *field, JzDate today)
{
  JzActField *self = g_object_new (JZ_TYPE_ACT_FIELD, NULL);

  self->field = jz_json_ref (field);
  self->today = today;
  self->kind = jz_field_kind_find (self);
  self->hint = new_line ("dim-label");
  self->problem = new_line ("error");
  self->control = self->kind->make (self);
  add_label (self);
  gtk_box_append (GTK_BOX (self), self->control);
  gtk_box_append (GTK_BOX (self), self->hint);
  gtk_box_append (GTK_BOX (self), self->problem);
  show_hint (self);
  return GTK_WIDGET (self);
}

const char *
jz_act_field_get_name (JzActField *self)
{
  return jz_json_get_member_text (self->field, "name");
}

const char *
jz_act_field_get_kind (JzActField *self)
{
  return self->kind->name;
}

gboolean
jz_act_field_is_required (JzActField *self)
{
  return jz_json_get_member_boolean (self->field, "required", FALSE);
}

/**
 * jz_act_field_is_late:
 * @self: a field
 *
 * Returns: whether it asks why something is entered later than it happened
 */
gboolean
jz_act_field_is_late (JzActField *self)
{
  return jz_json_get_member_boolean (self->field, "late", FALSE);
}

/**
 * jz_act_field_set_problem:
 * @self: a field
 * @problem: (nullable): what is wrong and what to do; %NULL for nothing
 */
void
jz_act_field_set_problem (JzActField *self, const char *problem)
{
  set_line (self->problem, problem != NULL ? problem : "");
  if (self->input == NULL)
    return;
  if (problem != NULL)
    gtk_widget_add_css_class (self->input, "error");
  else
    gtk_widget_remove_css_class (self->input, "error");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
    problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/**
 * jz_act_field_read:
 * @self: a field
 * @value: (out) (transfer full) (nullable): what stands in it; %NULL where it was left empty
 *
 * Returns: whether that can be sent; otherwise it says what is wrong
 */
gboolean
jz_act_field_read (JzActField *self, JzJson **value)
{
  *value = NULL;
  jz_act_field_set_problem (self, NULL);
  if (!self->kind->read (self, value)) {
    jz_act_field_set_problem (self, _ (self->kind->misread));
    return FALSE;
  }
  if (*value != NULL || !jz_act_field_is_required (self))
    return TRUE;
  jz_act_field_set_problem (self, _ ("This is needed; fill it in."));
  return FALSE;
}
