/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "app/editor/paper-private.h"

/* The caret by rows as they are drawn, and the pointer. */

static void
apply_pick (JzPaper *self, const JzPagePick *pick, gboolean is_extended)
{
  double wanted = self->wanted_x;
  if (g_strcmp0 (pick->span->path, self->path) == 0) {
    jz_paper_input_set_caret (self, pick->offset, is_extended);
  } else if (!is_extended) {
    guint offset = pick->span->show == JZ_SHOW_PLAIN ? pick->offset : G_MAXUINT;
    g_autofree char *path = g_strdup (pick->span->path);
    (void)jz_paper_go (self, path, offset);
  }
  self->wanted_x = wanted;
}

/* What is chosen or signed is no place for a caret; Tab goes there. */
static gboolean
step_to_text (JzPaper *self, JzPagePlace *place, int direction, const char *only, JzPagePick *pick)
{
  while (jz_pages_step (self->pages, place, direction, self->wanted_x, only, pick)) {
    *place = (JzPagePlace){ pick->page, pick->line, pick->span, self->wanted_x };
    if (jz_typing_is_typed (self->typing, pick->span->path))
      return TRUE;
  }
  return FALSE;
}

static void
move_rows (JzPaper *self, const JzPagePlace *from, int count, gboolean is_extended)
{
  JzPagePlace place = *from;
  JzPagePick pick;
  JzPagePick found;
  gboolean is_found = FALSE;
  if (self->wanted_x < 0)
    self->wanted_x = from->x;
  for (int i = 0; i < ABS (count) && step_to_text (self, &place, count > 0 ? 1 : -1,
                                                   is_extended ? self->path : NULL, &pick);
       i++) {
    is_found = TRUE;
    found = pick;
  }
  if (is_found)
    apply_pick (self, &found, is_extended);
  else if (is_extended)
    jz_paper_input_set_caret (self, count > 0 ? G_MAXUINT : 0, TRUE);
}

/* To the end of the part of the field that stands in this row. */
static void
move_to_end (JzPaper *self, const JzPagePlace *from, int count, gboolean is_extended)
{
  JzPagePick pick;
  double x = count > 0 ? 1e6 : -1e6;
  double middle = (jz_page_line_get_top (from->line) + jz_page_line_get_bottom (from->line)) / 2;
  self->wanted_x = -1;
  if (jz_pages_pick (self->pages, from->page, x, middle, self->path, &pick))
    jz_paper_input_set_caret (self, pick.offset, is_extended);
}

static void
move_pages (JzPaper *self, const JzPagePlace *from, int count, gboolean is_extended)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  double height = window != NULL ? gtk_widget_get_height (window) / self->scale : 600;
  int n_rows = MAX ((int)(height / (from->line->size * 1.8)) - 2, 1);
  move_rows (self, from, count * n_rows, is_extended);
}

void
jz_paper_move_caret (JzPaper *self, GtkMovementStep step, int count, gboolean is_extended)
{
  JzPagePlace place;
  if (self->preedit[0] != '\0' || !jz_paper_find_caret (self, &place))
    return;
  if (step == GTK_MOVEMENT_DISPLAY_LINES)
    move_rows (self, &place, count, is_extended);
  else if (step == GTK_MOVEMENT_DISPLAY_LINE_ENDS)
    move_to_end (self, &place, count, is_extended);
  else
    move_pages (self, &place, count, is_extended);
}

/* From pixels to a page and points on it. */
static gboolean
find_page (JzPaper *self, double x, double y, guint *page, double *page_x, double *page_y)
{
  double down = y / self->scale;
  if (self->pages == NULL)
    return FALSE;
  *page = 0;
  for (guint i = 0; i < self->pages->pages->len; i++)
    if (jz_paper_get_top (self, i) <= down)
      *page = i;
  const JzPage *there = g_ptr_array_index (self->pages->pages, *page);
  *page_x = (x - self->offset_x) / self->scale + there->left;
  *page_y = down - jz_paper_get_top (self, *page);
  return TRUE;
}

static gboolean
pick_at (JzPaper *self, double x, double y, const char *only, JzPagePick *pick)
{
  guint page;
  double page_x;
  double page_y;
  return find_page (self, x, y, &page, &page_x, &page_y) &&
         jz_pages_pick (self->pages, page, page_x, page_y, only, pick);
}

static gboolean
is_word (gunichar character)
{
  return g_unichar_isalnum (character);
}

