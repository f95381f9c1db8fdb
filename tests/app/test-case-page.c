/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "acts.h"
#include "app/act_field.h"
#include "app/act_form.h"
#include "app/case/case_page.h"
#include "app/case/case_tabs.h"
#include "office/cases.h"

/* The page of a case and the form of an act, on a copy of the invented office: every tab shows
 * something, a note is written without leaving the page, and what cannot be read is said at the
 * field and not sent. */

#define PATIENCE_US (60 * G_USEC_PER_SEC)

typedef struct {
  char *folder;
  JzOfficeClient *client;
  char *case_id;
  GtkWidget *window;
  JzSection *page;
} Fixture;

static void
wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  while (!condition (data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end);
    g_main_context_iteration (NULL, FALSE);
  }
}

static gboolean
is_set (gpointer data)
{
  return *(gpointer *)data != NULL;
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(JzOfficeClient **)data = jz_office_client_open_finish (result, &error);
  g_assert_no_error (error);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_assert_no_error (error);
  *(gpointer *)data = source;
}

static gpointer
read_cases (JzOffice *office,
            JzConnection *reader,
            gpointer data,
            GCancellable *cancellable,
            GError **error)
{
  return jz_cases_list (reader, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  *(JzJson **)data = jz_office_client_read_finish (JZ_OFFICE_CLIENT (source), result, NULL);
}

/* The last that is open and was not taken over: it has come some way. */
static char *
find_case (JzOfficeClient *client)
{
  g_autoptr (JzJson) cases = NULL;
  const char *found = NULL;

  jz_office_client_read_async (client, read_cases, NULL, NULL, NULL, NULL, on_read, &cases);
  wait_until (is_set, &cases);
  for (guint i = 0; i < jz_json_get_n_items (cases); i++) {
    const JzJson *row = jz_json_get_item (cases, i);
    gboolean is_better = found == NULL || jz_json_get_member (row, "before") == NULL;
    if (strcmp (jz_json_get_member_text (row, "stage"), "open") == 0 && is_better)
      found = jz_json_get_member_text (row, "id");
  }
  g_assert_nonnull (found);
  return g_strdup (found);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  g_assert_no_error (error);
  g_assert_null (outcome->refusal);
  *(gpointer *)data = source;
}

static void
sign_in (JzOfficeClient *client, const char *user)
{
  gpointer signed_in = NULL;

  jz_office_client_sign_in_async (client, user, "demo", NULL, on_signed_in, &signed_in);
  wait_until (is_set, &signed_in);
}

/* The copy is where it was not before. */
static void
settle_here (JzOfficeClient *client)
{
  JzJson *args = jz_json_new_object ();
  gpointer done = NULL;

  sign_in (client, "wang");
  jz_json_set_text (args, "reason", "测试");
  jz_office_client_act_async (client, "store.moved", args, NULL, on_done, &done);
  wait_until (is_set, &done);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;

  fixture->folder = g_dir_make_tmp ("juanzong-page-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->folder, "store", NULL);
  command = g_strdup_printf ("cp -a '%s' '%s'", g_getenv ("JZ_DEMO"), path);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  jz_office_client_open_async (path, NULL, on_opened, &fixture->client);
  wait_until (is_set, &fixture->client);
  settle_here (fixture->client);
  sign_in (fixture->client, data);
  fixture->case_id = find_case (fixture->client);
  fixture->page = g_object_new (JZ_TYPE_CASE_PAGE, "client", fixture->client, NULL);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1160, 680);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->page));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", fixture->folder);

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (fixture->client);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  g_free (fixture->case_id);
  g_free (fixture->folder);
}

static GtkWidget *
find (GtkWidget *widget, GType type, const char *text)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (text == NULL ||
       (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_number (gpointer data)
{
  Fixture *fixture = data;
  GtkWidget *notebook = find (GTK_WIDGET (fixture->page), GTK_TYPE_NOTEBOOK, NULL);

  return notebook != NULL && gtk_widget_get_mapped (notebook);
}

static void
go (Fixture *fixture, const char *tab)
{
  const char *const path[] = { fixture->case_id, tab, NULL };

  jz_section_go (fixture->page, path);
  wait_until (has_number, fixture);
}

static void
test_tabs (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *tab;
    GType (*get_type) (void);
  } tabs[] = {
    { "overview", jz_case_overview_get_type }, { "documents", jz_case_papers_get_type },
    { "evidence", jz_case_evidence_get_type }, { "limits", jz_case_limits_get_type },
    { "review", jz_case_review_get_type },     { "dossier", jz_case_dossier_get_type },
    { "record", jz_case_record_get_type },
  };

  go (fixture, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tabs); i++) {
    GtkWidget *tab;
    go (fixture, tabs[i].tab);
    tab = find (GTK_WIDGET (fixture->page), tabs[i].get_type (), NULL);
    g_test_message ("%s", tabs[i].tab);
    g_assert_nonnull (tab);
    g_assert_true (gtk_widget_get_mapped (tab));
    g_assert_nonnull (find (tab, GTK_TYPE_LABEL, NULL));
  }
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "case.next-tab", NULL);
  g_assert_true (
    gtk_widget_get_mapped (find (GTK_WIDGET (fixture->page), jz_case_overview_get_type (), NULL)));
}

/* The form that is shown; others may be kept behind it. */
static GtkWidget *
find_form (Fixture *fixture)
{
  GtkWidget *form = find (GTK_WIDGET (fixture->page), JZ_TYPE_ACT_FORM, NULL);

  while (form != NULL && !(JZ_IS_ACT_FORM (form) && gtk_widget_get_child_visible (form)))
    form = gtk_widget_get_next_sibling (form);
  return form;
}

