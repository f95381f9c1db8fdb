/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/carried.h"
#include "forms/form_load.h"

/* Which sentences of a document still wait for somebody to look at them. */

typedef struct {
  JzForm *form;
  JzTyping *typing;
  JzCarried *carried;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->form = jz_form_load_shipped ("inquiry_record", NULL, &error);
  g_assert_no_error (error);
  self->typing = jz_typing_new (self->form, (JzDate){ 2026, 11, 21 });
  self->carried = jz_carried_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  jz_carried_free (self->carried);
  g_object_unref (self->typing);
  jz_form_unref (self->form);
}

static void
carry (Fixture *self, const char *path, const char *text)
{
  jz_typing_break (self->typing);
  jz_typing_set_text (self->typing, path, text, 0);
  jz_carried_add (self->carried, path, text);
}

/* The words that are tinted in a value, with | between. */
static void
assert_found (Fixture *self, const char *path, guint n_all, const char *expected)
{
  guint n = 0;
  g_autoptr (GHashTable) found = jz_carried_find (self->carried, self->typing, &n);
  g_autofree char *text = jz_typing_dup_text (self->typing, path);
  const GArray *sentences = g_hash_table_lookup (found, path);
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; sentences != NULL && i < sentences->len; i++) {
    g_autofree char *one = jz_sentence_dup (text, &g_array_index (sentences, JzSentence, i));
    g_string_append_printf (words, "%s%s", i > 0 ? "|" : "", one);
  }
  g_assert_cmpstr (words->str, ==, expected);
  g_assert_cmpuint (n, ==, n_all);
}

/* What is touched is one's own; taking that back makes it carried again. */
static void
test_touched (Fixture *self, gconstpointer data)
{
  g_assert_true (jz_carried_is_empty (self->carried));
  carry (self, "a_end", "甲。乙。丙。");
  assert_found (self, "a_end", 3, "甲。|乙。|丙。");
  jz_typing_break (self->typing);
  jz_typing_set_text (self->typing, "a_end", "甲。乙改了。丙。", 0);
  assert_found (self, "a_end", 2, "甲。|丙。");
  jz_typing_undo (self->typing);
  assert_found (self, "a_end", 3, "甲。|乙。|丙。");
  jz_typing_undo (self->typing);
  assert_found (self, "a_end", 0, "");
  jz_typing_redo (self->typing);
  assert_found (self, "a_end", 3, "甲。|乙。|丙。");
}

static void
test_confirmed (Fixture *self, gconstpointer data)
{
  carry (self, "a_end", "甲。乙。");
  carry (self, "a_cert", "丙。");
  g_assert_false (jz_carried_confirm (self->carried, self->typing, "a_rights", 0));
  g_assert_true (jz_carried_confirm (self->carried, self->typing, "a_end", 7));
  assert_found (self, "a_end", 2, "甲。");
  g_assert_false (jz_carried_confirm (self->carried, self->typing, "a_end", 9));
  jz_carried_confirm_all (self->carried);
  assert_found (self, "a_end", 0, "");
  g_assert_true (jz_carried_is_empty (self->carried));
}

/* The same words in another field are not meant, those of a round that moved are. */
static void
test_rounds (Fixture *self, gconstpointer data)
{
  jz_typing_add_entry (self->typing, "qa", 1);
  carry (self, "qa[1].q", "为什么？");
  jz_typing_set_text (self->typing, "a_end", "为什么？", 0);
  assert_found (self, "qa[1].q", 1, "为什么？");
  jz_typing_add_entry (self->typing, "qa", 1);
  assert_found (self, "qa[1].q", 1, "");
  assert_found (self, "qa[2].q", 1, "为什么？");
}

/* It is remembered without the words. */
static void
test_remembered (Fixture *self, gconstpointer data)
{
  g_assert_null (jz_carried_to_json (self->carried));
  carry (self, "a_end", "甲。乙。");
  g_autoptr (JzJson) json = jz_carried_to_json (self->carried);
  g_autofree char *text = jz_json_to_canonical (json, NULL);
  g_assert_null (strstr (text, "甲"));
  g_autoptr (JzCarried) other = jz_carried_new ();
  jz_carried_load (other, json);
  g_clear_pointer (&self->carried, jz_carried_free);
  self->carried = g_steal_pointer (&other);
  assert_found (self, "a_end", 2, "甲。|乙。");
  jz_carried_load (self->carried, NULL);
  assert_found (self, "a_end", 0, "");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/app/carried/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("touched", test_touched);
  ADD ("confirmed", test_confirmed);
  ADD ("rounds", test_rounds);
  ADD ("remembered", test_remembered);
  return g_test_run ();
}
