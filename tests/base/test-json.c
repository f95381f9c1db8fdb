/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include <string.h>
#include <time.h>

#include "base/error.h"

#define ALWAYS 7 /* seed of what must be the same in every run */

typedef JzJson *(*ParseFunc) (const char *text, gsize length, GError **error);

static ParseFunc parsers[] = { jz_json_parse_canonical, jz_json_parse };

/* The parser gets a copy without a NUL, so that the sanitizer sees a read beyond its end. */
static JzJson *
parse_bare (ParseFunc parser, const char *text, gsize length, GError **error)
{
  g_autofree char *bare = length > 0 ? g_memdup2 (text, length) : NULL;
  return parser (bare, length, error);
}

static void
assert_reads (ParseFunc parser, const char *text, const char *canonical)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) value = parse_bare (parser, text, strlen (text), &error);
  g_autofree char *written = NULL;
  gsize length = 0;

  g_assert_no_error (error);
  g_assert_nonnull (value);
  written = jz_json_to_canonical (value, &length);
  g_assert_cmpstr (written, ==, canonical);
  g_assert_cmpuint (length, ==, strlen (canonical));
}

static void
assert_refuses (ParseFunc parser,
                const char *text,
                gsize length,
                JzBaseError code,
                const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) value = parse_bare (parser, text, length, &error);

  g_assert_null (value);
  g_assert_error (error, JZ_BASE_ERROR, (int)code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (place != NULL && strstr (error->message, place) == NULL)
    g_error ("“%s” does not say “%s”", error->message, place);
  g_assert_null (parse_bare (parser, text, length, NULL));
}

static void
test_vectors (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "golden", "format-vectors.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) all = NULL;
  const JzJson *vectors = NULL;
  const JzJson *list = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  all = jz_json_parse (text, length, &error);
  g_assert_no_error (error);
  vectors = jz_json_get_member (all, "canonical_json");
  list = jz_json_get_member (vectors, "accept");
  g_assert_cmpuint (jz_json_get_n_items (list), >=, 5);
  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    const char *vector = jz_json_get_text (jz_json_get_item (list, i));
    assert_reads (jz_json_parse_canonical, vector, vector);
    assert_reads (jz_json_parse, vector, vector);
  }
  list = jz_json_get_member (vectors, "refuse");
  g_assert_cmpuint (jz_json_get_n_items (list), >=, 19);
  for (guint i = 0; i < jz_json_get_n_items (list); i++) {
    const char *vector = jz_json_get_text (jz_json_get_item (list, i));
    g_autoptr (JzJson) value =
      parse_bare (jz_json_parse_canonical, vector, strlen (vector), &error);
    g_assert_null (value);
    g_assert_cmpuint (error->domain, ==, JZ_BASE_ERROR);
    g_assert_nonnull (strstr (error->message, " line 1, column "));
    g_clear_error (&error);
  }
}

