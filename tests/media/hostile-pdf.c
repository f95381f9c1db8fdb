/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <zlib.h>

#include "hostile-files.h"

/* Documents put together by hand, with what no printer writes. */

typedef struct {
  GString *text;
  GArray *places; /* gsize: of object 1, 2, … */
} Pdf;

static void
begin (Pdf *pdf)
{
  pdf->text = g_string_new ("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
  pdf->places = g_array_new (FALSE, FALSE, sizeof (gsize));
}

/* The next object; they are numbered from 1. */
static void
put (Pdf *pdf, const char *body)
{
  gsize at = pdf->text->len;

  g_array_append_val (pdf->places, at);
  g_string_append_printf (pdf->text, "%u 0 obj\n%s\nendobj\n", pdf->places->len, body);
}

static void
put_stream (Pdf *pdf, const char *entries, const void *data, gsize size, gint64 announced)
{
  gsize at = pdf->text->len;

  g_array_append_val (pdf->places, at);
  g_string_append_printf (pdf->text, "%u 0 obj\n<<%s/Length %lld>>\nstream\n", pdf->places->len,
                          entries, (long long)announced);
  g_string_append_len (pdf->text, data, (gssize)size);
  g_string_append (pdf->text, "\nendstream\nendobj\n");
}

static void
end (Pdf *pdf,
     GPtrArray *files,
     MediaFixture *fixture,
     const char *name,
     const char *odd,
     const char *trailer)
{
  gsize at = pdf->text->len;

  g_string_append_printf (pdf->text, "xref\n0 %u\n0000000000 65535 f \n", pdf->places->len + 1);
  for (guint i = 0; i < pdf->places->len; i++)
    g_string_append_printf (pdf->text, "%010lu 00000 n \n",
                            (gulong)g_array_index (pdf->places, gsize, i));
  g_string_append_printf (pdf->text,
                          "trailer\n<</Size %u/Root 1 0 R%s>>\nstartxref\n%lu\n%%%%EOF\n",
                          pdf->places->len + 1, trailer, (gulong)at);
  hostile_add (files, fixture, name, odd, pdf->text->str, pdf->text->len);
  g_string_free (pdf->text, TRUE);
  g_array_unref (pdf->places);
}

/* A document of one page, object 3, whose content is object 4. */
static void
add_page (GPtrArray *files,
          MediaFixture *fixture,
          const char *name,
          const char *odd,
          const char *in_catalog,
          const char *in_page,
          const char *content)
{
  g_autofree char *catalog = g_strdup_printf ("<</Type/Catalog/Pages 2 0 R%s>>", in_catalog);
  g_autofree char *page = g_strdup_printf ("<</Type/Page/Parent 2 0 R/Contents 4 0 R%s>>", in_page);
  Pdf pdf;

  begin (&pdf);
  put (&pdf, catalog);
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, page);
  put_stream (&pdf, "", content, strlen (content), (gint64)strlen (content));
  end (&pdf, files, fixture, name, odd, "");
}

#define BOX "/MediaBox[0 0 595 842]"

static void
add_active (GPtrArray *files, MediaFixture *fixture)
{
  add_page (files, fixture, "script.pdf", "script",
            "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", BOX, "");
  add_page (files, fixture, "scripts.pdf", "script",
            "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(while\\(1\\);)>>]>>>>", BOX, "");
  add_page (
    files, fixture, "launch.pdf", "launch", "",
    BOX "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A<</S/Launch/F(/usr/bin/true)>>>>]",
    "");
  add_page (
    files, fixture, "address.pdf", NULL, "/OpenAction<</S/URI/URI(http://127.0.0.1/)>>",
    BOX
    "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/SubmitForm/F(http://127.0.0.1/)>>>>]",
    "");
  add_page (files, fixture, "attachment.pdf", "attachment",
            "/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>]>>>>",
            BOX, "MZ");
}

static void
add_sizes (GPtrArray *files, MediaFixture *fixture)
{
  static const struct {
    const char *name;
    const char *box;
  } boxes[] = {
    { "no-box.pdf", "" },
    { "box-huge.pdf", "/MediaBox[0 0 1e30 1e30]" },
    { "box-negative.pdf", "/MediaBox[600 800 0 0]" },
    { "box-empty.pdf", "/MediaBox[0 0 0 0]" },
    { "box-line.pdf", "/MediaBox[0 0 1 100000]" },
    { "box-words.pdf", "/MediaBox[(a) null true <<>>]" },
    { "box-unit.pdf", "/MediaBox[0 0 595 842]/UserUnit 1e20" },
    { "box-turned.pdf", "/MediaBox[0 0 595 842]/Rotate 45" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    add_page (files, fixture, boxes[i].name, NULL, "", boxes[i].box, "0 0 1 rg 0 0 100 100 re f");
}

static void
add_loops (GPtrArray *files, MediaFixture *fixture)
{
  Pdf pdf;

  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]>>");
  end (&pdf, files, fixture, "kids-loop.pdf", NULL, "");
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "<</Type/Page/Parent 2 0 R" BOX "/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>");
  put_stream (&pdf, "", "/X Do", 5, 5);
  put_stream (&pdf, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>",
              "/X Do /X Do", 11, 11);
  end (&pdf, files, fixture, "form-loop.pdf", NULL, "");
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "3 0 R");
  end (&pdf, files, fixture, "reference-loop.pdf", NULL, "/Prev 9");
}

