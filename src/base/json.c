/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-private.h"

#include <string.h>

/* Values are counted, and whoever holds the only reference may change one; a value that is shared
 * never changes, so threads may read it without a lock. The members of an object are kept in
 * canonical order at all times: writing needs no sorting and reading no cache. */

static JzJson *
new_of_kind (JzJsonKind kind)
{
  JzJson *self = g_new0 (JzJson, 1);
  g_atomic_ref_count_init (&self->n_references);
  self->kind = kind;
  return self;
}

static gboolean
is_of_kind (const JzJson *self, JzJsonKind kind)
{
  return self != NULL && self->kind == kind;
}

static gboolean
is_container (const JzJson *self)
{
  return is_of_kind (self, JZ_JSON_ARRAY) || is_of_kind (self, JZ_JSON_OBJECT);
}

static gboolean
can_change (JzJson *self)
{
  return g_atomic_ref_count_compare (&self->n_references, 1);
}

/* Private: frees what a JzJsonMember holds. */
void
jz_json_member_clear (gpointer member)
{
  JzJsonMember *self = member;
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->value, jz_json_unref);
}

/* Private: compares two names by their UTF-16 code units (RFC 8785 §3.2.3) without converting them.
 * The order of UTF-8 bytes is that of code points; it differs from UTF-16 only in that the signs
 * beyond U+FFFF (lead bytes from 0xf0), as surrogates from 0xd800, come before U+E000 to U+FFFF
 * (lead bytes 0xee and 0xef). */
int
jz_json_compare_names (const char *a, const char *b)
{
  const guchar *left = (const guchar *)a;
  const guchar *right = (const guchar *)b;

  while (*left == *right && *left != '\0') {
    left++;
    right++;
  }
  if (*left >= 0xee && *right >= 0xee && (*left >= 0xf0) != (*right >= 0xf0))
    return *left >= 0xf0 ? -1 : 1;
  return (int)*left - (int)*right;
}

/* Private: takes @value, which must be valid UTF-8. */
JzJson *
jz_json_new_take_text (char *value)
{
  JzJson *self = new_of_kind (JZ_JSON_TEXT);
  self->text = value;
  return self;
}

/**
 * jz_json_new_null:
 *
 * Returns: (transfer full): the value null
 */
JzJson *
jz_json_new_null (void)
{
  return new_of_kind (JZ_JSON_NULL);
}

/**
 * jz_json_new_boolean:
 * @value: true or false
 *
 * Returns: (transfer full): the value
 */
JzJson *
jz_json_new_boolean (gboolean value)
{
  JzJson *self = new_of_kind (JZ_JSON_BOOLEAN);
  self->boolean = value != FALSE;
  return self;
}

/**
 * jz_json_new_integer:
 * @value: from -%JZ_JSON_MAX_INTEGER to %JZ_JSON_MAX_INTEGER; anything else is the caller's mistake
 *
 * Returns: (transfer full): the value
 */
JzJson *
jz_json_new_integer (gint64 value)
{
  JzJson *self = NULL;

  g_return_val_if_fail (value >= -JZ_JSON_MAX_INTEGER && value <= JZ_JSON_MAX_INTEGER, NULL);
  self = new_of_kind (JZ_JSON_INTEGER);
  self->integer = value;
  return self;
}

/**
 * jz_json_new_text:
 * @value: UTF-8; anything else is the caller's mistake
 *
 * Returns: (transfer full): the value
 */
JzJson *
jz_json_new_text (const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);
  g_return_val_if_fail (g_utf8_validate (value, -1, NULL), NULL);
  return jz_json_new_take_text (g_strdup (value));
}

/**
 * jz_json_new_array:
 *
 * Returns: (transfer full): an array without items
 */
JzJson *
jz_json_new_array (void)
{
  JzJson *self = new_of_kind (JZ_JSON_ARRAY);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_json_unref);
  return self;
}

/**
 * jz_json_new_object:
 *
 * Returns: (transfer full): an object without members
 */