/* RFC 8785 §3.2.3 and its neighbours: the order of UTF-16 code units, not of code points. */
static void
test_sorting (void)
{
  static const struct {
    const char *text;
    const char *canonical;
  } cases[] = {
    { "{\n  \"\\u20ac\": \"Euro Sign\",\n  \"\\r\": \"Carriage Return\",\n"
      "  \"\\ufb33\": \"Hebrew Letter Dalet With Dagesh\",\n  \"1\": \"One\",\n"
      "  \"\\ud83d\\ude00\": \"Emoji: Grinning Face\",\n  \"\\u0080\": \"Control\",\n"
      "  \"\\u00f6\": \"Latin Small Letter O With Diaeresis\"\n}",
      "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xc2\x80\":\"Control\","
      "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
      "\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}" },
    { "{\"\\ue000\":1,\"\\ud800\\udc00\":2,\"\\ud7ff\":3}",
      "{\"\ud7ff\":3,\"\U00010000\":2,\"\ue000\":1}" },
    { "{\"\\uffff\":1,\"\\udbff\\udfff\":2,\"\\udbff\\udffe\":3}",
      "{\"\U0010fffe\":3,\"\U0010ffff\":2,\"\uffff\":1}" },
    { "{\"x\\ue000\":1,\"x\":2,\"x\\ud800\\udc00\":3,\"\":4}",
      "{\"\":4,\"x\":2,\"x\U00010000\":3,\"x\ue000\":1}" },
    { "{\"b\":0,\"aa\":0,\"a\":0,\"B\":0,\"a b\":0}",
      "{\"B\":0,\"a\":0,\"a b\":0,\"aa\":0,\"b\":0}" },
    { "{\"peach\":0,\"p\\u00e9ch\\u00e9\":0,\"p\\u00eache\":0,\"sin\":0}",
      "{\"peach\":0,\"p\u00e9ch\u00e9\":0,\"p\u00eache\":0,\"sin\":0}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_reads (jz_json_parse, cases[i].text, cases[i].canonical);
    assert_reads (jz_json_parse_canonical, cases[i].canonical, cases[i].canonical);
  }
}

static char *
make_name (GRand *rand)
{
  static const gunichar signs[] = { 'a',    'b',    0x7f,   0x80,    0x7ff,   0x800,   0xd7ff,
                                    0xe000, 0xfb33, 0xffff, 0x10000, 0x1f600, 0x10ffff };
  GString *name = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
    g_string_append_unichar (name, signs[g_rand_int_range (rand, 0, G_N_ELEMENTS (signs))]);
  return g_string_free (name, FALSE);
}

static int
compare_in_utf16 (const char *a, const char *b)
{
  g_autofree gunichar2 *left = g_utf8_to_utf16 (a, -1, NULL, NULL, NULL);
  g_autofree gunichar2 *right = g_utf8_to_utf16 (b, -1, NULL, NULL, NULL);
  gsize at = 0;

  while (left[at] == right[at] && left[at] != 0)
    at++;
  return (int)left[at] - (int)right[at];
}

static void
test_sorting_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (ALWAYS);

  for (int round = 0; round < 3000; round++) {
    g_autoptr (JzJson) object = jz_json_new_object ();
    for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--) {
      g_autofree char *name = make_name (rand);
      jz_json_set_integer (object, name, n);
      g_assert_cmpint (jz_json_get_member_integer (object, name, -1), ==, n);
    }
    for (guint i = 1; i < jz_json_get_n_items (object); i++)
      g_assert_cmpint (
        compare_in_utf16 (jz_json_get_name (object, i - 1), jz_json_get_name (object, i)), <, 0);
  }
}

static void
test_lenient (void)
{
  static const struct {
    const char *text;
    const char *canonical;
  } cases[] = {
    { " \t\r\n{ \"b\" : [ 1 , 2 ] , \"a\" : { } }\n", "{\"a\":{},\"b\":[1,2]}" },
    { "[ ]", "[]" },
    { "null", "null" },
    { " true ", "true" },
    { "false", "false" },
    { "0", "0" },
    { "-9007199254740991", "-9007199254740991" },
    { "\"\\u0041\\/\\u4E2D\\u007f\"", "\"A/中\x7f\"" },
    { "\"\\u000A\\u0008\\u001F\\u000b\\\"\\\\\"", "\"\\n\\b\\u001f\\u000b\\\"\\\\\"" },
    { "\"\\ud83d\\ude00\\uD83D\\uDE00\"", "\"\U0001f600\U0001f600\"" },
    { "\"\ufeff\"", "\"\ufeff\"" },
    { "\"\\u2028\xe2\x80\xa9\"", "\"\u2028\u2029\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_reads (jz_json_parse, cases[i].text, cases[i].canonical);
}

/* What neither form may be, with the place that the sentence names. */
static void
test_refusals (void)
{
  static const struct {
    const char *text;
    JzBaseError code;
    const char *place;
  } cases[] = {
    { "{", JZ_BASE_ERROR_SYNTAX, "line 1, column 2" },
    { "{\"a\"", JZ_BASE_ERROR_SYNTAX, "line 1, column 5" },
    { "{\"a\":", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":1", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":1,", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":1]", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":[1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":[,]}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":[1,]}", JZ_BASE_ERROR_SYNTAX, "line 1, column 9" },
    { "{,}", JZ_BASE_ERROR_SYNTAX, "line 1, column 2" },
    { "{\"a\"1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 5" },
    { "{a:1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 2" },
    { "{1:1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 2" },
    { "{\"a\":1}}", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":1}{}", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":True}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":truer}", JZ_BASE_ERROR_SYNTAX, "line 1, column 10" },
    { "{\"a\":NaN}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":Infinity}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":-}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":--1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":+1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":.5}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":1.}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":-01}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":00}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":-0}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":0x1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":1E1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":9007199254740992}", JZ_BASE_ERROR_RANGE, "line 1, column 6" },
    { "{\"a\":-9007199254740992}", JZ_BASE_ERROR_RANGE, "line 1, column 6" },
    { "{\"a\":99999999999999999999999999999999999999}", JZ_BASE_ERROR_RANGE, "line 1, column 6" },
    { "{\"a\":18446744073709551617}", JZ_BASE_ERROR_RANGE, "line 1, column 6" },
    { "{\"a\":\"", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":\"\\", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":\"\\\"", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":\"\\\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":\"\\x41\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\\n\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\中\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\u12\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\u12g4\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\u 123\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\u0000\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"\\u0000\":1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 3" },
    { "{\"a\":\"\\udc00\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\\ud800\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\\ue000\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\udc00\\udc00\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\\\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 6" },
    { "{\"a\":\"\\ud800x\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\\n\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\\ud800\\udc0\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"中\t\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":\"\x1f\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":\"\n\"}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "{\"a\":1,\"a\":1}", JZ_BASE_ERROR_SYNTAX, "line 1, column 8" },
    { "{\"a\":{\"中\":1,\"中\":1}}", JZ_BASE_ERROR_SYNTAX, "line 1, column 13" },
    { "\xef\xbb\xbf{}", JZ_BASE_ERROR_SYNTAX, "byte order mark at line 1, column 1" },
    { "{}\x0b", JZ_BASE_ERROR_SYNTAX, "line 1, column 3" },
    { "{}\u00a0", JZ_BASE_ERROR_SYNTAX, "line 1, column 3" },
    { "{\"a\":1;\"b\":2}", JZ_BASE_ERROR_SYNTAX, "line 1, column 7" },
    { "//\n{}", JZ_BASE_ERROR_SYNTAX, "line 1, column 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (parsers); k++)
      assert_refuses (parsers[k], cases[i].text, strlen (cases[i].text), cases[i].code,
                      cases[i].place);
  }
}

