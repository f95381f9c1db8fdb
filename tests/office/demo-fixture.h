/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office-fixture.h"

/* A look into demo offices. */

typedef struct {
  JzStore *store;
  JzConnection *reader;
} Opened;

void open_demo (Opened *self, const char *path);
void opened_clear (Opened *self);
gint64 count (const Opened *self, const char *sql);
/* All rows of a query, columns joined by TAB. */
char *list (const Opened *self, const char *sql);
/* All tables, and who did what when with which arguments, without what keys and salts make
 * different. */
char *get_masked_dump (const Opened *self);
char *get_masked_journal (const Opened *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Opened, opened_clear)
