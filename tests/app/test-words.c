/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/words.h"

/* A stretch of time, as the tab 音像 of a case writes it: never without its day. */
static void
test_span (void)
{
  static const struct {
    const char *from;
    const char *to;
    const char *text;
  } spans[] = {
    { "2026-03-01T09:00:00.000+08:00", "2026-03-01T09:24:00.000+08:00",
      "2026-03-01 09:00:00–09:24:00" },
    { "2026-03-01T23:50:00.000+08:00", "2026-03-02T00:10:05.999+08:00",
      "2026-03-01 23:50:00 – 2026-03-02 00:10:05" },
    { "2026-03-01", "2026-03-01T09:24:00.000+08:00", "" },
    { "2026-03-01T09:00:00.000+08:00", "", "" },
    { NULL, "2026-03-01T09:24:00.000+08:00", "" },
    { "2026-03-01T09:00:00.000+08:00", NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (spans); i++) {
    g_autofree char *text = jz_words_dup_span (spans[i].from, spans[i].to);
    g_assert_cmpstr (text, ==, spans[i].text);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/words/span", test_span);
  return g_test_run ();
}
