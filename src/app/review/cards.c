/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/cards.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/review/parts.h"
#include "app/review/verdict.h"

struct _JzReviewCards {
  AdwBin parent_instance;

  GtkListBox *list;
  JzJson *sheet;
  GHashTable *unfolded; /* ids of points whose cleared items are shown */
  gboolean is_filling;
};

enum {
  SELECTED,
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzReviewCards, jz_review_cards, ADW_TYPE_BIN)

static const JzJson *
get_points (JzReviewCards *self)
{
  return self->sheet != NULL ? jz_json_get_member (self->sheet, "points") : NULL;
}

static gboolean
is_open (const JzJson *item)
{
  return jz_json_get_member_boolean (item, "is_open", FALSE);
}

/* What nobody has to look at: cleared by the program and judged by nobody. */
static gboolean
is_cleared (const JzJson *item)
{
  return !is_open (item) && jz_judged_get_verdict (item)[0] == '\0';
}

static guint
count_cleared (const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");
  guint n_cleared = 0;

  for (guint i = 0; i < jz_part_count (items); i++)
    n_cleared += is_cleared (jz_json_get_item (items, i));
  return n_cleared;
}

static GtkWidget *
new_label (const char *text, const char *style, gboolean expands)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), expands);
  gtk_widget_set_hexpand (label, expands);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

/* What stands at the right of a card: what was judged, or what is still to be. */
static char *
dup_state_of_point (const JzJson *point)
{
  const char *verdict = jz_judged_get_verdict (point);
  gint64 n_open = jz_json_get_member_integer (point, "n_open", 0);
  gint64 n_failed = jz_json_get_member_integer (point, "n_failed", 0);

  if (verdict[0] != '\0')
    return g_strdup_printf ("%s %s", jz_verdict_get_mark (verdict), jz_verdict_get_word (verdict));
  if (n_open > 0)
    /* Translators: so many items of a point are to be judged by the reviewer. */
    return g_strdup_printf (_ ("%lld to judge"), (long long)n_open);
  return g_strdup (n_failed > 0 ? _ ("Something is not met") : _ ("To confirm"));
}

static char *
dup_state_of_item (const JzJson *item)
{
  const char *verdict = jz_judged_get_verdict (item);
  const char *result = jz_json_read_text (item, "result");

  if (verdict[0] != '\0')
    return g_strdup_printf (jz_json_get_member_boolean (item, "is_overruled", FALSE)
                              /* Translators: the reviewer holds otherwise than the program. */
                              ? _ ("%s %s, overruled")
                              : "%s %s",
                            jz_verdict_get_mark (verdict), jz_verdict_get_word (verdict));
  if (strcmp (result, "fail") == 0)
    return g_strdup (_ ("! The program objects"));
  if (is_open (item))
    return g_strdup (_ ("· To judge"));
  return g_strdup (strcmp (result, "none") == 0 ? _ ("Does not arise") : _ ("✓ Program"));
}

static const char *
get_style (const JzJson *judged)
{
  const char *verdict = jz_judged_get_verdict (judged);

  if (jz_verdict_is_adverse (verdict))
    return "error";
  if (verdict[0] != '\0')
    return "success";
  if (strcmp (jz_json_read_text (judged, "result"), "fail") == 0)
    return "warning";
  return is_open (judged) || jz_json_get_member_integer (judged, "n_open", 0) > 0 ? "accent"
                                                                                  : "dim-label";
}

static GtkListBoxRow *
append_row (JzReviewCards *self,
            GtkWidget *box,
            const char *point,
            const char *item,
            const char *name)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "point", g_strdup (point), g_free);
  g_object_set_data_full (G_OBJECT (row), "item", g_strdup (item), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
  return GTK_LIST_BOX_ROW (row);
}

static GtkWidget *
new_row_box (int start)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_margin_start (box, start);
  gtk_widget_set_margin_end (box, 6);
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static void
append_point (JzReviewCards *self, const JzJson *point, guint number)
{
  GtkWidget *box = new_row_box (6);
  g_autofree char *title = g_strdup_printf ("%u  %s", number, jz_json_read_text (point, "name"));
  g_autofree char *state = dup_state_of_point (point);
  g_autofree char *name = g_strdup_printf ("%s, %s", title, state);

  gtk_box_append (GTK_BOX (box), new_label (title, "heading", TRUE));
  gtk_box_append (GTK_BOX (box), new_label (state, get_style (point), FALSE));
  append_row (self, box, jz_json_read_text (point, "id"), "", name);
}

static void
append_item (JzReviewCards *self, const char *point, const JzJson *item)
{
  GtkWidget *box = new_row_box (24);
  g_autofree char *state = dup_state_of_item (item);
  g_autofree char *name = g_strdup_printf ("%s, %s", jz_json_read_text (item, "name"), state);

  gtk_box_append (GTK_BOX (box), new_label (jz_json_read_text (item, "name"), NULL, TRUE));
  gtk_box_append (GTK_BOX (box), new_label (state, get_style (item), FALSE));
  append_row (self, box, point, jz_json_read_text (item, "id"), name);
}

