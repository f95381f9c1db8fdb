/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/limit_term.h"
#include "base/refusal.h"
#include "rules/vocabulary.h"

G_BEGIN_DECLS

/**
 * JzRuleKind:
 * @JZ_RULE_LAW: a law that is cited
 * @JZ_RULE_ROLE: who may act (rules.md 1.0)
 * @JZ_RULE_LIMIT: a limit of time (rules.md 2.1)
 * @JZ_RULE_GATE: what a step is refused for (rules.md 3)
 * @JZ_RULE_PROCEDURE: a procedure (rules.md 1)
 * @JZ_RULE_STAGE: a stage of a procedure
 * @JZ_RULE_TRIGGER: what asks for legal review or brings the right to a hearing (rules.md 4.1)
 * @JZ_RULE_AUDIT_POINT: one of the points of a review
 * @JZ_RULE_AUDIT_ITEM: what is checked under a point (rules.md 4.3)
 * @JZ_RULE_MATTER: a matter with its discretion benchmark (rules.md 7)
 * @JZ_RULE_RECORDING: what an act owes of sound and picture (rules.md 5)
 *
 * What stands in a rulebook. The order is that of an effective rulebook.
 */
typedef enum {
  JZ_RULE_LAW,
  JZ_RULE_ROLE,
  JZ_RULE_LIMIT,
  JZ_RULE_GATE,
  JZ_RULE_PROCEDURE,
  JZ_RULE_STAGE,
  JZ_RULE_TRIGGER,
  JZ_RULE_AUDIT_POINT,
  JZ_RULE_AUDIT_ITEM,
  JZ_RULE_MATTER,
  JZ_RULE_RECORDING,
} JzRuleKind;

#define JZ_RULE_N_KINDS (JZ_RULE_RECORDING + 1)

/**
 * JzSureness:
 * @JZ_SURENESS_VERIFIED: seen in a text of the law
 * @JZ_SURENESS_KNOWN: known, to be confirmed
 * @JZ_SURENESS_DESIGN: a choice of the program that serves a law; a bureau may replace it
 *
 * How sure a rule is: column V of rules.md.
 */
typedef enum {
  JZ_SURENESS_VERIFIED,
  JZ_SURENESS_KNOWN,
  JZ_SURENESS_DESIGN,
} JzSureness;

typedef struct {
  char *law;     /* id of a law of the rulebook */
  char *article; /* or NULL: the law as a whole */
} JzCitation;

/* What every rule has; every struct below begins with it. */
typedef struct {
  JzRuleKind kind;
  char *id;
  JzText name;
  GArray *bases; /* JzCitation */
  JzDate in_force;
  JzSureness sureness;
  char *book;            /* id of the rulebook that it stood in */
  char *text;            /* as the effective rulebook has it */
  gboolean has_replaced; /* whether it took the place of a rule of a lower book */
} JzRule;

typedef struct {
  JzRule rule;
  char *level;
  char *version;
  JzDate until; /* year 0: still in force */
} JzLaw;

typedef struct {
  JzRule rule;
  char *actor; /* ACT-… */
} JzRoleRule;

/**
 * JzLimitKind:
 * @JZ_LIMIT_DATE: until the end of a day
 * @JZ_LIMIT_INSTANT: until an instant
 * @JZ_LIMIT_BACKWARD: until the end of a day before an event
 * @JZ_LIMIT_FIXED: until a fixed date
 * @JZ_LIMIT_SCHEDULE: until the next of several dates of the year
 * @JZ_LIMIT_QUOTA: so many times in a calendar year
 *
 * What kind of end a limit has.
 */
typedef enum {
  JZ_LIMIT_DATE,
  JZ_LIMIT_INSTANT,
  JZ_LIMIT_BACKWARD,
  JZ_LIMIT_FIXED,
  JZ_LIMIT_SCHEDULE,
  JZ_LIMIT_QUOTA,
} JzLimitKind;

