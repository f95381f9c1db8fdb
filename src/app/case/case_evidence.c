/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_arrange.h"
#include "app/case/case_files.h"
#include "app/case/case_tabs.h"
#include "app/case/intake_row.h"
#include "app/case/intake_strip.h"
#include "app/messages.h"
#include "app/refusal_place.h"
#include "app/secrecy_menu.h"
#include "app/thumbnail.h"
#include "app/window.h"
#include "app/words.h"

/* Evidence by its kinds, in the handler's order, with what it proves and, typed in the row, what it
 * is to show; files come in by a button or by being dropped anywhere on the tab, many at a time
 * (ux.md §4, 证据). */

struct _JzCaseEvidence {
  JzCaseTab parent_instance;

  GHashTable *typed;  /* id of an item → what was typed and is not written down yet */
  GtkWidget *focused; /* in what is shown anew */
  char *focused_id;   /* of the item that had the focus in what was shown before */
  gboolean had_caret;
  gboolean is_showing;
};

G_DEFINE_FINAL_TYPE (JzCaseEvidence, jz_case_evidence, JZ_TYPE_CASE_TAB)

static void
add_files (GtkWidget *widget, const char *action, GVariant *parameter)
{
  jz_case_choose_files (JZ_CASE_TAB (widget), NULL);
}

static void
on_files_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseEvidence) self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);

  if (value != NULL)
    jz_case_add_files (JZ_CASE_TAB (self), value, NULL);
  else
    jz_show_error (GTK_WIDGET (self), error);
}

static void
on_picture_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseEvidence) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture =
    gdk_clipboard_read_texture_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GBytes) png = texture != NULL ? gdk_texture_save_to_png_bytes (texture) : NULL;

  if (png != NULL)
    jz_case_add_picture (JZ_CASE_TAB (self), png);
  else
    jz_show_error (GTK_WIDGET (self), error);
}

static void
paste (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    on_files_pasted, g_object_ref (widget));
  else if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    gdk_clipboard_read_texture_async (clipboard, NULL, on_picture_pasted, g_object_ref (widget));
  else
    jz_window_toast (widget, _ ("There is no file and no picture to paste"));
}

static gboolean
on_paste_key (GtkWidget *widget, GVariant *parameter, gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  return gtk_widget_activate_action (widget, "evidence.paste", NULL);
}

/* Wherever the focus is, as long as the evidence is seen; in a text, the text's own paste comes
 * first. */
static void
add_paste_key (JzCaseEvidence *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_v, GDK_CONTROL_MASK),
                      gtk_callback_action_new (on_paste_key, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static JzJson *
new_preset (const char *name, const char *value)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, name, value);
  return preset;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseEvidence) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
}

static void
act (JzCaseEvidence *self, const char *name, JzJson *args)
{
  jz_json_set_text (args, "case", jz_case_tab_get_case (JZ_CASE_TAB (self)));
  jz_office_client_act_async (jz_case_tab_get_client (JZ_CASE_TAB (self)), name, args, NULL,
                              on_written, g_object_ref (self));
}

static const JzJson *
get_items (JzCaseEvidence *self)
{
  const JzJson *sheet = jz_case_tab_get_sheet (JZ_CASE_TAB (self));
  return jz_json_get_member (jz_json_get_member (sheet, "evidence"), "items");
}

static void
place (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseEvidence *self = JZ_CASE_EVIDENCE (widget);
  const JzJson *items = get_items (self);
  g_autoptr (JzJson) ids = jz_json_new_array ();
  JzJson *args = jz_json_new_object ();
  const char *moved = NULL;
  const char *at = NULL;

  g_variant_get (parameter, "(&s&s)", &moved, &at);
  for (guint i = 0; i < jz_json_get_n_items (items); i++)
    jz_json_append (ids, jz_json_new_text (jz_json_read_text (jz_json_get_item (items, i), "id")));
  jz_json_set_member (args, "order", jz_case_move (ids, moved, at));
  act (self, "evidence.order", args);
}

