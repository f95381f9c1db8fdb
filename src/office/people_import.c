/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/people_import.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/half_width.h"
#include "office/act.h"
#include "office/error.h"
#include "office/people_import-private.h"
#include "office/situation.h"

/* Seeing through a list: whatever an act would refuse is found here and said by line, so that
 * nobody learns it from the fortieth of sixty acts. The acts check again. */

/* A title and a note of who made the list may stand above the heads. */
#define MAX_HEAD_ROW 10
#define DAY_MS (24 * 60 * 60 * 1000)

typedef struct {
  JzConnection *tables;
  const JzTable *table;
  const JzImportWords *words;
  JzDate today;
  JzPeopleImport *import;
  GHashTable *proposed;    /* person and role that wait to be confirmed */
  GHashTable *users;       /* user name → line, of the rows above */
  GHashTable *credentials; /* number and issuer → line, of the rows above */
} Planning;

static void
row_free (gpointer data)
{
  JzImportRow *self = data;

  g_free (self->reason);
  g_free (self->person);
  g_strfreev (self->roles);
  for (guint i = 0; i < JZ_IMPORT_N_FIELDS; i++)
    g_free (self->texts[i]);
  g_free (self);
}

/* Reasons are sentences for whoever made the list; the first one counts. */
static void refuse (JzImportRow *row, const char *sentence, ...) G_GNUC_PRINTF (2, 3);

static void
refuse (JzImportRow *row, const char *sentence, ...)
{
  va_list arguments;

  if (row->reason != NULL)
    return;
  va_start (arguments, sentence);
  row->reason = g_strdup_vprintf (sentence, arguments);
  va_end (arguments);
  row->state = JZ_IMPORT_REFUSED;
}

static guint
count_heads (const Planning *self, guint row, gboolean *has_name)
{
  guint n = 0;

  *has_name = FALSE;
  for (guint column = 0; column < jz_table_get_n_columns (self->table); column++) {
    g_autofree char *head = jz_import_words_squeeze (jz_table_get_text (self->table, row, column));
    guint field = GPOINTER_TO_UINT (g_hash_table_lookup (self->words->fields, head));
    n += field > 0;
    *has_name = *has_name || field == JZ_IMPORT_NAME + 1;
  }
  return n;
}

/* The row of the most heads among the first ones. */
static gboolean
find_head (Planning *self, GError **error)
{
  guint most = 0;

  for (guint row = 0; row < MIN (jz_table_get_n_rows (self->table), MAX_HEAD_ROW); row++) {
    gboolean has_name = FALSE;
    guint n = count_heads (self, row, &has_name);
    if (has_name && n > most) {
      most = n;
      self->import->head = row;
    }
  }
  if (most > 0)
    return TRUE;
  g_set_error (
    error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
    _ ("%s has no column of names (姓名) in its first %d rows. Export the empty table and "
       "fill it in."),
    jz_table_get_name (self->table), MAX_HEAD_ROW);
  return FALSE;
}

static gboolean
find_columns (Planning *self, GError **error)
{
  for (guint column = 0; column < jz_table_get_n_columns (self->table); column++) {
    const char *text = jz_table_get_text (self->table, self->import->head, column);
    g_autofree char *head = jz_import_words_squeeze (text);
    guint field = GPOINTER_TO_UINT (g_hash_table_lookup (self->words->fields, head));
    if (field == 0) {
      if (text[0] != '\0')
        g_ptr_array_add (self->import->unknown, g_strdup (text));
      continue;
    }
    if (self->import->columns[field - 1] >= 0) {
      g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT,
                   _ ("Two columns of %1$s mean the same: “%2$s” and “%3$s”. Rename one of them."),
                   jz_table_get_name (self->table),
                   jz_table_get_text (self->table, self->import->head,
                                      (guint)self->import->columns[field - 1]),
                   text);
      return FALSE;
    }
    self->import->columns[field - 1] = (int)column;
  }
  return TRUE;
}