/**
 * JzLimitOwner:
 * @JZ_LIMIT_OF_ORGAN: the organ must act in it
 * @JZ_LIMIT_OF_PARTY: the party may act in it; when it ends, the case goes on
 * @JZ_LIMIT_OF_OTHER: another organ has to act in it
 * @JZ_LIMIT_OF_NOBODY: a day that only follows from others, such as when a surcharge is full
 *
 * Whose time a limit is.
 */
typedef enum {
  JZ_LIMIT_OF_ORGAN,
  JZ_LIMIT_OF_PARTY,
  JZ_LIMIT_OF_OTHER,
  JZ_LIMIT_OF_NOBODY,
} JzLimitOwner;

typedef struct {
  JzExpression *when; /* or NULL: always */
  JzExpression *at;   /* a date or an instant, or NULL: */
  char **after;       /* on the latest due date of these limits */
} JzLimitStart;

typedef struct {
  JzExpression *when; /* or NULL: always */
  JzLimitTerm term;   /* with the count, or the default of @fact */
  char *fact;         /* or NULL: a whole number that says how many */
} JzLimitLength;

typedef struct {
  char *limit; /* extensions that were approved for this limit */
  int count;   /* by how much, where nothing is stated of them */
} JzLimitExtension;

typedef struct {
  JzRule rule;
  JzLimitKind kind;
  JzLimitOwner owner;
  JzExpression *applies;   /* or NULL: always */
  GPtrArray *starts;       /* JzLimitStart: the first whose condition holds */
  GPtrArray *lengths;      /* JzLimitLength: the first whose condition holds */
  GArray *fixed;           /* JzLimitTerm */
  char **exclusion_kinds;  /* or NULL */
  GArray *extensions;      /* JzLimitExtension */
  JzExpression *used;      /* QUOTA */
  JzExpression *ends;      /* what ends it; NULL for a quota */
  GPtrArray *named_limits; /* ids of the limits that its expressions and starts name */
} JzLimit;

typedef struct {
  char *act;          /* "case.file", "field.*" or "*" */
  JzExpression *when; /* or NULL: always */
} JzGateOn;

typedef struct {
  JzRefusalLevel level;
  JzExpression *when;
  JzText sentence; /* with placeholders: {party.name} */
  JzText clears;   /* both NULL where it says nothing */
} JzGateRefusal;

typedef struct {
  JzExpression *when;
  JzText sentence; /* with placeholders: {party.name} */
} JzGateWarning;

typedef struct {
  JzRule rule;
  GPtrArray *on;       /* JzGateOn */
  GPtrArray *refusals; /* JzGateRefusal, the first that holds is told */
  GPtrArray *warnings; /* JzGateWarning, all that hold are told; they stand in nobody's way */
} JzGateRule;

typedef struct {
  JzRule rule;
  GPtrArray *stages; /* borrowed JzStage, by id */
} JzProcedure;

typedef struct {
  char *role;
  int least; /* how many of them, at least 1 */
} JzStageActor;

/* A fact that a stage must state, a document that it must have, a stage that may follow it. */
typedef struct {
  char *name;
  JzExpression *when; /* or NULL: always */
} JzStageItem;

typedef struct {
  char *stage;
  JzExpression *when; /* or NULL: always */
  JzText sentence;    /* why it is so */
} JzStageOrder;

typedef struct {
  JzRule rule;
  char *procedure;
  gboolean is_start;
  gboolean is_end;
  gboolean is_beside;   /* not on the line of stages until something of it has happened */
  GArray *actors;       /* JzStageActor */
  GPtrArray *facts;     /* JzStageItem */
  GPtrArray *documents; /* JzStageItem */
  GPtrArray *next;      /* JzStageItem */
  GPtrArray *after;     /* JzStageOrder */
} JzStage;

typedef enum {
  JZ_TRIGGER_REVIEW,
  JZ_TRIGGER_HEARING,
} JzTriggerPurpose;

