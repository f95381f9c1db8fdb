/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/material.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/messages.h"
#include "app/page_view.h"
#include "app/player/file_pane.h"
#include "app/player/moment.h"
#include "app/review/parts.h"
#include "office/review_material.h"

/* Of what is seen so much is scrolled at once. */
#define READ_SHARE 0.85

struct _JzReviewMaterial {
  AdwBin parent_instance;

  GtkDropDown *choice;
  GtkButton *open;
  GtkStack *stack;
  JzPageView *page;
  GtkBox *fields;
  GtkWidget *file_box;
  GtkLabel *about; /* what is recorded of the file */
  JzFilePane *file;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *case_id;
  JzJson *offered; /* what can be chosen: first what is meant, then the rest of the case */
  char *shown;     /* id of the document on the page */
  JzFaces *faces;
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (JzReviewMaterial, jz_review_material, ADW_TYPE_BIN)

static const JzJson *
get_chosen (JzReviewMaterial *self)
{
  guint i = gtk_drop_down_get_selected (self->choice);

  return self->offered != NULL && i < jz_json_get_n_items (self->offered)
           ? jz_json_get_item (self->offered, i)
           : NULL;
}

typedef struct {
  char *case_id;
  char *document;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->case_id);
  g_free (wanted->document);
  g_free (wanted);
}

static gpointer
read_in_thread (JzOffice *office,
                JzConnection *reader,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  const Wanted *wanted = data;

  return jz_review_fill_document (reader, jz_store_get_objects (jz_office_get_store (office)),
                                  wanted->case_id, wanted->document, error);
}

static void
show_document (JzReviewMaterial *self, const JzFilling *filling)
{
  const JzPageOptions options = { .is_demo = jz_office_client_is_demo (self->client) };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, self->faces, &options);
  const char *field = jz_json_read_text (get_chosen (self), "field");

  jz_page_view_set_pages (self->page, pages);
  jz_page_view_set_field (self->page, field[0] != '\0' ? field : NULL);
  gtk_stack_set_visible_child_name (self->stack, "page");
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzReviewMaterial) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFilling) filling =
    jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);

  if (filling != NULL) {
    show_document (self, filling);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_clear_pointer (&self->shown, g_free);
    jz_show_error (GTK_WIDGET (self), error);
  }
}

static void
read_document (JzReviewMaterial *self, const char *id)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->case_id = g_strdup (self->case_id);
  wanted->document = g_strdup (id);
  g_free (self->shown);
  self->shown = g_strdup (id);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_office_client_read_async (self->client, read_in_thread, wanted, wanted_free,
                               (GDestroyNotify)jz_filling_free, self->cancellable, on_read,
                               g_object_ref (self));
}

static void
add_line (GtkBox *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

static void
show_fields (JzReviewMaterial *self, const JzJson *material)
{
  const JzJson *fields = jz_json_get_member (material, "fields");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->fields))) != NULL)
    gtk_box_remove (self->fields, child);
  add_line (self->fields, jz_json_read_text (material, "title"), "title-3");
  for (guint i = 0; fields != NULL && i < jz_json_get_n_items (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    add_line (self->fields, jz_json_read_text (field, "name"), "caption-heading");
    add_line (self->fields, jz_json_read_text (field, "value"), NULL);
  }
  gtk_stack_set_visible_child_name (self->stack, "fields");
}

/* In one line above it, for the number and the source belong to what is seen. */
static void
show_file (JzReviewMaterial *self, const JzJson *material)
{
  const JzJson *fields = jz_json_get_member (material, "fields");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < jz_part_count (fields); i++) {
    const JzJson *field = jz_json_get_item (fields, i);
    g_string_append_printf (text, "%s%s %s", i > 0 ? " · " : "", jz_json_read_text (field, "name"),
                            jz_json_read_text (field, "value"));
  }
  gtk_label_set_label (self->about, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->about), text->len > 0);
  jz_file_pane_show (self->file, self->client, self->case_id,
                     jz_json_read_text (material, "attachment"), -1, -1);
  gtk_stack_set_visible_child_name (self->stack, "file");
}

static gboolean
shows_file (JzReviewMaterial *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "file") == 0;
}

