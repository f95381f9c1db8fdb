/* SPDX-License-Identifier: GPL-3.0-or-later */
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

/* The object is one, its list of partial checksums that of another of as many pieces. */
static void
forge_list_of_another_object (Forge *forge, Verdict *verdict)
{
  g_autofree char *object = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  g_autofree char *other = NULL;
  g_autofree char *other_size = NULL;
  g_autofree char *other_list = NULL;
  g_autofree char *args = NULL;
  g_autofree char *attachment = NULL;

  get_attachment (forge, 1, &object, &size, &list);
  get_attachment (forge, 2, &other, &other_size, &other_list);
  g_assert_cmpstr (other_list, !=, list);
  args =
    g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'chunks':'%s','object':'%s','size':%s}}",
                     other_list, object, size);
  append (forge,
          &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  attachment = g_strconcat (forge->last, "-1", NULL);
  find (verdict, JZ_FAULT_OBJECT, attachment, "that of another file");
}

static void
test_altered_program_in_steps (void)
{
  static const Forgery forgeries[] = {
    { "right proposal", forge_right_proposal },
    { "other arguments than proposed", forge_other_arguments },
    { "proposal of eight days ago", forge_old_proposal },
    { "proposal carried out already", forge_used_proposal },
    { "one's own proposal", forge_same_person },
    { "proposal of another act", forge_proposal_of_another_act },
    { "duties that exclude each other", forge_duties_that_exclude_each_other },
    { "rulebook that nobody adopted", forge_rulebook },
    { "store id given up", forge_given_up_id },
    { "store without beginning", forge_store_without_beginning },
    { "closed case destroyed", forge_destruction_of_a_closed_case },
    { "destruction without signature", forge_destruction_without_signature },
    { "size of an object", forge_size_of_object },
    { "object that is not there", forge_object_that_is_not_there },
    { "list of another object", forge_list_of_another_object },
  };

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* Certificates and who issued them. */

typedef struct {
  JzKey *ca_key;
  JzCertificate *ca;
  JzKey *key;
  JzCertificate *certificate;
} Issued;

static void
issued_clear (Issued *issued)
{
  g_clear_pointer (&issued->ca_key, jz_key_unref);
  g_clear_pointer (&issued->ca, jz_certificate_unref);
  g_clear_pointer (&issued->key, jz_key_unref);
  g_clear_pointer (&issued->certificate, jz_certificate_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Issued, issued_clear)

static void
open_true_ca (Forge *forge, Issued *issued)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (jz_trust_open_ca (store, forge->connection, TEST_CA_PASSWORD, &issued->ca_key,
                                   &issued->ca, &error));
  g_assert_no_error (error);
}

static void
make_false_ca (Issued *issued, JzInstant now)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (world.store, "-ca", NULL);

  issued->ca_key = jz_key_generate (&error);
  g_assert_no_error (error);
  issued->ca = jz_certificate_issue (issued->ca_key, name, issued->ca_key, NULL, now, &error);
  g_assert_no_error (error);
}

/* Puts a certificate beside the others and returns how an act names it. */
static char *
put (Forge *forge, JzCertificate *certificate)
{
  GBytes *der = jz_certificate_get_der (certificate);
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);
  char hex[JZ_HASH_HEX_SIZE];
  JzObject object;

  g_assert_no_error (error);
  g_assert_true (jz_objects_put_bytes (jz_store_get_objects (store), der, &object, &error));
  g_assert_no_error (error);
  jz_hash_to_hex (&object.hash, hex);
  return g_strdup_printf ("{'object':'%s','size':%" G_GUINT64_FORMAT "}", hex, object.size);
}

static void
issue (Forge *forge, Issued *issued, const char *common_name)
{
  g_autofree char *name = fill_in (common_name);
  g_autoptr (GError) error = NULL;

  issued->key = jz_key_generate (&error);
  g_assert_no_error (error);
  issued->certificate =
    jz_certificate_issue (issued->key, name, issued->ca_key, issued->ca, forge->now, &error);
  g_assert_no_error (error);
}

