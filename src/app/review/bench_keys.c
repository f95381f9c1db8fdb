/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/review/bench-private.h"

/* The single keys of the workbench, which judge without the pointer (ux.md §7). */

typedef struct {
  guint key;
  const char *action;
  const char *parameter;
} Key;

static const Key single_keys[] = {
  { GDK_KEY_1, "review.verdict", "pass" },
  { GDK_KEY_2, "review.verdict", "fail" },
  { GDK_KEY_3, "review.verdict", "supplement" },
  { GDK_KEY_4, "review.verdict", "not_applicable" },
  { GDK_KEY_KP_1, "review.verdict", "pass" },
  { GDK_KEY_KP_2, "review.verdict", "fail" },
  { GDK_KEY_KP_3, "review.verdict", "supplement" },
  { GDK_KEY_KP_4, "review.verdict", "not_applicable" },
  { GDK_KEY_j, "review.next", NULL },
  { GDK_KEY_J, "review.next", NULL },
  { GDK_KEY_k, "review.previous", NULL },
  { GDK_KEY_K, "review.previous", NULL },
  { GDK_KEY_l, "review.link", NULL },
  { GDK_KEY_L, "review.link", NULL },
  { GDK_KEY_u, "review.unlink", NULL },
  { GDK_KEY_U, "review.unlink", NULL },
  { GDK_KEY_Right, "review.unfold", NULL },
  { GDK_KEY_Left, "review.fold", NULL },
  { GDK_KEY_space, "review.read-on", NULL },
  { GDK_KEY_question, "review.keys", NULL },
  { GDK_KEY_Return, "review.record", NULL },
  { GDK_KEY_KP_Enter, "review.record", NULL },
};

/* In the bubble phase: whoever has the caret, a button or an open list takes its keys first. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                JzReviewBench *self)
{
  if (jz_focus_is_typing (GTK_WIDGET (self))) {
    if (keyval != GDK_KEY_Escape)
      return FALSE;
    gtk_widget_grab_focus (GTK_WIDGET (self->cards));
    return TRUE;
  }
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (single_keys); i++) {
    if (single_keys[i].key != keyval)
      continue;
    if (single_keys[i].parameter != NULL)
      gtk_widget_activate_action (GTK_WIDGET (self), single_keys[i].action, "s",
                                  single_keys[i].parameter);
    else
      gtk_widget_activate_action (GTK_WIDGET (self), single_keys[i].action, NULL);
    return TRUE;
  }
  return jz_review_material_press (self->material, keyval);
}

/**
 * jz_review_bench_init_keys:
 * @self: a workbench, with its template
 */
void
jz_review_bench_init_keys (JzReviewBench *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_label_set_label (
    self->keys, _ ("1  met\n2  not met\n3  to be supplemented\n4  does not apply\n"
                   "J  K  next, previous\nRight  Left  show or hide what the program has cleared\n"
                   "Enter  record and go on\nL  U  link what is shown, unlink\n"
                   "Space  read on, or play\nF10  basis and findings\nEsc  leave the reason\n"
                   "Ctrl+Enter  give the opinion\nCtrl+H  ask the handler\nCtrl+M  ask for "
                   "materials\n?  this list"));
}
