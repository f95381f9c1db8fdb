/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-fixture.h"

#include <pango/pango.h>
#include <string.h>

/* Set it to a folder to write the golden pages anew, and look at the differences. */
#define GOLDEN_VARIABLE "JZ_GOLDEN_OUT"
#define N_DOCUMENTS 3

static JzFaces *faces;

/* What stands outside of the edges that a line was given would be cut or overprinted. */
static void
assert_inside (const JzPageLine *line, const char *id)
{
  PangoRectangle ink;
  pango_layout_line_get_extents (jz_page_line_get (line), &ink, NULL);
  g_autofree char *text = jz_page_line_dup_text (line);
  double ink_top = line->baseline + (double)ink.y / PANGO_SCALE;
  double ink_bottom = ink_top + (double)ink.height / PANGO_SCALE;
  if (line->x < line->left - 0.1 || line->x + line->width > line->right + 0.4)
    g_error ("%s: “%s” stands from %.1f to %.1f, not between %.1f and %.1f", id, text, line->x,
             line->x + line->width, line->left, line->right);
  if (ink_top < line->top - 0.5 || ink_bottom > line->bottom + 0.5)
    g_error ("%s: “%s” stands from %.1f to %.1f down, not between %.1f and %.1f", id, text, ink_top,
             ink_bottom, line->top, line->bottom);
}

static gboolean
do_overlap (const JzPageLine *a, const JzPageLine *b)
{
  gboolean is_beside = a->x + a->width <= b->x + 0.5 || b->x + b->width <= a->x + 0.5;
  return !is_beside && ABS (a->baseline - b->baseline) < MIN (a->size, b->size) * 0.9;
}

static void
assert_page (const JzPage *page, const char *id)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    assert_inside (line, id);
    for (guint j = 0; j < i; j++)
      g_assert_false (do_overlap (line, g_ptr_array_index (page->lines, j)));
  }
  for (guint i = 0; i < page->boxes->len; i++) {
    const JzPageBox *box = &g_array_index (page->boxes, JzPageBox, i);
    g_assert_cmpfloat (box->x, >=, 79.3);
    g_assert_cmpfloat (box->x + box->width, <=, 79.37 + 442.2 + 0.1);
    g_assert_cmpfloat (box->y, >=, 70.8);
    g_assert_cmpfloat (box->y + box->height, <=, 841.89 - 70.8);
  }
}

/* What was placed of a field, in the order of the pages. */
static void
add_spans (const JzPageLine *line, GHashTable *values)
{
  const PangoLayoutLine *drawn = jz_page_line_get (line);
  const char *text = pango_layout_get_text (line->text->layout);
  guint line_start = (guint)drawn->start_index;
  guint line_end = line_start + (guint)drawn->length;
  for (guint i = 0; i < line->text->spans->len; i++) {
    const JzPageSpan *span = &g_array_index (line->text->spans, JzPageSpan, i);
    guint start = MAX (span->start, line_start);
    guint end = MIN (span->end, line_end);
    if (start >= end)
      continue;
    GString *value = g_hash_table_lookup (values, span->path);
    if (value == NULL) {
      value = g_string_new (NULL);
      g_hash_table_insert (values, g_strdup (span->path), value);
    }
    g_string_append_len (value, text + start, end - start);
  }
}

static void
free_string (gpointer data)
{
  g_string_free (data, TRUE);
}

static char *
dup_squeezed (const char *text)
{
  GString *squeezed = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (squeezed, g_utf8_get_char (at));
  }
  return g_string_free (squeezed, FALSE);
}

/* A value that is placed is placed whole, maybe more than once. */
static void
assert_whole (const char *path, const char *placed, const char *expected, const char *id)
{
  g_autofree char *a = dup_squeezed (placed);
  g_autofree char *b = dup_squeezed (expected);
  gsize length = strlen (b);
  if (length == 0)
    return;
  g_assert_cmpuint (strlen (a) % length, ==, 0);
  for (gsize i = 0; i < strlen (a); i += length) {
    if (strncmp (a + i, b, length) != 0)
      g_error ("%s: %s is not placed whole: %s", id, path, a);
  }
}