/* By the administrator and the head, as it must be. The key files are those that the person has. */
static void
bring_into_force (Forge *forge, JzCertificate *certificate)
{
  g_autofree char *object = put (forge, certificate);
  g_autofree char *person = fill_in ("$REVIEWER");
  sqlite3 *handle = jz_connection_get_handle (forge->connection);
  g_autofree char *key = tamper_get (
    handle, "SELECT lower (hex (hash)) FROM key_file WHERE owner = '%s' AND kind = 'person'",
    person);
  g_autofree char *store_key = tamper_get (
    handle, "SELECT lower (hex (hash)) FROM key_file WHERE owner = '%s' AND kind = 'store'",
    person);
  g_autofree char *begin =
    g_strdup_printf ("{'certificate':%s,'person':'%s','person_key':'%s',", object, person, key);
  g_autofree char *end =
    g_strdup_printf ("'reason':'replaced','store_key':'%s','valid_to':'2029-01-01'}", store_key);
  g_autofree char *proposed = g_strconcat (begin, end, NULL);
  g_autofree char *confirmed = NULL;

  append (forge, &(ForgedEntry){ .act = "certificate.issue.propose",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .args = proposed });
  confirmed = g_strdup_printf ("%s'proposal':'%s',%s", begin, forge->last_hash, end);
  append (forge, &(ForgedEntry){ .act = "certificate.issue",
                                 .case_id = "bureau",
                                 .who = "head",
                                 .role = "head",
                                 .signed_by = "head",
                                 .args = confirmed });
}

static void
forge_right_certificate (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$REVIEWER");
  bring_into_force (forge, issued.certificate);
  verdict->is_unseen = TRUE;
}

static void
forge_certificate_of_false_ca (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  issue (forge, &issued, "$REVIEWER");
  bring_into_force (forge, issued.certificate);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_of_another_name (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$HANDLER");
  bring_into_force (forge, issued.certificate);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

static void
forge_certificate_that_is_the_ca (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  bring_into_force (forge, issued.ca);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

/* The bureau's own key made it, but no act of two brought it into force. */
static void
forge_certificate_never_issued (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };
  g_autofree char *object = NULL;

  open_true_ca (forge, &issued);
  issue (forge, &issued, "$ADMIN");
  object = put (forge, issued.certificate);
  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                 .certificate = issued.certificate });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "J-CERTIFICATE");
}

static void
forge_certificate_that_nobody_has (Forge *forge, Verdict *verdict)
{
  g_auto (Issued) issued = { NULL };

  make_false_ca (&issued, forge->now);
  issue (forge, &issued, "$ADMIN");
  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = issued.key,
                                 .certificate = issued.certificate });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "missing");
}

/* A key that does not belong to the certificate that the entry names. */
static void
forge_signature_by_another_key (Forge *forge, Verdict *verdict)
{
  JzSession *admin = forge_get_signer (forge, "admin");
  JzSession *head = forge_get_signer (forge, "head");

  append (forge, &(ForgedEntry){ SETTING, BY_ADMIN, .key = jz_session_get_key (head),
                                 .certificate = jz_session_get_certificate (admin) });
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "does not belong to this entry");
}

/* Goes on under a new store id; @is_false puts a certificate in that the bureau did not issue. */
static void
copy_store (Forge *forge, const char *new_id, gboolean is_false)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = jz_json_new_object ();
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);
  g_auto (Issued) issued = { NULL };
  g_autoptr (JzKey) store_key = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  jz_json_set_text (args, "reason", "另立");
  g_assert_true (jz_fill_successor (store, forge->connection, new_id, TEST_CA_PASSWORD, forge->now,
                                    args, &store_key, &error));
  g_assert_no_error (error);
  if (is_false) {
    g_autofree char *object = NULL;
    make_false_ca (&issued, forge->now);
    issue (forge, &issued, new_id);
    object = put (forge, issued.certificate);
    jz_json_set_member (args, "store_certificate", test_json (object));
  }
  text = jz_json_to_canonical (args, NULL);
  append (forge, &(ForgedEntry){ .act = "store.copied",
                                 .case_id = "bureau",
                                 BY_ADMIN,
                                 .signed_by = "admin",
                                 .store = new_id,
                                 .args = text });
}

static void
forge_right_copy (Forge *forge, Verdict *verdict)
{
  copy_store (forge, "0123456789abcdef", FALSE);
  verdict->is_unseen = TRUE;
}

static void
forge_store_certificate_of_false_ca (Forge *forge, Verdict *verdict)
{
  copy_store (forge, "0123456789abcdef", TRUE);
  find (verdict, JZ_FAULT_SIGNATURE, forge->last, "not issued by the bureau");
}

/* Somebody without any key founds a store of his own at the end of ours, with a bureau's key that
 * is his, and would be its administrator from then on. */
