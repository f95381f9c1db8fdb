/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/desk-private.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/act_words.h"
#include "office/advice.h"
#include "office/calendars.h"
#include "office/apply.h"
#include "office/role.h"
#include "office/setup.h"
#include "office/situation.h"
#include "office/store_state.h"

/* What a person has to do that belongs to no case or to more than one: proposals of others to
 * confirm, what runs out, and what the office itself needs. */

/* So many days before a credential ends it is on the desk. */
#define CREDENTIAL_DAYS 60
/* And so many before what is not published is to be looked at again. */
#define EXEMPTION_DAYS 30
/* The holidays of a year are published in November of the year before (DC-15). */
#define HOLIDAYS_MONTH 11

static JzJson *
add (JzDesk *self, const char *kind, const char *sentence, const char *verb, const char *place)
{
  JzJson *item = jz_desk_add (self, kind, sentence, FALSE);

  jz_json_set_text (item, "verb", verb);
  jz_json_set_text (item, "go", place);
  self->n_items++;
  return item;
}

static void
set_case (JzJson *item, JzConnection *reader, const char *case_id)
{
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) row = jz_connection_query (
    reader, NULL, "SELECT number, party FROM case_file WHERE id = ?", "t", case_id);

  if (row == NULL || !jz_statement_step (row, &has_row, NULL) || !has_row)
    return;
  jz_json_set_text (item, "case", case_id);
  jz_json_set_text (item, "number", jz_statement_get_text (row, 0));
  jz_json_set_text (item, "party", jz_statement_get_text (row, 1));
}

static void
describe_proposal (JzDesk *self, const JzJournalRecord *record, const char *name, const JzAct *act)
{
  gboolean is_own = strcmp (record->entry->actor, self->query->person) == 0;
  const char *label = jz_act_get_label (act->name);
  g_autofree char *sentence =
    is_own ? g_strdup_printf (_ ("%s: you proposed it, nobody has confirmed it yet"), label)
           /* Translators: what is proposed, and by whom */
           : g_strdup_printf (_ ("%1$s: proposed by %2$s, to be confirmed"), label, name);
  JzJson *item = jz_desk_add (self, "proposal", sentence, is_own);
  JzJson *args = record->payload != NULL ? jz_journal_record_dup_args (record, NULL) : NULL;
  const char *case_id = record->entry->case_id;
  char text[JZ_HASH_HEX_SIZE];
  char since[JZ_INSTANT_SIZE];
  JzDate last;

  set_case (item, self->query->reader, case_id);
  jz_hash_to_hex (&record->hash, text);
  jz_instant_format (record->entry->time, since);
  jz_json_set_text (item, "proposal", text);
  jz_json_set_text (item, "act", act->name);
  jz_json_set_text (item, "since", since);
  jz_json_set_text (item, "verb", _ ("Look and confirm"));
  if (args != NULL)
    jz_json_set_member (item, "args", args);
  last = jz_instant_get_date (record->entry->time + JZ_PROPOSAL_LIFE_MS);
  jz_desk_set_due (self, item, last);
  if (!is_own)
    jz_desk_count_due (self, last);
  self->n_items += !is_own;
  self->n_waiting += is_own;
}

static gboolean
add_proposal (JzDesk *self, JzStatement *row, GError **error)
{
  g_autoptr (JzJournalRecord) record =
    jz_journal_read (self->query->reader, jz_statement_get_integer (row, 0), error);
  gboolean is_proposal = FALSE;
  const JzAct *act = jz_act_find (jz_statement_get_text (row, 1), &is_proposal);

  if (record == NULL)
    return FALSE;
  if (act != NULL && (strcmp (record->entry->actor, self->query->person) == 0 ||
                      jz_desk_has_role (self, act->roles)))
    describe_proposal (self, record, jz_statement_get_text (row, 2), act);
  return TRUE;
}

/* Only those that can still be confirmed: the newest entries, some days of them. */
gboolean
jz_desk_add_proposals (JzDesk *self, GError **error)
{
  char since[JZ_INSTANT_SIZE];
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  jz_instant_format (self->now - JZ_PROPOSAL_LIFE_MS, since);
  rows = jz_connection_query (
    self->query->reader, error,
    "SELECT proposal.entry, proposal.act, coalesce (person.name, proposal.actor) FROM entry CROSS "
    "JOIN proposal ON proposal.hash = entry.hash LEFT JOIN person ON person.id = proposal.actor "
    "WHERE entry.arrival > coalesce ((SELECT arrival FROM entry WHERE time < ? ORDER BY arrival "
    "DESC LIMIT 1), 0) AND proposal.used_by = 0 ORDER BY entry.arrival",
    "t", since);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!add_proposal (self, rows, error))
      return FALSE;
  }
  return FALSE;
}

static gboolean
add_credentials (JzDesk *self, GError **error)
{
  gboolean is_keeper = jz_desk_has_role (self, "personnel_keeper|administrator");
  char last[JZ_DATE_SIZE];
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  jz_date_format (jz_date_add_days (self->today, CREDENTIAL_DAYS), last);
  rows = jz_connection_query (
    self->query->reader, error,
    "SELECT person.id, name, number, max (valid_to) FROM credential JOIN person ON person.id = "
    "credential.person WHERE person.state = 'active' AND (?1 OR person.id = ?2) GROUP BY person.id "
    "HAVING max (valid_to) <= ?3 ORDER BY max (valid_to)",
    "itt", (gint64)is_keeper, self->query->person, last);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *sentence = NULL;
    JzJson *item;
    JzDate due;
    if (!has_row)
      return TRUE;
    /* Translators: a person's name and the number of the enforcement credential */
    sentence =
      g_strdup_printf (_ ("The credential of %1$s ends (%2$s): have it renewed and register it"),
                       jz_statement_get_text (rows, 1), jz_statement_get_text (rows, 2));
    item = add (self, "credential", sentence, _ ("Go"), "lists/people");
    if (jz_date_parse (jz_statement_get_text (rows, 3), &due, NULL)) {
      jz_desk_set_due (self, item, due);
      jz_desk_count_due (self, due);
    }
  }
  return FALSE;
}

