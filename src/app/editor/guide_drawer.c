/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/guide_drawer.h"

#include <string.h>

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "app/words.h"
#include "forms/field_path.h"

struct _JzGuideDrawer {
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkLabel *checks_title;
  GtkListBox *checks;
  GtkWidget *field_box;
  GtkLabel *field_name;
  GtkLabel *field_guide;
  GtkWidget *source_title;
  GtkLabel *source;
  GtkWidget *take_button;
  GtkWidget *versions_box;
  GtkListBox *versions;
  JzTyping *typing; /* (nullable) */
  gulong handler;
  gboolean is_editable;
  gboolean is_final;
  char *path;       /* (nullable) */
  JzJson *findings; /* (nullable) */
  JzJson *sources;  /* (nullable) */
  JzJson *listed;   /* (nullable): the versions */
};

enum { WENT, RESTORED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzGuideDrawer, jz_guide_drawer, GTK_TYPE_WIDGET)

static void
clear_list (GtkListBox *list)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row != NULL;
       row = gtk_widget_get_first_child (GTK_WIDGET (list)))
    gtk_list_box_remove (list, row);
}

static GtkWidget *
new_row (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static char *
dup_field_name (JzGuideDrawer *self, const char *path)
{
  JzFieldPath where;
  if (self->typing == NULL || path == NULL ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), path, &where))
    return g_strdup ("");
  return jz_field_path_dup_label (&where);
}

static void
on_check_activated (JzGuideDrawer *self, GtkListBoxRow *row)
{
  const JzJson *finding =
    jz_json_get_item (self->findings, (guint)gtk_list_box_row_get_index (row));
  g_signal_emit (self, signals[WENT], 0, jz_json_get_member_text (finding, "field"));
}

static void
on_version_activated (JzGuideDrawer *self, GtkListBoxRow *row)
{
  const JzJson *version = jz_json_get_item (self->listed, (guint)gtk_list_box_row_get_index (row));
  if (self->is_editable)
    g_signal_emit (self, signals[RESTORED], 0, jz_json_get_member (version, "values"));
}

static const JzJson *
find_source (JzGuideDrawer *self, JzFieldPath *where)
{
  if (self->sources == NULL || self->path == NULL || self->typing == NULL ||
      !jz_field_path_parse (jz_typing_get_form (self->typing), self->path, where))
    return NULL;
  const JzJson *whole = jz_json_get_member (self->sources, where->field->name);
  if (whole == NULL || where->entry > 0)
    return NULL;
  return where->member != NULL ? jz_json_get_member (whole, where->member->name) : whole;
}

static void
on_take (JzGuideDrawer *self)
{
  JzFieldPath where;
  const JzJson *source = find_source (self, &where);
  if (source != NULL)
    jz_typing_set_value (self->typing, self->path, jz_json_copy (source));
}

/* Where a value comes from (ux.md §5): what the case says now, or whoever typed it. */
static void
show_source (JzGuideDrawer *self)
{
  JzFieldPath where;
  const JzJson *source = find_source (self, &where);
  gboolean is_same = FALSE;
  g_autofree char *text = NULL;
  if (source != NULL) {
    const JzJson *value = jz_filling_get_at (jz_typing_get_filling (self->typing), &where);
    g_autofree char *known =
      jz_filling_dup_text (jz_field_path_get_leaf (&where), source, JZ_SHOW_PLAIN);
    is_same = value != NULL && jz_json_equal (value, source);
    text = g_strdup_printf (
      is_same ? _ ("The case says so: %s") : _ ("The case says something else: %s"), known);
  }
  gtk_label_set_label (self->source,
                       text != NULL ? text : _ ("It is typed by hand; the case does not know it."));
  gtk_widget_set_visible (self->take_button, source != NULL && !is_same && self->is_editable);
}

