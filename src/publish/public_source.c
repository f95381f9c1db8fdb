/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "publish/redaction-private.h"

/* What is published together: every text of the document by the path that stands in findings, the
 * title, and the names of the files. Values are frozen, so a path with a range of bytes says for
 * ever which text is meant. */

/* A part of what is the reader's own has at least so many bytes: three Chinese characters. */
#define LEAST_OWN_PART 9

static void
free_person (gpointer data)
{
  JzPublicPerson *self = data;
  g_free (self->name);
  g_free (self->plain);
  g_free (self);
}

static void
free_leaf (gpointer data)
{
  JzLeaf *self = data;
  g_free (self->path);
  jz_plain_text_free (self->plain);
  g_free (self);
}

/**
 * jz_public_source_new:
 * @filling: the frozen values of a final document; copied
 *
 * Returns: (transfer full): what is to be published: so far the document alone
 */
JzPublicSource *
jz_public_source_new (const JzFilling *filling)
{
  g_return_val_if_fail (filling != NULL, NULL);

  JzPublicSource *self = g_new0 (JzPublicSource, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->filling =
    jz_filling_new_from_json (jz_filling_get_form (filling), jz_filling_get_values (filling), NULL);
  self->title = g_strdup ("");
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->people = g_ptr_array_new_with_free_func (free_person);
  self->own = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * jz_public_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
JzPublicSource *
jz_public_source_ref (const JzPublicSource *self)
{
  g_atomic_ref_count_inc ((gatomicrefcount *)&self->ref_count);
  return (JzPublicSource *)self;
}

/**
 * jz_public_source_unref:
 * @self: a source
 */
void
jz_public_source_unref (JzPublicSource *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->filling, jz_filling_free);
  g_free (self->title);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->own);
  g_free (self);
}

/**
 * jz_public_source_set_title:
 * @self: a source
 * @title: of the case, under which the document is listed
 */
void
jz_public_source_set_title (JzPublicSource *self, const char *title)
{
  g_free (self->title);
  self->title = g_utf8_make_valid (title, -1);
}

/**
 * jz_public_source_set_keeps_names:
 * @self: a source
 * @keeps_names: whether a natural person against whom the decision is made keeps the full name
 *   (RD-01; a setting of the bureau)
 */
void
jz_public_source_set_keeps_names (JzPublicSource *self, gboolean keeps_names)
{
  self->keeps_names = keeps_names;
}

/**
 * jz_public_source_add_file:
 * @self: a source
 * @name: of a file that is published beside the document
 */
void
jz_public_source_add_file (JzPublicSource *self, const char *name)
{
  g_ptr_array_add (self->files, g_utf8_make_valid (name, -1));
}

/**
 * jz_public_source_add_person:
 * @self: a source
 * @name: of somebody whom the case knows
 * @role: what he or she is in it
 * @is_natural: %FALSE for an organisation
 *
 * A name that is told twice keeps the role that hides more; but who acts for the organ or for a
 * party is that also where the same name stands in a record.
 */
void
jz_public_source_add_person (JzPublicSource *self,
                             const char *name,
                             JzPublicRole role,
                             gboolean is_natural)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *plain = jz_plain_dup (valid);
  if (plain[0] == '\0')
    return;
  for (guint i = 0; i < self->people->len; i++) {
    JzPublicPerson *person = g_ptr_array_index (self->people, i);
    if (strcmp (person->plain, plain) != 0)
      continue;
    gboolean is_fixed = person->role <= JZ_PUBLIC_ROLE_OFFICER && role == JZ_PUBLIC_ROLE_OTHER;
    if (!is_fixed)
      person->role = MAX (person->role, role);
    return;
  }
  JzPublicPerson *person = g_new0 (JzPublicPerson, 1);
  person->name = g_steal_pointer (&valid);
  person->plain = g_steal_pointer (&plain);
  person->role = role;
  person->is_natural = is_natural;
  g_ptr_array_add (self->people, person);
}

/**
 * jz_public_source_add_own:
 * @self: a source
 * @text: a name, a number, an address of who is to read it
 *
 * What is the reader's own is not hidden from him; what is of others is, though it be the same kind
 * of thing.
 */
void
jz_public_source_add_own (JzPublicSource *self, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *plain = jz_plain_dup (valid);
  if (plain[0] != '\0')
    g_ptr_array_add (self->own, g_steal_pointer (&plain));
}

