/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gstdio.h>

#include "pages/cards.h"
#include "pages/pdf.h"

/* Cards for the pocket: eight on a sheet, every word on one of them, none pushed out. */

#define TIME (G_GINT64_CONSTANT (1772413200000))

static GBytes *
write_pdf (const JzCards *cards, guint n_pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = jz_cards_write_pdf (cards, TIME, &error);
  guint n = 0;

  g_assert_no_error (error);
  g_assert_true (jz_pdf_count_pages (pdf, &n, &error));
  g_assert_no_error (error);
  if (n_pages > 0)
    g_assert_cmpuint (n, ==, n_pages);
  return pdf;
}

/* Without spaces and line ends, as a line of a narrow card ends anywhere. */
static char *
read_text (GBytes *pdf)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  int fd = g_file_open_tmp ("juanzong-cards-XXXXXX.pdf", &path, &error);
  const char *argv[] = { "pdftotext", path, "-", NULL };

  g_assert_no_error (error);
  g_assert_true (g_close (fd, NULL));
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL),
                                      (gssize)g_bytes_get_size (pdf), &error));
  g_assert_true (g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text,
                               NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (remove (path), ==, 0);
  words = g_strsplit_set (text, " \n\f", -1);
  return g_strjoinv ("", words);
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

static void
test_sheets (void)
{
  g_autoptr (JzCards) cards = jz_cards_new ("用语卡片", FALSE);
  g_autoptr (GBytes) eight = NULL;
  g_autoptr (GBytes) nine = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 9; i++) {
    g_autofree char *heading = g_strdup_printf ("卡片%d", i);
    jz_cards_begin (cards, heading, "依据");
    jz_cards_add (cards, "开始用语", "现在开始录音录像。");
    if (i == 7)
      eight = write_pdf (cards, 1);
  }
  nine = write_pdf (cards, 2);
  text = read_text (nine);
  g_assert_cmpuint (count (text, "现在开始录音录像。"), ==, 9);
  g_assert_nonnull (strstr (text, "卡片8"));
  g_assert_null (strstr (text, "Demo"));
}

/* What finds no room goes on on another card of the same name. */
static void
test_long (void)
{
  g_autoptr (JzCards) cards = jz_cards_new ("用语卡片", TRUE);
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 12; i++)
    g_string_append (words, "请核对笔录，无误后签名。");
  jz_cards_begin (cards, "询问", "依据");
  jz_cards_add (cards, "开始用语", words->str);
  jz_cards_add (cards, "权利告知", words->str);
  jz_cards_add (cards, "结束用语", words->str);
  pdf = write_pdf (cards, 1);
  again = write_pdf (cards, 1);
  text = read_text (pdf);
  g_assert_true (g_bytes_equal (pdf, again));
  g_assert_cmpuint (count (text, "请核对笔录，无误后签名。"), ==, 36);
  g_assert_cmpuint (count (text, "(continued)"), >=, 1);
  g_assert_cmpuint (count (text, "Demodata"), >=, 2);
}

/* What is shipped: each rule that has words, with its basis and since when it is in force. */
static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzRulebook) rulebook = jz_rulebook_load_shipped ("BASE", &error);
  g_autoptr (JzCards) cards = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  cards = jz_cards_new_of_rules (rulebook, FALSE);
  pdf = write_pdf (cards, 0);
  text = read_text (pdf);
  g_assert_nonnull (strstr (text, "RC-03f"));
  g_assert_nonnull (strstr (text, "RC-18"));
  g_assert_nonnull (strstr (text, "2018-12-05"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/cards/sheets", test_sheets);
  g_test_add_func ("/pages/cards/long", test_long);
  g_test_add_func ("/pages/cards/shipped", test_shipped);
  return g_test_run ();
}
