/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/publicity/found.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "forms/field_path.h"
#include "office/fact_arguments.h"

/* What was found in a document beside what was decided on it before, so that a person goes on where
 * he left off. */

static const char *const names[] = { "", "cover", "keep", "added" };

/* What a person hides beside what is found is of no kind that the program knows. */
#define ADDED_KIND "other"

/**
 * jz_found_free:
 * @self: (transfer full): something found
 */
void
jz_found_free (JzFound *self)
{
  g_free (self->field);
  g_free (self->kind);
  g_free (self->rule);
  g_free (self->text);
  g_free (self->replacement);
  g_free (self->where);
  g_free (self->kind_word);
  g_free (self->reason);
  g_free (self);
}

static char *
dup_kind_word (const char *kind)
{
  const JzFactDefinition *list =
    jz_fact_vocabulary_find (jz_office_get_facts (), "publication.findings");

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    if (strcmp (field->name, "kind") == 0)
      return g_strdup (jz_fact_definition_get_label (field, kind, jz_language_get_current ()));
  }
  return g_strdup (kind);
}

static char *
dup_where (const JzPublicSource *source, const char *field)
{
  JzFieldPath path;

  if (strcmp (field, JZ_PUBLIC_TITLE) == 0)
    return g_strdup (_ ("Title of the case"));
  if (g_str_has_prefix (field, JZ_PUBLIC_FILES))
    return g_strdup (_ ("Name of a file"));
  if (!jz_field_path_parse (jz_filling_get_form (jz_public_source_get_filling (source)), field,
                            &path))
    return g_strdup (field);
  return jz_field_path_dup_label (&path);
}

static JzFound *
found_new (const JzPublicSource *source, const JzPersonalData *data)
{
  JzFound *self = g_new0 (JzFound, 1);

  self->field = g_strdup (data->field);
  self->start = (guint)data->start;
  self->length = (guint)data->length;
  self->kind = g_strdup (data->kind);
  self->rule = g_strdup (data->rule);
  self->text = g_strdup (data->text);
  self->replacement = g_strdup (data->replacement);
  self->where = dup_where (source, data->field);
  self->kind_word = dup_kind_word (data->kind);
  return self;
}

/**
 * jz_found_new_added:
 * @source: what is to be published
 * @field: path of a value
 * @start: first byte
 * @length: how many
 *
 * Returns: (transfer full) (nullable): what a person covers beside what was found; %NULL where
 *   there is no such text
 */
JzFound *
jz_found_new_added (const JzPublicSource *source, const char *field, guint start, guint length)
{
  g_autofree char *text = jz_public_source_dup_text (source, field);
  JzFound *self;

  if (text == NULL || start > strlen (text) || length == 0 || length > strlen (text) - start)
    return NULL;
  self = g_new0 (JzFound, 1);
  self->field = g_strdup (field);
  self->start = start;
  self->length = length;
  self->kind = g_strdup (ADDED_KIND);
  self->text = g_strndup (text + start, length);
  self->where = dup_where (source, field);
  self->kind_word = dup_kind_word (ADDED_KIND);
  self->choice = JZ_FOUND_ADDED;
  return self;
}

static JzFound *
find (const GPtrArray *list, const JzJson *redaction)
{
  const char *field = jz_json_get_member_text (redaction, "field");

  for (guint i = 0; i < list->len; i++) {
    JzFound *found = g_ptr_array_index (list, i);
    if (g_strcmp0 (found->field, field) == 0 &&
        found->start == jz_json_get_member_integer (redaction, "start", -1) &&
        found->length == jz_json_get_member_integer (redaction, "length", -1))
      return found;
  }
  return NULL;
}

static JzFoundChoice
read_choice (const JzJson *redaction)
{
  const char *name = jz_json_get_member_text (redaction, "choice");

  for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (JzFoundChoice)i;
  return JZ_FOUND_OPEN;
}

static void
take_decision (GPtrArray *list, const JzPublicSource *source, const JzJson *redaction)
{
  JzFound *found = find (list, redaction);
  const char *field = jz_json_get_member_text (redaction, "field");

  if (found == NULL && field != NULL) {
    found =
      jz_found_new_added (source, field, (guint)jz_json_get_member_integer (redaction, "start", 0),
                          (guint)jz_json_get_member_integer (redaction, "length", 0));
    if (found != NULL)
      g_ptr_array_add (list, found);
  }
  if (found == NULL)
    return;
  found->choice = read_choice (redaction);
  g_free (found->reason);
  found->reason = g_strdup (jz_json_get_member_text (redaction, "reason"));
}

/**
 * jz_found_list_new:
 * @source: what is to be published
 * @redactions: (nullable): what was decided before, as the act took it
 *
 * Returns: (transfer full) (element-type JzFound): what was found in it, and what a person added
 */
GPtrArray *
jz_found_list_new (const JzPublicSource *source, const JzJson *redactions)
{
  g_autoptr (GPtrArray) data = jz_find_personal_data (source);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_found_free);

  for (guint i = 0; i < data->len; i++)
    g_ptr_array_add (list, found_new (source, g_ptr_array_index (data, i)));
  for (guint i = 0; redactions != NULL && i < jz_json_get_n_items (redactions); i++)
    take_decision (list, source, jz_json_get_item (redactions, i));
  return list;
}

/**
 * jz_found_to_redactions:
 * @list: (element-type JzFound): what was found
 *
 * Returns: (transfer full): what was decided, as an argument of acts
 */
JzJson *
jz_found_to_redactions (const GPtrArray *list)
{
  JzJson *json = jz_json_new_array ();

  for (guint i = 0; i < list->len; i++) {
    const JzFound *found = g_ptr_array_index (list, i);
    JzJson *one;
    if (found->choice == JZ_FOUND_OPEN)
      continue;
    one = jz_json_new_object ();
    jz_json_set_text (one, "field", found->field);
    jz_json_set_integer (one, "start", found->start);
    jz_json_set_integer (one, "length", found->length);
    jz_json_set_text (one, "choice", names[found->choice]);
    jz_json_set_text (one, "kind", found->kind);
    if (found->rule != NULL)
      jz_json_set_text (one, "rule", found->rule);
    if (found->reason != NULL && found->reason[0] != '\0')
      jz_json_set_text (one, "reason", found->reason);
    if (found->choice == JZ_FOUND_COVER && found->replacement != NULL)
      jz_json_set_text (one, "replacement", found->replacement);
    jz_json_append (json, one);
  }
  return json;
}

/**
 * jz_found_count_open:
 * @list: (element-type JzFound): what was found
 *
 * Returns: on how much of it nobody has decided
 */
guint
jz_found_count_open (const GPtrArray *list)
{
  guint n_open = 0;

  for (guint i = 0; i < list->len; i++)
    n_open += ((const JzFound *)g_ptr_array_index (list, i))->choice == JZ_FOUND_OPEN;
  return n_open;
}
