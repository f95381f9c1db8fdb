/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "random-acts.h"

#include <string.h>

#include "office/role.h"

#include "../store/folder.h"

/* Arguments are invented from the table of acts: of the right kind most of the time, about things
 * that are there most of the time. */

int
test_random_between (TestRandom *self, int least, int most)
{
  return jz_demo_random_between (&self->random, least, most);
}

gboolean
test_random_chance (TestRandom *self, int percent)
{
  return jz_demo_random_chance (&self->random, percent);
}

/* One of the values of a query's first column; NULL where there is none. */
static char *
pick (TestRandom *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (JzStatement) rows = jz_connection_query (self->tables, &error, sql, "");
  gboolean has_row = TRUE;

  g_assert_no_error (error);
  while (jz_statement_step (rows, &has_row, &error) && has_row)
    g_ptr_array_add (values, g_strdup (jz_statement_get_text (rows, 0)));
  g_assert_no_error (error);
  if (values->len == 0)
    return NULL;
  return g_strdup (g_ptr_array_index (values, test_random_between (self, 0, (int)values->len - 1)));
}

static char *
pick_word (TestRandom *self, const char *words)
{
  g_auto (GStrv) list = g_strsplit (words, "|", -1);
  return g_strdup (list[test_random_between (self, 0, (int)g_strv_length (list) - 1)]);
}

static char *
or_nobody (char *id)
{
  return id != NULL ? id : g_strdup ("0011223344556677-9-1");
}

static char *
make_date (TestRandom *self, int least, int most)
{
  JzDate today = jz_instant_get_date (jz_clock_now (self->office->clock));
  char text[JZ_DATE_SIZE];

  jz_date_format (jz_date_add_days (today, test_random_between (self, least, most)), text);
  return g_strdup (text);
}