static void
on_fold_clicked (GtkButton *button, JzReviewCards *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  const char *point = g_object_get_data (G_OBJECT (row), "point");

  jz_review_cards_select (self, point, "");
  jz_review_cards_unfold (self, !g_hash_table_contains (self->unfolded, point));
}

/* One line for all that the program has cleared under a point. */
static void
append_fold (JzReviewCards *self, const JzJson *point, guint n_cleared)
{
  const char *id = jz_json_read_text (point, "id");
  gboolean is_unfolded = g_hash_table_contains (self->unfolded, id);
  g_autofree char *text = g_strdup_printf (
    ngettext ("Cleared by the program: %u", "Cleared by the program: %u", n_cleared), n_cleared);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *box = new_row_box (18);
  GtkListBoxRow *row;

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content),
                                    is_unfolded ? "pan-down-symbolic" : "pan-end-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), text);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_fold_clicked), self);
  gtk_box_append (GTK_BOX (box), button);
  row = append_row (self, box, id, "", text);
  gtk_list_box_row_set_selectable (row, FALSE);
  gtk_list_box_row_set_activatable (row, FALSE);
}

static void
append_items (JzReviewCards *self, const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");
  const char *id = jz_json_read_text (point, "id");
  guint n_cleared = count_cleared (point);

  for (guint i = 0; i < jz_part_count (items); i++)
    if (!is_cleared (jz_json_get_item (items, i)))
      append_item (self, id, jz_json_get_item (items, i));
  if (n_cleared > 0)
    append_fold (self, point, n_cleared);
  if (!g_hash_table_contains (self->unfolded, id))
    return;
  for (guint i = 0; i < jz_part_count (items); i++)
    if (is_cleared (jz_json_get_item (items, i)))
      append_item (self, id, jz_json_get_item (items, i));
}

static void
fill (JzReviewCards *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < jz_part_count (get_points (self)); i++) {
    const JzJson *point = jz_json_get_item (get_points (self), i);
    append_point (self, point, i + 1);
    append_items (self, point);
  }
}

static const JzJson *
find_id (const JzJson *list, const char *id)
{
  for (guint i = 0; i < jz_part_count (list); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (list, i), "id"), id) == 0)
      return jz_json_get_item (list, i);
  return NULL;
}

static const char *
get_selected (JzReviewCards *self, const char *what)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  return row != NULL ? g_object_get_data (G_OBJECT (row), what) : NULL;
}

/**
 * jz_review_cards_get_point:
 * @self: the cards
 *
 * Returns: (transfer none) (nullable): the point that is looked at, or of the item that is
 */
const JzJson *
jz_review_cards_get_point (JzReviewCards *self)
{
  const char *id = get_selected (self, "point");
  return id != NULL ? find_id (get_points (self), id) : NULL;
}

/**
 * jz_review_cards_get_item:
 * @self: the cards
 *
 * Returns: (transfer none) (nullable): the item that is looked at; %NULL for a point as a whole
 */
const JzJson *
jz_review_cards_get_item (JzReviewCards *self)
{
  const JzJson *point = jz_review_cards_get_point (self);
  const char *id = get_selected (self, "item");

  return point != NULL && id[0] != '\0' ? find_id (jz_json_get_member (point, "items"), id) : NULL;
}

static GtkListBoxRow *
find_row (JzReviewCards *self, const char *point, const char *item)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_list_box_row_get_selectable (row) &&
        strcmp (g_object_get_data (G_OBJECT (row), "point"), point) == 0 &&
        strcmp (g_object_get_data (G_OBJECT (row), "item"), item) == 0)
      return row;
  return NULL;
}