/* Forms that draw each other: every level doubles the work. */
static void
add_explosion (GPtrArray *files, MediaFixture *fixture)
{
  Pdf pdf;

  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "<</Type/Page/Parent 2 0 R" BOX "/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>");
  put_stream (&pdf, "", "/X Do", 5, 5);
  for (guint i = 5; i < 45; i++) {
    g_autofree char *entries = g_strdup_printf (
      "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %u 0 R>>>>", i + 1);
    put_stream (&pdf, entries, "/X Do /X Do", 11, 11);
  }
  put_stream (&pdf, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "0 0 9 9 re f", 12, 12);
  end (&pdf, files, fixture, "explosion.pdf", NULL, "");
  ((HostileFile *)files->pdata[files->len - 1])->is_slow = TRUE;
}

static void
add_bombs (GPtrArray *files, MediaFixture *fixture)
{
  gsize size = 64 << 20;
  g_autofree guint8 *spaces = g_malloc (size);
  uLongf n_packed = compressBound (size);
  g_autofree guint8 *packed = g_malloc (n_packed);
  g_autofree char *deep = g_strnfill (200000, '[');
  g_autofree char *nested = g_strconcat ("<</Type/Catalog/Pages 2 0 R/A ", deep, ">>", NULL);
  Pdf pdf;

  memset (spaces, ' ', size);
  g_assert_cmpint (compress (packed, &n_packed, spaces, size), ==, Z_OK);
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "<</Type/Page/Parent 2 0 R" BOX "/Contents 4 0 R>>");
  put_stream (&pdf, "/Filter/FlateDecode", packed, n_packed, (gint64)n_packed);
  end (&pdf, files, fixture, "bomb.pdf", NULL, "");
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "<</Type/Page/Parent 2 0 R" BOX "/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>");
  put_stream (&pdf, "", "500 0 0 500 0 0 cm /I Do", 24, 24);
  put_stream (&pdf,
              "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB"
              "/BitsPerComponent 8",
              "abc", 3, 3);
  end (&pdf, files, fixture, "huge-image.pdf", NULL, "");
  begin (&pdf);
  put (&pdf, nested);
  put (&pdf, "<</Type/Pages/Count 0/Kids[]>>");
  end (&pdf, files, fixture, "nested.pdf", NULL, "");
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
  put (&pdf, "<</Type/Page/Parent 2 0 R" BOX "/Contents 4 0 R>>");
  put_stream (&pdf, "", "0 0 9 9 re f", 12, G_MAXINT64);
  end (&pdf, files, fixture, "length-lie.pdf", NULL, "");
}

static void
add_many_pages (GPtrArray *files, MediaFixture *fixture)
{
  guint n = 100000;
  g_autoptr (GString) kids = g_string_new (NULL);
  g_autofree char *tree = NULL;
  Pdf pdf;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (kids, "%u 0 R ", i + 3);
  tree = g_strdup_printf ("<</Type/Pages/Count %u/Kids[%s]" BOX ">>", n, kids->str);
  begin (&pdf);
  put (&pdf, "<</Type/Catalog/Pages 2 0 R>>");
  put (&pdf, tree);
  for (guint i = 0; i < n; i++)
    put (&pdf, "<</Type/Page/Parent 2 0 R>>");
  end (&pdf, files, fixture, "100000-pages.pdf", NULL, "");
}

static void
add_locked (GPtrArray *files, MediaFixture *fixture)
{
  g_autofree char *open = media_fixture_path (fixture, "a.pdf");
  g_autofree char *locked = media_fixture_path (fixture, "locked.pdf");
  const char *command[] = {
    "qpdf", "--encrypt", "secret", "owner", "256", "--", open, locked, NULL
  };
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  hostile_add_path (files, g_steal_pointer (&locked), "password", FALSE);
}

void
hostile_add_pdfs (GPtrArray *files, MediaFixture *fixture)
{
  add_active (files, fixture);
  add_sizes (files, fixture);
  add_loops (files, fixture);
  add_explosion (files, fixture);
  add_bombs (files, fixture);
  add_many_pages (files, fixture);
  add_locked (files, fixture);
  hostile_add (files, fixture, "mark-alone.pdf", "damaged", "%PDF-1.7\n", 9);
  hostile_add (files, fixture, "no-objects.pdf", "damaged",
               "%PDF-1.7\nxref\n0 99999999\ntrailer\n<</Size 99999999/Root 1 0 R>>\nstartxref\n9\n",
               69);
}
