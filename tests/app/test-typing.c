/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/typing.h"
#include "forms/form_load.h"

/* Without a window: what is typed, taken back and done again. */

typedef struct {
  JzForm *form;
  JzTyping *typing;
  guint n_changed;
  char *path; /* where undo went */
  guint caret;
} Fixture;

static void
changed (JzTyping *typing, const char *path, Fixture *self)
{
  self->n_changed++;
}

static void
went (JzTyping *typing, const char *path, guint caret, Fixture *self)
{
  g_free (self->path);
  self->path = g_strdup (path);
  self->caret = caret;
}

static void
set_up (Fixture *self, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  self->form = jz_form_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  self->typing = jz_typing_new (self->form, (JzDate){ 2026, 11, 21 });
  g_signal_connect (self->typing, "changed", G_CALLBACK (changed), self);
  g_signal_connect (self->typing, "went", G_CALLBACK (went), self);
}

static void
tear_down (Fixture *self, gconstpointer id)
{
  g_object_unref (self->typing);
  jz_form_unref (self->form);
  g_free (self->path);
}

/* Letter by letter, as keys come. */
static void
type (Fixture *self, const char *path, const char *letters)
{
  for (const char *at = letters; *at != '\0'; at = g_utf8_next_char (at)) {
    g_autofree char *old = jz_typing_dup_text (self->typing, path);
    g_autofree char *letter = g_strndup (at, (gsize)(g_utf8_next_char (at) - at));
    g_autofree char *new = g_strconcat (old, letter, NULL);
    jz_typing_set_text (self->typing, path, new, (guint)strlen (old));
  }
}

static void
assert_text (Fixture *self, const char *path, const char *expected)
{
  g_autofree char *text = jz_typing_dup_text (self->typing, path);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_values (Fixture *self, const char *expected)
{
  g_autofree char *values = jz_filling_to_canonical (jz_typing_get_filling (self->typing), NULL);
  g_assert_cmpstr (values, ==, expected);
}

static void
test_runs (Fixture *self, gconstpointer id)
{
  g_assert_false (jz_typing_can_undo (self->typing));
  type (self, "a_end", "没有补充。属实");
  assert_text (self, "a_end", "没有补充。属实");
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "没有补充。");
  g_assert_cmpstr (self->path, ==, "a_end");
  g_assert_cmpuint (self->caret, ==, strlen ("没有补充。"));
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "");
  g_assert_false (jz_typing_can_undo (self->typing));
  jz_typing_redo (self->typing);
  jz_typing_redo (self->typing);
  assert_text (self, "a_end", "没有补充。属实");
  g_assert_false (jz_typing_can_redo (self->typing));
}

/* The caret went elsewhere in between: two changes. What was undone is gone once something else is
 * typed. */
static void
test_breaks (Fixture *self, gconstpointer id)
{
  type (self, "a_end", "没有");
  jz_typing_break (self->typing);
  type (self, "a_end", "补充");
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "没有");
  type (self, "a_end", "了");
  g_assert_false (jz_typing_can_redo (self->typing));
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "没有");
}

static void
test_deleting (Fixture *self, gconstpointer id)
{
  type (self, "a_end", "甲乙丙丁");
  jz_typing_break (self->typing);
  /* Backspace twice, then Delete at the same place would be another change. */
  jz_typing_set_text (self->typing, "a_end", "甲乙丙", 12);
  jz_typing_set_text (self->typing, "a_end", "甲乙", 9);
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "甲乙丙丁");
  /* Replacing in the middle keeps whole characters: 罚 and 罪 share bytes. */
  jz_typing_set_text (self->typing, "a_end", "甲罚丙丁", 0);
  jz_typing_break (self->typing);
  jz_typing_set_text (self->typing, "a_end", "甲罪丙丁", 0);
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "甲罚丙丁");
}

/* What is typed in a day is taken back as a whole, also after it was read. */
static void
test_day (Fixture *self, gconstpointer id)
{
  type (self, "born_on", "0307");
  assert_text (self, "born_on", "0307");
  assert_values (self, "{\"born_on\":\"2026-03-07\"}");
  jz_typing_settle (self->typing, "born_on");
  assert_text (self, "born_on", "2026年3月7日");
  jz_typing_undo (self->typing);
  assert_text (self, "born_on", "");
  assert_values (self, "{}");
  jz_typing_redo (self->typing);
  jz_typing_settle (self->typing, "born_on");
  assert_values (self, "{\"born_on\":\"2026-03-07\"}");
}