static void
assert_field (const JzFilling *filling, const JzFormField *field, GHashTable *values)
{
  const char *id = jz_form_get_id (jz_filling_get_form (filling));
  const JzJson *json = jz_filling_find (filling, field->name);
  g_autofree char *expected = jz_filling_dup_text (field, json, JZ_SHOW_PLAIN);
  const GString *placed = g_hash_table_lookup (values, field->name);
  if (placed != NULL && field->type != JZ_FIELD_CHOICE && field->type != JZ_FIELD_MONEY &&
      g_strcmp0 (field->composite, "signature") != 0)
    assert_whole (field->name, placed->str, expected, id);
  for (guint i = 0; json != NULL && i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    guint n = field->is_list ? jz_json_get_n_items (json) : 1;
    for (guint j = 0; j < n; j++) {
      const JzJson *entry = field->is_list ? jz_json_get_item (json, j) : json;
      g_autofree char *path = field->is_list
                                ? g_strdup_printf ("%s[%u].%s", field->name, j + 1, member->name)
                                : g_strdup_printf ("%s.%s", field->name, member->name);
      g_autofree char *text =
        jz_filling_dup_text (member, jz_json_get_member (entry, member->name), JZ_SHOW_PLAIN);
      placed = g_hash_table_lookup (values, path);
      if (placed != NULL)
        assert_whole (path, placed->str, text, id);
      else if (field->type == JZ_FIELD_TABLE && *text != '\0')
        g_error ("%s: %s is nowhere on the pages", id, path);
    }
  }
}

/* Of the hand-written values every field has its place; the others are of hidden branches. */
static void
assert_values (const JzFilling *filling, const JzPages *pages, gboolean is_typical)
{
  const JzForm *form = jz_filling_get_form (filling);
  g_autoptr (GHashTable) values =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_string);
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++)
      add_spans (g_ptr_array_index (page->lines, j), values);
  }
  for (guint i = 0; i < jz_form_get_n_fields (form); i++)
    assert_field (filling, jz_form_get_field (form, i), values);
  if (is_typical)
    g_assert_cmpuint (g_hash_table_size (values), >=, jz_form_get_n_fields (form) / 2);
}

static void
test_documents (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_assert_cmpuint (g_strv_length (ids), ==, 13);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    for (guint j = 0; j < N_DOCUMENTS; j++) {
      g_autoptr (JzFilling) filling = fixture_new_document (form, j);
      g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
      g_test_message ("%s %u: %u pages", ids[i], j, pages->pages->len);
      g_assert_cmpuint (pages->pages->len, >=, 1);
      for (guint k = 0; k < pages->pages->len; k++)
        assert_page (g_ptr_array_index (pages->pages, k), ids[i]);
      assert_values (filling, pages, j == 2);
    }
  }
}

/* Text and boxes are exactly as they were when somebody looked at them. */
static void
test_golden (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  const char *out = g_getenv (GOLDEN_VARIABLE);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    g_autofree char *dump = jz_pages_dump (pages);
    g_autofree char *file = g_strconcat (ids[i], ".txt", NULL);
    g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "pages", file, NULL);
    g_autofree char *expected = NULL;
    g_autoptr (GError) error = NULL;
    if (out != NULL) {
      g_autofree char *target = g_build_filename (out, file, NULL);
      g_file_set_contents (target, dump, -1, &error);
      g_assert_no_error (error);
    }
    g_file_get_contents (path, &expected, NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (dump, ==, expected);
  }
}

/* GB/T 9704-2012: 28 characters in a line, 22 lines on a page. */
static void
test_grid (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("penalty_decision");
  g_autoptr (JzFilling) filling = fixture_new_filling (form, FIXTURE_MINIMAL);
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < 28 * 22 * 2; i++)
    g_string_append (text, "罚");
  g_autoptr (JzJson) value = jz_json_new_text (text->str);
  g_assert_true (jz_filling_set (filling, "facts", value, &error));
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  const JzPage *page = g_ptr_array_index (pages->pages, 1);
  guint n_rows = 0;
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    g_autofree char *content = jz_page_line_dup_text (line);
    if (!g_str_has_prefix (content, "罚"))
      continue;
    n_rows++;
    g_assert_cmpint (g_utf8_strlen (content, -1), ==, 28);
    g_assert_cmpfloat_with_epsilon (line->baseline, 104.88 + (n_rows - 1) * 28.99 + 21.41, 0.01);
  }
  g_assert_cmpuint (n_rows, ==, 22);
  g_string_free (text, TRUE);
}

static const JzPageLine *
find_line (const JzPage *page, const char *wanted)
{
  for (guint i = 0; i < page->lines->len; i++) {
    const JzPageLine *line = g_ptr_array_index (page->lines, i);
    g_autofree char *text = jz_page_line_dup_text (line);
    if (strstr (text, wanted) != NULL)
      return line;
  }
  return NULL;
}

static gboolean
has_text (const JzPage *page, const char *wanted)
{
  return find_line (page, wanted) != NULL;
}

