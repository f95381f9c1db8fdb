/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/stated.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/fact_arguments.h"
#include "office/situation.h"
#include "office/text.h"
#include "store/error.h"

/* What acts have stated of a case: table `fact`. A row is never changed, so that what holds now and
 * what held at an earlier entry are answered from the same rows, and a correction keeps what it
 * corrects. */

typedef struct {
  JzJson *json;
  gint64 arrival; /* when that was stated */
} Value;

/* May be shared, with its records, by all who look at the case through a connection that is still;
 * only what jz_stated_copy() gave is changed. */
struct _JzStated {
  gatomicrefcount n_references;
  GHashTable *values; /* name → Value */
  GPtrArray *records; /* JzStatedRecord, in the order in which they were made */
};

static void
value_free (gpointer data)
{
  Value *self = data;

  jz_json_unref (self->json);
  g_free (self);
}

static void
record_clear (gpointer data)
{
  JzStatedRecord *self = data;

  g_free (self->list);
  g_free (self->id);
  g_hash_table_unref (self->fields);
}

static void
record_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, record_clear);
}

static JzStatedRecord *
record_new (const char *list, const char *id, gint64 arrival)
{
  JzStatedRecord *self = g_atomic_rc_box_new0 (JzStatedRecord);

  self->list = g_strdup (list);
  self->id = g_strdup (id);
  self->arrival = arrival;
  self->fields =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_json_unref);
  return self;
}

static JzStatedRecord *
record_copy (const JzStatedRecord *other)
{
  JzStatedRecord *self = record_new (other->list, other->id, other->arrival);
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, other->fields);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (self->fields, g_strdup (name), jz_json_ref (value));
  return self;
}

static JzStated *
stated_new (void)
{
  JzStated *self = g_new0 (JzStated, 1);

  g_atomic_ref_count_init (&self->n_references);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, value_free);
  self->records = g_ptr_array_new_with_free_func (record_unref);
  return self;
}

static JzStated *
stated_ref (JzStated *self)
{
  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

/**
 * jz_stated_free:
 * @self: (transfer full): what was stated
 */
void
jz_stated_free (JzStated *self)
{
  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  g_hash_table_unref (self->values);
  g_ptr_array_unref (self->records);
  g_free (self);
}

static JzStatedRecord *
add_record (JzStated *self, const char *list, const char *id, gint64 arrival)
{
  JzStatedRecord *record = record_new (list, id, arrival);

  g_ptr_array_add (self->records, record);
  return record;
}

static void
set_value (JzStated *self, const char *name, JzJson *json, gint64 arrival)
{
  Value *value = g_new (Value, 1);

  value->json = json;
  value->arrival = arrival;
  g_hash_table_insert (self->values, g_strdup (name), value);
}

/* Records are shared, so the one that is changed becomes our own. */
static JzStatedRecord *
own_record (JzStated *self, const char *list, const char *id, gint64 arrival)
{
  for (guint i = 0; i < self->records->len; i++) {
    JzStatedRecord *record = g_ptr_array_index (self->records, i);
    if (strcmp (record->list, list) == 0 && strcmp (record->id, id) == 0) {
      self->records->pdata[i] = record_copy (record);
      record_unref (record);
      return self->records->pdata[i];
    }
  }
  return add_record (self, list, id, arrival);
}

/* Rows come in the order of the key, all of a record one after the other. */
static JzStatedRecord *
get_record_of_row (JzStated *self, const char *list, JzStatement *row)
{
  const char *id = jz_statement_get_text (row, 1);
  gint64 arrival = jz_statement_get_integer (row, 4);
  JzStatedRecord *last =
    self->records->len > 0 ? g_ptr_array_index (self->records, self->records->len - 1) : NULL;

  if (last == NULL || strcmp (last->id, id) != 0 || strcmp (last->list, list) != 0)
    return add_record (self, list, id, arrival);
  last->arrival = MIN (last->arrival, arrival);
  return last;
}

static int
compare_records (gconstpointer a, gconstpointer b)
{
  const JzStatedRecord *left = *(const JzStatedRecord *const *)a;
  const JzStatedRecord *right = *(const JzStatedRecord *const *)b;
  int order = (left->arrival > right->arrival) - (left->arrival < right->arrival);

  return order != 0 ? order : strcmp (left->id, right->id);
}

static gboolean
take_row (JzStated *self, JzStatement *row, GError **error)
{
  const char *list = jz_statement_get_text (row, 0);
  const char *name = jz_statement_get_text (row, 2);
  const char *text = jz_statement_get_text (row, 3);
  JzJson *value = jz_json_parse (text, strlen (text), error);

  if (value == NULL)
    return FALSE;
  if (list[0] == '\0')
    set_value (self, name, value, jz_statement_get_integer (row, 4));
  else
    g_hash_table_insert (get_record_of_row (self, list, row)->fields, g_strdup (name), value);
  return TRUE;
}

static JzStated *
load (JzConnection *tables, const char *case_id, gint64 until, GError **error)
{
  g_autoptr (JzStated) self = stated_new ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (tables, error,
                         "SELECT list, record, name, value, arrival FROM fact AS f WHERE case_id = "
                         "?1 AND arrival <= ?2 AND NOT (list = '@document' AND name = 'values' AND "
                         "EXISTS (SELECT 1 FROM fact WHERE case_id = ?1 AND list = f.list AND "
                         "record = f.record AND name = f.name AND arrival > f.arrival AND arrival "
                         "<= ?2)) ORDER BY list, record, name, arrival",
                         "ti", case_id, until);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row) {
      g_ptr_array_sort (self->records, compare_records);
      return g_steal_pointer (&self);
    }
    if (!take_row (self, rows, error))
      return NULL;
  }
  return NULL;
}

