/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/redaction.h"

G_BEGIN_DECLS

/* Invented decisions with personal data planted in hard places, written before the detectors were:
 * over line ends, in full width, in tables, with unusual spaces, in names of files. Nobody in them
 * exists, and no number was given out. */

#define DECISIONS_N 60

/* What was planted: the bytes that must not reach the public. */
typedef struct {
  char *field;
  gsize start;
  gsize length;
  char *text; /* as it stands there */
  char *bare; /* the same without what was put between its characters */
  const char *kind;
} Planted;

typedef struct {
  JzPublicSource *source;
  JzFilling *filling;
  GPtrArray *planted; /* (element-type Planted) */
} Decision;

Decision *decision_new (const JzForm *form, guint number, guint32 seed);
void decision_free (Decision *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decision, decision_free)

G_END_DECLS