/* Every page of a record is signed, numbered and headed; a list repeats its title row. */
static void
test_furniture (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("inquiry_record");
  g_autoptr (JzFilling) filling = fixture_new_filling (form, FIXTURE_EXTREME);
  const JzPageOptions options = { .mark = "a1b2c3d4", .is_demo = TRUE };
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, &options);
  guint n = pages->pages->len;
  g_assert_cmpuint (n, >, 5);
  for (guint i = 0; i < n; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    g_autofree char *number = g_strdup_printf ("第%u页　共%u页", i + 1, n);
    g_assert_true (has_text (page, "被询问人签名、指印："));
    g_assert_true (has_text (page, number));
    g_assert_true (has_text (page, "a1b2c3d4"));
    g_assert_true (has_text (page, "演示"));
    g_assert_true (has_text (page, "询问笔录（续页）") == (i > 0));
  }
  g_assert_true (has_text (g_ptr_array_index (pages->pages, n - 1), "以下空白"));

  g_autoptr (JzForm) index = fixture_load_form ("file_index");
  g_autoptr (JzFilling) rows = fixture_new_filling (index, FIXTURE_EXTREME);
  g_autoptr (JzPages) index_pages = jz_pages_lay_out (rows, faces, &options);
  g_assert_cmpuint (index_pages->pages->len, >, 1);
  for (guint i = 0; i < index_pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (index_pages->pages, i);
    const JzPageLine *head = find_line (page, "案号：");
    g_assert_true (has_text (page, "责任者"));
    /* That the office is invented stands above the number of the case, not on it. */
    g_assert_nonnull (head);
    g_assert_cmpfloat (find_line (page, "演示")->baseline, <, head->baseline - head->size);
  }
}

/* A code that is broken gets no sign that is not in it. */
static void
test_codes (void)
{
  const char *code = "fa700193beec0804c0cefd4dba7e665d";
  g_autoptr (PangoLayout) layout =
    jz_faces_lay_out (faces, JZ_FACE_BODY, 12, code, 60, 0, 0, FALSE);
  guint n_glyphs = 0;

  g_assert_cmpint (pango_layout_get_line_count (layout), >, 2);
  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next)
    for (GSList *run = ((PangoLayoutLine *)line->data)->runs; run != NULL; run = run->next)
      n_glyphs += (guint)((PangoLayoutRun *)run->data)->glyphs->num_glyphs;
  g_assert_cmpuint (n_glyphs, ==, strlen (code));
}

/* Odd pages are numbered on the right, even ones on the left; no seal stands on an empty page. */
static void
test_letter_pages (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("penalty_decision");
  for (guint n = 1; n < 60; n++) {
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autofree char *text = fixture_dup_text (n * 13, FALSE);
    g_autoptr (JzJson) value = jz_json_new_text (text);
    g_assert_true (jz_filling_set (filling, "facts", value, NULL));
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    for (guint i = 0; i < pages->pages->len; i++) {
      const JzPage *page = g_ptr_array_index (pages->pages, i);
      g_autofree char *number = g_strdup_printf ("— %u —", i + 1);
      const JzPageLine *last = g_ptr_array_index (page->lines, page->lines->len - 1);
      g_autofree char *content = jz_page_line_dup_text (last);
      g_assert_cmpstr (content, ==, number);
      g_assert_true (i % 2 == 0 ? last->x > 400 : last->x < 150);
      if (has_text (page, "2026年2月6日") && i > 0) {
        g_autofree char *first = jz_page_line_dup_text (g_ptr_array_index (page->lines, 0));
        g_assert_cmpstr (first, !=, "某某市综合行政执法局");
      }
    }
  }
}

static guint
find_page (const JzPages *pages, const char *text)
{
  for (guint i = 0; i < pages->pages->len; i++) {
    if (has_text (g_ptr_array_index (pages->pages, i), text))
      return i;
  }
  g_error ("“%s” is on no page", text);
}

static void
set_text (JzFilling *filling, const char *field, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) value = jz_json_new_text (text);
  jz_filling_set (filling, field, value, &error);
  g_assert_no_error (error);
}

/* A signature is never parted from the words that it signs. */
static void
test_signature_cells (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("case_filing_approval");
  for (guint n = 0; n < 80; n++) {
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autofree char *facts = fixture_dup_text (1 + n * 37, FALSE);
    g_autofree char *words = fixture_dup_text (1 + n * 11, FALSE);
    g_autofree char *opinion = g_strconcat (words, "终", NULL);
    set_text (filling, "facts", facts);
    set_text (filling, "opinion_u", opinion);
    set_text (filling, "opinion_r", "照准");
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    for (guint i = 0; i < pages->pages->len; i++)
      assert_page (g_ptr_array_index (pages->pages, i), "signatures");
    g_assert_cmpuint (find_page (pages, "终"), ==, find_page (pages, "负责人：钱某"));
    g_assert_cmpuint (find_page (pages, "照准"), ==, find_page (pages, "负责人：孙某"));
  }
}

