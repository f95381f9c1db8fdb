/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include <adwaita.h>
#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <gst/gst.h>

#include "acts.h"
#include "app/case/case_files.h"
#include "app/editor/paper.h"
#include "app/juanzong.h"
#include "app/player/player_view.h"
#include "app/row_view.h"
#include "app/section.h"
#include "app/window.h"
#include "recording.h"

/* Looks at every page as ux §12 wants it, and with type of twice the size, on a screen of 1366 ×
 * 768: the window fits, nothing scrolls sideways, no words are cut that nothing else tells, and Tab
 * or an arrow reaches every control. Dark is looked at where colours are the program's own; of the
 * others it changes nothing that is checked here. With JZ_PICTURES the pictures of all are kept in
 * that folder, to be looked at by people. */

#define SCREEN_WIDTH 1366
#define SCREEN_HEIGHT 768
#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define MAX_TABS 400
#define TEXTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

typedef struct {
  const char *name;
  gboolean is_dark;
  int type_percent;
} Look;

static const Look looks[] = {
  { "light", FALSE, 100 },
  { "dark", TRUE, 100 },
  { "large", FALSE, 200 },
};

typedef struct {
  const char *user;  /* NULL before anyone is signed in */
  const char *place; /* CASE and others of words[] stand for an id */
  const char *sheet; /* (nullable): what is opened above it, or done in it */
  gboolean is_drawn; /* colours of it are the program's own */
} Page;

static GtkApplication *application;
static JzWindow *window;
static GtkWidget *shown; /* the window, or the sheet above it that is looked at */
static char *store_path;
static char *made_paths[2]; /* a recording and a paper, beside the store */

#define OPEN_CASE                                                                                  \
  "SELECT case_id FROM case_duty JOIN person ON person.id = person JOIN case_file ON "             \
  "case_file.id = case_id WHERE user = 'wu' AND ended = 0 AND stage = 'open' LIMIT 1"

/* What stands for an id in places and names of pictures, and how it is found. */
static struct {
  const char *word;
  const char *sql;
  char *id;
} words[] = {
  /* assigned to guo, who has not concluded */
  { "WAITING", "SELECT case_id FROM entry WHERE act LIKE 'review.%' GROUP BY case_id HAVING max "
               "(act = 'review.assign') AND NOT max (act = 'review.conclude') LIMIT 1" },
  { "HANDLER",
    "SELECT user FROM person JOIN case_duty ON person = person.id WHERE duty = 'handler' AND "
    "ended = 0 AND case_id = (SELECT case_id FROM entry WHERE act LIKE 'review.%' GROUP BY case_id "
    "HAVING max (act = 'review.assign') AND NOT max (act = 'review.conclude') LIMIT 1) LIMIT 1" },
  { "STEP",
    "SELECT record FROM fact WHERE list = '@field' AND case_id = (SELECT case_id FROM entry "
    "WHERE act LIKE 'review.%' GROUP BY case_id HAVING max (act = 'review.assign') AND NOT "
    "max (act = 'review.conclude') LIMIT 1) LIMIT 1" },
  { "CASE", "SELECT case_id FROM entry WHERE act LIKE 'review.%' GROUP BY case_id ORDER BY case_id "
            "LIMIT 1" },
  { "OPEN", OPEN_CASE },
  { "INSPECTED",
    "SELECT store || '-' || seq || '-1' FROM entry WHERE act = 'field.inspect' AND case_id "
    "= (" OPEN_CASE ")" },
  { "DRAFT", "SELECT case_id || '/document/' || record FROM fact WHERE list = '@document' AND name "
             "= 'form' ORDER BY arrival DESC LIMIT 1" },
  { "FINAL", "SELECT case_id || '/document/' || record FROM fact WHERE list = '@document' AND name "
             "= 'state' AND value = '\"served\"' ORDER BY 1 LIMIT 1" },
  { "RECORDED", "SELECT case_id FROM entry WHERE act = 'recording.explain_gap' LIMIT 1" },
  { "DUE",
    "SELECT document FROM publication AS p JOIN case_duty AS d ON d.case_id = p.case_id JOIN "
    "person AS who ON who.id = d.person WHERE p.state = 'due' AND p.step = 'none' AND "
    "who.user = 'wu' AND d.ended = 0 LIMIT 1" },
  { "PUBLIC", "SELECT document FROM publication WHERE state = 'released' LIMIT 1" },
  { "WITHDRAWN", "SELECT document FROM publication WHERE state = 'withdrawing' LIMIT 1" },
  { "SHOWN", "SELECT case_id FROM publication WHERE state = 'released' LIMIT 1" },
  { "SHOWING", "SELECT id FROM attachment WHERE name = '录像.mp4' ORDER BY key DESC LIMIT 1" },
  { "CLIP", "SELECT case_id || '/evidence/' || id FROM attachment WHERE name = '录像.mp4' ORDER BY "
            "key LIMIT 1" },
  { "PDF", "SELECT case_id || '/evidence/' || id FROM attachment WHERE name = '鉴定意见.pdf'" },
  { "PHOTO",
    "SELECT case_id || '/evidence/' || id FROM attachment WHERE name LIKE '%.png' LIMIT 1" },
};

