/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/prepare.h"
#include "office/situation.h"
#include "office/trust.h"
#include "store/error.h"

/* How a store begins (init, restore, copy), is accepted by a second person, and stays one with its
 * clock and its place (format §3; design §1 "Time", §2). */

static gboolean
apply_setting (JzApplication *application, const char *name, const char *value, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO setting (name, value, entry) VALUES (?, ?, ?) ON CONFLICT (name) DO "
    "UPDATE SET value = excluded.value, entry = excluded.entry",
    "tti", name, value, application->record->arrival);
}

static gboolean
apply_role (JzApplication *application, const char *person, const char *role, GError **error)
{
  return jz_connection_run (application->tables, error,
                            "INSERT INTO person_role (person, role, since) VALUES (?, ?, ?)", "tti",
                            person, role, application->record->arrival);
}

static const JzArgument init_arguments[] = {
  { "bureau", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 100, NULL, N_ ("name of the bureau") },
  { "demo", JZ_ARGUMENT_BOOLEAN, JZ_OPTIONAL, 0, NULL, N_ ("whether this is an invented office") },
  { "user", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 40, NULL, N_ ("user name of the first administrator") },
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL,
    N_ ("what the first administrator is called") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_PREPARED, 0, NULL, N_ ("last day of the certificates") },
  { "ca", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the bureau's certificate") },
  { "certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the administrator's certificate") },
  { "store_certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the store's certificate") },
  { "ca_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of the bureau's key") },
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of the administrator's key") },
  { "store_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the store's key, wrapped for him") },
  { NULL },
};

/* The bureau's and the store's certificates live as long as X.509 lets them; a person's have an
 * end. */
#define FOR_EVER "9999-12-31"

static gboolean
check_init (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_autofree char *first = g_strdup_printf ("%s-1-1", situation->store);

  if (strcmp (situation->actor, first) != 0 || strcmp (situation->role, "administrator") != 0)
    jz_refuse (refusal, "J-BEGIN", NULL, _ ("A store is founded by its first administrator."));
  return TRUE;
}

static gboolean
apply_init (JzApplication *application, GError **error)
{
  const char *store = application->record->entry->store;
  const char *valid_to = jz_application_get_text (application, "valid_to");
  gint64 key = 0;
  g_autofree char *person = jz_application_make_thing (application, &key);

  return jz_connection_run (
           application->tables, error,
           "INSERT INTO person (key, id, user, name, section, state, signed_in, signed_out) "
           "VALUES (?, ?, ?, ?, '', 'active', '', '')",
           "ittt", key, person, jz_application_get_text (application, "user"),
           jz_application_get_text (application, "name")) &&
         apply_role (application, person, "administrator", error) &&
         apply_setting (application, "bureau.name", jz_application_get_text (application, "bureau"),
                        error) &&
         (!jz_json_get_member_boolean (application->args, "demo", FALSE) ||
          apply_setting (application, "store.demo", "true", error)) &&
         jz_apply_certificate (application, "ca", "ca", "ca", FOR_EVER, error) &&
         jz_apply_certificate (application, "store_certificate", store, "store", FOR_EVER, error) &&
         jz_apply_certificate (application, "certificate", person, "person", valid_to, error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "ca_key"), "ca",
                            "ca", error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "person_key"),
                            "person", person, error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "store_key"),
                            "store", person, error);
}

static const JzArgument accept_arguments[] = {
  { "person", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,
    N_ ("the head, or whom the head names on paper") },
  { "valid_to", JZ_ARGUMENT_DATE, JZ_PREPARED, 0, NULL, N_ ("last day of the certificate") },
  { "certificate", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("that person's certificate") },
  { "person_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("file of that person's key") },
  { "store_key", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL,
    N_ ("file of the store's key, wrapped for that person") },
  { NULL },
};

static gboolean
check_accept (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *person = jz_situation_get_text (situation, "person");
  g_autofree char *accepted = NULL;
  gboolean is_head = FALSE;

  if (!jz_situation_need_person (situation, "person", refusal, error) ||
      !jz_tables_get_setting (situation->tables, "store.accepted", &accepted, error) ||
      !jz_tables_has_role (situation->tables, person, "head", &is_head, error))
    return FALSE;
  if (*refusal != NULL)
    return TRUE;
  if (accepted != NULL)
    jz_refuse (refusal, "J-ACCEPT", NULL, _ ("This store was accepted already."));
  else if (!is_head)
    jz_refuse (refusal, "J-ACCEPT", _ ("Grant that person the role head first."),
               _ ("The second person must hold the role head."));
  else if (!situation->is_proposal && strcmp (person, situation->actor) != 0)
    jz_refuse (refusal, "J-ACCEPT", NULL,
               _ ("Only the person who was proposed can accept the store."));
  return TRUE;
}

static gboolean
apply_accept (JzApplication *application, GError **error)
{
  const char *person = jz_application_get_text (application, "person");

  return apply_setting (application, "store.accepted", person, error) &&
         jz_apply_certificate (application, "certificate", person, "person",
                               jz_application_get_text (application, "valid_to"), error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "person_key"),
                            "person", person, error) &&
         jz_apply_key_file (application, jz_application_get_text (application, "store_key"),
                            "store", person, error);
}