static const char *
find_purpose (JzCaseEvidence *self, const char *id)
{
  const JzJson *items = get_items (self);

  for (guint i = 0; i < jz_json_get_n_items (items); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (items, i), "id"), id) == 0)
      return jz_json_read_text (jz_json_get_item (items, i), "purpose");
  return "";
}

/* Written down when the caret leaves the row, or by Enter; never asked about. */
static void
write_purpose (GtkWidget *entry, JzCaseEvidence *self)
{
  const char *id = g_object_get_data (G_OBJECT (entry), "evidence");
  const char *typed = g_hash_table_lookup (self->typed, id);
  JzJson *args;

  if (self->is_showing || typed == NULL)
    return;
  if (strcmp (typed, find_purpose (self, id)) != 0) {
    args = jz_json_new_object ();
    jz_json_set_text (args, "evidence", id);
    if (typed[0] != '\0')
      jz_json_set_text (args, "purpose", typed);
    act (self, "evidence.describe", args);
  }
  g_hash_table_remove (self->typed, id);
}

static void
on_purpose_left (GtkEventController *controller, JzCaseEvidence *self)
{
  write_purpose (gtk_event_controller_get_widget (controller), self);
}

static void
on_purpose_typed (GtkEditable *entry, JzCaseEvidence *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  g_hash_table_insert (self->typed, g_strdup (g_object_get_data (G_OBJECT (entry), "evidence")),
                       g_steal_pointer (&text));
}

static GtkWidget *
new_purpose (JzCaseEvidence *self, const JzJson *item)
{
  const char *id = jz_json_read_text (item, "id");
  const char *typed = g_hash_table_lookup (self->typed, id);
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_autofree char *name =
    g_strdup_printf (_ ("Purpose of proof: %s"), jz_json_read_text (item, "title"));

  gtk_editable_set_text (GTK_EDITABLE (entry),
                         typed != NULL ? typed : jz_json_read_text (item, "purpose"));
  gtk_entry_set_max_length (GTK_ENTRY (entry), 400);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Purpose of proof"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (entry), "evidence", g_strdup (id), g_free);
  g_signal_connect (entry, "changed", G_CALLBACK (on_purpose_typed), self);
  g_signal_connect (entry, "activate", G_CALLBACK (write_purpose), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_purpose_left), self);
  gtk_widget_add_controller (entry, focus);
  if (self->had_caret && g_strcmp0 (self->focused_id, id) == 0)
    self->focused = entry;
  return entry;
}

static void
remember_focus (JzCaseEvidence *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->focused = NULL;
  g_free (self->focused_id);
  self->focused_id = jz_case_dup_focused (GTK_WIDGET (self));
  self->had_caret = root != NULL && GTK_IS_TEXT (gtk_root_get_focus (root));
}

static const JzJson *
find_file (JzCaseEvidence *self, const char *attachment)
{
  const JzJson *sheet = jz_case_tab_get_sheet (JZ_CASE_TAB (self));
  const JzJson *files = jz_json_get_member (jz_json_get_member (sheet, "evidence"), "files");

  for (guint i = 0; i < jz_json_get_n_items (files); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (files, i), "id"), attachment) == 0)
      return jz_json_get_item (files, i);
  return NULL;
}

static gboolean
is_locked (const JzJson *file)
{
  return jz_json_get_member (file, "locked") != NULL;
}

static GtkWidget *
new_thumbnail (JzCaseEvidence *self, const JzJson *file)
{
  JzCaseTab *tab = JZ_CASE_TAB (self);
  const char *kind = jz_json_read_text (file, "kind");
  const char *id = jz_json_read_text (file, "id");
  GtkWidget *image = jz_thumbnail_new (jz_case_tab_get_client (tab), jz_case_tab_get_case (tab),
                                       jz_json_read_text (file, "name"));

  jz_thumbnail_set_kind (image, kind);
  if (is_locked (file))
    jz_thumbnail_lock (image, id, jz_json_read_text (file, "object"));
  else if (strcmp (kind, "audio") != 0 && strcmp (kind, "office") != 0)
    jz_thumbnail_show_attachment (image, id);
  return image;
}