static void
forge_second_founding (Forge *forge, Verdict *verdict)
{
  static const char new_id[] = "0123456789abcdef";
  g_auto (Issued) person = { NULL };
  g_auto (Issued) store = { NULL };
  g_autofree char *ca = NULL;
  g_autofree char *certificate = NULL;
  g_autofree char *store_certificate = NULL;
  g_autofree char *args = NULL;

  make_false_ca (&person, forge->now);
  issue (forge, &person, "0123456789abcdef-1-1");
  store.ca_key = jz_key_ref (person.ca_key);
  store.ca = jz_certificate_ref (person.ca);
  issue (forge, &store, new_id);
  ca = put (forge, person.ca);
  certificate = put (forge, person.certificate);
  store_certificate = put (forge, store.certificate);
  args = g_strdup_printf (
    "{'bureau':'某局','ca':%s,'ca_key':'" NO_HASH "','certificate':%s,'name':'李某','person_key':"
    "'10112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','store_certificate':%s,"
    "'store_key':'20112233445566778899aabbccddeeff00112233445566778899aabbccddeeff','user':'"
    "intruder',"
    "'valid_to':'2029-01-01'}",
    ca, certificate, store_certificate);
  append (forge, &(ForgedEntry){ .act = "store.init",
                                 .case_id = "bureau",
                                 .actor = "0123456789abcdef-1-1",
                                 .role = "administrator",
                                 .store = new_id,
                                 .key = person.key,
                                 .certificate = person.certificate,
                                 .args = args });
  find (verdict, JZ_FAULT_RULE, forge->last, "founded once");
}

static void
test_certificates (void)
{
  static const Forgery forgeries[] = {
    { "right certificate", forge_right_certificate },
    { "certificate of a false CA", forge_certificate_of_false_ca },
    { "certificate of another name", forge_certificate_of_another_name },
    { "certificate that is a CA", forge_certificate_that_is_the_ca },
    { "certificate never issued", forge_certificate_never_issued },
    { "certificate that nobody has", forge_certificate_that_nobody_has },
    { "signature by another key", forge_signature_by_another_key },
    { "right copy", forge_right_copy },
    { "store certificate of a false CA", forge_store_certificate_of_false_ca },
    { "second founding", forge_second_founding },
  };

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* What was signed while a certificate was good stays good when it is revoked, replaced or closed.
 */
static void
test_old_signatures (void)
{
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = tamper_look (world.path, NULL, FALSE, &failure);
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *n_signed = tamper_get (handle, "SELECT count (*) FROM entry WHERE length (sig)");
  g_autofree char *n_ended =
    tamper_get (handle, "SELECT count (DISTINCT cert) FROM entry JOIN certificate ON cert = "
                        "certificate.hash WHERE closed > 0");

  tamper_close (handle);
  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_cmpuint (report->n_signatures, ==, g_ascii_strtoull (n_signed, NULL, 10));
  g_assert_cmpint (g_ascii_strtoll (n_ended, NULL, 10), >=, 4);
}

/* The journal written anew. */

/* The last entries are notes that nobody signed. */
#define N_TAIL 20

static JzRecord *
get_record (GPtrArray *records, guint from_end)
{
  return g_ptr_array_index (records, records->len - 1 - from_end);
}

static char *
get_id (GPtrArray *records, guint from_end)
{
  return jz_entry_get_id (get_record (records, from_end)->entry);
}

static char *
get_newest_place (void)
{
  return g_strdup_printf ("checkpoint %s %" G_GINT64_FORMAT, world.store, world.last_seq);
}

static char *
get_last_id (void)
{
  return g_strdup_printf ("%s-%" G_GINT64_FORMAT, world.store, world.last_seq);
}

static void
swap (GPtrArray *records, guint from_end)
{
  gpointer *place = &records->pdata[records->len - 1 - from_end];
  gpointer other = place[1];

  place[1] = place[0];
  place[0] = other;
}

static void
forge_nothing (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  forge_write (forge, records, records->len - N_TAIL, NULL);
  verdict->is_unseen = TRUE;
}

static void
forge_last_removed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_set_size (records, (gint)records->len - 1);
  forge_write_unchained (forge, records);
  forge_forget_checkpoints (forge, world.last_seq - 1);
  find_only_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

static void
forge_last_removed_but_not_its_checkpoint (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_set_size (records, (gint)records->len - 1);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_LOST, last, "not here");
  hold (verdict, JZ_FAULT_LOST, last);
}

static void
forge_middle_removed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *next = get_id (records, 6);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, next, "number");
}

static void
forge_middle_removed_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *last = get_last_id ();

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_LOST, last);
}