/* Saving is never refused: what cannot be read stays as it was typed. */
static void
test_unread (Fixture *self, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  type (self, "round", "第二");
  jz_typing_settle (self->typing, "round");
  type (self, "born_on", "三月");
  jz_typing_settle (self->typing, "born_on");
  assert_text (self, "round", "第二");
  assert_text (self, "born_on", "三月");
  g_autoptr (JzJson) draft = jz_typing_to_draft (self->typing);
  g_autofree char *json = jz_json_to_canonical (draft, NULL);
  g_assert_cmpstr (json, ==,
                   "{\"values\":{\"born_on\":\"三月\"},\"written\":{\"round\":\"第二\"}}");
  g_autoptr (JzTyping) other = jz_typing_new (self->form, (JzDate){ 2026, 11, 21 });
  g_assert_true (jz_typing_load (other, draft, &error));
  g_autofree char *text = jz_typing_dup_text (other, "round");
  g_assert_cmpstr (text, ==, "第二");
  g_assert_false (jz_typing_can_undo (other));
}

static void
test_load_refuses (Fixture *self, gconstpointer id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) draft = jz_json_parse ("{\"values\":{\"nowhere\":1}}", 24, &error);
  type (self, "a_end", "旧");
  g_assert_false (jz_typing_load (self->typing, draft, &error));
  g_assert_nonnull (error);
  assert_text (self, "a_end", "旧");
}

static void
test_rows (Fixture *self, gconstpointer id)
{
  jz_typing_add_entry (self->typing, "qa", 1);
  type (self, "qa[1].q", "何时");
  jz_typing_add_entry (self->typing, "qa", 2);
  type (self, "qa[2].q", "何地");
  jz_typing_add_entry (self->typing, "qa", 1);
  g_assert_cmpuint (jz_typing_count_entries (self->typing, "qa"), ==, 3);
  assert_text (self, "qa[1].q", "");
  assert_text (self, "qa[3].q", "何地");
  jz_typing_remove_entry (self->typing, "qa", 3);
  jz_typing_remove_entry (self->typing, "qa", 9);
  g_assert_cmpuint (jz_typing_count_entries (self->typing, "qa"), ==, 2);
  jz_typing_undo (self->typing);
  assert_text (self, "qa[3].q", "何地");
  jz_typing_undo (self->typing);
  jz_typing_undo (self->typing);
  jz_typing_undo (self->typing);
  assert_values (self, "{\"qa\":[{\"q\":\"何时\"}]}");
}

static void
test_choice (Fixture *self, gconstpointer id)
{
  g_assert_false (jz_typing_is_typed (self->typing, "sex"));
  jz_typing_set_value (self->typing, "sex", jz_json_new_text ("male"));
  assert_values (self, "{\"sex\":\"male\"}");
  guint n = self->n_changed;
  jz_typing_set_value (self->typing, "sex", jz_json_new_text ("male"));
  g_assert_cmpuint (self->n_changed, ==, n);
  jz_typing_undo (self->typing);
  assert_values (self, "{}");
  jz_typing_redo (self->typing);
  assert_values (self, "{\"sex\":\"male\"}");
}

static void
test_replace (Fixture *self, gconstpointer id)
{
  static const char *const paths[] = { "a_end", "a_cert", "sex", "nothing", NULL };
  type (self, "a_end", "张某说张某");
  type (self, "a_cert", "张某看过");
  g_assert_cmpuint (jz_typing_replace_all (self->typing, paths, "张某", "李某"), ==, 3);
  assert_text (self, "a_end", "李某说李某");
  assert_text (self, "a_cert", "李某看过");
  jz_typing_undo (self->typing);
  assert_text (self, "a_end", "张某说张某");
  assert_text (self, "a_cert", "张某看过");
  jz_typing_redo (self->typing);
  assert_text (self, "a_cert", "李某看过");
  g_assert_cmpuint (jz_typing_replace_all (self->typing, paths, "王某", "李某"), ==, 0);
}

/* Texts, values and rows that were changed together go together, and are told once. */
static void
test_together (Fixture *self, gconstpointer id)
{
  type (self, "a_end", "原来的话。");
  guint n_changed = self->n_changed;
  jz_typing_begin (self->typing);
  jz_typing_set_text (self->typing, "a_end", "别的话。", 0);
  jz_typing_set_value (self->typing, "sex", jz_json_new_text ("female"));
  jz_typing_add_entry (self->typing, "qa", 1);
  jz_typing_set_text (self->typing, "qa[1].q", "问什么？", 0);
  g_assert_cmpuint (self->n_changed, ==, n_changed);
  jz_typing_end (self->typing);
  g_assert_cmpuint (self->n_changed, ==, n_changed + 1);
  g_autofree char *all = jz_filling_to_canonical (jz_typing_get_filling (self->typing), NULL);
  jz_typing_undo (self->typing);
  assert_values (self, "{\"a_end\":\"原来的话。\"}");
  jz_typing_redo (self->typing);
  assert_values (self, all);
  jz_typing_undo (self->typing);
  jz_typing_undo (self->typing);
  assert_values (self, "{}");
}

