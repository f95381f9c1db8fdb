/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window_settings.h"

#include <locale.h>

static void
test_place (void)
{
  GSettings *settings = jz_window_settings_get (NULL);
  g_autofree char *mine = NULL;
  g_autofree char *unwanted = NULL;
  g_autofree char *of_another = NULL;

  g_assert_nonnull (settings);
  jz_window_settings_keep_place ("a-1-1", "cases/a-7-1/limits");
  unwanted = jz_window_settings_dup_place ("a-1-1");
  g_settings_set_boolean (settings, "restore-place", TRUE);
  mine = jz_window_settings_dup_place ("a-1-1");
  of_another = jz_window_settings_dup_place ("a-2-1");
  g_assert_null (unwanted);
  g_assert_cmpstr (mine, ==, "cases/a-7-1/limits");
  g_assert_null (of_another);
}

static void
assert_layout (const char *list, const char *expected)
{
  g_autoptr (GVariant) layout = jz_window_settings_dup_layout (list);
  g_autofree char *text = layout != NULL ? g_variant_print (layout, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_layout (void)
{
  assert_layout ("cases", NULL);
  jz_window_settings_keep_layout ("cases", g_variant_new_parsed ("('party', true)"));
  jz_window_settings_keep_layout ("people", g_variant_new_parsed ("'name'"));
  jz_window_settings_keep_layout ("cases", g_variant_new_parsed ("('due', false)"));
  assert_layout ("cases", "('due', false)");
  assert_layout ("people", "'name'");
  assert_layout ("documents", NULL);
}

typedef struct {
  GObject parent_instance;
} Bound;
typedef GObjectClass BoundClass;

GType bound_get_type (void);
G_DEFINE_TYPE (Bound, bound, G_TYPE_OBJECT)

static gboolean value;

static void
set_value (GObject *object, guint id, const GValue *from, GParamSpec *spec)
{
  value = g_value_get_boolean (from);
}

static void
get_value (GObject *object, guint id, GValue *to, GParamSpec *spec)
{
  g_value_set_boolean (to, value);
}

static void
bound_class_init (BoundClass *klass)
{
  klass->set_property = set_value;
  klass->get_property = get_value;
  g_object_class_install_property (
    klass, 1, g_param_spec_boolean ("value", NULL, NULL, FALSE, G_PARAM_READWRITE));
}

static void
bound_init (Bound *self)
{
}

static void
test_bind (void)
{
  g_autoptr (GObject) object = g_object_new (bound_get_type (), NULL);
  GSettings *editor = jz_window_settings_get ("editor");

  g_assert_true (editor == jz_window_settings_get ("editor"));
  jz_window_settings_bind ("editor", "left-drawer", object, "value");
  g_assert_true (value);
  g_object_set (object, "value", FALSE, NULL);
  g_assert_false (g_settings_get_boolean (editor, "left-drawer"));
  g_settings_set_boolean (editor, "left-drawer", TRUE);
  g_assert_true (value);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/window-settings/place", test_place);
  g_test_add_func ("/app/window-settings/layout", test_layout);
  g_test_add_func ("/app/window-settings/bind", test_bind);
  return g_test_run ();
}