/* Places in later lines, which only the lenient form has. */
static void
test_places (void)
{
  static const struct {
    const char *text;
    const char *place;
  } cases[] = {
    { "", "line 1, column 1" },
    { "\n\n", "line 3, column 1" },
    { "{\n  \"甲\": 1,\n  \"乙\": ?\n}", "line 3, column 8" },
    { "{\n  \"b\": 1,\n  \"a\": 1,\n  \"b\": 2\n}", "line 4, column 3" },
    { "{\"a\":1,\"\\u0061\":2}", "line 1, column 8" },
    { "[1,\r\n2,\r\n 3.5]", "line 3, column 2" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refuses (jz_json_parse, cases[i].text, strlen (cases[i].text), JZ_BASE_ERROR_SYNTAX,
                    cases[i].place);
}

/* Allowed where a person writes, refused where bytes are hashed. */
static void
test_not_canonical (void)
{
  static const char *const cases[] = {
    "[]",
    "null",
    "\"\"",
    "1",
    " {}",
    "{ }",
    "{}\n",
    "{\"a\" :1}",
    "{\"a\": 1}",
    "{\"a\":1 }",
    "{\"a\":1, \"b\":2}",
    "{\"a\":[ ]}",
    "{\"b\":1,\"a\":2}",
    "{\"a\":{\"b\":1,\"a\":2}}",
    "{\"\ufb33\":1,\"\U0001f600\":2}",
    "{\"a\":\"\\/\"}",
    "{\"a\":\"\\u0041\"}",
    "{\"a\":\"\\u0008\"}",
    "{\"a\":\"\\u0009\"}",
    "{\"a\":\"\\u000a\"}",
    "{\"a\":\"\\u000c\"}",
    "{\"a\":\"\\u000d\"}",
    "{\"a\":\"\\u0022\"}",
    "{\"a\":\"\\u005c\"}",
    "{\"a\":\"\\u001F\"}",
    "{\"a\":\"\\u007f\"}",
    "{\"a\":\"\\u4e2d\"}",
    "{\"a\":\"\\ud83d\\ude00\"}",
    "{\"\\u0061\":1}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzJson) value = jz_json_parse (cases[i], strlen (cases[i]), &error);
    g_assert_no_error (error);
    assert_refuses (jz_json_parse_canonical, cases[i], strlen (cases[i]), JZ_BASE_ERROR_SYNTAX,
                    "line 1, ");
  }
}

static void
test_utf8 (void)
{
  static const struct {
    const char *bytes;
    gsize length;
    gboolean is_valid;
  } cases[] = {
    { "\x7f", 1, TRUE },
    { "\xc2\x80", 2, TRUE },
    { "\xed\x9f\xbf", 3, TRUE },
    { "\xee\x80\x80", 3, TRUE },
    { "\xef\xbf\xbe", 3, TRUE },
    { "\xf4\x8f\xbf\xbf", 4, TRUE },
    { "\0", 1, FALSE },
    { "\x80", 1, FALSE },
    { "\xc0\x80", 2, FALSE },
    { "\xc1\xbf", 2, FALSE },
    { "\xe0\x80\xaf", 3, FALSE },
    { "\xe0\x9f\xbf", 3, FALSE },
    { "\xf0\x80\x80\xaf", 4, FALSE },
    { "\xf0\x8f\xbf\xbf", 4, FALSE },
    { "\xed\xa0\x80", 3, FALSE },
    { "\xed\xbf\xbf", 3, FALSE },
    { "\xed\xa0\xbd\xed\xb8\x80", 6, FALSE },
    { "\xf4\x90\x80\x80", 4, FALSE },
    { "\xf8\x88\x80\x80\x80", 5, FALSE },
    { "\xff", 1, FALSE },
    { "\xe4\xb8", 2, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    for (gsize k = 0; k < G_N_ELEMENTS (parsers); k++) {
      g_autoptr (GString) text = g_string_new ("{\"a\":\"");
      g_autoptr (GError) error = NULL;
      g_autoptr (JzJson) value = NULL;
      g_string_append_len (text, cases[i].bytes, (gssize)cases[i].length);
      g_string_append (text, "\"}");
      if (!cases[i].is_valid) {
        assert_refuses (parsers[k], text->str, text->len, JZ_BASE_ERROR_SYNTAX, "line 1, column 7");
        continue;
      }
      value = parse_bare (parsers[k], text->str, text->len, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (jz_json_get_member_text (value, "a"), ==, cases[i].bytes);
    }
  }
}

static char *
make_nested (int depth, const char *kinds)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < depth; i++)
    g_string_append (text, kinds[i % 2] == '{' ? "{\"a\":" : "[");
  g_string_append (text, "0");
  for (int i = depth; i > 0; i--)
    g_string_append_c (text, kinds[(i - 1) % 2] == '{' ? '}' : ']');
  return g_string_free (text, FALSE);
}

static void
test_depth (void)
{
  static const char *const kinds[] = { "{{", "{[", "[[" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *deepest = make_nested (JZ_JSON_MAX_DEPTH, kinds[i]);
    g_autofree char *too_deep = make_nested (JZ_JSON_MAX_DEPTH + 1, kinds[i]);
    g_autofree char *hostile = make_nested (100000, kinds[i]);
    for (gsize k = kinds[i][0] == '{' ? 0 : 1; k < G_N_ELEMENTS (parsers); k++) {
      assert_reads (parsers[k], deepest, deepest);
      assert_refuses (parsers[k], too_deep, strlen (too_deep), JZ_BASE_ERROR_LIMIT, "line 1");
      assert_refuses (parsers[k], hostile, strlen (hostile), JZ_BASE_ERROR_LIMIT, "line 1");
    }
  }
}

static char *
make_of_size (gsize size)
{
  static const char frame[] = "{\"a\":\"\"}";
  g_autofree char *fill = g_strnfill (size - strlen (frame), 'x');
  return g_strdup_printf ("{\"a\":\"%s\"}", fill);
}

static void
test_size (void)
{
  g_autofree char *longest = make_of_size (JZ_JSON_MAX_SIZE);
  g_autofree char *too_long = make_of_size (JZ_JSON_MAX_SIZE + 1);

  g_assert_cmpuint (strlen (longest), ==, 1048576);
  for (gsize k = 0; k < G_N_ELEMENTS (parsers); k++) {
    assert_reads (parsers[k], longest, longest);
    assert_refuses (parsers[k], too_long, strlen (too_long), JZ_BASE_ERROR_LIMIT, NULL);
  }
  {
    g_autoptr (JzJson) value =
      jz_json_parse_long (too_long, strlen (too_long), strlen (too_long), NULL);
    g_autoptr (GError) error = NULL;
    g_assert_nonnull (value);
    g_assert_null (jz_json_parse_long (too_long, strlen (too_long), strlen (too_long) - 1, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  }
}

static void
test_check_bounds (void)
{
  g_autofree char *deepest = make_nested (JZ_JSON_MAX_DEPTH, "{[");
  g_autofree char *longest = make_of_size (JZ_JSON_MAX_SIZE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) deep = jz_json_parse (deepest, strlen (deepest), &error);
  g_autoptr (JzJson) deeper = jz_json_new_object ();
  g_autoptr (JzJson) large = jz_json_parse (longest, strlen (longest), &error);

  g_assert_true (jz_json_check_bounds (deep, &error));
  g_assert_no_error (error);
  jz_json_set_member (deeper, "a", g_steal_pointer (&deep));
  g_assert_false (jz_json_check_bounds (deeper, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  g_clear_error (&error);

  g_assert_true (jz_json_check_bounds (large, &error));
  g_assert_no_error (error);
  jz_json_set_integer (large, "b", 1);
  g_assert_false (jz_json_check_bounds (large, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

static char *
make_text (GRand *rand)
{
  static const gunichar signs[] = { 1,      8,      9,      10,     12,     13,      31,
                                    '"',    '\\',   '/',    'a',    0x7f,   0x80,    0x4e2d,
                                    0x2028, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0x10000, 0x10ffff };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 9); n > 0; n--)
    g_string_append_unichar (text, signs[g_rand_int_range (rand, 0, G_N_ELEMENTS (signs))]);
  return g_string_free (text, FALSE);
}

static gint64
make_integer (GRand *rand)
{
  static const gint64 edges[] = { 0, 1, -1, JZ_JSON_MAX_INTEGER, -JZ_JSON_MAX_INTEGER };
  gint64 value = ((gint64)g_rand_int (rand) << 21) ^ g_rand_int (rand);

  if (g_rand_boolean (rand))
    return edges[g_rand_int_range (rand, 0, G_N_ELEMENTS (edges))];
  return g_rand_boolean (rand) ? value : -value;
}

static JzJson *
make_value (GRand *rand, int depth)
{
  JzJson *value = NULL;
  g_autofree char *text = make_text (rand);
  int kind = depth == 1 ? JZ_JSON_OBJECT : g_rand_int_range (rand, 0, depth > 6 ? 4 : 6);

  switch (kind) {
  case JZ_JSON_NULL:
    return jz_json_new_null ();
  case JZ_JSON_BOOLEAN:
    return jz_json_new_boolean (g_rand_boolean (rand));
  case JZ_JSON_INTEGER:
    return jz_json_new_integer (make_integer (rand));
  case JZ_JSON_TEXT:
    return jz_json_new_text (text);
  case JZ_JSON_ARRAY:
    value = jz_json_new_array ();
    for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
      jz_json_append (value, make_value (rand, depth + 1));
    return value;
  default:
    value = jz_json_new_object ();
    for (int n = g_rand_int_range (rand, 0, 5); n > 0; n--) {
      g_autofree char *name = make_text (rand);
      jz_json_set_member (value, name, make_value (rand, depth + 1));
    }
    return value;
  }
}

/* Writes a value in some form that is not canonical, for the lenient parser. */
static void
write_loosely (GRand *rand, GString *out, const JzJson *value)
{
  static const char *const spaces[] = { "", " ", "\n", "\t\r\n  " };
  JzJsonKind kind = jz_json_get_kind (value);
  guint n_items = kind >= JZ_JSON_ARRAY ? jz_json_get_n_items (value) : 0;

  g_string_append (out, spaces[g_rand_int_range (rand, 0, 4)]);
  if (kind < JZ_JSON_TEXT) {
    g_autofree char *written = jz_json_to_canonical (value, NULL);
    g_string_append (out, written);
  } else if (kind == JZ_JSON_TEXT) {
    g_autofree gunichar2 *units = g_utf8_to_utf16 (jz_json_get_text (value), -1, NULL, NULL, NULL);
    g_string_append_c (out, '"');
    for (gsize i = 0; units[i] != 0; i++)
      g_string_append_printf (out, g_rand_boolean (rand) ? "\\u%04x" : "\\u%04X", units[i]);
    g_string_append_c (out, '"');
  } else {
    g_string_append_c (out, kind == JZ_JSON_ARRAY ? '[' : '{');
    for (guint i = 0; i < n_items; i++) {
      guint position = kind == JZ_JSON_ARRAY ? i : n_items - 1 - i;
      if (i > 0)
        g_string_append_c (out, ',');
      if (kind == JZ_JSON_OBJECT) {
        g_autoptr (JzJson) name = jz_json_new_text (jz_json_get_name (value, position));
        write_loosely (rand, out, name);
        g_string_append_c (out, ':');
      }
      write_loosely (rand, out, jz_json_get_item (value, position));
    }
    g_string_append (out, spaces[g_rand_int_range (rand, 0, 4)]);
    g_string_append_c (out, kind == JZ_JSON_ARRAY ? ']' : '}');
  }
  g_string_append (out, spaces[g_rand_int_range (rand, 0, 4)]);
}

static void
test_random_trees (void)
{
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 1000; round++) {
    g_autoptr (JzJson) value = make_value (rand, 1);
    g_autoptr (JzJson) copy = jz_json_copy (value);
    g_autofree char *canonical = jz_json_to_canonical (value, NULL);
    g_autoptr (GString) loose = g_string_new (NULL);
    g_autoptr (JzJson) again = jz_json_parse_canonical (canonical, strlen (canonical), NULL);

    g_assert_nonnull (again);
    g_assert_true (jz_json_equal (again, value));
    g_assert_true (jz_json_equal (copy, value));
    g_assert_true (jz_json_check_bounds (value, NULL));
    assert_reads (jz_json_parse_canonical, canonical, canonical);
    assert_reads (jz_json_parse, canonical, canonical);
    write_loosely (rand, loose, value);
    assert_reads (jz_json_parse, loose->str, canonical);
    jz_json_set_integer (copy, "never a name", 1);
    g_assert_false (jz_json_equal (copy, value));
  }
}

/* However a payload is damaged: it is refused, or it is the one text of another value. */
static void
test_random_damage (void)
{
  static const char bytes[] = "{}[]\",:\\u0019-e.tfn \n\x80\xe4";
  guint32 seed = (guint32)g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 5000; round++) {
    g_autoptr (JzJson) value = make_value (rand, 1);
    g_autoptr (JzJson) read = NULL;
    gsize length = 0;
    g_autofree char *text = jz_json_to_canonical (value, &length);
    g_autofree char *before = g_strdup (text);
    text[g_rand_int_range (rand, 0, (gint32)length)] =
      bytes[g_rand_int_range (rand, 0, sizeof bytes)];
    read = parse_bare (jz_json_parse_canonical, text, length, NULL);
    if (read != NULL) {
      g_autofree char *written = jz_json_to_canonical (read, NULL);
      g_assert_cmpstr (written, ==, text);
      g_assert_true (jz_json_equal (read, value) == (strcmp (text, before) == 0));
    }
  }
}

static void
test_truncated (void)
{
  static const char text[] = "{\"a\":[null,true,-12,\"\\u001f中\\n\",{}],\"乙\":{\"\\\\\":false}}";

  assert_reads (jz_json_parse_canonical, text, text);
  for (gsize length = 0; length < strlen (text); length++) {
    for (gsize k = 0; k < G_N_ELEMENTS (parsers); k++)
      assert_refuses (parsers[k], text, length, JZ_BASE_ERROR_SYNTAX, "line 1, ");
  }
}

typedef char *(*MakeFunc) (guint n);

static char *
make_members (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%05x\":0", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

/* 7 and 2^20 have no common factor: every name once, in a wild order. */
static char *
make_shuffled_members (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"%05x\":0", i > 0 ? "," : "", (i * 0x9e375u) & 0xfffff);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static char *
make_items (guint n)
{
  GString *text = g_string_new ("{\"a\":[[]");

  for (guint i = 0; i < n; i++)
    g_string_append (text, ",1,\"\"");
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static char *
make_escapes (guint n)
{
  GString *text = g_string_new ("{\"a\":\"");

  for (guint i = 0; i < n; i++)
    g_string_append (text, "\\n\\u001f");
  g_string_append (text, "\"}");
  return g_string_free (text, FALSE);
}

static char *
make_wrong_end (guint n)
{
  GString *text = g_string_new ("{\"a\":[0");

  for (guint i = 0; i < n; i++)
    g_string_append (text, "\n,0");
  g_string_append (text, "}");
  return g_string_free (text, FALSE);
}

/* The least processor time of some runs of reading and writing again, in microseconds. */
static gint64
measure (ParseFunc parser, const char *text)
{
  gint64 least = G_MAXINT64;

  for (int i = 0; i < 3; i++) {
    clock_t begin = clock ();
    g_autoptr (JzJson) value = parser (text, strlen (text), NULL);
    if (value != NULL) {
      g_autofree char *written = jz_json_to_canonical (value, NULL);
      g_assert_nonnull (written);
    }
    least = MIN (least, (gint64)(clock () - begin) * G_USEC_PER_SEC / CLOCKS_PER_SEC);
  }
  return MAX (least, 1);
}

static void
test_linear_time (void)
{
  static const struct {
    MakeFunc make;
    ParseFunc parser;
    guint n;
  } cases[] = {
    { make_members, jz_json_parse_canonical, 100000 },
    { make_members, jz_json_parse, 100000 },
    { make_shuffled_members, jz_json_parse, 100000 },
    { make_items, jz_json_parse_canonical, 200000 },
    { make_escapes, jz_json_parse_canonical, 100000 },
    { make_wrong_end, jz_json_parse, 300000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *small = cases[i].make (cases[i].n / 10);
    g_autofree char *large = cases[i].make (cases[i].n);
    gint64 small_time_us = measure (cases[i].parser, small);
    gint64 large_time_us = measure (cases[i].parser, large);
    g_assert_cmpuint (strlen (large), <=, JZ_JSON_MAX_SIZE);
    g_assert_cmpuint (strlen (large), >, JZ_JSON_MAX_SIZE / 2);
    g_test_message ("case %d: %d us, %d us", (int)i, (int)small_time_us, (int)large_time_us);
    g_assert_cmpint (large_time_us, <=, 30 * small_time_us);
  }
}

static void
test_members (void)
{
  g_autoptr (JzJson) object = jz_json_new_object ();
  g_autofree char *text = NULL;

  jz_json_set_text (object, "c", "张某");
  jz_json_set_integer (object, "a", 1);
  jz_json_set_boolean (object, "b", 5);
  jz_json_set_member (object, "d", jz_json_new_array ());
  jz_json_set_integer (object, "a", -2);
  g_assert_cmpuint (jz_json_get_n_items (object), ==, 4);
  g_assert_cmpstr (jz_json_get_name (object, 0), ==, "a");
  g_assert_cmpstr (jz_json_get_name (object, 3), ==, "d");
  g_assert_true (jz_json_get_item (object, 3) == jz_json_get_member (object, "d"));
  g_assert_cmpint (jz_json_get_kind (jz_json_get_item (object, 2)), ==, JZ_JSON_TEXT);

  g_assert_cmpstr (jz_json_get_member_text (object, "c"), ==, "张某");
  g_assert_null (jz_json_get_member_text (object, "a"));
  g_assert_null (jz_json_get_member_text (object, "e"));
  g_assert_cmpstr (jz_json_read_text (object, "c"), ==, "张某");
  g_assert_cmpstr (jz_json_read_text (object, "a"), ==, "");
  g_assert_cmpstr (jz_json_read_text (object, "e"), ==, "");
  g_assert_cmpstr (jz_json_read_text (NULL, "c"), ==, "");
  g_assert_cmpint (jz_json_get_member_integer (object, "a", 7), ==, -2);
  g_assert_cmpint (jz_json_get_member_integer (object, "b", 7), ==, 7);
  g_assert_cmpint (jz_json_get_member_integer (object, "e", 7), ==, 7);
  g_assert_cmpint (jz_json_get_member_boolean (object, "b", FALSE), ==, TRUE);
  g_assert_true (jz_json_get_member_boolean (object, "a", TRUE));
  g_assert_false (jz_json_get_member_boolean (object, "e", FALSE));

  jz_json_remove_member (object, "c");
  jz_json_remove_member (object, "e");
  g_assert_null (jz_json_get_member (object, "c"));
  text = jz_json_to_canonical (object, NULL);
  g_assert_cmpstr (text, ==, "{\"a\":-2,\"b\":true,\"d\":[]}");
}

static void
test_equal (void)
{
  static const char *const different[] = {
    "null", "false", "true",  "0",  "1",         "\"\"",      "\"0\"",     "[]",
    "[0]",  "[1]",   "[0,0]", "{}", "{\"a\":0}", "{\"a\":1}", "{\"b\":0}", "{\"a\":0,\"b\":0}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (different); i++) {
    g_autoptr (JzJson) a = jz_json_parse (different[i], strlen (different[i]), NULL);
    for (gsize k = 0; k < G_N_ELEMENTS (different); k++) {
      g_autoptr (JzJson) b = jz_json_parse (different[k], strlen (different[k]), NULL);
      g_assert_true (jz_json_equal (a, b) == (i == k));
    }
  }
}

static gpointer
hold_in_thread (gpointer value)
{
  for (int i = 0; i < 20000; i++)
    jz_json_unref (jz_json_ref (value));
  return NULL;
}

static void
test_references (void)
{
  g_autoptr (JzJson) object = jz_json_new_object ();
  g_autoptr (JzJson) copy = NULL;
  GThread *threads[4];

  jz_json_set_text (object, "a", "某某商贸有限公司");
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("hold", hold_in_thread, object);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  copy = jz_json_copy (object);
  jz_json_set_integer (object, "b", 1);
  g_assert_cmpuint (jz_json_get_n_items (object), ==, 2);
  g_assert_cmpuint (jz_json_get_n_items (copy), ==, 1);
  g_assert_cmpstr (jz_json_get_member_text (copy, "a"), ==, "某某商贸有限公司");
}

/* Of a copy every part belongs to nobody else, so that all of it can be changed. */
static void
test_copy (void)
{
  static const char text[] = "{\"a\":[{\"b\":1}]}";
  g_autoptr (JzJson) value = jz_json_parse (text, strlen (text), NULL);
  g_autoptr (JzJson) copy = jz_json_copy (value);
  const JzJson *array = jz_json_get_member (copy, "a");
  const JzJson *object = jz_json_get_item (array, 0);
  g_autofree char *written = NULL;
  g_autofree char *changed = NULL;

  jz_json_append ((JzJson *)array, jz_json_new_null ());
  jz_json_set_integer ((JzJson *)object, "b", 2);
  written = jz_json_to_canonical (value, NULL);
  changed = jz_json_to_canonical (copy, NULL);
  g_assert_cmpstr (written, ==, text);
  g_assert_cmpstr (changed, ==, "{\"a\":[{\"b\":2},null]}");
}

static void
expect_mistake (void)
{
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*assertion*failed*");
}

/* Mistakes of callers are named in the log and change nothing. */
static void
test_mistakes (void)
{
  g_autoptr (JzJson) object = jz_json_new_object ();
  g_autoptr (JzJson) array = jz_json_new_array ();
  g_autoptr (JzJson) text = jz_json_new_text ("1");
  JzJson *shared = NULL;

  expect_mistake ();
  g_assert_null (jz_json_new_text ("\xff"));
  expect_mistake ();
  g_assert_null (jz_json_new_integer (JZ_JSON_MAX_INTEGER + 1));
  expect_mistake ();
  jz_json_set_integer (object, "a", -JZ_JSON_MAX_INTEGER - 1);
  expect_mistake ();
  jz_json_set_text (object, "a", "\xed\xa0\x80");
  expect_mistake ();
  jz_json_set_member (object, "\xff", text);
  expect_mistake ();
  jz_json_set_member (object, "a", object);
  expect_mistake ();
  jz_json_append (array, array);
  expect_mistake ();
  jz_json_append (object, text);
  expect_mistake ();
  g_assert_cmpint (jz_json_get_integer (text), ==, 0);
  expect_mistake ();
  g_assert_false (jz_json_get_boolean (object));
  expect_mistake ();
  g_assert_null (jz_json_get_text (array));
  expect_mistake ();
  g_assert_null (jz_json_get_item (array, 0));
  expect_mistake ();
  g_assert_null (jz_json_get_name (array, 0));
  expect_mistake ();
  g_assert_null (jz_json_get_member (array, "a"));
  shared = jz_json_ref (object);
  expect_mistake ();
  jz_json_remove_member (object, "a");
  jz_json_unref (shared);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (jz_json_get_n_items (object), ==, 0);
  g_assert_cmpuint (jz_json_get_n_items (array), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/vectors", test_vectors);
  g_test_add_func ("/base/json/sorting", test_sorting);
  g_test_add_func ("/base/json/sorting-random", test_sorting_random);
  g_test_add_func ("/base/json/lenient", test_lenient);
  g_test_add_func ("/base/json/refusals", test_refusals);
  g_test_add_func ("/base/json/places", test_places);
  g_test_add_func ("/base/json/not-canonical", test_not_canonical);
  g_test_add_func ("/base/json/utf8", test_utf8);
  g_test_add_func ("/base/json/depth", test_depth);
  g_test_add_func ("/base/json/size", test_size);
  g_test_add_func ("/base/json/check-bounds", test_check_bounds);
  g_test_add_func ("/base/json/random-trees", test_random_trees);
  g_test_add_func ("/base/json/random-damage", test_random_damage);
  g_test_add_func ("/base/json/truncated", test_truncated);
  g_test_add_func ("/base/json/linear-time", test_linear_time);
  g_test_add_func ("/base/json/members", test_members);
  g_test_add_func ("/base/json/equal", test_equal);
  g_test_add_func ("/base/json/copy", test_copy);
  g_test_add_func ("/base/json/references", test_references);
  g_test_add_func ("/base/json/mistakes", test_mistakes);
  return g_test_run ();
}
