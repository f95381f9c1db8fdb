/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/reader-private.h"
#include "rules/rulebook.h"

/* How a rulebook comes to be: the files are read and merged by id (rulebook_merge.c), each rule is
 * read from its element (rulebook_read.c and its neighbours), what lies between rules is checked
 * (rulebook_check.c). The effective rulebook has a form of its own, in which the same rules are
 * always the same bytes (rulebook_canonical.c). */

G_BEGIN_DECLS

struct _JzRulebook {
  gatomicrefcount n_references;
  char *id;
  char *field;
  char *version;
  guint semantics;
  JzDate in_force;
  JzFactVocabulary *facts;
  GPtrArray *rules[JZ_RULE_N_KINDS];  /* JzRule, by id */
  GHashTable *index[JZ_RULE_N_KINDS]; /* id to JzRule, borrowed */
  GBytes *canonical;
};

typedef struct {
  JzXml *document;
  char *id;
  char *level;
  char *field;
  char *version;
  guint semantics;
  JzDate in_force;
} JzRuleSource;

/* A rule that is going to be in force: its element, and the source that this stands in. */
typedef struct {
  JzRuleKind kind;
  char *id;
  const JzRuleSource *source;
  const xmlNode *element;
  gboolean has_replaced;
} JzRulePlace;

typedef struct {
  JzRulebook *book;
  GPtrArray *places;        /* JzRulePlace, by kind and id */
  GHashTable *limits;       /* ids of limits, borrowed from the places */
  JzVocabulary vocabulary;  /* of facts and of these limits */
  const JzRulePlace *place; /* that is read now */
  GPtrArray *named_limits;  /* where its expressions' limits are noted, or NULL */
} JzRuleReader;

void jz_rule_source_free (JzRuleSource *self);
JzRuleSource *jz_rule_source_open (GBytes *bytes, const char *name, GError **error);
GPtrArray *jz_rule_sources_merge (GPtrArray *sources, GError **error);
const JzRulePlace *jz_rule_places_find (const GPtrArray *places, JzRuleKind kind, const char *id);
char *jz_rule_write_canonical (const xmlNode *element);
GBytes *jz_rulebook_write_canonical (const JzRulebook *self);

JzRulebook *jz_rulebook_compose_sources (const JzFactVocabulary *vocabulary,
                                         GPtrArray *sources,
                                         GError **error);

void jz_rule_free (gpointer rule);
JzRule *jz_rule_read (JzRuleReader *reader, const JzRulePlace *place, GError **error);
gboolean jz_rule_reader_fail (const JzRuleReader *self,
                              const xmlNode *element,
                              GError **error,
                              char *sentence);
gboolean jz_rule_reader_read_expression (JzRuleReader *self,
                                         const xmlNode *element,
                                         JzValueKind kind,
                                         JzExpression **expression,
                                         GError **error);
gboolean jz_rule_reader_read_when (JzRuleReader *self,
                                   const xmlNode *parent,
                                   JzExpression **when,
                                   GError **error);
gboolean jz_rule_reader_read_citation (JzRuleReader *self,
                                       const xmlNode *element,
                                       JzCitation *citation,
                                       GError **error);
gboolean jz_rule_reader_check_sentence (JzRuleReader *self,
                                        const xmlNode *element,
                                        const JzText *sentence,
                                        GError **error);
const JzFactDefinition *jz_rule_reader_find_fact (const JzRuleReader *self,
                                                  const xmlNode *element,
                                                  const char *name,
                                                  GError **error);
gboolean jz_rule_reader_check_word (const JzRuleReader *self,
                                    const xmlNode *element,
                                    const char *set,
                                    const char *word,
                                    GError **error);

gboolean jz_limit_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
/* The acts that a rule speaks of, each with its condition (JzGateOn). */
GPtrArray *jz_gate_on_list_new (void);
gboolean
jz_gate_on_read (JzRuleReader *reader, const xmlNode *element, GPtrArray *list, GError **error);
gboolean jz_gate_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
gboolean jz_stage_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
gboolean
jz_matter_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
gboolean
jz_recording_rule_read (JzRuleReader *reader, const xmlNode *element, JzRule *rule, GError **error);
void jz_limit_clear (JzRule *rule);
void jz_gate_clear (JzRule *rule);
void jz_stage_clear (JzRule *rule);
void jz_matter_clear (JzRule *rule);
void jz_recording_rule_clear (JzRule *rule);

gboolean jz_rulebook_check (JzRuleReader *reader, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRuleSource, jz_rule_source_free)

G_END_DECLS