static void
take_texts (const Planning *self, JzImportRow *row)
{
  for (guint i = 0; i < JZ_IMPORT_N_FIELDS; i++) {
    int column = self->import->columns[i];
    row->texts[i] =
      g_strdup (column >= 0 ? jz_table_get_text (self->table, row->row, (guint)column) : "");
    if (column >= 0 && jz_table_is_rounded (self->table, row->row, (guint)column))
      refuse (row,
              _ ("The number %s lost its last digits when the table was saved. Make the column a "
                 "column of text and type the number again."),
              row->texts[i]);
  }
  if (row->texts[JZ_IMPORT_NAME][0] == '\0')
    refuse (row, _ ("The name is missing."));
  /* Without a user name people sign in by their names. */
  if (row->texts[JZ_IMPORT_USER][0] == '\0') {
    g_free (row->texts[JZ_IMPORT_USER]);
    row->texts[JZ_IMPORT_USER] = g_strdup (row->texts[JZ_IMPORT_NAME]);
  }
}

static gboolean
take_date (const Planning *self, JzImportRow *row, JzImportField field, JzDate *date)
{
  char text[JZ_DATE_SIZE];

  if (row->texts[field][0] == '\0') {
    refuse (row, field == JZ_IMPORT_VALID_FROM ? _ ("The first day of the credential is missing.")
                                               : _ ("The last day of the credential is missing."));
    return FALSE;
  }
  if (!jz_import_parse_date (row->texts[field], date)) {
    refuse (row, _ ("“%s” is not a date; write it like 2025-01-01."), row->texts[field]);
    return FALSE;
  }
  jz_date_format (*date, text);
  g_free (row->texts[field]);
  row->texts[field] = g_strdup (text);
  return TRUE;
}

static void
check_credential (const Planning *self, JzImportRow *row)
{
  JzDate from = { 0 };
  JzDate to = { 0 };

  if (row->texts[JZ_IMPORT_NUMBER][0] == '\0')
    return;
  row->adds_credential = TRUE;
  if (row->texts[JZ_IMPORT_ISSUER][0] == '\0')
    refuse (row, _ ("It is missing who issued the credential."));
  if (!take_date (self, row, JZ_IMPORT_VALID_FROM, &from) ||
      !take_date (self, row, JZ_IMPORT_VALID_TO, &to))
    return;
  if (jz_date_compare (from, to) > 0)
    refuse (row, _ ("The credential would end before it begins."));
  else if (jz_date_compare (to, self->today) < 0)
    refuse (row, _ ("The credential has run out on %s."), row->texts[JZ_IMPORT_VALID_TO]);
}

static void
check_roles (const Planning *self, JzImportRow *row)
{
  g_autofree char *half = jz_half_width_dup (row->texts[JZ_IMPORT_ROLES]);
  g_auto (GStrv) words = NULL;
  g_autoptr (GPtrArray) roles = g_ptr_array_new_with_free_func (g_free);

  /* Separators of a list in Chinese, besides those of ASCII. */
  g_autoptr (GString) list = g_string_new (half != NULL ? half : "");
  g_string_replace (list, "、", ",", 0);
  g_strdelimit (list->str, ";/\n\t |", ',');
  words = g_strsplit (list->str, ",", -1);
  for (char **word = words; *word != NULL; word++) {
    g_autofree char *squeezed = jz_import_words_squeeze (*word);
    const char *role = g_hash_table_lookup (self->words->roles, squeezed);
    if (squeezed[0] == '\0')
      continue;
    if (role == NULL)
      refuse (row, _ ("There is no role “%s”."), *word);
    else if (!g_ptr_array_find_with_equal_func (roles, role, g_str_equal, NULL))
      g_ptr_array_add (roles, g_strdup (role));
  }
  g_ptr_array_add (roles, NULL);
  row->roles = (GStrv)g_ptr_array_steal (roles, NULL);
}

static gboolean
is_user_given (const JzImportRow *row)
{
  return strcmp (row->texts[JZ_IMPORT_USER], row->texts[JZ_IMPORT_NAME]) != 0;
}