static void
show_chosen (JzReviewMaterial *self)
{
  const JzJson *material = get_chosen (self);
  const char *id = jz_json_read_text (material, "id");
  const char *field = jz_json_read_text (material, "field");

  gtk_widget_set_sensitive (GTK_WIDGET (self->open), material != NULL);
  if (material == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "empty");
    return;
  }
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s",
                                    jz_json_read_text (material, "place"));
  if (jz_json_read_text (material, "attachment")[0] != '\0') {
    show_file (self, material);
    return;
  }
  jz_file_pane_leave (self->file);
  if (strcmp (jz_json_read_text (material, "kind"), "document") != 0) {
    show_fields (self, material);
  } else if (g_strcmp0 (self->shown, id) != 0) {
    read_document (self, id);
  } else {
    jz_page_view_set_field (self->page, field[0] != '\0' ? field : NULL);
    gtk_stack_set_visible_child_name (self->stack, "page");
  }
}

static void
on_chosen (JzReviewMaterial *self)
{
  if (!self->is_filling)
    show_chosen (self);
}

static char *
dup_name (const JzJson *material)
{
  const char *label = jz_json_read_text (material, "label");
  const char *title = jz_json_read_text (material, "title");

  return label[0] != '\0' ? g_strdup_printf ("%s · %s", title, label) : g_strdup (title);
}

static gboolean
is_same (const JzJson *a, const JzJson *b, const char *name)
{
  return strcmp (jz_json_read_text (a, name), jz_json_read_text (b, name)) == 0;
}

static gboolean
is_offered (const JzJson *list, const JzJson *material)
{
  for (guint i = 0; i < jz_json_get_n_items (list); i++)
    if (is_same (jz_json_get_item (list, i), material, "place") &&
        is_same (jz_json_get_item (list, i), material, "id"))
      return TRUE;
  return FALSE;
}

/* Whether that is anything else than before. */
static gboolean
offer (JzReviewMaterial *self, const JzJson *meant, const JzJson *all)
{
  const JzJson *const lists[] = { meant, all };
  JzJson *offered = jz_json_new_array ();

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i] != NULL && j < jz_json_get_n_items (lists[i]); j++)
      if (!is_offered (offered, jz_json_get_item (lists[i], j)))
        jz_json_append (offered, jz_json_ref (jz_json_get_item (lists[i], j)));
  if (self->offered != NULL && jz_json_equal (self->offered, offered)) {
    jz_json_unref (offered);
    return FALSE;
  }
  g_clear_pointer (&self->offered, jz_json_unref);
  self->offered = offered;
  return TRUE;
}

static void
fill_choice (JzReviewMaterial *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < jz_json_get_n_items (self->offered); i++)
    gtk_string_list_take (names, dup_name (jz_json_get_item (self->offered, i)));
  self->is_filling = TRUE;
  gtk_drop_down_set_model (self->choice, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->choice, 0);
  self->is_filling = FALSE;
}

/**
 * jz_review_material_leave:
 * @self: a pane
 *
 * What was seen of a recording is written down.
 */
void
jz_review_material_leave (JzReviewMaterial *self)
{
  if (self->client != NULL)
    jz_file_pane_leave (self->file);
}

/**
 * jz_review_material_refresh:
 * @self: a pane
 *
 * Asks again what is marked in the recording that is shown.
 */
void
jz_review_material_refresh (JzReviewMaterial *self)
{
  if (shows_file (self))
    jz_file_pane_refresh (self->file);
}

/**
 * jz_review_material_show:
 * @self: a pane
 * @meant: (nullable): materials that the point is about, of a review sheet; the first is shown
 * @all: (nullable): all of the case
 *
 * Where nothing has changed, what is shown stays as it is, and plays on.
 */
void
jz_review_material_show (JzReviewMaterial *self, const JzJson *meant, const JzJson *all)
{
  if (offer (self, meant, all)) {
    fill_choice (self);
    show_chosen (self);
  } else
    jz_review_material_refresh (self);
}

/**
 * jz_review_material_go:
 * @self: a pane
 * @link: where something is seen, as review.judge has it: id and place
 *
 * Shows that place: the field of a document, the page of a paper, the second of a recording.
 */
