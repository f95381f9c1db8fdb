/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "office-fixture.h"
#include "office/act.h"
#include "office/error.h"

/* What a caller may give: nothing that the program makes itself, and nothing that is not there. */

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define OBJECT "{'object':'" ZEROS "','size':12}"

static const struct {
  const char *who;
  const char *act;
  const char *args;
  const char *named;
} made_up[] = {
  { "handler", "attachment.add", "{'case':'$CASE','name':'x','object':" OBJECT "}", "object" },
  { "handler", "attachment.add", "{'case':'$CASE','name':'x','object':7}", "object" },
  { "handler", "case.note", "{'case':'$CASE','text':" OBJECT "}", "text" },
  { "handler", "case.take_over",
    "{'title':'老案','party':'张某','matter':'占道','found':'2024-12-02','before':" OBJECT "}",
    "before" },
  { "handler", "case.open",
    "{'title':'某案','party':'张某','matter':'占道','found':'2025-01-02','number':'2025-000001'}",
    "number" },
  { "admin", "certificate.issue.propose",
    "{'person':'$OTHER','reason':'replaced','person_key':'" ZEROS "'}", "person_key" },
  { "admin", "certificate.issue.propose",
    "{'person':'$OTHER','reason':'replaced','store_key':'" ZEROS "'}", "store_key" },
  { "admin", "certificate.issue.propose",
    "{'person':'$OTHER','reason':'replaced','certificate':" OBJECT "}", "certificate" },
  { "head", "certificate.recover.propose",
    "{'person':'$ADMIN','reason':'forgotten','certificate':" OBJECT "}", "certificate" },
  { "admin", "store.accept.propose", "{'person':'$OTHER','valid_to':'2029-01-01'}", "valid_to" },
  { "admin", "store.copied", "{'reason':'x','size':1}", "size" },
  { "admin", "ca_password.change", "{'ca_key':'" ZEROS "'}", "ca_key" },
  { "handler", "password.change", "{'person_key':'" ZEROS "'}", "person_key" },
  { "handler", "session.sign_in", "{'wrong':0}", "wrong" },
  { "archivist", "case.destroy.propose", "{'case':'$CASE','reason':'x','entries':[]}", "entries" },
  { "archivist", "case.destroy.propose", "{'case':'$CASE','reason':'x','figures':{'notes':9}}",
    "figures" },
  { "archivist", "case.destroy.propose", "{'case':'$CASE','reason':'x','number':'2'}", "number" },
  { "archivist", "case.destroy.propose", "{'case':'$CASE','reason':'x','class':'长期'}", "class" },
  { "archivist", "case.destroy.propose", "{'case':'$CASE','reason':'x','documents':['1']}",
    "documents" },
};