/* What the rows above take is taken. */
static void
check_rows_above (Planning *self, JzImportRow *row)
{
  const char *user = row->texts[JZ_IMPORT_USER];
  gpointer line = g_hash_table_lookup (self->users, user);
  g_autofree char *credential =
    g_strdup_printf ("%s\n%s", row->texts[JZ_IMPORT_NUMBER], row->texts[JZ_IMPORT_ISSUER]);

  if (line != NULL && is_user_given (row))
    refuse (row, _ ("Row %u has the user name %s already."), GPOINTER_TO_UINT (line), user);
  else if (line != NULL)
    refuse (row, _ ("Row %u has the name %s already; give each a user name of their own."),
            GPOINTER_TO_UINT (line), user);
  line = row->adds_credential ? g_hash_table_lookup (self->credentials, credential) : NULL;
  if (line != NULL)
    refuse (row, _ ("Row %u has the credential %s already."), GPOINTER_TO_UINT (line),
            row->texts[JZ_IMPORT_NUMBER]);
  if (row->state == JZ_IMPORT_REFUSED)
    return;
  g_hash_table_insert (self->users, g_strdup (user), GUINT_TO_POINTER (row->line));
  if (row->adds_credential)
    g_hash_table_insert (self->credentials, g_steal_pointer (&credential),
                         GUINT_TO_POINTER (row->line));
}

static gboolean
check_person (const Planning *self, JzImportRow *row, GError **error)
{
  g_autoptr (JzStatement) found =
    jz_connection_query (self->tables, error, "SELECT id, name, state FROM person WHERE user = ?",
                         "t", row->texts[JZ_IMPORT_USER]);
  gboolean has_row = FALSE;

  if (found == NULL || !jz_statement_step (found, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  if (strcmp (jz_statement_get_text (found, 2), "active") != 0)
    refuse (row, _ ("The user name %s was given to somebody who left; choose another."),
            row->texts[JZ_IMPORT_USER]);
  else if (strcmp (jz_statement_get_text (found, 1), row->texts[JZ_IMPORT_NAME]) != 0)
    refuse (row, _ ("The user name %1$s is that of %2$s."), row->texts[JZ_IMPORT_USER],
            jz_statement_get_text (found, 1));
  else
    row->person = g_strdup (jz_statement_get_text (found, 0));
  return TRUE;
}

/* Somebody who is there under a user name that the list does not give. */
static gboolean
check_name (const Planning *self, JzImportRow *row, GError **error)
{
  g_autoptr (JzStatement) found = NULL;
  gboolean has_row = FALSE;

  if (is_user_given (row) || row->person != NULL)
    return TRUE;
  found = jz_connection_query (self->tables, error,
                               "SELECT id, user FROM person WHERE name = ? AND state = 'active'",
                               "t", row->texts[JZ_IMPORT_NAME]);
  if (found == NULL || !jz_statement_step (found, &has_row, error))
    return FALSE;
  if (!has_row)
    return TRUE;
  row->person = g_strdup (jz_statement_get_text (found, 0));
  g_free (row->texts[JZ_IMPORT_USER]);
  row->texts[JZ_IMPORT_USER] = g_strdup (jz_statement_get_text (found, 1));
  if (!jz_statement_step (found, &has_row, error))
    return FALSE;
  if (has_row)
    refuse (row, _ ("Several people are called %s; give the user name."),
            row->texts[JZ_IMPORT_NAME]);
  return TRUE;
}

static gboolean
is_proposed (const Planning *self, const char *person, const char *role)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s", person, role);
  return g_hash_table_contains (self->proposed, key);
}

/* A role that was proposed and can still be confirmed is not proposed again. */
static gboolean
read_proposals (Planning *self, GError **error)
{
  JzDate first = jz_date_add_days (self->today, -(int)(JZ_PROPOSAL_LIFE_MS / DAY_MS));
  char day[JZ_DATE_SIZE];
  g_autoptr (JzStatement) rows = NULL;
  gboolean has_row = TRUE; /* stays so when a step fails */

  jz_date_format (first, day);
  rows = jz_connection_query (self->tables, error,
                              "SELECT payload.text FROM proposal JOIN payload ON payload.entry = "
                              "proposal.entry WHERE act = 'role.grant' AND used_by = 0 AND time >= "
                              "?",
                              "t", day);
  if (rows == NULL)
    return FALSE;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    const char *text = jz_statement_get_text (rows, 0);
    g_autoptr (JzJson) payload = jz_json_parse (text, strlen (text), NULL);
    const JzJson *args = payload != NULL ? jz_json_get_member (payload, "args") : NULL;
    const char *person = args != NULL ? jz_json_get_member_text (args, "person") : NULL;
    const char *role = args != NULL ? jz_json_get_member_text (args, "role") : NULL;
    if (person != NULL && role != NULL)
      g_hash_table_add (self->proposed, g_strdup_printf ("%s\n%s", person, role));
  }
  return !has_row;
}

