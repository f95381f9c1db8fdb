/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "forged.h"
#include "office/check.h"
#include "store/chunk_list.h"

/* What an altered program does in more than one step: proposals, store ids, destructions, objects.
 */

static void
propose_revoking (Forge *forge)
{
  forged_append (forge, &(ForgedEntry){ .act = "certificate.revoke.propose",
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

  forged_append (
    forge, &(ForgedEntry){ REVOKE, .who = who, .role = "head", .signed_by = who, .args = args });
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
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

static void
forge_old_proposal (Forge *forge, Verdict *verdict)
{
  propose_revoking (forge);
  forge->now += JZ_PROPOSAL_LIFE_MS + 1;
  confirm_revoking (forge, "head", "$REVIEWER", forge->last_hash);
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "seven days");
}

static void
forge_used_proposal (Forge *forge, Verdict *verdict)
{
  g_autofree char *proposal = NULL;

  propose_revoking (forge);
  proposal = g_strdup (forge->last_hash);
  confirm_revoking (forge, "head", "$REVIEWER", proposal);
  confirm_revoking (forge, "head", "$REVIEWER", proposal);
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

/* The administrator is made head by two, rightly; then confirms what he proposed himself. */
static void
forge_same_person (Forge *forge, Verdict *verdict)
{
  g_autofree char *args = NULL;

  forged_append (forge, &(ForgedEntry){ .act = "role.grant.propose",
                                        .case_id = "bureau",
                                        BY_ADMIN,
                                        .signed_by = "admin",
                                        .args = "{'person':'$ADMIN','role':'head'}" });
  args = g_strdup_printf ("{'person':'$ADMIN','proposal':'%s','role':'head'}", forge->last_hash);
  forged_append (forge, &(ForgedEntry){ .act = "role.grant",
                                        .case_id = "bureau",
                                        .who = "head",
                                        .role = "head",
                                        .signed_by = "head",
                                        .args = args });
  propose_revoking (forge);
  confirm_revoking (forge, "admin", "$REVIEWER", forge->last_hash);
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "yourself");
}

static void
forge_proposal_of_another_act (Forge *forge, Verdict *verdict)
{
  forged_append (forge, &(ForgedEntry){ .act = "role.grant.propose",
                                        .case_id = "bureau",
                                        BY_ADMIN,
                                        .signed_by = "admin",
                                        .args = "{'person':'$REVIEWER','role':'head'}" });
  confirm_revoking (forge, "head", "$REVIEWER", forge->last_hash);
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "J-TWO");
}

/* Both roles are given rightly; it is the case in which they may not meet. */
static void
forge_duties_that_exclude_each_other (Forge *forge, Verdict *verdict)
{
  forged_append (forge, &(ForgedEntry){ .act = "role.grant",
                                        .case_id = "bureau",
                                        BY_ADMIN,
                                        .signed_by = "admin",
                                        .args = "{'person':'$HANDLER','role':'reviewer'}" });
  forged_append (
    forge, &(ForgedEntry){ .act = "case.assign",
                           .case_id = "$OPEN",
                           .who = "head",
                           .role = "head",
                           .args = "{'case':'$OPEN','duty':'reviewer','person':'$HANDLER'}" });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "J-SEPARATION");
}

static void
forge_rulebook (Forge *forge, Verdict *verdict)
{
  JzHash hash;

  jz_hash_of ("rulebook", 8, &hash);
  forged_append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .rulebook = &hash,
                                        .args = "{'case':'$OPEN','text':'记'}" });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "rulebook");
}

/* A copy that goes on as if it were the store that it was copied from. */
static void
forge_given_up_id (Forge *forge, Verdict *verdict)
{
  g_autofree char *earlier = forged_get_earlier_store ();

  forged_append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .store = earlier,
                                        .args = "{'case':'$OPEN','text':'记'}" });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "given up");
}

static void
forge_store_without_beginning (Forge *forge, Verdict *verdict)
{
  forged_append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .store = "0123456789abcdef",
                                        .args = "{'case':'$OPEN','text':'记'}" });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "J-BEGIN");
}