/**
 * jz_stated_load:
 * @tables: derived tables
 * @case_id: a case
 * @until: only what entries up to this arrival stated
 * @error: return location
 *
 * Of what a document says only its last version is read: every version is kept, and they are long.
 * It is asked for at every act and for every case that a list shows, so the rows come as the table
 * has them and only the records are sorted; and while @tables is still, it is read once for all
 * who ask.
 *
 * Returns: (transfer full) (nullable): what was stated of the case; not to be changed, see
 *   jz_stated_copy()
 */
JzStated *
jz_stated_load (JzConnection *tables, const char *case_id, gint64 until, GError **error)
{
  g_autofree char *name = NULL;
  gint64 newest = 0;
  JzStated *self;

  if (!jz_connection_is_still (tables))
    return load (tables, case_id, until, error);
  if (!jz_connection_get_number (tables, &newest, error, "SELECT max (arrival) FROM entry", ""))
    return NULL;
  name = g_strdup_printf ("stated %lld %s", (long long)MIN (until, newest), case_id);
  self = jz_connection_get_kept (tables, name);
  if (self != NULL)
    return stated_ref (self);
  self = load (tables, case_id, until, error);
  if (self != NULL)
    jz_connection_keep (tables, name, stated_ref (self), (GDestroyNotify)jz_stated_free);
  return self;
}

/**
 * jz_stated_copy:
 * @self: what was stated
 *
 * Returns: (transfer full): the same, to be changed by jz_stated_add()
 */
JzStated *
jz_stated_copy (const JzStated *self)
{
  JzStated *copy = stated_new ();
  GHashTableIter iter;
  gpointer name, data;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &data)) {
    const Value *value = data;
    set_value (copy, name, jz_json_ref (value->json), value->arrival);
  }
  for (guint i = 0; i < self->records->len; i++)
    g_ptr_array_add (copy->records, g_atomic_rc_box_acquire (self->records->pdata[i]));
  return copy;
}

/* The name of the field that an argument states of the act's list; NULL where it states a fact of
 * its own, or nothing. */
static const char *
get_field (const JzAct *act, const char *name)
{
  gsize length = act->list != NULL ? strlen (act->list) : 0;

  if (act->list == NULL || strcmp (name, "case") == 0 || strcmp (name, "record") == 0 ||
      strcmp (name, JZ_LATE_REASON) == 0)
    return NULL;
  if (!jz_argument_is_fact (name))
    return name;
  return strncmp (name, act->list, length) == 0 && name[length] == '.' ? name + length + 1 : NULL;
}

/**
 * jz_stated_add:
 * @self: a copy of what was stated
 * @act: an act
 * @args: its arguments
 * @arrival: of its entry
 *
 * Adds what the act would state: a gate looks at the case as if the act were done.
 */
void
jz_stated_add (JzStated *self, const JzAct *act, const JzJson *args, gint64 arrival)
{
  const char *record = jz_json_get_member_text (args, "record");

  if (act->facts == NULL)
    return;
  for (guint i = 0; i < jz_json_get_n_items (args); i++) {
    const char *name = jz_json_get_name (args, i);
    const char *field = get_field (act, name);
    JzJson *value = jz_json_ref (jz_json_get_item (args, i));
    if (field != NULL)
      g_hash_table_insert (
        own_record (self, act->list, record != NULL ? record : "", arrival)->fields,
        g_strdup (field), value);
    else if (jz_argument_is_fact (name))
      set_value (self, name, value, arrival);
    else
      jz_json_unref (value);
  }
}

/**
 * jz_stated_get:
 * @self: what was stated
 * @name: a fact that is in no list
 *
 * Returns: (transfer none) (nullable): what was stated of it last
 */
const JzJson *
jz_stated_get (const JzStated *self, const char *name)
{
  const Value *value = g_hash_table_lookup (self->values, name);
  return value != NULL ? value->json : NULL;
}

/**
 * jz_stated_get_text:
 * @self: what was stated
 * @name: a fact that is in no list
 *
 * Returns: (transfer none): its text, empty when there is none
 */
const char *
jz_stated_get_text (const JzStated *self, const char *name)
{
  const JzJson *value = jz_stated_get (self, name);
  return value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT ? jz_json_get_text (value) : "";
}