typedef struct {
  JzRule rule;
  JzTriggerPurpose purpose;
  JzExpression *when;
} JzTrigger;

typedef struct {
  JzRule rule;
} JzAuditPoint;

typedef enum {
  JZ_AUDIT_AUTO = 1 << 0,     /* computed */
  JZ_AUDIT_ASSISTED = 1 << 1, /* the program lines things up, a person judges */
  JZ_AUDIT_HUMAN = 1 << 2,    /* a person judges */
} JzAuditModes;

/**
 * JzAuditSource:
 * @JZ_AUDIT_FROM_RULES: its gates, limits and condition
 * @JZ_AUDIT_FROM_DOCUMENTS: what the checks of the case's documents find
 * @JZ_AUDIT_FROM_SIMILAR: what was decided in similar cases
 *
 * What answers an item of a review.
 */
typedef enum {
  JZ_AUDIT_FROM_RULES,
  JZ_AUDIT_FROM_DOCUMENTS,
  JZ_AUDIT_FROM_SIMILAR,
} JzAuditSource;

typedef struct {
  JzRule rule;
  char *point;
  JzAuditModes modes;
  JzText shows;
  GPtrArray *see;       /* ids of the gates and limits that compute it */
  JzExpression *passes; /* or NULL; where it holds nobody has to look */
  JzAuditSource source;
  char **checks; /* or NULL: of the checks of documents those that no other item names */
} JzAuditItem;

/**
 * JzRangeKind:
 * @JZ_RANGE_AMOUNT: from so much to so much (DR-1)
 * @JZ_RANGE_MULTIPLE: so many times a base amount, in thousandths (DR-2)
 * @JZ_RANGE_PERCENT: a share of a base amount, in thousandths (DR-3)
 * @JZ_RANGE_MAX_ONLY: up to so much (DR-4)
 * @JZ_RANGE_CHOICE: no amount but a choice of kinds (DR-5)
 * @JZ_RANGE_UNIT: so much for each unit of a quantity (DR-6)
 *
 * How a law or a benchmark sets a range.
 */
typedef enum {
  JZ_RANGE_AMOUNT,
  JZ_RANGE_MULTIPLE,
  JZ_RANGE_PERCENT,
  JZ_RANGE_MAX_ONLY,
  JZ_RANGE_CHOICE,
  JZ_RANGE_UNIT,
} JzRangeKind;

typedef struct {
  JzRangeKind kind;
  char *base;   /* MULTIPLE, PERCENT, UNIT: the fact that is multiplied */
  gint64 least; /* fen, or thousandths of the base; 0 where there is none */
  gint64 most;
} JzRange;

typedef struct {
  char *id;
  JzText name;
  JzExpression *when;
  JzRange range;
} JzTier;

typedef struct {
  char *kind; /* of penalty */
  gboolean is_must;
} JzPenalty;

typedef struct {
  char *id;
  JzText name;
} JzElement;

typedef struct {
  JzRule rule;
  char *field;
  JzCitation violates;
  JzCitation punished_by;
  GArray *penalties;   /* JzPenalty */
  GPtrArray *elements; /* JzElement */
  JzRange range;       /* what the law allows */
  char *benchmark;     /* its title, or NULL: there is none */
  JzDate published_on;
  JzDate benchmark_in_force;
  JzDate benchmark_until; /* year 0: still in force */
  GPtrArray *tiers;       /* JzTier, from light to grave */
} JzMatter;

/**
 * JzRecordingLevel:
 * @JZ_RECORDING_TEXT: text is enough
 * @JZ_RECORDING_BUREAU: as the bureau has set: %JZ_RECORDING_CHOOSE or %JZ_RECORDING_MUST
 * @JZ_RECORDING_CHOOSE: as circumstances require; who does not record says why
 * @JZ_RECORDING_MUST: it must be recorded
 * @JZ_RECORDING_FULL: it must be recorded from its beginning to its end
 * @JZ_RECORDING_FORBIDDEN: it must not be recorded
 *
 * What an act owes of sound and picture, from the least to the strictest.
 */