static void
show_field (JzGuideDrawer *self)
{
  JzFieldPath where;
  gboolean has_field = self->path != NULL && self->typing != NULL &&
                       jz_field_path_parse (jz_typing_get_form (self->typing), self->path, &where);
  gtk_widget_set_visible (self->field_box, has_field);
  if (!has_field)
    return;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  const GPtrArray *prompts = leaf->prompts->len > 0 ? leaf->prompts : where.field->prompts;
  g_autofree char *name = jz_field_path_dup_label (&where);
  GString *guide = g_string_new (NULL);
  for (guint i = 0; i < prompts->len; i++)
    g_string_append_printf (guide, "%s%s", guide->len > 0 ? "\n" : "",
                            ((const JzWords *)g_ptr_array_index (prompts, i))->zh);
  for (guint i = 0; i < leaf->avoided->len; i++) {
    g_autofree char *avoid = g_strdup_printf (_ ("Do not write “%s” here."),
                                              (const char *)g_ptr_array_index (leaf->avoided, i));
    g_string_append_printf (guide, "%s%s", guide->len > 0 ? "\n" : "", avoid);
  }
  gtk_label_set_label (self->field_name, name);
  gtk_label_set_label (self->field_guide, guide->str);
  gtk_widget_set_visible (GTK_WIDGET (self->field_guide), guide->len > 0);
  g_string_free (guide, TRUE);
  show_source (self);
}

static void
changed (JzTyping *typing, const char *path, JzGuideDrawer *self)
{
  if (path == NULL || g_strcmp0 (path, self->path) == 0)
    show_field (self);
}

static void
jz_guide_drawer_dispose (GObject *object)
{
  JzGuideDrawer *self = JZ_GUIDE_DRAWER (object);
  GtkWidget *content;
  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_clear_object (&self->typing);
  gtk_widget_dispose_template (GTK_WIDGET (self), JZ_TYPE_GUIDE_DRAWER);
  /* The only child is not bound, so the template leaves it. */
  content = gtk_widget_get_first_child (GTK_WIDGET (self));
  g_clear_pointer (&content, gtk_widget_unparent);
  G_OBJECT_CLASS (jz_guide_drawer_parent_class)->dispose (object);
}

static void
jz_guide_drawer_finalize (GObject *object)
{
  JzGuideDrawer *self = JZ_GUIDE_DRAWER (object);
  g_free (self->path);
  g_clear_pointer (&self->findings, jz_json_unref);
  g_clear_pointer (&self->sources, jz_json_unref);
  g_clear_pointer (&self->listed, jz_json_unref);
  G_OBJECT_CLASS (jz_guide_drawer_parent_class)->finalize (object);
}

static void
jz_guide_drawer_class_init (JzGuideDrawerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = jz_guide_drawer_dispose;
  G_OBJECT_CLASS (klass)->finalize = jz_guide_drawer_finalize;
  signals[WENT] = g_signal_new ("went", JZ_TYPE_GUIDE_DRAWER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[RESTORED] = g_signal_new ("restored", JZ_TYPE_GUIDE_DRAWER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/juanzong/app/guide_drawer.ui");
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, scrolled);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, checks_title);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, checks);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, field_box);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, field_name);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, field_guide);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, source_title);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, source);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, take_button);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, versions_box);
  gtk_widget_class_bind_template_child (widget_class, JzGuideDrawer, versions);
  gtk_widget_class_bind_template_callback (widget_class, on_check_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_version_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
}

static void
jz_guide_drawer_init (JzGuideDrawer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jz_guide_drawer_set_findings (self, NULL);
}

/**
 * jz_guide_drawer_set_typing:
 * @self: a drawer
 * @typing: (nullable): the document
 * @is_editable: whether it can be changed
 */
void
jz_guide_drawer_set_typing (JzGuideDrawer *self, JzTyping *typing, gboolean is_editable)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  if (self->typing != NULL)
    g_clear_signal_handler (&self->handler, self->typing);
  g_set_object (&self->typing, typing);
  if (typing != NULL)
    self->handler = g_signal_connect (typing, "changed", G_CALLBACK (changed), self);
  self->is_editable = is_editable;
  show_field (self);
}

