/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/messages.h"
#include "app/player/file_pane-private.h"
#include "app/player/moment.h"
#include "app/player/other_program.h"
#include "app/player/other_sheet.h"

/* A file on the screen: in the player, in the viewer, as what another program shows, or a sentence
 * that says why it is not seen. It is opened and left in file_pane_open.c. */

enum {
  SHOWN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzFilePane, jz_file_pane, ADW_TYPE_BIN)

/**
 * jz_file_pane_show_failure:
 * @self: a pane
 * @sentence: why the file could not be opened
 */
void
jz_file_pane_show_failure (JzFilePane *self, const char *sentence)
{
  if (self->failure == NULL) {
    self->failure = jz_other_sheet_new_sentence (NULL);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->failure), "failed");
  }
  gtk_label_set_label (self->failure, sentence);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static GtkWidget *
new_lock (JzFilePane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *icon = gtk_image_new_from_icon_name ("changes-prevent-symbolic");

  self->lock = jz_other_sheet_new_sentence (NULL);
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->lock));
  return box;
}

/**
 * jz_file_pane_show_lock:
 * @self: a pane
 * @sentence: why the person does not see the file, and who decides on that
 */
void
jz_file_pane_show_lock (JzFilePane *self, const char *sentence)
{
  if (jz_file_pane_is_locked (self) && strcmp (gtk_label_get_label (self->lock), sentence) == 0)
    return;
  if (self->lock == NULL)
    gtk_stack_add_named (self->stack, new_lock (self), "locked");
  gtk_label_set_label (self->lock, sentence);
  gtk_stack_set_visible_child_name (self->stack, "locked");
  g_signal_emit (self, signals[SHOWN], 0);
}

static JzPlayerPane *
need_player (JzFilePane *self)
{
  if (self->player == NULL) {
    self->player = JZ_PLAYER_PANE (jz_player_pane_new ());
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->player), "player");
    jz_player_pane_set_narrow (self->player, self->is_narrow);
  }
  return self->player;
}

static void
show_viewer (JzFilePane *self)
{
  g_autofree char *watermark = jz_office_client_dup_watermark (self->client);

  if (self->viewer == NULL) {
    self->viewer = JZ_VIEWER_PANE (jz_viewer_pane_new ());
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->viewer), "viewer");
  }
  jz_viewer_pane_open (self->viewer, self->handle, self->probe);
  jz_viewer_pane_set_watermark (self->viewer, watermark);
  if (self->page > 0)
    jz_viewer_pane_go_later (self->viewer, self->page);
  gtk_stack_set_visible_child_name (self->stack, "viewer");
}

static void
show_player (JzFilePane *self)
{
  JzPlayerPane *player = need_player (self);

  jz_player_pane_open (player, self->client, self->case_id, self->file, self->handle);
  if (self->from >= 0)
    jz_player_pane_go (player, self->from, self->until);
  gtk_stack_set_visible_child_name (self->stack, "player");
}

static void
show_other (JzFilePane *self, const char *sentence)
{
  guint64 size = (guint64)jz_json_get_member_integer (self->file, "size", 0);

  if (self->other == NULL) {
    self->other = jz_other_sheet_new ();
    gtk_stack_add_named (self->stack, self->other, "other");
  }
  jz_other_sheet_show (self->other, jz_file_pane_get_name (self), size, sentence);
  gtk_stack_set_visible_child_name (self->stack, "other");
}

/**
 * jz_file_pane_show_content:
 * @self: a pane with an open file
 * @sentence: (nullable): why it is not known what the file is
 *
 * Shows it as its kind asks for it.
 */
void
jz_file_pane_show_content (JzFilePane *self, const char *sentence)
{
  if (self->probe == NULL)
    show_other (self, sentence);
  else if (self->probe->kind == JZ_FILE_VIDEO || self->probe->kind == JZ_FILE_AUDIO)
    show_player (self);
  else if (self->probe->kind == JZ_FILE_PDF || self->probe->kind == JZ_FILE_PHOTO)
    show_viewer (self);
  else
    show_other (self, NULL);
}

static void
open_elsewhere (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzFilePane *self = JZ_FILE_PANE (widget);
  const char *stays = self->file != NULL ? jz_json_get_member_text (self->file, "stays") : NULL;

  if (stays != NULL)
    jz_show_message (widget, _ ("It Stays Here"), stays);
  else if (self->handle >= 0)
    jz_open_with_other_program (widget, self->handle, jz_file_pane_get_name (self));
}

