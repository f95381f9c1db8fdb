/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "decisions.h"
#include "forms/form_load.h"
#include "publish/error.h"
#include "publish/pdf_parts.h"
#include "publish/plain_text.h"
#include "publish/public_copy.h"
#include "publish/tool.h"

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

static void
assert_exposed (const JzPublicCopy *copy, const Decision *decision, const GPtrArray *redactions)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) report =
    jz_public_copy_attack (copy, decision->source, redactions, JZ_ATTACK_NO_OCR, NULL, &error);
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_EXPOSED);
  g_assert_null (report);
}

/* (transfer full): the copy with another PDF */
static JzPublicCopy *
with_pdf (const JzPublicCopy *copy, GBytes *pdf /* (transfer full) */)
{
  JzPublicCopy *changed = g_new0 (JzPublicCopy, 1);
  changed->pdf = pdf;
  changed->text = g_strdup (copy->text);
  changed->title = g_strdup (copy->title);
  changed->values = jz_json_copy (copy->values);
  changed->files = g_strdupv (copy->files);
  changed->n_pages = copy->n_pages;
  return changed;
}

/* The ways in which redactions failed elsewhere: the text is still there and covered by nothing but
 * paint, in a property or in a stream that no page shows, in a title, in a name of a file. */
static void
test_exposed (void)
{
  g_autoptr (Decision) decision = decision_new (form, 4, SEED);
  g_autoptr (GPtrArray) redactions = decide (decision);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPublicCopy) good = jz_public_copy_make (decision->source, redactions, NULL, &error);
  g_autoptr (JzPublicCopy) bare = jz_public_copy_make (decision->source, nothing, NULL, &error);
  g_assert_no_error (error);
  assert_exposed (bare, decision, redactions);

  g_autoptr (JzPublicCopy) same_text = with_pdf (good, g_bytes_ref (bare->pdf));
  assert_exposed (same_text, decision, redactions);

  g_autofree char *id = jz_public_source_dup_text (decision->source, "party.id_number");
  g_autofree char *plain = jz_plain_dup (id);
  GBytes *planted = jz_pdf_parts_plant (good->pdf, plain, &error);
  g_assert_no_error (error);
  g_autoptr (JzPublicCopy) in_stream = with_pdf (good, planted);
  assert_exposed (in_stream, decision, redactions);

  g_autoptr (JzPublicCopy) in_title = with_pdf (good, g_bytes_ref (good->pdf));
  g_free (in_title->title);
  in_title->title = g_strdup (id);
  assert_exposed (in_title, decision, redactions);

  g_autoptr (JzPublicCopy) in_file = with_pdf (good, g_bytes_ref (good->pdf));
  g_free (in_file->files[0]);
  in_file->files[0] = g_strconcat (id, ".jpg", NULL);
  assert_exposed (in_file, decision, redactions);

  g_autoptr (JzPublicCopy) damaged = with_pdf (good, g_bytes_new_static ("%PDF-1.5\n", 9));
  g_autoptr (JzJson) report =
    jz_public_copy_attack (damaged, decision->source, redactions, JZ_ATTACK_NO_OCR, NULL, &error);
  g_assert_null (report);
  g_assert_nonnull (error);
}

/* What somebody keeps for a reason is no leak. */
static void
test_kept (void)
{
  g_autoptr (Decision) decision = decision_new (form, 4, SEED);
  g_autoptr (GPtrArray) redactions = decide (decision);
  g_autoptr (GPtrArray) fewer = g_ptr_array_new ();
  for (guint i = 0; i < redactions->len; i++) {
    JzRedaction *redaction = g_ptr_array_index (redactions, i);
    if (strcmp (redaction->field, "party.phone") != 0)
      g_ptr_array_add (fewer, redaction);
  }
  g_autofree char *phone = jz_public_source_dup_text (decision->source, "party.phone");
  g_autoptr (GError) error = NULL;
  JzRedaction kept = { .field = (char *)"party.phone",
                       .length = strlen (phone),
                       .choice = JZ_REDACTION_KEEP,
                       .kind = (char *)"phone",
                       .reason = (char *)"公开电话" };
  g_ptr_array_add (fewer, &kept);
  g_autoptr (JzPublicCopy) copy = jz_public_copy_make (decision->source, fewer, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (JzJson) report =
    jz_public_copy_attack (copy, decision->source, fewer, JZ_ATTACK_NO_OCR, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (report);
  g_assert_cmpstr (jz_json_get_member_text (jz_json_get_member (copy->values, "party"), "phone"),
                   ==, phone);
}

/* The finished file says its title and its time, and nothing else of itself. */
static void
test_silent (void)
{
  static const char *const never[] = { "cairo", "juanzong", "/Author", "/Producer", "/Creator" };
  g_autoptr (Decision) decision = decision_new (form, 1, SEED);
  g_autoptr (GPtrArray) redactions = decide (decision);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzPublicCopy) copy = jz_public_copy_make (decision->source, redactions, NULL, &error);
  g_autoptr (JzPublicCopy) again = jz_public_copy_make (decision->source, redactions, NULL, &error);
  g_autoptr (GPtrArray) parts = jz_pdf_parts_list (copy->pdf, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (copy->pdf, again->pdf));
  GBytes *strings = g_ptr_array_index (parts, parts->len - 1);
  g_autofree char *text = g_strndup (g_bytes_get_data (strings, NULL), g_bytes_get_size (strings));
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    g_assert_null (strstr (text, never[i]));
  g_assert_nonnull (strstr (text, "行政处罚决定书"));
}

/* A program that never ends, says too much or fails is ended, and said to have failed. */
static void
test_tools (void)
{
  static const char *const bad[][4] = {
    { "sleep", "100", NULL },
    { "false", NULL },
    { "yes", NULL },
    { "no-such-program", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_tool_run (bad[i], 1, NULL, &error));
    g_assert_nonnull (error);
  }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_test_add_func ("/publish/public-copy/attack", test_attack);
  g_test_add_func ("/publish/public-copy/exposed", test_exposed);
  g_test_add_func ("/publish/public-copy/kept", test_kept);
  g_test_add_func ("/publish/public-copy/silent", test_silent);
  g_test_add_func ("/publish/public-copy/tools", test_tools);
  int status = g_test_run ();
  jz_form_unref (form);
  return status;
}
