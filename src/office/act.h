/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/clock.h"
#include "base/json.h"
#include "base/refusal.h"
#include "rules/vocabulary.h"
#include "store/journal.h"
#include "store/store.h"

G_BEGIN_DECLS

/* The things of one entry have numbers 1 to 255 (format §1). */
#define JZ_MAX_THINGS 255
/* Longer texts become objects; above the second bound they are refused (format §2). */
#define JZ_MAX_INLINE_TEXT 65536
#define JZ_MAX_TEXT (4 * 1024 * 1024)
/* A proposal must be confirmed within seven days (format §3). */
#define JZ_PROPOSAL_LIFE_MS (G_GINT64_CONSTANT (7) * 24 * 60 * 60 * 1000)

typedef struct _JzAct JzAct;
typedef struct _JzOffice JzOffice;
typedef struct _JzSession JzSession;

/**
 * JzArgumentKind:
 * @JZ_ARGUMENT_TEXT: one line of text, at most `max` characters
 * @JZ_ARGUMENT_LONG_TEXT: text of any number of lines; a very long one becomes an object
 * @JZ_ARGUMENT_INTEGER: 0 to `max`
 * @JZ_ARGUMENT_BOOLEAN: true or false
 * @JZ_ARGUMENT_DATE: a civil date
 * @JZ_ARGUMENT_WORD: one of `words`
 * @JZ_ARGUMENT_ID: id of a person, a case or another thing
 * @JZ_ARGUMENT_HASH: 64 hex digits
 * @JZ_ARGUMENT_OBJECT: an object reference
 * @JZ_ARGUMENT_TEXTS: an array of texts, each at most `max` characters
 * @JZ_ARGUMENT_FIGURES: an object whose members are integers
 * @JZ_ARGUMENT_HASHES: an object whose members are 64 hex digits
 * @JZ_ARGUMENT_INSTANT: a point in time, with milliseconds and +08:00
 * @JZ_ARGUMENT_RECORDS: an array of records of a list of the vocabulary of facts
 * @JZ_ARGUMENT_VALUES: an object, the values of a document by the names of its form's fields
 * @JZ_ARGUMENT_OBJECTS: an array of object references
 *
 * What an argument of an act may be.
 */
typedef enum {
  JZ_ARGUMENT_TEXT,
  JZ_ARGUMENT_LONG_TEXT,
  JZ_ARGUMENT_INTEGER,
  JZ_ARGUMENT_BOOLEAN,
  JZ_ARGUMENT_DATE,
  JZ_ARGUMENT_WORD,
  JZ_ARGUMENT_ID,
  JZ_ARGUMENT_HASH,
  JZ_ARGUMENT_OBJECT,
  JZ_ARGUMENT_TEXTS,
  JZ_ARGUMENT_FIGURES,
  JZ_ARGUMENT_HASHES,
  JZ_ARGUMENT_INSTANT,
  JZ_ARGUMENT_RECORDS,
  JZ_ARGUMENT_VALUES,
  JZ_ARGUMENT_OBJECTS,
} JzArgumentKind;

/**
 * JzArgumentSource:
 * @JZ_OPTIONAL: a person may give it
 * @JZ_REQUIRED: a person must give it
 * @JZ_PREPARED: the program makes it while preparing or completing the act; the entry must have it
 *
 * Where an argument comes from.
 */
typedef enum {
  JZ_OPTIONAL,
  JZ_REQUIRED,
  JZ_PREPARED,
} JzArgumentSource;

/**
 * JzArgument:
 * @name: its name; that of a fact, with a dot in it, where the argument states one
 * @kind: what it may be
 * @source: where it comes from
 * @max: the largest number, or the most characters
 * @words: the words of a choice
 * @meaning: what it is, to be translated
 * @fact: (nullable): the fact that it states; its meaning goes before @meaning
 *
 * An argument of an act.
 */
typedef struct {
  const char *name;
  JzArgumentKind kind;
  JzArgumentSource source;
  gint64 max;
  const char *words;
  const char *meaning;
  const JzFactDefinition *fact;
} JzArgument;

