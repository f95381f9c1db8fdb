/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-private.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"

static const char *
get_short_escape (char sign)
{
  switch (sign) {
  case '\b':
    return "\\b";
  case '\t':
    return "\\t";
  case '\n':
    return "\\n";
  case '\f':
    return "\\f";
  case '\r':
    return "\\r";
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  default:
    return NULL;
  }
}

static void
write_text (GString *out, const char *text)
{
  const char *plain = text;

  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++) {
    const char *escape = get_short_escape (*at);
    if (escape == NULL && (guchar)*at >= 0x20)
      continue;
    g_string_append_len (out, plain, at - plain);
    if (escape != NULL)
      g_string_append (out, escape);
    else
      g_string_append_printf (out, "\\u%04x", (guint)*at);
    plain = at + 1;
  }
  g_string_append (out, plain);
  g_string_append_c (out, '"');
}

static void
write_value (GString *out, const JzJson *value)
{
  switch (value->kind) {
  case JZ_JSON_NULL:
    g_string_append (out, "null");
    break;
  case JZ_JSON_BOOLEAN:
    g_string_append (out, value->boolean ? "true" : "false");
    break;
  case JZ_JSON_INTEGER:
    g_string_append_printf (out, "%" G_GINT64_FORMAT, value->integer);
    break;
  case JZ_JSON_TEXT:
    write_text (out, value->text);
    break;
  case JZ_JSON_ARRAY:
    g_string_append_c (out, '[');
    for (guint i = 0; i < value->items->len; i++) {
      if (i > 0)
        g_string_append_c (out, ',');
      write_value (out, g_ptr_array_index (value->items, i));
    }
    g_string_append_c (out, ']');
    break;
  case JZ_JSON_OBJECT:
    g_string_append_c (out, '{');
    for (guint i = 0; i < value->members->len; i++) {
      const JzJsonMember *member = jz_json_peek_member (value, i);
      if (i > 0)
        g_string_append_c (out, ',');
      write_text (out, member->name);
      g_string_append_c (out, ':');
      write_value (out, member->value);
    }
    g_string_append_c (out, '}');
    break;
  default:
    g_assert_not_reached ();
  }
}

/**
 * jz_json_to_canonical:
 * @self: a value
 * @length: (out) (optional): the number of bytes, without the NUL
 *
 * Writes @self as RFC 8785 asks: no white space, members by the UTF-16 code units of their names,
 * the short escapes and `\u00xx` for other control signs only. The text of an object that
 * jz_json_check_bounds() accepts is read back by jz_json_parse_canonical() as an equal value.
 *
 * Returns: (transfer full): UTF-8 with a NUL behind it
 */
char *
jz_json_to_canonical (const JzJson *self, gsize *length)
{
  GString *out = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  out = g_string_new (NULL);
  write_value (out, self);
  if (length != NULL)
    *length = out->len;
  return g_string_free (out, FALSE);
}

static gboolean
has_depth_within (const JzJson *self, guint depth)
{
  if (self->kind != JZ_JSON_ARRAY && self->kind != JZ_JSON_OBJECT)
    return TRUE;
  if (depth == 0)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (self); i++) {
    if (!has_depth_within (jz_json_get_item (self, i), depth - 1))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_json_check_bounds:
 * @self: a value that was put together from pieces
 * @error: return location for an error
 *
 * Pieces that were each read within the bounds may together be beyond them. What must be read
 * again, a payload above all, is checked with this before it is written.
 *
 * Returns: whether @self has at most %JZ_JSON_MAX_DEPTH levels and its canonical text at most
 *   %JZ_JSON_MAX_SIZE bytes; otherwise %FALSE with %JZ_BASE_ERROR_LIMIT
 */
gboolean
jz_json_check_bounds (const JzJson *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  g_return_val_if_fail (self != NULL, FALSE);
  if (!has_depth_within (self, JZ_JSON_MAX_DEPTH)) {
    g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
                         _ ("The record nests more than 16 levels; make it flatter."));
    return FALSE;
  }
  text = jz_json_to_canonical (self, &length);
  if (length > JZ_JSON_MAX_SIZE) {
    g_set_error_literal (
      error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT,
      _ ("The record has more than 1048576 bytes; put what is long into a file of "
         "its own."));
    return FALSE;
  }
  return TRUE;
}
