/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../store/folder.h"
#include "bench.h"
#include "forms/form_load.h"
#include "pages/pdf.h"

/* Papers of a case, from what was filled in to the PDF, beside LibreOffice that makes PDF of pages
 * with the same amount of plain text; it is started once for all of them, and its start counts. */

#define FORM "penalty_decision"
#define WHAT "pages of decisions as PDF"

static guint
draw (const JzFilling *filling, JzFaces *faces)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (GBytes) pdf =
    jz_pdf_write (pages, jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30), &error);

  g_assert_no_error (error);
  return pages->pages->len;
}

static JzFilling *
load_filling (const JzForm *form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;
  JzFilling *filling;

  g_file_get_contents (VALUES "/" FORM ".json", &text, &length, &error);
  g_assert_no_error (error);
  filling = jz_filling_parse (form, text, length, &error);
  g_assert_no_error (error);
  return filling;
}

static double
measure_ours (guint n_papers)
{
  g_autoptr (JzForm) form = jz_form_load_shipped (FORM, NULL, NULL);
  g_autoptr (JzFilling) filling = load_filling (form);
  g_autoptr (JzFaces) faces = jz_faces_new ();
  guint n_pages = draw (filling, faces); /* finds the faces */
  double begin = bench_now ();

  n_pages = 0;
  for (guint i = 0; i < n_papers; i++)
    n_pages += draw (filling, faces);
  return n_pages / (bench_now () - begin);
}

/* One page of running text. */
static char *
write_page (const char *folder, guint number)
{
  g_autoptr (GString) text = g_string_new ("<html><meta charset='utf-8'><body>");
  g_autofree char *name = g_strdup_printf ("page-%u.html", number);

  for (guint i = 0; i < 12; i++)
    g_string_append (text, "<p>经查，当事人超出核准范围经营，堆放物料占用城市道路，执法人员制作"
                           "现场检查笔录一份，拍照三张，并告知其陈述申辩的权利。</p>");
  g_string_append_printf (text, "<p>第%u号</p></body></html>", number);
  return folder_write (folder, name, text->str, text->len);
}

static double
measure_libreoffice (const char *program, guint n_papers)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *profile = g_strdup_printf ("-env:UserInstallation=file://%s/profile", folder);
  g_autoptr (GPtrArray) command = g_ptr_array_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *const words[] = {
    program, "--headless", profile, "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", folder
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_ptr_array_add (command, (gpointer)words[i]);
  for (guint i = 0; i < n_papers; i++) {
    g_ptr_array_add (files, write_page (folder, i));
    g_ptr_array_add (command, g_ptr_array_index (files, i));
  }
  g_ptr_array_add (command, NULL);
  return n_papers / bench_spawn ((const char *const *)command->pdata, FALSE, NULL);
}

void
bench_pages (Bench *bench)
{
  guint n_papers = bench->is_quick ? 30 : 200;
  g_autofree char *program = g_find_program_in_path ("soffice");

  if (program == NULL)
    bench_skip (bench, WHAT, "LibreOffice is not installed");
  else
    bench_add (bench, WHAT, "pages/s", measure_ours (n_papers), "LibreOffice",
               measure_libreoffice (program, n_papers), 1);
}
