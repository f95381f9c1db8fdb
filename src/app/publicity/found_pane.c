/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/found_pane.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/text_label.h"

/* ux.md §8: between the original and what the public will see, the items that were found. */

struct _JzFoundPane {
  AdwBin parent_instance;

  GtkLabel *count;
  GtkListBox *list;
  GtkRevealer *asking;
  GtkEntry *reason;
  GPtrArray *found; /* (nullable element-type JzFound) */
  gboolean may_decide;
  gboolean is_filling;
};

enum {
  CHANGED,
  MOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzFoundPane, jz_found_pane, ADW_TYPE_BIN)

static const char *
get_choice_word (const JzFound *found)
{
  switch (found->choice) {
  case JZ_FOUND_COVER:
    return C_ ("found", "Covered");
  case JZ_FOUND_KEEP:
    return C_ ("found", "Kept");
  case JZ_FOUND_ADDED:
    return C_ ("found", "Covered by hand");
  case JZ_FOUND_OPEN:
  default:
    return C_ ("found", "Not decided");
  }
}

static const char *
get_choice_style (const JzFound *found)
{
  return found->choice == JZ_FOUND_OPEN   ? "warning"
         : found->choice == JZ_FOUND_KEEP ? "success"
                                          : "dim-label";
}

static GtkWidget *
new_row (const JzFound *found)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *word = jz_lines_label_new (get_choice_word (found), get_choice_style (found));
  GtkWidget *text = jz_lines_label_new (found->text, NULL);
  g_autofree char *source = g_strdup_printf (_ ("%1$s, in “%2$s”"), found->kind_word, found->where);
  g_autofree char *name =
    g_strdup_printf ("%s, %s, %s", found->text, source, get_choice_word (found));

  gtk_widget_set_hexpand (text, TRUE);
  gtk_label_set_wrap (GTK_LABEL (word), FALSE);
  gtk_box_append (GTK_BOX (head), text);
  gtk_box_append (GTK_BOX (head), word);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), jz_lines_label_new (source, "dim-label"));
  if (found->reason != NULL && found->reason[0] != '\0') {
    g_autofree char *reason = g_strdup_printf (_ ("Reason: %s"), found->reason);
    gtk_box_append (GTK_BOX (box), jz_lines_label_new (reason, "dim-label"));
  }
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_widget_set_margin_start (box, 9);
  gtk_widget_set_margin_end (box, 9);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
update_count (JzFoundPane *self)
{
  guint n_open = self->found != NULL ? jz_found_count_open (self->found) : 0;
  guint n = self->found != NULL ? self->found->len : 0;
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_ ("Nothing personal was found. Look through the text yourself; what you "
                        "select on the left can be covered."));
  else if (n_open == 0)
    text = g_strdup_printf (ngettext ("%u item, decided", "%u items, all decided", n), n);
  else
    /* Translators: how many are not decided, of how many */
    text = g_strdup_printf (_ ("%1$u of %2$u not decided"), n_open, n);
  gtk_label_set_label (self->count, text);
}

static JzFound *
get_found (JzFoundPane *self)
{
  int i = jz_found_pane_get_current (self);

  return self->found != NULL && i >= 0 && i < (int)self->found->len
           ? g_ptr_array_index (self->found, i)
           : NULL;
}

static void
fill (JzFoundPane *self, int current)
{
  GtkListBoxRow *row;

  self->is_filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; self->found != NULL && i < self->found->len; i++)
    gtk_list_box_append (self->list, new_row (g_ptr_array_index (self->found, i)));
  row = gtk_list_box_get_row_at_index (self->list, MAX (current, 0));
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  self->is_filling = FALSE;
  update_count (self);
}

/* Only the row that was decided on is made anew, so that the list does not jump. */
static void
renew (JzFoundPane *self, int i)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, i);
  gboolean had_focus = row != NULL && gtk_widget_is_focus (GTK_WIDGET (row));

  self->is_filling = TRUE;
  gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_list_box_insert (self->list, new_row (g_ptr_array_index (self->found, i)), i);
  row = gtk_list_box_get_row_at_index (self->list, i);
  gtk_list_box_select_row (self->list, row);
  if (had_focus)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->is_filling = FALSE;
  update_count (self);
}

