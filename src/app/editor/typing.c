/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/editor/typing-private.h"

#include <string.h>

#include "forms/field_text.h"

/* The text of a field that is being typed need not be a value yet: "11" on the way to "1121". Such
 * texts are kept beside the values until the field is left, and longer where they cannot be read.
 */

enum { CHANGED, WENT, REFUSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JzTyping, jz_typing, G_TYPE_OBJECT)

static void
jz_typing_finalize (GObject *object)
{
  JzTyping *self = JZ_TYPING (object);
  jz_filling_free (self->filling);
  jz_form_unref (self->form);
  g_hash_table_unref (self->written);
  jz_changes_free (self->changes);
  G_OBJECT_CLASS (jz_typing_parent_class)->finalize (object);
}

static void
jz_typing_class_init (JzTypingClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = jz_typing_finalize;
  signals[CHANGED] = g_signal_new ("changed", JZ_TYPE_TYPING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[WENT] = g_signal_new ("went", JZ_TYPE_TYPING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
  signals[REFUSED] = g_signal_new ("refused", JZ_TYPE_TYPING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
jz_typing_init (JzTyping *self)
{
  self->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->changes = jz_changes_new ();
}

/**
 * jz_typing_new:
 * @form: the form of the document
 * @today: for days that are typed from today
 *
 * Returns: (transfer full): a document without any value
 */
JzTyping *
jz_typing_new (const JzForm *form, JzDate today)
{
  g_return_val_if_fail (form != NULL, NULL);

  JzTyping *self = g_object_new (JZ_TYPE_TYPING, NULL);
  self->form = jz_form_ref (form);
  self->filling = jz_filling_new (form);
  self->today = today;
  return self;
}

/* Of several changes together only one is told, when they are made. */
void
jz_typing_emit_changed (JzTyping *self, const char *path)
{
  self->revision++;
  if (self->is_grouped)
    self->has_changed = TRUE;
  else
    g_signal_emit (self, signals[CHANGED], 0, path);
}

void
jz_typing_emit_went (JzTyping *self, const char *path, guint caret)
{
  g_signal_emit (self, signals[WENT], 0, path, caret);
}

/**
 * jz_typing_load:
 * @self: a document
 * @draft: what jz_typing_to_draft() made: `values`, and `written` where something could not be read
 * @error: return location
 *
 * Takes in a document as it was left. Nothing of it can be taken back.
 *
 * Returns: whether the values fit the form; when not, the old ones stay
 */
gboolean
jz_typing_load (JzTyping *self, const JzJson *draft, GError **error)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);
  g_return_val_if_fail (draft != NULL, FALSE);

  const JzJson *written = jz_json_get_member (draft, "written");
  JzFilling *filling =
    jz_filling_new_from_json (self->form, jz_json_get_member (draft, "values"), error);
  if (filling == NULL)
    return FALSE;
  jz_filling_free (self->filling);
  self->filling = filling;
  g_hash_table_remove_all (self->written);
  for (guint i = 0; written != NULL && i < jz_json_get_n_items (written); i++)
    g_hash_table_insert (self->written, g_strdup (jz_json_get_name (written, i)),
                         g_strdup (jz_json_get_text (jz_json_get_item (written, i))));
  jz_changes_free (self->changes);
  self->changes = jz_changes_new ();
  jz_typing_emit_changed (self, NULL);
  return TRUE;
}

/**
 * jz_typing_to_draft:
 * @self: a document
 *
 * Returns: (transfer full): an object with `values` and, where something could not be read,
 *   `written`
 */
JzJson *
jz_typing_to_draft (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), NULL);

  JzJson *draft = jz_json_new_object ();
  JzJson *written = jz_json_new_object ();
  GHashTableIter iter;
  gpointer path;
  gpointer text;
  jz_json_set_member (draft, "values", jz_json_copy (jz_filling_get_values (self->filling)));
  g_hash_table_iter_init (&iter, self->written);
  while (g_hash_table_iter_next (&iter, &path, &text))
    jz_json_set_text (written, path, text);
  if (jz_json_get_n_items (written) > 0)
    jz_json_set_member (draft, "written", written);
  else
    jz_json_unref (written);
  return draft;
}