static void
jz_file_pane_dispose (GObject *object)
{
  JzFilePane *self = JZ_FILE_PANE (object);

  if (self->client != NULL)
    jz_file_pane_leave (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (jz_file_pane_parent_class)->dispose (object);
}

static void
jz_file_pane_finalize (GObject *object)
{
  JzFilePane *self = JZ_FILE_PANE (object);

  g_object_unref (self->cancellable);
  g_free (self->case_id);
  g_free (self->attachment);
  G_OBJECT_CLASS (jz_file_pane_parent_class)->finalize (object);
}

static gboolean
jz_file_pane_grab_focus (GtkWidget *widget)
{
  GtkWidget *child = gtk_stack_get_visible_child (JZ_FILE_PANE (widget)->stack);
  return child != NULL && gtk_widget_grab_focus (child);
}

static void
jz_file_pane_class_init (JzFilePaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jz_file_pane_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_file_pane_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = jz_file_pane_grab_focus;
  GTK_WIDGET_CLASS (klass)->focus = jz_focus_through;
  signals[SHOWN] = g_signal_new ("shown", JZ_TYPE_FILE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", JZ_TYPE_FILE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "file.open-elsewhere", NULL,
                                   open_elsewhere);
}

static void
jz_file_pane_init (JzFilePane *self)
{
  GtkWidget *loading = gtk_label_new (_ ("Opening…"));

  self->handle = -1;
  self->cancellable = g_cancellable_new ();
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_add_named (self->stack, loading, "loading");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * jz_file_pane_new:
 *
 * Returns: (transfer floating): a pane without a file
 */
GtkWidget *
jz_file_pane_new (void)
{
  return g_object_new (JZ_TYPE_FILE_PANE, NULL);
}

/**
 * jz_file_pane_set_narrow:
 * @self: a pane
 * @is_narrow: whether it stands beside other things
 */
void
jz_file_pane_set_narrow (JzFilePane *self, gboolean is_narrow)
{
  self->is_narrow = is_narrow;
  if (self->player != NULL)
    jz_player_pane_set_narrow (self->player, is_narrow);
}

/**
 * jz_file_pane_go:
 * @self: a pane
 * @place: where in the file, as links have it behind #
 *
 * Goes there, now or as soon as the file is open.
 */
void
jz_file_pane_go (JzFilePane *self, const char *place)
{
  if (g_str_has_prefix (place, "second=")) {
    self->from = jz_moment_from_second (place + strlen ("second="));
    self->until = -1;
    if (jz_file_pane_is_recording (self))
      jz_player_pane_go (self->player, self->from, -1);
  } else if (g_str_has_prefix (place, "page=")) {
    self->page = (guint)MAX (g_ascii_strtoll (place + strlen ("page="), NULL, 10) - 1, 0);
    if (self->is_open && self->viewer != NULL)
      jz_viewer_pane_go_later (self->viewer, self->page);
  }
}

/**
 * jz_file_pane_is_recording:
 * @self: a pane
 *
 * Returns: whether it shows a recording now
 */
gboolean
jz_file_pane_is_recording (JzFilePane *self)
{
  return self->is_open && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "player") == 0;
}

/**
 * jz_file_pane_press:
 * @self: a pane
 * @keyval: a key that was pressed in what stands around it
 *
 * Returns: whether the recording that is shown took it
 */
gboolean
jz_file_pane_press (JzFilePane *self, guint keyval)
{
  return jz_file_pane_is_recording (self) && jz_player_pane_press (self->player, keyval);
}

/**
 * jz_file_pane_read_on:
 * @self: a pane
 *
 * Plays or pauses a recording; scrolls pages.
 */
void
jz_file_pane_read_on (JzFilePane *self)
{
  if (jz_file_pane_is_recording (self))
    jz_player_pane_toggle (self->player);
  else if (self->viewer != NULL && self->is_open)
    jz_viewer_pane_read_on (self->viewer);
}

/**
 * jz_file_pane_get_moment:
 * @self: a pane
 * @at: (out): presentation time of the picture that is shown
 * @until: (out): where the stretch ends that is chosen, -1 where none is
 *
 * Returns: whether it shows a recording
 */
gboolean
jz_file_pane_get_moment (JzFilePane *self, gint64 *at, gint64 *until)
{
  if (!jz_file_pane_is_recording (self))
    return FALSE;
  *until = jz_player_pane_get_until (self->player);
  *at = jz_player_pane_get_from (self->player);
  return TRUE;
}

/**
 * jz_file_pane_dup_place:
 * @self: a pane
 *
 * Returns: (transfer full) (nullable): where in the file that is which is shown, as links have it
 *   behind #: the second, or the page
 */
char *
jz_file_pane_dup_place (JzFilePane *self)
{
  if (jz_file_pane_is_recording (self)) {
    g_autofree char *second = jz_moment_to_second (jz_player_pane_get_moment (self->player));
    return g_strconcat ("second=", second, NULL);
  }
  if (self->probe != NULL && self->probe->kind == JZ_FILE_PDF && self->is_open)
    return g_strdup_printf ("page=%u", jz_viewer_pane_get_page (self->viewer) + 1);
  return NULL;
}

/**
 * jz_file_pane_get_name:
 * @self: a pane
 *
 * Returns: (transfer none): the name of the file, empty while none is open; of a locked one only
 * that it is locked
 */
const char *
jz_file_pane_get_name (JzFilePane *self)
{
  const char *name;

  if (jz_file_pane_is_locked (self))
    return _ ("Locked File");
  name = self->file != NULL ? jz_json_get_member_text (self->file, "name") : NULL;
  return name != NULL ? name : "";
}

/**
 * jz_file_pane_get_attachment:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): id of the file
 */
const char *
jz_file_pane_get_attachment (JzFilePane *self)
{
  return self->attachment;
}

/**
 * jz_file_pane_is_locked:
 * @self: a pane
 *
 * Returns: whether it shows a lock, because the person may not view the file
 */
gboolean
jz_file_pane_is_locked (JzFilePane *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "locked") == 0;
}

/**
 * jz_file_pane_get_secrecy:
 * @self: a pane
 *
 * Returns: (transfer none) (nullable): what kind of secret the file is, in words
 */
const char *
jz_file_pane_get_secrecy (JzFilePane *self)
{
  const JzJson *secrecy = self->file != NULL ? jz_json_get_member (self->file, "secrecy") : NULL;
  return secrecy != NULL ? jz_json_get_member_text (secrecy, "label") : NULL;
}
