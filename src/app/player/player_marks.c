/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/player/moment.h"
#include "app/player/player_pane-private.h"
#include "app/refusal_place.h"
#include "app/window.h"
#include "office/recordings.h"

/* Marks: what is shown, or a stretch that was chosen, gets a kind and words in the bar under the
 * picture and stands in the list; a click on it plays it. What was found is also what words of a
 * document are tied to. */

static gint64
get_at (const JzJson *json)
{
  return jz_json_get_member_integer (json, "at", 0);
}

static gint64
get_until (const JzJson *json)
{
  return jz_json_get_member_integer (json, "until", -1);
}

static const JzJson *
find_mark (JzPlayerPane *self, const char *id)
{
  const JzJson *marks = self->file != NULL ? jz_json_get_member (self->file, "marks") : NULL;

  for (guint i = 0; marks != NULL && i < jz_json_get_n_items (marks); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (marks, i), "id"), id) == 0)
      return jz_json_get_item (marks, i);
  return NULL;
}

static GtkWidget *
new_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
new_button (const char *icon, char *name, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  g_free (name);
  return button;
}

/* A row plays what it names. */
static void
add_row (JzPlayerPane *self, GtkWidget *child, const char *name, const JzJson *item)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "item", jz_json_ref ((JzJson *)item),
                          (GDestroyNotify)jz_json_unref);
  gtk_list_box_append (self->marks, row);
}

static void
add_mark (JzPlayerPane *self, const JzJson *mark)
{
  const char *id = jz_json_read_text (mark, "id");
  g_autofree char *when = jz_moment_dup_stretch (get_at (mark), get_until (mark));
  g_autofree char *name = g_strdup_printf ("%s %s", when, jz_json_read_text (mark, "kind_label"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_line (when, "numeric"));
  gtk_box_append (GTK_BOX (texts), new_line (jz_json_read_text (mark, "kind_label"), "heading"));
  if (jz_json_read_text (mark, "text")[0] != '\0')
    gtk_box_append (GTK_BOX (texts), new_line (jz_json_read_text (mark, "text"), NULL));
  gtk_box_append (GTK_BOX (texts), new_line (jz_json_read_text (mark, "by_name"), "caption"));
  gtk_box_append (GTK_BOX (line), texts);
  if (jz_json_get_member_boolean (mark, "is_own", FALSE)) {
    gtk_box_append (GTK_BOX (line), new_button ("document-edit-symbolic",
                                                g_strdup_printf (_ ("Change the mark at %s"), when),
                                                "player.edit-mark", id));
    gtk_box_append (GTK_BOX (line),
                    new_button ("user-trash-symbolic",
                                g_strdup_printf (_ ("Take away the mark at %s"), when),
                                "player.remove-mark", id));
  }
  add_row (self, line, name, mark);
}

static void
add_tie (JzPlayerPane *self, const JzJson *tie)
{
  g_autofree char *when = jz_moment_dup_stretch (get_at (tie), get_until (tie));
  g_autofree char *what = NULL;
  g_autofree char *name = NULL;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (jz_json_read_text (tie, "document")[0] != '\0')
    what = g_strdup_printf (_ ("%1$s, paragraph %2$lld"), jz_json_read_text (tie, "title"),
                            (long long)jz_json_get_member_integer (tie, "paragraph", 1));
  else
    what = g_strdup_printf (_ ("Point %s of the review"), jz_json_read_text (tie, "point"));
  name = g_strdup_printf ("%s %s", when, what);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), new_line (when, "numeric"));
  gtk_box_append (GTK_BOX (texts), new_line (what, NULL));
  gtk_box_append (GTK_BOX (line), texts);
  if (jz_json_read_text (tie, "document")[0] != '\0') {
    g_autofree char *place =
      g_strdup_printf ("cases/%s/document/%s/%s", self->case_id,
                       jz_json_read_text (tie, "document"), jz_json_read_text (tie, "field"));
    gtk_box_append (
      GTK_BOX (line),
      new_button ("go-next-symbolic", g_strdup_printf (_ ("Go to %s"), what), "player.go", place));
  }
  if (jz_json_get_member_boolean (tie, "is_own", FALSE))
    gtk_box_append (GTK_BOX (line),
                    new_button ("user-trash-symbolic", g_strdup_printf (_ ("Untie %s"), name),
                                "player.untie", jz_json_read_text (tie, "id")));
  add_row (self, line, name, tie);
}