static gsize
find_place (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, word))
      return i;
  g_assert_not_reached ();
}

static const char *
find_word (const char *word)
{
  return words[find_place (word)].id;
}

/* Lets the loop run until @condition holds; 50 ms longer for what is drawn after it. */
static void
wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  /* An assertion does not end this program: what does not come is told once, and not waited for. */
  while (!condition (data)) {
    if (g_get_monotonic_time () >= end) {
      g_test_message ("what was waited for has not come");
      g_test_fail ();
      return;
    }
    g_main_context_iteration (NULL, FALSE);
  }
}

static gboolean
is_later (gpointer data)
{
  return g_get_monotonic_time () > *(gint64 *)data;
}

static void
settle (int duration_ms)
{
  gint64 end = g_get_monotonic_time () + duration_ms * G_TIME_SPAN_MILLISECOND;
  wait_until (is_later, &end);
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  (*(int *)data)++;
  return G_SOURCE_CONTINUE;
}

static gboolean
has_frames (gpointer data)
{
  return *(int *)data > 3;
}

/* What is drawn last is laid out, however slow the machine is. */
static void
settle_frames (void)
{
  int n_frames = 0;
  guint id;

  id = gtk_widget_add_tick_callback (shown, count_frame, &n_frames, NULL);
  wait_until (has_frames, &n_frames);
  gtk_widget_remove_tick_callback (shown, id);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *)data;
}

