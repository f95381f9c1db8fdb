/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../pages/pages-fixture.h"

#include <gtk/gtk.h>

#include "app/editor/paper.h"

/* The page widget in a window: its lines are those of the PDF, its caret is where the input method
 * thinks it is, and what is typed is in the document. */

#define PATIENCE_US (30 * G_USEC_PER_SEC)

typedef struct {
  JzForm *form;
  JzFaces *faces;
  JzTyping *typing;
  JzPaper *paper;
  GtkWidget *window;
} Fixture;

static void
settle (guint n_ms)
{
  gint64 end = g_get_monotonic_time () + n_ms * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static void
open_form (Fixture *self, const char *id)
{
  self->form = fixture_load_form (id);
  g_autoptr (JzFilling) filling = fixture_load_typical (self->form);
  g_autoptr (JzJson) draft = jz_json_new_object ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  jz_json_set_member (draft, "values", jz_json_copy (jz_filling_get_values (filling)));
  self->faces = fixture_new_faces ();
  self->typing = jz_typing_new (self->form, (JzDate){ 2026, 11, 21 });
  g_assert_true (jz_typing_load (self->typing, draft, NULL));
  self->paper = JZ_PAPER (jz_paper_new (self->faces));
  jz_paper_set_typing (self->paper, self->typing);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (self->paper));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), scrolled);
  gtk_window_present (GTK_WINDOW (self->window));
  settle (120);
}

static void
close_form (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->typing);
  jz_faces_unref (self->faces);
  jz_form_unref (self->form);
}

static void
assert_as_printed (Fixture *self)
{
  const JzPageOptions options = { .written = jz_typing_get_written (self->typing) };
  g_autoptr (JzPages) printed =
    jz_pages_lay_out (jz_typing_get_filling (self->typing), self->faces, &options);
  g_autofree char *drawn = jz_pages_dump (jz_paper_get_pages (self->paper));
  g_autofree char *expected = jz_pages_dump (printed);
  g_assert_cmpstr (drawn, ==, expected);
}

/* What the PDF says, read by another program, line by line. */
static void
assert_pdf_has (const JzPages *pages, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("jz-paper-XXXXXX", &error);
  g_autofree char *file = g_build_filename (folder, "page.pdf", NULL);
  g_autoptr (GBytes) pdf = jz_pdf_write (pages, fixture_get_now (), &error);
  const char *const words[] = { "pdftotext", "-raw", file, "-", NULL };
  g_autofree char *text = NULL;
  g_assert_no_error (error);
  g_file_set_contents (file, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  gboolean is_run = g_spawn_sync (NULL, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                                  &text, NULL, NULL, NULL);
  remove (file);
  remove (folder);
  if (!is_run)
    return;
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++) {
      g_autofree char *line = jz_page_line_dup_text (g_ptr_array_index (page->lines, j));
      g_auto (GStrv) parts = g_strsplit_set (line, " \t", -1);
      for (guint k = 0; parts[k] != NULL; k++)
        if (strstr (parts[k], "　") == NULL && strstr (text, parts[k]) == NULL)
          g_error ("%s: the PDF lacks the line “%s”", id, line);
    }
  }
}

static void
test_every_form (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  for (guint i = 0; ids[i] != NULL; i++) {
    Fixture fixture = { 0 };
    open_form (&fixture, ids[i]);
    assert_as_printed (&fixture);
    assert_pdf_has (jz_paper_get_pages (fixture.paper), ids[i]);
    close_form (&fixture);
  }
}

/* The hidden view follows in the next frame, which a busy machine draws late. */
static void
assert_carets (Fixture *self)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  graphene_point_t drawn;
  graphene_point_t hidden;
  do {
    settle (10);
    g_assert_true (jz_paper_get_carets (self->paper, &drawn, &hidden));
  } while (!graphene_point_near (&drawn, &hidden, 1.5f) && g_get_monotonic_time () < end);
  g_assert_cmpfloat (ABS (drawn.x - hidden.x), <, 1.5f);
  g_assert_cmpfloat (ABS (drawn.y - hidden.y), <, 1.5f);
}