/* More signatures than a page holds are still all there. */
static void
test_many_signers (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("case_filing_approval");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzJson) signers = jz_json_new_array ();
  for (guint i = 0; i < 300; i++) {
    g_autofree char *name = g_strdup_printf ("某某某某某某某某某某%u", i);
    JzJson *signer = jz_json_new_object ();
    jz_json_set_text (signer, "name", name);
    jz_json_append (signers, signer);
  }
  g_assert_true (jz_filling_set (filling, "sign_h", signers, NULL));
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_assert_cmpuint (pages->pages->len, <, 12);
  for (guint i = 0; i < pages->pages->len; i++)
    assert_page (g_ptr_array_index (pages->pages, i), "signers");
  g_assert_cmpuint (find_page (pages, "某299"), >, 0);
}

/* A refusal with a long story takes the room that it needs at the foot of every page. */
static void
test_refused_signature (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("collective_discussion");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autofree char *note = fixture_dup_text (200, FALSE);
  g_autoptr (JzJson) sign = jz_json_new_object ();
  jz_json_set_boolean (sign, "refused", TRUE);
  jz_json_set_text (sign, "note", note);
  jz_json_set_text (sign, "witness", "孙某");
  jz_json_set_text (sign, "video", "V20260205-01");
  g_assert_true (jz_filling_set (filling, "chair_sign", sign, NULL));
  g_assert_true (jz_filling_set (filling, "recorder_sign", sign, NULL));
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_assert_cmpuint (pages->pages->len, >, 2);
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    assert_page (page, "refusal");
    g_assert_true (has_text (page, "主持人签名："));
    g_assert_true (has_text (page, "V20260205-01"));
  }
}

/* Everybody who was there signs on a line of his own, and nobody else does. */
static void
test_signers (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("collective_discussion");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzJson) signatures = jz_json_new_array ();
  JzJson *signature = jz_json_new_object ();
  jz_json_set_text (signature, "name", "郑某");
  jz_json_set_text (signature, "date", "2026-02-05");
  jz_json_append (signatures, signature);
  g_assert_true (jz_filling_set (filling, "head_sign", signatures, NULL));
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  guint last = pages->pages->len - 1;
  g_assert_cmpuint (find_page (pages, "孙某（局长）："), ==, last);
  g_assert_cmpuint (find_page (pages, "郑某（副局长）：郑某　2026年2月5日"), ==, last);
  g_assert_cmpuint (find_page (pages, "冯某（副局长）："), ==, last);
  for (guint i = 0; i <= last; i++)
    g_assert_false (has_text (g_ptr_array_index (pages->pages, i), "陈某（副局长）："));
}

/* What was left in a field that a choice hides is nowhere on paper, nor the words around it. */
static void
test_hidden (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("scene_record");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzJson) reason = jz_json_new_text ("认识");
  static const char *const answers[] = { "no", "yes" };
  g_assert_true (jz_filling_set (filling, "recusal_reason", reason, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (JzJson) answer = jz_json_new_text (answers[i]);
    g_assert_true (jz_filling_set (filling, "recusal", answer, NULL));
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    const JzPage *page = g_ptr_array_index (pages->pages, 0);
    g_assert_true (has_text (page, "理由：") == (i == 1));
    g_assert_true (has_text (page, "认识") == (i == 1));
  }
}

/* A character that no face has is named. */
static void
test_missing_glyph (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("file_index");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzPages) whole = jz_pages_lay_out (filling, faces, NULL);
  g_assert_false (jz_pages_has_missing (whole));
  /* A private character, which no face has by itself. */
  g_autoptr (JzJson) value = jz_json_new_text ("许\xf3\xb0\x80\x81");
  g_assert_true (jz_filling_set (filling, "filer", value, NULL));
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_assert_true (jz_pages_has_missing (pages));
  gboolean is_named = FALSE;
  for (guint i = 0; i < pages->notes->len; i++) {
    const JzGlyphNote *note = g_ptr_array_index (pages->notes, i);
    is_named = is_named || (note->is_missing && note->character == 0xf0001);
  }
  g_assert_true (is_named);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faces = fixture_new_faces ();
  g_test_add_func ("/pages/layout/codes", test_codes);
  g_test_add_func ("/pages/layout/documents", test_documents);
  g_test_add_func ("/pages/layout/furniture", test_furniture);
  g_test_add_func ("/pages/layout/golden", test_golden);
  g_test_add_func ("/pages/layout/grid", test_grid);
  g_test_add_func ("/pages/layout/hidden", test_hidden);
  g_test_add_func ("/pages/layout/letter-pages", test_letter_pages);
  g_test_add_func ("/pages/layout/many-signers", test_many_signers);
  g_test_add_func ("/pages/layout/missing-glyph", test_missing_glyph);
  g_test_add_func ("/pages/layout/refused-signature", test_refused_signature);
  g_test_add_func ("/pages/layout/signers", test_signers);
  g_test_add_func ("/pages/layout/signature-cells", test_signature_cells);
  int status = g_test_run ();
  jz_faces_unref (faces);
  return status;
}