/* Han characters between marks, or letters and digits. */
static void
select_word (JzPaper *self, guint offset)
{
  g_autofree char *text = jz_paper_input_dup_text (self);
  const char *start = text + MIN ((gsize)offset, strlen (text));
  const char *end = start;
  while (start > text && is_word (g_utf8_get_char (g_utf8_prev_char (start))))
    start = g_utf8_prev_char (start);
  while (*end != '\0' && is_word (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  jz_paper_input_set_caret (self, (guint)(start - text), FALSE);
  jz_paper_input_set_caret (self, (guint)(end - text), TRUE);
}

static void
pressed (GtkGestureClick *gesture, int n_press, double x, double y, JzPaper *self)
{
  JzPagePick pick;
  GdkModifierType state =
    gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean is_extended = (state & GDK_SHIFT_MASK) != 0;
  if (!self->is_editable || !pick_at (self, x, y, is_extended ? self->path : NULL, &pick))
    return;
  self->wanted_x = -1;
  /* The string that is composed is dropped: it belongs to where the caret was. */
  gtk_text_view_reset_im_context (GTK_TEXT_VIEW (self->input));
  jz_typing_break (self->typing);
  if (jz_paper_tick_at (self, &pick))
    return;
  guint offset = pick.offset;
  apply_pick (self, &pick, is_extended);
  if (self->is_typed)
    gtk_widget_grab_focus (self->input);
  if (n_press == 2 && self->is_typed)
    select_word (self, offset);
  else if (n_press == 3 && self->is_typed)
    jz_paper_input_select_all (self);
  else if (n_press == 1 && !self->is_typed && self->path != NULL)
    jz_paper_choose (self, self->path);
}

static void
dragged (GtkGestureDrag *gesture, double dx, double dy, JzPaper *self)
{
  double x;
  double y;
  JzPagePick pick;
  if (self->path == NULL || !self->is_typed || hypot (dx, dy) < 4)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (pick_at (self, x + dx, y + dy, self->path, &pick))
    jz_paper_input_set_caret (self, pick.offset, TRUE);
}

/* The menu of the hidden view: cut, copy, paste and what the page adds to it. Of what is not typed
 * here there is only where it comes from. */
static void
asked_for_menu (GtkGestureClick *gesture, int n_press, double x, double y, JzPaper *self)
{
  JzPagePick pick;
  if (!pick_at (self, x, y, NULL, &pick))
    return;
  g_autofree char *path = g_strdup (pick.span->path);
  guint start = 0;
  guint end = 0;
  gboolean is_inside = self->is_typed && g_strcmp0 (path, self->path) == 0 &&
                       jz_paper_input_get_selection (self, &start, &end) && pick.offset >= start &&
                       pick.offset <= end;
  if (self->is_editable && !is_inside)
    apply_pick (self, &pick, FALSE);
  if (self->is_editable && self->is_typed)
    gtk_widget_activate_action (self->input, "menu.popup", NULL);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "editor.source-of", "s", path);
}

/* To the place in a field that is at a point. */
gboolean
jz_paper_go_at (JzPaper *self, double x, double y)
{
  JzPagePick pick;
  if (!pick_at (self, x, y, NULL, &pick))
    return FALSE;
  self->wanted_x = -1;
  apply_pick (self, &pick, FALSE);
  return TRUE;
}

/**
 * jz_paper_find_at:
 * @self: a page widget
 * @x: a point
 * @y: a point
 * @path: (out): the field that is there
 * @offset: (out): the place in its text, in bytes
 *
 * Returns: whether there is a field
 */
gboolean
jz_paper_find_at (JzPaper *self, double x, double y, char **path, guint *offset)
{
  JzPagePick pick;

  if (self->pages == NULL || !pick_at (self, x, y, NULL, &pick))
    return FALSE;
  *path = g_strdup (pick.span->path);
  *offset = pick.offset;
  return TRUE;
}

static void
moved (GtkEventControllerMotion *controller, double x, double y, JzPaper *self)
{
  JzPagePick pick;
  const char *cursor = NULL;
  if (self->is_editable && self->typing != NULL && pick_at (self, x, y, NULL, &pick))
    cursor = jz_typing_is_typed (self->typing, pick.span->path) ? "text" : "pointer";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
}

void
jz_paper_add_pointer (JzPaper *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (asked_for_menu), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect (drag, "drag-update", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  jz_paper_add_drop (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "motion", G_CALLBACK (moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
