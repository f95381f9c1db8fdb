/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/editor/editor_page-private.h"
#include "app/editor/editor_settings.h"
#include "app/messages.h"
#include "app/window.h"
#include "app/words.h"

/* The page around the pages: loading, what is shown of a document, drawers and zoom. */

/* Of a window: from here on both drawers have room, below the other none. */
#define BOTH_WIDTH 1500
#define ANY_WIDTH 1200

G_DEFINE_FINAL_TYPE (JzEditorPage, jz_editor_page, JZ_TYPE_SECTION)

/* One document is written in one window; those of other windows only show it. */
static GHashTable *open_documents; /* (element-type utf8 JzEditorPage) */

static gboolean
try_open (JzEditorPage *self)
{
  if (open_documents == NULL)
    open_documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JzEditorPage *other = g_hash_table_lookup (open_documents, self->document);
  if (other != NULL && other != self)
    return FALSE;
  g_hash_table_insert (open_documents, g_strdup (self->document), self);
  return TRUE;
}

static void
let_go (JzEditorPage *self)
{
  if (open_documents != NULL && self->document != NULL &&
      g_hash_table_lookup (open_documents, self->document) == self)
    g_hash_table_remove (open_documents, self->document);
}

void
jz_editor_show_notice (JzEditorPage *self, const char *text, const char *button, const char *action)
{
  gtk_revealer_set_reveal_child (self->notice, text != NULL);
  if (text == NULL)
    return;
  gtk_label_set_label (self->notice_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->notice_button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->notice_button, button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->notice_button), action);
}

void
jz_editor_set_editable (JzEditorPage *self, gboolean is_editable)
{
  if (self->is_editable && !is_editable)
    jz_picker_close (self->picker);
  self->is_editable = is_editable;
  jz_paper_set_editable (self->paper, is_editable);
  jz_field_drawer_set_typing (self->fields, is_editable ? self->typing : NULL);
  jz_find_bar_set_typing (self->find_bar, is_editable ? self->typing : NULL);
  jz_guide_drawer_set_typing (self->guide, self->typing, is_editable);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "editor.fields", is_editable);
  jz_editor_show_tools (self);
  if (is_editable)
    return;
  jz_guide_drawer_set_path (self->guide, NULL);
  gtk_revealer_set_reveal_child (self->fields_revealer, FALSE);
}

static gboolean
is_mine (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  return self->view->draft == NULL ||
         g_strcmp0 (self->view->draft->person, jz_office_client_get_person (client)) == 0;
}

/* Who may write, and who has to be asked first. */
static void
decide_editable (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  gboolean may_write = jz_office_client_has_role (client, self->view->writers);
  gboolean is_open = self->view->state == JZ_DOCUMENT_DRAFT ||
                     (self->is_again && self->view->state < JZ_DOCUMENT_FINAL);
  jz_editor_show_notice (self, NULL, NULL, NULL);
  if (is_open && may_write && !is_mine (self)) {
    char time[JZ_INSTANT_SIZE];
    jz_instant_format (self->view->draft->time, time);
    g_autofree char *moment = jz_words_dup_moment (time);
    g_autofree char *text =
      g_strdup_printf (_ ("%s is writing this document and typed last at %s. You can read it."),
                       self->view->holder != NULL ? self->view->holder : "", moment);
    jz_editor_show_notice (self, text, _ ("Go On in Its Place"), "editor.take-over");
    is_open = FALSE;
  } else if (is_open && may_write && !try_open (self)) {
    jz_editor_show_notice (self, _ ("This document is open in another window; write it there."),
                           NULL, NULL);
    is_open = FALSE;
  }
  jz_editor_set_editable (self, is_open && may_write);
}

static void
show_head (JzEditorPage *self)
{
  const JzDocumentView *view = self->view;
  g_autofree char *title = view->number[0] != '\0'
                             ? g_strdup_printf ("%s　%s", view->title, view->number)
                             : g_strdup (view->title);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->badge, jz_editor_state_word (view->state));
  gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "is-final");
  gtk_widget_remove_css_class (GTK_WIDGET (self->badge), "is-void");
  if (view->state == JZ_DOCUMENT_VOID || view->state == JZ_DOCUMENT_CORRECTED)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "is-void");
  else if (view->state >= JZ_DOCUMENT_FINAL)
    gtk_widget_add_css_class (GTK_WIDGET (self->badge), "is-final");
  gtk_widget_set_visible (self->view_switch, jz_form_get_kind (view->form) == JZ_FORM_RECORD &&
                                               view->state < JZ_DOCUMENT_FINAL);
  gtk_widget_set_visible (GTK_WIDGET (self->checks_button), view->state < JZ_DOCUMENT_FINAL);
  jz_guide_drawer_set_final (self->guide, view->state >= JZ_DOCUMENT_FINAL);
  gtk_stack_set_visible_child_name (self->stack, "document");
}

