/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_check.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/case_check.h"
#include "office/publication_fields.h"
#include "office/role.h"
#include "office/situation.h"

/* What the acts of publicity ask in common: how far a publication has come, who may begin it, and
 * which carriers have not answered. */

/**
 * jz_publication_state_word:
 * @self: a publication
 *
 * Returns: (transfer none): how far it has come, in the user's language
 */
const char *
jz_publication_state_word (const JzPublication *self)
{
  static const struct {
    const char *name;
    const char *word;
  } words[] = {
    { "none", NC_ ("publication", "to be collected") },
    { "proposed", NC_ ("publication", "to be checked") },
    { "returned", NC_ ("publication", "given back") },
    { "checked", NC_ ("publication", "to be released") },
    { "exempt", NC_ ("publication", "not published") },
    { "released", NC_ ("publication", "waits for the carriers") },
    { "published", NC_ ("publication", "published") },
    { "withdrawing", NC_ ("publication", "being withdrawn") },
    { "withdrawn", NC_ ("publication", "withdrawn") },
    { "dropped", NC_ ("publication", "dropped") },
  };
  const char *name = strcmp (self->state, "due") == 0 ? self->step : self->state;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (words[i].name, name) == 0)
      return g_dpgettext2 (GETTEXT_PACKAGE, "publication", words[i].word);
  return name;
}

/* What its state asks for. */
static const char *
get_next (const JzPublication *self)
{
  static const struct {
    const char *state;
    const char *next;
  } nexts[] = {
    { "due", N_ ("Let it be collected, checked and released first.") },
    { "exempt", N_ ("Re-examine whether it can be published first.") },
    { "released", N_ ("Correct it, or withdraw it.") },
    { "published", N_ ("Correct it, or withdraw it.") },
    { "withdrawing", N_ ("Confirm for every carrier that it was taken down.") },
    { "withdrawn", N_ ("What was withdrawn stays so; a new decision is published by itself.") },
    { "dropped", N_ ("A new decision is published by itself.") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nexts); i++)
    if (strcmp (nexts[i].state, self->state) == 0)
      return _ (nexts[i].next);
  return NULL;
}

static void
check_state (const JzPublication *self, const char *states, JzRefusal **refusal)
{
  if (!jz_word_is_in (self->state, states))
    jz_refuse (refusal, "J-PUBLICATION", get_next (self),
               _ ("This cannot be done with the publication of %1$s, which is %2$s now."),
               self->number, jz_publication_state_word (self));
}

/**
 * jz_publication_need:
 * @self: an act with the argument `document`
 * @states: states in which it can be done, with `|` between
 * @publication: (out) (transfer full) (nullable): what it is about
 * @refusal: (out): set when nothing of this document is to be published, or not now
 * @error: return location
 *
 * What the public sees is corrected and withdrawn long after the case was closed and archived, so
 * the stage of the case does not matter.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_need (const JzSituation *self,
                     const char *states,
                     JzPublication **publication,
                     JzRefusal **refusal,
                     GError **error)
{
  if (!jz_publication_find (self->tables, jz_situation_get_text (self, "document"), publication,
                            error))
    return FALSE;
  if (*publication == NULL || strcmp ((*publication)->case_id, self->case_id) != 0)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Choose a decision of this case."),
               _ ("Nothing of the document %s is to be published."),
               jz_situation_get_text (self, "document"));
  else
    check_state (*publication, states, refusal);
  return TRUE;
}

/* Somebody may have collected another one while this one was being looked at. */
static void
check_looked_at (const JzSituation *self,
                 const JzPublication *publication,
                 const JzPublicationCopy *copy,
                 JzRefusal **refusal)
{
  const char *looked_at = jz_situation_get_text (self, "copy");

  if (looked_at[0] != '\0' && strcmp (looked_at, copy->id) != 0)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Look at the newest copy, then do it again."),
               _ ("Another public copy of %s was collected since this one was looked at."),
               publication->number);
}

