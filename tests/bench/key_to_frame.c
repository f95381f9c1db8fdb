/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../pages/pages-fixture.h"

#include <gtk/gtk.h>

#include "app/editor/paper.h"

/* key_to_frame: what a key costs in an inquiry record of twenty pages, in parts of a frame of
 * 16 ms: until the page is laid out, and until it is painted. Keys come at any time; waiting for
 * the next tick of the frame clock is nobody's work and is left out. For `./dev bench`. */

#define FRAME_US 16000
#define N_KEYS 300
#define N_ANSWERS 110
#define PATIENCE_US (30 * G_USEC_PER_SEC)

static gint64 begun_at, painted_at;
static guint n_frames;

static void
on_before_paint (GdkFrameClock *clock, gpointer data)
{
  begun_at = g_get_monotonic_time ();
}

static void
on_after_paint (GdkFrameClock *clock, gpointer data)
{
  painted_at = g_get_monotonic_time ();
  n_frames++;
}

static void
settle (guint n_ms)
{
  gint64 end = g_get_monotonic_time () + n_ms * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
}

static JzJson *
make_answers (void)
{
  JzJson *answers = jz_json_new_array ();

  for (guint i = 0; i < N_ANSWERS; i++) {
    JzJson *entry = jz_json_new_object ();
    jz_json_set_text (entry, "q", "请你说明一下占用道路经营的经过，当时有哪些人在场？");
    jz_json_set_text (entry, "a",
                      "我是从八月一日开始在人民路18号门前摆摊的，没有办过手续，当时只有我一个"
                      "人在场，其他的我不知道。");
    jz_json_append (answers, entry);
  }
  return answers;
}

static GtkWidget *
open_window (GtkWidget *paper)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *viewport = gtk_viewport_new (NULL, NULL);

  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (viewport), FALSE);
  gtk_viewport_set_child (GTK_VIEWPORT (viewport), paper);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), viewport);
  gtk_window_set_default_size (GTK_WINDOW (window), 1366, 768);
  gtk_window_set_child (GTK_WINDOW (window), scrolled);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return *(const gint64 *)a < *(const gint64 *)b ? -1 : 1;
}

static void
tell (const char *what, GArray *times)
{
  guint n_within = 0;

  g_array_sort (times, compare_times);
  while (n_within < times->len && g_array_index (times, gint64, n_within) <= FRAME_US)
    n_within++;
  g_print ("| %s | %.2f | %.2f | %u %% |\n", what,
           (double)g_array_index (times, gint64, times->len / 2) / FRAME_US,
           (double)g_array_index (times, gint64, times->len * 19 / 20) / FRAME_US,
           n_within * 100 / times->len);
}

static void
measure (JzPaper *paper)
{
  g_autoptr (GArray) layouts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261121);
  guint n_first = 0;

  for (guint i = 0; i < N_KEYS; i++) {
    gint64 start, layout, work, end;
    settle ((guint)g_rand_int_range (rand, 20, 60));
    n_frames = 0;
    start = g_get_monotonic_time ();
    jz_paper_insert (paper, "罚");
    layout = g_get_monotonic_time () - start;
    for (end = start + PATIENCE_US; n_frames == 0 && g_get_monotonic_time () < end;)
      g_main_context_iteration (NULL, FALSE);
    g_assert_cmpuint (n_frames, >, 0);
    n_first += painted_at - start <= 2 * FRAME_US;
    work = layout + painted_at - begun_at;
    g_array_append_val (layouts, layout);
    g_array_append_val (frames, work);
  }
  g_print ("\n| parts of a frame of 16 ms | median | slowest of twenty | within one |\n"
           "|---|---|---|---|\n");
  tell ("key to layout", layouts);
  tell ("key to painted frame", frames);
  g_print ("\nSeen within two frames, waiting for the frame clock included: %u %%.\n",
           n_first * 100 / N_KEYS);
}

int
main (int argc, char **argv)
{
  g_autoptr (JzForm) form = NULL;
  g_autoptr (JzFaces) faces = NULL;
  g_autoptr (JzFilling) filling = NULL;
  g_autoptr (JzJson) draft = jz_json_new_object ();
  g_autoptr (JzTyping) typing = NULL;
  JzPaper *paper;
  GtkWidget *window;

  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  form = fixture_load_form ("inquiry_record");
  filling = fixture_load_typical (form);
  faces = fixture_new_faces ();
  jz_json_set_member (draft, "values", jz_json_copy (jz_filling_get_values (filling)));
  typing = jz_typing_new (form, (JzDate){ 2026, 11, 21 });
  g_assert_true (jz_typing_load (typing, draft, NULL));
  paper = JZ_PAPER (jz_paper_new (faces));
  jz_paper_set_typing (paper, typing);
  window = open_window (GTK_WIDGET (paper));
  settle (300);
  jz_typing_set_value (typing, "qa", make_answers ());
  g_assert_cmpuint (jz_paper_get_pages (paper)->pages->len, >=, 20);
  g_assert_true (jz_paper_go (paper, "qa[50].a", 6));
  settle (500);
  g_signal_connect (gtk_widget_get_frame_clock (window), "before-paint",
                    G_CALLBACK (on_before_paint), NULL);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_after_paint),
                    NULL);
  measure (paper);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
