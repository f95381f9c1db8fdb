/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/moment.h"
#include "app/player/player_pane-private.h"
#include "app/player/player_window.h"

/* What a person does with a recording: plays and pauses it, steps and skips, plays it faster or
 * louder, goes to a moment of it, and gives it a window of its own. */

static const double rates[] = { 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4 };
#define PLAIN_RATE 3

static void
on_sought (JzPlayerPane *self, gint64 moment, gboolean is_exact)
{
  self->stop_at = -1;
  jz_player_seek (self->player, moment, is_exact);
}

static void
on_rate_chosen (JzPlayerPane *self)
{
  guint i = gtk_drop_down_get_selected (self->rate);

  if (self->player != NULL && i < G_N_ELEMENTS (rates))
    jz_player_set_rate (self->player, rates[i]);
}

static void
on_mute_toggled (JzPlayerPane *self)
{
  jz_player_set_muted (self->player, gtk_toggle_button_get_active (self->mute));
}

static void
on_volume_changed (JzPlayerPane *self)
{
  if (self->player != NULL)
    jz_player_set_volume (self->player, gtk_adjustment_get_value (self->volume_value));
}

static void
toggle (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_player_pane_toggle (JZ_PLAYER_PANE (widget));
}

static void
pause_at_once (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_player_pause (JZ_PLAYER_PANE (widget)->player);
}

static void
step (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);

  self->stop_at = -1;
  jz_player_step (self->player, g_variant_get_int32 (parameter));
}

/* By seconds, forward or back. */
static void
skip (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  gint64 at = jz_player_pane_get_moment (self) + g_variant_get_int32 (parameter) * JZ_SECOND;
  gint64 duration = jz_player_get_duration (self->player);

  self->stop_at = -1;
  jz_player_seek (self->player, CLAMP (at, 0, duration >= 0 ? duration : G_MAXINT64), TRUE);
}

static void
pace (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  int i = (int)gtk_drop_down_get_selected (self->rate) + g_variant_get_int32 (parameter);

  gtk_drop_down_set_selected (self->rate, (guint)CLAMP (i, 0, (int)G_N_ELEMENTS (rates) - 1));
}

static void
retry (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_player_retry (JZ_PLAYER_PANE (widget)->player);
  /* The button goes; the keys are to act on. */
  gtk_widget_grab_focus (widget);
}

static void
detach (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  gboolean fills = g_str_equal (action, "player.fullscreen");

  if (JZ_IS_PLAYER_WINDOW (root)) {
    jz_player_window_fill (JZ_PLAYER_WINDOW (root));
  } else if (self->client != NULL) {
    jz_player_pause (self->player);
    jz_player_window_show (widget, self->client, self->case_id, self->attachment,
                           jz_player_pane_get_moment (self), fills);
  }
}

/**
 * jz_player_pane_go:
 * @self: a pane
 * @from: where to
 * @until: a stretch is played until there; -1 only shows the picture
 */
void
jz_player_pane_go (JzPlayerPane *self, gint64 from, gint64 until)
{
  JzPlayerState state = jz_player_get_state (self->player);

  if (state == JZ_PLAYER_STATE_OPENING || state == JZ_PLAYER_STATE_EMPTY) {
    self->wanted = from;
    self->wanted_until = until;
    return;
  }
  self->stop_at = until > from ? until : -1;
  jz_player_seek (self->player, from, TRUE);
  if (until > from)
    jz_player_play (self->player);
}

/**
 * jz_player_pane_toggle:
 * @self: a pane
 *
 * Plays, or pauses.
 */
void
jz_player_pane_toggle (JzPlayerPane *self)
{
  self->stop_at = -1;
  if (jz_player_get_state (self->player) == JZ_PLAYER_STATE_PLAYING)
    jz_player_pause (self->player);
  else
    jz_player_play (self->player);
}

/**
 * jz_player_pane_set_plain_rate:
 * @self: a pane
 *
 * Another recording plays as fast as it was made.
 */
void
jz_player_pane_set_plain_rate (JzPlayerPane *self)
{
  gtk_drop_down_set_selected (self->rate, PLAIN_RATE);
}

void
jz_player_pane_install_controls (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_sought);
  gtk_widget_class_bind_template_callback (widget_class, on_rate_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_mute_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_volume_changed);
  gtk_widget_class_install_action (widget_class, "player.toggle", NULL, toggle);
  gtk_widget_class_install_action (widget_class, "player.pause", NULL, pause_at_once);
  gtk_widget_class_install_action (widget_class, "player.step", "i", step);
  gtk_widget_class_install_action (widget_class, "player.skip", "i", skip);
  gtk_widget_class_install_action (widget_class, "player.pace", "i", pace);
  gtk_widget_class_install_action (widget_class, "player.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "player.detach", NULL, detach);
  gtk_widget_class_install_action (widget_class, "player.fullscreen", NULL, detach);
}

void
jz_player_pane_init_controls (JzPlayerPane *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    gtk_string_list_take (names, g_strdup_printf ("%g×", rates[i]));
  gtk_drop_down_set_model (self->rate, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->rate, PLAIN_RATE);
}