/**
 * jz_guide_drawer_set_final:
 * @self: a drawer
 * @is_final: whether nothing can be missing any more
 */
void
jz_guide_drawer_set_final (JzGuideDrawer *self, gboolean is_final)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  self->is_final = is_final;
  if (is_final)
    jz_guide_drawer_set_findings (self, NULL);
}

/**
 * jz_guide_drawer_set_findings:
 * @self: a drawer
 * @findings: (nullable): as jz_document_check_draft_values() finds them
 */
void
jz_guide_drawer_set_findings (JzGuideDrawer *self, const JzJson *findings)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  guint n = findings != NULL ? jz_json_get_n_items (findings) : 0;
  g_clear_pointer (&self->findings, jz_json_unref);
  self->findings = findings != NULL ? jz_json_ref (findings) : NULL;
  clear_list (self->checks);
  for (guint i = 0; i < n; i++) {
    const JzJson *finding = jz_json_get_item (findings, i);
    gboolean is_error = g_strcmp0 (jz_json_get_member_text (finding, "level"), "error") == 0;
    g_autofree char *name = dup_field_name (self, jz_json_get_member_text (finding, "field"));
    GtkWidget *row = new_row (jz_json_get_member_text (finding, "sentence"), name);
    GtkWidget *icon =
      gtk_image_new_from_icon_name (is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
    if (is_error)
      gtk_widget_add_css_class (icon, "has-errors");
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    gtk_list_box_append (self->checks, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->checks), n > 0);
  /* Nothing is claimed before anything was looked at. */
  const char *title = self->is_final     ? _ ("The document is final; it is only read.")
                      : n > 0            ? _ ("Checks")
                      : findings != NULL ? _ ("Nothing is missing as far as can be seen")
                                         : "";
  gtk_label_set_label (self->checks_title, title);
}

/**
 * jz_guide_drawer_set_sources:
 * @self: a drawer
 * @sources: (nullable): as jz_document_find_sources() finds them
 */
void
jz_guide_drawer_set_sources (JzGuideDrawer *self, const JzJson *sources)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  g_clear_pointer (&self->sources, jz_json_unref);
  self->sources = sources != NULL ? jz_json_ref (sources) : NULL;
  show_field (self);
}

static char *
dup_act (const char *act)
{
  if (strcmp (act, "document.draft") == 0)
    return g_strdup (_ ("begun"));
  if (strcmp (act, "document.revise") == 0)
    return g_strdup (_ ("saved"));
  return g_strdup (_ ("made final"));
}

/**
 * jz_guide_drawer_set_versions:
 * @self: a drawer
 * @versions: (nullable): as jz_document_list_versions() lists them; %NULL hides them
 */
void
jz_guide_drawer_set_versions (JzGuideDrawer *self, const JzJson *versions)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  g_clear_pointer (&self->listed, jz_json_unref);
  self->listed = versions != NULL ? jz_json_ref (versions) : NULL;
  clear_list (self->versions);
  for (guint i = 0; versions != NULL && i < jz_json_get_n_items (versions); i++) {
    const JzJson *version = jz_json_get_item (versions, i);
    g_autofree char *moment = jz_words_dup_moment (jz_json_get_member_text (version, "time"));
    g_autofree char *act = dup_act (jz_json_get_member_text (version, "act"));
    g_autofree char *who =
      g_strdup_printf ("%s　%s", jz_json_get_member_text (version, "person"), act);
    gtk_list_box_append (self->versions, new_row (moment, who));
  }
  gtk_widget_set_visible (self->versions_box, versions != NULL);
}

/**
 * jz_guide_drawer_set_path:
 * @self: a drawer
 * @path: (nullable): the field that is edited
 */
void
jz_guide_drawer_set_path (JzGuideDrawer *self, const char *path)
{
  g_return_if_fail (JZ_IS_GUIDE_DRAWER (self));

  char *copy = g_strdup (path);
  g_free (self->path);
  self->path = copy;
  show_field (self);
}