static gboolean
has_form (gpointer data)
{
  GtkWidget *form = find_form (data);
  return form != NULL && find (form, JZ_TYPE_ACT_FIELD, NULL) != NULL;
}

static gboolean
has_no_form (gpointer data)
{
  return find_form (data) == NULL;
}

static gboolean
has_note (gpointer data)
{
  Fixture *fixture = data;
  return find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "窗口测试记的一笔") != NULL;
}

static JzActField *
find_field (GtkWidget *widget, const char *name)
{
  if (JZ_IS_ACT_FIELD (widget) && strcmp (jz_act_field_get_name (JZ_ACT_FIELD (widget)), name) == 0)
    return JZ_ACT_FIELD (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    JzActField *found = find_field (child, name);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_note (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form;
  GtkWidget *view;
  JzActField *day;
  g_autoptr (JzJson) value = NULL;

  go (fixture, NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "case.do", "(ss)", "case.note", "{}");
  wait_until (has_form, fixture);
  form = find_form (fixture);
  g_assert_cmpstr (jz_act_form_get_act (JZ_ACT_FORM (form)), ==, "case.note");
  g_assert_false (jz_act_form_is_touched (JZ_ACT_FORM (form)));
  /* Nothing was written: it is said at the field, and nothing is sent. */
  gtk_widget_activate_action (form, "form.do", NULL);
  g_assert_nonnull (find (form, GTK_TYPE_LABEL, "This is needed"));
  view = find (form, GTK_TYPE_TEXT_VIEW, NULL);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), "窗口测试记的一笔",
                            -1);
  g_assert_true (jz_act_form_is_touched (JZ_ACT_FORM (form)));
  day = find_field (form, "happened");
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (day), GTK_TYPE_ENTRY, NULL)), "1350");
  g_assert_false (jz_act_field_read (day, &value));
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (day), GTK_TYPE_ENTRY, NULL)), "-1");
  g_assert_true (jz_act_field_read (day, &value));
  g_assert_cmpint (strlen (jz_json_get_text (value)), ==, 10);
  gtk_widget_activate_action (form, "form.do", NULL);
  wait_until (has_no_form, fixture);
  go (fixture, "overview");
  wait_until (has_note, fixture);
}

static GtkTextBuffer *
find_text (Fixture *fixture)
{
  GtkWidget *form = find_form (fixture);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (find (form, GTK_TYPE_TEXT_VIEW, NULL)));
}

static void
begin_note (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "case.do", "(ss)", "case.note", "{}");
  wait_until (has_form, fixture);
}

static void
assert_can_be_pressed (Fixture *fixture)
{
  GtkWidget *form = find_form (fixture);

  g_assert_true (gtk_widget_is_sensitive (find (form, GTK_TYPE_LABEL, "Cancel")));
}

/* What was typed into a form is there again after another tab, and after the same act was asked for
 * once more; it goes when it is thrown away. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  go (fixture, NULL);
  begin_note (fixture);
  go (fixture, "evidence");
  wait_until (has_no_form, fixture);
  g_assert_null (find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "Go On"));
  begin_note (fixture);
  gtk_text_buffer_set_text (find_text (fixture), "写了一半", -1);
  go (fixture, "documents");
  wait_until (has_no_form, fixture);
  g_assert_nonnull (find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "Go On"));
  begin_note (fixture);
  g_object_get (find_text (fixture), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "写了一半");
  assert_can_be_pressed (fixture);
  go (fixture, "limits");
  wait_until (has_no_form, fixture);
  gtk_widget_activate_action (find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "Throw Away"),
                              "case.throw-away", "u", 2);
  g_assert_null (find (GTK_WIDGET (fixture->page), GTK_TYPE_LABEL, "Go On"));
  begin_note (fixture);
  g_clear_pointer (&text, g_free);
  g_object_get (find_text (fixture), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "");
}

/* Amounts are written in yuan and sent in fen; records are rows. */
static void
test_fields (Fixture *fixture, gconstpointer data)
{
  GtkWidget *form;
  JzActField *fine;
  JzActField *kinds;
  g_autoptr (JzJson) amount = NULL;
  g_autoptr (JzJson) rows = NULL;

  go (fixture, NULL);
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "case.do", "(ss)", "decision.draft",
                              "{}");
  wait_until (has_form, fixture);
  form = find_form (fixture);
  fine = find_field (form, "decision.fine");
  gtk_editable_set_text (GTK_EDITABLE (find (GTK_WIDGET (fine), GTK_TYPE_ENTRY, NULL)), "3.6万元");
  g_assert_true (jz_act_field_read (fine, &amount));
  g_assert_cmpint (jz_json_get_integer (amount), ==, 3600000);
  g_assert_nonnull (find (GTK_WIDGET (fine), GTK_TYPE_LABEL, "叁万陆仟元整"));
  kinds = find_field (form, "decision.kinds");
  g_assert_true (jz_act_field_read (kinds, &rows) || rows == NULL);
  gtk_widget_activate_action (form, "form.cancel", NULL);
  wait_until (has_no_form, fixture);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  jz_acts_connect ();
  g_test_add ("/app/case-page/tabs", Fixture, "sun", set_up, test_tabs, tear_down);
  g_test_add ("/app/case-page/note", Fixture, "sun", set_up, test_note, tear_down);
  g_test_add ("/app/case-page/kept", Fixture, "sun", set_up, test_kept, tear_down);
  g_test_add ("/app/case-page/fields", Fixture, "sun", set_up, test_fields, tear_down);
  return g_test_run ();
}
