/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/advice.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/role.h"
#include "office/situation.h"

/* What people should hear in time, before it is too late to help by the ordinary way. */

static gboolean
warn_of_end (JzConnection *tables,
             const char *person,
             JzDate today,
             GPtrArray *sentences,
             GError **error)
{
  g_autofree char *valid_to = NULL;
  JzDate last;

  if (!jz_connection_get_text (tables, &valid_to, error,
                               "SELECT max (valid_to) FROM certificate WHERE owner = ? AND closed "
                               "= 0",
                               "t", person))
    return FALSE;
  if (valid_to == NULL || !jz_date_parse (valid_to, &last, NULL) ||
      jz_date_days_between (today, last) >= JZ_RENEWAL_DAYS)
    return TRUE;
  g_ptr_array_add (
    sentences,
    g_strdup_printf (
      jz_date_compare (last, today) < 0
        ? _ ("Your certificate ran out on %s, so you can sign nothing; let the administrator "
             "propose certificate.issue with the reason expired, and the head confirm it.")
        : _ ("Your certificate runs out on %s; let the administrator propose certificate.issue "
             "with the reason expired before that day, and the head confirm it."),
      valid_to));
  return TRUE;
}

static gboolean
warn_of_few (JzConnection *tables, JzInstant now, GPtrArray *sentences, GError **error)
{
  static const char *const needed[] = { "administrator", "head" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    gint64 number = 0;
    if (!jz_tables_count_able (tables, needed[i], NULL, now, &number, error))
      return FALSE;
    if (number > 1)
      continue;
    g_ptr_array_add (
      sentences,
      g_strdup_printf (
        number == 1 ? _ ("Only one person who holds the role %s has a valid certificate; give the "
                         "role and a certificate to a second one, so that the office can go on "
                         "when a password is forgotten.")
                    : _ ("Nobody who holds the role %s has a valid certificate; make one with "
                         "certificate.recover."),
        jz_role_word (needed[i])));
  }
  return TRUE;
}

/**
 * jz_advice_list:
 * @tables: a store's database
 * @person: id of who asks
 * @now: the time
 * @sentences: (element-type utf8): gets what the person should hear
 * @error: return location
 *
 * What would lock the office out: that the person's own certificate ends soon, and for an
 * administrator that nobody stands in for the only administrator or head.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_advice_list (JzConnection *tables,
                const char *person,
                JzInstant now,
                GPtrArray *sentences,
                GError **error)
{
  g_autofree char *accepted = NULL;
  gboolean is_administrator = FALSE;

  return warn_of_end (tables, person, jz_instant_get_date (now), sentences, error) &&
         jz_tables_get_setting (tables, "store.accepted", &accepted, error) &&
         jz_tables_has_role (tables, person, "administrator", &is_administrator, error) &&
         (accepted == NULL || !is_administrator || warn_of_few (tables, now, sentences, error));
}

static gboolean
list_for (JzConnection *tables,
          const char *person,
          const char *act,
          JzInstant now,
          GPtrArray *sentences,
          GError **error)
{
  g_autofree char *accepted = NULL;

  if (strcmp (act, "session.sign_in") == 0)
    return jz_advice_list (tables, person, now, sentences, error);
  return warn_of_end (tables, person, jz_instant_get_date (now), sentences, error) &&
         jz_tables_get_setting (tables, "store.accepted", &accepted, error) &&
         (accepted == NULL || g_str_has_prefix (act, "certificate.") ||
          warn_of_few (tables, now, sentences, error));
}

static void
warn (JzSession *self, JzOffice *office, const char *act, JzActOutcome *outcome)
{
  JzStore *store = jz_office_get_store (office);
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  JzConnection *tables = jz_store_lease_reader (store, NULL);
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  if (tables == NULL)
    return;
  /* What cannot be looked up is not worth turning a finished act into a failure. */
  (void)list_for (tables, jz_session_get_person (self), act, now, sentences, NULL);
  jz_store_return_reader (store, tables);
  for (guint i = 0; i < sentences->len; i++)
    jz_act_outcome_add_warning (outcome, g_ptr_array_index (sentences, i));
}

/**
 * jz_advise:
 * @self: a session
 * @office: the office
 * @act: the act that was done in it
 * @outcome: gets sentences
 *
 * Tells in time what would lock the office out: that the person's own certificate ends soon, on
 * signing in and on acts about certificates and roles; and to an administrator who signs in, and
 * when roles end, that nobody stands in for the only administrator or head.
 */
void
jz_advise (JzSession *self, JzOffice *office, const char *act, JzActOutcome *outcome)
{
  if (strcmp (act, "certificate.recover") == 0)
    jz_act_outcome_add_warning (
      outcome, _ ("A certificate was made anew outside of the ordinary way; let the "
                  "supervision look at this entry."));
  if (jz_word_is_in (act, "session.sign_in|certificate.issue|certificate.recover|"
                          "certificate.revoke|role.revoke|person.leave"))
    warn (self, office, act, outcome);
}
