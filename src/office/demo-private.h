/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/calendar.h"
#include "base/clock.h"
#include "office/demo.h"
#include "office/office.h"
#include "rules/xml.h"

G_BEGIN_DECLS

/* How long the demo office lives (design §1, "Time"). Cases begin when everybody can sign in. */
#define JZ_DEMO_FIRST_DAY ((JzDate){ 2025, 1, 2 })
#define JZ_DEMO_FIRST_CASE_DAY ((JzDate){ 2025, 1, 6 })
#define JZ_DEMO_LAST_DAY ((JzDate){ 2026, 3, 2 })

/* Numbers that look random and follow from the seed: splitmix64. */
typedef struct {
  guint64 state;
} JzDemoRandom;

void jz_demo_random_init (JzDemoRandom *self, guint64 seed, guint64 stream);
guint64 jz_demo_random_next (JzDemoRandom *self);
int jz_demo_random_between (JzDemoRandom *self, int least, int most);
gboolean jz_demo_random_chance (JzDemoRandom *self, int percent);

/**
 * JzDemoPerson:
 * @user: user name
 * @name: what the person is called
 * @section: where he works
 * @roles: his roles, the first one being that in which he signs in
 * @password: the first one
 * @from: day of arrival
 * @until: (nullable): last day
 * @reason: (nullable): why he left
 * @credential: (nullable): number of the enforcement credential
 * @credential_from: its first day
 * @credential_to: its last day
 *
 * A person of the demo office. Days are written as in arguments, where they compare like texts.
 */
typedef struct {
  char *user;
  char *name;
  char *section;
  char **roles;
  char *password;
  char *from;
  char *until;
  char *reason;
  char *credential;
  char *credential_from;
  char *credential_to;
} JzDemoPerson;

/**
 * JzDemoWords:
 * @document: data/demo/words.xml
 * @penalty: data/demo/penalty.xml
 * @calendar: the days on which the office works
 * @people: (element-type JzDemoPerson): the first founds the store, the second accepts it
 *
 * What the demo office is made of.
 */
typedef struct {
  JzXml *document;
  JzXml *penalty;
  JzCalendar *calendar;
  GPtrArray *people;
} JzDemoWords;

JzDemoWords *jz_demo_words_load (GError **error);
void jz_demo_words_free (JzDemoWords *self);
const JzDemoPerson *jz_demo_words_get_person (const JzDemoWords *self, const char *user);
const xmlNode *jz_demo_words_get_part (const JzDemoWords *self, const char *name);
const char *jz_demo_words_peek_attribute (const xmlNode *element, const char *name);
const xmlNode *jz_demo_words_choose (const xmlNode *parent, const char *name, JzDemoRandom *random);
char *jz_demo_words_choose_word (const JzDemoWords *self, const char *list, JzDemoRandom *random);

/**
 * JzDemoStep:
 * @time: when
 * @order: of steps at the same time
 * @user: who
 * @role: in which role
 * @act: what
 * @label: (nullable): by which name later steps speak of what it makes
 * @args: the arguments; anywhere in them `@label` stands for an id, and so it does before a place
 *   (`@label#page=1`); `#label` stands for the hash of an entry
 * @content: (nullable): of an attachment
 *
 * Something that is to happen in the demo office.
 */
typedef struct {
  JzInstant time;
  guint64 order;
  char *user;
  char *role;
  char *act;
  char *label;
  JzJson *args;
  GBytes *content;
} JzDemoStep;

/* What is still to happen, in order of time. */
typedef struct {
  GSequence *steps;
  guint64 n_added;
} JzDemoAgenda;

void jz_demo_agenda_init (JzDemoAgenda *self);
void jz_demo_agenda_clear (JzDemoAgenda *self);
JzDemoStep *jz_demo_agenda_add (JzDemoAgenda *self,
                                JzInstant time,
                                const char *user,
                                const char *role,
                                const char *act,
                                const char *label);
const JzDemoStep *jz_demo_agenda_peek (const JzDemoAgenda *self);
JzDemoStep *jz_demo_agenda_take (JzDemoAgenda *self);
void jz_demo_step_free (JzDemoStep *self);

JzInstant jz_demo_time_on (JzDemoRandom *random, JzDate date);
JzInstant jz_demo_time_later (const JzDemoWords *words,
                              JzDemoRandom *random,
                              JzInstant from,
                              int n_working_days);
JzInstant jz_demo_time_end (void);

GBytes *jz_demo_picture (JzDemoRandom *random);
char *jz_demo_dup_resident_code (JzDemoRandom *random, const char *birthday);
char *jz_demo_dup_credit_code (JzDemoRandom *random, const char *registrar);

/* What the steps that were taken have made, by label. */
typedef struct _JzDemoMade JzDemoMade;

JzDemoMade *jz_demo_made_new (const char *store_id);
void jz_demo_made_free (JzDemoMade *self);
void jz_demo_made_add (JzDemoMade *self, const char *label, guint64 seq);
void jz_demo_made_set_hash (JzDemoMade *self, const char *label, const JzHash *hash);
gboolean jz_demo_made_is_known (JzDemoMade *self, const JzJson *args);
JzJson *jz_demo_made_resolve (JzDemoMade *self, const JzJson *args);

/* When a case begins, by its index. */
typedef struct {
  JzInstant time;
  guint index;
} JzDemoOpening;

GArray *jz_demo_plan_openings (const JzDemoWords *words, guint64 seed, guint n_cases);
void jz_demo_plan_life (const JzDemoWords *words, guint64 seed, JzDemoAgenda *agenda);
JzInstant
jz_demo_plan_case (const JzDemoWords *words, guint64 seed, guint index, JzDemoAgenda *agenda);

gboolean jz_demo_play (JzOffice *office,
                       JzClock *clock,
                       const JzDemoWords *words,
                       const JzDemo *demo,
                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDemoWords, jz_demo_words_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzDemoAgenda, jz_demo_agenda_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDemoStep, jz_demo_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzDemoMade, jz_demo_made_free)

G_END_DECLS