/* What was typed is kept until it is written or thrown away. */
static void
show_editing (JzPlayerPane *self)
{
  gboolean is_edit = self->edited != NULL;

  gtk_button_set_label (self->mark, is_edit ? C_ ("player", "Save Mark") : C_ ("player", "Mark"));
  gtk_widget_set_visible (self->cancel_edit, is_edit);
}

void
jz_player_pane_show_marks (JzPlayerPane *self)
{
  const JzJson *marks = jz_json_get_member (self->file, "marks");
  const JzJson *ties = jz_json_get_member (self->file, "ties");
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->marks, 0)) != NULL)
    gtk_list_box_remove (self->marks, GTK_WIDGET (row));
  for (guint i = 0; i < jz_json_get_n_items (marks); i++)
    add_mark (self, jz_json_get_item (marks, i));
  for (guint i = 0; i < jz_json_get_n_items (ties); i++)
    add_tie (self, jz_json_get_item (ties, i));
  /* Tab goes by a list in which there is nothing. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->marks),
                            gtk_list_box_get_row_at_index (self->marks, 0) != NULL);
  if (self->edited != NULL && find_mark (self, self->edited) == NULL)
    g_clear_pointer (&self->edited, g_free);
  show_editing (self);
}

void
jz_player_pane_activate_row (JzPlayerPane *self, GtkListBoxRow *row)
{
  const JzJson *item = g_object_get_data (G_OBJECT (row), "item");

  if (item != NULL)
    jz_player_pane_go (self, get_at (item), get_until (item));
}

/**
 * jz_player_pane_begin_stretch:
 * @self: a pane
 * @from: where a stretch begins, -1 for none
 * @until: where it ends, less than @from while that is not said
 */
void
jz_player_pane_begin_stretch (JzPlayerPane *self, gint64 from, gint64 until)
{
  g_autofree char *text = from >= 0 ? jz_moment_dup_stretch (from, until) : NULL;
  g_autofree char *hint = text != NULL ? g_strdup_printf (_ ("Stretch: %s"), text) : NULL;

  self->from = from;
  self->until = until;
  jz_time_line_set_stretch (self->line, from, until);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->text),
                                  hint != NULL ? hint : _ ("What is seen or heard"));
}

static const char *
get_kind (JzPlayerPane *self)
{
  guint i = gtk_drop_down_get_selected (self->kind);

  return i < jz_json_get_n_items (self->kinds)
           ? jz_json_read_text (jz_json_get_item (self->kinds, i), "kind")
           : "other";
}

static void
choose_kind (JzPlayerPane *self, const char *kind)
{
  for (guint i = 0; i < jz_json_get_n_items (self->kinds); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (self->kinds, i), "kind"), kind) == 0)
      gtk_drop_down_set_selected (self->kind, i);
}

static char *
dup_text (JzPlayerPane *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->text)));
}

static JzJson *
new_arguments (JzPlayerPane *self)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", self->case_id);
  return args;
}

/* A mark on its way: all that it says was known when it was asked for. */
typedef struct {
  JzPlayerPane *pane;
  JzOfficeClient *client;
  GCancellable *opened; /* cancelled when the pane closes the recording */
  JzJson *args;
  GAsyncReadyCallback done;
} Marking;

static Marking *
marking_new (JzPlayerPane *pane, GAsyncReadyCallback done)
{
  Marking *self = g_new (Marking, 1);

  *self = (Marking){ g_object_ref (pane), g_object_ref (pane->client),
                     g_object_ref (pane->cancellable), new_arguments (pane), done };
  return self;
}

static void
marking_free (Marking *self)
{
  g_object_unref (self->pane);
  g_object_unref (self->client);
  g_object_unref (self->opened);
  g_clear_pointer (&self->args, jz_json_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Marking, marking_free)

/* The pane may be gone, and what is typed in it may be of another recording. */
static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Marking) marking = data;
  JzPlayerPane *self = marking->pane;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  self->is_busy = FALSE;
  if (outcome == NULL || g_cancellable_is_cancelled (marking->opened))
    return;
  gtk_editable_set_text (self->text, "");
  g_clear_pointer (&self->edited, g_free);
  show_editing (self);
  jz_player_pane_begin_stretch (self, -1, -1);
}

static void
perform (Marking *self, const char *act)
{
  jz_office_client_act_async (self->client, act, g_steal_pointer (&self->args), NULL, self->done,
                              self);
}

/* What is being typed stays: a point was ticked beside it. */
static void
on_ticked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Marking) marking = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (marking->pane), result);

  marking->pane->is_busy = FALSE;
}

