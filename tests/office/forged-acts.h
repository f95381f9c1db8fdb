/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include <glib/gstdio.h>

#include "forge.h"
#include "office/checkpoints.h"
#include "office/founding.h"
#include "office/prepare.h"
#include "office/trust.h"

/* What one can do who understands the format, and what finds it: an altered program
 * that writes around the checks, and a journal that is written anew. Each forgery is named by its
 * kind and its place; where nothing inside the store can show it, a checkpoint that somebody else
 * kept does, and the test says that it is only that. */

typedef struct {
  gboolean is_unseen; /* verify finds nothing by itself */
  JzFaultKind kind;   /* else the first fault */
  char *place;
  const char *words;
  gboolean is_held; /* the newest checkpoint is asked as well */
  JzFaultKind held_kind;
  char *held_place;
} Verdict;

typedef struct {
  const char *name;
  void (*forge) (Forge *forge, Verdict *verdict);
} Forgery;

static TamperWorld world;

static void
verdict_clear (Verdict *verdict)
{
  g_free (verdict->place);
  g_free (verdict->held_place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

/* Placeholders of arguments, such as $OPEN for the id of the open case. */
static char *
fill_in (const char *text)
{
  static const char *const people[] = { "admin", "head", "handler", "other", "old-reviewer" };
  static const char *const names[] = { "$ADMIN", "$HEAD", "$HANDLER", "$OTHER", "$REVIEWER" };
  const struct {
    const char *name;
    const char *value;
  } things[] = {
    { "$OPEN", world.open_case },
    { "$CLOSED", world.closed_case },
    { "$ARCHIVED", world.archived_case },
    { "$DESTROYED", world.destroyed_case },
    { "$STORE", world.store },
  };
  GString *filled = g_string_new (text);

  if (text == NULL) {
    g_string_free (filled, TRUE);
    return NULL;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (things); i++)
    g_string_replace (filled, things[i].name, things[i].value, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++) {
    JzSession *signer = g_hash_table_lookup (world.signers, people[i]);
    g_string_replace (filled, names[i], jz_session_get_person (signer), 0);
  }
  return g_string_free (filled, FALSE);
}

/* Appends an entry whose case, arguments, actor and store may have placeholders. */
static void
append (Forge *forge, const ForgedEntry *entry)
{
  g_autofree char *case_id = fill_in (entry->case_id);
  g_autofree char *args = fill_in (entry->args);
  g_autofree char *payload = fill_in (entry->payload);
  g_autofree char *actor = fill_in (entry->actor);
  g_autofree char *batch = fill_in (entry->batch);
  ForgedEntry filled = *entry;

  filled.case_id = case_id;
  filled.args = args;
  filled.payload = payload;
  filled.actor = actor;
  filled.batch = batch;
  forge_append (forge, &filled);
}

static void
find (Verdict *verdict, JzFaultKind kind, const char *place, const char *words)
{
  verdict->kind = kind;
  verdict->place = g_strdup (place);
  verdict->words = words;
}

static void
hold (Verdict *verdict, JzFaultKind kind, const char *place)
{
  verdict->is_held = TRUE;
  verdict->held_kind = kind;
  verdict->held_place = g_strdup (place);
}

/* Nothing but a checkpoint from elsewhere finds it. */
static void
find_only_by_checkpoint (Verdict *verdict, JzFaultKind kind, const char *place)
{
  verdict->is_unseen = TRUE;
  hold (verdict, kind, place);
}

static char *
judge_alone (const char *path, const Verdict *verdict)
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
  const char *const against[] = { world.newest, NULL };
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
  g_autofree char *name = g_strdup_printf ("forged-%p", sample);
  g_auto (Forge) forge = { 0 };
  g_auto (Verdict) verdict = { 0 };
  g_autofree char *failure = NULL;

  forge_init (&forge, &world, name);
  forgery->forge (&forge, &verdict);
  forge_close (&forge);
  failure = judge_alone (forge.path, &verdict);
  if (failure == NULL)
    failure = judge_held (forge.path, &verdict);
  return failure != NULL ? g_strdup_printf ("%s: %s", forgery->name, failure) : NULL;
}

static void
run_forgeries (const Forgery *forgeries, gsize n)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (gsize i = 0; i < n; i++)
    g_ptr_array_add (samples, (gpointer)&forgeries[i]);
  tamper_run_all (samples, run_forgery, NULL);
}

