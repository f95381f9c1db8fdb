/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/demo-private.h"

G_BEGIN_DECLS

/* The plan of one case while it is made. */
typedef struct {
  const JzDemoWords *words;
  JzDemoAgenda *agenda;
  JzDemoRandom random;
  const xmlNode *way;
  char *label;
  JzInstant opened;
  JzInstant now;      /* of the last step */
  GHashTable *facts;  /* name → text */
  GHashTable *people; /* what somebody is to this case → JzDemoPerson */
  GHashTable *duties; /* set of “user duty” */
  char *attachment;   /* label of the last one */
  char *attachment_name;
  int n_attachments;
  int n_pictures;
  int n_proposals;
  gboolean is_first; /* of those that go every way there is */
  gboolean is_closed;
  gboolean is_archived;
  gboolean is_over; /* the next step would be after the end */
  gboolean was_done;
} JzDemoPlan;

int jz_demo_get_number (const xmlNode *element, const char *name);
void jz_demo_plan_choose_people (JzDemoPlan *self);
void jz_demo_plan_choose_facts (JzDemoPlan *self, const char *kind);
const JzDemoPerson *
jz_demo_plan_choose_person (JzDemoPlan *self, const char *role, const char *section, JzDate date);
const JzDemoPerson *jz_demo_plan_get_person (JzDemoPlan *self, const char *who);
const char *jz_demo_plan_get_role (const char *who);
void jz_demo_plan_set_fact (JzDemoPlan *self, const char *name, char *text);
const char *jz_demo_plan_get_fact (JzDemoPlan *self, const char *name);
char *jz_demo_plan_expand (JzDemoPlan *self, const char *text);

void jz_demo_plan_open (JzDemoPlan *self, const char *kind);
void jz_demo_plan_run_step (JzDemoPlan *self, const xmlNode *element);
void jz_demo_plan_run (JzDemoPlan *self, const xmlNode *parent);
void jz_demo_plan_choose_penalty (JzDemoPlan *self);
void jz_demo_plan_set_changing_facts (JzDemoPlan *self);
void jz_demo_plan_add_act (JzDemoPlan *self, const xmlNode *element);
int jz_demo_plan_choose_number (JzDemoPlan *self,
                                const xmlNode *element,
                                const char *name,
                                int otherwise);
void jz_demo_plan_hand_over (JzDemoPlan *self, const char *who, JzInstant *time);

G_END_DECLS