static char *
fill_in (TestOffice *office, const char *args, const char *case_id)
{
  g_autofree char *other = test_office_get_person (office, "other");
  g_autofree char *admin = test_office_get_person (office, "admin");
  g_autoptr (GString) text = g_string_new (args);

  g_string_replace (text, "$CASE", case_id, 0);
  g_string_replace (text, "$OTHER", other, 0);
  g_string_replace (text, "$ADMIN", admin, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_made_up (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;
  gint64 before;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  before = test_office_count (&office, "SELECT count (*) FROM entry");
  for (gsize i = 0; i < G_N_ELEMENTS (made_up); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *args = fill_in (&office, made_up[i].args, id);
    g_autofree char *named = g_strdup_printf (" %s of ", made_up[i].named);
    g_autoptr (JzActOutcome) outcome =
      test_office_try (&office, made_up[i].who, made_up[i].act, &error, "%s", args);
    if (outcome != NULL)
      g_error ("%s %s was taken from a caller", made_up[i].act, args);
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    if (strstr (error->message, named) == NULL)
      g_error ("“%s” does not name %s", error->message, made_up[i].named);
  }
  g_assert_cmpint (test_office_count (&office, "SELECT count (*) FROM entry"), ==, before);
  test_office_close (&office);
  test_assert_sound (office.path);
}

/* Of every act, whatever is added to the table later. */
static void
test_every_prepared_argument (void)
{
  gsize n_acts = 0;
  gsize n_prepared = 0;
  const JzAct *const *acts = jz_act_get_all (&n_acts);

  for (gsize i = 0; i < n_acts; i++)
    for (const JzArgument *argument = acts[i]->arguments; argument->name != NULL; argument++) {
      g_autoptr (JzJson) given = jz_json_new_object ();
      g_autoptr (GError) error = NULL;
      gboolean is_prepared = argument->source == JZ_PREPARED;
      jz_json_set_text (given, argument->name, "x");
      g_assert_true (jz_act_check_given (acts[i], given, &error) == !is_prepared);
      n_prepared += is_prepared;
      if (is_prepared)
        g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    }
  g_assert_cmpuint (n_prepared, >, 20);
}

static JzJson *
read_args (TestOffice *office, const char *hash)
{
  JzConnection *reader = jz_store_lease_reader (jz_office_get_store (office->office), NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JzJson) payload = NULL;

  g_assert_true (jz_connection_get_text (reader, &text, &error,
                                         "SELECT text FROM payload JOIN entry ON entry = arrival "
                                         "WHERE lower (hex (hash)) = ?",
                                         "t", hash));
  g_assert_no_error (error);
  jz_store_return_reader (jz_office_get_store (office->office), reader);
  payload = jz_json_parse_canonical (text, strlen (text), &error);
  g_assert_no_error (error);
  return jz_json_copy (jz_json_get_member (payload, "args"));
}

static JzActOutcome *
confirm (TestOffice *office, const JzJson *args)
{
  g_autoptr (GError) error = NULL;
  const JzJson *all[] = { args };
  JzActOutcome *outcome =
    test_office_try_batch (office, "head", "certificate.issue", all, 1, &error);

  g_assert_no_error (error);
  return outcome;
}

/* Who confirms may repeat what was proposed, word for word only. */
static void
test_confirmed_word_for_word (void)
{
  g_auto (TestOffice) office = { 0 };
  g_autofree char *other = NULL;
  g_autofree char *proposal = NULL;
  g_autoptr (JzJson) args = NULL;
  g_autoptr (JzJson) altered = NULL;
  g_autoptr (JzActOutcome) refused = NULL;
  g_autoptr (JzActOutcome) done = NULL;

  test_office_staff (&office);
  other = test_office_get_person (&office, "other");
  proposal = test_office_propose (&office, "admin", "certificate.issue",
                                  "{'person':'%s','reason':'replaced'}", other);
  args = read_args (&office, proposal);
  /* By the setting certificate.years. */
  g_assert_cmpstr (jz_json_get_member_text (args, "valid_to"), ==, "2030-01-02");
  jz_json_set_text (args, "proposal", proposal);
  altered = jz_json_copy (args);
  jz_json_set_text (altered, "store_key", ZEROS);
  refused = confirm (&office, altered);
  g_assert_nonnull (refused->refusal);
  g_assert_cmpstr (jz_refusal_get_rule (refused->refusal), ==, "J-TWO");
  done = confirm (&office, args);
  g_assert_null (done->refusal);
  test_office_close (&office);
  test_assert_sound (office.path);
}

typedef struct {
  GMutex mutex;
  GCond cond;
  gboolean is_done;
  JzActOutcome *outcome;
} Waiting;

static void
on_performed (JzActOutcome *outcome, const GError *error, gpointer data)
{
  Waiting *waiting = data;

  g_assert_no_error (error);
  g_mutex_lock (&waiting->mutex);
  waiting->is_done = TRUE;
  waiting->outcome = outcome;
  g_cond_signal (&waiting->cond);
  g_mutex_unlock (&waiting->mutex);
}

static JzActOutcome *
perform (TestOffice *office, JzTask *task)
{
  Waiting waiting = { 0 };

  g_mutex_init (&waiting.mutex);
  g_cond_init (&waiting.cond);
  jz_office_queue (office->office, task, on_performed, &waiting);
  g_mutex_lock (&waiting.mutex);
  while (!waiting.is_done)
    g_cond_wait (&waiting.cond, &waiting.mutex);
  g_mutex_unlock (&waiting.mutex);
  g_mutex_clear (&waiting.mutex);
  g_cond_clear (&waiting.cond);
  return waiting.outcome;
}

static JzTask *
prepare (TestOffice *office, const char *act, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) args = test_json (text);
  const JzJson *all[] = { args };
  JzRequest request = {
    .session = test_office_sign_in (office, "handler"), .act = act, .args = all, .n_args = 1
  };
  JzTask *task = jz_office_prepare (office->office, &request, &error);

  g_assert_no_error (error);
  return task;
}

static char *
get_path (TestOffice *office, const JzHash *hash)
{
  return jz_objects_dup_path (jz_store_get_objects (jz_office_get_store (office->office)), hash);
}

static void
remove_it (TestOffice *office, const JzHash *hash)
{
  g_autofree char *path = get_path (office, hash);
  g_assert_cmpint (unlink (path), ==, 0);
}

static void
shorten_it (TestOffice *office, const JzHash *hash)
{
  g_autofree char *path = get_path (office, hash);
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_assert_cmpint (truncate (path, 7), ==, 0);
}

static void
leave_it (TestOffice *office, const JzHash *hash)
{
}

/* What was put while preparing may be gone when the act is performed. */
static void
test_missing_objects (void)
{
  static const struct {
    gsize size;
    gboolean is_list;
    gboolean is_attachment;
    void (*spoil) (TestOffice *office, const JzHash *hash);
    const char *named; /* NULL: it must be done */
  } samples[] = {
    { 3000, FALSE, TRUE, leave_it, NULL },          { 3000, FALSE, TRUE, remove_it, "object" },
    { 3000, FALSE, TRUE, shorten_it, "object" },    { 2500000, FALSE, TRUE, leave_it, NULL },
    { 2500000, FALSE, TRUE, shorten_it, "object" }, { 2500000, TRUE, TRUE, remove_it, "object" },
    { 2500000, TRUE, TRUE, shorten_it, "object" },  { 70000, FALSE, FALSE, leave_it, NULL },
    { 70000, FALSE, FALSE, remove_it, "text" },
  };
  g_auto (TestOffice) office = { 0 };
  g_autofree char *id = NULL;

  test_office_staff (&office);
  id = test_office_open_case (&office, "某案");
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *content = g_strnfill (samples[i].size, (char)('a' + i));
    g_autofree char *file = g_build_filename (office.folder, "file", NULL);
    g_autofree char *args = samples[i].is_attachment
                              ? g_strdup_printf ("{'case':'%s','file':'%s'}", id, file)
                              : g_strdup_printf ("{'case':'%s','text':'%s'}", id, content);
    g_autoptr (JzActOutcome) outcome = NULL;
    g_autoptr (GBytes) bytes = g_bytes_new (content, samples[i].size);
    JzTask *task;
    JzObject object;
    g_assert_true (g_file_set_contents (file, content, (gssize)samples[i].size, NULL));
    task = prepare (&office, samples[i].is_attachment ? "attachment.add" : "case.note", args);
    /* Once more, to learn its name. */
    g_assert_true (jz_objects_put_file (jz_store_get_objects (jz_office_get_store (office.office)),
                                        file, TRUE, NULL, NULL, NULL, &object, NULL));
    g_assert_true (object.has_chunks || !samples[i].is_list);
    samples[i].spoil (&office, samples[i].is_list ? &object.chunks : &object.hash);
    outcome = perform (&office, task);
    if (samples[i].named == NULL) {
      g_assert_null (outcome->refusal);
      continue;
    }
    g_assert_nonnull (outcome->refusal);
    g_assert_cmpstr (jz_refusal_get_rule (outcome->refusal), ==, "J-OBJECT");
    g_assert_nonnull (strstr (jz_refusal_get_sentence (outcome->refusal), samples[i].named));
  }
  test_office_close (&office);
}