JzJson *
jz_json_new_object (void)
{
  JzJson *self = new_of_kind (JZ_JSON_OBJECT);
  self->members = g_array_new (FALSE, TRUE, sizeof (JzJsonMember));
  g_array_set_clear_func (self->members, jz_json_member_clear);
  return self;
}

/**
 * jz_json_ref:
 * @self: a value
 *
 * May be called from any thread. While there is more than one reference, nobody may change @self.
 *
 * Returns: (transfer full): @self
 */
JzJson *
jz_json_ref (const JzJson *self)
{
  JzJson *shared = (JzJson *)self;

  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&shared->n_references);
  return shared;
}

/**
 * jz_json_unref:
 * @self: (transfer full): a value
 *
 * May be called from any thread.
 */
void
jz_json_unref (JzJson *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->n_references))
    return;
  if (self->kind == JZ_JSON_TEXT)
    g_free (self->text);
  else if (self->kind == JZ_JSON_ARRAY)
    g_ptr_array_unref (self->items);
  else if (self->kind == JZ_JSON_OBJECT)
    g_array_unref (self->members);
  g_free (self);
}

static void
copy_contents (JzJson *copy, const JzJson *self)
{
  if (self->kind == JZ_JSON_ARRAY) {
    for (guint i = 0; i < self->items->len; i++)
      g_ptr_array_add (copy->items, jz_json_copy (g_ptr_array_index (self->items, i)));
    return;
  }
  for (guint i = 0; i < self->members->len; i++) {
    const JzJsonMember *member = jz_json_peek_member (self, i);
    JzJsonMember copied = { g_strdup (member->name), jz_json_copy (member->value) };
    g_array_append_val (copy->members, copied);
  }
}

/**
 * jz_json_copy:
 * @self: a value
 *
 * Copies @self and all it holds, so that the copy can be changed at any depth.
 *
 * Returns: (transfer full): the copy
 */