/* What somebody typed and did not put on record comes first. */
static JzJson *
dup_draft (JzEditorPage *self)
{
  JzJson *draft = NULL;
  if (self->view->draft != NULL)
    draft = jz_json_parse_long (self->view->draft->text, strlen (self->view->draft->text),
                                8 * JZ_FILLING_MAX_SIZE, NULL);
  if (draft != NULL)
    return draft;
  draft = jz_json_new_object ();
  jz_json_set_member (draft, "values", jz_json_copy (self->view->values));
  return draft;
}

/* Whoever puts on record what is typed goes on typing where he was, and can still take it back. */
static gboolean
shows_already (JzEditorPage *self, const JzJson *draft)
{
  g_autoptr (JzJson) shown = self->typing != NULL ? jz_typing_to_draft (self->typing) : NULL;
  return shown != NULL && jz_typing_get_form (self->typing) == self->view->form &&
         jz_json_equal (shown, draft);
}

static void
told_refused (JzTyping *typing, const char *path, JzEditorPage *self)
{
  jz_window_toast (GTK_WIDGET (self),
                   _ ("This text is too long for a field and was not put in. Add it to the case as "
                      "an attachment."));
}

static void
begin_typing (JzEditorPage *self, const JzJson *draft)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (GError) error = NULL;
  if (self->typing != NULL)
    g_clear_signal_handler (&self->typed, self->typing);
  g_clear_object (&self->typing);
  self->typing = jz_typing_new (self->view->form, jz_office_client_today (client));
  if (!jz_typing_load (self->typing, draft, &error))
    jz_show_error (GTK_WIDGET (self), error);
  self->typed =
    g_signal_connect_swapped (self->typing, "changed", G_CALLBACK (jz_editor_typed), self);
  g_signal_connect_object (self->typing, "refused", G_CALLBACK (told_refused), self, 0);
  self->n_asked = 0;
  jz_paper_set_typing (self->paper, self->typing);
}

static void
take_typing (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  g_autoptr (JzJson) draft = dup_draft (self);
  if (!shows_already (self, draft))
    begin_typing (self, draft);
  self->is_dirty = !jz_json_equal (jz_json_get_member (draft, "values"), self->view->values);
  jz_paper_set_marks (self->paper, self->view->case_number, jz_office_client_is_demo (client),
                      self->view->state < JZ_DOCUMENT_FINAL);
}

static int
get_window_width (JzEditorPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  return root != NULL ? gtk_widget_get_width (GTK_WIDGET (root)) : self->width;
}

static void
show_drawers (JzEditorPage *self, gboolean with_fields, gboolean with_guide)
{
  gtk_revealer_set_reveal_child (self->fields_revealer, with_fields && self->is_editable);
  jz_field_drawer_set_shown (self->fields, with_fields && self->is_editable);
  gtk_revealer_set_reveal_child (self->guide_revealer, with_guide);
  gtk_toggle_button_set_active (self->fields_button, with_fields && self->is_editable);
}

/* One centre, two drawers: with less room one of them, with little none. */
static gboolean
fit_drawers (gpointer data)
{
  JzEditorPage *self = data;
  int width = get_window_width (self);
  g_clear_handle_id (&self->fitting, g_source_remove);
  if (width < ANY_WIDTH)
    show_drawers (self, FALSE, FALSE);
  else if (width < BOTH_WIDTH)
    show_drawers (self, FALSE, jz_editor_settings_get ("right-drawer", TRUE));
  else
    show_drawers (self, jz_editor_settings_get ("left-drawer", TRUE),
                  jz_editor_settings_get ("right-drawer", TRUE));
  return G_SOURCE_REMOVE;
}

