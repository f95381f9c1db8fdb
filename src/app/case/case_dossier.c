/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/case/case_arrange.h"
#include "app/case/case_print.h"
#include "app/case/case_tabs.h"
#include "app/refusal_place.h"
#include "app/words.h"

/* The dossier: what it lacks; its two volumes in their order with the pages as they stand on the
 * paper; binding it, and writing out what of it goes to whom (ux.md §4, 卷宗). */

#define MAIN 1
#define SECONDARY 2

/* What a row is dropped on to stand at the end of a volume. */
static const char *const ends[] = { [MAIN] = "main", [SECONDARY] = "secondary" };

struct _JzCaseDossier {
  JzCaseTab parent_instance;

  char *focused; /* the document that was moved last, or had the focus in what was shown before */
  gboolean was_moved;
  gboolean shows_gaps;
};

G_DEFINE_FINAL_TYPE (JzCaseDossier, jz_case_dossier, JZ_TYPE_CASE_TAB)

static const JzJson *
get_volumes (JzCaseDossier *self)
{
  const JzJson *sheet = jz_case_tab_get_sheet (JZ_CASE_TAB (self));
  return jz_json_get_member (jz_json_get_member (sheet, "dossier"), "volumes");
}

static JzJson *
list_ids (JzCaseDossier *self, guint volume)
{
  const JzJson *rows =
    jz_json_get_member (jz_json_get_item (get_volumes (self), volume - 1), "rows");
  JzJson *ids = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (rows); i++)
    jz_json_append (ids, jz_json_new_text (jz_json_read_text (jz_json_get_item (rows, i), "id")));
  return ids;
}

static gboolean
has_id (const JzJson *ids, const char *id)
{
  for (guint i = 0; i < jz_json_get_n_items (ids); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (ids, i)), id) == 0)
      return TRUE;
  return FALSE;
}

static JzJson *
leave_out (const JzJson *ids, const char *left)
{
  JzJson *list = jz_json_new_array ();

  for (guint i = 0; i < jz_json_get_n_items (ids); i++)
    if (strcmp (jz_json_get_text (jz_json_get_item (ids, i)), left) != 0)
      jz_json_append (list, jz_json_ref (jz_json_get_item (ids, i)));
  return list;
}

static void
on_arranged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseDossier) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
}

/* Into the volume where it was dropped, in the place of the document it was dropped on. */
static void
place (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseDossier *self = JZ_CASE_DOSSIER (widget);
  JzJson *args = jz_json_new_object ();
  const char *moved = NULL;
  const char *at = NULL;

  g_variant_get (parameter, "(&s&s)", &moved, &at);
  g_free (self->focused);
  self->focused = g_strdup (moved);
  self->was_moved = TRUE;
  for (guint volume = MAIN; volume <= SECONDARY; volume++) {
    g_autoptr (JzJson) ids = list_ids (self, volume);
    gboolean is_there = strcmp (at, ends[volume]) == 0 || has_id (ids, at);
    jz_json_set_member (args, ends[volume],
                        is_there ? jz_case_move (ids, moved, at) : leave_out (ids, moved));
  }
  jz_json_set_text (args, "case", jz_case_tab_get_case (JZ_CASE_TAB (self)));
  jz_office_client_act_async (jz_case_tab_get_client (JZ_CASE_TAB (self)), "dossier.arrange", args,
                              NULL, on_arranged, g_object_ref (self));
}

static void
add_gap (GtkWidget *group, const JzJson *gap)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *text = jz_case_new_label (jz_json_read_text (gap, "sentence"), NULL);

  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (line), text);
  gtk_box_append (GTK_BOX (line),
                  jz_case_new_go_button (_ ("Go There"), jz_json_read_text (gap, "place")));
  jz_case_new_row (group, line);
}

static void
on_unfolded (GtkExpander *expander, GParamSpec *property, JzCaseDossier *self)
{
  self->shows_gaps = gtk_expander_get_expanded (expander);
}

/* Folded: the volumes are what the page is for. */
static void
add_gaps (JzCaseDossier *self, GtkBox *box, const JzJson *gaps)
{
  guint n_gaps = jz_json_get_n_items (gaps);
  g_autofree char *label =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Check of the dossier: %u thing is missing",
                                  "Check of the dossier: %u things are missing", n_gaps),
                     n_gaps);
  GtkWidget *expander;
  GtkWidget *inside;
  GtkWidget *group;

  if (n_gaps == 0) {
    gtk_box_append (box, jz_case_new_label (_ ("Nothing is missing in the dossier."), "success"));
    return;
  }
  expander = gtk_expander_new (label);
  inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  group = jz_case_new_group (GTK_BOX (inside), NULL);
  gtk_widget_set_margin_top (inside, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (group), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 0; i < n_gaps; i++)
    add_gap (group, jz_json_get_item (gaps, i));
  gtk_expander_set_child (GTK_EXPANDER (expander), inside);
  gtk_expander_set_expanded (GTK_EXPANDER (expander), self->shows_gaps);
  g_signal_connect (expander, "notify::expanded", G_CALLBACK (on_unfolded), self);
  gtk_box_append (box, expander);
}

