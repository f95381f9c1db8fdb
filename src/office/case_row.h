/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_due.h"
#include "office/recording_row.h"

G_BEGIN_DECLS

/**
 * JzCaseGroup:
 * @JZ_CASE_GROUP_LEAD: not filed yet
 * @JZ_CASE_GROUP_INVESTIGATION: filed, and not reported on
 * @JZ_CASE_GROUP_EXAMINATION: reported on, and not decided: review, notice, examination
 * @JZ_CASE_GROUP_EXECUTION: decided: service and performance
 * @JZ_CASE_GROUP_CLOSED: closed
 * @JZ_CASE_GROUP_ARCHIVED: archived
 *
 * Stages that a list is filtered by, the same for all procedures.
 */
typedef enum {
  JZ_CASE_GROUP_LEAD,
  JZ_CASE_GROUP_INVESTIGATION,
  JZ_CASE_GROUP_EXAMINATION,
  JZ_CASE_GROUP_EXECUTION,
  JZ_CASE_GROUP_CLOSED,
  JZ_CASE_GROUP_ARCHIVED,
} JzCaseGroup;

#define JZ_CASE_N_GROUPS (JZ_CASE_GROUP_ARCHIVED + 1)

/**
 * JzCasePlace:
 * @JZ_CASE_PLACE_HERE: in this store
 * @JZ_CASE_PLACE_OUT: a part of it is handed out
 * @JZ_CASE_PLACE_REVIEW: in legal review
 * @JZ_CASE_PLACE_ARCHIVE: in the archive
 *
 * Where a case is.
 */
typedef enum {
  JZ_CASE_PLACE_HERE,
  JZ_CASE_PLACE_OUT,
  JZ_CASE_PLACE_REVIEW,
  JZ_CASE_PLACE_ARCHIVE,
} JzCasePlace;

#define JZ_CASE_N_PLACES (JZ_CASE_PLACE_ARCHIVE + 1)

/* What has no last day stands behind all that has one. */
#define JZ_CASE_NO_DUE "9999-12-31"

/**
 * JzCaseItem:
 * @role: whose desk it is on: `handler` is those of the case, `section_head` that of their section
 * @person: (nullable): the one person whom it concerns; %NULL is whoever has the role
 * @wait: who it waits for
 * @due: last day, or %JZ_CASE_NO_DUE
 * @body: what it is, for the desk
 *
 * Something to be done in a case.
 */
typedef struct {
  const char *role;
  char *person;
  JzCaseWait wait;
  char due[JZ_DATE_SIZE];
  JzJson *body;
} JzCaseItem;

/**
 * JzCaseRow:
 * @key: of the case in the order of arrival
 * @id: its id
 * @number: its number
 * @party: who it concerns
 * @cause: what it is about
 * @handler: names of its handlers
 * @section: section of the first of them
 * @stage: name of its stage
 * @stage_key: by which stages are sorted
 * @group: group of the stage
 * @place: where it is
 * @due: last day of what is due first, or %JZ_CASE_NO_DUE
 * @due_name: what that is
 * @people: (element-type utf8): ids of who handles it
 * @items: (element-type JzCaseItem): what is to be done in it
 * @recordings: (element-type JzRecordingRow): its recordings, and what is owed of them
 *
 * What the lists of cases and of recordings show of one, and the desk.
 */
typedef struct {
  gint64 key;
  char *id;
  char *number;
  char *party;
  char *cause;
  char *handler;
  char *section;
  char *stage;
  int stage_key;
  JzCaseGroup group;
  JzCasePlace place;
  char due[JZ_DATE_SIZE];
  char *due_name;
  GPtrArray *people;
  GPtrArray *items;
  GPtrArray *recordings;
} JzCaseRow;

JzCaseRow *jz_case_row_load (JzConnection *reader,
                             JzObjects *objects,
                             const char *case_id,
                             JzInstant now,
                             GError **error);
void jz_case_row_free (JzCaseRow *self);
const char *jz_case_group_word (JzCaseGroup group);
const char *jz_case_place_word (JzCasePlace place);
char *jz_case_row_dup_number_key (const char *number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzCaseRow, jz_case_row_free)

G_END_DECLS