static void
select_row (JzReviewCards *self, GtkListBoxRow *row)
{
  gtk_list_box_select_row (self->list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * jz_review_cards_select:
 * @self: the cards
 * @point: id of a point
 * @item: id of an item under it, or the empty text
 *
 * Looks at it, unfolding it where it is folded away.
 */
void
jz_review_cards_select (JzReviewCards *self, const char *point, const char *item)
{
  GtkListBoxRow *row = find_row (self, point, item);

  if (row == NULL && find_id (get_points (self), point) != NULL) {
    g_hash_table_add (self->unfolded, g_strdup (point));
    self->is_filling = TRUE;
    fill (self);
    self->is_filling = FALSE;
    row = find_row (self, point, item);
  }
  if (row == NULL)
    row = find_row (self, point, "");
  if (row != NULL)
    select_row (self, row);
}

/**
 * jz_review_cards_move:
 * @self: the cards
 * @direction: 1 for the next row, -1 for the one before
 */
void
jz_review_cards_move (JzReviewCards *self, int direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int i = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  do {
    i += direction;
    row = i >= 0 ? gtk_list_box_get_row_at_index (self->list, i) : NULL;
  } while (row != NULL && !gtk_list_box_row_get_selectable (row));
  if (row != NULL)
    select_row (self, row);
}

static gboolean
select_open_item (JzReviewCards *self, const JzJson *point)
{
  const JzJson *items = jz_json_get_member (point, "items");

  for (guint i = 0; i < jz_part_count (items); i++)
    if (is_open (jz_json_get_item (items, i))) {
      jz_review_cards_select (self, jz_json_read_text (point, "id"),
                              jz_json_read_text (jz_json_get_item (items, i), "id"));
      return TRUE;
    }
  return FALSE;
}

/* An item that waits, or else the point as a whole, where that waits. */
static gboolean
select_open (JzReviewCards *self, const JzJson *point)
{
  if (select_open_item (self, point))
    return TRUE;
  if (jz_judged_get_verdict (point)[0] != '\0')
    return FALSE;
  jz_review_cards_select (self, jz_json_read_text (point, "id"), "");
  return TRUE;
}

/**
 * jz_review_cards_go_to_open:
 * @self: the cards
 *
 * Goes on to what is to be judged next: the items of the card first, then the card, then the next
 * one, and from the last to the first.
 *
 * Returns: %FALSE where nothing is left
 */
gboolean
jz_review_cards_go_to_open (JzReviewCards *self)
{
  const JzJson *points = get_points (self);
  const char *selected = get_selected (self, "point");
  guint first = 0;

  for (guint i = 0; selected != NULL && i < jz_part_count (points); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (points, i), "id"), selected) == 0)
      first = i;
  for (guint i = 0; i < jz_part_count (points); i++)
    if (select_open (self, jz_json_get_item (points, (first + i) % jz_part_count (points))))
      return TRUE;
  return FALSE;
}

/**
 * jz_review_cards_unfold:
 * @self: the cards
 * @is_unfolded: whether what the program has cleared under the point that is looked at is shown
 */
void
jz_review_cards_unfold (JzReviewCards *self, gboolean is_unfolded)
{
  g_autofree char *point = g_strdup (get_selected (self, "point"));
  g_autofree char *item = g_strdup (get_selected (self, "item"));

  if (point == NULL || is_unfolded == g_hash_table_contains (self->unfolded, point))
    return;
  if (is_unfolded)
    g_hash_table_add (self->unfolded, g_strdup (point));
  else
    g_hash_table_remove (self->unfolded, point);
  self->is_filling = TRUE;
  fill (self);
  self->is_filling = FALSE;
  if (find_row (self, point, item) != NULL)
    select_row (self, find_row (self, point, item));
  else
    select_row (self, find_row (self, point, ""));
}

static void
on_row_selected (JzReviewCards *self)
{
  if (!self->is_filling && gtk_list_box_get_selected_row (self->list) != NULL)
    g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_row_activated (JzReviewCards *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

/* Or nobody has it, as when the page is just opened. */
static gboolean
has_focus_within (JzReviewCards *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/**
 * jz_review_cards_set_sheet:
 * @self: the cards
 * @sheet: (nullable): what jz_review_sheet() told
 *
 * Shows it; what was looked at stays, and whoever is writing elsewhere keeps the caret.
 */
void
jz_review_cards_set_sheet (JzReviewCards *self, const JzJson *sheet)
{
  g_autofree char *point = g_strdup (get_selected (self, "point"));
  g_autofree char *item = g_strdup (get_selected (self, "item"));
  gboolean had_focus = has_focus_within (self);
  GtkListBoxRow *row;

  g_clear_pointer (&self->sheet, jz_json_unref);
  self->sheet = sheet != NULL ? jz_json_ref (sheet) : NULL;
  self->is_filling = TRUE;
  fill (self);
  self->is_filling = FALSE;
  row = point != NULL ? find_row (self, point, item) : NULL;
  if (row == NULL && point != NULL)
    row = find_row (self, point, "");
  if (row != NULL && had_focus)
    select_row (self, row);
  else
    gtk_list_box_select_row (self->list, row);
}

static gboolean
jz_review_cards_grab_focus (GtkWidget *widget)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (JZ_REVIEW_CARDS (widget)->list);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
jz_review_cards_finalize (GObject *object)
{
  JzReviewCards *self = JZ_REVIEW_CARDS (object);

  g_clear_pointer (&self->sheet, jz_json_unref);
  g_hash_table_unref (self->unfolded);
  G_OBJECT_CLASS (jz_review_cards_parent_class)->finalize (object);
}

static void
jz_review_cards_class_init (JzReviewCardsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_review_cards_finalize;
  GTK_WIDGET_CLASS (klass)->focus = jz_focus_through;
  GTK_WIDGET_CLASS (klass)->grab_focus = jz_review_cards_grab_focus;
  signals[SELECTED] = g_signal_new ("selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
jz_review_cards_init (JzReviewCards *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->unfolded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Points of the review"), -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  adw_bin_set_child (ADW_BIN (self), scroller);
}
