/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "cli/cli.h"
#include "forms/form_load.h"
#include "rules/vocabulary.h"

/* `forms list|show|check`: the forms that came with the program, or a file of somebody's own. */

typedef struct {
  JzVocabulary vocabulary;
  gboolean as_json;
} Command;

static const char *
get_language (void)
{
  return g_str_has_prefix (g_get_language_names ()[0], "zh") ? "zh-CN" : "en";
}

static const char *
get_label (const JzWords *words)
{
  return strcmp (get_language (), "en") == 0 && words->en != NULL ? words->en : words->zh;
}

static void
set_word (JzJson *json, const char *name, const char *word)
{
  if (word != NULL)
    jz_json_set_text (json, name, word);
}

static JzJson *
new_summary (const JzForm *form)
{
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "id", jz_form_get_id (form));
  jz_json_set_integer (json, "version", jz_form_get_version (form));
  jz_json_set_text (json, "kind", jz_form_kind_get_name (jz_form_get_kind (form)));
  jz_json_set_text (json, "title", jz_form_get_title (form, get_language ()));
  jz_json_set_boolean (json, "external", jz_form_is_external (form));
  jz_json_set_text (json, "flow", jz_form_get_flow (form));
  set_word (json, "number", jz_form_get_number_code (form));
  set_word (json, "seal", jz_form_get_seal (form));
  set_word (json, "served", jz_form_get_served (form));
  set_word (json, "publicity", jz_form_get_publicity (form));
  return json;
}

static int
list_forms (const Command *self)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_autoptr (JzJson) list = jz_json_new_array ();
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzForm) form = jz_form_load_shipped (ids[i], &self->vocabulary, &error);
    if (form == NULL)
      return jz_cli_fail (error);
    if (self->as_json)
      jz_json_append (list, new_summary (form));
    else
      g_print ("%-24s %s  %s\n", ids[i], jz_form_kind_get_name (jz_form_get_kind (form)),
               jz_form_get_title (form, get_language ()));
  }
  if (self->as_json)
    jz_cli_print_json (list);
  return JZ_EXIT_DONE;
}

static const char *
get_type_name (const JzFormField *field)
{
  return field->composite != NULL ? field->composite : jz_field_type_get_name (field->type);
}

static JzJson *
new_field (const JzFormField *field)
{
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "name", field->name);
  jz_json_set_text (json, "type", get_type_name (field));
  jz_json_set_text (json, "label", get_label (&field->label));
  jz_json_set_boolean (json, "required", field->is_required);
  jz_json_set_boolean (json, "many", field->is_list);
  if (field->when != NULL)
    jz_json_set_text (json, "when", jz_expression_get_text (field->when));
  if (field->members->len > 0 && field->composite == NULL) {
    JzJson *members = jz_json_new_array ();
    for (guint i = 0; i < field->members->len; i++)
      jz_json_append (members, new_field (g_ptr_array_index (field->members, i)));
    jz_json_set_member (json, "columns", members);
  }
  return json;
}

static JzJson *
new_element (const JzFormElement *element)
{
  JzJson *json = jz_json_new_object ();
  JzJson *fields = jz_json_new_array ();
  jz_json_set_text (json, "law", element->law);
  jz_json_set_text (json, "version", element->version);
  jz_json_set_text (json, "article", element->article);
  set_word (json, "item", element->item);
  jz_json_set_text (json, "text", element->text);
  for (guint i = 0; element->fields[i] != NULL; i++)
    jz_json_append (fields, jz_json_new_text (element->fields[i]));
  jz_json_set_member (json, "fields", fields);
  return json;
}

static JzJson *
new_check (const JzFormCheck *check)
{
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "rule", check->rule);
  jz_json_set_text (json, "level", check->is_warning ? "warning" : "error");
  jz_json_set_text (json, "field", check->field->name);
  jz_json_set_text (json, "that", check->text);
  jz_json_set_text (json, "sentence", get_label (&check->sentence));
  return json;
}

static void
print_json (const JzForm *form)
{
  g_autoptr (JzJson) json = new_summary (form);
  JzJson *fields = jz_json_new_array ();
  JzJson *elements = jz_json_new_array ();
  JzJson *checks = jz_json_new_array ();
  for (guint i = 0; i < jz_form_get_n_fields (form); i++)
    jz_json_append (fields, new_field (jz_form_get_field (form, i)));
  for (guint i = 0; i < jz_form_get_n_elements (form); i++)
    jz_json_append (elements, new_element (jz_form_get_element (form, i)));
  for (guint i = 0; i < jz_form_get_n_checks (form); i++)
    jz_json_append (checks, new_check (jz_form_get_check (form, i)));
  jz_json_set_member (json, "fields", fields);
  jz_json_set_member (json, "elements", elements);
  jz_json_set_member (json, "checks", checks);
  jz_cli_print_json (json);
}

