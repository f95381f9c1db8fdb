/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "forms/form_load.h"
#include "pages/pdf.h"

/* render-form FORM VALUES.json OUT.pdf: draws a shipped form for a look at it. */

static int
fail (const GError *error)
{
  g_printerr ("%s\n", error->message);
  return 1;
}

static void
print_findings (const JzFilling *filling, JzInstant now)
{
  g_autoptr (GPtrArray) findings = jz_filling_check (filling, now, NULL);
  for (guint i = 0; i < findings->len; i++) {
    const JzFinding *finding = g_ptr_array_index (findings, i);
    g_print ("%s %s %s: %s\n", finding->level == JZ_FINDING_ERROR ? "error" : "warning",
             finding->rule != NULL ? finding->rule : "-", finding->field, finding->sentence);
  }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length;
  if (argc != 4) {
    g_printerr ("Usage: render-form FORM VALUES.json OUT.pdf\n");
    return 1;
  }
  g_autoptr (JzForm) form = jz_form_load_shipped (argv[1], NULL, &error);
  if (form == NULL || !g_file_get_contents (argv[2], &text, &length, &error))
    return fail (error);
  g_autoptr (JzFilling) filling = jz_filling_parse (form, text, length, &error);
  if (filling == NULL)
    return fail (error);
  JzInstant now = jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30);
  print_findings (filling, now);
  g_autoptr (JzFaces) faces = jz_faces_new ();
  g_autoptr (JzPages) pages = jz_pages_lay_out (filling, faces, NULL);
  g_autoptr (GBytes) pdf = jz_pdf_write (pages, now, &error);
  if (pdf == NULL)
    return fail (error);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);
  if (!g_file_set_contents (argv[3], data, (gssize)size, &error))
    return fail (error);
  g_print ("%u pages\n", pages->pages->len);
  return 0;
}