static gboolean
is_loading (GtkWidget *widget)
{
  JzRowModel *model = JZ_IS_ROW_VIEW (widget) ? jz_row_view_get_model (JZ_ROW_VIEW (widget)) : NULL;

  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  /* A file that is not opened yet, and a recording without its first picture. */
  if (GTK_IS_STACK (widget) &&
      g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (widget)), "loading") == 0)
    return TRUE;
  if (JZ_IS_PLAYER_VIEW (widget) && !jz_player_view_has_frame (JZ_PLAYER_VIEW (widget)))
    return TRUE;
  if ((GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget))) ||
      (JZ_IS_ROW_VIEW (widget) && (model == NULL || jz_row_model_is_loading (model))))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_loading (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_loaded (gpointer data)
{
  return !is_loading (shown);
}

static gboolean
has_client (gpointer data)
{
  return jz_window_get_client (window) != NULL;
}

static gboolean
is_answered (gpointer data)
{
  return !has_client (NULL) || jz_office_client_count_pending (jz_window_get_client (window)) == 0;
}

/* What a page asks the store is answered, and so is what those answers brought; what comes up a
 * moment later is waited for once more. */
static void
settle_reads (void)
{
  for (int i = 0; i < 2; i++) {
    settle (30);
    wait_until (is_answered, NULL);
    wait_until (is_loaded, NULL);
  }
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  jz_office_client_sign_in_finish (JZ_OFFICE_CLIENT (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

static void
sign_in (const char *user)
{
  JzOfficeClient *client = jz_window_get_client (window);
  gboolean is_done = FALSE;

  if (g_strcmp0 (jz_office_client_get_user (client), user) == 0)
    return;
  jz_office_client_sign_out (client);
  jz_office_client_sign_in_async (client, user, "demo", NULL, on_signed_in, &is_done);
  wait_until (is_set, &is_done);
}

static char *
describe (GtkWidget *widget)
{
  GString *text = g_string_new (G_OBJECT_TYPE_NAME (widget));

  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, " “%s”", gtk_label_get_text (GTK_LABEL (widget)));
  else if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    g_string_append_printf (text, " “%s”", gtk_button_get_label (GTK_BUTTON (widget)));
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (g_str_has_prefix (G_OBJECT_TYPE_NAME (parent), "Jz")) {
      g_string_append_printf (text, " in %s", G_OBJECT_TYPE_NAME (parent));
      break;
    }
  return g_string_free (text, FALSE);
}

static void
foreach_seen (GtkWidget *widget, void (*visit) (GtkWidget *widget, gpointer data), gpointer data)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  visit (widget, data);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    foreach_seen (child, visit, data);
}

static gboolean
is_told_elsewhere (GtkWidget *label)
{
  for (GtkWidget *widget = label; widget != NULL; widget = gtk_widget_get_parent (widget))
    if (gtk_widget_get_tooltip_text (widget) != NULL || GTK_IS_COLUMN_VIEW (widget))
      return TRUE;
  return FALSE;
}

static void
find_cut_text (GtkWidget *widget, gpointer data)
{
  GPtrArray *problems = data;
  g_autofree char *what = NULL;

  if (!GTK_IS_LABEL (widget) || gtk_label_get_text (GTK_LABEL (widget))[0] == '\0' ||
      !pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget))) ||
      is_told_elsewhere (widget))
    return;
  what = describe (widget);
  g_ptr_array_add (problems, g_strdup_printf ("cut text: %s", what));
}

static void
find_sideways (GtkWidget *widget, gpointer data)
{
  GPtrArray *problems = data;
  GtkAdjustment *adjustment;
  g_autofree char *what = NULL;

  if (!GTK_IS_SCROLLED_WINDOW (widget))
    return;
  adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (widget));
  if (gtk_adjustment_get_upper (adjustment) <= gtk_adjustment_get_page_size (adjustment) + 1)
    return;
  what = describe (widget);
  g_ptr_array_add (problems, g_strdup_printf ("scrolls sideways by %g: %s",
                                              gtk_adjustment_get_upper (adjustment) -
                                                gtk_adjustment_get_page_size (adjustment),
                                              what));
}