/**
 * jz_player_frame_arguments:
 * @args: arguments of an act
 * @hash: a frame
 *
 * Returns: (transfer none): @args, which name the frame
 */
JzJson *
jz_player_frame_arguments (JzJson *args, const JzFrameHash *hash)
{
  jz_json_set_text (args, "frame", hash->sha256);
  jz_json_set_text (args, "frame_decoder", hash->decoder);
  jz_json_set_text (args, "frame_version", hash->decoder_version);
  jz_json_set_text (args, "frame_format", hash->format);
  jz_json_set_integer (args, "frame_width", hash->width);
  jz_json_set_integer (args, "frame_height", hash->height);
  return args;
}

/* A mark without the hash still has its moment; the recording may be of sound alone, or closed
 * before the hash was there. */
static void
on_hashed (GObject *source, GAsyncResult *result, gpointer data)
{
  Marking *marking = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFrameHash) hash = jz_player_hash_frame_finish (JZ_PLAYER (source), result, &error);

  if (hash != NULL) {
    jz_json_set_integer (marking->args, "at", hash->pts);
    jz_player_frame_arguments (marking->args, hash);
  }
  perform (marking, "recording.mark");
}

static void
name_frame (Marking *self, gint64 at)
{
  self->pane->is_busy = TRUE;
  if (jz_player_get_has_video (self->pane->player))
    jz_player_hash_frame_async (self->pane->player, at, self->opened, on_hashed, self);
  else
    perform (self, "recording.mark");
}

static void
mark_anew (JzPlayerPane *self)
{
  gint64 at = self->from >= 0 ? self->from : jz_player_pane_get_moment (self);
  gint64 until = jz_player_pane_get_until (self);
  g_autofree char *text = dup_text (self);
  Marking *marking = marking_new (self, on_written);

  jz_json_set_text (marking->args, "attachment", self->attachment);
  jz_json_set_integer (marking->args, "at", at);
  if (until > at)
    jz_json_set_integer (marking->args, "until", until);
  jz_json_set_text (marking->args, "recording.marks.kind", get_kind (self));
  if (text[0] != '\0')
    jz_json_set_text (marking->args, "text", text);
  name_frame (marking, at);
}

/* A mark of its kind ticks a point; what no kind of mark stands for is ticked by an act of its
 * own. */
void
jz_player_pane_tick (JzPlayerPane *self, const char *of, const JzJson *point)
{
  gint64 at = jz_player_pane_get_moment (self);
  Marking *marking;

  if (self->client == NULL || self->is_busy ||
      jz_player_get_state (self->player) < JZ_PLAYER_STATE_PAUSED)
    return;
  marking = marking_new (self, on_ticked);
  jz_json_set_text (marking->args, "attachment", self->attachment);
  jz_json_set_integer (marking->args, "at", at);
  if (jz_json_read_text (point, "mark")[0] != '\0') {
    jz_json_set_text (marking->args, "recording.marks.kind", jz_json_read_text (point, "mark"));
    name_frame (marking, at);
    return;
  }
  jz_json_set_text (marking->args, "of", of);
  jz_json_set_text (marking->args, "shot", jz_json_read_text (point, "id"));
  self->is_busy = TRUE;
  perform (marking, "recording.check_shot");
}

static void
save_edited (JzPlayerPane *self)
{
  g_autofree char *text = dup_text (self);
  Marking *marking = marking_new (self, on_written);

  jz_json_set_text (marking->args, "record", self->edited);
  jz_json_set_text (marking->args, "recording.marks.kind", get_kind (self));
  jz_json_set_text (marking->args, "text", text);
  self->is_busy = TRUE;
  perform (marking, "recording.describe");
}

void
jz_player_pane_mark (JzPlayerPane *self)
{
  if (self->client == NULL || self->is_busy ||
      jz_player_get_state (self->player) < JZ_PLAYER_STATE_PAUSED)
    return;
  if (self->edited != NULL)
    save_edited (self);
  else
    mark_anew (self);
}

static void
mark (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_player_pane_mark (JZ_PLAYER_PANE (widget));
}

static void
set_end (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  gint64 at = jz_player_pane_get_moment (self);

  if (g_str_equal (action, "player.begin"))
    jz_player_pane_begin_stretch (self, at, self->until > at ? self->until : -1);
  else if (self->from >= 0 && at > self->from)
    jz_player_pane_begin_stretch (self, self->from, at);
  else
    jz_player_pane_begin_stretch (self, 0, at);
}

