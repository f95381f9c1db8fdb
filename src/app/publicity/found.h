/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/redaction.h"

G_BEGIN_DECLS

/**
 * JzFoundChoice:
 * @JZ_FOUND_OPEN: nobody has decided on it
 * @JZ_FOUND_COVER: it is covered
 * @JZ_FOUND_KEEP: it is kept, for a reason
 * @JZ_FOUND_ADDED: a person covers what was not found
 */
typedef enum {
  JZ_FOUND_OPEN,
  JZ_FOUND_COVER,
  JZ_FOUND_KEEP,
  JZ_FOUND_ADDED,
} JzFoundChoice;

/* Something in a document that the public may not see, and what was decided on it. */
typedef struct {
  char *field;
  guint start;
  guint length;
  char *kind;
  char *rule;
  char *text;
  char *replacement;
  char *where;     /* name of the field */
  char *kind_word; /* what people call the kind */
  char *reason;
  JzFoundChoice choice;
} JzFound;

void jz_found_free (JzFound *self);
GPtrArray *jz_found_list_new (const JzPublicSource *source, const JzJson *redactions);
JzFound *
jz_found_new_added (const JzPublicSource *source, const char *field, guint start, guint length);
JzJson *jz_found_to_redactions (const GPtrArray *list);
guint jz_found_count_open (const GPtrArray *list);

G_END_DECLS
