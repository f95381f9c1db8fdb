/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/case/recordings_words.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/words.h"

/* What the tab of recordings says of a step, of a gap and of a recording, in words. */

/**
 * jz_recordings_is_state:
 * @json: a step of the recordings of a case, a gap, a statement, or what is to be seen
 * @words: names of states, with "|" between them
 *
 * Returns: whether its state is one of @words
 */
gboolean
jz_recordings_is_state (const JzJson *json, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, "|", -1);

  return g_strv_contains ((const char *const *)parts, jz_json_read_text (json, "state"));
}

/**
 * jz_recordings_is_full:
 * @step: a step of the recordings of a case
 *
 * Returns: whether its full course must be recorded
 */
gboolean
jz_recordings_is_full (const JzJson *step)
{
  return strcmp (jz_json_read_text (step, "level"), "full") == 0;
}

/**
 * jz_recordings_count_gaps:
 * @step: a step of the recordings of a case
 *
 * Returns: how many gaps in what shows it are not explained and approved
 */
guint
jz_recordings_count_gaps (const JzJson *step)
{
  const JzJson *gaps = jz_json_get_member (step, "gaps");
  guint n = 0;

  for (guint i = 0; i < jz_json_get_n_items (gaps); i++)
    n += !jz_recordings_is_state (jz_json_get_item (gaps, i), "approved");
  return n;
}

/* Three answers, or the cause and the words. */
static char *
dup_reason (const JzJson *statement)
{
  static const char *const names[] = { "cause", "reason", "suitability", "timeliness", "text" };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *part = jz_json_read_text (statement, names[i]);
    if (part[0] != '\0')
      /* Translators: stands between several short answers. */
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ ("; ") : "", part);
  }
  return g_string_free (text, FALSE);
}

static char *
dup_gaps_sentence (const JzJson *step)
{
  guint n = jz_recordings_count_gaps (step);

  if (jz_json_get_member (step, "bar") == NULL)
    return g_strdup (_ ("It is not said yet from when to when it lasted."));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u gap is not explained and approved yet.",
                                       "%u gaps are not explained and approved yet.", n),
                          n);
}

/**
 * jz_recordings_dup_state:
 * @step: a step of the recordings of a case
 *
 * Returns: (transfer full): what is owed of it, or that nothing is, as a sentence
 */
char *
jz_recordings_dup_state (const JzJson *step)
{
  g_autofree char *reason = dup_reason (jz_json_get_member (step, "statement"));

  if (jz_recordings_is_state (step, "none") && jz_recordings_is_full (step) &&
      jz_json_get_member (step, "bar") != NULL)
    return dup_gaps_sentence (step);
  if (jz_recordings_is_state (step, "none"))
    return g_strdup (_ ("There is no recording of it, and no reason why."));
  if (jz_recordings_is_state (step, "waiting"))
    return g_strdup_printf (_ ("Waiting to be approved: %s"), reason);
  if (jz_recordings_is_state (step, "refused"))
    return g_strdup_printf (_ ("This reason was not accepted: %s"), reason);
  if (jz_recordings_is_state (step, "excused") && reason[0] != '\0')
    return g_strdup_printf (_ ("No recording: %s"), reason);
  if (jz_recordings_is_state (step, "gaps"))
    return dup_gaps_sentence (step);
  if (jz_recordings_is_state (step, "forbidden"))
    return g_strdup_printf (_ ("It must not be recorded: %s"),
                            jz_json_read_text (jz_json_get_member (step, "ban"), "reason"));
  if (jz_recordings_is_state (step, "quarantined"))
    return g_strdup (_ ("It must not be recorded. The recordings that are there are sealed off "
                        "until the head decides on them."));
  if (jz_recordings_is_state (step, "contradicted"))
    return g_strdup (
      _ ("The full course of it must be recorded, and it was forbidden to record it. "
         "An approver or the head decides in writing which holds."));
  if (jz_recordings_is_state (step, "text"))
    return g_strdup (_ ("Text is enough."));
  return g_strdup (jz_recordings_is_full (step)
                     ? _ ("Recorded from beginning to end, or explained.")
                     : _ ("Recorded."));
}

/**
 * jz_recordings_dup_gap_state:
 * @gap: of a step
 *
 * Returns: (transfer full): whether it is explained and how, as a sentence
 */
char *
jz_recordings_dup_gap_state (const JzJson *gap)
{
  g_autofree char *reason = dup_reason (jz_json_get_member (gap, "explanation"));

  if (jz_recordings_is_state (gap, "approved"))
    return g_strdup_printf (_ ("Explained: %s"), reason);
  if (jz_recordings_is_state (gap, "waiting"))
    return g_strdup_printf (_ ("Waiting to be approved: %s"), reason);
  if (jz_recordings_is_state (gap, "refused"))
    return g_strdup_printf (_ ("This reason was not accepted: %s"), reason);
  return g_strdup (_ ("Not explained."));
}

/**
 * jz_recordings_dup_source:
 * @recording: a file that shows a step
 *
 * Returns: (transfer full): its times, device and officer, and what is odd about them
 */
char *
jz_recordings_dup_source (const JzJson *recording)
{
  g_autofree char *when =
    jz_words_dup_span (jz_json_read_text (recording, "from"), jz_json_read_text (recording, "to"));
  GString *text = g_string_new (when);
  gint64 late = jz_json_get_member_integer (recording, "late_hours", 0);
  gint64 off = jz_json_get_member_integer (recording, "clock_off", 0);

  if (text->len == 0)
    g_string_append (text, _ ("it is not known from when to when it runs"));
  if (jz_json_read_text (recording, "device")[0] != '\0')
    g_string_append_printf (text, _ (", device %s"), jz_json_read_text (recording, "device"));
  if (jz_json_read_text (recording, "by")[0] != '\0')
    g_string_append_printf (text, _ (", by %s"), jz_json_read_text (recording, "by"));
  if (off != 0)
    g_string_append_printf (text, _ (", clock of the device wrong by %lld s"), (long long)off);
  if (late > 0)
    g_string_append_printf (text, _ (", stored %lld hours after it ended"), (long long)late);
  if (jz_json_read_text (recording, "late_reason")[0] != '\0')
    g_string_append_printf (text, _ (" (%s)"), jz_json_read_text (recording, "late_reason"));
  return g_string_free (text, FALSE);
}
