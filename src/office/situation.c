/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/situation.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"

/**
 * jz_refuse:
 * @refusal: (out): gets a refusal that nobody can lift
 * @rule: id of the rule
 * @clears: what would clear it, a whole sentence
 * @sentence: what is refused and why, a printf format
 * @...: its values
 *
 * Refuses by one of the program's own rules. They follow from how records are kept (design §1,
 * §11), so they name no article.
 */
void
jz_refuse (JzRefusal **refusal, const char *rule, const char *clears, const char *sentence, ...)
{
  va_list values;
  g_autofree char *text = NULL;

  va_start (values, sentence);
  text = g_strdup_vprintf (sentence, values);
  va_end (values);
  *refusal = jz_refusal_new (rule, JZ_REFUSAL_BLOCK, text, NULL, clears);
}

/**
 * jz_situation_get_text:
 * @self: a situation
 * @name: an argument
 *
 * Returns: (transfer none): its text, empty when absent
 */
const char *
jz_situation_get_text (const JzSituation *self, const char *name)
{
  const char *text = jz_json_get_member_text (self->args, name);
  return text != NULL ? text : "";
}

/**
 * jz_tables_has_role:
 * @tables: derived tables
 * @person: a person's id
 * @role: a role's name
 * @has: (out): whether the person holds it
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_has_role (JzConnection *tables,
                    const char *person,
                    const char *role,
                    gboolean *has,
                    GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (tables, &number, error,
                                 "SELECT count (*) FROM person_role WHERE person = ? AND role = ?",
                                 "tt", person, role))
    return FALSE;
  *has = number > 0;
  return TRUE;
}

/**
 * jz_tables_get_person_state:
 * @tables: derived tables
 * @person: an id
 * @state: (out) (transfer full) (nullable): `active` or `left`, %NULL when nobody has this id
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_get_person_state (JzConnection *tables, const char *person, char **state, GError **error)
{
  return jz_connection_get_text (tables, state, error, "SELECT state FROM person WHERE id = ?", "t",
                                 person);
}

/**
 * jz_tables_get_person_name:
 * @tables: derived tables
 * @person: an id
 * @name: (out) (transfer full) (nullable): what the person is called
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_get_person_name (JzConnection *tables, const char *person, char **name, GError **error)
{
  return jz_connection_get_text (tables, name, error, "SELECT name FROM person WHERE id = ?", "t",
                                 person);
}

/**
 * jz_tables_get_stage:
 * @tables: derived tables
 * @case_id: a case
 * @stage: (out) (transfer full) (nullable): `open`, `closed` or `archived`; %NULL when there is no
 * such case or it was destroyed
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_get_stage (JzConnection *tables, const char *case_id, char **stage, GError **error)
{
  return jz_connection_get_text (tables, stage, error, "SELECT stage FROM case_file WHERE id = ?",
                                 "t", case_id);
}

/**
 * jz_tables_get_setting:
 * @tables: derived tables
 * @name: a setting
 * @value: (out) (transfer full) (nullable): its value
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_get_setting (JzConnection *tables, const char *name, char **value, GError **error)
{
  return jz_connection_get_text (tables, value, error, "SELECT value FROM setting WHERE name = ?",
                                 "t", name);
}

/**
 * jz_tables_count_able:
 * @tables: derived tables
 * @roles: roles with `|` between them
 * @except: (nullable): a person who is not counted
 * @now: the time
 * @number: (out): how many people hold one of these roles and can sign in and sign in it
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_tables_count_able (JzConnection *tables,
                      const char *roles,
                      const char *except,
                      JzInstant now,
                      gint64 *number,
                      GError **error)
{
  char today[JZ_DATE_SIZE];

  jz_date_format (jz_instant_get_date (now), today);
  return jz_connection_get_number (
    tables, number, error,
    "SELECT count (DISTINCT person.id) FROM person JOIN person_role ON person_role.person = "
    "person.id WHERE instr ('|' || ? || '|', '|' || role || '|') > 0 AND person.id != ? AND "
    "person.state = 'active' AND EXISTS (SELECT 1 FROM certificate WHERE owner = person.id AND "
    "kind = 'person' AND closed = 0 AND valid_to >= ?) AND EXISTS (SELECT 1 FROM key_file WHERE "
    "owner = person.id AND kind = 'person')",
    "ttt", roles, except != NULL ? except : "", today);
}

/**
 * jz_situation_need_other_holder:
 * @self: a situation whose argument `person` loses a role or the certificate
 * @role: a role that the office cannot do without
 * @refusal: (out): set when the person holds it and nobody else can sign in it
 * @error: return location
 *
 * Who holds a role but has no certificate in force cannot act in it, so does not count.
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_situation_need_other_holder (const JzSituation *self,
                                const char *role,
                                JzRefusal **refusal,
                                GError **error)
{
  const char *person = jz_situation_get_text (self, "person");
  gboolean holds = FALSE;
  gint64 n_others = 0;

  if (!jz_tables_has_role (self->tables, person, role, &holds, error) ||
      !jz_tables_count_able (self->tables, role, person, self->now, &n_others, error))
    return FALSE;
  if (holds && n_others == 0)
    jz_refuse (refusal, "J-ROLE", _ ("Give the role and a certificate to another person first."),
               _ ("Nobody else who holds the role %s has a valid certificate, and the office needs "
                  "one who has."),
               jz_role_word (role));
  return TRUE;
}

/**
 * jz_situation_need_other_holders:
 * @self: a situation whose argument `person` loses every role or the certificate
 * @refusal: (out): set when the office would be left without administrator or head
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_situation_need_other_holders (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  static const char *const needed[] = { "administrator", "head" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed) && *refusal == NULL; i++)
    if (!jz_situation_need_other_holder (self, needed[i], refusal, error))
      return FALSE;
  return TRUE;
}

/**
 * jz_situation_need_person:
 * @self: a situation
 * @argument: name of an argument that names a person
 * @refusal: (out): set when there is no such person or he has left
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_situation_need_person (const JzSituation *self,
                          const char *argument,
                          JzRefusal **refusal,
                          GError **error)
{
  const char *person = jz_situation_get_text (self, argument);
  g_autofree char *state = NULL;

  if (!jz_tables_get_person_state (self->tables, person, &state, error))
    return FALSE;
  if (state == NULL)
    jz_refuse (refusal, "J-PERSON", _ ("Choose a person of this office."),
               _ ("There is no person %s in this office."), person);
  else if (strcmp (state, "active") != 0)
    jz_refuse (refusal, "J-PERSON", _ ("Choose a person who works here."),
               _ ("The person %s does not work here any more."), person);
  return TRUE;
}

/**
 * jz_situation_need_stage:
 * @self: a situation
 * @stages: stages in which the act is possible, with `|` between
 * @refusal: (out): set when the case is in another one
 * @error: return location
 *
 * Returns: %FALSE only on failure
 */