/**
 * JzScope:
 * @JZ_SCOPE_BUREAU: concerns no case
 * @JZ_SCOPE_OPENS: opens a case
 * @JZ_SCOPE_CASE: concerns the case that the argument `case` names
 */
typedef enum {
  JZ_SCOPE_BUREAU,
  JZ_SCOPE_OPENS,
  JZ_SCOPE_CASE,
} JzScope;

/**
 * JzActFlags:
 * @JZ_ACT_SIGNED: an act of responsibility; the entry is signed
 * @JZ_ACT_TWO_SIGNERS: needs a proposal by somebody else
 * @JZ_ACT_FOUNDING: may be done before a second person accepted the store
 * @JZ_ACT_BEGINS_STORE: first entry of a store id
 * @JZ_ACT_OWN_MEANS: only a command of its own performs it (init, restore), not `do`
 * @JZ_ACT_SETS_CLOCK: its time may be before the entry before it
 * @JZ_ACT_AFTER_SILENCE: may be done long after the entry before it
 */
typedef enum {
  JZ_ACT_SIGNED = 1 << 0,
  JZ_ACT_TWO_SIGNERS = 1 << 1,
  JZ_ACT_FOUNDING = 1 << 2,
  JZ_ACT_BEGINS_STORE = 1 << 3,
  JZ_ACT_OWN_MEANS = 1 << 4,
  JZ_ACT_SETS_CLOCK = 1 << 5,
  JZ_ACT_AFTER_SILENCE = 1 << 6,
} JzActFlags;

/**
 * JzSituation:
 * @tables: the derived tables as they are before the entry
 * @journal: the entries; only those before @arrival count
 * @arrival: the arrival number that the entry has or will have
 * @now: the entry's time
 * @store: id of the store that writes
 * @act: what is tried
 * @is_proposal: whether it is only proposed
 * @actor: who tries
 * @role: in which role
 * @case_id: the case, `bureau`, or the empty text where the act opens one
 * @args: the arguments
 * @proposal: hash of the proposal that the act carries out
 * @cert: hash of the certificate that signs
 * @is_case_gone: whether the case was destroyed later, so that nothing is known of it any more;
 * only when verifying
 * @objects: (nullable): where adopted rulebooks are
 * @override: (nullable): gets the override that lets the act through, see jz_gates_check()
 * @warnings: (nullable) (element-type utf8): gets what gates tell who does the act
 * @rulebook: (nullable): that of the entry where it was found already, see
 * jz_situation_find_rulebook()
 *
 * All that a check may look at, when the act is performed as well as when it is verified years
 * later.
 */
typedef struct {
  JzConnection *tables;
  JzConnection *journal;
  gint64 arrival;
  JzInstant now;
  const char *store;
  const JzAct *act;
  gboolean is_proposal;
  const char *actor;
  const char *role;
  const char *case_id;
  const JzJson *args;
  JzMaybeHash proposal;
  JzMaybeHash cert;
  gboolean is_case_gone;
  JzObjects *objects;
  JzMaybeHash *override;
  GPtrArray *warnings;
  const JzMaybeHash *rulebook;
} JzSituation;

/**
 * JzApplication:
 * @tables: the derived tables
 * @journal: the entries
 * @record: the entry
 * @args: its arguments
 * @is_live: whether the act is being performed (and not replayed): only then payloads are destroyed
 * @n_things: things made until now
 * @n_texts: texts indexed until now
 *
 * All that apply may look at: a pure function of entry, payload and tables.
 */
typedef struct {
  JzConnection *tables;
  JzConnection *journal;
  const JzJournalRecord *record;
  const JzJson *args;
  gboolean is_live;
  int n_things;
  int n_texts;
} JzApplication;

/**
 * JzAuthority:
 * @key: (nullable): the bureau's own key
 * @certificate: (nullable): its certificate
 *
 * Opening the key takes as long as guessing its password once should, so a batch opens it once.
 */
typedef struct {
  JzKey *key;
  JzCertificate *certificate;
} JzAuthority;

/**
 * JzPreparation:
 * @office: the office
 * @session: who is signed in
 * @new_password: (nullable): for a key that the act makes
 * @ca_password: (nullable): of the bureau's own key
 * @cancellable: (nullable): for long work
 * @authority: the bureau's own key once it is open, see jz_preparation_open_authority()
 * @earlier: (nullable) (element-type JzJson): arguments of the same batch that were prepared before
 *
 * What a prepare function may use. It works before the transaction and only adds arguments.
 */
