/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/people_list.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"

/* Everybody of the office with roles and credentials, in three queries; an office has some hundred
 * people at most. */

static void
credential_free (gpointer data)
{
  JzCredentialEntry *self = data;

  g_free (self->id);
  g_free (self->number);
  g_free (self->issuer);
  g_free (self->scope);
  g_free (self->reason);
  g_free (self);
}

static void
person_free (gpointer data)
{
  JzPersonEntry *self = data;

  g_free (self->id);
  g_free (self->user);
  g_free (self->name);
  g_free (self->section);
  g_strfreev (self->roles);
  g_ptr_array_unref (self->credentials);
  g_free (self->certificate_to);
  g_free (self);
}

static GPtrArray *
read_people (JzConnection *tables, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (person_free);
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error,
    "SELECT person.id, user, name, section, state = 'left', max (valid_to) FROM person LEFT JOIN "
    "certificate ON owner = person.id AND closed = 0 AND kind = 'person' GROUP BY person.key "
    "ORDER BY state = 'left', person.key",
    "");
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return NULL;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    JzPersonEntry *person = g_new0 (JzPersonEntry, 1);
    const char *certificate_to = jz_statement_get_text (rows, 5);
    person->id = g_strdup (jz_statement_get_text (rows, 0));
    person->user = g_strdup (jz_statement_get_text (rows, 1));
    person->name = g_strdup (jz_statement_get_text (rows, 2));
    person->section = g_strdup (jz_statement_get_text (rows, 3));
    person->has_left = jz_statement_get_integer (rows, 4) != 0;
    if (certificate_to != NULL && certificate_to[0] != '\0')
      person->certificate_to = g_strdup (certificate_to);
    person->credentials = g_ptr_array_new_with_free_func (credential_free);
    g_ptr_array_add (people, person);
  }
  return has_row ? NULL : g_steal_pointer (&people);
}

static gboolean
read_roles (JzConnection *tables, GHashTable *by_id, GError **error)
{
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);
  g_autoptr (GHashTable) held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JzStatement) rows =
    jz_connection_query (tables, error, "SELECT person, role FROM person_role", "");
  GHashTableIter iter;
  gpointer person = NULL;
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return FALSE;
  while (jz_statement_step (rows, &has_row, error) && has_row)
    g_hash_table_add (held, g_strdup_printf ("%s %s", jz_statement_get_text (rows, 0),
                                             jz_statement_get_text (rows, 1)));
  g_hash_table_iter_init (&iter, by_id);
  while (g_hash_table_iter_next (&iter, NULL, &person)) {
    JzPersonEntry *entry = person;
    g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
    for (gsize i = 0; i < n_roles; i++) {
      g_autofree char *key = g_strdup_printf ("%s %s", entry->id, roles[i].name);
      if (g_hash_table_contains (held, key))
        g_strv_builder_add (names, roles[i].name);
    }
    entry->roles = g_strv_builder_end (names);
  }
  return !has_row;
}

static JzStanding
judge (const JzCredentialEntry *self, gboolean is_suspended, JzDate today)
{
  if (is_suspended && jz_date_compare (self->state_from, today) <= 0)
    return JZ_STANDING_SUSPENDED;
  if (jz_date_compare (self->valid_to, today) < 0)
    return JZ_STANDING_OVER;
  if (jz_date_compare (self->valid_from, today) > 0)
    return JZ_STANDING_LATER;
  return self->n_days_left <= JZ_CREDENTIAL_WARNING_DAYS ? JZ_STANDING_ENDING : JZ_STANDING_GOOD;
}

static gboolean
read_credentials (JzConnection *tables, GHashTable *by_id, JzDate today, GError **error)
{
  g_autoptr (JzStatement) rows = jz_connection_query (
    tables, error,
    "SELECT person, id, number, issuer, scope, valid_from, valid_to, state_from, reason, state = "
    "'suspended' FROM credential ORDER BY valid_to DESC, key",
    "");
  gboolean has_row = TRUE; /* stays so when a step fails */

  if (rows == NULL)
    return FALSE;
  while (jz_statement_step (rows, &has_row, error) && has_row) {
    JzPersonEntry *person = g_hash_table_lookup (by_id, jz_statement_get_text (rows, 0));
    JzCredentialEntry *entry = g_new0 (JzCredentialEntry, 1);
    entry->id = g_strdup (jz_statement_get_text (rows, 1));
    entry->number = g_strdup (jz_statement_get_text (rows, 2));
    entry->issuer = g_strdup (jz_statement_get_text (rows, 3));
    entry->scope = g_strdup (jz_statement_get_text (rows, 4));
    /* Dates of the tables have been checked by the acts. */
    jz_date_parse (jz_statement_get_text (rows, 5), &entry->valid_from, NULL);
    jz_date_parse (jz_statement_get_text (rows, 6), &entry->valid_to, NULL);
    jz_date_parse (jz_statement_get_text (rows, 7), &entry->state_from, NULL);
    entry->reason = g_strdup (jz_statement_get_text (rows, 8));
    entry->n_days_left = jz_date_days_between (today, entry->valid_to);
    entry->standing = judge (entry, jz_statement_get_integer (rows, 9) != 0, today);
    g_ptr_array_add (person->credentials, entry);
  }
  return !has_row;
}

/**
 * jz_people_list:
 * @tables: derived tables
 * @today: the day of the office
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type JzPersonEntry): everybody, whoever left last
 *   (P-23, M-20)
 */
GPtrArray *
jz_people_list (JzConnection *tables, JzDate today, GError **error)
{
  g_autoptr (GPtrArray) people = read_people (tables, error);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    g_hash_table_insert (by_id, ((JzPersonEntry *)people->pdata[i])->id, people->pdata[i]);
  if (!read_roles (tables, by_id, error) || !read_credentials (tables, by_id, today, error))
    return NULL;
  return g_steal_pointer (&people);
}

/**
 * jz_people_list_find:
 * @people: (element-type JzPersonEntry): people
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the person
 */
const JzPersonEntry *
jz_people_list_find (const GPtrArray *people, const char *id)
{
  for (guint i = 0; i < people->len; i++) {
    const JzPersonEntry *person = people->pdata[i];
    if (strcmp (person->id, id) == 0)
      return person;
  }
  return NULL;
}

/**
 * jz_person_entry_get_credential:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): the credential that counts: the one good for longest, or
 * else the one that was good last
 */
const JzCredentialEntry *
jz_person_entry_get_credential (const JzPersonEntry *self)
{
  const JzCredentialEntry *best = NULL;

  for (guint i = 0; i < self->credentials->len; i++) {
    const JzCredentialEntry *entry = self->credentials->pdata[i];
    gboolean is_good = entry->standing <= JZ_STANDING_ENDING;
    if (best == NULL || (is_good && best->standing > JZ_STANDING_ENDING))
      best = entry;
  }
  return best;
}

/**
 * jz_standing_get_word:
 * @standing: how it stands with a credential
 *
 * Returns: (transfer none): what people call it
 */
const char *
jz_standing_get_word (JzStanding standing)
{
  switch (standing) {
  case JZ_STANDING_ENDING:
    return _ ("Valid, ends soon");
  case JZ_STANDING_LATER:
    return _ ("Not valid yet");
  case JZ_STANDING_OVER:
    return _ ("Run out");
  case JZ_STANDING_SUSPENDED:
    return _ ("Suspended");
  case JZ_STANDING_GOOD:
  default:
    return _ ("Valid");
  }
}
