/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JZ_JSON_MAX_DEPTH 16
#define JZ_JSON_MAX_SIZE (1024 * 1024)
#define JZ_JSON_MAX_INTEGER G_GINT64_CONSTANT (9007199254740991)

typedef enum {
  JZ_JSON_NULL,
  JZ_JSON_BOOLEAN,
  JZ_JSON_INTEGER,
  JZ_JSON_TEXT,
  JZ_JSON_ARRAY,
  JZ_JSON_OBJECT,
} JzJsonKind;

typedef struct _JzJson JzJson;

/* The only form that a payload may have: canonical (parse (text)) = text. */
JzJson *jz_json_parse_canonical (const char *text, gsize length, GError **error);
/* What a person or another program typed: same bounds and no duplicates, but white space, any order
 * of names and any escape are allowed, and the top may be any value. */
JzJson *jz_json_parse (const char *text, gsize length, GError **error);
/* The same for texts that may be longer than a payload. */
JzJson *jz_json_parse_long (const char *text, gsize length, gsize max, GError **error);
/* (transfer full); names sorted as RFC 8785 asks; @length may be NULL */
char *jz_json_to_canonical (const JzJson *self, gsize *length);
/* Depth and size, for what was put together from pieces. */
gboolean jz_json_check_bounds (const JzJson *self, GError **error);

JzJson *jz_json_new_null (void);
JzJson *jz_json_new_boolean (gboolean value);
JzJson *jz_json_new_integer (gint64 value);
JzJson *jz_json_new_text (const char *value);
JzJson *jz_json_new_array (void);
JzJson *jz_json_new_object (void);
JzJson *jz_json_ref (const JzJson *self);
void jz_json_unref (JzJson *self);
JzJson *jz_json_copy (const JzJson *self); /* deep, so that the copy can be changed */
gboolean jz_json_equal (const JzJson *a, const JzJson *b);

JzJsonKind jz_json_get_kind (const JzJson *self);
gboolean jz_json_get_boolean (const JzJson *self);
gint64 jz_json_get_integer (const JzJson *self);
const char *jz_json_get_text (const JzJson *self);

/* An array: items in order; an object: members in canonical order of their names. */
guint jz_json_get_n_items (const JzJson *self);
const JzJson *jz_json_get_item (const JzJson *self, guint position);
void jz_json_append (JzJson *self, JzJson *item /* (transfer full) */);

const char *jz_json_get_name (const JzJson *self, guint position);
const JzJson *jz_json_get_member (const JzJson *self, const char *name); /* NULL when absent */
const char *jz_json_get_member_text (const JzJson *self,
                                     const char *name); /* NULL when absent or no text */
const char *jz_json_read_text (const JzJson *self /* (nullable) */, const char *name);
gint64 jz_json_get_member_integer (const JzJson *self, const char *name, gint64 otherwise);
gboolean jz_json_get_member_boolean (const JzJson *self, const char *name, gboolean otherwise);
void jz_json_set_member (JzJson *self, const char *name, JzJson *value /* (transfer full) */);
void jz_json_set_text (JzJson *self, const char *name, const char *value);
void jz_json_set_integer (JzJson *self, const char *name, gint64 value);
void jz_json_set_boolean (JzJson *self, const char *name, gboolean value);
void jz_json_remove_member (JzJson *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzJson, jz_json_unref)

G_END_DECLS
