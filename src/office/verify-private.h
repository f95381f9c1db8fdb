/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/verify.h"

G_BEGIN_DECLS

/* After so many faults a report stops: one that is read by a person names the first. */
#define JZ_MAX_FAULTS 100

/* What the parts of a verification share. */
typedef struct {
  const JzVerification *verification;
  JzReport *report;
  JzStore *store;
  JzConnection *journal; /* the store as it was when the verification began */
  JzConnection *tables;  /* the derived tables as the journal gives them; nullable until replayed */
  GHashTable *destroyed; /* ids of entries whose payload was destroyed */
  GArray *named;         /* of JzObject: those with a chunk list, as acts name them */
  char *at;              /* id of the entry that is being replayed */
  gboolean is_named;     /* whether a fault names that entry already */
  char *current;         /* id under which the store writes at that entry */
  gboolean has_unreadable; /* whether a fault names an entry that cannot be read */
} JzVerify;

void jz_report_add (JzReport *self, JzFaultKind kind, const char *place, const char *sentence, ...)
  G_GNUC_PRINTF (4, 5);
void jz_report_add_error (JzReport *self, JzFaultKind kind, const char *place, const GError *error);

gboolean jz_verify_is_damage (const GError *error);
char *jz_verify_find_entry_id (JzVerify *self, gint64 arrival);

gboolean
jz_verify_payload (JzVerify *self, const JzJournalRecord *record, const char *id, GError **error);
gboolean jz_verify_entries (JzVerify *self, GError **error);
gboolean jz_verify_replay (JzVerify *self, GError **error);
gboolean jz_verify_tables (JzVerify *self, GError **error);
char *jz_verify_describe_row (const char *table, const char *key);
gboolean jz_verify_checkpoints (JzVerify *self, GError **error);
gboolean jz_verify_against (JzVerify *self, GError **error);
gboolean jz_verify_certificates (JzVerify *self, GError **error);
gboolean jz_verify_keys (JzVerify *self, GError **error);
gboolean jz_verify_objects (JzVerify *self, GError **error);

G_END_DECLS