/* Removed, and another one put at the end so that the number is right. */
static void
forge_middle_replaced_at_the_end (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  g_ptr_array_remove_index (records, records->len - 1 - 7);
  forge_write (forge, records, records->len - 7, NULL);
  append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'补一笔'}" });
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_swapped (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *first = get_id (records, 6);

  swap (records, 7);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, first, "number");
}

static void
forge_swapped_and_chained (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  swap (records, 7);
  forge_write (forge, records, records->len - 8, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_numbered_anew (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  for (guint i = 0; i < 5; i++) {
    JzRecord *record = get_record (records, i);
    record->entry->seq++;
    jz_entry_get_hash (record->entry, &record->hash);
  }
  forge_write_unchained (forge, records);
  g_free (forge->last);
  forge->last = get_id (records, 4);
  find (verdict, JZ_FAULT_STRUCTURE, forge->last, "number");
}

/* A note is changed, and every hash and chain behind it. */
static void
change_note (GPtrArray *records, guint from_end)
{
  g_autofree char *payload =
    fill_in ("{\"args\":{\"case\":\"$OPEN\",\"happened\":\"2025-01-02\",\"text\":\"改过\"}}");

  forge_set_payload (get_record (records, from_end), payload);
}

static void
forge_payload_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *id = get_id (records, 9);

  change_note (records, 9);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, id, "payload");
}

static void
forge_payload_and_hash_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  JzRecord *record = get_record (records, 9);
  g_autofree char *next = get_id (records, 8);

  change_note (records, 9);
  jz_payload_hash (g_bytes_get_data (record->salt, NULL), record->payload, strlen (record->payload),
                   &record->entry->payload_hash);
  jz_entry_get_hash (record->entry, &record->hash);
  forge_write_unchained (forge, records);
  find (verdict, JZ_FAULT_STRUCTURE, next, "does not follow");
}