/* Two who may destroy do so with a case that may not be; a program that checks would not let them.
 * The payloads are gone with it. Returns the id of the proposal. */
static char *
destroy (Forge *forge, const char *case_id)
{
  g_autofree char *id = forged_fill_in (case_id);
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

  forged_append (forge, &(ForgedEntry){ .act = "case.destroy.propose",
                                        .case_id = id,
                                        .who = "archivist",
                                        .role = "archivist",
                                        .signed_by = "archivist",
                                        .args = first });
  proposal = g_strdup (forge->last);
  second = g_strdup_printf ("%s'proposal':'%s','reason':'到期'}", begin, forge->last_hash);
  forged_append (forge, &(ForgedEntry){ .act = "case.destroy",
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

  forged_find (verdict, JZ_FAULT_RULE, proposal, "never archived");
}

/* Somebody who has no key takes a payload away and a destruction that nobody signed explains it. */
static void
forge_destruction_without_signature (Forge *forge, Verdict *verdict)
{
  g_autofree char *args = g_strdup_printf (
    "{'case':'$OPEN','class':'短期','documents':[],'entries':['%s-%" G_GINT64_FORMAT
    "'],'figures':{},'number':'某城-2025-000001','reason':'到期'}",
    forged_world.store, forged_world.last_seq);
  sqlite3 *handle = jz_connection_get_handle (forge->connection);
  char *triggers;

  forged_append (forge, &(ForgedEntry){ .act = "case.destroy",
                                        .case_id = "$OPEN",
                                        .who = "head",
                                        .role = "head",
                                        .args = args,
                                        .is_unapplied = TRUE });
  triggers = tamper_take_triggers (handle);
  tamper_run (handle, "DELETE FROM payload WHERE entry = (SELECT max (arrival) - 1 FROM entry)");
  tamper_give_triggers (handle, triggers);
  forged_find (verdict, JZ_FAULT_SIGNATURE, forge->last, "J-CERTIFICATE");
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
  forged_append (
    forge, &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  forged_find (verdict, JZ_FAULT_OBJECT, forge->last, "not as large");
}

static void
forge_object_that_is_not_there (Forge *forge, Verdict *verdict)
{
  forged_append (forge,
                 &(ForgedEntry){ .act = "attachment.add",
                                 .case_id = "$OPEN",
                                 BY_HANDLER,
                                 .args = "{'case':'$OPEN','name':'x','object':{'object':'" NO_HASH
                                         "','size':5}}" });
  forged_find (verdict, JZ_FAULT_OBJECT, NO_HASH, "missing");
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

  get_attachment (forge, 1, &object, &size, &list);
  get_attachment (forge, 2, &other, &other_size, &other_list);
  g_assert_cmpstr (other_list, !=, list);
  args =
    g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'chunks':'%s','object':'%s','size':%s}}",
                     other_list, object, size);
  forged_append (
    forge, &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  forged_find (verdict, JZ_FAULT_OBJECT, forge->last, "that of another file");
}

/* Puts content beside the other objects and returns how an act names it. */
static char *
put (Forge *forge, GBytes *content, JzObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzStore) store = jz_store_open (forge->path, JZ_STORE_READ, NULL, NULL, &error);
  char hex[JZ_HASH_HEX_SIZE];

  g_assert_no_error (error);
  g_assert_true (jz_objects_put_bytes (jz_store_get_objects (store), content, object, &error));
  g_assert_no_error (error);
  jz_hash_to_hex (&object->hash, hex);
  return g_strdup_printf ("'object':'%s','size':%" G_GUINT64_FORMAT, hex, object->size);
}

/* In the form of the list of the second attachment, with pieces that are not its. */
static GBytes *
make_wrong_list (Forge *forge)
{
  g_autofree char *object = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  JzHash pieces[2] = { 0 };
  JzHash hash;

  get_attachment (forge, 1, &object, &size, &list);
  g_assert_true (jz_hash_from_hex (object, &hash));
  return jz_chunk_list_build (g_ascii_strtoull (size, NULL, 10), &hash, pieces);
}