static void
decide (JzFoundPane *self, JzFoundChoice choice, const char *reason)
{
  JzFound *found = get_found (self);
  int i = jz_found_pane_get_current (self);

  if (found == NULL || !self->may_decide)
    return;
  /* What a person added and takes back is gone. */
  if (found->choice == JZ_FOUND_ADDED && choice == JZ_FOUND_KEEP) {
    g_ptr_array_remove_index (self->found, (guint)i);
    fill (self, i);
  } else {
    if (found->choice != JZ_FOUND_ADDED)
      found->choice = choice;
    g_free (found->reason);
    found->reason = g_strdup (reason);
    renew (self, i);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
hide_reason (JzFoundPane *self)
{
  gtk_revealer_set_reveal_child (self->asking, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->asking), FALSE);
}

static void
on_reason_given (JzFoundPane *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  g_autofree char *text = g_strstrip (g_strdup (reason));

  if (text[0] == '\0')
    return;
  hide_reason (self);
  decide (self, JZ_FOUND_KEEP, text);
  jz_found_pane_next (self);
}

static void
on_selected (JzFoundPane *self)
{
  if (self->is_filling)
    return;
  hide_reason (self);
  g_signal_emit (self, signals[MOVED], 0);
}

/**
 * jz_found_pane_get_current:
 * @self: a pane
 *
 * Returns: which item is the current one, -1 for none
 */
int
jz_found_pane_get_current (JzFoundPane *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}

/**
 * jz_found_pane_set_current:
 * @self: a pane
 * @current: which item
 *
 * The focus goes to it where the pane is seen; a focus that nobody sees would take the keys of the
 * whole window with it.
 */
void
jz_found_pane_set_current (JzFoundPane *self, int current)
{
  GtkListBoxRow *row =
    self->list != NULL ? gtk_list_box_get_row_at_index (self->list, current) : NULL;

  if (row == NULL) /* also while the window is taken apart */
    return;
  gtk_list_box_select_row (self->list, row);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * jz_found_pane_next:
 * @self: a pane
 *
 * Goes to the next item that nobody has decided on, or just to the next.
 */
void
jz_found_pane_next (JzFoundPane *self)
{
  guint n = self->found != NULL ? self->found->len : 0;
  guint now = (guint)MAX (jz_found_pane_get_current (self), 0);

  for (guint i = 1; i <= n; i++) {
    const JzFound *found = g_ptr_array_index (self->found, (now + i) % n);
    if (found->choice == JZ_FOUND_OPEN) {
      jz_found_pane_set_current (self, (int)((now + i) % n));
      return;
    }
  }
  if (n > 0)
    jz_found_pane_set_current (self, (int)((now + 1) % n));
}

/**
 * jz_found_pane_cover:
 * @self: a pane
 *
 * Covers the current item, and goes on.
 */
void
jz_found_pane_cover (JzFoundPane *self)
{
  if (get_found (self) == NULL || !self->may_decide)
    return;
  decide (self, JZ_FOUND_COVER, NULL);
  jz_found_pane_next (self);
}

/**
 * jz_found_pane_cover_rest:
 * @self: a pane
 *
 * Covers all on which nobody has decided.
 */
void
jz_found_pane_cover_rest (JzFoundPane *self)
{
  if (self->found == NULL || !self->may_decide)
    return;
  for (guint i = 0; i < self->found->len; i++) {
    JzFound *found = g_ptr_array_index (self->found, i);
    if (found->choice == JZ_FOUND_OPEN)
      found->choice = JZ_FOUND_COVER;
  }
  fill (self, jz_found_pane_get_current (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * jz_found_pane_keep:
 * @self: a pane
 *
 * Asks for the reason why the current item is kept.
 */
void
jz_found_pane_keep (JzFoundPane *self)
{
  const JzFound *found = get_found (self);

  if (found == NULL || !self->may_decide)
    return;
  if (found->choice == JZ_FOUND_ADDED) {
    decide (self, JZ_FOUND_KEEP, NULL);
    return;
  }
  gtk_editable_set_text (GTK_EDITABLE (self->reason), found->reason != NULL ? found->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->asking), TRUE);
  gtk_revealer_set_reveal_child (self->asking, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

/**
 * jz_found_pane_set_list:
 * @self: a pane
 * @list: (nullable) (element-type JzFound): what was found; changed by what is decided
 * @may_decide: whether the user decides on it, or only looks
 */
void
jz_found_pane_set_list (JzFoundPane *self, GPtrArray *list, gboolean may_decide)
{
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = list != NULL ? g_ptr_array_ref (list) : NULL;
  self->may_decide = may_decide;
  hide_reason (self);
  fill (self, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "found.cover", may_decide);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "found.keep", may_decide);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "found.next", list != NULL && list->len > 0);
}

/* What a person covers beside. */
static void
add (JzFoundPane *self, JzFound *found /* (transfer full) */)
{
  g_ptr_array_add (self->found, found);
  fill (self, (int)self->found->len - 1);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * jz_found_pane_add_selected:
 * @self: a pane
 * @page: shows the document
 * @source: (nullable): the document, %NULL while it is not read
 *
 * Covers what is selected on @page, if anything is; nothing is selected then.
 */
void
jz_found_pane_add_selected (JzFoundPane *self, JzPageView *page, const JzPublicSource *source)
{
  guint start = 0;
  guint length = 0;
  const char *path = jz_page_view_get_selection (page, &start, &length);
  JzFound *found =
    path != NULL && source != NULL ? jz_found_new_added (source, path, start, length) : NULL;

  if (found != NULL)
    add (self, found);
  jz_page_view_clear_selection (page);
}

/**
 * jz_found_pane_press:
 * @self: a pane
 * @keyval: a key that was pressed on the page around it, while nobody types
 *
 * Returns: whether it is a key of the pane
 */
gboolean
jz_found_pane_press (JzFoundPane *self, guint keyval)
{
  switch (gdk_keyval_to_lower (keyval)) {
  case GDK_KEY_n:
    jz_found_pane_next (self);
    return TRUE;
  case GDK_KEY_y:
    jz_found_pane_cover (self);
    return TRUE;
  case GDK_KEY_k:
    jz_found_pane_keep (self);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
cover (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_found_pane_cover (JZ_FOUND_PANE (widget));
}

static void
keep (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_found_pane_keep (JZ_FOUND_PANE (widget));
}

static void
next (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_found_pane_next (JZ_FOUND_PANE (widget));
}

static void
keep_for_reason (GtkWidget *widget, const char *action, GVariant *parameter)
{
  on_reason_given (JZ_FOUND_PANE (widget));
}

static void
jz_found_pane_dispose (GObject *object)
{
  JzFoundPane *self = JZ_FOUND_PANE (object);

  /* The list lets go of its row while it is taken apart, and nothing stands beside it then. */
  self->is_filling = TRUE;
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->is_filling = TRUE; /* a row that goes is not one that somebody leaves */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_FOUND_PANE);
  G_OBJECT_CLASS (jz_found_pane_parent_class)->dispose (object);
}

static void
jz_found_pane_class_init (JzFoundPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jz_found_pane_dispose;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/found_pane.ui");
  gtk_widget_class_bind_template_child (widget_class, JzFoundPane, count);
  gtk_widget_class_bind_template_child (widget_class, JzFoundPane, list);
  gtk_widget_class_bind_template_child (widget_class, JzFoundPane, asking);
  gtk_widget_class_bind_template_child (widget_class, JzFoundPane, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_given);
  gtk_widget_class_install_action (widget_class, "found.cover", NULL, cover);
  gtk_widget_class_install_action (widget_class, "found.keep", NULL, keep);
  gtk_widget_class_install_action (widget_class, "found.next", NULL, next);
  gtk_widget_class_install_action (widget_class, "found.keep-for-reason", NULL, keep_for_reason);
}

static void
jz_found_pane_init (JzFoundPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * jz_found_pane_new:
 *
 * Returns: (transfer floating): a pane with nothing in it
 */
GtkWidget *
jz_found_pane_new (void)
{
  return g_object_new (JZ_TYPE_FOUND_PANE, NULL);
}