static char *
make_text (TestRandom *self, gint64 max)
{
  static const char *const words[] = { "现场", "检查", "张某",     "某某商贸有限公司",
                                       "占道", "2025", "\"引号\"", "\\",
                                       "🏛", "a b" };
  g_autoptr (GString) text = g_string_new (NULL);
  int n_words = test_random_between (self, 1, 6);

  if (max > 0 && test_random_chance (self, 2))
    return g_strnfill ((gsize)max + 1, 'x');
  for (int i = 0; i < n_words; i++)
    g_string_append (text, words[test_random_between (self, 0, G_N_ELEMENTS (words) - 1)]);
  if (test_random_chance (self, 1))
    g_string_append (text, "\x07");
  if (max > 0 && g_utf8_strlen (text->str, -1) > max)
    return g_utf8_substring (text->str, 0, (glong)max);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
make_long_text (TestRandom *self)
{
  char *text;

  if (!test_random_chance (self, 2))
    return make_text (self, 0);
  text = g_strnfill (70000, 'a');
  text[test_random_between (self, 0, 69999)] = '\n';
  return text;
}

/* The two without whom nobody could confirm anything any more. */
#define NOT_NEEDED "user NOT IN ('admin', 'head')"

static char *
make_id (TestRandom *self, const char *act, const char *name)
{
  if (test_random_chance (self, 3))
    return or_nobody (NULL);
  if (jz_word_is_in (name, "evidence|record|act"))
    return or_nobody (pick (self, "SELECT record FROM fact WHERE record != ''"));
  if (jz_word_is_in (name, "approver|host"))
    return or_nobody (pick (self, "SELECT person FROM person_role WHERE role = 'approver'"));
  if (strcmp (name, "person") == 0)
    return or_nobody (pick (self, jz_word_is_in (act, "person.leave|certificate.revoke|role.revoke")
                                    ? "SELECT id FROM person WHERE " NOT_NEEDED
                                    : "SELECT id FROM person"));
  if (strcmp (name, "credential") == 0)
    return or_nobody (pick (self, "SELECT id FROM credential"));
  if (strcmp (name, "attachment") == 0)
    return or_nobody (pick (self, "SELECT id FROM attachment"));
  if (test_random_chance (self, 80)) {
    char *id = NULL;
    if (strcmp (act, "case.archive") == 0)
      id = pick (self, "SELECT id FROM case_file WHERE stage = 'closed'");
    else if (strcmp (act, "case.destroy") == 0)
      id = pick (self, "SELECT id FROM case_file WHERE stage = 'archived' AND keep_until != ''");
    else
      id = pick (self, "SELECT id FROM case_file WHERE stage = 'open'");
    if (id != NULL)
      return id;
  }
  return or_nobody (pick (self, "SELECT id FROM case_file"));
}

static char *
make_setting (TestRandom *self, JzJson *args)
{
  static const char *const settings[][2] = {
    { "bureau.name", "某某县城市管理局" },
    { "bureau.code", "某城管" },
    { "bureau.code", "某执" },
    { "certificate.years", "8" },
    { "certificate.years", "no number" },
    { "take_over.until", "2025-03-31" },
    { "take_over.until", "2099-12-31" },
    { "take_over.until", "2025-02-30" },
    { "no.setting", "x" },
  };
  const char *const *setting = settings[test_random_between (self, 0, G_N_ELEMENTS (settings) - 1)];

  jz_json_set_text (args, "name", setting[0]);
  return g_strdup (setting[1]);
}

char *
test_random_role (TestRandom *self)
{
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  if (test_random_chance (self, 3))
    return g_strdup ("king");
  /* Those that acts ask for, more often. */
  return test_random_chance (self, 60)
           ? pick_word (self, "handler|reviewer|approver|section_head|archivist|"
                              "head|personnel_keeper|clerk")
           : g_strdup (roles[test_random_between (self, 0, (int)n_roles - 1)].name);
}

static char *
make_user (TestRandom *self)
{
  if (test_random_chance (self, 10))
    return or_nobody (pick (self, "SELECT user FROM person"));
  return g_strdup_printf ("user%d", ++self->n_users);
}

static JzJson *
make_record (TestRandom *self, const JzFactDefinition *list)
{
  JzJson *record = jz_json_new_object ();

  for (guint i = 0; i < list->fields->len; i++) {
    const JzFactDefinition *field = g_ptr_array_index (list->fields, i);
    g_autofree char *text = make_text (self, 40);
    if (field->type.kind == JZ_VALUE_CHOICE)
      jz_json_set_text (record, field->name,
                        field->type.choices[test_random_between (
                          self, 0, (int)g_strv_length ((char **)field->type.choices) - 1)]);
    else if (field->type.kind == JZ_VALUE_TEXT || test_random_chance (self, 2))
      jz_json_set_text (record, field->name, text);
  }
  return record;
}

/* Whatever is no text; FALSE where it is one. */
static gboolean
set_value (TestRandom *self, const JzArgument *argument, JzJson *args)
{
  JzJson *list;
  char text[JZ_INSTANT_SIZE];

  switch (argument->kind) {
  case JZ_ARGUMENT_BOOLEAN:
    jz_json_set_boolean (args, argument->name, test_random_chance (self, 50));
    return TRUE;
  case JZ_ARGUMENT_INTEGER:
    jz_json_set_integer (args, argument->name, test_random_between (self, -1, 3));
    return TRUE;
  case JZ_ARGUMENT_INSTANT:
    jz_instant_format (jz_clock_now (self->office->clock), text);
    jz_json_set_text (args, argument->name, text);
    return TRUE;
  case JZ_ARGUMENT_TEXTS:
  case JZ_ARGUMENT_RECORDS:
    list = jz_json_new_array ();
    for (int i = test_random_between (self, 0, 2); i > 0; i--)
      jz_json_append (list, argument->fact != NULL && argument->kind == JZ_ARGUMENT_RECORDS
                              ? make_record (self, argument->fact)
                              : jz_json_new_text ("G-36"));
    jz_json_set_member (args, argument->name, list);
    return TRUE;
  default:
    return FALSE;
  }
}

static char *
make_value (TestRandom *self, const JzAct *act, const JzArgument *argument, JzJson *args)
{
  const char *name = argument->name;

  if (set_value (self, argument, args))
    return NULL;
  switch (argument->kind) {
  case JZ_ARGUMENT_ID:
    return make_id (self, act->name, name);
  case JZ_ARGUMENT_DATE:
    return strcmp (name, "keep_until") == 0 ? make_date (self, -1, 12) : make_date (self, -40, 2);
  case JZ_ARGUMENT_WORD:
    return test_random_chance (self, 97) ? pick_word (self, argument->words) : g_strdup ("neither");
  case JZ_ARGUMENT_LONG_TEXT:
    return make_long_text (self);
  default:
    break;
  }
  if (strcmp (name, "role") == 0)
    return test_random_role (self);
  if (strcmp (name, "user") == 0)
    return make_user (self);
  if (strcmp (act->name, "setting.change") == 0 && strcmp (name, "value") == 0)
    return make_setting (self, args);
  return make_text (self, argument->max);
}

/* Few contents, so that cases share some. */
static char *
make_file (TestRandom *self)
{
  g_autofree char *content = NULL;
  int size = test_random_between (self, 0, 20) * 700;

  if (test_random_chance (self, 5))
    return g_build_filename (self->office->folder, "missing", NULL);
  if (test_random_chance (self, 4))
    size = 1100000;
  content = g_strnfill ((gsize)size, 'f');
  return folder_write (self->office->folder, "attachment.txt", content, (gsize)size);
}

G_GNUC_PRINTF (4, 5)
static void
set_picked (TestRandom *self, JzJson *args, const char *name, const char *format, ...)
{
  va_list values;
  g_autofree char *sql = NULL;
  g_autofree char *value = NULL;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);
  value = pick (self, sql);
  if (value != NULL)
    jz_json_set_text (args, name, value);
}

