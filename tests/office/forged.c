/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forged.h"

#include <string.h>

#include "office/checkpoints.h"

TamperWorld forged_world;

void
verdict_clear (Verdict *verdict)
{
  g_free (verdict->place);
  g_free (verdict->held_place);
}

char *
forged_fill_in (const char *text)
{
  static const char *const people[] = { "admin", "head", "handler", "other", "old-reviewer" };
  static const char *const names[] = { "$ADMIN", "$HEAD", "$HANDLER", "$OTHER", "$REVIEWER" };
  const struct {
    const char *name;
    const char *value;
  } things[] = {
    { "$OPEN", forged_world.open_case },
    { "$CLOSED", forged_world.closed_case },
    { "$ARCHIVED", forged_world.archived_case },
    { "$DESTROYED", forged_world.destroyed_case },
    { "$STORE", forged_world.store },
  };
  GString *filled = g_string_new (text);

  if (text == NULL) {
    g_string_free (filled, TRUE);
    return NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    g_string_replace (filled, things[i].name, things[i].value, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    JzSession *signer = g_hash_table_lookup (forged_world.signers, people[i]);
    g_string_replace (filled, names[i], jz_session_get_person (signer), 0);
  }
  return g_string_free (filled, FALSE);
}

void
forged_append (Forge *forge, const ForgedEntry *entry)
{
  g_autofree char *case_id = forged_fill_in (entry->case_id);
  g_autofree char *args = forged_fill_in (entry->args);
  g_autofree char *payload = forged_fill_in (entry->payload);
  g_autofree char *actor = forged_fill_in (entry->actor);
  g_autofree char *batch = forged_fill_in (entry->batch);
  ForgedEntry filled = *entry;

  filled.case_id = case_id;
  filled.args = args;
  filled.payload = payload;
  filled.actor = actor;
  filled.batch = batch;
  forge_append (forge, &filled);
}

void
forged_find (Verdict *verdict, JzFaultKind kind, const char *place, const char *words)
{
  verdict->kind = kind;
  verdict->place = g_strdup (place);
  verdict->words = words;
}

void
forged_hold (Verdict *verdict, JzFaultKind kind, const char *place)
{
  verdict->is_held = TRUE;
  verdict->held_kind = kind;
  verdict->held_place = g_strdup (place);
}

void
forged_find_by_checkpoint (Verdict *verdict, JzFaultKind kind, const char *place)
{
  verdict->is_unseen = TRUE;
  forged_hold (verdict, kind, place);
}

char *
forged_judge (const char *path, const Verdict *verdict)
{
  g_autofree char *failure = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JzReport) report = tamper_look (path, NULL, TRUE, &failure);
  const JzFault *first;

  if (report == NULL)
    return g_steal_pointer (&failure);
  text = tamper_describe (report);
  if (verdict->is_unseen)
    return report->faults->len == 0 ? NULL : g_strdup_printf ("nothing should be found:%s", text);
  if (report->faults->len == 0)
    return g_strdup ("not found");
  first = g_ptr_array_index (report->faults, 0);
  if (first->kind == verdict->kind && g_strcmp0 (first->place, verdict->place) == 0 &&
      strstr (first->sentence, verdict->words) != NULL)
    return NULL;
  return g_strdup_printf ("%s [%s] “%s” should be the first:%s",
                          jz_fault_kind_get_name (verdict->kind), verdict->place, verdict->words,
                          text);
}

static char *
judge_held (const char *path, const Verdict *verdict)
{
  const char *const against[] = { forged_world.newest, NULL };
  g_autofree char *failure = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JzReport) report =
    verdict->is_held ? tamper_look (path, against, FALSE, &failure) : NULL;

  if (!verdict->is_held || report == NULL)
    return g_steal_pointer (&failure);
  if (tamper_has (report, (int)verdict->held_kind, verdict->held_place) &&
      (!verdict->is_unseen || report->faults->len == 1))
    return NULL;
  text = tamper_describe (report);
  return g_strdup_printf ("the checkpoint should show %s [%s]:%s",
                          jz_fault_kind_get_name (verdict->held_kind), verdict->held_place, text);
}

static char *
run_forgery (gpointer sample, gpointer data)
{
  const Forgery *forgery = sample;
  g_auto (Forge) forge = { 0 };
  g_auto (Verdict) verdict = { 0 };
  g_autofree char *failure = NULL;

  forge_init (&forge, &forged_world);
  forgery->forge (&forge, &verdict);
  forge_close (&forge);
  failure = forged_judge (forge.path, &verdict);
  if (failure == NULL)
    failure = judge_held (forge.path, &verdict);
  return failure != NULL ? g_strdup_printf ("%s: %s", forgery->name, failure) : NULL;
}

void
forged_run (const Forgery *forgeries, gsize n)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (samples, (gpointer)&forgeries[i]);
  tamper_run_all (samples, run_forgery, NULL);
}

char *
forged_get_earlier_store (void)
{
  g_autoptr (GBytes) note = tamper_file_read (forged_world.earlier);
  const char *data = g_bytes_get_data (note, NULL);

  return g_strndup (data + strlen ("juanzong/"), JZ_STORE_ID_SIZE - 1);
}

int
forged_main (int argc, char **argv, const ForgedTest *tests, gsize n_tests)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < n_tests; i++)
    g_test_add_func (tests[i].path, tests[i].run);
  tamper_world_init (&forged_world);
  status = g_test_run ();
  tamper_world_clear (&forged_world);
  return status;
}