static GPtrArray *
new_rows (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "/", -1);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (guint i = 0; lines[i] != NULL; i++)
    g_ptr_array_add (rows, g_strsplit (lines[i], "|", -1));
  return rows;
}

/* From the cell on to the right and down; the head is left out, what has no column is too. */
static void
test_rows_put (Fixture *self, gconstpointer id)
{
  g_autoptr (GPtrArray) rows = new_rows ("名称|规格型号/水泥|P.O 42.5/黄沙||||||||多出");
  g_autoptr (GPtrArray) numbers = new_rows ("12/三");
  g_assert_false (jz_typing_takes_rows (self->typing, "place"));
  g_assert_false (jz_typing_takes_rows (self->typing, NULL));
  jz_typing_add_entry (self->typing, "goods", 1);
  type (self, "goods[1].name", "旧名称");
  g_assert_true (jz_typing_takes_rows (self->typing, "goods[1].name"));
  g_assert_cmpuint (jz_typing_put_rows (self->typing, "goods[1].name", rows), ==, 2);
  assert_text (self, "goods[1].name", "水泥");
  assert_text (self, "goods[1].model", "P.O 42.5");
  assert_text (self, "goods[2].name", "黄沙");
  g_assert_cmpuint (jz_typing_count_entries (self->typing, "goods"), ==, 2);
  g_assert_cmpuint (jz_typing_put_rows (self->typing, "goods[1].n", numbers), ==, 2);
  assert_text (self, "goods[1].n", "12");
  /* What cannot be read stays as it came, and is no value. */
  assert_text (self, "goods[2].n", "三");
  assert_text (self, "total", "12");
  jz_typing_undo (self->typing);
  assert_text (self, "goods[2].n", "");
  jz_typing_undo (self->typing);
  assert_text (self, "goods[1].name", "旧名称");
  g_assert_cmpuint (jz_typing_count_entries (self->typing, "goods"), ==, 1);
}

/* From a clipboard may come anything. */
static void
test_clean (Fixture *self, gconstpointer id)
{
  jz_typing_set_text (self->typing, "person", "张\x01某\xe2\x80\xae\n李\t某", 0);
  assert_text (self, "person", "张某李 某");
  jz_typing_set_text (self->typing, "a_end", "甲\r\n乙\xef\xbb\xbf", 0);
  assert_text (self, "a_end", "甲\n乙");
}

static void
test_sum (Fixture *self, gconstpointer id)
{
  jz_typing_add_entry (self->typing, "goods", 1);
  jz_typing_add_entry (self->typing, "goods", 2);
  type (self, "goods[1].n", "12");
  jz_typing_settle (self->typing, "goods[1].n");
  type (self, "goods[2].n", "３");
  jz_typing_settle (self->typing, "goods[2].n");
  assert_text (self, "total", "15");
  jz_typing_remove_entry (self->typing, "goods", 1);
  assert_text (self, "total", "3");
}

/* Any order of changes, taken back one by one, leaves the document as it was. */
static void
test_random (Fixture *self, gconstpointer id)
{
  static const char *const paths[] = { "a_end", "a_cert", "born_on", "round", "person" };
  static const char *const texts[] = { "", "甲", "甲乙丙", "乙丙。丁", "1121", "20", "罚\n罪" };
  g_autoptr (GPtrArray) states = g_ptr_array_new_with_free_func (g_free);
  for (int i = 0; i < 300; i++) {
    const char *path = paths[g_test_rand_int_range (0, G_N_ELEMENTS (paths))];
    guint n = (guint)g_test_rand_int_range (0, 6);
    jz_typing_break (self->typing);
    g_autofree char *before = jz_filling_to_canonical (jz_typing_get_filling (self->typing), NULL);
    gboolean could = jz_typing_can_undo (self->typing);
    if (n == 0)
      jz_typing_add_entry (self->typing, "qa", (guint)g_test_rand_int_range (1, 4));
    else if (n == 1)
      jz_typing_remove_entry (self->typing, "qa", (guint)g_test_rand_int_range (1, 4));
    else
      jz_typing_set_text (self->typing, path, texts[g_test_rand_int_range (0, 7)], 0);
    g_autofree char *after = jz_filling_to_canonical (jz_typing_get_filling (self->typing), NULL);
    if (strcmp (before, after) != 0 || !could)
      g_ptr_array_add (states, g_steal_pointer (&before));
  }
  for (guint i = 0; i < 4000 && jz_typing_can_undo (self->typing); i++)
    jz_typing_undo (self->typing);
  assert_values (self, "{}");
  for (guint i = 0; i < 4000 && jz_typing_can_redo (self->typing); i++)
    jz_typing_redo (self->typing);
  for (guint i = 0; i < 4000 && jz_typing_can_undo (self->typing); i++)
    jz_typing_undo (self->typing);
  assert_values (self, "{}");
}

