/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/review/verdict.h"

#include <string.h>

#include <glib/gi18n-lib.h>

static const struct {
  const char *name;
  const char *word;
  const char *mark;
} verdicts[JZ_N_VERDICTS] = {
  { "pass", NC_ ("verdict", "Met"), "✓" },
  { "fail", NC_ ("verdict", "Not met"), "✗" },
  { "supplement", NC_ ("verdict", "To be supplemented"), "＋" },
  { "not_applicable", NC_ ("verdict", "Does not apply"), "—" },
};

/**
 * jz_verdict_get_name:
 * @i: from 0
 *
 * Returns: its word in entries
 */
const char *
jz_verdict_get_name (guint i)
{
  return verdicts[i].name;
}

static gsize
find (const char *verdict)
{
  for (gsize i = 0; i < JZ_N_VERDICTS; i++)
    if (strcmp (verdicts[i].name, verdict) == 0)
      return i;
  return JZ_N_VERDICTS;
}

/**
 * jz_verdict_get_word:
 * @verdict: its word in entries
 *
 * Returns: what it is called; the empty text for none
 */
const char *
jz_verdict_get_word (const char *verdict)
{
  gsize i = find (verdict);
  return i < JZ_N_VERDICTS ? g_dpgettext2 (GETTEXT_PACKAGE, "verdict", verdicts[i].word) : "";
}

/**
 * jz_verdict_get_mark:
 * @verdict: its word in entries
 *
 * Returns: one character for it; the empty text for none
 */
const char *
jz_verdict_get_mark (const char *verdict)
{
  gsize i = find (verdict);
  return i < JZ_N_VERDICTS ? verdicts[i].mark : "";
}

/**
 * jz_verdict_is_adverse:
 * @verdict: its word in entries
 *
 * Returns: whether it keeps the whole from passing
 */
gboolean
jz_verdict_is_adverse (const char *verdict)
{
  return strcmp (verdict, "fail") == 0 || strcmp (verdict, "supplement") == 0;
}

/**
 * jz_judged_get_verdict:
 * @judged: a point or an item of a review sheet
 *
 * Returns: what was judged of it; the empty text for nothing yet
 */
const char *
jz_judged_get_verdict (const JzJson *judged)
{
  const JzJson *judgement = jz_json_get_member (judged, "judgement");
  const char *verdict = judgement != NULL ? jz_json_get_member_text (judgement, "verdict") : NULL;

  return verdict != NULL ? verdict : "";
}
