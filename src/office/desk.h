/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_rows.h"

G_BEGIN_DECLS

/**
 * JzDeskScope:
 * @JZ_DESK_OF_PERSON: what the person has to do
 * @JZ_DESK_OF_SECTION: what there is to do in the cases of the person's section
 * @JZ_DESK_OF_ALL: what there is to do in all cases
 *
 * Whose desk is looked at.
 */
typedef enum {
  JZ_DESK_OF_PERSON,
  JZ_DESK_OF_SECTION,
  JZ_DESK_OF_ALL,
} JzDeskScope;

/* So many things are shown at most; counts are of all. */
#define JZ_DESK_MAX 300

/**
 * JzDeskQuery:
 * @office: the office
 * @reader: its database
 * @rows: what is kept of its cases, up to date
 * @person: id of who looks
 * @scope: whose desk
 *
 * What is asked.
 */
typedef struct {
  JzOffice *office;
  JzConnection *reader;
  JzCaseRows *rows;
  const char *person;
  JzDeskScope scope;
} JzDeskQuery;

JzJson *jz_desk_read (const JzDeskQuery *query, GError **error);
JzJson *jz_desk_explain (JzOffice *office,
                         JzConnection *reader,
                         const char *case_id,
                         const char *rule,
                         GError **error);

G_END_DECLS
