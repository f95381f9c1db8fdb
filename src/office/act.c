/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/act.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/error.h"
#include "office/fact_arguments.h"
#include "office/role.h"

/* The table of acts, put together from one table a subject, and what is common to all: finding an
 * act, its description, and bringing old arguments to the newest form. */

#define PROPOSE ".propose"

G_DEFINE_QUARK (jz - office - error - quark, jz_office_error)

static int
compare_acts (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const JzAct *const *)a)->name, (*(const JzAct *const *)b)->name);
}

static GPtrArray *
collect_acts (void)
{
  static const JzAct *const tables[] = {
    jz_acts_adoption,      jz_acts_archive,     jz_acts_attachment,      jz_acts_bundle,
    jz_acts_case,          jz_acts_certificate, jz_acts_closing,         jz_acts_credential,
    jz_acts_decision,      jz_acts_destruction, jz_acts_document,        jz_acts_dossier,
    jz_acts_dossier_use,   jz_acts_evidence,    jz_acts_field,           jz_acts_filing,
    jz_acts_hearing,       jz_acts_lead,        jz_acts_limit,           jz_acts_mark,
    jz_acts_notice,        jz_acts_number,      jz_acts_person,          jz_acts_preservation,
    jz_acts_publication,   jz_acts_publicity,   jz_acts_publicity_error, jz_acts_recording,
    jz_acts_recording_ban, jz_acts_review,      jz_acts_rulebook,        jz_acts_secrecy,
    jz_acts_session,       jz_acts_setting,     jz_acts_store,
  };
  GPtrArray *acts = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const JzAct *act = tables[i]; act->name != NULL; act++)
      g_ptr_array_add (acts, act->facts != NULL ? jz_act_with_facts (act) : (gpointer)act);
  g_ptr_array_sort (acts, compare_acts);
  return acts;
}

static GPtrArray *
get_acts (void)
{
  static GPtrArray *acts = NULL;
  if (g_once_init_enter (&acts))
    g_once_init_leave (&acts, collect_acts ());
  return acts;
}

/**
 * jz_act_get_all:
 * @n_acts: (out): their number
 *
 * Returns: (transfer none) (array length=n_acts): every act, by name; proposals are not listed
 */
const JzAct *const *
jz_act_get_all (gsize *n_acts)
{
  GPtrArray *acts = get_acts ();

  *n_acts = acts->len;
  return (const JzAct *const *)acts->pdata;
}

static const JzAct *
find_by_name (const char *name)
{
  GPtrArray *acts = get_acts ();

  for (guint i = 0; i < acts->len; i++) {
    const JzAct *act = g_ptr_array_index (acts, i);
    if (strcmp (act->name, name) == 0)
      return act;
  }
  return NULL;
}

/**
 * jz_act_find:
 * @name: name of an act, or of its proposal (`x.propose`)
 * @is_proposal: (out): whether it is the proposal
 *
 * Returns: (transfer none) (nullable): the act
 */
const JzAct *
jz_act_find (const char *name, gboolean *is_proposal)
{
  const JzAct *act;
  g_autofree char *base = NULL;

  *is_proposal = g_str_has_suffix (name, PROPOSE);
  if (!*is_proposal)
    return find_by_name (name);
  base = g_strndup (name, strlen (name) - strlen (PROPOSE));
  act = find_by_name (base);
  return act != NULL && act->proposer_roles != NULL ? act : NULL;
}

/**
 * jz_act_get_upcasters:
 * @n_upcasters: (out): their number
 *
 * Returns: (transfer none) (nullable): the steps from every released version of an act's arguments
 * to the next. Every act is of version 1, so there are none yet.
 */
const JzUpcaster *
jz_act_get_upcasters (gsize *n_upcasters)
{
  *n_upcasters = 0;
  return NULL;
}

static const JzUpcaster *
find_upcaster (const JzUpcaster *upcasters, gsize n_upcasters, const char *act, guint version)
{
  for (gsize i = 0; i < n_upcasters; i++)
    if (upcasters[i].version == version && strcmp (upcasters[i].act, act) == 0)
      return &upcasters[i];
  return NULL;
}

/**
 * jz_act_upcast:
 * @upcasters: (array length=n_upcasters) (nullable): the steps there are
 * @n_upcasters: their number
 * @act: an act
 * @version: the version that the entry was written with
 * @args: its arguments, changed in place
 * @error: return location
 *
 * Brings arguments to the version that @act knows.
 *
 * Returns: %FALSE with %JZ_OFFICE_ERROR_UNKNOWN_ACT when no way leads there
 */
gboolean
jz_act_upcast (const JzUpcaster *upcasters,
               gsize n_upcasters,
               const JzAct *act,
               guint version,
               JzJson *args,
               GError **error)
{
  for (guint at = version; at != act->version; at++) {
    const JzUpcaster *step = find_upcaster (upcasters, n_upcasters, act->name, at);
    if (step == NULL) {
      g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                   _ ("This program does not know version %u of the act %s; use a newer one."),
                   version, act->name);
      return FALSE;
    }
    step->upcast (args);
  }
  return TRUE;
}

