/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/typing-private.h"
#include "forms/field_text.h"

/* Rows that come from another program go into the rows and columns of a table. */

static guint
find_column (const JzFormField *table, const JzFormField *column)
{
  for (guint i = 0; i < table->members->len; i++)
    if (g_ptr_array_index (table->members, i) == column)
      return i;
  return 0;
}

/* The head of the other table, where it has the names of the columns. */
static gboolean
is_head (const JzFormField *table, guint first, char **cells)
{
  for (guint i = 0; cells[i] != NULL && first + i < table->members->len; i++) {
    const JzFormField *column = g_ptr_array_index (table->members, first + i);
    if (strcmp (cells[i], column->label.zh) != 0)
      return FALSE;
  }
  return TRUE;
}

static const JzFormChoice *
find_choice (const JzFormField *column, const char *words)
{
  for (guint i = 0; i < column->choices->len; i++) {
    const JzFormChoice *choice = g_ptr_array_index (column->choices, i);
    if (strcmp (choice->label.zh, words) == 0)
      return choice;
  }
  return NULL;
}

static void
put_cell (JzTyping *self, const char *path, const JzFormField *column, const char *text)
{
  const JzFormChoice *choice = find_choice (column, text);
  if (jz_typing_is_typed (self, path)) {
    jz_typing_set_text (self, path, text, 0);
    jz_typing_settle (self, path);
  } else if (choice != NULL) {
    jz_typing_set_value (self, path, jz_json_new_text (choice->value));
  } else if (column->type == JZ_FIELD_BOOL && *text != '\0') {
    jz_typing_set_value (self, path, jz_json_new_boolean (strcmp (text, "否") != 0));
  }
}

static void
put_row (JzTyping *self, const JzFormField *table, guint entry, guint first, char **cells)
{
  for (guint i = 0; cells[i] != NULL && first + i < table->members->len; i++) {
    const JzFormField *column = g_ptr_array_index (table->members, first + i);
    g_autofree char *path = g_strdup_printf ("%s[%u].%s", table->name, entry, column->name);
    put_cell (self, path, column, cells[i]);
  }
}

/**
 * jz_typing_takes_rows:
 * @self: a document
 * @path: a value
 *
 * Returns: whether it is a cell of a table, from which on rows can be put
 */
gboolean
jz_typing_takes_rows (JzTyping *self, const char *path)
{
  g_return_val_if_fail (JZ_IS_TYPING (self), FALSE);

  JzFieldPath where;
  return path != NULL && jz_field_path_parse (self->form, path, &where) &&
         where.field->type == JZ_FIELD_TABLE && where.entry > 0 && where.member != NULL;
}

/**
 * jz_typing_put_rows:
 * @self: a document
 * @path: a cell of a table
 * @rows: (element-type GStrv): the words of the cells
 *
 * Puts rows from that cell on to the right and down, over what is there, and adds rows at the end.
 * A head with the names of the columns is left out. One undo takes all of it back.
 *
 * Returns: how many rows were put
 */
guint
jz_typing_put_rows (JzTyping *self, const char *path, const GPtrArray *rows)
{
  g_return_val_if_fail (jz_typing_takes_rows (self, path), 0);
  g_return_val_if_fail (rows != NULL, 0);

  JzFieldPath where;
  guint n = 0;
  (void)jz_field_path_parse (self->form, path, &where);
  guint first = find_column (where.field, where.member);
  jz_typing_begin (self);
  for (guint i = 0; i < rows->len; i++) {
    guint entry = where.entry + n;
    if (i == 0 && rows->len > 1 && is_head (where.field, first, g_ptr_array_index (rows, i)))
      continue;
    if (entry > jz_typing_count_entries (self, where.field->name))
      jz_typing_add_entry (self, where.field->name, entry);
    if (entry > jz_typing_count_entries (self, where.field->name))
      break;
    put_row (self, where.field, entry, first, g_ptr_array_index (rows, i));
    n++;
  }
  jz_typing_end (self);
  return n;
}

static void
add_members (JzTyping *self, const JzFormField *field, GPtrArray *paths)
{
  guint n = field->is_list ? jz_typing_count_entries (self, field->name) : 1;

  for (guint i = 1; i <= n; i++)
    for (guint j = 0; j < field->members->len; j++) {
      const JzFormField *member = g_ptr_array_index (field->members, j);
      g_ptr_array_add (paths, field->is_list
                                ? g_strdup_printf ("%s[%u].%s", field->name, i, member->name)
                                : g_strdup_printf ("%s.%s", field->name, member->name));
    }
}

/**
 * jz_typing_list_paths:
 * @self: a document
 *
 * Returns: (transfer full): every field of the form in its order, whether or not it is on the pages
 *   now, those of composed fields and of rows by their parts
 */
char **
jz_typing_list_paths (JzTyping *self)
{
  const JzForm *form = jz_typing_get_form (self);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    if (field->members->len == 0 && !field->is_list)
      g_ptr_array_add (paths, g_strdup (field->name));
    add_members (self, field, paths);
  }
  g_ptr_array_add (paths, NULL);
  return (char **)g_ptr_array_steal (paths, NULL);
}
