/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"
#include "office/taken.h"

G_BEGIN_DECLS

struct _JzOffice {
  JzStore *store;
  JzClock *clock;
  char *store_id; /* nullable: a store that has not begun */
  char *new_id;   /* nullable: under which the next act that begins a store id will write */
  gboolean is_demo;
  JzGate gate;
  gpointer gate_data;
  GPtrArray *warnings; /* sentences: what opening could not finish */
  JzTakenFiles *taken; /* files that no act has named yet */
};

void jz_office_follow_up (JzOffice *self, const char *act, JzActOutcome *outcome);
gboolean jz_office_finish_what_is_owed (JzOffice *self, GError **error);

char *jz_make_store_id (void);
void jz_office_set_new_id (JzOffice *self, const char *id);

G_END_DECLS