static const char *
get_kind_name (JzArgumentKind kind)
{
  static const char *const names[] = {
    [JZ_ARGUMENT_TEXT] = "text",       [JZ_ARGUMENT_LONG_TEXT] = "long text",
    [JZ_ARGUMENT_INTEGER] = "integer", [JZ_ARGUMENT_BOOLEAN] = "boolean",
    [JZ_ARGUMENT_DATE] = "date",       [JZ_ARGUMENT_WORD] = "word",
    [JZ_ARGUMENT_ID] = "id",           [JZ_ARGUMENT_HASH] = "hash",
    [JZ_ARGUMENT_OBJECT] = "object",   [JZ_ARGUMENT_TEXTS] = "texts",
    [JZ_ARGUMENT_FIGURES] = "figures", [JZ_ARGUMENT_HASHES] = "hashes",
    [JZ_ARGUMENT_INSTANT] = "instant", [JZ_ARGUMENT_RECORDS] = "records",
    [JZ_ARGUMENT_VALUES] = "values",   [JZ_ARGUMENT_OBJECTS] = "objects",
  };
  return names[kind];
}

static JzJson *
split_words (const char *words)
{
  JzJson *list = jz_json_new_array ();
  g_auto (GStrv) parts = g_strsplit (words != NULL ? words : "", "|", -1);

  for (char **word = parts; *word != NULL; word++)
    jz_json_append (list, jz_json_new_text (*word));
  return list;
}

/**
 * jz_argument_get_meaning:
 * @self: an argument
 *
 * Returns: (transfer none): what it says, in the reader's language; of a fact, by the vocabulary
 */
const char *
jz_argument_get_meaning (const JzArgument *self)
{
  return self->fact != NULL ? jz_text_get (&self->fact->meaning, jz_language_get_current ())
                            : g_dgettext (GETTEXT_PACKAGE, self->meaning);
}

static JzJson *
argument_to_json (const JzArgument *argument)
{
  static const char *const sources[] = {
    [JZ_OPTIONAL] = "optional", [JZ_REQUIRED] = "required", [JZ_PREPARED] = "prepared"
  };
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "name", argument->name);
  jz_json_set_text (json, "kind", get_kind_name (argument->kind));
  jz_json_set_text (json, "source", sources[argument->source]);
  jz_json_set_text (json, "meaning", jz_argument_get_meaning (argument));
  if (argument->max > 0)
    jz_json_set_integer (json, "max", argument->max);
  if (argument->words != NULL)
    jz_json_set_member (json, "words", split_words (argument->words));
  return json;
}

/**
 * jz_act_to_json:
 * @act: an act
 *
 * Returns: (transfer full): its description: `name`, `version`, `summary`, `scope`, `roles`,
 *   `proposer_roles`, `signed`, `inverse` or `final`, `arguments`
 */
JzJson *
jz_act_to_json (const JzAct *act)
{
  static const char *const scopes[] = {
    [JZ_SCOPE_BUREAU] = "bureau", [JZ_SCOPE_OPENS] = "opens a case", [JZ_SCOPE_CASE] = "case"
  };
  JzJson *json = jz_json_new_object ();
  JzJson *arguments = jz_json_new_array ();

  for (const JzArgument *argument = act->arguments; argument->name != NULL; argument++)
    jz_json_append (arguments, argument_to_json (argument));
  jz_json_set_text (json, "name", act->name);
  jz_json_set_integer (json, "version", act->version);
  jz_json_set_text (json, "summary", g_dgettext (GETTEXT_PACKAGE, act->summary));
  jz_json_set_text (json, "scope", scopes[act->scope]);
  jz_json_set_member (json, "roles", split_words (act->roles));
  if (act->proposer_roles != NULL)
    jz_json_set_member (json, "proposer_roles", split_words (act->proposer_roles));
  jz_json_set_boolean (json, "signed", (act->flags & JZ_ACT_SIGNED) != 0);
  if (act->inverse != NULL)
    jz_json_set_text (json, "inverse", act->inverse);
  else
    jz_json_set_boolean (json, "final", TRUE);
  jz_json_set_boolean (json, "by_do", (act->flags & JZ_ACT_OWN_MEANS) == 0);
  jz_json_set_member (json, "arguments", arguments);
  return json;
}

/**
 * jz_application_make_thing:
 * @self: what apply works on
 * @key: (out) (optional): the thing's row key, arrival × 256 + n
 *
 * Returns: (transfer full): the id of the next thing that the entry makes, `<store>-<seq>-<n>`
 */
char *
jz_application_make_thing (JzApplication *self, gint64 *key)
{
  g_assert (self->n_things < JZ_MAX_THINGS);
  self->n_things++;
  if (key != NULL)
    *key = self->record->arrival * (JZ_MAX_THINGS + 1) + self->n_things;
  return g_strdup_printf ("%s-%" G_GUINT64_FORMAT "-%d", self->record->entry->store,
                          self->record->entry->seq, self->n_things);
}

/**
 * jz_application_get_text:
 * @self: what apply works on
 * @name: an argument
 *
 * Returns: (transfer none): its text, empty when absent
 */
const char *
jz_application_get_text (const JzApplication *self, const char *name)
{
  const char *text = jz_json_get_member_text (self->args, name);
  return text != NULL ? text : "";
}

/**
 * jz_application_get_time:
 * @self: what apply works on
 * @text: (out): the entry's time
 *
 * Returns: (transfer none): @text
 */
const char *
jz_application_get_time (const JzApplication *self, char text[JZ_INSTANT_SIZE])
{
  jz_instant_format (self->record->entry->time, text);
  return text;
}
