/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/demo_publish.h"

#include "office/bundles.h"
#include "office/demo-private.h"
#include "office/prepare.h"
#include "office/publication_prepare.h"

/* What the demo office publishes on its last day: of its newest decisions one is still to be
 * collected, one waits for the checker, one for the publisher, and where nothing was public until
 * then others are released: what is to be hidden is found while the copy is made, so it cannot be
 * planned, and what a gate refuses stays where it is. What is public goes into a bundle. */

#define COLLECTED 1
#define CHECKED 2
#define RELEASED 3
#define BETWEEN_MS (60 * 1000)
#define CHECKER "lin"
#define PUBLISHER "gao"

/* A decision, and how far it is to come. */
typedef struct {
  char *case_id;
  char *document;
  char *handler;
} Decision;

/* From the newest on; a small office has them released first. */
static const int steps[] = { 0, COLLECTED, CHECKED, RELEASED, RELEASED };
#define N_WAITING 3

static void
decision_clear (gpointer data)
{
  Decision *self = data;

  g_free (self->case_id);
  g_free (self->document);
  g_free (self->handler);
}

static GArray *
read_decisions (JzConnection *reader, GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (Decision));
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = jz_connection_query (
    reader, error,
    "SELECT case_id, document, (SELECT user FROM person JOIN case_duty ON person.id = person "
    "WHERE case_duty.case_id = publication.case_id AND duty = 'handler' AND ended = 0 "
    "AND state = 'active' ORDER BY since LIMIT 1) AS handler FROM publication "
    "WHERE state = 'due' AND step = 'none' AND handler IS NOT NULL "
    "ORDER BY decided_on DESC, key DESC LIMIT ?",
    "i", (gint64)G_N_ELEMENTS (steps));

  g_array_set_clear_func (list, decision_clear);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    Decision decision;
    if (!has_row)
      return g_steal_pointer (&list);
    decision = (Decision){ g_strdup (jz_statement_get_text (rows, 0)),
                           g_strdup (jz_statement_get_text (rows, 1)),
                           g_strdup (jz_statement_get_text (rows, 2)) };
    g_array_append_val (list, decision);
  }
  return NULL;
}

static GArray *
read_what_is_left (JzConnection *reader, gint64 *n_public, GError **error)
{
  if (!jz_connection_get_number (reader, n_public, error,
                                 "SELECT count (*) FROM publication WHERE state IN ('released', "
                                 "'published') AND changed_on = ''",
                                 ""))
    return NULL;
  return read_decisions (reader, error);
}

static GArray *
list_decisions (JzDemoPublishing *self, gint64 *n_public, GError **error)
{
  JzStore *store = jz_office_get_store (self->office);
  JzConnection *reader = jz_store_lease_reader (store, error);
  GArray *list = reader != NULL ? read_what_is_left (reader, n_public, error) : NULL;

  if (reader != NULL)
    jz_store_return_reader (store, reader);
  return list;
}

/* @is_done says whether it was not refused. */
static gboolean
perform (JzDemoPublishing *self,
         const char *user,
         const char *role,
         const char *act,
         const JzJson *args,
         gboolean *is_done,
         GError **error)
{
  JzSession *session = self->get_session (user, self->data, error);
  const JzJson *const all[] = { args };
  JzRequest request = { .session = session, .role = role, .act = act, .args = all, .n_args = 1 };
  g_autoptr (JzActOutcome) outcome = NULL;

  if (session == NULL)
    return FALSE;
  jz_clock_set (self->clock, self->time);
  self->time += BETWEEN_MS;
  if (!jz_office_perform (self->office, &request, &outcome, error))
    return FALSE;
  *is_done = outcome->refusal == NULL;
  self->n_entries += outcome->records->len;
  return TRUE;
}

static JzJson *
make_args (const Decision *decision)
{
  JzJson *args = jz_json_new_object ();

  jz_json_set_text (args, "case", decision->case_id);
  jz_json_set_text (args, "document", decision->document);
  return args;
}

/* All that was found is covered. */
static gboolean
collect (JzDemoPublishing *self, const Decision *decision, gboolean *is_done, GError **error)
{
  g_autoptr (JzJson) args = make_args (decision);
  JzPreparation preparation = { .office = self->office };

  preparation.session = self->get_session (decision->handler, self->data, error);
  return preparation.session != NULL && jz_publication_cover_all (&preparation, args, error) &&
         perform (self, decision->handler, "handler", "publication.collect", args, is_done, error);
}

static gboolean
publish (JzDemoPublishing *self, const Decision *decision, int to, GError **error)
{
  g_autoptr (JzJson) args = make_args (decision);
  g_autoptr (JzJson) verdict = make_args (decision);
  gboolean is_done = to >= COLLECTED;

  jz_json_set_text (verdict, "verdict", "pass");
  if (is_done && !collect (self, decision, &is_done, error))
    return FALSE;
  is_done = is_done && to >= CHECKED;
  if (is_done && !perform (self, CHECKER, "checker", "publication.check", verdict, &is_done, error))
    return FALSE;
  is_done = is_done && to >= RELEASED;
  return !is_done ||
         perform (self, PUBLISHER, "publisher", "publication.release", args, &is_done, error);
}

static gboolean
bundle (JzDemoPublishing *self, GError **error)
{
  g_autoptr (JzJson) args = jz_json_new_object ();
  gboolean is_done = FALSE;
  char text[JZ_DATE_SIZE];

  jz_date_format (JZ_DEMO_FIRST_DAY, text);
  jz_json_set_text (args, "from", text);
  jz_date_format (JZ_DEMO_LAST_DAY, text);
  jz_json_set_text (args, "to", text);
  return perform (self, PUBLISHER, "publisher", "publication.bundle", args, &is_done, error);
}

/**
 * jz_demo_publish:
 * @self: the demo office on its last day
 * @error: return location
 *
 * A program without what draws public copies and makes bundles publishes nothing.
 *
 * Returns: whether it was done
 */
gboolean
jz_demo_publish (JzDemoPublishing *self, GError **error)
{
  g_autoptr (GArray) decisions = NULL;
  gint64 n_public = 0;
  guint n_steps;

  if (!jz_office_can_bundle () || !jz_office_can_publish ())
    return TRUE;
  decisions = list_decisions (self, &n_public, error);
  if (decisions == NULL)
    return FALSE;
  n_steps = n_public > 0 ? N_WAITING : G_N_ELEMENTS (steps);
  for (guint i = 0; i < MIN (decisions->len, n_steps); i++)
    if (!publish (self, &g_array_index (decisions, Decision, i),
                  steps[n_steps - MIN (decisions->len, n_steps) + i], error))
      return FALSE;
  return (decisions->len == 0 && n_public == 0) || bundle (self, error);
}