/*
 * jz_public_source_is_own:
 * @self: a source
 * @text: something that was found in it
 *
 * Returns: whether it is the reader's own, or a part of that long enough to be no chance
 */
gboolean
jz_public_source_is_own (const JzPublicSource *self, const char *text)
{
  g_autofree char *plain = jz_plain_dup (text);
  for (guint i = 0; i < self->own->len; i++) {
    const char *own = g_ptr_array_index (self->own, i);
    if (strcmp (own, plain) == 0 ||
        (strlen (plain) >= LEAST_OWN_PART && strstr (own, plain) != NULL))
      return TRUE;
  }
  return FALSE;
}

/**
 * jz_public_source_get_filling:
 * @self: a source
 *
 * Returns: (transfer none): the document
 */
const JzFilling *
jz_public_source_get_filling (const JzPublicSource *self)
{
  return self->filling;
}

static void
add_leaf (GPtrArray *leaves, char *path, const char *text)
{
  JzLeaf *leaf = g_new0 (JzLeaf, 1);
  leaf->path = path;
  leaf->text = text;
  leaf->plain = jz_plain_text_new (text);
  g_ptr_array_add (leaves, leaf);
}

static void
add_values (GPtrArray *leaves,
            const char *path,
            const JzFormField *field,
            const JzFormField *owner,
            const JzJson *siblings,
            const JzJson *value)
{
  if (jz_json_get_kind (value) == JZ_JSON_TEXT) {
    add_leaf (leaves, g_strdup (path), jz_json_get_text (value));
    JzLeaf *leaf = g_ptr_array_index (leaves, leaves->len - 1);
    leaf->field = field;
    leaf->owner = owner;
    leaf->siblings = siblings;
  } else if (jz_json_get_kind (value) == JZ_JSON_ARRAY) {
    for (guint i = 0; i < jz_json_get_n_items (value); i++) {
      g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i + 1);
      add_values (leaves, inner, field, owner, siblings, jz_json_get_item (value, i));
    }
  } else if (jz_json_get_kind (value) == JZ_JSON_OBJECT) {
    for (guint i = 0; i < jz_json_get_n_items (value); i++) {
      const char *name = jz_json_get_name (value, i);
      g_autofree char *inner = g_strdup_printf ("%s.%s", path, name);
      const JzFormField *member = field != NULL ? jz_form_field_find_member (field, name) : NULL;
      add_values (leaves, inner, member, field, value, jz_json_get_item (value, i));
    }
  }
}

/*
 * jz_public_source_list_leaves:
 * @self: a source, which must live longer than what is returned
 *
 * Returns: (transfer full) (element-type JzLeaf): every text that is published, in order
 */
GPtrArray *
jz_public_source_list_leaves (const JzPublicSource *self)
{
  GPtrArray *leaves = g_ptr_array_new_with_free_func (free_leaf);
  const JzForm *form = jz_filling_get_form (self->filling);
  add_leaf (leaves, g_strdup (JZ_PUBLIC_TITLE), self->title);
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    const JzJson *value = jz_json_get_member (jz_filling_get_values (self->filling), field->name);
    if (value != NULL)
      add_values (leaves, field->name, field, NULL, jz_filling_get_values (self->filling), value);
  }
  for (guint i = 0; i < self->files->len; i++)
    add_leaf (leaves, g_strdup_printf (JZ_PUBLIC_FILES "[%u]", i + 1),
              g_ptr_array_index (self->files, i));
  return leaves;
}

/*
 * jz_leaves_find:
 * @leaves: of jz_public_source_list_leaves()
 * @path: a path, as in findings
 *
 * Returns: (transfer none) (nullable): the text that stands there
 */
const JzLeaf *
jz_leaves_find (const GPtrArray *leaves, const char *path)
{
  for (guint i = 0; i < leaves->len; i++) {
    const JzLeaf *leaf = g_ptr_array_index (leaves, i);
    if (strcmp (leaf->path, path) == 0)
      return leaf;
  }
  return NULL;
}

/**
 * jz_public_source_dup_text:
 * @self: a source
 * @field: a path, as in findings
 *
 * Returns: (transfer full) (nullable): the text that stands there; %NULL where there is none
 */
char *
jz_public_source_dup_text (const JzPublicSource *self, const char *field)
{
  g_autoptr (GPtrArray) leaves = jz_public_source_list_leaves (self);
  const JzLeaf *leaf = jz_leaves_find (leaves, field);
  return leaf != NULL ? g_strdup (leaf->text) : NULL;
}
