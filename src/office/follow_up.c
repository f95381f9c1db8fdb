/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/destruction.h"
#include "office/office-private.h"
#include "office/sweep.h"
#include "office/taken.h"
#include "store/error.h"

/* What follows an act that is done: payloads of a destroyed case leave the disk, a key file that
 * nobody uses any more goes, the store is at home here. None of it may turn the act into a failure,
 * and none of it may keep anybody from opening the store: what cannot be done now is told in a
 * sentence and tried again whenever the store is opened. */

static char *
warn_of_destruction (const GError *error)
{
  if (g_error_matches (error, JZ_STORE_ERROR, JZ_STORE_ERROR_BUSY))
    return g_strdup (error->message);
  return g_strdup_printf (
    _ ("The last traces of a destroyed case could not be removed yet; that is "
       "tried again whenever the store is opened. %s"),
    error->message);
}

static char *
warn_of_sweep (const GError *error)
{
  return g_strdup_printf (
    _ ("Files that are of no use any more could not be removed; that is tried "
       "again whenever the store is opened. %s"),
    error->message);
}

static void
settle (JzOffice *self, JzActOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (jz_store_settle_here (self->store, &error))
    return;
  sentence = g_strdup_printf (_ ("The act is done, but it could not be noted that the store lies "
                                 "here now, so that the administrator must perform store.moved "
                                 "before anything else. %s"),
                              error->message);
  jz_act_outcome_add_warning (outcome, sentence);
}

static void
clean_up (JzOffice *self, JzActOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (jz_destruction_clean_up (self->store, &error))
    return;
  sentence = warn_of_destruction (error);
  jz_act_outcome_add_warning (outcome, sentence);
}

static void
sweep (JzOffice *self, JzActOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  if (jz_sweep (self->store, &error))
    return;
  sentence = warn_of_sweep (error);
  jz_act_outcome_add_warning (outcome, sentence);
}

/**
 * jz_office_follow_up:
 * @self: an office open for writing
 * @act: the act that is done, by its name
 * @outcome: its outcome; gets a warning for what could not be done
 *
 * Does what only a finished transaction allows.
 */
void
jz_office_follow_up (JzOffice *self, const char *act, JzActOutcome *outcome)
{
  gboolean is_copied = strcmp (act, "store.copied") == 0;

  jz_office_drop_notes (self);
  if (strcmp (act, "case.destroy") == 0)
    clean_up (self, outcome);
  if (is_copied || strcmp (act, "store.moved") == 0)
    settle (self, outcome);
  if (is_copied || g_str_has_prefix (act, "certificate.") ||
      g_str_has_suffix (act, "password.change") || strcmp (act, "person.leave") == 0)
    sweep (self, outcome);
}

/* Damage stops here: a store that is not what was written must not be written to. */
static gboolean
keep_warning (JzOffice *self, char *(*warn) (const GError *error), GError *failure, GError **error)
{
  if (g_error_matches (failure, JZ_STORE_ERROR, JZ_STORE_ERROR_DAMAGED)) {
    g_propagate_error (error, failure);
    return FALSE;
  }
  g_ptr_array_add (self->warnings, warn (failure));
  g_error_free (failure);
  return TRUE;
}

/**
 * jz_office_finish_what_is_owed:
 * @self: an office open for writing
 * @error: return location
 *
 * Does what an interrupted program, or one that could not do it, left to be done. What cannot be
 * done now either becomes a warning of the office.
 *
 * Returns: %FALSE only for %JZ_STORE_ERROR_DAMAGED
 */
gboolean
jz_office_finish_what_is_owed (JzOffice *self, GError **error)
{
  GError *local = NULL;

  if (!jz_destruction_clean_up (self->store, &local) &&
      !keep_warning (self, warn_of_destruction, local, error))
    return FALSE;
  local = NULL;
  return (jz_sweep (self->store, &local) && jz_office_sweep_left (self, &local)) ||
         keep_warning (self, warn_of_sweep, local, error);
}