/* A day that cannot be read is a text; the checks of the form find it. */
static gboolean
keeps_any_text (const JzFormField *field)
{
  return field->type == JZ_FIELD_DATE || field->type == JZ_FIELD_DATETIME;
}

/**
 * jz_typing_has_unread:
 * @self: a document
 *
 * Returns: whether something was typed that cannot be read, and so is in no value
 */
gboolean
jz_typing_has_unread (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);

  GHashTableIter iter;
  gpointer path;
  gpointer text;
  g_hash_table_iter_init (&iter, self->written);
  while (g_hash_table_iter_next (&iter, &path, &text)) {
    JzFieldPath where;
    g_autoptr (JzJson) value = NULL;
    if (*(const char *)text != '\0' && jz_field_path_parse (self->form, path, &where) &&
        !keeps_any_text (jz_field_path_get_leaf (&where)) &&
        !jz_field_read_typed (jz_field_path_get_leaf (&where), text, self->today, &value))
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_typing_get_form:
 * @self: a document
 *
 * Returns: (transfer none): its form
 */
const JzForm *
jz_typing_get_form (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), NULL);

  return self->form;
}

/**
 * jz_typing_get_filling:
 * @self: a document
 *
 * Returns: (transfer none): its values
 */
const JzFilling *
jz_typing_get_filling (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), NULL);

  return self->filling;
}

/**
 * jz_typing_get_written:
 * @self: a document
 *
 * Returns: (transfer none) (element-type utf8 utf8): by path, what stands on the page in place of a
 *   value
 */
GHashTable *
jz_typing_get_written (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), NULL);

  return self->written;
}

/**
 * jz_typing_get_revision:
 * @self: a document
 *
 * Returns: a number that is another one after every change
 */
guint
jz_typing_get_revision (JzTyping *self)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), 0);

  return self->revision;
}

/**
 * jz_typing_is_typed:
 * @self: a document
 * @path: a value
 *
 * Returns: whether the value is typed as one text
 */
gboolean
jz_typing_is_typed (JzTyping *self, const char *path)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);

  JzFieldPath where;
  return jz_field_path_parse (self->form, path, &where) &&
         jz_field_is_typed (jz_field_path_get_leaf (&where), jz_field_path_is_list (&where));
}

/**
 * jz_typing_dup_text:
 * @self: a document
 * @path: a value
 *
 * Returns: (transfer full): its text, as it is edited; "" for none
 */
char *
jz_typing_dup_text (JzTyping *self, const char *path)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  const char *written = g_hash_table_lookup (self->written, path);
  JzFieldPath where;
  if (written != NULL)
    return g_strdup (written);
  if (!jz_field_path_parse (self->form, path, &where))
    return g_strdup ("");
  if (jz_field_path_is_list (&where) || where.entry == 0 || where.member != NULL)
    return jz_field_dup_typed (jz_field_path_get_leaf (&where),
                               jz_filling_get_at (self->filling, &where));
  return g_strdup ("");
}

/* Texts are their own values; what else was typed is kept as it was typed. */
static gboolean
is_own_value (const JzFormField *field)
{
  switch (field->type) {
  case JZ_FIELD_TEXT:
  case JZ_FIELD_LONGTEXT:
  case JZ_FIELD_ADDRESS:
    return TRUE;
  default:
    return FALSE;
  }
}

/* Control characters have no place in a document, wherever they were pasted from. */
static char *
dup_clean (const JzFormField *field, const char *text)
{
  GString *clean = g_string_new (NULL);
  gboolean has_paragraphs = jz_field_has_paragraphs (field);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean is_break = character == '\n' && has_paragraphs;
    gboolean is_unseen = g_unichar_iscntrl (character) ||
                         g_unichar_type (character) == G_UNICODE_FORMAT ||
                         (character & 0xfffe) == 0xfffe;
    if (is_break || !is_unseen)
      g_string_append_unichar (clean, character);
    else if (character == '\t')
      g_string_append_c (clean, ' ');
  }
  return g_string_free (clean, FALSE);
}