static void
show_view (JzEditorPage *self, gboolean is_new)
{
  show_head (self);
  if (is_new)
    (void)fit_drawers (self);
  /* What is being typed is not thrown away because something else was written. */
  if (is_new || self->typing == NULL || !self->is_dirty || !self->is_editable)
    take_typing (self);
  decide_editable (self);
  if (is_new)
    jz_editor_load_carried (self);
  jz_editor_show_carried (self);
  if (self->view->state >= JZ_DOCUMENT_FINAL)
    gtk_toggle_button_set_active (self->pages_button, TRUE);
  else if (is_new)
    gtk_toggle_button_set_active (jz_form_get_kind (self->view->form) == JZ_FORM_RECORD &&
                                      jz_editor_settings_get ("continuous", FALSE)
                                    ? self->continuous_button
                                    : self->pages_button,
                                  TRUE);
  jz_editor_show_steps (self);
  jz_editor_ask_sources (self);
  jz_editor_ask_ties (self);
  jz_editor_check_soon (self);
  if (self->is_editable && self->path != NULL &&
      !jz_paper_go (self->paper, self->path, G_MAXUINT)) {
    gtk_revealer_set_reveal_child (self->fields_revealer, TRUE);
    jz_field_drawer_set_shown (self->fields, TRUE);
    (void)jz_field_drawer_go (self->fields, self->path);
  } else if (self->is_editable && is_new) {
    gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  } else if (!self->is_editable && !jz_picker_is_open (self->picker)) {
    jz_editor_focus_final (self);
  }
  g_clear_pointer (&self->path, g_free);
}

static gpointer
read_view (JzOffice *office,
           JzConnection *reader,
           gpointer data,
           GCancellable *cancellable,
           GError **error)
{
  return jz_document_view_load (office, reader, data, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzEditorPage) self = data;
  g_autoptr (GError) error = NULL;
  JzDocumentView *view = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->is_loading = FALSE;
  if (view == NULL) {
    gtk_stack_set_visible_child_name (self->stack, "nothing");
    jz_show_error (GTK_WIDGET (self), error);
    return;
  }
  gboolean is_new = self->view == NULL || strcmp (self->view->id, view->id) != 0;
  if (self->is_again && view->state != JZ_DOCUMENT_DRAFT && !is_new && !self->is_dirty)
    self->is_again = FALSE;
  g_clear_pointer (&self->view, jz_document_view_free);
  self->view = view;
  show_view (self, is_new);
}

/* Asks the store for the document as it is now. */
void
jz_editor_load (JzEditorPage *self)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (self));
  if (client == NULL || self->document == NULL || !jz_office_client_is_signed_in (client))
    return;
  self->is_loading = TRUE;
  jz_office_client_read_async (client, read_view, g_strdup (self->document), g_free,
                               (GDestroyNotify)jz_document_view_free, self->cancellable, on_loaded,
                               g_object_ref (self));
}

static void
forget (JzEditorPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  jz_editor_stop_keeping (self);
  let_go (self);
  if (self->typing != NULL)
    g_clear_signal_handler (&self->typed, self->typing);
  jz_editor_set_editable (self, FALSE);
  jz_picker_close (self->picker);
  jz_guide_drawer_set_typing (self->guide, NULL, FALSE);
  jz_guide_drawer_set_versions (self->guide, NULL);
  jz_paper_set_typing (self->paper, NULL);
  g_clear_object (&self->typing);
  g_clear_pointer (&self->view, jz_document_view_free);
  g_clear_pointer (&self->document, g_free);
  g_clear_pointer (&self->path, g_free);
  self->is_dirty = FALSE;
  self->is_again = FALSE;
}

/* CASE, "document", DOCUMENT and maybe FIELD */
static void
jz_editor_page_go (JzSection *section, const char *const *path)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (section);
  guint n = g_strv_length ((char **)path);
  const char *document = n >= 3 ? path[2] : NULL;
  if (document == NULL)
    return;
  gboolean is_other = g_strcmp0 (self->document, document) != 0;
  g_autofree char *field = n >= 4 ? g_strdup (path[3]) : NULL;
  if (is_other && self->document != NULL) {
    jz_editor_save_then (self, NULL);
    forget (self);
  }
  if (field != NULL) {
    g_free (self->path);
    self->path = g_steal_pointer (&field);
  }
  if (is_other)
    self->document = g_strdup (document);
  jz_editor_load (self);
}

