/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-fixture.h"

#include "pages/places.h"

/* Between values and points, and layouts that take over what did not change. */

static JzFaces *faces;

/* Where a byte stands, that byte is picked; and a step down comes back by a step up. */
static void
assert_places (const JzPages *pages, const JzPageSpan *span)
{
  JzPagePlace place;
  JzPagePick pick;
  guint length = span->is_blank ? 0 : span->end - span->start;
  const char *text = NULL;
  if (span->show != JZ_SHOW_PLAIN)
    return;
  for (guint offset = 0; offset <= length; offset++) {
    if (!jz_pages_find_place (pages, span->path, offset, &place))
      g_error ("%s has no place for byte %u", span->path, offset);
    text = pango_layout_get_text (place.line->text->layout);
    guint index = place.span->start + offset - place.span->offset;
    if (!place.span->is_blank && ((guchar)text[index] & 0xc0) == 0x80)
      continue;
    double middle = (jz_page_line_get_top (place.line) + jz_page_line_get_bottom (place.line)) / 2;
    g_assert_true (jz_pages_pick (pages, place.page, place.x + 0.05, middle, span->path, &pick));
    g_assert_cmpstr (pick.span->path, ==, span->path);
    if (pick.line == place.line && pick.offset != offset)
      g_error ("%s: byte %u is picked as byte %u", span->path, offset, pick.offset);
  }
}

static void
test_every_form (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    g_autoptr (GPtrArray) spans = jz_pages_list_spans (pages);
    g_assert_cmpuint (spans->len, >, 5);
    for (guint j = 0; j < spans->len; j++)
      assert_places (pages, g_ptr_array_index (spans, j));
  }
}

static JzFilling *
new_record (guint n_rounds, const char *first)
{
  g_autoptr (JzForm) form = fixture_load_form ("inquiry_record");
  JzFilling *filling = fixture_load_typical (form);
  g_autoptr (JzJson) qa = jz_json_new_array ();
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n_rounds; i++) {
    JzJson *entry = jz_json_new_object ();
    g_autofree char *question = g_strdup_printf ("第%u问：经过怎样？%s", i, i == 0 ? first : "");
    jz_json_set_text (entry, "q", question);
    jz_json_set_text (entry, "a",
                      "我在人民路18号门前摆摊，没有办过手续，当时只有我一个人在场。"
                      "\n后来的事情我记不清了，要回去看一看账本才知道。");
    jz_json_append (qa, entry);
  }
  jz_filling_set (filling, "qa", qa, &error);
  g_assert_no_error (error);
  return filling;
}

/* Taking over what did not change gives exactly what laying out all of it gives, and most of it is
 * taken over. */
static void
test_incremental (void)
{
  static const char *const firsts[] = { "", "a",
                                        "更长的一个问题，它要占去不止一行，所以后面所有的行"
                                        "都要往下移",
                                        "" };
  g_autoptr (JzFilling) start = new_record (60, "");
  g_autoptr (JzPages) old = jz_pages_lay_out (start, faces, NULL);
  g_assert_cmpuint (old->pages->len, >=, 10);
  for (guint i = 0; i < G_N_ELEMENTS (firsts); i++) {
    g_autoptr (JzFilling) filling = new_record (60, firsts[i]);
    const JzPageOptions options = { .previous = old };
    JzPages *new = jz_pages_lay_out (filling, faces, &options);
    g_autoptr (JzPages) whole = jz_pages_lay_out (filling, faces, NULL);
    g_autofree char *a = jz_pages_dump (new);
    g_autofree char *b = jz_pages_dump (whole);
    g_assert_cmpstr (a, ==, b);
    g_assert_cmpuint (new->notes->len, ==, whole->notes->len);
    guint n_same = 0;
    for (guint j = 0; j < MIN (old->pages->len, new->pages->len); j++)
      n_same +=
        jz_page_equal (g_ptr_array_index (old->pages, j), g_ptr_array_index (new->pages, j));
    g_test_message ("%u of %u pages are the same", n_same, new->pages->len);
    if (i == 1 || i == 0)
      g_assert_cmpuint (n_same + 1, >=, new->pages->len);
    g_assert_false (
      i > 0 &&
      jz_page_equal (g_ptr_array_index (old->pages, 0), g_ptr_array_index (new->pages, 0)) &&
      jz_page_equal (g_ptr_array_index (old->pages, 1), g_ptr_array_index (new->pages, 1)));
    jz_pages_unref (old);
    old = new;
  }
}