static void
name_viewer (TestRandom *self, JzJson *args)
{
  JzJson *list = jz_json_new_array ();
  g_autofree char *person = or_nobody (pick (self, "SELECT id FROM person"));

  jz_json_append (list, jz_json_new_text (person));
  jz_json_set_member (args, "viewers", list);
}

/* Things that belong together seldom meet by chance. */
static void
match (TestRandom *self, const char *act, JzJson *args)
{
  const char *word = jz_json_get_member_text (args, "duty");
  const char *thing = jz_json_get_member_text (args, "attachment");
  const char *in_case = jz_json_get_member_text (args, "case");

  if (jz_json_get_member (args, "viewers") != NULL)
    name_viewer (self, args);
  if (strcmp (act, "case.assign") == 0 && word != NULL)
    set_picked (self, args, "person", "SELECT person FROM person_role WHERE role = '%s'", word);
  else if (strcmp (act, "certificate.recover") == 0)
    set_picked (self, args, "person",
                "SELECT person FROM person_role WHERE role IN ('administrator', 'head')");
  else if (g_str_has_prefix (act, "attachment.") && thing != NULL)
    set_picked (self, args, "case", "SELECT case_id FROM attachment WHERE id = '%s'", thing);
  else if (strcmp (act, "case.unassign") == 0 && in_case != NULL) {
    set_picked (self, args, "person",
                "SELECT person FROM case_duty WHERE case_id = '%s' AND ended = 0", in_case);
    set_picked (self, args, "duty",
                "SELECT duty FROM case_duty WHERE case_id = '%s' AND person = '%s'", in_case,
                jz_json_get_member_text (args, "person"));
  }
}

JzJson *
test_random_arguments (TestRandom *self, const JzAct *act)
{
  JzJson *args = jz_json_new_object ();

  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++) {
    g_autofree char *value = NULL;
    /* What the program itself adds is taken from nobody's hand. */
    if ((argument->source == JZ_PREPARED &&
         (strcmp (argument->name, "number") != 0 || !test_random_chance (self, 3))) ||
        (argument->source != JZ_REQUIRED && test_random_chance (self, 50)) ||
        test_random_chance (self, 1))
      continue;
    value = make_value (self, act, argument, args);
    if (jz_json_get_member (args, argument->name) == NULL)
      jz_json_set_text (args, argument->name, value);
  }
  if (strcmp (act->name, "attachment.add") == 0) {
    g_autofree char *file = make_file (self);
    jz_json_set_text (args, "file", file);
  }
  if (test_random_chance (self, 75))
    match (self, act->name, args);
  if (test_random_chance (self, 1))
    jz_json_set_integer (args, "unknown", 1);
  return args;
}

char *
test_random_user (TestRandom *self, const char *roles)
{
  g_autofree char *role = strcmp (roles, "*") != 0 ? pick_word (self, roles) : NULL;
  g_autofree char *sql = g_strdup_printf (
    "SELECT user FROM person JOIN person_role ON person = id JOIN certificate ON owner = id "
    "WHERE closed = 0 AND role = '%s'",
    role != NULL ? role : "handler");
  char *user = test_random_chance (self, 90) ? pick (self, sql) : NULL;

  return user != NULL ? user
                      : pick (self, "SELECT user FROM person JOIN certificate ON owner = id "
                                    "WHERE closed = 0");
}