void
jz_review_material_go (JzReviewMaterial *self, const char *link)
{
  g_auto (GStrv) parts = g_strsplit (link, "#", 2);

  for (guint i = 0; self->offered != NULL && i < jz_json_get_n_items (self->offered); i++)
    if (strcmp (jz_json_read_text (jz_json_get_item (self->offered, i), "id"), parts[0]) == 0) {
      gtk_drop_down_set_selected (self->choice, i);
      break;
    }
  if (parts[1] != NULL && shows_file (self))
    jz_file_pane_go (self->file, parts[1]);
  else if (parts[1] != NULL && g_str_has_prefix (parts[1], "field=") &&
           g_strcmp0 (self->shown, parts[0]) == 0)
    jz_page_view_set_field (self->page, parts[1] + strlen ("field="));
}

/**
 * jz_review_material_read_on:
 * @self: a pane
 *
 * Scrolls a document by most of what is seen; plays a recording, or pauses it.
 */
void
jz_review_material_read_on (JzReviewMaterial *self)
{
  GtkWidget *scroller = gtk_stack_get_visible_child (self->stack);
  GtkAdjustment *adjustment;

  if (shows_file (self)) {
    jz_file_pane_read_on (self->file);
  } else if (GTK_IS_SCROLLED_WINDOW (scroller)) {
    adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) +
                                            gtk_adjustment_get_page_size (adjustment) * READ_SHARE);
  }
}

/**
 * jz_review_material_press:
 * @self: a pane
 * @keyval: a key of the workbench that is none of its own
 *
 * Returns: whether the recording that is shown took it
 */
gboolean
jz_review_material_press (JzReviewMaterial *self, guint keyval)
{
  return shows_file (self) && jz_file_pane_press (self->file, keyval);
}

/* Numbers of entries stand in brackets in paths; a link has the same. */
static gboolean
is_path (const char *path)
{
  return strspn (path, "abcdefghijklmnopqrstuvwxyz0123456789_.[]") == strlen (path);
}

/**
 * jz_review_material_dup_link:
 * @self: a pane
 *
 * Returns: (transfer full) (nullable): where what is shown stands, as review.judge takes it
 */
char *
jz_review_material_dup_link (JzReviewMaterial *self)
{
  const JzJson *material = get_chosen (self);
  const char *id = jz_json_read_text (material, "id");
  const char *field = strcmp (jz_json_read_text (material, "kind"), "document") == 0
                        ? jz_page_view_get_field (self->page)
                        : NULL;

  if (material == NULL)
    return NULL;
  if (shows_file (self)) {
    g_autofree char *place = jz_file_pane_dup_place (self->file);
    return place != NULL ? g_strdup_printf ("%s#%s", id, place) : g_strdup (id);
  }
  return field != NULL && is_path (field) ? g_strdup_printf ("%s#field=%s", id, field)
                                          : g_strdup (id);
}

/**
 * jz_review_material_dup_title:
 * @self: a pane
 * @link: a link
 *
 * Returns: (transfer full): what it leads to, in words
 */
char *
jz_review_material_dup_title (JzReviewMaterial *self, const char *link)
{
  g_auto (GStrv) parts = g_strsplit (link, "#", 2);
  const char *place = parts[1] != NULL ? strchr (parts[1], '=') : NULL;

  for (guint i = 0; self->offered != NULL && i < jz_json_get_n_items (self->offered); i++) {
    const JzJson *material = jz_json_get_item (self->offered, i);
    const char *label = jz_json_read_text (material, "label");
    if (strcmp (jz_json_read_text (material, "id"), parts[0]) != 0)
      continue;
    if (place == NULL)
      return g_strdup (jz_json_read_text (material, "title"));
    if (label[0] != '\0' && strcmp (jz_json_read_text (material, "field"), place + 1) == 0)
      return dup_name (material);
    if (g_str_has_prefix (parts[1], "second=")) {
      g_autofree char *moment = jz_moment_dup_second (place + 1);
      return g_strdup_printf ("%s · %s", jz_json_read_text (material, "title"), moment);
    }
    if (g_str_has_prefix (parts[1], "page="))
      return g_strdup_printf (_ ("%1$s · page %2$s"), jz_json_read_text (material, "title"),
                              place + 1);
    return g_strdup_printf ("%s · %s", jz_json_read_text (material, "title"), place + 1);
  }
  return g_strdup (link);
}