gboolean
jz_situation_need_stage (const JzSituation *self,
                         const char *stages,
                         JzRefusal **refusal,
                         GError **error)
{
  g_autofree char *stage = NULL;

  if (!jz_tables_get_stage (self->tables, self->case_id, &stage, error))
    return FALSE;
  if (jz_word_is_in (stage, stages))
    return TRUE;
  if (strcmp (stage, "open") == 0)
    jz_refuse (refusal, "J-STAGE", _ ("Close the case first."),
               _ ("The case is still open, so this cannot be done yet."));
  else if (strcmp (stage, "closed") == 0)
    jz_refuse (refusal, "J-STAGE", _ ("Open a new case, or archive this one."),
               _ ("The case is closed, so this cannot be done any more."));
  else
    jz_refuse (refusal, "J-STAGE", _ ("An archived case does not change; open a new case."),
               _ ("The case is archived, so this cannot be done any more."));
  return TRUE;
}

static const char *
get_meaning (const JzAct *act, const char *name)
{
  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    if (strcmp (argument->name, name) == 0)
      return jz_argument_get_meaning (argument);
  return name;
}

/**
 * jz_situation_need_past_date:
 * @self: a situation
 * @argument: name of a date argument; absent is fine
 * @refusal: (out): set when the date is after the day of the entry
 *
 * What is recorded as having happened cannot lie in the future.
 *
 * Returns: %TRUE always
 */
gboolean
jz_situation_need_past_date (const JzSituation *self, const char *argument, JzRefusal **refusal)
{
  const char *text = jz_json_get_member_text (self->args, argument);
  JzDate date;

  if (text != NULL && jz_date_parse (text, &date, NULL) &&
      jz_date_compare (date, jz_instant_get_date (self->now)) > 0)
    jz_refuse (refusal, "J-DATE", _ ("Give a date that is not after today."),
               _ ("“%s” is %s, which lies in the future."), get_meaning (self->act, argument),
               text);
  return TRUE;
}