typedef struct {
  JzOffice *office;
  JzSession *session;
  const char *new_password;
  const char *ca_password;
  GCancellable *cancellable;
  JzAuthority *authority;
  const GPtrArray *earlier;
} JzPreparation;

/**
 * JzAct:
 * @name: `subject.verb`
 * @version: of its arguments and of apply
 * @summary: what it does, to be translated
 * @roles: who may, with `|` between
 * @proposer_roles: (nullable): who may propose it
 * @scope: what it concerns
 * @flags: see #JzActFlags
 * @inverse: (nullable): the act that undoes it; %NULL when it is final
 * @arguments: ends with a nameless one
 * @prepare: (nullable): adds arguments before the transaction
 * @complete: (nullable): adds arguments inside the transaction when the act is performed, such as
 * the next number of a row
 * @needs_proposal: (nullable): whether two signers are needed here; %NULL means always where the
 * flag is set
 * @check: (nullable): refuses
 * @apply: changes the tables
 * @makes_thing: whether the entry makes a thing that has an id: a person, a case, a note
 * @brings_certificate: whether the act is signed with the certificate that it brings, so that the
 * person it is for must hold the key
 * @facts: (nullable): names of the facts that the act states, with a space between; each becomes an
 * argument; `!` behind one that must be stated, `*` behind a text that may have lines
 * @list: (nullable): the list of which the act makes a record, or changes one that the argument
 * `record` names
 * @get_also_asked: (nullable): another act whose gates stand before this one too, or %NULL
 *
 * One act. Apply's code is frozen once released.
 */
struct _JzAct {
  const char *name;
  guint version;
  const char *summary;
  const char *roles;
  const char *proposer_roles;
  JzScope scope;
  JzActFlags flags;
  const char *inverse;
  const JzArgument *arguments;
  gboolean (*prepare) (const JzPreparation *preparation, JzJson *args, GError **error);
  gboolean (*complete) (const JzSituation *situation, JzJson *args, GError **error);
  gboolean (*needs_proposal) (const JzSituation *situation, gboolean *needs, GError **error);
  gboolean (*check) (const JzSituation *situation, JzRefusal **refusal, GError **error);
  gboolean (*apply) (JzApplication *application, GError **error);
  gboolean makes_thing;
  gboolean brings_certificate;
  const char *facts;
  const char *list;
  const char *(*get_also_asked) (const JzSituation *situation);
};

/**
 * JzUpcaster:
 * @act: name of the act
 * @version: of the arguments it takes; it gives those of the next version
 * @upcast: changes the arguments
 *
 * A step from the arguments that an older program wrote to those that apply knows. Kept for ever.
 */
typedef struct {
  const char *act;
  guint version;
  void (*upcast) (JzJson *args);
} JzUpcaster;

const JzAct *jz_act_find (const char *name, gboolean *is_proposal);
const JzAct *const *jz_act_get_all (gsize *n_acts);
gboolean jz_act_upcast (const JzUpcaster *upcasters,
                        gsize n_upcasters,
                        const JzAct *act,
                        guint version,
                        JzJson *args,
                        GError **error);
const JzUpcaster *jz_act_get_upcasters (gsize *n_upcasters);
gboolean
jz_act_check_arguments (const JzAct *act, const JzJson *args, gboolean is_prepared, GError **error);
gboolean jz_act_check_given (const JzAct *act, const JzJson *given, GError **error);
const char *jz_act_find_missing_object (const JzJson *args, JzObjects *objects);
gboolean
jz_act_take_long_texts (const JzAct *act, JzJson *args, JzObjects *objects, GError **error);
const char *jz_argument_get_meaning (const JzArgument *self);
JzJson *jz_act_to_json (const JzAct *act);

char *jz_application_make_thing (JzApplication *self, gint64 *key);
const char *jz_application_get_text (const JzApplication *self, const char *name);
const char *jz_application_get_time (const JzApplication *self, char text[JZ_INSTANT_SIZE]);

G_END_DECLS