static void
find_size (GPtrArray *problems)
{
  int width = 0;
  int height = 0;

  gtk_widget_measure (shown, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (shown, GTK_ORIENTATION_VERTICAL, SCREEN_WIDTH, &height, NULL, NULL, NULL);
  if (width > SCREEN_WIDTH)
    g_ptr_array_add (problems, g_strdup_printf ("the window is at least %d wide", width));
  if (height > SCREEN_HEIGHT)
    g_ptr_array_add (problems, g_strdup_printf ("the window is at least %d high", height));
}

static gboolean
takes_arrows (GtkWidget *widget)
{
  return GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_GRID_VIEW (widget) ||
         GTK_IS_COLUMN_VIEW (widget) || GTK_IS_FLOW_BOX (widget) ||
         g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkColumnListView");
}

typedef struct {
  GHashTable *reached;
  GPtrArray *problems;
  gboolean is_forward;
} Reach;

static gboolean
is_reached (const Reach *reach, GtkWidget *widget)
{
  /* Where Tab comes to a list, arrows go on; where it comes into a widget, that leads further. */
  for (GtkWidget *parent = widget; parent != NULL; parent = gtk_widget_get_parent (parent))
    if (g_hash_table_contains (reach->reached, parent))
      return TRUE;
  return FALSE;
}

static void
find_unreached (GtkWidget *widget, gpointer data)
{
  Reach *reach = data;
  g_autofree char *what = NULL;

  if (!gtk_widget_get_focusable (widget) || !gtk_widget_is_sensitive (widget) ||
      !gtk_widget_get_can_focus (widget) || GTK_IS_WINDOW (widget) ||
      GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_PANED (widget))
    return; /* F8 comes to the handle of a pane */
  for (GtkWidget *parent = widget; parent != NULL; parent = gtk_widget_get_parent (parent))
    if (!gtk_widget_get_can_focus (parent))
      return;
  if (is_reached (reach, widget))
    return;
  what = describe (widget);
  g_ptr_array_add (
    reach->problems,
    g_strdup_printf (reach->is_forward ? "Tab does not reach %s" : "Shift+Tab does not reach %s",
                     what));
}

/* As the keys do: on the pages of a document Tab goes by fields. */
static void
press_tab (gboolean is_forward)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (shown));

  if (focus != NULL && gtk_widget_get_ancestor (focus, JZ_TYPE_PAPER) != NULL)
    gtk_widget_activate_action (focus, is_forward ? "paper.next" : "paper.previous", NULL);
  else
    gtk_widget_child_focus (shown, is_forward ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
}

static void
find_out_of_reach (GPtrArray *problems, gboolean is_forward)
{
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  Reach reach = { reached, problems, is_forward };

  gtk_window_set_focus (GTK_WINDOW (shown), NULL);
  for (int i = 0; i < MAX_TABS; i++) {
    GtkWidget *focus;
    press_tab (is_forward);
    focus = gtk_window_get_focus (GTK_WINDOW (shown));
    if (focus == NULL)
      continue;
    g_hash_table_add (reached, focus);
    for (GtkWidget *parent = focus; parent != NULL; parent = gtk_widget_get_parent (parent)) {
      if (takes_arrows (parent))
        g_hash_table_add (reached, parent);
      /* Tab stops at the button that is inside of a menu button or a split button. */
      if (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) || GTK_IS_EDITABLE (parent))
        g_hash_table_add (reached, parent);
    }
  }
  foreach_seen (shown, find_unreached, &reach);
}

/* Nothing can be painted while a new layout is due, which comes whenever something was read. */
static GskRenderNode *
paint_window (GdkPaintable *paintable)
{
  gint64 end = g_get_monotonic_time () + PATIENCE_US;
  GskRenderNode *node = NULL;

  while (node == NULL && g_get_monotonic_time () < end) {
    g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
    gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (shown),
                            gtk_widget_get_height (shown));
    node = gtk_snapshot_to_node (snapshot);
    if (node == NULL)
      settle (50);
  }
  return node;
}

static void
take_picture (const Page *page, const Look *look)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (shown);
  const char *folder = g_getenv ("JZ_PICTURES");
  g_autofree char *place = g_strdelimit (g_strdup (page->place), "/", '-');
  g_autofree char *name = g_strdup_printf (
    "%s-%s%s%s-%s.png", page->user != NULL ? page->user : "nobody", place,
    page->sheet != NULL ? "-" : "", page->sheet != NULL ? page->sheet : "", look->name);
  g_autofree char *path = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  node = paint_window (paintable);
  g_assert_nonnull (node);
  if (node == NULL || folder == NULL)
    return;
  path = g_build_filename (folder, name, NULL);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (shown)), node, NULL);
  g_mkdir_with_parents (folder, 0755);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
