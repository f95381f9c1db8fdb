/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/demo.h"

#include <glib/gi18n-lib.h>

#include "office/demo-private.h"
#include "office/founding.h"
#include "office/making.h"
#include "office/situation.h"
#include "store/error.h"
#include "store/files.h"

/* The demo office (design §1, "Time"): founded like any other store, and then everything in it
 * comes about by acts. It is made under a temporary name, so that an interrupted run leaves no half
 * office. */

static void
format_store_id (guint64 seed, char text[17])
{
  JzDemoRandom random;

  /* A stream that no case has. */
  jz_demo_random_init (&random, seed, G_MAXUINT64);
  g_snprintf (text, 17, "%016" G_GINT64_MODIFIER "x", jz_demo_random_next (&random));
}

static gboolean
found (const JzDemoWords *words,
       const JzDemo *demo,
       const char *path,
       JzClock *clock,
       GError **error)
{
  const JzDemoPerson *founder = g_ptr_array_index (words->people, 0);
  char store_id[17];
  JzFounding founding = {
    .path = path,
    .bureau = jz_demo_words_peek_attribute (jz_demo_words_get_part (words, "bureau"), "name"),
    .user = founder->user,
    .name = founder->name,
    .password = founder->password,
    .ca_password = JZ_DEMO_PASSWORD,
    .is_demo = TRUE,
    .store_id = store_id,
    .clock = clock,
  };

  format_store_id (demo->seed, store_id);
  return jz_found_in (&founding, path, error);
}

static gboolean
make (const JzDemo *demo, const char *making, GError **error)
{
  g_autoptr (JzDemoWords) words = jz_demo_words_load (error);
  g_autoptr (JzClock) clock = jz_clock_new_set (jz_instant_from_date (JZ_DEMO_FIRST_DAY, 9, 0));
  g_autoptr (JzOffice) office = NULL;

  if (words == NULL || !found (words, demo, making, clock, error))
    return FALSE;
  office = jz_office_open (making, JZ_STORE_WRITE, clock, error);
  return office != NULL && jz_demo_play (office, clock, words, demo, error);
}

/**
 * jz_demo_make:
 * @demo: what to make
 * @error: return location
 *
 * Makes an invented office that has lived from 2025-01-02 to 2026-03-02, where its clock stands.
 * The same seed gives the same people, cases and entries; only keys, salts and what derives from
 * them differ. Every account has the password %JZ_DEMO_PASSWORD.
 *
 * Returns: whether there is a store at the path now; nothing is there when not, also after
 *   %G_IO_ERROR_CANCELLED
 */
gboolean
jz_demo_make (const JzDemo *demo, GError **error)
{
  g_autoptr (JzMaking) making = NULL;

  g_return_val_if_fail (demo != NULL && demo->path != NULL, FALSE);
  g_return_val_if_fail (demo->n_cases <= JZ_DEMO_MAX_CASES, FALSE);

  if (g_file_test (demo->path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_EXISTS,
                 _ ("%s exists already; choose the name of a new folder."), demo->path);
    return FALSE;
  }
  if (!jz_folder_refuse_network (demo->path, error))
    return FALSE;
  making = jz_making_begin (demo->path, error);
  return making != NULL && make (demo, jz_making_get_folder (making), error) &&
         jz_making_finish (making, demo->warnings, error);
}

static JzJson *
list_roles (JzConnection *reader, const char *person, GError **error)
{
  g_autoptr (JzJson) roles = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error, "SELECT role FROM person_role WHERE person = ? ORDER BY role", "t", person);

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return g_steal_pointer (&roles);
    jz_json_append (roles, jz_json_new_text (jz_statement_get_text (rows, 0)));
  }
  return NULL;
}

static JzJson *
list_people (JzConnection *reader, GError **error)
{
  g_autoptr (JzJson) people = jz_json_new_array ();
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows =
    jz_connection_query (reader, error,
                         "SELECT id, user, name, section FROM person WHERE state = 'active' "
                         "ORDER BY key",
                         "");

  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    JzJson *roles, *person;
    if (!has_row)
      return g_steal_pointer (&people);
    roles = list_roles (reader, jz_statement_get_text (rows, 0), error);
    if (roles == NULL)
      return NULL;
    person = jz_json_new_object ();
    jz_json_append (people, person);
    jz_json_set_text (person, "user", jz_statement_get_text (rows, 1));
    jz_json_set_text (person, "name", jz_statement_get_text (rows, 2));
    jz_json_set_text (person, "section", jz_statement_get_text (rows, 3));
    jz_json_set_member (person, "roles", roles);
  }
  return NULL;
}

static JzJson *
count_cases (JzConnection *reader, GError **error)
{
  static const struct {
    const char *name;
    const char *sql;
  } counts[] = {
    { "open", "SELECT count (*) FROM case_file WHERE stage = 'open'" },
    { "closed", "SELECT count (*) FROM case_file WHERE stage = 'closed'" },
    { "archived", "SELECT count (*) FROM case_file WHERE stage = 'archived'" },
    { "destroyed", "SELECT count (*) FROM residue" },
  };
  g_autoptr (JzJson) cases = jz_json_new_object ();

  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++) {
    gint64 number = 0;
    if (!jz_connection_get_number (reader, &number, error, counts[i].sql, ""))
      return NULL;
    jz_json_set_integer (cases, counts[i].name, number);
  }
  return g_steal_pointer (&cases);
}

static JzJson *
describe (JzConnection *reader, GError **error)
{
  g_autofree char *bureau = NULL;
  g_autofree char *store = NULL;
  g_autoptr (JzJson) people = list_people (reader, error);
  g_autoptr (JzJson) cases = people != NULL ? count_cases (reader, error) : NULL;
  JzInstant last = 0;
  char clock[JZ_INSTANT_SIZE];
  JzJson *json;

  if (cases == NULL || !jz_tables_get_setting (reader, "bureau.name", &bureau, error) ||
      !jz_journal_get_current_store (reader, &store, error) ||
      !jz_journal_get_last_time (reader, store, &last, error))
    return NULL;
  jz_instant_format (last, clock);
  json = jz_json_new_object ();
  jz_json_set_text (json, "store", store);
  jz_json_set_text (json, "bureau", bureau);
  jz_json_set_text (json, "clock", clock);
  jz_json_set_member (json, "people", g_steal_pointer (&people));
  jz_json_set_member (json, "cases", g_steal_pointer (&cases));
  return json;
}

/**
 * jz_demo_describe:
 * @path: a demo store
 * @error: return location
 *
 * Returns: (transfer full) (nullable): `store` (its id), `bureau`, `clock` (where it stands),
 *   `people` (who works there: `user`, `name`, `section`, `roles`), `cases` (how many are `open`,
 *   `closed`, `archived`, `destroyed`)
 */
JzJson *
jz_demo_describe (const char *path, GError **error)
{
  g_autoptr (JzStore) store = jz_store_open (path, JZ_STORE_READ, NULL, NULL, error);
  JzConnection *reader = store != NULL ? jz_store_lease_reader (store, error) : NULL;
  JzJson *json;

  if (reader == NULL)
    return NULL;
  json = describe (reader, error);
  jz_store_return_reader (store, reader);
  return json;
}
