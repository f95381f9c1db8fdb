/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/value_source.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "forms/field_path.h"
#include "office/act_words.h"
#include "office/document_view.h"
#include "office/fact_arguments.h"

/* Where a value of a document comes from (ux.md §5): what the case says and who wrote that down,
 * what the program computed, or who typed it here, and when. */

typedef struct {
  JzConnection *reader;
  const JzDocumentView *view;
  JzFieldPath where;
  const JzJson *value;    /* (nullable): as it is typed now */
  const JzJson *default_; /* (nullable): what the case fills in */
  JzJson *lines;
} Explaining;

static void
add (const Explaining *self, char *line)
{
  jz_json_append (self->lines, jz_json_new_text (line));
  g_free (line);
}

/* 2026年3月2日 9:30 */
static char *
dup_moment (const char *time)
{
  JzInstant instant;
  char text[JZ_INSTANT_SIZE];
  char day[JZ_DATE_SIZE];

  if (!jz_instant_parse (time, &instant, NULL))
    return g_strdup (time);
  jz_instant_format (instant, text);
  jz_date_format (jz_instant_get_date (instant), day);
  g_autofree char *date = jz_filling_dup_date (day);
  return g_strdup_printf ("%s %.5s", date, text + strlen ("2026-03-02T"));
}

/* What the form fills the value with; NULL for nothing. */
static const JzFormDefault *
find_default (const JzFieldPath *where)
{
  const JzFormField *leaf = jz_field_path_get_leaf (where);

  for (guint i = 0; where->member != NULL && i < where->field->defaults->len; i++) {
    const JzFormDefault *one = g_ptr_array_index (where->field->defaults, i);
    if (g_strcmp0 (one->member, where->member->name) == 0)
      return one;
  }
  return leaf->defaults->len > 0 ? g_ptr_array_index (leaf->defaults, 0) : NULL;
}

/* Who wrote a fact of the case down; FALSE where nobody did. */
static gboolean
tell_stated (const Explaining *self,
             const JzFactDefinition *fact,
             gboolean *is_stated,
             GError **error)
{
  g_autoptr (JzStatement) row = jz_connection_query (
    self->reader, error,
    "SELECT act, time, person.name FROM fact JOIN entry ON entry.arrival = fact.arrival LEFT JOIN "
    "person ON person.id = entry.actor WHERE fact.case_id = ? AND list = '' AND record = '' AND "
    "fact.name = ? ORDER BY fact.arrival DESC LIMIT 1",
    "tt", self->view->case_id, fact->name);

  if (row == NULL || !jz_statement_step (row, is_stated, error))
    return FALSE;
  if (!*is_stated)
    return TRUE;
  g_autofree char *moment = dup_moment (jz_statement_get_text (row, 1));
  /* Translators: a fact such as Name of the party, who wrote it down, when, and by which act. */
  add (self, g_strdup_printf (_ ("%1$s: written down by %2$s on %3$s (%4$s)."),
                              jz_text_get (&fact->meaning, jz_language_get_current ()),
                              jz_statement_get_text (row, 2), moment,
                              jz_act_get_label (jz_statement_get_text (row, 0))));
  return TRUE;
}

static gboolean
tell_fact (const Explaining *self, const JzFactDefinition *fact, GError **error)
{
  const char *meaning = jz_text_get (&fact->meaning, jz_language_get_current ());
  gboolean is_stated = FALSE;

  if (!tell_stated (self, fact, &is_stated, error))
    return FALSE;
  if (is_stated)
    return TRUE;
  if (g_str_has_prefix (fact->name, "bureau."))
    add (self, g_strdup_printf (_ ("%s: from the settings of the bureau."), meaning));
  else
    add (self,
         g_strdup_printf (_ ("%s: computed by the program from the record of the case."), meaning));
  return TRUE;
}

static gboolean
is_name_part (char sign)
{
  return g_ascii_isalnum (sign) || sign == '_' || sign == '.';
}

/* The facts that an expression names, each once. */
static gboolean
tell_facts (const Explaining *self, const char *expression, GError **error)
{
  g_autoptr (GHashTable) told = g_hash_table_new (g_direct_hash, g_direct_equal);
  const char *at = expression;

  while (*at != '\0') {
    const char *start = at;
    while (is_name_part (*at))
      at++;
    g_autofree char *name = g_strndup (start, (gsize)(at - start));
    const JzFactDefinition *fact =
      *name != '\0' ? jz_fact_vocabulary_find (jz_office_get_facts (), name) : NULL;
    if (fact != NULL && g_hash_table_add (told, (gpointer)fact) && !tell_fact (self, fact, error))
      return FALSE;
    if (*at != '\0')
      at++;
  }
  return TRUE;
}

