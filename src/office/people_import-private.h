/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/people_import.h"

G_BEGIN_DECLS

struct _JzPeopleImport {
  GPtrArray *rows; /* JzImportRow */
  guint head;      /* row of the table that holds the heads */
  int columns[JZ_IMPORT_N_FIELDS];
  GPtrArray *unknown; /* heads that say nothing to us, and NULL */
};

/* The words of data/import/people.xml. */
typedef struct {
  GArray *columns;    /* JzImportColumn */
  GHashTable *fields; /* word → JzImportField + 1 */
  GHashTable *roles;  /* word → name of the role */
} JzImportWords;

JzImportWords *jz_import_words_load (GError **error);
void jz_import_words_free (JzImportWords *self);
char *jz_import_words_squeeze (const char *head);
gboolean jz_import_parse_date (const char *text, JzDate *date);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzImportWords, jz_import_words_free)

G_END_DECLS
