/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../pages/pages-fixture.h"

#include <adwaita.h>
#include <stdlib.h>

#include "app/editor/paper.h"

/* A window with one document of the fixtures, for a look at it and for tests that type: the state
 * of the caret is written to the file that JZ_TRY_STATE names. */

static JzPaper *paper;
static JzTyping *typing;

static gboolean
tell (gpointer file)
{
  graphene_point_t drawn = { 0 };
  graphene_point_t hidden = { 0 };
  const char *path = jz_paper_get_path (paper);
  gboolean has_caret = jz_paper_get_carets (paper, &drawn, &hidden);
  g_autofree char *text = path != NULL ? jz_typing_dup_text (typing, path) : g_strdup ("");
  g_strdelimit (text, "\n", '|');
  g_autofree char *line = g_strdup_printf (
    "%s\t%s\t%.1f\t%.1f\t%.1f\t%.1f\t%d\n", path != NULL ? path : "-", text, (double)drawn.x,
    (double)drawn.y, (double)ABS (drawn.x - hidden.x), (double)ABS (drawn.y - hidden.y), has_caret);
  g_file_set_contents (file, line, -1, NULL);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  const char *id = argc > 1 ? argv[1] : "inquiry_record";
  const char *state = g_getenv ("JZ_TRY_STATE");
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_autoptr (JzForm) form = fixture_load_form (id);
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzFaces) faces = fixture_new_faces ();
  g_autoptr (JzJson) draft = jz_json_new_object ();
  jz_json_set_member (draft, "values",
                      argc > 2 && strcmp (argv[2], "empty") == 0
                        ? jz_json_new_object ()
                        : jz_json_copy (jz_filling_get_values (filling)));
  typing = jz_typing_new (form, (JzDate){ 2026, 11, 21 });
  jz_typing_load (typing, draft, NULL);
  paper = JZ_PAPER (jz_paper_new (faces));
  jz_paper_set_typing (paper, typing);
  jz_paper_set_marks (paper, "〔2026〕21号", FALSE, argc > 3);
  jz_paper_set_continuous (paper, argc > 2 && strcmp (argv[2], "continuous") == 0);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), GTK_WIDGET (paper));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  gtk_window_set_title (GTK_WINDOW (window), "try-paper");
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 760);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (GTK_WIDGET (paper));
  if (state != NULL)
    g_timeout_add (50, tell, (gpointer)state);
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return EXIT_SUCCESS;
}
