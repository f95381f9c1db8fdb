/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  JzJson *value;
} JzJsonMember;

struct _JzJson {
  gatomicrefcount n_references;
  JzJsonKind kind;
  union {
    gboolean boolean;
    gint64 integer;
    char *text;
    GPtrArray *items; /* of JzJson */
    GArray *members;  /* of JzJsonMember, sorted by jz_json_compare_names(), each name once */
  };
};

void jz_json_member_clear (gpointer member);
int jz_json_compare_names (const char *a, const char *b);
JzJson *jz_json_new_take_text (char *value);

static inline const JzJsonMember *
jz_json_peek_member (const JzJson *self, guint position)
{
  return &g_array_index (self->members, JzJsonMember, position);
}

G_END_DECLS