/* After every letter the hidden caret is the drawn one, and only texts differ from before. */
static void
test_typing (void)
{
  static const char *const letters[] = { "我", "在", "门", "前", "，", "a",
                                         "1",  "\n", "没", "有", "。" };
  Fixture fixture = { 0 };
  open_form (&fixture, "inquiry_record");
  g_autofree char *old = jz_typing_dup_text (fixture.typing, "a_end");
  g_assert_true (jz_paper_go (fixture.paper, "a_end", G_MAXUINT));
  GString *expected = g_string_new (old);
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    jz_paper_insert (fixture.paper, letters[i]);
    g_string_append (expected, letters[i]);
    assert_carets (&fixture);
  }
  g_autofree char *typed = jz_typing_dup_text (fixture.typing, "a_end");
  g_assert_cmpstr (typed, ==, expected->str);
  assert_as_printed (&fixture);
  while (jz_typing_can_undo (fixture.typing)) {
    jz_typing_undo (fixture.typing);
    assert_carets (&fixture);
  }
  g_autofree char *undone = jz_typing_dup_text (fixture.typing, "a_end");
  g_assert_cmpstr (undone, ==, old);
  g_string_free (expected, TRUE);
  close_form (&fixture);
}

/* Tab goes through every field of the pages once, and back. */
static void
test_order (void)
{
  Fixture fixture = { 0 };
  guint n = 0;
  guint n_back = 0;
  open_form (&fixture, "scene_record");
  g_assert_true (jz_paper_go (fixture.paper, "case_no", 0));
  while (jz_paper_go_next (fixture.paper, 1))
    n++;
  g_assert_cmpuint (n, >, 30);
  while (jz_paper_go_next (fixture.paper, -1))
    n_back++;
  g_assert_cmpuint (n_back, ==, n);
  g_assert_cmpstr (jz_paper_get_path (fixture.paper), ==, "case_no");
  close_form (&fixture);
}

/* Emptying a field whose line belongs to it does not take the line away under the caret. */
static void
test_emptying (void)
{
  Fixture fixture = { 0 };
  open_form (&fixture, "scene_record");
  g_assert_true (jz_paper_go (fixture.paper, "site_person_id", 0));
  jz_typing_set_text (fixture.typing, "site_person_id", "", 0);
  g_assert_cmpstr (jz_paper_get_path (fixture.paper), ==, "site_person_id");
  assert_carets (&fixture);
  jz_paper_insert (fixture.paper, "1");
  assert_carets (&fixture);
  g_autofree char *text = jz_typing_dup_text (fixture.typing, "site_person_id");
  g_assert_cmpstr (text, ==, "1");
  close_form (&fixture);
}

static void
test_find (void)
{
  Fixture fixture = { 0 };
  open_form (&fixture, "inquiry_record");
  jz_paper_set_find (fixture.paper, "张某");
  guint n = jz_paper_count_found (fixture.paper);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n + 1; i++)
    g_assert_true (jz_paper_go_found (fixture.paper, 1));
  jz_paper_set_find (fixture.paper, "这里没有的字");
  g_assert_cmpuint (jz_paper_count_found (fixture.paper), ==, 0);
  g_assert_false (jz_paper_go_found (fixture.paper, 1));
  close_form (&fixture);
}

/* The same lines without page breaks, and read only. */
static void
test_views (void)
{
  Fixture fixture = { 0 };
  open_form (&fixture, "inquiry_record");
  jz_paper_set_continuous (fixture.paper, TRUE);
  g_assert_true (jz_paper_go (fixture.paper, "a_end", G_MAXUINT));
  assert_carets (&fixture);
  jz_paper_set_continuous (fixture.paper, FALSE);
  assert_as_printed (&fixture);
  jz_paper_set_zoom (fixture.paper, 2);
  settle (60);
  g_assert_cmpfloat (jz_paper_get_zoom (fixture.paper), ==, 2);
  assert_carets (&fixture);
  jz_paper_set_editable (fixture.paper, FALSE);
  g_assert_false (jz_paper_go (fixture.paper, "a_end", 0));
  jz_paper_insert (fixture.paper, "字");
  g_assert_false (jz_typing_can_undo (fixture.typing));
  close_form (&fixture);
}