static void
jz_editor_page_refresh (JzSection *section)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (section);
  if (!self->is_loading && !self->is_saving)
    jz_editor_load (self);
}

static void
jz_editor_page_leave (JzSection *section)
{
  jz_editor_save_then (JZ_EDITOR_PAGE (section), NULL);
}

static void
client_changed (JzEditorPage *self)
{
  forget (self);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

static void
jz_editor_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  GTK_WIDGET_CLASS (jz_editor_page_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->width == width)
    return;
  self->width = width;
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_drawers, self);
}

static void
toggle_drawer (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  gboolean is_fields = strcmp (name, "editor.fields") == 0;
  gboolean has_fields = gtk_revealer_get_reveal_child (self->fields_revealer);
  gboolean has_guide = gtk_revealer_get_reveal_child (self->guide_revealer);
  gboolean is_narrow = get_window_width (self) < BOTH_WIDTH;
  if (is_fields)
    show_drawers (self, !has_fields, has_guide && (has_fields || !is_narrow));
  else
    show_drawers (self, has_fields && (has_guide || !is_narrow), !has_guide);
  jz_editor_settings_keep (is_fields ? "left-drawer" : "right-drawer",
                           is_fields ? !has_fields : !has_guide);
}

static void
open_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  jz_find_bar_open (JZ_EDITOR_PAGE (widget)->find_bar);
}

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  if (self->view == NULL)
    return;
  if (strcmp (name, "editor.print") == 0)
    jz_editor_save_then (self, jz_editor_print);
  else if (strcmp (name, "editor.export") == 0)
    jz_editor_save_then (self, jz_editor_export);
  else if (strcmp (name, "editor.save") == 0)
    jz_editor_save_then (self, jz_editor_show_saved);
  else if (strcmp (name, "editor.take-over") == 0)
    jz_editor_take_over (self);
  else if (strcmp (name, "editor.step-named") == 0)
    jz_editor_do_step (self, g_variant_get_string (parameter, NULL));
  else if (self->main_step != NULL)
    jz_editor_do_step (self, self->main_step);
}

static void
show_versions (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  show_drawers (self,
                gtk_revealer_get_reveal_child (self->fields_revealer) &&
                  get_window_width (self) >= BOTH_WIDTH,
                TRUE);
  jz_editor_ask_versions (self);
}

static void
on_view_toggled (JzEditorPage *self)
{
  jz_paper_set_continuous (self->paper, gtk_toggle_button_get_active (self->continuous_button));
  gtk_widget_grab_focus (GTK_WIDGET (self->paper));
}

/* A finding leads to its field, on the page or in the drawer. */
static void
on_guide_went (JzEditorPage *self, const char *path)
{
  if (path == NULL || !self->is_editable || jz_paper_go (self->paper, path, G_MAXUINT))
    return;
  show_drawers (self, TRUE, get_window_width (self) >= BOTH_WIDTH);
  if (!jz_field_drawer_go (self->fields, path))
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_guide_restored (JzEditorPage *self, gpointer values)
{
  for (guint i = 0; i < jz_form_get_n_fields (self->view->form); i++) {
    const JzFormField *field = jz_form_get_field (self->view->form, i);
    const JzJson *value = jz_json_get_member (values, field->name);
    jz_typing_set_value (self->typing, field->name, value != NULL ? jz_json_copy (value) : NULL);
  }
}

static void
paper_went (JzPaper *paper, const char *path, JzEditorPage *self)
{
  jz_guide_drawer_set_path (self->guide, path);
}

static gboolean
paper_entered (JzPaper *paper, const char *path, gboolean is_shifted, JzEditorPage *self)
{
  return jz_editor_entered (self, path, is_shifted);
}

static void
paper_clocked (JzPaper *paper, const char *path, JzEditorPage *self)
{
  jz_editor_clocked (self, path);
}

static gboolean
jz_editor_page_grab_focus (GtkWidget *widget)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (widget);
  if (self->is_editable)
    return gtk_widget_grab_focus (GTK_WIDGET (self->paper));
  return gtk_widget_grab_focus (GTK_WIDGET (self->step_button));
}