/* Whole sentences, that say what, of what, and what to do. */
static void
test_sentences (void)
{
  static const struct {
    const char *act;
    const char *args;
    const char *sentence;
  } wrong[] = {
    { "case.note", "{'case':'0011223344556677-3-1','text':''}",
      "“what is to be remembered” is empty; write something in it." },
    { "case.note", "{'case':'0011223344556677-3-1','text':'a\\u0007'}",
      "“what is to be remembered” has control characters in it; remove them." },
    { "case.note", "{'case':'x','text':'a'}",
      "The argument case of case.note is “x”, which is not an id." },
    { "case.note", "{'case':7,'text':'a'}",
      "The argument case of case.note must be a text in quotation marks." },
    { "case.note", "{'text':'a'}", "The argument case of case.note is missing." },
    { "case.note", "{'tax':'a'}",
      "There is no argument tax of case.note; juanzongctl acts lists the arguments." },
    { "case.open", "{'found':'2025-1-2'}",
      "The argument found of case.open is “2025-1-2”, which is no date; write it like "
      "2026-03-02." },
    { "person.add", "{'user':'0123456789012345678901234567890123456789x'}",
      "“user name for signing in; never given again” has 41 characters, and at most 40 are "
      "possible; shorten it." },
    { "case.assign", "{'duty':'king'}",
      "The argument duty of case.assign is “king”, but it must be one of these words: handler "
      "reviewer approver checker publisher archivist" },
    { "attachment.add", "{'object':{}}",
      "The argument object of attachment.add must name a stored object." },
    { "session.sign_in", "{'wrong':-1}",
      "The argument wrong of session.sign_in must be a whole number from 0 to 1000000." },
    { "store.init", "{'demo':1}", "The argument demo of store.init must be true or false." },
    { "store.init", "{'ca_key':'00'}",
      "The argument ca_key of store.init must be 64 hexadecimal digits." },
    { "store.copied", "{'store_keys':7}",
      "The argument store_keys of store.copied must be an object of names with 64 hexadecimal "
      "digits." },
    { "store.copied", "{'store_keys':{'a':'b'}}",
      "The argument store_keys of store.copied must be an object of names with 64 hexadecimal "
      "digits." },
    { "case.destroy", "{'figures':{'notes':'x'}}",
      "The argument figures of case.destroy must be an object of names with whole numbers." },
    { "case.destroy", "{'figures':7}",
      "The argument figures of case.destroy must be an object of names with whole numbers." },
    { "case.destroy", "{'entries':7}",
      "The argument entries of case.destroy must be a list of texts." },
    { "case.destroy", "{'entries':[7]}",
      "The argument entries of case.destroy must be a list of texts." },
    { "case.destroy", "[]", "The arguments of case.destroy must be one JSON object." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    gboolean is_proposal = FALSE;
    const JzAct *act = jz_act_find (wrong[i].act, &is_proposal);
    g_autoptr (JzJson) args = test_json (wrong[i].args);
    g_autoptr (GError) error = NULL;
    g_assert_false (jz_act_check_arguments (act, args, FALSE, &error));
    g_assert_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_ARGUMENT);
    g_assert_cmpstr (error->message, ==, wrong[i].sentence);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/office/argument/made-up", test_made_up);
  g_test_add_func ("/office/argument/every-prepared-argument", test_every_prepared_argument);
  g_test_add_func ("/office/argument/confirmed-word-for-word", test_confirmed_word_for_word);
  g_test_add_func ("/office/argument/missing-objects", test_missing_objects);
  g_test_add_func ("/office/argument/sentences", test_sentences);
  return g_test_run ();
}