static gboolean
drop_held_roles (const Planning *self, JzImportRow *row, GError **error)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);

  if (row->person == NULL)
    return TRUE;
  for (char **role = row->roles; *role != NULL; role++) {
    gboolean holds = FALSE;
    if (!jz_tables_has_role (self->tables, row->person, *role, &holds, error))
      return FALSE;
    if (!holds && is_proposed (self, row->person, *role))
      row->n_proposed++;
    else if (!holds)
      g_ptr_array_add (missing, g_strdup (*role));
  }
  g_ptr_array_add (missing, NULL);
  g_strfreev (row->roles);
  row->roles = (GStrv)g_ptr_array_steal (missing, NULL);
  return TRUE;
}

static gboolean
check_registered (const Planning *self, JzImportRow *row, GError **error)
{
  g_autofree char *owner = NULL;

  if (!row->adds_credential)
    return TRUE;
  if (!jz_connection_get_text (self->tables, &owner, error,
                               "SELECT person FROM credential WHERE number = ? AND issuer = ?",
                               "tt", row->texts[JZ_IMPORT_NUMBER], row->texts[JZ_IMPORT_ISSUER]))
    return FALSE;
  if (owner == NULL)
    return TRUE;
  row->adds_credential = FALSE;
  if (g_strcmp0 (owner, row->person) != 0)
    refuse (row, _ ("The credential %s is registered for somebody else."),
            row->texts[JZ_IMPORT_NUMBER]);
  return TRUE;
}

/* Too long a name and the like, in the words of the act. */
static void
check_lengths (JzImportRow *row)
{
  static const struct {
    const char *act;
    const char *argument;
    JzImportField field;
  } limits[] = {
    { "person.add", "name", JZ_IMPORT_NAME },
    { "person.add", "user", JZ_IMPORT_USER },
    { "person.add", "section", JZ_IMPORT_SECTION },
    { "credential.add", "number", JZ_IMPORT_NUMBER },
    { "credential.add", "issuer", JZ_IMPORT_ISSUER },
    { "credential.add", "scope", JZ_IMPORT_SCOPE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++) {
    const char *text = row->texts[limits[i].field];
    gboolean is_proposal = FALSE;
    const JzAct *act = jz_act_find (limits[i].act, &is_proposal);
    g_autofree char *start = NULL;
    const JzArgument *argument = act->arguments;
    while (strcmp (argument->name, limits[i].argument) != 0)
      argument++;
    start = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), 20));
    if (g_utf8_strlen (text, -1) > argument->max)
      refuse (row, _ ("The text “%1$s…” is longer than %2$d characters."), start,
              (int)argument->max);
    else if (strpbrk (text, "\n\r\t") != NULL)
      refuse (row, _ ("The text “%s…” has more than one line."), start);
  }
}