static gboolean
add_certificate (JzDesk *self, GError **error)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (!jz_advice_list (self->query->reader, self->query->person, self->now, sentences, error))
    return FALSE;
  for (guint i = 0; i < sentences->len; i++)
    (void)add (self, "certificate", g_ptr_array_index (sentences, i), _ ("Go"), "settings/people");
  return TRUE;
}

static gboolean
find_calendar (JzDesk *self, const JzCalendar **calendar, GError **error)
{
  JzMaybeHash hash = { 0 };

  if (!jz_tables_find_calendar (self->query->reader, self->today, G_MAXINT64, &hash, error))
    return FALSE;
  *calendar =
    hash.is_present
      ? jz_calendars_get (jz_store_get_objects (jz_office_get_store (self->query->office)),
                          &hash.hash, error)
      : jz_calendars_get_empty ();
  return *calendar != NULL;
}

/* From November on that of the next year as well. */
static gboolean
add_calendar (JzDesk *self, GError **error)
{
  const JzCalendar *calendar = NULL;
  int year = self->today.year + (self->today.month >= HOLIDAYS_MONTH);
  g_autofree char *sentence = NULL;

  if (!jz_desk_has_role (self, "administrator|review_head|head"))
    return TRUE;
  if (!find_calendar (self, &calendar, error))
    return FALSE;
  if (jz_calendar_has_year (calendar, self->today.year) && jz_calendar_has_year (calendar, year))
    return TRUE;
  if (!jz_calendar_has_year (calendar, self->today.year))
    year = self->today.year;
  sentence = g_strdup_printf (
    _ ("The holidays of %d are not in the calendar: last days in that year are presumed"), year);
  (void)add (self, "calendar", sentence, _ ("Adopt a calendar"), "lists/calendar");
  return TRUE;
}

static gboolean
add_backup (JzDesk *self, GError **error)
{
  g_autoptr (JzStoreState) state = NULL;
  g_autofree char *age = NULL;
  g_autofree char *sentence = NULL;

  if (!jz_desk_has_role (self, "administrator") || jz_office_is_demo (self->query->office))
    return TRUE;
  state = jz_store_state_read (self->query->office, self->query->reader, self->now, error);
  if (state == NULL)
    return FALSE;
  if (!jz_store_state_is_backup_old (state))
    return TRUE;
  age = jz_store_state_dup_sentence (state);
  /* Translators: how old the last backup is */
  sentence = g_strdup_printf (_ ("Back the store up: %s"), age);
  (void)add (self, "backup", sentence, _ ("Back up"), "settings/backup");
  return TRUE;
}

static gboolean
add_setup (JzDesk *self, GError **error)
{
  g_autoptr (JzSetup) setup = NULL;

  if (!jz_desk_has_role (self, "administrator|head") || jz_office_is_demo (self->query->office))
    return TRUE;
  setup = jz_setup_read (self->query->office, self->query->reader, error);
  if (setup == NULL)
    return FALSE;
  if (!jz_setup_is_done (setup))
    (void)add (self, "setup", _ ("The first setting up is not finished"), _ ("Go on"),
               "settings/setup");
  return TRUE;
}

/* What was decided not to be published is looked at again after a year (P-07, PX-06). */
static gboolean
add_exemptions (JzDesk *self, GError **error)
{
  char last[JZ_DATE_SIZE];
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  if (!jz_desk_has_role (self, "checker"))
    return TRUE;
  jz_date_format (jz_date_add_days (self->today, EXEMPTION_DAYS), last);
  rows = jz_connection_query (self->query->reader, error,
                              "SELECT document, number, review_on, case_id FROM publication WHERE "
                              "state = 'exempt' AND review_on <= ? ORDER BY review_on",
                              "t", last);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    g_autofree char *sentence = NULL;
    g_autofree char *place = NULL;
    JzJson *item;
    JzDate due;
    if (!has_row)
      return TRUE;
    /* Translators: number of a decision */
    sentence = g_strdup_printf (_ ("%s is not published: look at it again"),
                                jz_statement_get_text (rows, 1));
    place = g_strdup_printf ("publicity/%s", jz_statement_get_text (rows, 0));
    item = add (self, "exemption", sentence, _ ("Go"), place);
    set_case (item, self->query->reader, jz_statement_get_text (rows, 3));
    if (jz_date_parse (jz_statement_get_text (rows, 2), &due, NULL)) {
      jz_desk_set_due (self, item, due);
      jz_desk_count_due (self, due);
    }
  }
  return FALSE;
}

gboolean
jz_desk_add_duties (JzDesk *self, GError **error)
{
  return add_setup (self, error) && add_backup (self, error) && add_calendar (self, error) &&
         add_credentials (self, error) && add_certificate (self, error) &&
         add_exemptions (self, error);
}