/* What kind of secret it is, until when, and why the person cannot open it. */
static void
add_secrecy (GtkBox *texts, const JzJson *file)
{
  const JzJson *secrecy = jz_json_get_member (file, "secrecy");
  const char *until = secrecy != NULL ? jz_json_read_text (secrecy, "until") : "";
  g_autofree char *day = until[0] != '\0' ? jz_words_dup_day (until) : NULL;
  g_autofree char *text = NULL;

  if (secrecy != NULL && day != NULL)
    text = g_strdup_printf (_ ("%1$s, until %2$s"), jz_json_read_text (secrecy, "label"), day);
  else if (secrecy != NULL)
    text = g_strdup (jz_json_read_text (secrecy, "label"));
  if (text != NULL)
    gtk_box_append (texts, jz_case_new_label (text, "error"));
  if (is_locked (file))
    gtk_box_append (texts, jz_case_new_label (jz_json_read_text (file, "locked"), "dim-label"));
}

/* Opening it and saying how secret it is. */
static void
add_file_buttons (JzCaseEvidence *self, GtkWidget *line, const JzJson *file, const char *name)
{
  JzCaseTab *tab = JZ_CASE_TAB (self);
  const char *case_id = jz_case_tab_get_case (tab);
  const char *id = jz_json_read_text (file, "id");
  GtkWidget *menu = jz_secrecy_menu_new (jz_case_tab_get_client (tab), case_id, id, name,
                                         jz_json_get_member (file, "secrecy") != NULL);

  if (!is_locked (file))
    gtk_box_append (GTK_BOX (line), jz_case_new_view_button (case_id, id, name));
  if (menu != NULL)
    gtk_box_append (GTK_BOX (line), menu);
}

/* A sheet in place of what the program does not hold. */
static void
add_placeholder (GtkBox *texts, const JzJson *item)
{
  g_autofree char *text = NULL;

  if (jz_json_read_text (item, "secret_level")[0] == '\0')
    return;
  text =
    g_strdup_printf (_ ("State secret (%1$s), not in this program: number %2$s, kept by %3$s at "
                        "%4$s"),
                     jz_json_read_text (item, "secret_level"), jz_json_read_text (item, "carrier"),
                     jz_json_read_text (item, "keeper"), jz_json_read_text (item, "kept_at"));
  gtk_box_append (texts, jz_case_new_label (text, "error"));
}