static gboolean
plan_row (Planning *self, JzImportRow *row, GError **error)
{
  take_texts (self, row);
  check_lengths (row);
  check_credential (self, row);
  check_roles (self, row);
  if (!check_person (self, row, error) || !check_name (self, row, error))
    return FALSE;
  check_rows_above (self, row);
  if (!drop_held_roles (self, row, error) || !check_registered (self, row, error))
    return FALSE;
  if (row->state == JZ_IMPORT_READY && row->person != NULL && row->roles[0] == NULL &&
      !row->adds_credential)
    row->state = JZ_IMPORT_PRESENT;
  return TRUE;
}

static gboolean
plan_rows (Planning *self, GError **error)
{
  for (guint i = self->import->head + 1; i < jz_table_get_n_rows (self->table); i++) {
    JzImportRow *row = g_new0 (JzImportRow, 1);
    row->line = jz_table_get_line (self->table, i);
    row->row = i;
    g_ptr_array_add (self->import->rows, row);
    if (!plan_row (self, row, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_people_import_plan:
 * @tables: derived tables
 * @table: a list of people
 * @today: the day of the office
 * @error: return location
 *
 * Sees a list through. Its columns are known by the words of data/import/people.xml, in any order;
 * those of other words are passed over and told by jz_people_import_get_unknown().
 *
 * Fails with %JZ_OFFICE_ERROR_ARGUMENT when there is no column of names or two columns mean the
 * same, and with the errors of the store.
 *
 * Returns: (transfer full) (nullable): the plan
 */
JzPeopleImport *
jz_people_import_plan (JzConnection *tables, const JzTable *table, JzDate today, GError **error)
{
  g_autoptr (JzImportWords) words = jz_import_words_load (error);
  g_autoptr (JzPeopleImport) import = g_new0 (JzPeopleImport, 1);
  g_autoptr (GHashTable) users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) credentials =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) proposed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Planning self = { tables, table, words, today, import, proposed, users, credentials };

  import->rows = g_ptr_array_new_with_free_func (row_free);
  import->unknown = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < JZ_IMPORT_N_FIELDS; i++)
    import->columns[i] = -1;
  if (words == NULL || !find_head (&self, error) || !find_columns (&self, error) ||
      !read_proposals (&self, error) || !plan_rows (&self, error))
    return NULL;
  g_ptr_array_add (import->unknown, NULL);
  return g_steal_pointer (&import);
}

/**
 * jz_people_import_free:
 * @self: (transfer full) (nullable): a plan
 */
void
jz_people_import_free (JzPeopleImport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->unknown);
  g_free (self);
}

/**
 * jz_people_import_get_rows:
 * @self: a plan
 *
 * Returns: (transfer none) (element-type JzImportRow): the rows under the heads, in order
 */
const GPtrArray *
jz_people_import_get_rows (const JzPeopleImport *self)
{
  return self->rows;
}

/**
 * jz_people_import_count:
 * @self: a plan
 * @state: what becomes of rows
 *
 * Returns: of how many rows this becomes
 */
guint
jz_people_import_count (const JzPeopleImport *self, JzImportState state)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += ((const JzImportRow *)self->rows->pdata[i])->state == state;
  return n;
}

/**
 * jz_people_import_get_head:
 * @self: a plan
 *
 * Returns: the row of the table in which the heads stand
 */
guint
jz_people_import_get_head (const JzPeopleImport *self)
{
  return self->head;
}

/**
 * jz_people_import_find_column:
 * @self: a plan
 * @field: what a column may hold
 *
 * Returns: the column of the table that holds it, or -1
 */
int
jz_people_import_find_column (const JzPeopleImport *self, JzImportField field)
{
  g_return_val_if_fail (field < JZ_IMPORT_N_FIELDS, -1);
  return self->columns[field];
}

/**
 * jz_people_import_get_unknown:
 * @self: a plan
 *
 * Returns: (transfer none) (array zero-terminated=1): heads of columns that were passed over
 */
const char *const *
jz_people_import_get_unknown (const JzPeopleImport *self)
{
  return (const char *const *)self->unknown->pdata;
}