set_look (const Look *look)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      look->is_dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                                    : ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * look->type_percent / 100,
                NULL);
}

static char *
make_place (const Page *page)
{
  GString *place = g_string_new (page->place);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_string_replace (place, words[i].word, words[i].id, 1);
  return g_string_free (place, FALSE);
}

/* These have no place: nobody can be led there. */
static void
go_before_work (const char *page)
{
  if (g_str_equal (page, "sign-in"))
    jz_office_client_sign_out (jz_window_get_client (window));
  else if (g_str_equal (page, "start"))
    jz_window_show_start (window);
  else
    gtk_widget_activate_action (GTK_WIDGET (window), "win.setup", NULL);
}

static void
go (const Page *page, const char *place)
{
  if (page->user != NULL) {
    sign_in (page->user);
    jz_window_go (window, place);
  } else {
    go_before_work (place);
  }
  settle_reads ();
}

static GtkWidget *
find_by_type (GtkWidget *widget, const char *type)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = gtk_widget_get_mapped (child) ? find_by_type (child, type) : NULL;
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
has_sheet (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) one = g_list_model_get_item (windows, i);
    if (gtk_window_get_transient_for (one) == GTK_WINDOW (window)) {
      shown = GTK_WIDGET (one);
      return gtk_widget_get_mapped (shown);
    }
  }
  return FALSE;
}

static gboolean
has_no_sheet (gpointer data)
{
  return !has_sheet (data);
}

/* The recording is chosen among the materials of the bench, and begins to play there. */
static void
play_in_bench (void)
{
  GtkWidget *material = find_by_type (GTK_WIDGET (window), "JzReviewMaterial");
  GtkDropDown *choice = GTK_DROP_DOWN (find_by_type (material, "GtkDropDown"));
  GtkStringList *names = GTK_STRING_LIST (gtk_drop_down_get_model (choice));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (names));
  guint i = 0;

  while (i < n && strstr (gtk_string_list_get_string (names, i), ".mp4") == NULL)
    i++;
  g_assert_cmpuint (i, <, n);
  gtk_drop_down_set_selected (choice, i);
  settle_reads ();
  gtk_widget_activate_action (material, "review.read-on", NULL);
  settle_reads ();
}

static gboolean
is_window (const char *sheet)
{
  return !g_str_equal (sheet, "player");
}

static void
open_sheet (const char *sheet)
{
  if (g_str_equal (sheet, "bundle")) {
    gtk_widget_activate_action (GTK_WIDGET (window), "win.make-bundle", NULL);
  } else if (g_str_equal (sheet, "chooser")) {
    gtk_widget_activate_action (GTK_WIDGET (window), "win.import-recordings", NULL);
  } else if (g_str_has_prefix (sheet, "publication.")) {
    GtkWidget *page = find_by_type (GTK_WIDGET (window), "JzPublicationPage");
    g_assert_nonnull (page);
    gtk_widget_activate_action (page, sheet, NULL);
  } else if (g_str_equal (sheet, "words")) {
    GtkWidget *tab = find_by_type (GTK_WIDGET (window), "JzCaseRecordings");
    g_assert_nonnull (tab);
    gtk_widget_activate_action (tab, "recordings.prompt", "s", find_word ("INSPECTED"));
  } else {
    GtkWidget *tab = find_by_type (GTK_WIDGET (window), "JzCaseEvidence");
    g_auto (GValue) value = G_VALUE_INIT;
    g_autoptr (GFile) first = g_file_new_for_path (made_paths[0]);
    g_autoptr (GFile) second = g_file_new_for_path (made_paths[1]);
    GFile *files[] = { first, second };
    g_assert_nonnull (tab);
    g_value_init (&value, GDK_TYPE_FILE_LIST);
    g_value_take_boxed (&value, gdk_file_list_new_from_array (files, G_N_ELEMENTS (files)));
    jz_case_add_files (JZ_CASE_TAB (tab), &value, NULL);
  }
  wait_until (has_sheet, NULL);
  settle_reads ();
}