/* By keys and by pointer alike: into the other volume. */
static GtkWidget *
new_other_button (const JzJson *row, guint volume)
{
  gboolean is_main = volume == MAIN;
  const char *label = is_main ? _ ("Move to the secondary volume") : _ ("Move to the main volume");
  g_autofree char *name =
    g_strdup_printf (_ ("%1$s: %2$s"), label, jz_json_read_text (row, "title"));
  GtkWidget *button =
    gtk_button_new_from_icon_name (is_main ? "go-next-symbolic" : "go-previous-symbolic");

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", jz_json_read_text (row, "id"),
                                    ends[is_main ? SECONDARY : MAIN]);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "dossier.place");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

static GtkWidget *
new_texts (const JzJson *row)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *day = jz_words_dup_day (jz_json_read_text (row, "date"));
  const char *number = jz_json_read_text (row, "number");
  g_autofree char *below =
    number[0] != '\0' ? g_strdup_printf ("%s　%s", number, day) : g_strdup (day);

  gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (row, "title"), NULL));
  gtk_box_append (GTK_BOX (texts), jz_case_new_label (below, "dim-label"));
  gtk_widget_set_hexpand (texts, TRUE);
  return texts;
}

static void
add_document (JzCaseDossier *self, GtkWidget *group, const JzJson *row, guint volume, gboolean may)
{
  const char *id = jz_json_read_text (row, "id");
  const char *title = jz_json_read_text (row, "title");
  g_autofree char *page =
    g_strdup_printf (_ ("p. %lld"), (long long)jz_json_get_member_integer (row, "page", 1));
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *number = gtk_label_new (page);
  GtkWidget *shown;

  gtk_box_append (GTK_BOX (line), new_texts (row));
  gtk_widget_add_css_class (number, "numeric");
  gtk_box_append (GTK_BOX (line), number);
  if (may) {
    gtk_box_append (GTK_BOX (line), jz_case_new_movers (title));
    if (!jz_json_get_member_boolean (row, "fixed", FALSE))
      gtk_box_append (GTK_BOX (line), new_other_button (row, volume));
  }
  shown = jz_case_new_row (group, line);
  if (may)
    jz_case_make_movable (shown, id, title, "dossier.place");
  if (g_strcmp0 (self->focused, id) == 0)
    gtk_widget_grab_focus (shown);
}

static void
add_volume (JzCaseDossier *self, GtkWidget *columns, const JzJson *volume, gboolean may)
{
  const JzJson *rows = jz_json_get_member (volume, "rows");
  guint number = (guint)jz_json_get_member_integer (volume, "volume", MAIN);
  guint n_rows = jz_json_get_n_items (rows);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Translators: what a volume is called, how many documents and how many pages it has. */
  g_autofree char *heading = g_strdup_printf (
    _ ("%1$s (documents: %2$u, pages: %3$lld)"),
    number == MAIN ? _ ("Main volume") : _ ("Secondary volume, stays in the bureau"), n_rows,
    (long long)jz_json_get_member_integer (volume, "pages", 0));
  GtkWidget *group = jz_case_new_group (GTK_BOX (column), heading);

  gtk_box_append (GTK_BOX (columns), column);
  for (guint i = 0; i < n_rows; i++)
    add_document (self, group, jz_json_get_item (rows, i), number, may);
  if (n_rows == 0)
    jz_case_new_row (group, jz_case_new_label (_ ("No document yet"), "dim-label"));
  if (may)
    jz_case_take_moved (column, ends[number], "dossier.place");
}

static void
add_volumes (JzCaseDossier *self, GtkBox *box, const JzJson *volumes, gboolean may)
{
  GtkWidget *columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
  gtk_box_append (box, columns);
  for (guint i = 0; i < jz_json_get_n_items (volumes); i++)
    add_volume (self, columns, jz_json_get_item (volumes, i), may);
}

static void
save (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseTab *tab = JZ_CASE_TAB (widget);

  jz_case_save_dossier (widget, jz_case_tab_get_client (tab), jz_case_tab_get_case (tab),
                        g_variant_get_string (parameter, NULL));
}