static void
forge_all_changed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  g_autofree char *place = get_newest_place ();

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  find (verdict, JZ_FAULT_CHECKPOINT, place, "rewritten");
  hold (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_all_changed_and_checkpoints_gone (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

/* Whoever is signed in can use the store's key. */
static void
forge_all_changed_and_checkpoints_signed (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);

  change_note (records, 9);
  forge_write (forge, records, records->len - 10, NULL);
  forge_sign_checkpoints (forge);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

/* How many entries stand behind the last signed one. */
static guint
find_last_signed (GPtrArray *records)
{
  guint from_end = 0;

  while (get_record (records, from_end)->entry->sig == NULL)
    from_end++;
  return from_end;
}

/* Behind what is changed somebody has signed. */
static void
forge_all_changed_before_a_signature (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint signed_at = find_last_signed (records);
  guint before = signed_at + 1;
  g_autofree char *first_signed = NULL;

  while (get_record (records, before)->entry->sig != NULL)
    before++;
  first_signed = get_id (records, before - 1);
  change_note (records, before);
  forge_write (forge, records, records->len - 1 - before, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, first_signed, "does not belong to this entry");
}

static void
forge_signature_stripped (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  JzEntry *entry = get_record (records, at)->entry;
  g_autofree char *id = jz_entry_get_id (entry);

  entry->cert.is_present = FALSE;
  g_clear_pointer (&entry->sig, g_bytes_unref);
  forge_write (forge, records, records->len - 1 - at, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
  hold (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
forge_signed_by_another (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  JzSession *handler = forge_get_signer (forge, "handler");
  JzEntry *entry = get_record (records, at)->entry;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *id = jz_entry_get_id (entry);

  entry->cert.hash = *jz_certificate_get_hash (jz_session_get_certificate (handler));
  body = jz_entry_get_body (entry);
  g_bytes_unref (entry->sig);
  entry->sig = jz_key_sign (jz_session_get_key (handler), g_bytes_get_data (body, NULL),
                            g_bytes_get_size (body), NULL);
  forge_write (forge, records, records->len - 1 - at, NULL);
  find (verdict, JZ_FAULT_SIGNATURE, id, "J-CERTIFICATE");
}

/* What somebody signed is altered by himself, with the same key. */
static void
forge_own_act_altered (Forge *forge, Verdict *verdict)
{
  g_autoptr (GPtrArray) records = forge_read (forge);
  guint at = find_last_signed (records);
  g_autofree char *payload = fill_in ("{\"args\":{\"person\":\"$HANDLER\",\"role\":\"head\"}}");

  g_assert_cmpstr (get_record (records, at)->entry->act, ==, "role.grant.propose");
  forge_set_payload (get_record (records, at), payload);
  forge_write (forge, records, records->len - 1 - at, "admin");
  forge_forget_checkpoints (forge, world.last_seq - N_TAIL - 5);
  find_only_by_checkpoint (verdict, JZ_FAULT_CHECKPOINT, world.newest);
}

static void
test_rewritten_journal (void)
{
  static const Forgery forgeries[] = {
    { "nothing", forge_nothing },
    { "last removed", forge_last_removed },
    { "last removed, its checkpoint kept", forge_last_removed_but_not_its_checkpoint },
    { "middle removed", forge_middle_removed },
    { "middle removed and chained", forge_middle_removed_and_chained },
    { "middle removed, one put at the end", forge_middle_replaced_at_the_end },
    { "swapped", forge_swapped },
    { "swapped and chained", forge_swapped_and_chained },
    { "numbered anew", forge_numbered_anew },
    { "payload changed", forge_payload_changed },
    { "payload and its hashes changed", forge_payload_and_hash_changed },
    { "all changed", forge_all_changed },
    { "all changed, checkpoints gone", forge_all_changed_and_checkpoints_gone },
    { "all changed, checkpoints signed anew", forge_all_changed_and_checkpoints_signed },
    { "all changed before a signature", forge_all_changed_before_a_signature },
    { "signature stripped", forge_signature_stripped },
    { "signed by another", forge_signed_by_another },
    { "own act altered", forge_own_act_altered },
  };

  run_forgeries (forgeries, G_N_ELEMENTS (forgeries));
}

/* A rule that refuses one act and is to be asked of another. */
static gboolean
ask_of_leaving (const JzSituation *situation,
                GPtrArray *rules,
                JzRefusal **refusal,
                gpointer data,
                GError **error)
{
  if (strcmp (situation->act->name, "person.leave") == 0)
    *refusal = jz_refusal_new ("GT-1", JZ_REFUSAL_BLOCK, "Nobody leaves.", NULL, NULL);
  if (strcmp (situation->act->name, "case.take_over") == 0)
    g_ptr_array_add (rules, g_strdup ("GT-2"));
  return TRUE;
}

/* Every entry is asked again with the rules, too: also what was let through, and what was not
 * asked. */
static void
test_rules_asked_again (void)
{
  JzVerification verification = { .path = world.path, .gate = ask_of_leaving };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzReport) report = jz_verify (&verification, &error);
  sqlite3 *handle = tamper_open (world.path);
  g_autofree char *left =
    tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE act = 'person.leave'");
  g_autofree char *taken =
    tamper_get (handle, "SELECT store || '-' || seq FROM entry WHERE act = 'case.take_over'");

  tamper_close (handle);
  g_assert_no_error (error);
  g_assert_cmpuint (report->faults->len, ==, 2);
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, left));
  g_assert_true (tamper_says (report, JZ_FAULT_RULE, "GT-1"));
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, taken));
}

/* Six hundred entries do not make a store that a second person has accepted. */
static void
test_never_accepted (void)
{
  TamperWorld young = { .path = NULL };
  g_auto (Forge) forge = { 0 };
  g_autoptr (JzReport) report = NULL;
  g_autofree char *failure = NULL;
  g_autofree char *args = NULL;
  JzSession *admin;

  test_office_found (&young.office);
  admin = test_office_sign_in (&young.office, "admin");
  young.signers =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)jz_session_close);
  g_hash_table_insert (young.signers, g_strdup ("admin"),
                       jz_session_new ("admin", jz_session_get_person (admin),
                                       jz_session_get_key (admin),
                                       jz_session_get_certificate (admin), NULL));
  young.store = g_strdup (jz_office_get_store_id (young.office.office));
  young.path = g_strdup (young.office.path);
  args = g_strdup_printf ("{'name':'李某','person':'%s-1-1'}", young.store);
  test_office_close (&young.office);
  forge_init (&forge, &young, "young");
  for (guint i = 0; i < 600; i++)
    forge_append (&forge, &(ForgedEntry){ BY_ADMIN, .act = "person.change", .case_id = "bureau",
                                          .args = args });
  tamper_assert_sound (forge.path, NULL);
  forge_append (&forge, &(ForgedEntry){ SETTING, BY_ADMIN, .signed_by = "admin" });
  report = tamper_look (forge.path, NULL, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (tamper_has (report, JZ_FAULT_RULE, forge.last));
  g_assert_true (tamper_says (report, JZ_FAULT_RULE, "J-ACCEPT"));
  forge_clear (&forge);
  tamper_world_clear (&young);
}