static void
close_sheet (void)
{
  gtk_window_close (GTK_WINDOW (shown));
  wait_until (has_no_sheet, NULL);
  shown = GTK_WIDGET (window);
}

static void
look_at (const Page *page, const Look *look)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *place = make_place (page);

  set_look (look);
  /* The same page as before takes another look by itself. */
  if (look == looks) {
    go (page, place);
    if (page->sheet != NULL && is_window (page->sheet))
      open_sheet (page->sheet);
  }
  /* Tab went on to other materials. */
  if (page->sheet != NULL && !is_window (page->sheet))
    play_in_bench ();
  settle_frames ();
  wait_until (is_loaded, NULL);
  if (page->user != NULL)
    g_assert_cmpstr (jz_window_get_place (window), ==, place);
  take_picture (page, look);
  find_size (problems);
  foreach_seen (shown, find_cut_text, problems);
  foreach_seen (shown, find_sideways, problems);
  if (look == looks) {
    find_out_of_reach (problems, TRUE);
    find_out_of_reach (problems, FALSE);
  }
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s, %s %s, %s: %s", page->user != NULL ? page->user : "nobody", page->place,
                    page->sheet != NULL ? page->sheet : "", look->name,
                    (const char *)g_ptr_array_index (problems, i));
  /* The others are looked at all the same. */
  if (problems->len > 0)
    g_test_fail ();
}

typedef struct {
  GtkWidget *message;
  graphene_rect_t place;
  int n_feet;
  gboolean is_covering;
} Message;

static void
find_message (GtkWidget *widget, gpointer data)
{
  Message *found = data;

  if (g_str_equal (gtk_widget_get_css_name (widget), "toast") &&
      gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &found->place))
    found->message = widget;
}

static void
find_covered_foot (GtkWidget *widget, gpointer data)
{
  Message *found = data;
  graphene_rect_t foot;

  if (!gtk_widget_has_css_class (widget, "foot") ||
      !gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &foot))
    return;
  found->n_feet++;
  if (graphene_rect_intersection (&foot, &found->place, NULL))
    found->is_covering = TRUE;
}

static gboolean
is_message_clear (gpointer data)
{
  Message found = { .message = NULL };

  foreach_seen (GTK_WIDGET (window), find_message, &found);
  foreach_seen (GTK_WIDGET (window), find_covered_foot, &found);
  return found.message != NULL && found.n_feet > 0 && !found.is_covering;
}

/* What is told on one page lies over no button at the foot of the one that is opened next. */
static void
test_message_makes_way (void)
{
  static const Page list = { "wu", "publicity" };
  static const Page next = { "wu", "publicity/DUE" };
  g_autofree char *from = make_place (&list);
  g_autofree char *to = make_place (&next);

  set_look (&looks[0]);
  go (&list, from);
  jz_window_toast_go (GTK_WIDGET (window), "已送审核", from);
  go (&next, to);
  wait_until (is_message_clear, NULL);
}

static void
test_page (gconstpointer data)
{
  const Page *page = data;

  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    if (!looks[i].is_dark || page->is_drawn || g_getenv ("JZ_PICTURES") != NULL)
      look_at (page, &looks[i]);
  if (page->sheet != NULL && is_window (page->sheet))
    close_sheet ();
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzActOutcome) outcome =
    jz_office_client_act_finish (JZ_OFFICE_CLIENT (source), result, &error);

  g_assert_no_error (error);
  g_assert_true (outcome != NULL && outcome->refusal == NULL);
  *(gboolean *)data = TRUE;
}