static const JzJson *
get_value (const JzFilling *filling, const JzFieldPath *where)
{
  const JzJson *value = jz_filling_get_at (filling, where);
  return jz_filling_is_empty (value) ? NULL : value;
}

/* The version from which on the value stood in the document as it stands now. */
static gboolean
tell_typed (const Explaining *self, GError **error)
{
  g_autoptr (JzJson) versions = jz_document_list_versions (self->reader, self->view->id, error);
  const JzJson *since = NULL;

  if (versions == NULL)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (versions); i++) {
    const JzJson *version = jz_json_get_item (versions, i);
    g_autoptr (JzFilling) filling =
      jz_filling_new_from_json (self->view->form, jz_json_get_member (version, "values"), NULL);
    const JzJson *value = filling != NULL ? get_value (filling, &self->where) : NULL;
    if (value == NULL || !jz_json_equal (value, self->value))
      break;
    since = version;
  }
  if (since == NULL) {
    add (self, g_strdup (_ ("It was typed here just now and is not on record yet.")));
    return TRUE;
  }
  g_autofree char *moment = dup_moment (jz_json_get_member_text (since, "time"));
  const char *person = jz_json_get_member_text (since, "person");
  if (self->default_ == NULL &&
      strcmp (jz_json_get_member_text (since, "act"), "document.draft") == 0)
    add (self, g_strdup_printf (_ ("It has been there since %1$s began the document on %2$s."),
                                person, moment));
  else
    add (self, g_strdup_printf (_ ("It was typed here and put on record by %1$s on %2$s."), person,
                                moment));
  return TRUE;
}

/* What those who pass the document on write, and its number, nobody types. */
static gboolean
tell_passed (const Explaining *self)
{
  const char *name = self->where.field->name;

  if (strcmp (name, "doc_no") == 0)
    add (self,
         g_strdup (_ ("The number comes from the register when the document is made final.")));
  else if (g_str_has_prefix (name, "opinion_") || g_str_has_prefix (name, "sign_"))
    add (self,
         g_strdup (_ ("It is what was written when the document was passed on or approved.")));
  else
    return FALSE;
  return TRUE;
}

static gboolean
tell (Explaining *self, GError **error)
{
  const JzFormField *leaf = jz_field_path_get_leaf (&self->where);
  const JzFormDefault *one = find_default (&self->where);

  if (leaf->sum_of != NULL) {
    add (self, g_strdup (_ ("It is the sum of a column of the table.")));
    return TRUE;
  }
  if (tell_passed (self))
    return TRUE;
  if (self->default_ != NULL && self->value != NULL &&
      jz_json_equal (self->default_, self->value)) {
    add (self, g_strdup (_ ("The program filled it in with what the case says.")));
    return one == NULL || tell_facts (self, one->text, error);
  }
  if (self->value == NULL)
    add (self, g_strdup (_ ("Nothing is filled in here.")));
  else if (!tell_typed (self, error))
    return FALSE;
  if (self->default_ == NULL)
    return TRUE;
  g_autofree char *known = jz_filling_dup_text (leaf, self->default_, JZ_SHOW_PLAIN);
  add (self, g_strdup_printf (_ ("The case says: %s"), known));
  return one == NULL || tell_facts (self, one->text, error);
}

/**
 * jz_value_source_explain:
 * @office: an office
 * @reader: a connection that reads
 * @document: id of a document
 * @path: a value of it
 * @values: what is typed in the document now
 * @error: return location
 *
 * Returns: (transfer full) (nullable): where the value comes from: an array of sentences in the
 *   user's language, empty for a path that the form does not have
 */
JzJson *
jz_value_source_explain (JzOffice *office,
                         JzConnection *reader,
                         const char *document,
                         const char *path,
                         const JzJson *values,
                         GError **error)
{
  g_autoptr (JzDocumentView) view = jz_document_view_load (office, reader, document, error);
  g_autoptr (JzJson) sources =
    view != NULL ? jz_document_find_sources (office, reader, document, error) : NULL;
  g_autoptr (JzFilling) now =
    sources != NULL ? jz_filling_new_from_json (view->form, values, error) : NULL;
  g_autoptr (JzFilling) given =
    now != NULL ? jz_filling_new_from_json (view->form, sources, error) : NULL;
  g_autoptr (JzJson) lines = jz_json_new_array ();
  Explaining self = { .reader = reader, .view = view, .lines = lines };

  if (given == NULL)
    return NULL;
  if (!jz_field_path_parse (view->form, path, &self.where))
    return g_steal_pointer (&lines);
  self.value = get_value (now, &self.where);
  self.default_ = get_value (given, &self.where);
  return tell (&self, error) ? g_steal_pointer (&lines) : NULL;
}
