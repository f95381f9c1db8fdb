/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"
#include "forms/form_load.h"
#include "pages/pdf.h"
#include "publish/public_copy.h"

/* Pages of public copies: personal data looked for, hidden, and the rest drawn anew, beside drawing
 * the same pages alone; and how many such pages are attacked in a second, without OCR. */

#define FORM "penalty_decision"
#define WHAT "pages searched, hidden and drawn"
#define ATTACKED "pages of public copies attacked"
#define REFERENCE "drawing them"
#define N_ROUNDS 5

static JzFilling *
load_filling (const JzForm *form)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_file_get_contents (VALUES "/" FORM ".json", &text, &length, &error);
  g_assert_no_error (error);
  JzFilling *filling = jz_filling_parse (form, text, length, &error);
  g_assert_no_error (error);
  return filling;
}

static JzPublicCopy *
make_copy (const JzPublicSource *source, GPtrArray **redactions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  *redactions = jz_redactions_cover_all (found);
  JzPublicCopy *copy = jz_public_copy_make (source, *redactions, NULL, &error);

  g_assert_no_error (error);
  return copy;
}

/* One decision, again and again. */
typedef struct {
  const JzPublicSource *source;
  const JzFilling *filling;
  guint n_copied; /* pages of its public copy */
  guint n_drawn;  /* pages of itself */
} Paper;

static void
copy_once (gpointer data)
{
  Paper *self = data;
  g_autoptr (GPtrArray) redactions = NULL;
  g_autoptr (JzPublicCopy) copy = make_copy (self->source, &redactions);

  self->n_copied = copy->n_pages;
}

static void
draw_once (gpointer data)
{
  Paper *self = data;
  g_autoptr (JzFaces) faces = jz_faces_new ();
  g_autoptr (JzPages) pages = jz_pages_lay_out (self->filling, faces, NULL);
  g_autoptr (GBytes) pdf = jz_pdf_write (pages, 0, NULL);

  g_assert_nonnull (pdf);
  self->n_drawn = pages->pages->len;
}

static double
measure_attacks (const JzPublicSource *source, guint n_papers)
{
  g_autoptr (GPtrArray) redactions = NULL;
  g_autoptr (JzPublicCopy) copy = make_copy (source, &redactions);
  double begin = bench_now ();

  for (guint i = 0; i < n_papers; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzJson) report =
      jz_public_copy_attack (copy, source, redactions, JZ_ATTACK_NO_OCR, NULL, &error);
    g_assert_no_error (error);
  }
  return n_papers * copy->n_pages / (bench_now () - begin);
}

void
bench_redaction (Bench *bench)
{
  guint n_papers = bench->is_quick ? 10 : 60;
  g_autoptr (JzForm) form = jz_form_load_shipped (FORM, NULL, NULL);
  g_autoptr (JzFilling) filling = load_filling (form);
  g_autoptr (JzPublicSource) source = jz_public_source_new (filling);

  jz_public_source_add_person (source, "李某某", JZ_PUBLIC_ROLE_WITNESS, TRUE);
  Paper paper = { source, filling, 0, 0 };
  BenchSide sides[] = { { copy_once, &paper, 0 }, { draw_once, &paper, 0 } };

  bench_in_turns (sides, N_ROUNDS, n_papers / N_ROUNDS);
  bench_add (bench, WHAT, "pages/s", sides[0].rate * paper.n_copied, REFERENCE,
             sides[1].rate * paper.n_drawn, 0);
  bench_add_figure (bench, ATTACKED, "pages/s", measure_attacks (source, MAX (n_papers / 10, 2)),
                    0);
}