typedef enum {
  JZ_RECORDING_TEXT,
  JZ_RECORDING_BUREAU,
  JZ_RECORDING_CHOOSE,
  JZ_RECORDING_MUST,
  JZ_RECORDING_FULL,
  JZ_RECORDING_FORBIDDEN,
} JzRecordingLevel;

/* Where a rule says nothing else: seconds without picture in a full recording, and hours in
 * which a recording is stored (rules.md RT-01). */
#define JZ_RECORDING_GAP 60
#define JZ_RECORDING_HOURS 24

typedef struct {
  char *id;
  char *mark; /* or NULL: the kind of mark in a recording that shows it (RE-06) */
  JzText name;
} JzRecordingShot;

/* What officers say while they record. */
typedef struct {
  char *part; /* opening, rights, warning or closing */
  char *mark; /* or NULL: the kind of mark in a recording where it is said */
  JzText words;
} JzRecordingWords;

typedef struct {
  JzRule rule;
  JzRecordingLevel level;
  gboolean takes_photos; /* photos are enough */
  int allowed_gap;       /* seconds */
  int n_hours;           /* until it is stored */
  char **notes;          /* ids of the forms in which it is written down */
  GPtrArray *on;         /* JzGateOn, each with the full name of an act; none of a card alone */
  GPtrArray *shots;      /* JzRecordingShot: what it must show */
  GPtrArray *words;      /* JzRecordingWords: what is said */
} JzRecordingRule;

typedef struct _JzRulebook JzRulebook;

/* A file before it is composed. */
typedef struct {
  GBytes *bytes;
  const char *name; /* for messages */
} JzRulebookFile;

JzRulebook *jz_rulebook_compose (const JzFactVocabulary *vocabulary,
                                 const JzRulebookFile *files,
                                 guint n_files,
                                 GError **error);
JzRulebook *jz_rulebook_load_shipped (const char *field, GError **error);
JzRulebook *jz_rulebook_compose_over_shipped (GBytes *bytes, const char *name, GError **error);
GPtrArray *jz_rulebook_list_shipped (GError **error);
JzRulebook *jz_rulebook_ref (const JzRulebook *self);
void jz_rulebook_unref (JzRulebook *self);

const char *jz_rulebook_get_id (const JzRulebook *self);
const char *jz_rulebook_get_field (const JzRulebook *self);
guint jz_rulebook_get_semantics (const JzRulebook *self);
const JzFactVocabulary *jz_rulebook_get_fact_vocabulary (const JzRulebook *self);
void jz_rulebook_get_vocabulary (const JzRulebook *self, JzVocabulary *vocabulary);
GBytes *jz_rulebook_to_bytes (const JzRulebook *self);
char *jz_rulebook_dup_hash (const JzRulebook *self);

const GPtrArray *jz_rulebook_get_rules (const JzRulebook *self, JzRuleKind kind);
const JzRule *jz_rulebook_find (const JzRulebook *self, JzRuleKind kind, const char *id);
const JzRule *jz_rulebook_find_any (const JzRulebook *self, const char *id);
const char *jz_rule_kind_get_word (JzRuleKind kind);
char *jz_rulebook_dup_basis (const JzRulebook *self, const JzRule *rule, JzLanguage language);

static inline const JzLimit *
jz_rulebook_find_limit (const JzRulebook *self, const char *id)
{
  return (const JzLimit *)jz_rulebook_find (self, JZ_RULE_LIMIT, id);
}

static inline const JzStage *
jz_rulebook_find_stage (const JzRulebook *self, const char *id)
{
  return (const JzStage *)jz_rulebook_find (self, JZ_RULE_STAGE, id);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRulebook, jz_rulebook_unref)

G_END_DECLS