static void
print_form (const JzForm *form)
{
  g_print ("%s  %s  %s\n", jz_form_get_id (form), jz_form_kind_get_name (jz_form_get_kind (form)),
           jz_form_get_title (form, get_language ()));
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    g_print ("  %s%-20s %-12s %s\n", field->is_required ? "!" : " ", field->name,
             get_type_name (field), get_label (&field->label));
  }
  for (guint i = 0; i < jz_form_get_n_elements (form); i++) {
    const JzFormElement *element = jz_form_get_element (form, i);
    g_print ("  %s %s %s  %s\n", element->law, element->article,
             element->item != NULL ? element->item : "", element->text);
  }
  for (guint i = 0; i < jz_form_get_n_checks (form); i++) {
    const JzFormCheck *check = jz_form_get_check (form, i);
    g_print ("  %s  %s\n", check->rule, get_label (&check->sentence));
  }
}

/* An id of a form that was shipped, else the name of a file. */
static JzForm *
load_form (const Command *self, const char *name, GError **error)
{
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_autofree char *text = NULL;
  gsize length;
  if (g_strv_contains ((const char *const *)ids, name) || strpbrk (name, "./") == NULL)
    return jz_form_load_shipped (name, &self->vocabulary, error);
  if (!g_file_get_contents (name, &text, &length, error))
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return jz_form_load (bytes, name, jz_form_blocks_get_shipped (), &self->vocabulary, error);
}

static int
show_form (const Command *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) form = load_form (self, name, &error);
  if (form == NULL)
    return jz_cli_fail (error);
  if (self->as_json)
    print_json (form);
  else
    print_form (form);
  return JZ_EXIT_DONE;
}

/* A wrong form is damage of what was to be adopted, not a wrong command line. */
static int
check_one (const Command *self, const char *name, JzJson *list)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzForm) form = load_form (self, name, &error);
  JzJson *json = jz_json_new_object ();
  jz_json_set_text (json, "form", name);
  jz_json_set_boolean (json, "right", form != NULL);
  if (form == NULL)
    jz_json_set_text (json, "sentence", error->message);
  jz_json_append (list, json);
  if (form == NULL)
    g_printerr ("%s\n", error->message);
  else if (!self->as_json)
    g_print (_ ("The form %s is right.\n"), name);
  if (form != NULL)
    return JZ_EXIT_DONE;
  return error->domain == JZ_BASE_ERROR ? JZ_EXIT_NOT_VERIFIED : JZ_EXIT_FAILED;
}

static int
check_forms (const Command *self, const char *name)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  g_auto (GStrv) ids = jz_form_list_shipped ();
  int status = JZ_EXIT_DONE;
  if (name != NULL)
    status = check_one (self, name, list);
  for (guint i = 0; name == NULL && ids[i] != NULL; i++) {
    int one = check_one (self, ids[i], list);
    status = MAX (status, one);
  }
  if (self->as_json)
    jz_cli_print_json (list);
  return status;
}

/**
 * jz_cli_forms:
 * @argc: number of words
 * @argv: the words
 *
 * `forms list|show|check [ID|FILE]`: lists the forms that came with the program, shows the fields,
 * statutory elements and checks of one, or checks one or all (4 when a form is wrong). Forms.md §1.
 *
 * Returns: exit status
 */
int
jz_cli_forms (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactVocabulary) facts = NULL;
  Command command = { 0 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &command.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 2, &status))
    return status;
  facts = jz_fact_vocabulary_load_shipped (&error);
  if (facts == NULL)
    return jz_cli_fail (error);
  jz_fact_vocabulary_get_interface (facts, &command.vocabulary);
  if (strcmp (argv[1], "list") == 0 && argc == 2)
    return list_forms (&command);
  if (strcmp (argv[1], "show") == 0 && argc == 3)
    return show_form (&command, argv[2]);
  if (strcmp (argv[1], "check") == 0)
    return check_forms (&command, argc == 3 ? argv[2] : NULL);
  return jz_cli_misuse (_ ("Write forms list, forms show ID or forms check [ID|FILE]."));
}