gboolean
jz_typing_store_text (JzTyping *self, const char *path, const char *text)
{
  JzFieldPath where;
  JzJson *value = NULL;
  if (!jz_field_path_parse (self->form, path, &where))
    return FALSE;
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  gboolean is_read = jz_field_read_typed (leaf, text, self->today, &value);
  if (!is_read && keeps_any_text (leaf))
    value = jz_json_new_text (text);
  if (!jz_filling_put_at (self->filling, &where, value, NULL))
    return FALSE;
  if (is_own_value (leaf))
    g_hash_table_remove (self->written, path);
  else
    g_hash_table_insert (self->written, g_strdup (path), g_strdup (text));
  return TRUE;
}

/**
 * jz_typing_set_text:
 * @self: a document
 * @path: a value that is typed
 * @text: its new text
 * @caret: where the caret was before, in bytes
 *
 * Changes a text. It can be taken back; what is typed on is one change with it. A field that cannot
 * hold the text keeps the old one.
 */
void
jz_typing_set_text (JzTyping *self, const char *path, const char *text, guint caret)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (path != NULL && text != NULL);

  JzFieldPath where;
  if (!jz_field_path_parse (self->form, path, &where))
    return;
  g_autofree char *before = jz_typing_dup_text (self, path);
  const JzFormField *leaf = jz_field_path_get_leaf (&where);
  g_autofree char *clean = dup_clean (leaf, text);
  if (strcmp (before, clean) == 0)
    return;
  if (jz_typing_store_text (self, path, clean))
    jz_changes_add_text (self->changes, path, before, clean, !is_own_value (leaf), caret);
  else
    g_signal_emit (self, signals[REFUSED], 0, path);
  jz_typing_emit_changed (self, path);
}

static void
forget_written (JzTyping *self, const char *field)
{
  GHashTableIter iter;
  gpointer path;
  gsize length = strlen (field);
  g_hash_table_iter_init (&iter, self->written);
  while (g_hash_table_iter_next (&iter, &path, NULL)) {
    const char *rest = (const char *)path + length;
    if (g_str_has_prefix (path, field) && strchr ("[.", *rest) != NULL)
      g_hash_table_iter_remove (&iter);
  }
}

void
jz_typing_set_field (JzTyping *self, const char *field, const JzJson *value)
{
  g_autoptr (GError) error = NULL;
  forget_written (self, field);
  if (!jz_filling_set (self->filling, field, value, &error))
    g_warning ("%s: %s", field, error->message);
}

/* A sum over a column follows the column. */
static void
add_up (JzTyping *self)
{
  for (guint i = 0; i < jz_form_get_n_fields (self->form); i++) {
    const JzFormField *field = jz_form_get_field (self->form, i);
    if (field->sum_of == NULL)
      continue;
    g_auto (GStrv) names = g_strsplit (field->sum_of, ".", 2);
    const JzJson *rows = jz_filling_find (self->filling, names[0]);
    gint64 sum = 0;
    for (guint j = 0; rows != NULL && j < jz_json_get_n_items (rows); j++)
      sum += jz_json_get_member_integer (jz_json_get_item (rows, j), names[1], 0);
    g_autoptr (JzJson) value = jz_json_new_integer (sum);
    if (sum > 0)
      (void)jz_filling_set (self->filling, field->name, value, NULL);
  }
}

/**
 * jz_typing_set_value:
 * @self: a document
 * @path: a value
 * @value: (transfer full) (nullable): what it is now
 *
 * Changes what is not typed: a choice, a tick, the parts of a composite.
 */