static void
add_item (JzCaseEvidence *self, GtkWidget *group, const JzJson *item, gboolean may)
{
  const char *id = jz_json_read_text (item, "id");
  const char *excluded = jz_json_read_text (item, "excluded_reason");
  const char *proves = jz_json_read_text (item, "proves");
  const JzJson *file = find_file (self, jz_json_read_text (item, "attachment"));
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (item, "obtained_on"));
  g_autofree char *source =
    g_strdup_printf (_ ("%1$s, by %2$s at %3$s"), day, jz_json_read_text (item, "obtained_by"),
                     jz_json_read_text (item, "obtained_at"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *number = jz_case_new_label (jz_json_read_text (item, "number"), "dim-label");
  GtkWidget *row;
  g_autofree char *aim = NULL;

  if (excluded[0] != '\0')
    aim = g_strdup_printf (_ ("Excluded: %s"), excluded);
  else
    aim = proves[0] != '\0' ? g_strdup_printf (_ ("Proves: %s"), proves)
                            : g_strdup (_ ("It is not said yet what it proves."));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (item, "title"), NULL));
  gtk_box_append (GTK_BOX (texts),
                  jz_case_new_label (aim, proves[0] != '\0' ? "dim-label" : "warning"));
  if (may && excluded[0] == '\0')
    gtk_box_append (GTK_BOX (texts), new_purpose (self, item));
  else if (jz_json_read_text (item, "purpose")[0] != '\0')
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (item, "purpose"), NULL));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (source, "dim-label"));
  add_placeholder (GTK_BOX (texts), item);
  if (file != NULL)
    add_secrecy (GTK_BOX (texts), file);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), jz_case_fix_width (number, 34, FALSE));
  if (file != NULL)
    gtk_box_append (GTK_BOX (line), new_thumbnail (self, file));
  gtk_box_append (GTK_BOX (line), texts);
  if (file != NULL)
    add_file_buttons (self, line, file, jz_json_read_text (item, "title"));
  if (may && excluded[0] == '\0') {
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("What It Proves…"), "evidence.bind",
                                                            new_preset ("evidence", id)));
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Exclude…"), "evidence.exclude",
                                                            new_preset ("record", id)));
  }
  if (may)
    gtk_box_append (GTK_BOX (line), jz_case_new_movers (jz_json_read_text (item, "title")));
  row = jz_case_new_row (group, line);
  if (may)
    jz_case_make_movable (row, id, jz_json_read_text (item, "title"), "evidence.place");
  if (!self->had_caret && g_strcmp0 (self->focused_id, id) == 0)
    self->focused = row;
}

static void
add_kind (JzCaseEvidence *self, GtkBox *box, const JzJson *items, const JzJson *kind, gboolean may)
{
  GtkWidget *group = NULL;

  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    if (strcmp (jz_json_read_text (item, "kind"), jz_json_read_text (kind, "kind")) != 0)
      continue;
    if (group == NULL)
      group = jz_case_new_group (box, jz_json_read_text (kind, "label"));
    add_item (self, group, item, may);
  }
}

/* Both times, and whether what is stored is still what was taken in. */
static void
add_known (GtkBox *texts, const JzJson *file)
{
  gint64 duration = jz_json_get_member_integer (file, "duration_ms", -1);
  const char *check = jz_json_read_text (file, "check");
  const char *happened = jz_json_read_text (file, "happened_at");
  const char *taken = jz_json_read_text (file, "taken_at");
  g_autofree char *facts = jz_intake_dup_facts (happened[0] != '\0' ? happened : taken,
                                                jz_json_read_text (file, "device"), duration, 0);
  g_autofree char *own = jz_words_dup_moment (taken);
  g_autofree char *text = NULL;

  if (facts[0] != '\0')
    gtk_box_append (texts, jz_case_new_label (facts, "dim-label"));
  if (happened[0] != '\0' && taken[0] != '\0') {
    text = g_strdup_printf (_ ("The file itself says %s."), own);
    gtk_box_append (texts, jz_case_new_label (text, "dim-label"));
  }
  if (jz_json_read_text (file, "origin_label")[0] != '\0')
    gtk_box_append (texts,
                    jz_case_new_label (jz_json_read_text (file, "origin_label"), "dim-label"));
  if (strcmp (check, "damaged") == 0)
    gtk_box_append (texts,
                    jz_case_new_label (_ ("What is stored of it is damaged. Let the administrator "
                                          "bring it back from a backup."),
                                       "error"));
  else if (strcmp (check, "sound") == 0)
    gtk_box_append (texts, jz_case_new_label (_ ("Read again and sound"), "dim-label"));
}

