/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/find_bar.h"

#include <glib/gi18n-lib.h>

#include "app/window.h"

struct _JzFindBar {
  GtkWidget parent_instance;
  GtkRevealer *revealer;
  GtkEditable *entry;
  GtkEditable *replacement;
  GtkLabel *count;
  GtkWidget *replace_button;
  JzPaper *paper;   /* not owned: a sibling */
  JzTyping *typing; /* (nullable): for replacing */
};

G_DEFINE_FINAL_TYPE (JzFindBar, jz_find_bar, GTK_TYPE_WIDGET)

static void
show_count (JzFindBar *self)
{
  gboolean is_empty = *gtk_editable_get_text (self->entry) == '\0';
  guint n = is_empty ? 0 : jz_paper_count_found (self->paper);
  g_autofree char *text = g_strdup_printf (ngettext ("%u place", "%u places", n), n);
  gtk_label_set_label (self->count, is_empty ? "" : n > 0 ? text : _ ("Not found"));
}

static void
on_changed (JzFindBar *self)
{
  jz_paper_set_find (self->paper, gtk_editable_get_text (self->entry));
  (void)jz_paper_go_found (self->paper, 1);
  show_count (self);
}

static void
go (JzFindBar *self, int direction)
{
  if (!jz_paper_go_found (self->paper, direction))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_next (JzFindBar *self)
{
  go (self, 1);
}

static void
on_previous (JzFindBar *self)
{
  go (self, -1);
}

static void
on_stopped (JzFindBar *self)
{
  (void)jz_find_bar_close (self);
}

static void
on_replace (JzFindBar *self)
{
  const char *what = gtk_editable_get_text (self->entry);
  if (self->typing == NULL || *what == '\0')
    return;
  g_auto (GStrv) paths = jz_typing_list_paths (self->typing);
  guint n = jz_typing_replace_all (self->typing, (const char *const *)paths, what,
                                   gtk_editable_get_text (self->replacement));
  g_autofree char *text =
    g_strdup_printf (ngettext ("Replaced in %u place. Ctrl+Z takes it back.",
                               "Replaced in %u places. Ctrl+Z takes all of it back.", n),
                     n);
  jz_window_toast (GTK_WIDGET (self), text);
  show_count (self);
}

static void
jz_find_bar_dispose (GObject *object)
{
  JzFindBar *self = JZ_FIND_BAR (object);
  g_clear_object (&self->typing);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_FIND_BAR);
  G_OBJECT_CLASS (jz_find_bar_parent_class)->dispose (object);
}

static void
jz_find_bar_class_init (JzFindBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_find_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/find_bar.ui");
  gtk_widget_class_bind_template_child (widget_class, JzFindBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, JzFindBar, entry);
  gtk_widget_class_bind_template_child (widget_class, JzFindBar, replacement);
  gtk_widget_class_bind_template_child (widget_class, JzFindBar, count);
  gtk_widget_class_bind_template_child (widget_class, JzFindBar, replace_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_stopped);
  gtk_widget_class_bind_template_callback (widget_class, on_replace);
}

static void
jz_find_bar_init (JzFindBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_find_bar_set_paper:
 * @self: a find bar
 * @paper: the pages beside it
 */
void
jz_find_bar_set_paper (JzFindBar *self, JzPaper *paper)
{
  g_return_if_fail (JZ_IS_FIND_BAR (self));

  self->paper = paper;
}

/**
 * jz_find_bar_set_typing:
 * @self: a find bar
 * @typing: (nullable): where it replaces; %NULL where nothing can be replaced
 */
void
jz_find_bar_set_typing (JzFindBar *self, JzTyping *typing)
{
  g_return_if_fail (JZ_IS_FIND_BAR (self));

  g_set_object (&self->typing, typing);
  gtk_widget_set_visible (GTK_WIDGET (self->replacement), typing != NULL);
  gtk_widget_set_visible (self->replace_button, typing != NULL);
}

/**
 * jz_find_bar_open:
 * @self: a find bar
 */
void
jz_find_bar_open (JzFindBar *self)
{
  g_return_if_fail (JZ_IS_FIND_BAR (self));

  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_editable_select_region (self->entry, 0, -1);
}

/**
 * jz_find_bar_close:
 * @self: a find bar
 *
 * Returns: whether it was open
 */
gboolean
jz_find_bar_close (JzFindBar *self)
{
  g_return_val_if_fail (JZ_IS_FIND_BAR (self), FALSE);

  if (!gtk_revealer_get_reveal_child (self->revealer))
    return FALSE;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  jz_paper_set_find (self->paper, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  return TRUE;
}
