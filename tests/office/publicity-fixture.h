/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/publications.h"
#include "penalty-fixture.h"

G_BEGIN_DECLS

/* Who publishes, beside the people of an ordinary penalty: checker, publisher, and collector, who
 * has the roles of all three. */

#define PUBLICITY_COVER                                                                            \
  "'publication.redactions':[{'field':'party.address','start':0,'length':9,'choice':'cover',"      \
  "'kind':'home_address','rule':'RD-03'}]"

#define PUBLICITY_SHOWN                                                                            \
  "'publication.carrier':'%s','happened':'2025-01-02','address':'https://example.org/1'"

/* A penalty that was decided on 2025-01-02. */
void publicity_init (Penalty *self);
void publicity_do (Penalty *self, const char *who, const char *act, const char *rest);
void publicity_do_by_two (Penalty *self, const char *act, const char *rest);
void publicity_refuse (Penalty *self,
                       const char *who,
                       const char *act,
                       const char *rule,
                       const char *rest);
JzPublication *publicity_find (Penalty *self);
void publicity_serve (Penalty *self);
/* Served, and up to where it waits for its carriers. */
void publicity_release (Penalty *self);
void publicity_confirm (Penalty *self, const char *act, const char *carrier);

G_END_DECLS