/* Evidence may look like a list of partial checksums; it is one when an act says so. */
static void
forge_evidence_like_a_list (Forge *forge, Verdict *verdict)
{
  g_autoptr (GBytes) wrong = make_wrong_list (forge);
  JzObject object;
  g_autofree char *name = put (forge, wrong, &object);
  g_autofree char *args = g_strdup_printf ("{'case':'$OPEN','name':'x','object':{%s}}", name);

  forged_append (
    forge, &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  verdict->is_unseen = TRUE;
}

/* The same content, named as the list that it is not: only reading all of the file shows it. */
static void
forge_list_of_wrong_pieces (Forge *forge, Verdict *verdict)
{
  g_autoptr (GBytes) wrong = make_wrong_list (forge);
  JzObject object;
  g_autofree char *name = put (forge, wrong, &object);
  g_autofree char *attached = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  g_autofree char *args = NULL;
  g_autofree char *place = NULL;
  char hex[JZ_HASH_HEX_SIZE];

  get_attachment (forge, 1, &attached, &size, &list);
  jz_hash_to_hex (&object.hash, hex);
  args =
    g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'chunks':'%s','object':'%s','size':%s}}",
                     hex, attached, size);
  forged_append (
    forge, &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  place = g_strdup_printf ("%.2s/%s", hex, hex + 2);
  forged_find (verdict, JZ_FAULT_OBJECT, place, "does not fit");
}

/* What is too small to be played piece by piece has no list. */
static void
forge_list_of_a_small_object (Forge *forge, Verdict *verdict)
{
  g_autofree char *small = NULL;
  g_autofree char *size = NULL;
  g_autofree char *list = NULL;
  g_autofree char *large = NULL;
  g_autofree char *large_size = NULL;
  g_autofree char *large_list = NULL;
  g_autofree char *args = NULL;

  get_attachment (forge, 0, &small, &size, &list);
  get_attachment (forge, 1, &large, &large_size, &large_list);
  args =
    g_strdup_printf ("{'case':'$OPEN','name':'x','object':{'chunks':'%s','object':'%s','size':%s}}",
                     large_list, small, size);
  forged_append (
    forge, &(ForgedEntry){ .act = "attachment.add", .case_id = "$OPEN", BY_HANDLER, .args = args });
  forged_find (verdict, JZ_FAULT_RULE, forge->last, "stored object");
}

/* Two entries of one batch are one; what names a batch and stands alone is none. */
static void
forge_right_batch (Forge *forge, Verdict *verdict)
{
  g_autofree char *first = NULL;

  forged_append (
    forge, &(ForgedEntry){ NOTE, BY_HANDLER, .batch = "", .args = "{'case':'$OPEN','text':'一'}" });
  first = g_strdup (forge->last);
  forged_append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .batch = first,
                                        .args = "{'case':'$OPEN','text':'二'}" });
  verdict->is_unseen = TRUE;
}

static void
forge_batch_of_one_before_others (Forge *forge, Verdict *verdict)
{
  g_autofree char *first = NULL;

  forged_append (
    forge, &(ForgedEntry){ NOTE, BY_HANDLER, .batch = "", .args = "{'case':'$OPEN','text':'一'}" });
  first = g_strdup (forge->last);
  forged_append (forge, &(ForgedEntry){ NOTE, BY_HANDLER, .args = "{'case':'$OPEN','text':'二'}" });
  forged_find (verdict, JZ_FAULT_STRUCTURE, first, "only one");
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
    { "list of wrong pieces", forge_list_of_wrong_pieces },
    { "list of a small object", forge_list_of_a_small_object },
    { "evidence like a list", forge_evidence_like_a_list },
    { "right batch", forge_right_batch },
    { "batch of one before others", forge_batch_of_one_before_others },
  };

  forged_run (forgeries, G_N_ELEMENTS (forgeries));
}

int
main (int argc, char **argv)
{
  static const ForgedTest tests[] = {
    { "/office/forged-steps/altered-program", test_altered_program_in_steps },
  };

  return forged_main (argc, argv, tests, G_N_ELEMENTS (tests));
}
