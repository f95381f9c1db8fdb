/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/player/file_pane.h"

#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "app/focus.h"
#include "app/media_holder.h"
#include "app/messages.h"
#include "app/player/moment.h"
#include "app/player/opened_file.h"
#include "app/player/other_program.h"
#include "app/player/other_sheet.h"
#include "app/player/player_pane.h"
#include "app/viewer/viewer_pane.h"
#include "app/window.h"
#include "office/error.h"
#include "office/recordings.h"

/* An entry names at most so many stretches. */
#define MAX_STRETCHES 200

struct _JzFilePane {
  AdwBin parent_instance;

  GtkStack *stack; /* loading, player, viewer, other, failed, locked */
  GtkLabel *failure;
  GtkLabel *lock;
  GtkWidget *other; /* NULL until it is needed, as player and viewer */
  JzPlayerPane *player;
  JzViewerPane *viewer;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *case_id;
  char *attachment;
  JzJson *file; /* as of jz_recording_find() */
  JzProbe *probe;
  int handle;
  gint64 from; /* where it is to be shown; -1 for the beginning */
  gint64 until;
  guint page; /* of a paper, from 0 */
  gboolean is_narrow;
  gboolean is_open; /* something of it was shown */
};

enum {
  SHOWN,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzFilePane, jz_file_pane, ADW_TYPE_BIN)

static void
ask (JzFilePane *self, gboolean opens, GAsyncReadyCallback callback)
{
  jz_opened_file_read_async (self->client, self->case_id, self->attachment, opens,
                             self->cancellable, callback, g_object_ref (self));
}

static void
show_failure (JzFilePane *self, const char *sentence)
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

/* In place of the picture: why the person does not see it, and who decides on that. */
static void
show_lock (JzFilePane *self, const char *sentence)
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

static char *
dup_watermark (JzFilePane *self)
{
  char now[JZ_INSTANT_SIZE];

  jz_instant_format (jz_office_client_now (self->client), now);
  now[16] = '\0';
  now[10] = ' ';
  return g_strdup_printf ("%s  %s", jz_office_client_get_name (self->client), now);
}

static void
show_viewer (JzFilePane *self)
{
  g_autofree char *watermark = dup_watermark (self);

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

/* Whoever opens it has looked; what it says of itself does not change that. */
static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  JzProbe *probe = jz_media_probe_finish (JZ_MEDIA (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->probe = probe;
  self->is_open = TRUE;
  if (probe == NULL)
    show_other (self, error->message);
  else if (probe->kind == JZ_FILE_VIDEO || probe->kind == JZ_FILE_AUDIO)
    show_player (self);
  else if (probe->kind == JZ_FILE_PDF || probe->kind == JZ_FILE_PHOTO)
    show_viewer (self);
  else
    show_other (self, NULL);
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOpenedFile) opened =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (opened == NULL) {
    if (g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED))
      show_lock (self, error->message);
    else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_failure (self, error->message);
    return;
  }
  self->file = g_steal_pointer (&opened->file);
  self->handle = opened->handle;
  opened->handle = -1;
  g_signal_emit (self, signals[SHOWN], 0);
  jz_media_probe_async (jz_app_get_media (), self->handle, jz_file_pane_get_name (self),
                        self->cancellable, on_probed, g_object_ref (self));
}

/* Nothing of it is left on the screen or in what is hidden behind it. */
static void
close_file (JzFilePane *self)
{
  self->is_open = FALSE;
  if (self->player != NULL)
    jz_player_pane_close (self->player);
  if (self->viewer != NULL)
    jz_viewer_pane_close (self->viewer);
  if (self->handle >= 0)
    close (self->handle);
  self->handle = -1;
  g_clear_pointer (&self->file, jz_json_unref);
  g_clear_pointer (&self->probe, jz_probe_free);
}

/* It may have become a secret for the person who is just looking at it. */
static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzOpenedFile) opened =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (opened == NULL && self->file != NULL &&
      g_error_matches (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_REFUSED)) {
    close_file (self);
    show_lock (self, error->message);
  }
  if (opened == NULL)
    return;
  if (self->file != NULL &&
      g_strcmp0 (jz_json_get_member_text (opened->file, "id"), self->attachment) == 0) {
    g_clear_pointer (&self->file, jz_json_unref);
    self->file = jz_json_ref (opened->file);
    if (jz_file_pane_is_recording (self))
      jz_player_pane_set_file (self->player, self->file);
    g_signal_emit (self, signals[CHANGED], 0);
  }
}

static void
on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzFilePane) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (outcome == NULL)
    jz_window_toast (GTK_WIDGET (self), error->message);
}

/* Nothing is seen of what never came on the screen. */
static void
write_view (JzFilePane *self)
{
  gboolean is_recording = jz_file_pane_is_recording (self);
  gboolean is_pages = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "viewer") == 0;
  JzSeen *seen = is_recording ? jz_player_pane_get_seen (self->player)
                 : is_pages   ? jz_viewer_pane_get_seen (self->viewer)
                              : NULL;
  JzJson *args;

  if (!jz_office_client_is_signed_in (self->client) || seen == NULL || jz_seen_is_empty (seen))
    return;
  args = jz_json_new_object ();
  jz_json_set_text (args, "case", self->case_id);
  jz_json_set_text (args, "attachment", self->attachment);
  jz_json_set_member (args, is_recording ? "seen" : "pages", jz_seen_to_json (seen, MAX_STRETCHES));
  jz_office_client_act_async (self->client, "recording.view", args, NULL, on_noted,
                              g_object_ref (self));
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
 * jz_file_pane_show:
 * @self: a pane
 * @client: the office
 * @case_id: a case
 * @attachment: a file of it
 * @from: where a recording is shown, in nanoseconds; -1 for the beginning
 * @until: until where it is played; -1 where it only stands there
 *
 * The same file only goes there; another one is left first.
 */
void
jz_file_pane_show (JzFilePane *self,
                   JzOfficeClient *client,
                   const char *case_id,
                   const char *attachment,
                   gint64 from,
                   gint64 until)
{
  g_return_if_fail (JZ_IS_FILE_PANE (self));

  if (self->file != NULL && g_strcmp0 (attachment, self->attachment) == 0) {
    if (from >= 0 && jz_file_pane_is_recording (self))
      jz_player_pane_go (self->player, from, until);
    return;
  }
  if (self->client != NULL)
    jz_file_pane_leave (self);
  g_set_object (&self->client, client);
  g_free (self->case_id);
  g_free (self->attachment);
  self->case_id = g_strdup (case_id);
  self->attachment = g_strdup (attachment);
  self->from = from;
  self->until = until;
  self->page = 0;
  gtk_stack_set_visible_child_name (self->stack, "loading");
  ask (self, TRUE, on_opened);
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
 * jz_file_pane_refresh:
 * @self: a pane
 *
 * Asks again what is marked and tied; and of what is locked, whether it still is.
 */
void
jz_file_pane_refresh (JzFilePane *self)
{
  if (self->client != NULL && self->file != NULL)
    ask (self, FALSE, on_refreshed);
  else if (self->client != NULL && self->attachment != NULL && jz_file_pane_is_locked (self))
    ask (self, TRUE, on_opened);
}

/**
 * jz_file_pane_leave:
 * @self: a pane
 *
 * Writes down what was seen and closes the file.
 */
void
jz_file_pane_leave (JzFilePane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->is_open)
    write_view (self);
  close_file (self);
  g_clear_pointer (&self->attachment, g_free);
  gtk_stack_set_visible_child_name (self->stack, "loading");
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