static gboolean
holds (Fixture *self, const char *path, const char *expected)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  for (;;) {
    g_autofree char *text = jz_typing_dup_text (self->typing, path);
    if (strcmp (text, expected) == 0)
      return TRUE;
    if (g_get_monotonic_time () > end)
      return FALSE;
    g_main_context_iteration (NULL, FALSE);
  }
}

static void
paste (Fixture *self)
{
  GtkWidget *input = gtk_window_get_focus (GTK_WINDOW (self->window));
  g_assert_true (GTK_IS_TEXT_VIEW (input));
  g_signal_emit_by_name (input, "paste-clipboard");
}

static void
copy (Fixture *self, const char *type, const char *text)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (self->window);
  if (type == NULL) {
    gdk_clipboard_set_text (clipboard, text);
    return;
  }
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GdkContentProvider) provider = gdk_content_provider_new_for_bytes (type, bytes);
  gdk_clipboard_set_content (clipboard, provider);
}

/* Rows of another program go into the rows of the table; elsewhere they are text. */
static void
test_paste (void)
{
  Fixture self = { 0 };
  open_form (&self, "preserve_notice");
  g_assert_true (jz_paper_go (self.paper, "goods[1].name", 0));
  copy (&self, NULL, "水泥\tP.O\n黄沙\t\n");
  paste (&self);
  g_assert_true (holds (&self, "goods[1].name", "水泥"));
  g_assert_true (holds (&self, "goods[1].model", "P.O"));
  g_assert_true (holds (&self, "goods[2].name", "黄沙"));
  jz_typing_undo (self.typing);
  g_autofree char *back = jz_typing_dup_text (self.typing, "goods[1].name");
  g_assert_cmpstr (back, !=, "水泥");
  g_assert_true (jz_paper_go (self.paper, "goods[1].name", 0));
  copy (&self, "text/html", "<table><tr><td><b>钢</b>筋</td><td>HRB</td></tr></table>");
  paste (&self);
  g_assert_true (holds (&self, "goods[1].name", "钢筋"));
  g_assert_true (holds (&self, "goods[1].model", "HRB"));
  close_form (&self);
}

static GtkEventController *
find_target (Fixture *self)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (GTK_WIDGET (self->paper));
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (all, i);
    if (GTK_IS_DROP_TARGET (one))
      return one;
  }
  return NULL;
}

/* Text that is dropped goes where it is dropped. */
static void
test_drop (void)
{
  Fixture self = { 0 };
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean is_taken = FALSE;
  graphene_point_t drawn;
  graphene_point_t hidden;
  open_form (&self, "inquiry_record");
  g_assert_true (jz_paper_go (self.paper, "a_end", 0));
  settle (60);
  g_assert_true (jz_paper_get_carets (self.paper, &drawn, &hidden));
  g_autofree char *before = jz_typing_dup_text (self.typing, "a_end");
  g_assert_true (jz_paper_go (self.paper, "place", 0));
  g_value_init (&value, G_TYPE_STRING);
  g_value_set_string (&value, "放进来的话");
  g_signal_emit_by_name (find_target (&self), "drop", &value, (double)drawn.x + 1,
                         (double)drawn.y - 4, &is_taken);
  g_assert_true (is_taken);
  g_autofree char *expected = g_strconcat ("放进来的话", before, NULL);
  g_autofree char *after = jz_typing_dup_text (self.typing, "a_end");
  g_assert_cmpstr (after, ==, expected);
  jz_typing_undo (self.typing);
  g_assert_true (holds (&self, "a_end", before));
  close_form (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/app/paper/every-form", test_every_form);
  g_test_add_func ("/app/paper/typing", test_typing);
  g_test_add_func ("/app/paper/order", test_order);
  g_test_add_func ("/app/paper/emptying", test_emptying);
  g_test_add_func ("/app/paper/find", test_find);
  g_test_add_func ("/app/paper/views", test_views);
  g_test_add_func ("/app/paper/paste", test_paste);
  g_test_add_func ("/app/paper/drop", test_drop);
  return g_test_run ();
}
