/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "base/json.h"
#include "base/table.h"
#include "store/connection.h"

G_BEGIN_DECLS

/* A list of people from outside, seen through before anything is done (M-20; ux.md §9 step 4). What
 * is done are ordinary acts, in three batches: the people, then their roles, then their
 * credentials. The same list once more finds what is missing still. */

/**
 * JzImportField:
 * @JZ_IMPORT_NAME: what the person is called
 * @JZ_IMPORT_USER: user name for signing in
 * @JZ_IMPORT_SECTION: section
 * @JZ_IMPORT_ROLES: words for roles
 * @JZ_IMPORT_NUMBER: number of the credential
 * @JZ_IMPORT_ISSUER: who issued it
 * @JZ_IMPORT_VALID_FROM: first day
 * @JZ_IMPORT_VALID_TO: last day
 * @JZ_IMPORT_SCOPE: for what it is good
 *
 * What a column of the list holds.
 */
typedef enum {
  JZ_IMPORT_NAME,
  JZ_IMPORT_USER,
  JZ_IMPORT_SECTION,
  JZ_IMPORT_ROLES,
  JZ_IMPORT_NUMBER,
  JZ_IMPORT_ISSUER,
  JZ_IMPORT_VALID_FROM,
  JZ_IMPORT_VALID_TO,
  JZ_IMPORT_SCOPE,
} JzImportField;
#define JZ_IMPORT_N_FIELDS (JZ_IMPORT_SCOPE + 1)

/**
 * JzImportState:
 * @JZ_IMPORT_READY: something of it is not in the store yet, and may come in
 * @JZ_IMPORT_PRESENT: all of it is there
 * @JZ_IMPORT_REFUSED: it cannot come in as it is
 *
 * What becomes of a row.
 */
typedef enum {
  JZ_IMPORT_READY,
  JZ_IMPORT_PRESENT,
  JZ_IMPORT_REFUSED,
} JzImportState;

/**
 * JzImportRow:
 * @line: its line in the file
 * @row: its row in the table
 * @state: what becomes of it
 * @reason: (nullable): why it is refused
 * @texts: what stands in it, by #JzImportField; dates as 2026-03-02
 * @person: (nullable): id of the person when the person is there already
 * @roles: (nullable): names of the roles that the person does not hold yet
 * @n_proposed: how many more of its roles wait for the head to confirm them
 * @adds_credential: whether its credential is not there yet
 *
 * A row of the list.
 */
typedef struct {
  guint line;
  guint row;
  JzImportState state;
  char *reason;
  char *texts[JZ_IMPORT_N_FIELDS];
  char *person;
  GStrv roles;
  guint n_proposed;
  gboolean adds_credential;
} JzImportRow;

typedef struct _JzPeopleImport JzPeopleImport;

JzPeopleImport *
jz_people_import_plan (JzConnection *tables, const JzTable *table, JzDate today, GError **error);
void jz_people_import_free (JzPeopleImport *self);
const GPtrArray *jz_people_import_get_rows (const JzPeopleImport *self);
guint jz_people_import_count (const JzPeopleImport *self, JzImportState state);
guint jz_people_import_get_head (const JzPeopleImport *self);
int jz_people_import_find_column (const JzPeopleImport *self, JzImportField field);
const char *const *jz_people_import_get_unknown (const JzPeopleImport *self);

/* Arguments of the acts (element-type JzJson). The later ones ask the tables for the people that
 * the earlier ones made. */
GPtrArray *jz_people_import_make_people (const JzPeopleImport *self);
gboolean jz_people_import_make_roles (const JzPeopleImport *self,
                                      JzConnection *tables,
                                      GPtrArray **grants,
                                      GPtrArray **proposals,
                                      GError **error);
GPtrArray *jz_people_import_make_credentials (const JzPeopleImport *self,
                                              JzConnection *tables,
                                              GError **error);

/**
 * JzImportColumn:
 * @title: its head
 * @field: what it holds
 * @width: in characters
 *
 * A column of the empty table.
 */
typedef struct {
  char *title;
  JzImportField field;
  guint width;
} JzImportColumn;

GArray *jz_people_import_get_columns (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPeopleImport, jz_people_import_free)

G_END_DECLS