/**
 * jz_review_material_set_case:
 * @self: a pane
 * @client: the office
 * @case_id: a case; what is drawn of it is read anew
 */
void
jz_review_material_set_case (JzReviewMaterial *self, JzOfficeClient *client, const char *case_id)
{
  jz_review_material_leave (self);
  g_clear_pointer (&self->offered, jz_json_unref);
  g_set_object (&self->client, client);
  g_free (self->case_id);
  self->case_id = g_strdup (case_id);
  g_clear_pointer (&self->shown, g_free);
}

static void
jz_review_material_dispose (GObject *object)
{
  JzReviewMaterial *self = JZ_REVIEW_MATERIAL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (jz_review_material_parent_class)->dispose (object);
}

static void
jz_review_material_finalize (GObject *object)
{
  JzReviewMaterial *self = JZ_REVIEW_MATERIAL (object);

  g_object_unref (self->cancellable);
  g_clear_pointer (&self->offered, jz_json_unref);
  g_free (self->case_id);
  g_free (self->shown);
  jz_faces_unref (self->faces);
  G_OBJECT_CLASS (jz_review_material_parent_class)->finalize (object);
}

/* Seen again after the window was elsewhere: what was left is opened anew. */
static void
jz_review_material_map (GtkWidget *widget)
{
  JzReviewMaterial *self = JZ_REVIEW_MATERIAL (widget);

  GTK_WIDGET_CLASS (jz_review_material_parent_class)->map (widget);
  if (self->client != NULL && shows_file (self) && jz_file_pane_get_attachment (self->file) == NULL)
    show_chosen (self);
}

static void
jz_review_material_class_init (JzReviewMaterialClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = jz_review_material_map;
  G_OBJECT_CLASS (klass)->dispose = jz_review_material_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_review_material_finalize;
}

static GtkWidget *
new_scrolled (GtkWidget *child)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), child);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static GtkWidget *
new_bar (JzReviewMaterial *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_set_margin_start (bar, 6);
  gtk_widget_set_margin_end (bar, 6);
  gtk_widget_set_margin_top (bar, 6);
  gtk_widget_set_margin_bottom (bar, 6);
  gtk_widget_set_hexpand (GTK_WIDGET (self->choice), TRUE);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->choice));
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->open));
  return bar;
}

/* Whoever chose a recording plays it next: the keys are to act on it and no more on the list. */
static void
on_file_shown (JzReviewMaterial *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (focus == GTK_WIDGET (self->choice) ||
                        gtk_widget_is_ancestor (focus, GTK_WIDGET (self->choice))))
    gtk_widget_grab_focus (GTK_WIDGET (self->file));
}

static void
jz_review_material_init (JzReviewMaterial *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->faces = jz_faces_new ();
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Material"), -1);
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (on_chosen), self);
  self->open = GTK_BUTTON (gtk_button_new_with_mnemonic (_ ("_Go There")));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open), "win.go");
  self->page = JZ_PAGE_VIEW (jz_page_view_new ());
  self->fields = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_margin_start (GTK_WIDGET (self->fields), 18);
  gtk_widget_set_margin_end (GTK_WIDGET (self->fields), 18);
  self->file = JZ_FILE_PANE (jz_file_pane_new ());
  jz_file_pane_set_narrow (self->file, TRUE);
  g_signal_connect_swapped (self->file, "shown", G_CALLBACK (on_file_shown), self);
  self->about = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->about, PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (self->about, 0);
  gtk_widget_set_margin_start (GTK_WIDGET (self->about), 8);
  gtk_widget_add_css_class (GTK_WIDGET (self->about), "caption");
  self->file_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_box_append (GTK_BOX (self->file_box), GTK_WIDGET (self->about));
  gtk_box_append (GTK_BOX (self->file_box), GTK_WIDGET (self->file));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_scrolled (GTK_WIDGET (self->page)), "page");
  gtk_stack_add_named (self->stack, new_scrolled (GTK_WIDGET (self->fields)), "fields");
  gtk_stack_add_named (self->stack, self->file_box, "file");
  gtk_stack_add_named (self->stack, gtk_label_new (_ ("There is no material in this case yet.")),
                       "empty");
  gtk_box_append (GTK_BOX (box), new_bar (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
}