/* @args: pairs of name and value, then NULL */
static void
do_act (const char *user, const char *act, const char *const *texts)
{
  JzOfficeClient *client = jz_window_get_client (window);
  JzJson *args = jz_json_new_object ();
  gboolean is_done = FALSE;

  sign_in (user);
  for (gsize i = 0; texts[i] != NULL; i += 2)
    jz_json_set_text (args, texts[i], texts[i + 1]);
  jz_office_client_act_async (client, act, args, NULL, on_done, &is_done);
  wait_until (is_set, &is_done);
}

static void
make_recording (const char *path)
{
  static const Recording recording = {
    "x264enc speed-preset=ultrafast", "mp4mux", 320, 256, 50, NULL, NULL
  };

  g_assert_true (recording_can_be_made (&recording));
  recording_make (&recording, path);
}

static void
make_paper (const char *path)
{
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cairo = cairo_create (surface);

  for (int i = 0; i < 2; i++) {
    cairo_rectangle (cairo, 70, 70, 455, 20);
    cairo_fill (cairo);
    cairo_show_page (cairo);
  }
  cairo_destroy (cairo);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static void
find_id (gsize i)
{
  JzStore *store =
    jz_office_get_store (jz_office_client_get_office (jz_window_get_client (window)));
  JzConnection *reader = jz_store_lease_reader (store, NULL);

  g_assert_nonnull (reader);
  g_clear_pointer (&words[i].id, g_free);
  g_assert_true (jz_connection_get_text (reader, &words[i].id, NULL, words[i].sql, ""));
  jz_store_return_reader (store, reader);
}

/* What the invented office does not have: an unfinished document, a recording and a paper. */
static void
add_more (void)
{
  g_autofree char *folder = g_path_get_dirname (store_path);
  const char *open = find_word ("OPEN");
  const char *waiting = find_word ("WAITING");
  const char *handler = find_word ("HANDLER");

  made_paths[0] = g_build_filename (folder, "录像.mp4", NULL);
  made_paths[1] = g_build_filename (folder, "鉴定意见.pdf", NULL);
  make_recording (made_paths[0]);
  make_paper (made_paths[1]);
  do_act ("wu", "document.draft", TEXTS ("case", open, "form", "inquiry_record"));
  do_act ("wu", "attachment.add",
          TEXTS ("case", open, "file", made_paths[0], "step", find_word ("INSPECTED")));
  do_act ("wu", "attachment.add", TEXTS ("case", open, "file", made_paths[1]));
  do_act (handler, "attachment.add", TEXTS ("case", waiting, "file", made_paths[0]));
  find_id (find_place ("SHOWING"));
  do_act (handler, "recording.bind",
          TEXTS ("case", waiting, "of", find_word ("STEP"), "attachment", find_word ("SHOWING")));
}

static void
find_ids (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_str_equal (words[i].word, "DRAFT"))
      add_more ();
    find_id (i);
    if (words[i].id == NULL)
      g_error ("The invented office has nothing for %s.", words[i].word);
  }
}

static void
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL,
                NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

static void
open_copy (const char *demo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("jz-look-XXXXXX", &error);
  const char *const copy[] = { "cp", "-a", demo, folder, NULL };
  g_autofree char *name = g_path_get_basename (demo);

  run (copy);
  store_path = g_build_filename (folder, name, NULL);
  {
    const char *const settle[] = {
      g_getenv ("JZ_CTL"),           "do", store_path, "--as", "wang", "store.moved",
      "{\"reason\":\"供测试使用\"}", NULL
    };
    run (settle);
  }
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  window = jz_window_new (application);
  shown = GTK_WIDGET (window);
  gtk_window_set_default_size (GTK_WINDOW (window), SCREEN_WIDTH, SCREEN_HEIGHT);
  gtk_window_present (GTK_WINDOW (window));
  jz_window_open (window, store_path);
  wait_until (has_client, NULL);
  find_ids ();
}

static void
remove_copy (void)
{
  g_autofree char *folder = g_path_get_dirname (store_path);
  const char *const remove[] = { "rm", "-rf", folder, NULL };

  run (remove);
  g_free (store_path);
  g_free (made_paths[0]);
  g_free (made_paths[1]);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_free (words[i].id);
}

