/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/player_pane-private.h"

#include "app/focus.h"

/* The single keys of the player, as people know them from others (lessons.md §2); none acts while
 * the caret is in a text. */

typedef struct {
  guint key;
  const char *action;
  int by; /* 0 where the action takes nothing */
} Key;

static const Key single_keys[] = {
  { GDK_KEY_space, "player.toggle", 0 },   { GDK_KEY_comma, "player.step", -1 },
  { GDK_KEY_period, "player.step", 1 },    { GDK_KEY_less, "player.pace", -1 },
  { GDK_KEY_greater, "player.pace", 1 },   { GDK_KEY_i, "player.begin", 0 },
  { GDK_KEY_o, "player.end", 0 },          { GDK_KEY_m, "player.mark", 0 },
  { GDK_KEY_F11, "player.fullscreen", 0 },
};

/* On the workbench of a review these belong to the points. */
static const Key travel_keys[] = {
  { GDK_KEY_j, "player.skip", -5 },    { GDK_KEY_k, "player.pause", 0 },
  { GDK_KEY_l, "player.skip", 5 },     { GDK_KEY_Left, "player.skip", -5 },
  { GDK_KEY_Right, "player.skip", 5 },
};

/* The numbers of the points that are ticked; on the workbench they are judgements. */
static const Key check_keys[] = {
  { GDK_KEY_1, "player.tick", 1 },    { GDK_KEY_2, "player.tick", 2 },
  { GDK_KEY_3, "player.tick", 3 },    { GDK_KEY_4, "player.tick", 4 },
  { GDK_KEY_5, "player.tick", 5 },    { GDK_KEY_6, "player.tick", 6 },
  { GDK_KEY_7, "player.tick", 7 },    { GDK_KEY_8, "player.tick", 8 },
  { GDK_KEY_9, "player.tick", 9 },    { GDK_KEY_KP_1, "player.tick", 1 },
  { GDK_KEY_KP_2, "player.tick", 2 }, { GDK_KEY_KP_3, "player.tick", 3 },
  { GDK_KEY_KP_4, "player.tick", 4 }, { GDK_KEY_KP_5, "player.tick", 5 },
  { GDK_KEY_KP_6, "player.tick", 6 }, { GDK_KEY_KP_7, "player.tick", 7 },
  { GDK_KEY_KP_8, "player.tick", 8 }, { GDK_KEY_KP_9, "player.tick", 9 },
};

static gboolean
press (JzPlayerPane *self, const Key *keys, gsize n_keys, guint keyval)
{
  for (gsize i = 0; i < n_keys; i++) {
    if (keys[i].key != keyval)
      continue;
    if (keys[i].by != 0)
      gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, "i", keys[i].by);
    else
      gtk_widget_activate_action (GTK_WIDGET (self), keys[i].action, NULL);
    return TRUE;
  }
  return FALSE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                JzPlayerPane *self)
{
  if (jz_focus_is_typing (GTK_WIDGET (self)) && keyval == GDK_KEY_Escape) {
    gtk_widget_grab_focus (GTK_WIDGET (self->line));
    return TRUE;
  }
  if ((jz_focus_is_typing (GTK_WIDGET (self)) && keyval != GDK_KEY_F11) ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  return jz_player_pane_press (self, keyval);
}

/**
 * jz_player_pane_press:
 * @self: a pane
 * @keyval: a key that was pressed in what stands around it, while the caret is in no text
 *
 * Returns: whether it is a key of the player
 */
gboolean
jz_player_pane_press (JzPlayerPane *self, guint keyval)
{
  keyval = keyval < 0x80 ? gdk_keyval_to_lower (keyval) : keyval;
  return press (self, single_keys, G_N_ELEMENTS (single_keys), keyval) ||
         (!self->is_narrow && (press (self, travel_keys, G_N_ELEMENTS (travel_keys), keyval) ||
                               press (self, check_keys, G_N_ELEMENTS (check_keys), keyval)));
}

void
jz_player_pane_init_keys (JzPlayerPane *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