/* What was given out with an approval is frozen first, and written as it was frozen. */
static void
on_given (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (JzCaseDossier) self = data;
  g_autoptr (JzActOutcome) outcome = jz_finish_act (GTK_WIDGET (self), result);
  g_autofree char *id = outcome != NULL && outcome->records->len > 0
                          ? jz_journal_record_dup_made (g_ptr_array_index (outcome->records, 0))
                          : NULL;

  if (id != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    jz_case_save_given (GTK_WIDGET (self), JZ_OFFICE_CLIENT (source),
                        jz_case_tab_get_case (JZ_CASE_TAB (self)), id, FALSE);
}

/* By which approval, and for what. */
static void
give (GtkWidget *widget, const char *action, GVariant *parameter)
{
  JzCaseTab *tab = JZ_CASE_TAB (widget);
  JzJson *args = jz_json_new_object ();
  const char *opening = NULL;
  const char *use = NULL;

  g_variant_get (parameter, "(&s&s)", &opening, &use);
  jz_json_set_text (args, "case", jz_case_tab_get_case (tab));
  jz_json_set_text (args, "use", use);
  jz_json_set_text (args, "opening", opening);
  jz_office_client_act_async (jz_case_tab_get_client (tab), "dossier.give", args, NULL, on_given,
                              g_object_ref (JZ_CASE_DOSSIER (widget)));
}

static void
append_use (GMenu *menu, const char *label, const char *use)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "dossier.save", "s", use);
  g_menu_append_item (menu, item);
}

/* An approval for a court or for reconsideration holds for one use; that for the party is used
 * where the party is shown the dossier. */
static GMenuModel *
new_opened (const JzJson *openings)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < jz_json_get_n_items (openings); i++) {
    const JzJson *opening = jz_json_get_item (openings, i);
    const char *use = jz_json_read_text (opening, "use");
    gboolean is_court = strcmp (use, "court") == 0;
    g_autoptr (GMenuItem) item = NULL;
    if (!is_court && strcmp (use, "reconsideration") != 0)
      continue;
    item = g_menu_item_new (is_court ? _ ("For the court, with what was approved")
                                     : _ ("For reconsideration, with what was approved"),
                            NULL);
    g_menu_item_set_action_and_target (item, "dossier.give", "(ss)",
                                       jz_json_read_text (opening, "id"), use);
    g_menu_append_item (menu, item);
  }
  return G_MENU_MODEL (menu);
}

static void
append_place (GMenu *menu, const char *label, const char *case_id, const char *rest)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *place = g_strdup_printf ("cases/%s/%s", case_id, rest);

  g_menu_item_set_action_and_target (item, "win.go", "s", place);
  g_menu_append_item (menu, item);
}

static GtkWidget *
new_export_button (JzCaseTab *tab, const JzJson *dossier)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) whole = g_menu_new ();
  g_autoptr (GMenu) main_volume = g_menu_new ();
  g_autoptr (GMenu) party = g_menu_new ();
  g_autoptr (GMenuModel) opened = new_opened (jz_json_get_member (dossier, "openings"));
  const char *case_id = jz_case_tab_get_case (tab);
  GtkWidget *button = gtk_menu_button_new ();

  append_use (whole, _ ("For the archive"), "archive");
  append_use (whole, _ ("For evaluation"), "evaluation");
  append_use (main_volume, _ ("For administrative reconsideration"), "reconsideration");
  append_use (main_volume, _ ("For the court"), "court");
  append_place (party, _ ("For the party who reads it…"), case_id, "party");
  g_menu_append_section (menu, _ ("Both volumes and the record"), G_MENU_MODEL (whole));
  g_menu_append_section (menu, _ ("Main volume only"), G_MENU_MODEL (main_volume));
  g_menu_append_section (menu, _ ("Without what is of others"), G_MENU_MODEL (party));
  if (g_menu_model_get_n_items (opened) > 0)
    g_menu_append_section (menu, _ ("With the secondary volume, as approved"), opened);
  if (jz_office_client_has_role (jz_case_tab_get_client (tab), "handler|archivist|clerk")) {
    g_autoptr (GMenu) ask = g_menu_new ();
    append_place (ask, _ ("Ask to Give Out the Secondary Volume…"), case_id,
                  "do/dossier.open_secondary");
    g_menu_append_section (menu, NULL, G_MENU_MODEL (ask));
  }
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), C_ ("dossier", "Export"));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  return button;
}

static void
add_tools (JzCaseTab *tab, GtkBox *box, const JzJson *dossier, const char *stage, gboolean may)
{
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (line), new_export_button (tab, dossier));
  if (may)
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Bind…"), "dossier.bind", NULL));
  if (strcmp (stage, "open") == 0 && jz_office_client_has_role (client, "handler|section_head"))
    gtk_box_append (GTK_BOX (line),
                    jz_case_new_act_button (_ ("Close the Case…"), "case.close", NULL));
  if (strcmp (stage, "closed") == 0 && jz_office_client_has_role (client, "archivist|handler"))
    gtk_box_append (GTK_BOX (line), jz_case_new_act_button (_ ("Archive…"), "case.archive", NULL));
  gtk_box_append (box, line);
}