void
jz_typing_set_value (JzTyping *self, const char *path, JzJson *value)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (path != NULL);

  g_autoptr (GError) error = NULL;
  JzFieldPath where;
  if (!jz_field_path_parse (self->form, path, &where)) {
    g_clear_pointer (&value, jz_json_unref);
    return;
  }
  const char *field = where.field->name;
  const JzJson *old = jz_filling_find (self->filling, field);
  g_autoptr (JzJson) before = old != NULL ? jz_json_copy (old) : NULL;
  if (!jz_filling_put_at (self->filling, &where, value, &error)) {
    g_warning ("%s: %s", path, error->message);
    return;
  }
  const JzJson *after = jz_filling_find (self->filling, field);
  if (before != NULL && after != NULL && jz_json_equal (before, after))
    return;
  g_hash_table_remove (self->written, path);
  jz_changes_add_value (self->changes, field, before, after);
  add_up (self);
  jz_typing_emit_changed (self, path);
}

/**
 * jz_typing_settle:
 * @self: a document
 * @path: a value that the user leaves
 *
 * What was typed and could be read stands from now on as it stands on paper.
 */
void
jz_typing_settle (JzTyping *self, const char *path)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (path != NULL);

  const char *text = g_hash_table_lookup (self->written, path);
  JzFieldPath where;
  g_autoptr (JzJson) value = NULL;
  jz_changes_break (self->changes);
  if (text == NULL || !jz_field_path_parse (self->form, path, &where))
    return;
  add_up (self);
  if (jz_field_read_typed (jz_field_path_get_leaf (&where), text, self->today, &value) ||
      keeps_any_text (jz_field_path_get_leaf (&where)))
    g_hash_table_remove (self->written, path);
  jz_typing_emit_changed (self, path);
}

/**
 * jz_typing_break:
 * @self: a document
 *
 * What is typed from now on is taken back by itself.
 */
void
jz_typing_break (JzTyping *self)
{
  g_return_if_fail (JZ_IS_TYPING (self));

  jz_changes_break (self->changes);
}

/**
 * jz_typing_count_entries:
 * @self: a document
 * @field: a list
 *
 * Returns: how many entries it has
 */
guint
jz_typing_count_entries (JzTyping *self, const char *field)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), 0);

  const JzJson *list = jz_filling_find (self->filling, field);
  return list != NULL ? jz_json_get_n_items (list) : 0;
}

static void
change_list (JzTyping *self, const char *field, guint skipped, guint added_before)
{
  const JzJson *old = jz_filling_find (self->filling, field);
  guint n = old != NULL ? jz_json_get_n_items (old) : 0;
  g_autoptr (JzJson) before = old != NULL ? jz_json_copy (old) : NULL;
  g_autoptr (JzJson) after = jz_json_new_array ();
  for (guint i = 1; i <= n; i++) {
    if (i == added_before)
      jz_json_append (after, jz_json_new_object ());
    if (i != skipped)
      jz_json_append (after, jz_json_copy (jz_json_get_item (before, i - 1)));
  }
  if (added_before > n)
    jz_json_append (after, jz_json_new_object ());
  jz_typing_set_field (self, field, after);
  jz_changes_add_value (self->changes, field, before, after);
  add_up (self);
  jz_typing_emit_changed (self, NULL);
}

/**
 * jz_typing_add_entry:
 * @self: a document
 * @field: a list
 * @before: the entry that it stands before, from 1; any higher number for the end
 *
 * Adds an empty entry.
 */
void
jz_typing_add_entry (JzTyping *self, const char *field, guint before)
{
  g_return_if_fail (JZ_IS_TYPING (self));
  g_return_if_fail (before >= 1);

  if (jz_typing_count_entries (self, field) < JZ_FILLING_MAX_ENTRIES)
    change_list (self, field, 0, before);
}

/**
 * jz_typing_remove_entry:
 * @self: a document
 * @field: a list
 * @entry: from 1
 *
 * Takes an entry out.
 */
void
jz_typing_remove_entry (JzTyping *self, const char *field, guint entry)
{
  g_return_if_fail (JZ_IS_TYPING (self));

  if (entry >= 1 && entry <= jz_typing_count_entries (self, field))
    change_list (self, field, entry, 0);
}