static void
jz_editor_page_dispose (GObject *object)
{
  JzEditorPage *self = JZ_EDITOR_PAGE (object);
  g_clear_handle_id (&self->fitting, g_source_remove);
  if (self->cancellable != NULL && self->paper != NULL)
    forget (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->other_steps);
  g_clear_pointer (&self->main_step, g_free);
  g_clear_weak_pointer (&self->target);
  g_clear_pointer (&self->carried, jz_carried_free);
  g_clear_pointer (&self->ties, jz_json_unref);
  g_clear_pointer (&self->tying, jz_json_unref);
  g_clear_pointer (&self->faces, jz_faces_unref);
  self->paper = NULL;
  /* Disposing of the template frees the child that AdwBin would take off again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_EDITOR_PAGE);
  G_OBJECT_CLASS (jz_editor_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *klass)
{
  static const struct {
    const char *name;
    GtkWidgetActionActivateFunc activate;
    guint key;
    GdkModifierType state;
  } actions[] = {
    { "editor.fields", toggle_drawer, GDK_KEY_F9, 0 },
    { "editor.checks", toggle_drawer, GDK_KEY_F10, 0 },
    { "editor.find", open_find, GDK_KEY_f, GDK_CONTROL_MASK },
    { "editor.print", act, GDK_KEY_p, GDK_CONTROL_MASK },
    { "editor.save", act, GDK_KEY_s, GDK_CONTROL_MASK },
    { "editor.export", act, 0, 0 },
    { "editor.take-over", act, 0, 0 },
    { "editor.step", act, GDK_KEY_F12, 0 },
    { "editor.versions", show_versions, 0, 0 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++) {
    gtk_widget_class_install_action (klass, actions[i].name, NULL, actions[i].activate);
    if (actions[i].key != 0)
      gtk_widget_class_add_binding_action (klass, actions[i].key, actions[i].state, actions[i].name,
                                           NULL);
  }
  gtk_widget_class_install_action (klass, "editor.step-named", "s", act);
  jz_editor_install_zoom (klass);
  jz_editor_install_tools (klass);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, title);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, badge);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, status);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, view_switch);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, pages_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, continuous_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, checks_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, step_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, notice_button);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, find_bar);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, stack);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields_revealer);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, fields);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, guide_revealer);
  gtk_widget_class_bind_template_child (widget_class, JzEditorPage, guide);
  gtk_widget_class_bind_template_callback (widget_class, on_view_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_guide_went);
  gtk_widget_class_bind_template_callback (widget_class, on_guide_restored);
}

static void
jz_editor_page_class_init (JzEditorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  JzSectionClass *section_class = JZ_SECTION_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_editor_page_dispose;
  widget_class->grab_focus = jz_editor_page_grab_focus;
  widget_class->size_allocate = jz_editor_page_size_allocate;
  section_class->go = jz_editor_page_go;
  section_class->refresh = jz_editor_page_refresh;
  section_class->leave = jz_editor_page_leave;
  g_type_ensure (JZ_TYPE_FIND_BAR);
  g_type_ensure (JZ_TYPE_FIELD_DRAWER);
  g_type_ensure (JZ_TYPE_GUIDE_DRAWER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/editor_page.ui");
  bind_children (widget_class);
  install_actions (widget_class);
}

static void
jz_editor_page_init (JzEditorPage *self)
{
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_editor_add_tools (self);
  self->other_steps = g_menu_new ();
  adw_split_button_set_menu_model (self->step_button, G_MENU_MODEL (self->other_steps));
  self->faces = jz_faces_new ();
  self->paper = JZ_PAPER (jz_paper_new (self->faces));
  /* The page itself scrolls to where the caret is drawn. */
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->paper));
  gtk_scrolled_window_set_child (self->scrolled, viewport);
  jz_paper_set_zoom (self->paper, jz_editor_settings_get_zoom ());
  jz_find_bar_set_paper (self->find_bar, self->paper);
  jz_editor_add_ties (self);
  g_signal_connect (self->paper, "went", G_CALLBACK (paper_went), self);
  g_signal_connect (self->paper, "entered", G_CALLBACK (paper_entered), self);
  g_signal_connect (self->paper, "clocked", G_CALLBACK (paper_clocked), self);
  g_signal_connect (self, "notify::client", G_CALLBACK (client_changed), NULL);
  jz_editor_set_editable (self, FALSE);
}
