/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/form_set.h"

#include <string.h>

#include "base/error.h"
#include "rules/file_set.h"
#include "rules/vocabulary.h"

#define NAME "<field name='a' type='text'><label xml:lang='zh-CN'>甲</label></field>"
#define FORM(id, fields)                                                                           \
  "<form id='" id "' version='7' kind='table' external='no' flow='H'>\n"                           \
  "<title xml:lang='zh-CN'>某某局表</title>\n<fields>" fields "</fields>\n"                        \
  "<body><p>某某</p></body></form>"

static GBytes *
wrap (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
compose (const char *const *texts, const char *const *names, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);

  for (guint i = 0; texts[i] != NULL; i++)
    g_ptr_array_add (files, wrap (texts[i]));
  return jz_form_set_compose_over_shipped ((GBytes *const *)files->pdata, names, files->len, error);
}

static JzFormSet *
load (GBytes *bytes, GError **error)
{
  g_autoptr (JzFactVocabulary) facts = jz_fact_vocabulary_load_shipped (NULL);
  JzVocabulary vocabulary;

  jz_fact_vocabulary_get_interface (facts, &vocabulary);
  return jz_form_set_load (bytes, "set", &vocabulary, error);
}

static JzFormSet *
load_over (const char *text, const char *name, GError **error)
{
  const char *const texts[] = { text, NULL };
  g_autoptr (GBytes) bytes = compose (texts, &name, error);

  return bytes != NULL ? load (bytes, error) : NULL;
}

static void
test_shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_autoptr (GBytes) bytes = jz_form_set_compose_shipped (&error);
  g_autoptr (GBytes) again = jz_form_set_compose_shipped (&error);
  g_autoptr (JzFormSet) set = load (bytes, &error);
  g_autoptr (JzFormSet) other = NULL;

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, again));
  g_assert_cmpuint (jz_form_set_get_n_forms (set), ==, g_strv_length (ids));
  for (guint i = 0; ids[i] != NULL; i++) {
    g_assert_cmpstr (jz_form_get_id (jz_form_set_get_form (set, i)), ==, ids[i]);
    g_assert_true (jz_form_set_find (set, ids[i]) == jz_form_set_get_form (set, i));
  }
  g_assert_null (jz_form_set_find (set, "blocks"));
  other = jz_form_set_ref (set);
  g_clear_pointer (&set, jz_form_set_unref);
  g_assert_nonnull (jz_form_set_find (other, "penalty_notice"));
}

/* A bureau's form takes the place of the shipped one or is added; the rest stays; and the same
 * files are the same object in whatever order they come. */
static void
test_over_shipped (void)
{
  const char *const texts[] = { FORM ("scene_record", NAME), FORM ("own_form", NAME), NULL };
  const char *const names[] = { "/some/where/one.xml", "two.xml" };
  const char *const turned[] = { texts[1], texts[0], NULL };
  const char *const turned_names[] = { names[1], names[0] };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) shipped = jz_form_set_compose_shipped (&error);
  g_autoptr (JzFormSet) plain = load (shipped, &error);
  g_autoptr (GBytes) bytes = compose (texts, names, &error);
  g_autoptr (GBytes) same = compose (turned, turned_names, &error);
  g_autoptr (JzFormSet) set = load (bytes, &error);
  g_autoptr (GBytes) own = wrap (texts[1]);
  g_autoptr (GBytes) more = jz_form_set_compose_over (bytes, &own, names, 1, &error);
  g_autoptr (JzFormSet) whole = load (more, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, same));
  g_assert_cmpuint (jz_form_set_get_n_forms (set), ==, jz_form_set_get_n_forms (plain) + 1);
  g_assert_cmpuint (jz_form_get_version (jz_form_set_find (set, "scene_record")), ==, 7);
  g_assert_cmpuint (jz_form_get_version (jz_form_set_find (plain, "scene_record")), !=, 7);
  g_assert_nonnull (jz_form_set_find (set, "own_form"));
  g_assert_nonnull (jz_form_set_find (set, "penalty_decision"));
  g_assert_cmpuint (jz_form_set_get_n_forms (whole), ==, jz_form_set_get_n_forms (set));
}

/* What is wrong is named in the file of whoever wrote it. */
static void
test_positions (void)
{
  static const struct {
    const char *text;
    const char *begin;
  } rows[] = {
    { "<form", "own.xml:1:" },
    { "<form id='x'/>", "own.xml:1:1: " },
    { "<calendar year='2026'/>", "own.xml:1:1: " },
    { "<!DOCTYPE form [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b "
      "'&a;&a;&a;&a;&a;&a;'>]>\n<form>&b;</form>",
      "own.xml:1:" },
    { "<form>\xff</form>", "own.xml:1:" },
    { FORM ("own_form", NAME "\n" NAME), "own.xml:4:1: " },
    { "<blocks><block id='other'><body/></block></blocks>", "case_filing_approval.xml:" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFormSet) set = load_over (rows[i].text, "/home/own.xml", &error);

    g_assert_null (set);
    g_assert_nonnull (error);
    g_test_message ("%s", error->message);
    g_assert_true (error->domain == JZ_BASE_ERROR);
    g_assert_nonnull (strstr (error->message, rows[i].begin));
  }
}

/* A set has one file of blocks, and each form under its own id. */
static void
test_foreign (void)
{
  static const char *const keys[] = { "form.other", "own_form", "form.own_form" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzFileSet) set = jz_file_set_new ("forms");
    g_autoptr (GBytes) form = wrap (FORM ("own_form", NAME));
    g_autoptr (GBytes) blocks = wrap ("<blocks/>");
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JzFormSet) loaded = NULL;

    g_assert_true (jz_file_set_put (set, keys[i], "own.xml", form, &error));
    bytes = jz_file_set_to_bytes (set, &error);
    g_assert_null (load (bytes, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
    g_clear_error (&error);
    g_clear_pointer (&bytes, g_bytes_unref);
    g_assert_true (jz_file_set_put (set, "blocks", "blocks.xml", blocks, &error));
    bytes = jz_file_set_to_bytes (set, &error);
    loaded = load (bytes, &error);
    g_assert_cmpint (loaded != NULL, ==, i == 2);
  }
}

static void
test_bounds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_auto (GStrv) shipped = jz_form_list_shipped ();
  guint n = JZ_FORM_SET_MAX_FORMS - g_strv_length (shipped);

  for (guint i = 0; i <= n; i++) {
    g_autofree char *id = g_strdup_printf ("id='f%u'", i);
    g_autoptr (GString) text = g_string_new (FORM ("x", NAME));
    g_string_replace (text, "id='x'", id, 1);
    g_ptr_array_add (files, wrap (text->str));
    g_ptr_array_add (names, (gpointer) "f.xml");
  }
  bytes = jz_form_set_compose_over_shipped ((GBytes *const *)files->pdata,
                                            (const char *const *)names->pdata, n, &error);
  g_assert_no_error (error);
  g_assert_null (jz_form_set_compose_over_shipped (
    (GBytes *const *)files->pdata, (const char *const *)names->pdata, n + 1, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/forms/form-set/shipped", test_shipped);
  g_test_add_func ("/forms/form-set/over-shipped", test_over_shipped);
  g_test_add_func ("/forms/form-set/positions", test_positions);
  g_test_add_func ("/forms/form-set/foreign", test_foreign);
  g_test_add_func ("/forms/form-set/bounds", test_bounds);
  return g_test_run ();
}