/**
 * jz_stated_get_arrival:
 * @self: what was stated
 * @name: a fact that is in no list
 *
 * Returns: when it was stated last, 0 for never
 */
gint64
jz_stated_get_arrival (const JzStated *self, const char *name)
{
  const Value *value = g_hash_table_lookup (self->values, name);
  return value != NULL ? value->arrival : 0;
}

/**
 * jz_stated_get_records:
 * @self: what was stated
 *
 * Returns: (transfer none) (element-type JzStatedRecord): the records of all lists, in the order in
 *   which they were made
 */
const GPtrArray *
jz_stated_get_records (const JzStated *self)
{
  return self->records;
}

/**
 * jz_stated_record_get:
 * @self: a record
 * @field: a field
 *
 * Returns: (transfer none) (nullable): what was stated of it last
 */
const JzJson *
jz_stated_record_get (const JzStatedRecord *self, const char *field)
{
  return g_hash_table_lookup (self->fields, field);
}

/**
 * jz_stated_record_get_text:
 * @self: a record
 * @field: a field
 *
 * Returns: (transfer none): its text, empty when there is none
 */
const char *
jz_stated_record_get_text (const JzStatedRecord *self, const char *field)
{
  const JzJson *value = jz_stated_record_get (self, field);
  return value != NULL && jz_json_get_kind (value) == JZ_JSON_TEXT ? jz_json_get_text (value) : "";
}

/**
 * jz_stated_find_last:
 * @self: what was stated
 * @list: a list
 *
 * Returns: (transfer none) (nullable): the record of it that was made last
 */
const JzStatedRecord *
jz_stated_find_last (const JzStated *self, const char *list)
{
  for (guint i = self->records->len; i-- > 0;) {
    const JzStatedRecord *record = g_ptr_array_index (self->records, i);
    if (strcmp (record->list, list) == 0)
      return record;
  }
  return NULL;
}

/**
 * jz_stated_foreach:
 * @self: what was stated
 * @visit: called for each fact that is in no list, by no order
 * @data: for @visit
 */
void
jz_stated_foreach (const JzStated *self,
                   void (*visit) (const char *name, const JzJson *value, gpointer data),
                   gpointer data)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->values);
  while (g_hash_table_iter_next (&iter, &name, &value))
    visit (name, ((const Value *)value)->json, data);
}

/**
 * jz_application_state:
 * @application: what apply works on
 * @list: of which list; empty for a fact of the case itself
 * @record: id of the record of that list, or empty
 * @name: fact or field
 * @value: what is stated of it
 * @error: return location
 *
 * Returns: whether it was written down
 */
gboolean
jz_application_state (JzApplication *application,
                      const char *list,
                      const char *record,
                      const char *name,
                      const JzJson *value,
                      GError **error)
{
  g_autofree char *text = jz_json_to_canonical (value, NULL);

  return jz_connection_run (application->tables, error,
                            "INSERT INTO fact (case_id, list, record, name, arrival, value) "
                            "VALUES (?, ?, ?, ?, ?, ?)",
                            "ttttit", application->record->entry->case_id, list, record, name,
                            application->record->arrival, text) &&
         jz_application_index_fact (application, list, record, name, value, error);
}

/**
 * jz_apply_facts:
 * @application: what apply works on
 * @error: return location
 *
 * Writes down what the act states, and lets its texts be found: apply of every act that only states
 * facts.
 *
 * Returns: whether it was done
 */
gboolean
jz_apply_facts (JzApplication *application, GError **error)
{
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (application->record->entry->act, &is_proposal);
  const char *named = jz_application_get_text (application, "record");
  g_autofree char *made = act->makes_thing && act->scope == JZ_SCOPE_CASE
                            ? jz_application_make_thing (application, NULL)
                            : NULL;
  const char *record = made != NULL ? made : named;

  for (guint i = 0; i < jz_json_get_n_items (application->args); i++) {
    const char *name = jz_json_get_name (application->args, i);
    const JzJson *value = jz_json_get_item (application->args, i);
    const char *field = get_field (act, name);
    if (field != NULL ? !jz_application_state (application, act->list, record, field, value, error)
                      : jz_argument_is_fact (name) &&
                          !jz_application_state (application, "", "", name, value, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_situation_need_record:
 * @self: a situation whose act changes a record
 * @refusal: (out): set when the argument `record` names none of the list in this case
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_situation_need_record (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  const char *record = jz_situation_get_text (self, "record");
  gint64 n_rows = 0;

  if (!jz_connection_get_number (
        self->tables, &n_rows, error,
        "SELECT count (*) FROM fact WHERE case_id = ? AND list = ? AND record = ?", "ttt",
        self->case_id, self->act->list, record))
    return FALSE;
  if (n_rows == 0)
    jz_refuse (refusal, "J-RECORD", _ ("Choose one of this case."),
               _ ("There is no %s of this kind in the case."), record);
  return TRUE;
}