/* What is being typed stands there in place of the value, and an empty paragraph has a place. */
static void
test_written (void)
{
  g_autoptr (JzFilling) filling = new_record (2, "");
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  const JzPageOptions options = { .written = written };
  JzPagePlace place;
  g_hash_table_insert (written, (gpointer) "born_on", (gpointer) "03");
  g_hash_table_insert (written, (gpointer) "qa[1].a", (gpointer) "甲\n\n乙\n");
  g_hash_table_insert (written, (gpointer) "phone", (gpointer) "");
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, &options);
  g_autofree char *dump = jz_pages_dump (pages);
  g_assert_nonnull (strstr (dump, " 03\n"));
  g_assert_null (strstr (dump, "1990年"));
  for (guint i = 0; i <= strlen ("甲\n\n乙\n"); i++)
    g_assert_cmpint (jz_pages_find_place (pages, "qa[1].a", i, &place), ==, TRUE);
  g_assert_false (jz_pages_find_place (pages, "qa[1].a", 100, &place));
  /* An empty cell is struck, and still is the place of its value. */
  g_assert_true (jz_pages_find_place (pages, "phone", 0, &place));
  g_assert_true (place.span->is_blank);
  g_autofree char *struck = jz_page_line_dup_text (place.line);
  g_assert_cmpstr (struck, ==, "／");
}

/* Without page breaks there are the same lines, one after the other. */
static void
test_continuous (void)
{
  g_autoptr (JzFilling) filling = new_record (60, "");
  const JzPageOptions options = { .is_continuous = TRUE };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, &options);
  g_autofree char *dump = jz_pages_dump (pages);
  g_assert_cmpuint (pages->pages->len, >, 1);
  g_assert_null (strstr (dump, "共"));
  g_assert_null (strstr (dump, "续页"));
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    const JzPageLine *last = g_ptr_array_index (page->lines, page->lines->len - 1);
    g_assert_cmpfloat (page->width, <, 520);
    g_assert_cmpfloat (last->baseline, <, page->height);
    g_assert_cmpfloat (page->height - last->baseline, <, 40);
  }
}

static void
test_step (void)
{
  g_autoptr (JzFilling) filling = new_record (3, "");
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  JzPagePlace place;
  JzPagePick pick;
  g_assert_true (jz_pages_find_place (pages, "qa[1].q", 3, &place));
  g_assert_true (jz_pages_step (pages, &place, 1, place.x, NULL, &pick));
  g_assert_cmpstr (pick.span->path, ==, "qa[1].a");
  g_assert_false (jz_pages_step (pages, &place, 1, place.x, "qa[1].q", &pick));
  g_assert_true (jz_pages_find_place (pages, "qa[1].a", 3, &place));
  g_assert_true (jz_pages_step (pages, &place, -1, place.x, NULL, &pick));
  g_assert_cmpstr (pick.span->path, ==, "qa[1].q");
  g_assert_true (jz_pages_find_place (pages, "round", 0, &place));
  g_assert_true (jz_pages_step (pages, &place, 1, place.x, NULL, &pick));
  g_assert_cmpstr (pick.span->path, ==, "end");
}

/* In the white of a page there is nothing to edit, in an empty part of a cell there is. */
static void
test_pick (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("case_filing_approval");
  g_autoptr (JzFilling) filling = jz_filling_new (form);
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  JzPagePlace place;
  JzPagePick pick;
  g_assert_true (jz_pages_find_place (pages, "facts", 0, &place));
  g_assert_true (
    jz_pages_pick (pages, 0, place.line->right - 5, place.line->bottom - 5, NULL, &pick));
  g_assert_cmpstr (pick.span->path, ==, "facts");
  g_assert_false (jz_pages_pick (pages, 0, 300, 20, NULL, &pick));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faces = fixture_new_faces ();
  g_test_add_func ("/pages/places/every-form", test_every_form);
  g_test_add_func ("/pages/places/incremental", test_incremental);
  g_test_add_func ("/pages/places/written", test_written);
  g_test_add_func ("/pages/places/continuous", test_continuous);
  g_test_add_func ("/pages/places/step", test_step);
  g_test_add_func ("/pages/places/pick", test_pick);
  int status = g_test_run ();
  jz_faces_unref (faces);
  return status;
}
