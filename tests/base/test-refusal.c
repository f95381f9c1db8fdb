/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/refusal.h"

static void
assert_written (const JzRefusal *refusal, const char *expected)
{
  g_autoptr (JzJson) json = jz_refusal_to_json (refusal);
  g_autofree char *text = jz_json_to_canonical (json, NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_full (void)
{
  g_autoptr (JzRefusal) refusal =
    jz_refusal_new ("GT-REV-01", JZ_REFUSAL_OVERRIDABLE, "法制审核未通过，不得作出决定。",
                    "行政处罚法第五十八条", "送法制审核");
  g_autoptr (JzRefusal) copy = jz_refusal_copy (refusal);

  g_assert_cmpstr (jz_refusal_get_rule (refusal), ==, "GT-REV-01");
  g_assert_cmpint (jz_refusal_get_level (refusal), ==, JZ_REFUSAL_OVERRIDABLE);
  g_assert_cmpstr (jz_refusal_get_sentence (refusal), ==, "法制审核未通过，不得作出决定。");
  g_assert_cmpstr (jz_refusal_get_basis (refusal), ==, "行政处罚法第五十八条");
  g_assert_cmpstr (jz_refusal_get_clears (refusal), ==, "送法制审核");
  g_clear_pointer (&refusal, jz_refusal_free);
  assert_written (copy, "{\"basis\":\"行政处罚法第五十八条\",\"clears\":\"送法制审核\","
                        "\"level\":\"BLOCK*\",\"rule\":\"GT-REV-01\","
                        "\"sentence\":\"法制审核未通过，不得作出决定。\"}");
}

static void
test_bare (void)
{
  g_autoptr (JzRefusal) refusal =
    jz_refusal_new ("R-1", JZ_REFUSAL_BLOCK, "It is not allowed.", NULL, NULL);
  g_autoptr (JzRefusal) copy = jz_refusal_copy (refusal);

  g_assert_null (jz_refusal_get_basis (copy));
  g_assert_null (jz_refusal_get_clears (copy));
  g_assert_cmpint (jz_refusal_get_level (copy), ==, JZ_REFUSAL_BLOCK);
  assert_written (copy,
                  "{\"level\":\"BLOCK\",\"rule\":\"R-1\",\"sentence\":\"It is not allowed.\"}");
}

/* A refusal that cannot say which rule or what is refused helps nobody. */
static void
test_mistakes (void)
{
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*rule*failed*");
  g_assert_null (jz_refusal_new ("", JZ_REFUSAL_BLOCK, "It is not allowed.", NULL, NULL));
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*sentence*failed*");
  g_assert_null (jz_refusal_new ("R-1", JZ_REFUSAL_BLOCK, NULL, NULL, NULL));
  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_CRITICAL, "*level*failed*");
  g_assert_null (jz_refusal_new ("R-1", (JzRefusalLevel)7, "It is not allowed.", NULL, NULL));
  g_test_assert_expected_messages ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/refusal/full", test_full);
  g_test_add_func ("/base/refusal/bare", test_bare);
  g_test_add_func ("/base/refusal/mistakes", test_mistakes);
  return g_test_run ();
}