static const char *
find_user_of (const JzSectionEntry *entry)
{
  return entry->roles == NULL || strstr (entry->roles, "handler") != NULL ? "wu"
         : strstr (entry->roles, "review") != NULL                        ? "hu"
                                                                          : "wang";
}

int
main (int argc, char **argv)
{
  static const Page inner[] = {
    { "wu", "cases/CASE" },
    { "wu", "cases/CASE/documents" },
    { "wu", "cases/CASE/evidence" },
    { "wu", "cases/CASE/limits" },
    { "wu", "cases/CASE/review" },
    { "wu", "cases/CASE/dossier" },
    { "wu", "cases/CASE/record" },
    { "wu", "cases/RECORDED/recordings", NULL, TRUE },
    { "wu", "cases/SHOWN/publicity" },
    { "wu", "cases/OPEN/evidence", "intake" },
    { "wu", "cases/OPEN/recordings", "words" },
    { "wu", "cases/OPEN/evidence" },
    { "wu", "cases/CLIP", NULL, TRUE },
    { "wu", "cases/PDF", NULL, TRUE },
    { "wu", "cases/PHOTO" },
    { "wu", "publicity/DUE", NULL, TRUE },
    { "wu", "publicity/DUE", "publication.exempt" },
    { "wu", "recordings/owed" },
    { "wu", "recordings/devices" },
    { "wu", "recordings", "chooser" },
    { "gao", "publicity" },
    { "gao", "publicity", "bundle" },
    { "gao", "publicity/PUBLIC" },
    { "gao", "publicity/PUBLIC", "publication.withdraw" },
    { "gao", "publicity/WITHDRAWN" },
    { "wu", "cases/DRAFT", NULL, TRUE },
    { "ma", "cases/FINAL" },
    { "guo", "reviews/WAITING" },
    { "guo", "reviews/WAITING", "player", TRUE },
    { "wang", "lists/people" },
    { "wang", "lists/import" },
    { "zhao", "lists/matters" },
    { "zhao", "lists/benchmarks" },
    { "zhao", "lists/audit/AC-01" },
    { "zhao", "lists/forms" },
    { "zhao", "lists/rules/TL-A03" },
    { "zhao", "lists/calendar" },
    { "zhao", "lists/numbers" },
    { "wang", "settings/people" },
    { "wang", "settings/backup" },
    { "wang", "settings/rules" },
    { "wang", "settings/printing" },
    { NULL, "sign-in" },
    { NULL, "start" },
    { NULL, "setup" },
  };
  const char *demo = g_getenv ("JZ_DEMO");
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("JUANZONG_LOCALEDIR"));
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_assert_nonnull (demo);
  gst_init (NULL, NULL);
  jz_acts_connect ();
  application = jz_juanzong_new ();
  g_application_set_flags (G_APPLICATION (application),
                           G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
  open_copy (demo);
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++) {
    Page *page;
    g_autofree char *path = g_strconcat ("/app/look/", entry->place, NULL);
    if (entry->title == NULL)
      continue;
    page = g_new0 (Page, 1);
    page->user = find_user_of (entry);
    page->place = entry->place;
    g_test_add_data_func_full (path, page, test_page, g_free);
  }
  g_test_add_func ("/app/look/message", test_message_makes_way);
  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++) {
    /* What comes before work ends it as well, so it comes last. */
    g_autofree char *path = g_strconcat (
      "/app/look/", inner[i].user != NULL ? inner[i].user : "nobody", "/", inner[i].place,
      inner[i].sheet != NULL ? "/" : "", inner[i].sheet != NULL ? inner[i].sheet : "", NULL);
    g_test_add_data_func (path, &inner[i], test_page);
  }
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  settle (100);
  remove_copy ();
  g_object_unref (application);
  return status;
}