/* What a store id that goes on from another one names. */
#define SUCCESSOR_ARGUMENTS                                                                        \
  {                                                                                                \
    "from", JZ_ARGUMENT_TEXT, JZ_PREPARED, 16, NULL, N_ ("id of the store that it goes on from")   \
  },                                                                                               \
    { "size",      JZ_ARGUMENT_INTEGER,                                                            \
      JZ_PREPARED, JZ_JSON_MAX_INTEGER,                                                            \
      NULL,        N_ ("how many entries of that store there are") },                              \
    { "root", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("root of that store's tree") },          \
    { "head", JZ_ARGUMENT_HASH, JZ_PREPARED, 0, NULL, N_ ("hash of that store's last entry") },    \
    { "store_certificate",                                                                         \
      JZ_ARGUMENT_OBJECT,                                                                          \
      JZ_PREPARED,                                                                                 \
      0,                                                                                           \
      NULL,                                                                                        \
      N_ ("the new store's certificate") },                                                        \
    { "store_keys", JZ_ARGUMENT_HASHES,                                                            \
      JZ_PREPARED,  0,                                                                             \
      NULL,         N_ ("files of the new store's key, wrapped for each person") },                \
  {                                                                                                \
    "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why")                                 \
  }

static const JzArgument restored_arguments[] = {
  SUCCESSOR_ARGUMENTS,
  { "newest", JZ_ARGUMENT_LONG_TEXT, JZ_OPTIONAL, 0, NULL,
    N_ ("the newest checkpoint known of the old store") },
  { NULL },
};

static const JzArgument copied_arguments[] = {
  SUCCESSOR_ARGUMENTS,
  { NULL },
};

static gboolean
check_successor (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  g_auto (JzJournalTree) source = { 0 };
  g_autofree char *current = NULL;
  const char *from = jz_situation_get_text (situation, "from");
  gint64 size = jz_json_get_member_integer (situation->args, "size", 0);
  char root_hex[JZ_HASH_HEX_SIZE];
  JzTree tree;
  JzHash root;

  if (!jz_journal_get_current_store (situation->tables, &current, error))
    return FALSE;
  if (g_strcmp0 (current, from) != 0) {
    jz_refuse (refusal, "J-BEGIN", NULL,
               _ ("The new store does not go on from the store that is here."));
    return TRUE;
  }
  if (!jz_journal_tree_init (&source, situation->tables, from, &tree, error))
    return FALSE;
  if (tree.size == (guint64)size) {
    source.entries = situation->journal;
    if (!jz_tree_get_root (&tree, (guint64)size, &root, error))
      return FALSE;
    jz_hash_to_hex (&root, root_hex);
  }
  if (tree.size != (guint64)size ||
      strcmp (root_hex, jz_situation_get_text (situation, "root")) != 0)
    jz_refuse (refusal, "J-BEGIN", NULL,
               _ ("The new store does not name the state of the store that is here."));
  return TRUE;
}

static gboolean
apply_successor (JzApplication *application, GError **error)
{
  const JzEntry *entry = application->record->entry;
  const JzJson *keys = jz_json_get_member (application->args, "store_keys");

  if (!jz_connection_run (application->tables, error, "DELETE FROM key_file WHERE kind = 'store'",
                          "") ||
      !jz_connection_run (
        application->tables, error,
        "UPDATE certificate SET closed = ?, reason = ? WHERE kind = 'store' AND closed = 0", "it",
        application->record->arrival, entry->act) ||
      !jz_apply_certificate (application, "store_certificate", entry->store, "store", FOR_EVER,
                             error))
    return FALSE;
  for (guint i = 0; keys != NULL && i < jz_json_get_n_items (keys); i++)
    if (!jz_apply_key_file (application, jz_json_get_text (jz_json_get_item (keys, i)), "store",
                            jz_json_get_name (keys, i), error))
      return FALSE;
  return TRUE;
}

static const JzArgument moved_arguments[] = {
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why and to where it was moved") },
  { NULL },
};

static const JzArgument clock_arguments[] = {
  { "reason", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("why the clock is right as it is") },
  { NULL },
};

static gboolean
apply_nothing (JzApplication *application, GError **error)
{
  return TRUE;
}

const JzAct jz_acts_store[] = {
  {
    .name = "store.init",
    .version = 1,
    .summary = N_ ("Found a store."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING | JZ_ACT_BEGINS_STORE | JZ_ACT_OWN_MEANS,
    .arguments = init_arguments,
    .makes_thing = TRUE,
    .brings_certificate = TRUE,
    .check = check_init,
    .apply = apply_init,
  },
  {
    .name = "store.accept",
    .version = 1,
    .summary =
      N_ ("Accept a store as its second person, so that acts of responsibility become possible."),
    .roles = "head",
    .proposer_roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_TWO_SIGNERS | JZ_ACT_FOUNDING,
    .arguments = accept_arguments,
    .brings_certificate = TRUE,
    .prepare = jz_prepare_certificate,
    .check = check_accept,
    .apply = apply_accept,
  },
  {
    .name = "store.restored",
    .version = 1,
    .summary = N_ ("Go on from a backup, under a new store id."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING | JZ_ACT_BEGINS_STORE | JZ_ACT_OWN_MEANS,
    .arguments = restored_arguments,
    .check = check_successor,
    .apply = apply_successor,
  },
  {
    .name = "store.copied",
    .version = 1,
    .summary = N_ ("Make a copied store folder a store of its own, under a new store id."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING | JZ_ACT_BEGINS_STORE,
    .arguments = copied_arguments,
    .prepare = jz_prepare_successor,
    .check = check_successor,
    .apply = apply_successor,
  },
  {
    .name = "store.moved",
    .version = 1,
    .summary =
      N_ ("Confirm that the store folder was moved here and no longer exists where it was."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING,
    .arguments = moved_arguments,
    .apply = apply_nothing,
  },
  {
    .name = "clock.confirm",
    .version = 1,
    .summary = N_ ("Confirm a clock that is behind the last entry or far after it."),
    .roles = "administrator",
    .flags = JZ_ACT_SIGNED | JZ_ACT_FOUNDING | JZ_ACT_SETS_CLOCK,
    .arguments = clock_arguments,
    .apply = apply_nothing,
  },
  { NULL },
};