JzJson *
jz_json_copy (const JzJson *self)
{
  JzJson *copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  switch (self->kind) {
  case JZ_JSON_NULL:
    return jz_json_new_null ();
  case JZ_JSON_BOOLEAN:
    return jz_json_new_boolean (self->boolean);
  case JZ_JSON_INTEGER:
    return jz_json_new_integer (self->integer);
  case JZ_JSON_TEXT:
    return jz_json_new_take_text (g_strdup (self->text));
  case JZ_JSON_ARRAY:
  case JZ_JSON_OBJECT:
    copy = self->kind == JZ_JSON_ARRAY ? jz_json_new_array () : jz_json_new_object ();
    copy_contents (copy, self);
    return copy;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
has_equal_contents (const JzJson *a, const JzJson *b)
{
  if (jz_json_get_n_items (a) != jz_json_get_n_items (b))
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (a); i++) {
    if (a->kind == JZ_JSON_OBJECT && strcmp (jz_json_get_name (a, i), jz_json_get_name (b, i)) != 0)
      return FALSE;
    if (!jz_json_equal (jz_json_get_item (a, i), jz_json_get_item (b, i)))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_json_equal:
 * @a: a value
 * @b: a value
 *
 * Returns: whether both have the same canonical text
 */
gboolean
jz_json_equal (const JzJson *a, const JzJson *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);
  if (a == b)
    return TRUE;
  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind) {
  case JZ_JSON_NULL:
    return TRUE;
  case JZ_JSON_BOOLEAN:
    return a->boolean == b->boolean;
  case JZ_JSON_INTEGER:
    return a->integer == b->integer;
  case JZ_JSON_TEXT:
    return strcmp (a->text, b->text) == 0;
  case JZ_JSON_ARRAY:
  case JZ_JSON_OBJECT:
    return has_equal_contents (a, b);
  default:
    g_assert_not_reached ();
  }
}

/**
 * jz_json_get_kind:
 * @self: a value
 *
 * Returns: what it is
 */
JzJsonKind
jz_json_get_kind (const JzJson *self)
{
  g_return_val_if_fail (self != NULL, JZ_JSON_NULL);
  return self->kind;
}

/**
 * jz_json_get_boolean:
 * @self: a boolean; any other kind is the caller's mistake
 *
 * Returns: its value
 */
gboolean
jz_json_get_boolean (const JzJson *self)
{
  g_return_val_if_fail (is_of_kind (self, JZ_JSON_BOOLEAN), FALSE);
  return self->boolean;
}

/**
 * jz_json_get_integer:
 * @self: an integer; any other kind is the caller's mistake
 *
 * Returns: its value
 */
gint64
jz_json_get_integer (const JzJson *self)
{
  g_return_val_if_fail (is_of_kind (self, JZ_JSON_INTEGER), 0);
  return self->integer;
}

/**
 * jz_json_get_text:
 * @self: a text; any other kind is the caller's mistake
 *
 * Returns: (transfer none): its value, UTF-8 with a NUL behind it
 */
const char *
jz_json_get_text (const JzJson *self)
{
  g_return_val_if_fail (is_of_kind (self, JZ_JSON_TEXT), NULL);
  return self->text;
}

/**
 * jz_json_get_n_items:
 * @self: an array or an object; any other kind is the caller's mistake
 *
 * Returns: the number of its items or members
 */
guint
jz_json_get_n_items (const JzJson *self)
{
  g_return_val_if_fail (is_container (self), 0);
  return self->kind == JZ_JSON_ARRAY ? self->items->len : self->members->len;
}

/**
 * jz_json_get_item:
 * @self: an array or an object
 * @position: less than jz_json_get_n_items()
 *
 * Returns: (transfer none): the item, or the value of the member, at @position; members stand in
 *   canonical order
 */
const JzJson *
jz_json_get_item (const JzJson *self, guint position)
{
  g_return_val_if_fail (is_container (self), NULL);
  g_return_val_if_fail (position < jz_json_get_n_items (self), NULL);
  if (self->kind == JZ_JSON_ARRAY)
    return g_ptr_array_index (self->items, position);
  return jz_json_peek_member (self, position)->value;
}

/**
 * jz_json_append:
 * @self: an array to which nobody else has a reference
 * @item: (transfer full): what to put at its end
 */
void
jz_json_append (JzJson *self, JzJson *item)
{
  g_return_if_fail (is_of_kind (self, JZ_JSON_ARRAY) && can_change (self));
  g_return_if_fail (item != NULL && item != self);
  g_ptr_array_add (self->items, item);
}

/**
 * jz_json_get_name:
 * @self: an object
 * @position: less than jz_json_get_n_items()
 *
 * Returns: (transfer none): the name of the member at @position in canonical order
 */
const char *
jz_json_get_name (const JzJson *self, guint position)
{
  g_return_val_if_fail (is_of_kind (self, JZ_JSON_OBJECT), NULL);
  g_return_val_if_fail (position < self->members->len, NULL);
  return jz_json_peek_member (self, position)->name;
}

/* Whether @name is there; @position is where it stands or would stand. A name behind all others is
 * found at once, so that an object which is filled in order is not searched at each step. */
static gboolean
find_member (const JzJson *self, const char *name, guint *position)
{
  guint low = 0;
  guint high = self->members->len;

  if (high > 0 && jz_json_compare_names (jz_json_peek_member (self, high - 1)->name, name) < 0)
    low = high;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    int order = jz_json_compare_names (jz_json_peek_member (self, middle)->name, name);
    if (order == 0) {
      *position = middle;
      return TRUE;
    }
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *position = low;
  return FALSE;
}

/**
 * jz_json_get_member:
 * @self: an object
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the value of the member, or %NULL when there is none
 */
const JzJson *
jz_json_get_member (const JzJson *self, const char *name)
{
  guint position = 0;

  g_return_val_if_fail (is_of_kind (self, JZ_JSON_OBJECT), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  return find_member (self, name, &position) ? jz_json_peek_member (self, position)->value : NULL;
}

/**
 * jz_json_get_member_text:
 * @self: an object
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the text of the member, or %NULL when there is none or it is
 *   of another kind
 */
const char *
jz_json_get_member_text (const JzJson *self, const char *name)
{
  const JzJson *value = jz_json_get_member (self, name);
  return is_of_kind (value, JZ_JSON_TEXT) ? value->text : NULL;
}

/**
 * jz_json_read_text:
 * @self: (nullable): an object
 * @name: a name
 *
 * Returns: (transfer none): the text of the member; empty when there is none or it is of another
 * kind
 */
const char *
jz_json_read_text (const JzJson *self, const char *name)
{
  const char *text = self != NULL ? jz_json_get_member_text (self, name) : NULL;

  return text != NULL ? text : "";
}

/**
 * jz_json_get_member_integer:
 * @self: an object
 * @name: a name
 * @otherwise: the answer when there is no such member or it is of another kind
 *
 * Returns: the integer of the member
 */
gint64
jz_json_get_member_integer (const JzJson *self, const char *name, gint64 otherwise)
{
  const JzJson *value = jz_json_get_member (self, name);
  return is_of_kind (value, JZ_JSON_INTEGER) ? value->integer : otherwise;
}

/**
 * jz_json_get_member_boolean:
 * @self: an object
 * @name: a name
 * @otherwise: the answer when there is no such member or it is of another kind
 *
 * Returns: the boolean of the member
 */
gboolean
jz_json_get_member_boolean (const JzJson *self, const char *name, gboolean otherwise)
{
  const JzJson *value = jz_json_get_member (self, name);
  return is_of_kind (value, JZ_JSON_BOOLEAN) ? value->boolean : otherwise;
}

/**
 * jz_json_set_member:
 * @self: an object to which nobody else has a reference
 * @name: UTF-8; anything else is the caller's mistake
 * @value: (transfer full): the value of the member
 *
 * Sets a member, in place of one of the same name if there is one. The members keep their canonical
 * order; setting them in that order costs least.
 */
void
jz_json_set_member (JzJson *self, const char *name, JzJson *value)
{
  guint position = 0;

  g_return_if_fail (is_of_kind (self, JZ_JSON_OBJECT) && can_change (self));
  g_return_if_fail (name != NULL && g_utf8_validate (name, -1, NULL));
  g_return_if_fail (value != NULL && value != self);
  if (find_member (self, name, &position)) {
    JzJsonMember *member = &g_array_index (self->members, JzJsonMember, position);
    JzJson *replaced = member->value;
    member->value = value;
    jz_json_unref (replaced);
  } else {
    JzJsonMember member = { g_strdup (name), value };
    g_array_insert_val (self->members, position, member);
  }
}

/**
 * jz_json_set_text:
 * @self: an object to which nobody else has a reference
 * @name: UTF-8
 * @value: UTF-8
 *
 * As jz_json_set_member() with a text.
 */
void
jz_json_set_text (JzJson *self, const char *name, const char *value)
{
  g_return_if_fail (value != NULL && g_utf8_validate (value, -1, NULL));
  jz_json_set_member (self, name, jz_json_new_text (value));
}

/**
 * jz_json_set_integer:
 * @self: an object to which nobody else has a reference
 * @name: UTF-8
 * @value: see jz_json_new_integer()
 *
 * As jz_json_set_member() with an integer.
 */
void
jz_json_set_integer (JzJson *self, const char *name, gint64 value)
{
  g_return_if_fail (value >= -JZ_JSON_MAX_INTEGER && value <= JZ_JSON_MAX_INTEGER);
  jz_json_set_member (self, name, jz_json_new_integer (value));
}

/**
 * jz_json_set_boolean:
 * @self: an object to which nobody else has a reference
 * @name: UTF-8
 * @value: true or false
 *
 * As jz_json_set_member() with a boolean.
 */
void
jz_json_set_boolean (JzJson *self, const char *name, gboolean value)
{
  jz_json_set_member (self, name, jz_json_new_boolean (value));
}

/**
 * jz_json_remove_member:
 * @self: an object to which nobody else has a reference
 * @name: a name; nothing happens when there is no such member
 */
void
jz_json_remove_member (JzJson *self, const char *name)
{
  guint position = 0;

  g_return_if_fail (is_of_kind (self, JZ_JSON_OBJECT) && can_change (self));
  g_return_if_fail (name != NULL);
  if (find_member (self, name, &position))
    g_array_remove_index (self->members, position);
}
