/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages-fixture.h"

#include <glib/gstdio.h>

/* What other programs find in our PDF: poppler its text, boxes, faces and pixels, qpdf its
 * structure. */

#define N_DOCUMENTS 3
#define GOLDEN_VARIABLE "JZ_GOLDEN_OUT"

static JzFaces *faces;
static char *folder;

static char *
dup_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

/* (transfer full): what the program wrote; %NULL when it is not installed */
static char *
run (const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  g_autofree char *err = NULL;
  int status;
  if (program == NULL)
    return NULL;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status,
                &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s: %s%s", argv[0], err, out);
  return out;
}

static GBytes *
write_pdf (const JzPages *pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jz_pdf_write (pages, fixture_get_now (), &error);
  g_assert_no_error (error);
  return pdf;
}

static char *
save (GBytes *pdf, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *path = dup_path (name);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  g_file_set_contents (path, data, (gssize)size, &error);
  g_assert_no_error (error);
  return path;
}

static char *
dup_squeezed (const char *text)
{
  GString *squeezed = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    if (!g_unichar_isspace (character) && !g_unichar_iscntrl (character))
      g_string_append_unichar (squeezed, character);
  }
  return g_string_free (squeezed, FALSE);
}

/* Each line as it was laid out is found in the text that another program takes from the PDF. */
static void
assert_text (const JzPages *pages, const char *path)
{
  const char *const argv[] = { "pdftotext", "-raw", "-enc", "UTF-8", path, "-", NULL };
  g_autofree char *text = run (argv);
  if (text == NULL)
    return;
  g_autofree char *found = dup_squeezed (text);
  for (guint i = 0; i < pages->pages->len; i++) {
    const JzPage *page = g_ptr_array_index (pages->pages, i);
    for (guint j = 0; j < page->lines->len; j++) {
      g_autofree char *line = jz_page_line_dup_text (g_ptr_array_index (page->lines, j));
      g_autofree char *wanted = dup_squeezed (line);
      /* A head that was shortened is not as long as its text. */
      if (strstr (found, wanted) == NULL && g_utf8_strlen (wanted, -1) < 60)
        g_error ("%s: “%s” is not in the text", path, wanted);
    }
  }
}

/* No word stands outside of the paper's margins. */
static void
assert_boxes (const char *path)
{
  const char *const argv[] = { "pdftotext", "-bbox", path, "-", NULL };
  g_autofree char *text = run (argv);
  guint n = 0;
  for (const char *at = text; at != NULL && (at = strstr (at, "<word ")) != NULL; at++) {
    double x1 = g_ascii_strtod (strstr (at, "xMin=\"") + 6, NULL);
    double y1 = g_ascii_strtod (strstr (at, "yMin=\"") + 6, NULL);
    double x2 = g_ascii_strtod (strstr (at, "xMax=\"") + 6, NULL);
    double y2 = g_ascii_strtod (strstr (at, "yMax=\"") + 6, NULL);
    g_assert_cmpfloat (x1, >=, 79.37 - 0.5);
    g_assert_cmpfloat (x2, <=, 79.37 + 442.2 + 0.8);
    /* A box of poppler's is as high as the face, which is more than its ink. */
    g_assert_cmpfloat (y1, >=, 40);
    g_assert_cmpfloat (y2, <=, 841.89 - 30);
    n++;
  }
  g_assert_true (text == NULL || n > 0);
}

static void
assert_structure (const char *path)
{
  const char *const check[] = { "qpdf", "--check", path, NULL };
  const char *const list[] = { "pdffonts", path, NULL };
  g_autofree char *checked = run (check);
  g_autofree char *fonts = run (list);
  g_assert_true (checked == NULL || strstr (checked, "WARNING") == NULL);
  g_auto (GStrv) lines = g_strsplit (fonts != NULL ? fonts : "", "\n", -1);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], " yes yes yes "));
}

static void
test_documents (void)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    for (guint j = 0; j < N_DOCUMENTS; j++) {
      g_autoptr (JzFilling) filling = fixture_new_document (form, j);
      g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
      g_autoptr (GBytes) pdf = write_pdf (pages);
      g_autofree char *name = g_strdup_printf ("%s-%u.pdf", ids[i], j);
      g_autofree char *path = save (pdf, name);
      g_test_message ("%s: %u pages", name, pages->pages->len);
      assert_text (pages, path);
      assert_boxes (path);
      assert_structure (path);
    }
  }
}

static void
test_same_bytes (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("penalty_decision");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzPages) a = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (JzPages) b = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (GBytes) first = write_pdf (a);
  g_usleep (1100 * 1000);
  g_autoptr (GBytes) second = write_pdf (b);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_information (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("penalty_decision");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (GBytes) pdf = write_pdf (pages);
  g_autofree char *path = save (pdf, "information.pdf");
  const char *const argv[] = { "pdfinfo", "-isodates", path, NULL };
  g_autofree char *text = run (argv);
  if (text == NULL)
    return;
  g_assert_nonnull (strstr (text, "行政处罚决定书"));
  g_assert_nonnull (strstr (text, "某某市综合行政执法局"));
  g_assert_nonnull (strstr (text, "2026-03-02T09:30:00+08"));
}