/* One entry that an altered program wrote around a check. */
typedef struct {
  const char *name;
  ForgedEntry entry;
  int hours; /* after the last entry; 0 means a minute */
  gboolean is_right;
  JzFaultKind kind;
  const char *words;
} AlteredAct;

#define NOTE .act = "case.note", .case_id = "$OPEN"
#define BY_HANDLER .who = "handler", .role = "handler"
#define BY_ADMIN .who = "admin", .role = "administrator"
#define PERSON .act = "person.add", .case_id = "bureau", .args = "{'user':'new','name':'李某'}"
#define SETTING                                                                                    \
  .act = "setting.change", .case_id = "bureau", .args = "{'name':'bureau.code','value':'改'}"
#define ARCHIVE                                                                                    \
  .act = "case.archive", .case_id = "$CLOSED",                                                     \
  .args = "{'case':'$CLOSED','happened':'2025-01-03','class':'永久'}"
#define PASSWORD                                                                                   \
  .act = "password.change", .case_id = "bureau",                                                   \
  .args = "{'person_key':'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'}"
#define REVOKE .act = "certificate.revoke", .case_id = "bureau"
#define NO_HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const AlteredAct altered_acts[] = {
  /* What is right is found right: the forger's tools leave no trace of their own. */
  { "right note", { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'记'}" }, 0, TRUE },
  { "right signature", { SETTING, BY_ADMIN, .signed_by = "admin" }, 0, TRUE },
  { "right archiving",
    { ARCHIVE, .who = "archivist", .role = "archivist", .signed_by = "archivist" },
    0,
    TRUE },
  { "right confirmation of a clock",
    { .act = "clock.confirm",
      .case_id = "bureau",
      BY_ADMIN,
      .signed_by = "admin",
      .args = "{'reason':'时钟快了'}" },
    -24,
    TRUE },
  { "right confirmation of a long silence",
    { .act = "clock.confirm",
      .case_id = "bureau",
      BY_ADMIN,
      .signed_by = "admin",
      .args = "{'reason':'停用'}" },
    24 * 200,
    TRUE },
  /* persons and roles */
  { "role not held",
    { PERSON, .who = "handler", .role = "administrator" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-ROLE" },
  { "role that may not", { PERSON, BY_HANDLER }, 0, FALSE, JZ_FAULT_RULE, "J-ROLE" },
  { "role unknown", { PERSON, .who = "admin", .role = "king" }, 0, FALSE, JZ_FAULT_RULE, "J-ROLE" },
  { "role taken away with its holder",
    { NOTE, .who = "leaver", .role = "clerk", .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-PERSON" },
  { "nobody",
    { NOTE, BY_HANDLER, .actor = "$STORE-7-7", .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-PERSON" },
  { "setting of another role",
    { .act = "setting.change",
      .case_id = "bureau",
      BY_ADMIN,
      .signed_by = "admin",
      .args = "{'name':'take_over.until','value':'2026-12-31'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-ROLE" },
  { "duty without its role",
    { .act = "case.assign",
      .case_id = "$OPEN",
      BY_ADMIN,
      .args = "{'case':'$OPEN','person':'$REVIEWER','duty':'handler'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-ROLE" },
  /* signatures */
  { "responsibility without signature",
    { SETTING, BY_ADMIN },
    0,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  { "signature where none belongs",
    { NOTE, BY_HANDLER, .signed_by = "handler", .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  { "another person's signature",
    { SETTING, BY_ADMIN, .signed_by = "head" },
    0,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  { "revoked certificate",
    { ARCHIVE, .who = "other", .role = "handler", .signed_by = "other" },
    0,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  { "replaced certificate",
    { PASSWORD, .who = "old-reviewer", .role = "reviewer", .signed_by = "old-reviewer" },
    0,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  { "certificate of one who left",
    { PASSWORD, .who = "leaver", .role = "clerk", .signed_by = "leaver" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-PERSON" },
  { "certificate that ran out",
    { ARCHIVE, .who = "archivist", .role = "archivist", .signed_by = "archivist" },
    24 * 10,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "2025-01-10" },
  /* cases */
  { "archived case",
    { .act = "case.note",
      .case_id = "$ARCHIVED",
      BY_HANDLER,
      .args = "{'case':'$ARCHIVED','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-STAGE" },
  { "destroyed case",
    { .act = "case.note",
      .case_id = "$DESTROYED",
      BY_HANDLER,
      .args = "{'case':'$DESTROYED','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-CASE" },
  { "no case",
    { .act = "case.note",
      .case_id = "$STORE-7-7",
      BY_HANDLER,
      .args = "{'case':'$STORE-7-7','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-CASE" },
  { "other case than its arguments",
    { .act = "case.note",
      .case_id = "$CLOSED",
      BY_HANDLER,
      .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "another case" },
  { "case act under the bureau",
    { .act = "case.note", .case_id = "bureau", BY_HANDLER, .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "another case" },
  { "bureau act under a case",
    { .act = "person.add", .case_id = "$OPEN", BY_ADMIN, .args = "{'user':'new','name':'李某'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "another case" },
  { "new case under an old one's id",
    { .act = "case.open",
      .case_id = "$OPEN",
      BY_HANDLER,
      .args = "{'title':'己案','party':'张某','matter':'占道经营','found':'2025-01-02',"
              "'number':'某城-2025-000099'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "another case" },
  { "number given already",
    { .act = "case.open",
      BY_HANDLER,
      .args = "{'title':'己案','party':'张某','matter':'占道经营','found':'2025-01-02',"
              "'number':'某城-2025-000001'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-UNIQUE" },
  { "day in the future",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'记','happened':'2025-12-01'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-DATE" },
  /* time */
  { "time before the last entry",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'记'}" },
    -1,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "time" },
  { "time long after the last entry",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'记'}" },
    24 * 31,
    FALSE,
    JZ_FAULT_RULE,
    "J-CLOCK" },
  { "clock confirmed without signature",
    { .act = "clock.confirm", .case_id = "bureau", BY_ADMIN, .args = "{'reason':'时钟快了'}" },
    -24,
    FALSE,
    JZ_FAULT_SIGNATURE,
    "J-CERTIFICATE" },
  /* arguments and payload */
  { "unknown argument",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'记','more':'x'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "more" },
  { "missing argument",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "text" },
  { "missing object",
    { .act = "attachment.add",
      .case_id = "$OPEN",
      BY_HANDLER,
      .args = "{'case':'$OPEN','name':'x'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "object" },
  { "argument of another kind",
    { NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':7}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "text" },
  { "argument with a control character",
    { .act = "person.add",
      .case_id = "bureau",
      BY_ADMIN,
      .args = "{'user':'new','name':'a\\u0007b'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "name" },
  { "arguments of another kind",
    { NOTE, BY_HANDLER, .payload = "{'args':[]}" },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "no act writes" },
  { "payload that is a list",
    { NOTE, BY_HANDLER, .payload = "[]", .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "payload that is a text",
    { NOTE, BY_HANDLER, .payload = "\"args\"", .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "no arguments",
    { NOTE, BY_HANDLER, .payload = "{}" },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "payload" },
  { "more beside the arguments",
    { NOTE, BY_HANDLER, .payload = "{'args':{'case':'$OPEN','text':'记'},'more':1}" },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "no act writes" },
  { "payload not canonical",
    { NOTE, BY_HANDLER, .payload = "{\"args\": {\"case\":\"$OPEN\",\"text\":\"x\"}}",
      .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "payload twice named",
    { NOTE, BY_HANDLER, .payload = "{\"args\":{\"case\":\"$OPEN\",\"text\":\"x\",\"text\":\"y\"}}",
      .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "payload with a fraction",
    { NOTE, BY_HANDLER, .payload = "{\"args\":{\"case\":\"$OPEN\",\"text\":1.5}}", .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "payload that is no JSON",
    { NOTE, BY_HANDLER, .payload = "记", .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  { "empty payload",
    { NOTE, BY_HANDLER, .payload = "", .is_raw = TRUE },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "canonical" },
  /* acts */
  { "act unknown",
    { .act = "case.forge", .case_id = "bureau", BY_ADMIN, .args = "{}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "case.forge" },
  { "proposal of what needs none",
    { .act = "case.note.propose",
      .case_id = "$OPEN",
      BY_HANDLER,
      .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "case.note.propose" },
  { "version of an act unknown",
    { NOTE, BY_HANDLER, .version = 2, .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "version 2" },
  { "batch of others",
    { NOTE, BY_HANDLER, .batch = "$STORE-2", .args = "{'case':'$OPEN','text':'记'}" },
    0,
    FALSE,
    JZ_FAULT_STRUCTURE,
    "batch" },
  /* two signers */
  { "no proposal",
    { REVOKE, .who = "head", .role = "head", .signed_by = "head",
      .args = "{'person':'$REVIEWER','reason':'遗失'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-TWO" },
  { "proposal that is none",
    { REVOKE, .who = "head", .role = "head", .signed_by = "head",
      .args = "{'person':'$REVIEWER','proposal':'" NO_HASH "','reason':'遗失'}" },
    0,
    FALSE,
    JZ_FAULT_RULE,
    "J-TWO" },
};

static char *
run_altered_act (gpointer sample, gpointer data)
{
  const AlteredAct *act = sample;
  g_autofree char *name = g_strdup_printf ("act-%p", sample);
  g_auto (Forge) forge = { 0 };
  g_auto (Verdict) verdict = { .is_unseen = act->is_right };
  g_autofree char *failure = NULL;

  forge_init (&forge, &world, name);
  if (act->hours != 0)
    forge.now = jz_clock_now (world.office.clock) + act->hours * (gint64)(60 * 60 * 1000);
  append (&forge, &act->entry);
  forge_close (&forge);
  find (&verdict, act->kind, forge.last, act->words);
  failure = judge_alone (forge.path, &verdict);
  return failure != NULL ? g_strdup_printf ("%s: %s", act->name, failure) : NULL;
}

static void
test_altered_program (void)
{
  g_autoptr (GPtrArray) samples = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (altered_acts); i++)
    g_ptr_array_add (samples, (gpointer)&altered_acts[i]);
  tamper_run_all (samples, run_altered_act, NULL);
}

static void
propose_revoking (Forge *forge)
{
  append (forge, &(ForgedEntry){ .act = "certificate.revoke.propose",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = "{'person':'$REVIEWER','reason':'遗失'}" });
}

/* As the head, unless another is named. */
static void
confirm_revoking (Forge *forge, const char *who, const char *person, const char *proposal)
{
  g_autofree char *args =
    g_strdup_printf ("{'person':'%s','proposal':'%s','reason':'遗失'}", person, proposal);

  append (forge,
          &(ForgedEntry){ REVOKE, .who = who, .role = "head", .signed_by = who, .args = args });
}

static void
forge_right_proposal (Forge *forge, Verdict *verdict)
{
  propose_revoking (forge);
  confirm_revoking (forge, "head", "$REVIEWER", forge->last_hash);
  verdict->is_unseen = TRUE;
}

static void
forge_other_arguments (Forge *forge, Verdict *verdict)
{
  propose_revoking (forge);
  confirm_revoking (forge, "head", "$HANDLER", forge->last_hash);
  find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

static void
forge_old_proposal (Forge *forge, Verdict *verdict)
{
  propose_revoking (forge);
  forge->now += JZ_PROPOSAL_LIFE_MS + 1;
  confirm_revoking (forge, "head", "$REVIEWER", forge->last_hash);
  find (verdict, JZ_FAULT_RULE, forge->last, "seven days");
}

static void
forge_used_proposal (Forge *forge, Verdict *verdict)
{
  g_autofree char *proposal = NULL;

  propose_revoking (forge);
  proposal = g_strdup (forge->last_hash);
  confirm_revoking (forge, "head", "$REVIEWER", proposal);
  confirm_revoking (forge, "head", "$REVIEWER", proposal);
  find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

/* The administrator is made head by two, rightly; then confirms what he proposed himself. */
static void
forge_same_person (Forge *forge, Verdict *verdict)
{
  g_autofree char *args = NULL;

  append (forge, &(ForgedEntry){ .act = "role.grant.propose",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = "{'person':'$ADMIN','role':'head'}" });
  args = g_strdup_printf ("{'person':'$ADMIN','proposal':'%s','role':'head'}", forge->last_hash);
  append (forge, &(ForgedEntry){ .act = "role.grant",
                                 .case_id = "bureau",
                                 .who = "head",
                                 .role = "head",
                                 .signed_by = "head",
                                 .args = args });
  propose_revoking (forge);
  confirm_revoking (forge, "admin", "$REVIEWER", forge->last_hash);
  find (verdict, JZ_FAULT_RULE, forge->last, "yourself");
}

static void
forge_proposal_of_another_act (Forge *forge, Verdict *verdict)
{
  append (forge, &(ForgedEntry){ .act = "role.grant.propose",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = "{'person':'$REVIEWER','role':'head'}" });
  confirm_revoking (forge, "head", "$REVIEWER", forge->last_hash);
  find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

/* Both roles are given rightly; it is the case in which they may not meet. */
static void
forge_duties_that_exclude_each_other (Forge *forge, Verdict *verdict)
{
  append (forge, &(ForgedEntry){ .act = "role.grant",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = "{'person':'$HANDLER','role':'reviewer'}" });
  append (forge,
          &(ForgedEntry){ .act = "case.assign",
                          .case_id = "$OPEN",
                          BY_ADMIN,
                          .args = "{'case':'$OPEN','duty':'reviewer','person':'$HANDLER'}" });
  find (verdict, JZ_FAULT_RULE, forge->last, "J-SEPARATION");
}

static void
forge_rulebook (Forge *forge, Verdict *verdict)
{
  JzHash hash;

  jz_hash_of ("rulebook", 8, &hash);
  append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .rulebook = &hash,
                                 .args = "{'case':'$OPEN','text':'记'}" });
  find (verdict, JZ_FAULT_RULE, forge->last, "rulebook");
}

static char *
get_earlier_store (void)
{
  g_autoptr (GBytes) note = tamper_file_read (world.earlier);
  const char *data = g_bytes_get_data (note, NULL);

  return g_strndup (data + strlen ("juanzong/"), JZ_STORE_ID_SIZE - 1);
}

/* A copy that goes on as if it were the store that it was copied from. */
static void
forge_given_up_id (Forge *forge, Verdict *verdict)
{
  g_autofree char *earlier = get_earlier_store ();

  append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .store = earlier,
                                 .args = "{'case':'$OPEN','text':'记'}" });
  find (verdict, JZ_FAULT_RULE, forge->last, "given up");
}

static void
forge_store_without_beginning (Forge *forge, Verdict *verdict)
{
  append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .store = "0123456789abcdef",
                                 .args = "{'case':'$OPEN','text':'记'}" });
  find (verdict, JZ_FAULT_RULE, forge->last, "J-BEGIN");
}

/* Two who may destroy do so with a case that may not be; a program that checks would not let them.
 * The payloads are gone with it. Returns the id of the proposal. */
static char *
destroy (Forge *forge, const char *case_id)
{
  g_autofree char *id = fill_in (case_id);
  g_autofree char *entries = tamper_get (
    jz_connection_get_handle (forge->connection),
    "SELECT '[' || group_concat ('''' || store || '-' || seq || '''') || ']' FROM (SELECT store, "
    "seq FROM entry WHERE case_id = '%s' AND act NOT LIKE 'case.destroy%%' ORDER BY arrival)",
    id);
  g_autofree char *number = tamper_get (jz_connection_get_handle (forge->connection),
                                        "SELECT number FROM case_file WHERE id = '%s'", id);
  g_autofree char *begin = g_strdup_printf (
    "{'case':'%s','class':'短期','documents':[],'entries':%s,'figures':{},'number':'%s',", id,
    entries, number);
  g_autofree char *first = g_strconcat (begin, "'reason':'到期'}", NULL);
  g_autofree char *second = NULL;
  char *proposal;

  append (forge, &(ForgedEntry){ .act = "case.destroy.propose",
                                 .case_id = id,
                                 .who = "archivist",
                                 .role = "archivist",
                                 .signed_by = "archivist",
                                 .args = first });
  proposal = g_strdup (forge->last);
  second = g_strdup_printf ("%s'proposal':'%s','reason':'到期'}", begin, forge->last_hash);
  append (forge, &(ForgedEntry){ .act = "case.destroy",
                                 .case_id = id,
                                 .who = "head",
                                 .role = "head",
                                 .signed_by = "head",
                                 .args = second });
  tamper_run (jz_connection_get_handle (forge->connection), "DELETE FROM owed");
  return proposal;
}

static void
forge_destruction_of_a_closed_case (Forge *forge, Verdict *verdict)
{
  g_autofree char *proposal = destroy (forge, "$CLOSED");

  find (verdict, JZ_FAULT_RULE, proposal, "never archived");
}

/* Somebody who has no key takes a payload away and a destruction that nobody signed explains it. */
static void
forge_destruction_without_signature (Forge *forge, Verdict *verdict)
{
  g_autofree char *args = g_strdup_printf (
    "{'case':'$OPEN','class':'短期','documents':[],'entries':['%s-%" G_GINT64_FORMAT
    "'],'figures':{},'number':'某城-2025-000001','reason':'到期'}",
    world.store, world.last_seq);
  sqlite3 *handle = jz_connection_get_handle (forge->connection);
  char *triggers;

  append (forge, &(ForgedEntry){ .act = "case.destroy",
                                 .case_id = "$OPEN",
                                 .who = "head",
                                 .role = "head",
                                 .args = args,
                                 .is_unapplied = TRUE });
  triggers = tamper_take_triggers (handle);
  tamper_run (handle, "DELETE FROM payload WHERE entry = (SELECT max (arrival) - 1 FROM entry)");
  tamper_give_triggers (handle, triggers);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "J-CERTIFICATE");
}

/* The @nth attachment by its size. */
static void
get_attachment (Forge *forge, guint nth, char **object, char **size, char **list)
{
  sqlite3 *handle = jz_connection_get_handle (forge->connection);

  *object = tamper_get (
    handle, "SELECT lower (hex (object)) FROM attachment ORDER BY size LIMIT 1 OFFSET %u", nth);
  *size = tamper_get (handle, "SELECT size FROM attachment ORDER BY size LIMIT 1 OFFSET %u", nth);
  *list = tamper_get (
    handle, "SELECT lower (hex (chunks)) FROM attachment ORDER BY size LIMIT 1 OFFSET %u", nth);
}

static void
forge_size_of_object (Forge *forge, Verdict *verdict)
{
  g_autofree char *object = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  g_autofree char *args = NULL;

  get_attachment (forge, 0, &object, &size, &list);
  args = g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'object':'%s','size':%s0}}", object,
                          size);
  append (forge,
          &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  find (verdict, JZ_FAULT_OBJECT, forge->last, "not as large");
}

static void
forge_object_that_is_not_there (Forge *forge, Verdict *verdict)
{
  append (forge, &(ForgedEntry){ .act = "attachment.add",
                                 .case_id = "$OPEN",
                                 BY_HANDLER,
                                 .args = "{'case':'$OPEN','name':'x','object':{'object':'" NO_HASH
                                         "','size':5}}" });
  find (verdict, JZ_FAULT_OBJECT, NO_HASH, "missing");
}
