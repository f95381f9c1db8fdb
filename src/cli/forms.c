/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "cli/adopted.h"
#include "cli/cli.h"
#include "forms/form_set.h"
#include "rules/vocabulary.h"
#include "rules/xml.h"
#include "store/files.h"

/* `forms list|show|check`: the forms that came with the program, those that a store has adopted, or
 * a file of somebody's own. */

typedef struct {
  JzVocabulary vocabulary;
  JzAdopted adopted;
  JzFormSet *set; /* shipped or adopted */
  gboolean as_json;
} Command;

static void
command_clear (Command *self)
{
  jz_adopted_clear (&self->adopted);
  g_clear_pointer (&self->set, jz_form_set_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)

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
  jz_json_set_text (json, "approved_by", jz_form_get_approving_act (form));
  jz_json_set_text (json, "finalised_by", jz_form_get_finalising_act (form));
  set_word (json, "number", jz_form_get_number_code (form));
  set_word (json, "seal", jz_form_get_seal (form));
  set_word (json, "served", jz_form_get_served (form));
  set_word (json, "publicity", jz_form_get_publicity (form));
  return json;
}

static int
list_forms (const Command *self)
{
  g_autoptr (JzJson) list = jz_json_new_array ();
  for (guint i = 0; i < jz_form_set_get_n_forms (self->set); i++) {
    const JzForm *form = jz_form_set_get_form (self->set, i);
    if (self->as_json)
      jz_json_append (list, new_summary (form));
    else
      g_print ("%-24s %s  %s\n", jz_form_get_id (form),
               jz_form_kind_get_name (jz_form_get_kind (form)),
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

static JzForm *
find_form (const Command *self, const char *id, GError **error)
{
  const JzForm *form = jz_form_set_find (self->set, id);
  if (form != NULL)
    return jz_form_ref (form);
  g_autofree char *shown = jz_error_dup_excerpt (id, -1);
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE,
               _ ("There is no form %s; juanzongctl forms list names them."), shown);
  return NULL;
}

/* An id of a form of the set, else the name of a file that would be one of it. */
static JzForm *
load_form (const Command *self, const char *name, GError **error)
{
  if (jz_form_set_find (self->set, name) != NULL || strpbrk (name, "./") == NULL)
    return find_form (self, name, error);
  g_autoptr (GBytes) bytes = jz_file_read (name, JZ_XML_MAX_SIZE, error);
  if (bytes == NULL)
    return NULL;
  return jz_form_load (bytes, name, jz_form_set_get_blocks (self->set), &self->vocabulary, error);
}

static gboolean
load_set (Command *self, GError **error)
{
  if (jz_adopted_is_misused (&self->adopted, error))
    return FALSE;
  if (self->adopted.store != NULL) {
    const JzFormSet *set = jz_adopted_get_forms (&self->adopted, error);
    self->set = set != NULL ? jz_form_set_ref (set) : NULL;
    return self->set != NULL;
  }
  g_autoptr (GBytes) bytes = jz_form_set_compose_shipped (error);
  self->set = bytes != NULL ? jz_form_set_load (bytes, "shipped", &self->vocabulary, error) : NULL;
  return self->set != NULL;
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
  int status = JZ_EXIT_DONE;
  if (name != NULL)
    status = check_one (self, name, list);
  for (guint i = 0; name == NULL && i < jz_form_set_get_n_forms (self->set); i++) {
    int one = check_one (self, jz_form_get_id (jz_form_set_get_form (self->set, i)), list);
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
 * `forms list|show|check [ID|FILE]`: lists the forms that came with the program or that the store
 * of
 * --store has adopted, shows the fields, statutory elements and checks of one, or checks one or all
 * (4 when a form is wrong). Forms.md §1.
 *
 * Returns: exit status
 */
int
jz_cli_forms (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFactVocabulary) facts = NULL;
  g_auto (Command) command = { 0 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &command.adopted.store,
      N_ ("Take what this store has adopted, not what is shipped"), N_ ("STORE") },
    { "as-of", 0, 0, G_OPTION_ARG_STRING, &command.adopted.as_of,
      N_ ("Take what was in force on this day; today when absent"), N_ ("DATE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &command.as_json, N_ ("Print JSON"), NULL },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 2, &status))
    return status;
  facts = jz_fact_vocabulary_load_shipped (&error);
  if (facts == NULL)
    return jz_cli_fail (error);
  jz_fact_vocabulary_get_interface (facts, &command.vocabulary);
  if (!load_set (&command, &error))
    return jz_cli_fail (error);
  if (strcmp (argv[1], "list") == 0 && argc == 2)
    return list_forms (&command);
  if (strcmp (argv[1], "show") == 0 && argc == 3)
    return show_form (&command, argv[2]);
  if (strcmp (argv[1], "check") == 0)
    return check_forms (&command, argc == 3 ? argv[2] : NULL);
  return jz_cli_misuse (_ ("Write forms list, forms show ID or forms check [ID|FILE]."));
}