/* The dossier: parts in order, an entry in the outline and own labels for each, equal bytes. */
static void
test_merge (void)
{
  static const char *const ids[] = { "case_filing_approval", "inquiry_record", "service_receipt" };
  g_autoptr (GPtrArray) pdfs = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GError) error = NULL;
  JzPdfPart parts[G_N_ELEMENTS (ids)];
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    g_ptr_array_add (pdfs, write_pdf (pages));
    parts[i] = (JzPdfPart){ g_ptr_array_index (pdfs, i), ids[i], i == 1 ? "笔录-" : NULL };
  }
  g_autoptr (GBytes) whole =
    jz_pdf_merge (parts, G_N_ELEMENTS (parts), "某某案卷", fixture_get_now (), &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) again =
    jz_pdf_merge (parts, G_N_ELEMENTS (parts), "某某案卷", fixture_get_now (), &error);
  g_assert_true (g_bytes_equal (whole, again));
  g_autofree char *path = save (whole, "whole.pdf");
  const char *const json[] = { "qpdf", "--json=2", "--json-key=outlines", "--json-key=pagelabels",
                               path,   NULL };
  g_autofree char *structure = run (json);
  assert_structure (path);
  for (guint i = 0; structure != NULL && i < G_N_ELEMENTS (ids); i++)
    g_assert_nonnull (strstr (structure, ids[i]));
  g_assert_true (structure == NULL || strstr (structure, "笔录-") != NULL);
  const char *const argv[] = { "pdftotext", path, "-", NULL };
  g_autofree char *text = run (argv);
  g_assert_true (text == NULL || (strstr (text, "立案审批表") < strstr (text, "送达回证")));
}

static void
test_strip (void)
{
  g_autoptr (JzForm) form = fixture_load_form ("file_index");
  g_autoptr (JzFilling) filling = fixture_load_typical (form);
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (GBytes) pdf = write_pdf (pages);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) stripped = jz_pdf_strip (pdf, &error);
  g_assert_no_error (error);
  g_autofree char *path = save (stripped, "stripped.pdf");
  const char *const argv[] = { "pdfinfo", path, NULL };
  g_autofree char *text = run (argv);
  assert_structure (path);
  if (text == NULL)
    return;
  g_assert_null (strstr (text, "Creator"));
  g_assert_null (strstr (text, "CreationDate"));
  g_assert_null (strstr (text, "Title:          卷内目录"));
}

static void
test_damaged (void)
{
  static const char *const texts[] = { "", "not a PDF", "%PDF-1.5\n%%EOF\n" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
    const JzPdfPart part = { bytes, "a", NULL };
    g_assert_null (jz_pdf_strip (bytes, &error));
    g_assert_error (error, JZ_PDF_ERROR, JZ_PDF_ERROR_READ);
    g_clear_error (&error);
    g_assert_null (jz_pdf_merge (&part, 1, "a", 0, &error));
    g_assert_error (error, JZ_PDF_ERROR, JZ_PDF_ERROR_READ);
  }
}

typedef struct {
  guint8 *pixels;
  guint width;
  guint height;
} Picture;

static Picture
read_picture (const char *path, char **content)
{
  Picture picture = { 0 };
  gsize length;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, content, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (*content, "P5\n"));
  char *at = *content + 3;
  picture.width = (guint)g_ascii_strtoull (at, &at, 10);
  picture.height = (guint)g_ascii_strtoull (at, &at, 10);
  g_assert_cmpuint (g_ascii_strtoull (at, &at, 10), ==, 255);
  picture.pixels = (guint8 *)at + 1;
  g_assert_cmpuint (length, ==, (gsize)(at + 1 - *content) + picture.width * picture.height);
  return picture;
}

/* By pixels with a tolerance: another version of poppler draws a little darker or lighter. */
static void
test_pixels (void)
{
  static const char *const ids[] = { "case_filing_approval", "penalty_decision" };
  const char *out = g_getenv (GOLDEN_VARIABLE);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (JzForm) form = fixture_load_form (ids[i]);
    g_autoptr (JzFilling) filling = fixture_load_typical (form);
    g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
    g_autoptr (GBytes) pdf = write_pdf (pages);
    g_autofree char *path = save (pdf, "pixels.pdf");
    g_autofree char *root = out != NULL ? g_build_filename (out, ids[i], NULL) : dup_path (ids[i]);
    const char *const argv[] = { "pdftoppm", "-r", "36",          "-gray", "-f", "1",
                                 "-l",       "1",  "-singlefile", path,    root, NULL };
    g_autofree char *done = run (argv);
    if (done == NULL)
      return;
    g_autofree char *file = g_strconcat (ids[i], ".pgm", NULL);
    g_autofree char *made_path = g_strconcat (root, ".pgm", NULL);
    g_autofree char *golden_path =
      g_test_build_filename (G_TEST_DIST, "golden", "pages", file, NULL);
    g_autofree char *made_content = NULL;
    g_autofree char *golden_content = NULL;
    Picture made = read_picture (made_path, &made_content);
    Picture golden = read_picture (golden_path, &golden_content);
    g_assert_cmpuint (made.width, ==, golden.width);
    g_assert_cmpuint (made.height, ==, golden.height);
    guint64 difference = 0;
    for (guint j = 0; j < made.width * made.height; j++)
      difference += (guint64)ABS ((int)made.pixels[j] - (int)golden.pixels[j]);
    g_assert_cmpuint (difference / (made.width * made.height), <=, 2);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  faces = fixture_new_faces ();
  folder = g_dir_make_tmp ("juanzong-test-XXXXXX", NULL);
  g_test_add_func ("/pages/pdf/damaged", test_damaged);
  g_test_add_func ("/pages/pdf/documents", test_documents);
  g_test_add_func ("/pages/pdf/information", test_information);
  g_test_add_func ("/pages/pdf/merge", test_merge);
  g_test_add_func ("/pages/pdf/pixels", test_pixels);
  g_test_add_func ("/pages/pdf/same-bytes", test_same_bytes);
  g_test_add_func ("/pages/pdf/strip", test_strip);
  int status = g_test_run ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *path = dup_path (name);
    g_unlink (path);
  }
  g_rmdir (folder);
  g_free (folder);
  jz_faces_unref (faces);
  return status;
}
