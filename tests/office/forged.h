/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forge.h"

G_BEGIN_DECLS

/* What one can do who understands the format, and what finds it: an altered program
 * that writes around the checks, and a journal that is written anew. Each forgery is named by its
 * kind and its place; where nothing inside the store can show it, a checkpoint that somebody else
 * kept does, and the test says that it is only that. */

typedef struct {
  gboolean is_unseen; /* verify finds nothing by itself */
  JzFaultKind kind;   /* else the first fault */
  char *place;
  const char *words;
  gboolean is_held; /* the newest checkpoint is asked as well */
  JzFaultKind held_kind;
  char *held_place;
} Verdict;

void verdict_clear (Verdict *verdict);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Verdict, verdict_clear)

typedef struct {
  const char *name;
  void (*forge) (Forge *forge, Verdict *verdict);
} Forgery;

/* The store that all forgeries of a program begin with. */
extern TamperWorld forged_world;

typedef struct {
  const char *path;
  void (*run) (void);
} ForgedTest;

/* Makes the store and runs the tests. */
int forged_main (int argc, char **argv, const ForgedTest *tests, gsize n_tests);

/* Replaces placeholders such as $OPEN, the id of the open case. */
char *forged_fill_in (const char *text);
/* Appends an entry whose case, arguments, payload, actor and batch may have placeholders. */
void forged_append (Forge *forge, const ForgedEntry *entry);

/* The first fault must be of @kind at @place, with @words in its sentence ... */
void forged_find (Verdict *verdict, JzFaultKind kind, const char *place, const char *words);
/* ... and the newest checkpoint, kept elsewhere, must show this ... */
void forged_hold (Verdict *verdict, JzFaultKind kind, const char *place);
/* ... or nothing but that checkpoint finds it. */
void forged_find_by_checkpoint (Verdict *verdict, JzFaultKind kind, const char *place);

/* A sentence (transfer full) about what was not found as it must be, %NULL where all was. */
char *forged_judge (const char *path, const Verdict *verdict);
void forged_run (const Forgery *forgeries, gsize n);

/* The id under which the store wrote before it was copied. */
char *forged_get_earlier_store (void);

/* Parts of entries that many forgeries need. */
#define NOTE .act = "case.note", .case_id = "$OPEN"
#define BY_HANDLER .who = "handler", .role = "handler"
#define BY_ADMIN .who = "admin", .role = "administrator"
#define PERSON .act = "person.add", .case_id = "bureau", .args = "{'user':'new','name':'李某'}"
#define SETTING                                                                                    \
  .act = "setting.change", .case_id = "bureau", .args = "{'name':'bureau.code','value':'改'}"
#define ARCHIVE                                                                                    \
  .act = "case.archive", .case_id = "$CLOSED",                                                     \
  .args = "{'case':'$CLOSED','happened':'2025-01-03','class':'永久'}"
#define PASSWORD                                                                                   \
  .act = "password.change", .case_id = "bureau",                                                   \
  .args = "{'person_key':'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'}"
#define REVOKE .act = "certificate.revoke", .case_id = "bureau"
#define NO_HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

G_END_DECLS