/**
 * jz_publication_need_copy:
 * @self: an act, with the argument `copy` where it is about one that was looked at
 * @publication: what it is about
 * @copy: (out) (transfer full) (nullable): its newest copy
 * @refusal: (out): set when there is none that waits, or another one than was looked at
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_need_copy (const JzSituation *self,
                          const JzPublication *publication,
                          JzPublicationCopy **copy,
                          JzRefusal **refusal,
                          GError **error)
{
  if (!jz_publication_find_copy (self->tables, publication->copy, copy, error))
    return FALSE;
  if (*copy == NULL || !jz_word_is_in (publication->step, "proposed|returned|checked"))
    jz_refuse (refusal, "J-PUBLICATION", _ ("Let what the public sees be collected first."),
               _ ("No public copy of %s waits to be checked or released."), publication->number);
  else
    check_looked_at (self, publication, *copy, refusal);
  return TRUE;
}

/**
 * jz_publication_need_collector:
 * @self: an act that collects what the public sees
 * @refusal: (out): set when a handler or a head of a unit is of another unit than the case
 * @error: return location
 *
 * Who enforces publishes (P-02): a case is collected by the unit that handles it, or by who
 * collects for the whole bureau.
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_need_collector (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  gint64 n_handlers = 0;
  gint64 n_near = 0;

  if (!jz_word_is_in (self->role, "handler|section_head"))
    return TRUE;
  if (!jz_connection_get_number (self->tables, &n_handlers, error,
                                 "SELECT count (*) FROM case_duty WHERE case_id = ? AND duty = "
                                 "'handler'",
                                 "t", self->case_id) ||
      !jz_connection_get_number (self->tables, &n_near, error,
                                 "SELECT count (*) FROM case_duty JOIN person ON person.id = "
                                 "case_duty.person WHERE case_id = ? AND duty = 'handler' AND "
                                 "(person.id = ?2 OR section = (SELECT section FROM person WHERE "
                                 "id = ?2))",
                                 "tt", self->case_id, self->actor))
    return FALSE;
  if (n_handlers > 0 && n_near == 0)
    jz_refuse (refusal, "J-PUBLICATION", _ ("Let the unit that handles the case do it."),
               _ ("The case belongs to another unit, and who enforces publishes."));
  return TRUE;
}

/**
 * jz_publication_need_real_store:
 * @self: an act
 * @refusal: (out): set in a demo store
 * @error: return location
 *
 * What is made up is shown on no carrier (design §1).
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_need_real_store (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autofree char *demo = NULL;

  if (!jz_tables_get_setting (self->tables, "store.demo", &demo, error))
    return FALSE;
  if (demo != NULL)
    jz_refuse (refusal, "J-DEMO", _ ("Practise up to here; do it in the store of the bureau."),
               _ ("This is a store for practice: what is in it is made up, and no carrier shows "
                  "it."));
  return TRUE;
}

static gboolean
is_done (JzConnection *tables,
         const JzPublication *publication,
         const char *carrier,
         const char *done,
         gboolean *is_done,
         GError **error)
{
  gint64 number = 0;

  if (!jz_connection_get_number (tables, &number, error,
                                 "SELECT count (*) FROM publication_carrier WHERE document = ? AND "
                                 "copy = ? AND carrier = ? AND done = ?",
                                 "titt", publication->document, publication->released, carrier,
                                 done))
    return FALSE;
  *is_done = number > 0;
  return TRUE;
}

/* Who must show it; and who must take it down, which is also whoever showed it besides. */
static gboolean
list_asked (JzConnection *tables,
            const JzPublication *publication,
            const char *done,
            GPtrArray *carriers,
            GError **error)
{
  g_auto (GStrv) words = g_strsplit (publication->carriers, " ", -1);
  gboolean has_row = FALSE;
  g_autoptr (JzStatement) rows = NULL;

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_ptr_array_add (carriers, g_strdup (*word));
  if (strcmp (done, "withdrawn") != 0)
    return TRUE;
  rows = jz_connection_query (tables, error,
                              "SELECT DISTINCT carrier FROM publication_carrier WHERE document = ? "
                              "AND done = 'shown' ORDER BY carrier",
                              "t", publication->document);
  while (rows != NULL && jz_statement_step (rows, &has_row, error)) {
    if (!has_row)
      return TRUE;
    if (!g_ptr_array_find_with_equal_func (carriers, jz_statement_get_text (rows, 0), g_str_equal,
                                           NULL))
      g_ptr_array_add (carriers, g_strdup (jz_statement_get_text (rows, 0)));
  }
  return FALSE;
}

/**
 * jz_publication_list_missing:
 * @tables: derived tables
 * @publication: a publication
 * @done: `shown` or `withdrawn`
 * @carriers: (out) (transfer full): those that must have done so and have not
 * @error: return location
 *
 * Returns: %FALSE only when it could not look
 */
gboolean
jz_publication_list_missing (JzConnection *tables,
                             const JzPublication *publication,
                             const char *done,
                             GStrv *carriers,
                             GError **error)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();

  if (!list_asked (tables, publication, done, asked, error))
    return FALSE;
  for (guint i = 0; i < asked->len; i++) {
    gboolean has_done = FALSE;
    if (!is_done (tables, publication, g_ptr_array_index (asked, i), done, &has_done, error))
      return FALSE;
    if (!has_done)
      g_strv_builder_add (missing, g_ptr_array_index (asked, i));
  }
  *carriers = g_strv_builder_end (missing);
  return TRUE;
}

/**
 * jz_publication_supersede:
 * @application: what apply works on, the entry by which a case was decided
 * @day: the day
 * @error: return location
 *
 * What an earlier decision of the case said is not published any more, or has to be withdrawn.
 *
 * Returns: whether it was done
 */
gboolean
jz_publication_supersede (JzApplication *application, const char *day, GError **error)
{
  const char *case_id = application->record->entry->case_id;

  return jz_connection_run (application->tables, error,
                            "UPDATE publication SET state = 'dropped' WHERE case_id = ? AND state "
                            "= 'due'",
                            "t", case_id) &&
         jz_connection_run (application->tables, error,
                            "UPDATE publication SET changed_on = ? WHERE case_id = ? AND state IN "
                            "('released', 'published') AND changed_on = ''",
                            "tt", day, case_id);
}

/**
 * jz_publication_enter:
 * @application: what apply works on; its argument `document` is what the public gets to see
 * @form: its form
 * @number: its number
 * @decided_on: its day
 * @error: return location
 *
 * Every decision enters the queue by itself on the day it is made (P-07).
 *
 * Returns: whether it was done
 */
gboolean
jz_publication_enter (JzApplication *application,
                      const char *form,
                      const char *number,
                      const char *decided_on,
                      GError **error)
{
  gint64 key = 0;
  g_autofree char *id = jz_application_make_thing (application, &key);

  return jz_connection_run (application->tables, error,
                            "INSERT INTO publication (key, document, case_id, form, number, "
                            "decided_on, state, step, copy, released, released_on, published_on, "
                            "changed_on, withdrawn_on, carriers, ground, review_on) VALUES (?, ?, "
                            "?, ?, ?, ?, 'due', 'none', 0, 0, '', '', '', '', '', '', '')",
                            "ittttt", key, jz_application_get_text (application, "document"),
                            application->record->entry->case_id, form, number, decided_on);
}
