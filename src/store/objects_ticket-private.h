/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/stat.h>

#include "store/objects-private.h"

G_BEGIN_DECLS

/* The three files of one ticket: what is being copied, the copy, and the hashes of its pieces. */
typedef struct {
  char *key;
  char *ticket;
  char *part;
  char *sums;
} JzTicketFiles;

char *jz_ticket_make_key (const char *path, const char *purpose);
void jz_ticket_files_init (JzTicketFiles *self, JzObjects *objects, const char *key);
void jz_ticket_files_clear (JzTicketFiles *self);
void jz_ticket_files_remove (JzTicketFiles *self);
int jz_ticket_write (const JzTicketFiles *self,
                     const char *path,
                     const char *purpose,
                     const struct stat *source);
gboolean jz_ticket_is_of (const JzTicketFiles *self,
                          const char *path,
                          const char *purpose,
                          const struct stat *source);

void jz_arrivals_keep (JzObjects *self, GHashTable *kept);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzTicketFiles, jz_ticket_files_clear)

G_END_DECLS