static void
refused (JzTyping *typing, const char *path, guint *n_refused)
{
  g_assert_cmpstr (path, ==, "a_end");
  (*n_refused)++;
}

/* More than a field takes stays out, and whoever typed it is told; what was there stays. */
static void
test_too_long (Fixture *self, gconstpointer id)
{
  guint n_refused = 0;
  g_autofree char *text = g_strnfill (JZ_FILLING_MAX_TEXT + 1, 'a');
  g_signal_connect (self->typing, "refused", G_CALLBACK (refused), &n_refused);
  type (self, "a_end", "没有");
  jz_typing_set_text (self->typing, "a_end", text, 0);
  g_assert_cmpuint (n_refused, ==, 1);
  assert_text (self, "a_end", "没有");
  text[JZ_FILLING_MAX_TEXT] = '\0';
  jz_typing_set_text (self->typing, "a_end", text, 0);
  g_assert_cmpuint (n_refused, ==, 1);
  assert_text (self, "a_end", text);
}

/* Only what cannot be read and has no other place is unread. */
static void
test_has_unread (Fixture *self, gconstpointer id)
{
  static const struct {
    const char *path;
    const char *text;
    gboolean is_unread;
  } cases[] = {
    { "round", "abc", TRUE },        { "round", "２", FALSE }, { "round", "", FALSE },
    { "born_on", "2月31日", FALSE }, { "a_end", "-1", FALSE }, { "round", "-1.5", TRUE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    jz_typing_set_text (self->typing, cases[i].path, cases[i].text, 0);
    g_assert_true (jz_typing_has_unread (self->typing) == cases[i].is_unread);
    jz_typing_settle (self->typing, cases[i].path);
    g_assert_true (jz_typing_has_unread (self->typing) == cases[i].is_unread);
  }
}

static guint
count_paths (Fixture *self, const char *path)
{
  g_auto (GStrv) paths = jz_typing_list_paths (self->typing);
  guint n = 0;
  for (guint i = 0; paths[i] != NULL; i++) {
    JzFieldPath where;
    g_assert_true (jz_field_path_parse (self->form, paths[i], &where));
    n += g_strcmp0 (paths[i], path) == 0;
  }
  return n;
}

/* Each part of a row as soon as there is the row, each once. */
static void
test_paths (Fixture *self, gconstpointer id)
{
  g_assert_cmpuint (count_paths (self, "goods[1].name"), ==, 0);
  jz_typing_add_entry (self->typing, "goods", 1);
  jz_typing_add_entry (self->typing, "goods", 2);
  g_assert_cmpuint (count_paths (self, "goods[1].name"), ==, 1);
  g_assert_cmpuint (count_paths (self, "goods[2].name"), ==, 1);
  g_assert_cmpuint (count_paths (self, "goods[3].name"), ==, 0);
  g_assert_cmpuint (count_paths (self, "goods"), ==, 0);
}

#define ADD(name, form, function)                                                                  \
  g_test_add ("/app/typing/" name, Fixture, form, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("runs", "inquiry_record", test_runs);
  ADD ("breaks", "inquiry_record", test_breaks);
  ADD ("deleting", "inquiry_record", test_deleting);
  ADD ("day", "inquiry_record", test_day);
  ADD ("unread", "inquiry_record", test_unread);
  ADD ("load-refuses", "inquiry_record", test_load_refuses);
  ADD ("rows", "inquiry_record", test_rows);
  ADD ("choice", "inquiry_record", test_choice);
  ADD ("replace", "inquiry_record", test_replace);
  ADD ("together", "inquiry_record", test_together);
  ADD ("rows-put", "preserve_notice", test_rows_put);
  ADD ("paths", "preserve_notice", test_paths);
  ADD ("clean", "inquiry_record", test_clean);
  ADD ("sum", "preserve_notice", test_sum);
  ADD ("too-long", "inquiry_record", test_too_long);
  ADD ("has-unread", "inquiry_record", test_has_unread);
  ADD ("random", "inquiry_record", test_random);
  return g_test_run ();
}