static void
edit_mark (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  const JzJson *found = find_mark (self, id);

  if (found == NULL)
    return;
  g_free (self->edited);
  self->edited = g_strdup (id);
  choose_kind (self, jz_json_read_text (found, "kind"));
  gtk_editable_set_text (self->text, jz_json_read_text (found, "text"));
  show_editing (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
cancel_edit (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);

  g_clear_pointer (&self->edited, g_free);
  gtk_editable_set_text (self->text, "");
  jz_player_pane_begin_stretch (self, -1, -1);
  show_editing (self);
}

/* Taken back by marking or tying the same again. */
static JzJson *
new_undo (JzPlayerPane *self, const JzJson *item)
{
  static const char *const kept[] = { "at",           "until",         "text",
                                      "document",     "field",         "paragraph",
                                      "words",        "point",         "item",
                                      "frame",        "frame_decoder", "frame_version",
                                      "frame_format", "frame_width",   "frame_height" };
  JzJson *args = new_arguments (self);

  jz_json_set_text (args, "attachment", self->attachment);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++) {
    const JzJson *value = jz_json_get_member (item, kept[i]);
    if (value != NULL)
      jz_json_set_member (args, kept[i], jz_json_copy (value));
  }
  if (jz_json_read_text (item, "kind")[0] != '\0')
    jz_json_set_text (args, "recording.marks.kind", jz_json_read_text (item, "kind"));
  return args;
}

typedef struct {
  JzPlayerPane *pane;
  JzJson *undo;
  gboolean is_mark;
} Removal;

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  g_autoptr (JzPlayerPane) self = removal->pane;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);

  if (outcome != NULL)
    jz_window_toast_undo (
      GTK_WIDGET (self),
      removal->is_mark ? _ ("The mark was taken away") : _ ("The words are tied no more"),
      removal->is_mark ? "recording.mark" : "recording.tie", g_steal_pointer (&removal->undo));
  g_clear_pointer (&removal->undo, jz_json_unref);
  g_free (removal);
}

static const JzJson *
find_tie (JzPlayerPane *self, const char *id)
{
  const JzJson *ties = self->file != NULL ? jz_json_get_member (self->file, "ties") : NULL;

  for (guint i = 0; ties != NULL && i < jz_json_get_n_items (ties); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (ties, i), "id"), id) == 0)
      return jz_json_get_item (ties, i);
  return NULL;
}

static void
take_away (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzPlayerPane *self = JZ_PLAYER_PANE (widget);
  const char *id = g_variant_get_string (parameter, NULL);
  gboolean is_mark = g_str_equal (action, "player.remove-mark");
  const JzJson *item = is_mark ? find_mark (self, id) : find_tie (self, id);
  JzJson *args;
  Removal *removal;

  if (item == NULL)
    return;
  args = new_arguments (self);
  jz_json_set_text (args, "record", id);
  removal = g_new0 (Removal, 1);
  removal->pane = g_object_ref (self);
  removal->undo = new_undo (self, item);
  removal->is_mark = is_mark;
  jz_office_client_act_async (self->client, is_mark ? "recording.unmark" : "recording.untie", args,
                              NULL, on_removed, removal);
}

static void
go (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_window_go_from (widget, g_variant_get_string (parameter, NULL));
}

static void
keep_still (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_player_pane_keep_still (JZ_PLAYER_PANE (widget));
}

void
jz_player_pane_install_marks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "player.mark", NULL, mark);
  gtk_widget_class_install_action (widget_class, "player.begin", NULL, set_end);
  gtk_widget_class_install_action (widget_class, "player.end", NULL, set_end);
  gtk_widget_class_install_action (widget_class, "player.edit-mark", "s", edit_mark);
  gtk_widget_class_install_action (widget_class, "player.cancel-edit", NULL, cancel_edit);
  gtk_widget_class_install_action (widget_class, "player.remove-mark", "s", take_away);
  gtk_widget_class_install_action (widget_class, "player.untie", "s", take_away);
  gtk_widget_class_install_action (widget_class, "player.go", "s", go);
  gtk_widget_class_install_action (widget_class, "player.still", NULL, keep_still);
}

void
jz_player_pane_init_marks (JzPlayerPane *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->kinds = jz_recording_list_kinds ();
  for (guint i = 0; i < jz_json_get_n_items (self->kinds); i++)
    gtk_string_list_append (names, jz_json_read_text (jz_json_get_item (self->kinds, i), "label"));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (names));
  choose_kind (self, "other");
  gtk_list_box_set_placeholder (
    self->marks,
    new_line (_ ("No marks yet. M marks what is shown; I and O choose a stretch."), "dim-label"));
}