/* Whether it was bound as it stands now. */
static gboolean
is_bound_so (const JzJson *index, const JzJson *volumes, const JzJson *secrets)
{
  for (guint i = 0; i < jz_json_get_n_items (volumes); i++) {
    const JzJson *bound = i == 0 ? index : jz_json_get_member (index, "secondary");
    const JzJson *was = bound != NULL ? jz_json_get_member (bound, "rows") : NULL;
    const JzJson *is = jz_json_get_member (jz_json_get_item (volumes, i), "rows");
    guint n_was = was != NULL ? jz_json_get_n_items (was) : 0;
    guint n_is = jz_json_get_n_items (is);
    if (n_was != n_is + (i == 0 ? jz_json_get_n_items (secrets) : 0))
      return FALSE;
    for (guint j = 0; j < n_was; j++) {
      const JzJson *first = jz_json_get_item (was, j);
      const JzJson *second =
        j < n_is ? jz_json_get_item (is, j) : jz_json_get_item (secrets, j - n_is);
      if (strcmp (jz_json_read_text (first, "title"), jz_json_read_text (second, "title")) != 0 ||
          strcmp (jz_json_read_text (first, "number"), jz_json_read_text (second, "number")) != 0)
        return FALSE;
    }
  }
  return TRUE;
}

/* What the index names and the dossier does not hold. */
static void
add_secrets (GtkBox *box, const JzJson *secrets)
{
  GtkWidget *group;

  if (jz_json_get_n_items (secrets) == 0)
    return;
  group = jz_case_new_group (box, _ ("State secrets that are kept elsewhere"));
  for (guint i = 0; i < jz_json_get_n_items (secrets); i++) {
    const JzJson *secret = jz_json_get_item (secrets, i);
    GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
    g_autofree char *kept = g_strdup_printf (_ ("%1$s; %2$s"), jz_json_read_text (secret, "author"),
                                             jz_json_read_text (secret, "note"));
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (jz_json_read_text (secret, "title"), NULL));
    gtk_box_append (GTK_BOX (texts), jz_case_new_label (kept, "dim-label"));
    jz_case_new_row (group, texts);
  }
}

static void
jz_case_dossier_show (JzCaseTab *tab, const JzJson *sheet)
{
  JzCaseDossier *self = JZ_CASE_DOSSIER (tab);
  const JzJson *dossier = jz_json_get_member (sheet, "dossier");
  const JzJson *volumes = jz_json_get_member (dossier, "volumes");
  const JzJson *index = jz_json_get_member (dossier, "index");
  const char *stage = jz_json_read_text (jz_json_get_member (sheet, "case"), "stage");
  JzOfficeClient *client = jz_case_tab_get_client (tab);
  gboolean may = strcmp (stage, "archived") != 0 &&
                 jz_office_client_has_role (client, "handler|archivist|clerk");
  GtkBox *box;

  if (!self->was_moved) {
    g_free (self->focused);
    self->focused = jz_case_dup_focused (GTK_WIDGET (self));
  }
  box = jz_case_tab_clear (tab);
  add_tools (tab, box, dossier, stage, may);
  if (index == NULL)
    gtk_box_append (box, jz_case_new_label (_ ("The dossier was not bound yet."), "dim-label"));
  else if (is_bound_so (index, volumes, jz_json_get_member (dossier, "secrets")))
    gtk_box_append (box,
                    jz_case_new_label (_ ("The dossier is bound as it stands here."), "success"));
  else
    gtk_box_append (
      box, jz_case_new_label (_ ("The dossier was changed since it was bound; bind it once more."),
                              "warning"));
  add_gaps (self, box, jz_json_get_member (dossier, "gaps"));
  add_volumes (self, box, volumes, may);
  add_secrets (box, jz_json_get_member (dossier, "secrets"));
  self->was_moved = FALSE;
}

static void
jz_case_dossier_finalize (GObject *object)
{
  g_free (JZ_CASE_DOSSIER (object)->focused);
  G_OBJECT_CLASS (jz_case_dossier_parent_class)->finalize (object);
}

static void
jz_case_dossier_class_init (JzCaseDossierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_case_dossier_finalize;
  JZ_CASE_TAB_CLASS (klass)->show = jz_case_dossier_show;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "dossier.save", "s", save);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "dossier.give", "(ss)", give);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "dossier.place", "(ss)", place);
}

static void
jz_case_dossier_init (JzCaseDossier *self)
{
}