static void
add_file (JzCaseEvidence *self, GtkWidget *group, const JzJson *file, gboolean may)
{
  g_autofree char *size = g_format_size ((guint64)jz_json_get_member_integer (file, "size", 0));
  g_autofree char *when = jz_words_dup_moment (jz_json_read_text (file, "recorded"));
  g_autofree char *source =
    g_strdup_printf (_ ("%1$s, %2$s, %3$s"), size, when, jz_json_read_text (file, "by"));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (file, "name"), NULL));
  if (jz_json_read_text (file, "description")[0] != '\0')
    gtk_box_append (GTK_BOX (texts),
                    jz_case_new_label (jz_json_read_text (file, "description"), "dim-label"));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (source, "dim-label"));
  add_known (GTK_BOX (texts), file);
  add_secrecy (GTK_BOX (texts), file);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), new_thumbnail (self, file));
  gtk_box_append (GTK_BOX (line), texts);
  add_file_buttons (self, line, file, jz_json_read_text (file, "name"));
  if (may && !jz_json_get_member_boolean (file, "used", FALSE)) {
    JzJson *preset = new_preset ("attachment", jz_json_read_text (file, "id"));
    jz_json_set_text (preset, "title", jz_json_read_text (file, "name"));
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Use as Evidence…"), "evidence.add", preset));
  }
  jz_case_new_row (group, line);
}

static void
add_tools (GtkBox *box, gboolean may)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = gtk_button_new_with_mnemonic (_ ("Add _Files…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (add), "evidence.add-files");
  gtk_box_append (GTK_BOX (line), add);
  if (may)
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Add Evidence…"), "evidence.add", NULL));
  gtk_box_append (GTK_BOX (line), jz_case_new_label (_ ("Files can be dropped anywhere here, or "
                                                        "pasted with Ctrl+V."),
                                                     "dim-label"));
  gtk_box_append (box, line);
}

static void
jz_case_evidence_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCaseEvidence *self = JZ_CASE_EVIDENCE (tab);
  const JzJson *evidence = jz_json_get_member (sheet, "evidence");
  const JzJson *kinds = jz_json_get_member (evidence, "kinds");
  const JzJson *files = jz_json_get_member (evidence, "files");
  const JzJson *whole = jz_json_get_member (sheet, "case");
  gboolean may = strcmp (jz_json_read_text (whole, "stage"), "open") == 0 &&
                 jz_office_client_has_role (jz_case_tab_get_client (tab), "handler");
  GtkWidget *group;
  GtkBox *box;

  self->is_showing = TRUE;
  remember_focus (self);
  box = jz_case_tab_clear (tab);
  self->is_showing = FALSE;
  add_tools (box, may);
  gtk_box_append (box,
                  jz_intake_strip_new (jz_case_tab_get_client (tab), jz_case_tab_get_case (tab)));
  for (guint i = 0; i < jz_json_get_n_items (kinds); i++)
    add_kind (self, box, jz_json_get_member (evidence, "items"), jz_json_get_item (kinds, i), may);
  if (GTK_IS_ENTRY (self->focused)) {
    gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->focused));
    gtk_editable_set_position (GTK_EDITABLE (self->focused), -1);
  } else if (self->focused != NULL)
    gtk_widget_grab_focus (self->focused);
  if (jz_json_get_n_items (files) > 0) {
    group = jz_case_new_group (box, _ ("Files"));
    for (guint i = 0; i < jz_json_get_n_items (files); i++)
      add_file (self, group, jz_json_get_item (files, i), may);
  }
}

static void
jz_case_evidence_finalize (GObject *object)
{
  JzCaseEvidence *self = JZ_CASE_EVIDENCE (object);

  g_hash_table_unref (self->typed);
  g_free (self->focused_id);
  G_OBJECT_CLASS (jz_case_evidence_parent_class)->finalize (object);
}

static void
jz_case_evidence_class_init (JzCaseEvidenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_case_evidence_finalize;
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_evidence_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "evidence.add-files", NULL, add_files);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "evidence.paste", NULL, paste);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "evidence.place", "(ss)", place);
}

static void
jz_case_evidence_init (JzCaseEvidence *self)
{
  self->typed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  jz_case_take_files (JZ_CASE_TAB (self), GTK_WIDGET (self), NULL);
  add_paste_key (self);
}