static void
test_older_copy (void)
{
  const char *const newest[] = { world.newest, NULL };
  const char *const earlier[] = { world.earlier, NULL };
  g_autofree char *last = get_last_id ();
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;

  tamper_assert_sound (world.older, earlier);
  report = tamper_look (world.older, newest, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, >, N_TAIL);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzFault *fault = g_ptr_array_index (report->faults, i);
    g_assert_cmpint (fault->kind, ==, JZ_FAULT_LOST);
  }
  g_assert_true (tamper_has (report, JZ_FAULT_LOST, last));
}

/* A store of the same id, founded anew with other keys. */
static void
test_founded_anew (void)
{
  g_autoptr (TamperCopy) path = g_build_filename (world.office.folder, "anew", NULL);
  g_autofree char *earlier = get_earlier_store ();
  const char *const against[] = { world.earlier, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) report = NULL;
  JzFounding founding = {
    .path = path,
    .bureau = "某某市城市管理行政执法局",
    .user = "admin",
    .name = "管某",
    .password = TEST_PASSWORD,
    .ca_password = TEST_CA_PASSWORD,
    .is_demo = TRUE,
    .store_id = earlier,
    .clock = world.office.clock,
  };

  g_assert_true (jz_found_store (&founding, &error));
  g_assert_no_error (error);
  tamper_assert_sound (path, NULL);
  report = tamper_look (path, against, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (report->faults->len, ==, 1);
  g_assert_true (tamper_has (report, JZ_FAULT_CHECKPOINT, world.earlier));
  g_assert_true (tamper_says (report, JZ_FAULT_CHECKPOINT, "another key"));
}

/* Goes on in a copy and returns the file with its checkpoint. */
static char *
go_on (const char *path, const char *text)
{
  g_auto (TestOffice) office = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *note = NULL;
  char *file = g_strconcat (path, ".checkpoint", NULL);

  test_office_at (&office, path, world.office.clock);
  test_office_open (&office);
  g_assert_true (jz_store_settle_here (jz_office_get_store (office.office), &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    test_office_do (&office, "handler", "case.note", "{'case':'%s','text':'%s'}", world.open_case,
                    text);
  note = test_office_checkpoint (&office);
  tamper_file_replace (file, note, strlen (note));
  return file;
}

/* Two who both believe to be the store. */
static void
test_forks (void)
{
  g_autoptr (TamperCopy) one = tamper_copy (&world, "one");
  g_autoptr (TamperCopy) two = tamper_copy (&world, "two");
  g_autofree char *of_one = go_on (one, "甲地");
  g_autofree char *of_two = go_on (two, "乙地");
  const char *const by_one[] = { world.newest, of_one, NULL };
  const char *const by_two[] = { world.newest, of_two, NULL };
  g_autofree char *failure = NULL;
  g_autoptr (JzReport) first = NULL;
  g_autoptr (JzReport) second = NULL;

  tamper_assert_sound (one, by_one);
  tamper_assert_sound (two, by_two);
  first = tamper_look (one, by_two, FALSE, &failure);
  second = tamper_look (two, by_one, FALSE, &failure);
  g_assert_cmpstr (failure, ==, NULL);
  g_assert_cmpuint (first->faults->len, ==, 1);
  g_assert_cmpuint (second->faults->len, ==, 1);
  g_assert_true (tamper_has (first, JZ_FAULT_CHECKPOINT, of_two));
  g_assert_true (tamper_has (second, JZ_FAULT_CHECKPOINT, of_one));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/forgery/altered-program", test_altered_program);
  g_test_add_func ("/office/forgery/altered-program-in-steps", test_altered_program_in_steps);
  g_test_add_func ("/office/forgery/certificates", test_certificates);
  g_test_add_func ("/office/forgery/old-signatures", test_old_signatures);
  g_test_add_func ("/office/forgery/rewritten-journal", test_rewritten_journal);
  g_test_add_func ("/office/forgery/rules-asked-again", test_rules_asked_again);
  g_test_add_func ("/office/forgery/never-accepted", test_never_accepted);
  g_test_add_func ("/office/forgery/older-copy", test_older_copy);
  g_test_add_func ("/office/forgery/founded-anew", test_founded_anew);
  g_test_add_func ("/office/forgery/forks", test_forks);
  tamper_world_init (&world);
  status = g_test_run ();
  tamper_world_clear (&world);
  return status;
}
