/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "decisions.h"
#include "forms/form_load.h"
#include "pages/pdf.h"
#include "publish/error.h"
#include "publish/public_copy.h"

/* After a person said yes to everything that was found, and added what was missed, nothing that was
 * planted is in any byte, layer, property or pixel of any public copy; and a copy that does show
 * something is found out. Pages are read as pictures for a few of the decisions, and for all of
 * them where JZ_SOAK is set. */

#define SEED 20260206
#define N_READ_AS_PICTURES 1

static JzForm *form;

static void
add_missed (const Decision *decision, GPtrArray *redactions)
{
  for (guint i = 0; i < decision->planted->len; i++) {
    const Planted *planted = g_ptr_array_index (decision->planted, i);
    JzRedaction *redaction = g_new0 (JzRedaction, 1);
    redaction->field = g_strdup (planted->field);
    redaction->start = planted->start;
    redaction->length = planted->length;
    redaction->choice = JZ_REDACTION_ADDED;
    redaction->kind = g_strdup ("other");
    redaction->rule = g_strdup ("RD-11");
    g_ptr_array_add (redactions, redaction);
  }
}

/* All that is found is covered, and all that was planted: what a careful person would do. */
static GPtrArray *
decide (const Decision *decision)
{
  g_autoptr (GPtrArray) found = jz_find_personal_data (decision->source);
  GPtrArray *redactions = jz_redactions_cover_all (found);
  add_missed (decision, redactions);
  return redactions;
}

static char *
squeeze (const char *text)
{
  GString *out = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isspace (g_utf8_get_char (at)))
      g_string_append_unichar (out, g_utf8_get_char (at));
  return g_string_free (out, FALSE);
}

/* This test's own look, which uses none of the program's: the text and the values without spaces.
 */
static void
assert_clean (const Decision *decision, const JzPublicCopy *copy)
{
  g_autofree char *values = jz_json_to_canonical (copy->values, NULL);
  g_autofree char *files = g_strjoinv (" ", copy->files);
  g_autofree char *whole = g_strjoin ("|", copy->text, values, files, copy->title, NULL);
  g_autofree char *text = squeeze (whole);
  for (guint i = 0; i < decision->planted->len; i++) {
    const Planted *planted = g_ptr_array_index (decision->planted, i);
    g_autofree char *bare = squeeze (planted->bare);
    if (strstr (text, planted->text) != NULL ||
        (g_utf8_strlen (bare, -1) > 2 && strstr (text, bare) != NULL))
      g_error ("%s of %s is still there: %s", planted->kind, planted->field, planted->text);
  }
}

static void
try_copy (guint number, gboolean with_pictures)
{
  g_autoptr (Decision) decision = decision_new (form, number, SEED);
  g_autoptr (GPtrArray) redactions = decide (decision);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPublicCopy) copy = jz_public_copy_make (decision->source, redactions, NULL, &error);
  g_assert_no_error (error);
  assert_clean (decision, copy);
  g_autoptr (JzJson) report = jz_public_copy_attack (
    copy, decision->source, redactions, with_pictures ? 0 : JZ_ATTACK_NO_OCR, NULL, &error);
  g_assert_no_error (error);
  if (number == 0) {
    g_autofree char *text = jz_json_to_canonical (report, NULL);
    g_test_message ("%s", text);
  }
}

static void
test_attack (void)
{
  gboolean is_soak = g_getenv ("JZ_SOAK") != NULL;
  for (guint i = 0; i < DECISIONS_N; i++)
    try_copy (i, is_soak || i < N_READ_AS_PICTURES);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_test_add_func ("/publish/public-copy/attack", test_attack);
  int status = g_test_run ();
  jz_form_unref (form);
  return status;
}
