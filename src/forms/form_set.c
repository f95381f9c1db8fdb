/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "forms/form_set.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "forms/form-private.h"
#include "rules/file_set.h"

/* A form set is a set of files: one of blocks under the key "blocks", and each form under "form."
 * and its id, so that a bureau's own form takes the place of the shipped one with its id. */

#define KIND "forms"
#define BLOCKS_KEY "blocks"
#define FORM_PREFIX "form."

G_STATIC_ASSERT (JZ_FORM_SET_MAX_SIZE == JZ_FILE_SET_MAX_SIZE);
G_STATIC_ASSERT (JZ_FORM_SET_MAX_FORMS == JZ_FILE_SET_MAX_FILES - 1);

struct _JzFormSet {
  gatomicrefcount ref_count;
  JzFormBlocks *blocks;
  GPtrArray *forms; /* (element-type JzForm), in the order of their ids */
};

static gboolean
put_file (JzFileSet *set, GBytes *bytes, const char *name, GError **error)
{
  g_autoptr (JzXml) document = jz_form_open_document (bytes, name, error);
  g_autofree char *id = NULL;
  g_autofree char *key = NULL;

  if (document == NULL)
    return FALSE;
  if (jz_xml_is_element (jz_xml_get_root (document), BLOCKS_KEY))
    return jz_file_set_put (set, BLOCKS_KEY, name, bytes, error);
  id = jz_xml_dup_attribute (jz_xml_get_root (document), "id");
  key = g_strconcat (FORM_PREFIX, id, NULL);
  return jz_file_set_put (set, key, name, bytes, error);
}

static JzFileSet *
collect_shipped (GError **error)
{
  g_autoptr (JzFileSet) set = jz_file_set_new (KIND);
  g_auto (GStrv) ids = jz_form_list_shipped ();
  g_autoptr (GBytes) blocks = jz_form_lookup_shipped (JZ_FORM_BLOCKS_NAME);

  if (!put_file (set, blocks, JZ_FORM_BLOCKS_NAME, error))
    return NULL;
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *name = g_strconcat (ids[i], ".xml", NULL);
    g_autoptr (GBytes) bytes = jz_form_lookup_shipped (name);
    if (!put_file (set, bytes, name, error))
      return NULL;
  }
  return g_steal_pointer (&set);
}

static GBytes *
compose (JzFileSet *set,
         GBytes *const *files,
         const char *const *names,
         guint n_files,
         GError **error)
{
  for (guint i = 0; i < n_files; i++) {
    if (!put_file (set, files[i], names[i], error))
      return NULL;
  }
  return jz_file_set_to_bytes (set, error);
}

/**
 * jz_form_set_compose_shipped:
 * @error: return location
 *
 * Returns: (transfer full): the forms that came with the program, as one object; the same for the
 *   same program
 */
GBytes *
jz_form_set_compose_shipped (GError **error)
{
  return jz_form_set_compose_over_shipped (NULL, NULL, 0, error);
}

/**
 * jz_form_set_compose_over_shipped:
 * @files: (array length=n_files): the contents of a bureau's own files
 * @names: (array length=n_files): their names, for messages
 * @n_files: how many
 * @error: return location
 *
 * Puts a bureau's own files over those that came with the program: a form takes the place of the
 * one with its id or is added, and a file of blocks takes the place of the blocks, all of them; of
 * two files that say the same thing the later one counts. Whether the forms are right together is
 * for jz_form_set_load() to say.
 *
 * Returns: (transfer full): the set as one object, or %NULL with %JZ_BASE_ERROR_SYNTAX or
 *   %JZ_BASE_ERROR_LIMIT; the message begins with name, line and column of the file where one is
 *   to blame
 */
GBytes *
jz_form_set_compose_over_shipped (GBytes *const *files,
                                  const char *const *names,
                                  guint n_files,
                                  GError **error)
{
  g_autoptr (JzFileSet) set = NULL;

  g_return_val_if_fail (n_files == 0 || (files != NULL && names != NULL), NULL);

  set = collect_shipped (error);
  return set != NULL ? compose (set, files, names, n_files, error) : NULL;
}

/**
 * jz_form_set_compose_over:
 * @base: a set as one object
 * @files: (array length=n_files): the contents of a bureau's own files
 * @names: (array length=n_files): their names, for messages
 * @n_files: how many
 * @error: return location
 *
 * Puts files over a set that was composed before, as jz_form_set_compose_over_shipped() does over
 * what is shipped.
 *
 * Returns: (transfer full): the new set, or %NULL as there
 */
GBytes *
jz_form_set_compose_over (GBytes *base,
                          GBytes *const *files,
                          const char *const *names,
                          guint n_files,
                          GError **error)
{
  g_autoptr (JzFileSet) set = NULL;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (n_files == 0 || (files != NULL && names != NULL), NULL);

  set = jz_file_set_parse (base, KIND, KIND, error);
  return set != NULL ? compose (set, files, names, n_files, error) : NULL;
}

static JzFormBlocks *
load_blocks (const JzFileSet *set, GError **error)
{
  for (guint i = 0; i < jz_file_set_get_n_files (set); i++) {
    g_autoptr (GBytes) bytes = NULL;
    if (strcmp (jz_file_set_get_key (set, i), BLOCKS_KEY) != 0)
      continue;
    bytes = jz_file_set_dup_bytes (set, i);
    return jz_form_blocks_load (bytes, jz_file_set_get_name (set, i), error);
  }
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("The form set has no file of blocks; compose it anew from its files."));
  return NULL;
}

static gboolean
add_form (JzFormSet *self,
          const JzFileSet *set,
          guint position,
          const JzVocabulary *vocabulary,
          GError **error)
{
  g_autoptr (GBytes) bytes = jz_file_set_dup_bytes (set, position);
  const char *key = jz_file_set_get_key (set, position);
  const char *name = jz_file_set_get_name (set, position);
  g_autoptr (JzForm) form = jz_form_load (bytes, name, self->blocks, vocabulary, error);

  if (form == NULL)
    return FALSE;
  if (g_str_has_prefix (key, FORM_PREFIX) &&
      strcmp (key + strlen (FORM_PREFIX), jz_form_get_id (form)) == 0) {
    g_ptr_array_add (self->forms, g_steal_pointer (&form));
    return TRUE;
  }
  g_set_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
               _ ("%s: The form set keeps this form under the name of another one; compose it anew "
                  "from its files."),
               name);
  return FALSE;
}

static JzFormSet *
new_set (JzFormBlocks *blocks)
{
  JzFormSet *self = g_new0 (JzFormSet, 1);

  self->blocks = blocks;
  g_atomic_ref_count_init (&self->ref_count);
  self->forms = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_form_unref);
  return self;
}

static int
compare_forms (gconstpointer a, gconstpointer b)
{
  return strcmp (jz_form_get_id (*(const JzForm *const *)a),
                 jz_form_get_id (*(const JzForm *const *)b));
}

/**
 * jz_form_set_load:
 * @bytes: the set as one object
 * @name: its name, for messages
 * @vocabulary: (nullable): the facts of a case; without it, expressions over facts are not checked
 * @error: return location
 *
 * Reads a form set, all of it: a set of which one form is wrong is wrong.
 *
 * Returns: (transfer full): the set, or %NULL with %JZ_BASE_ERROR_SYNTAX, %JZ_BASE_ERROR_RANGE or
 *   %JZ_BASE_ERROR_LIMIT; where a form or the blocks are wrong, the message begins with name, line
 *   and column of the file that the set was composed of
 */
JzFormSet *
jz_form_set_load (GBytes *bytes, const char *name, const JzVocabulary *vocabulary, GError **error)
{
  g_autoptr (JzFileSet) set = NULL;
  g_autoptr (JzFormBlocks) blocks = NULL;
  g_autoptr (JzFormSet) self = NULL;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  set = jz_file_set_parse (bytes, KIND, name, error);
  blocks = set != NULL ? load_blocks (set, error) : NULL;
  if (blocks == NULL)
    return NULL;
  self = new_set (g_steal_pointer (&blocks));
  for (guint i = 0; i < jz_file_set_get_n_files (set); i++) {
    if (strcmp (jz_file_set_get_key (set, i), BLOCKS_KEY) != 0 &&
        !add_form (self, set, i, vocabulary, error))
      return NULL;
  }
  g_ptr_array_sort (self->forms, compare_forms);
  return g_steal_pointer (&self);
}

/**
 * jz_form_set_ref:
 * @self: a set
 *
 * Returns: (transfer full): the same
 */
JzFormSet *
jz_form_set_ref (const JzFormSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&((JzFormSet *)self)->ref_count);
  return (JzFormSet *)self;
}

/**
 * jz_form_set_unref:
 * @self: (transfer full): a set
 *
 * Lets go of a set; its forms go with the last one.
 */
void
jz_form_set_unref (JzFormSet *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->forms);
  jz_form_blocks_free (self->blocks);
  g_free (self);
}

/**
 * jz_form_set_get_n_forms:
 * @self: a set
 *
 * Returns: how many forms it has
 */
guint
jz_form_set_get_n_forms (const JzFormSet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->forms->len;
}

/**
 * jz_form_set_get_form:
 * @self: a set
 * @position: of a form in it, in the order of their ids
 *
 * Returns: (transfer none): the form
 */
const JzForm *
jz_form_set_get_form (const JzFormSet *self, guint position)
{
  g_return_val_if_fail (self != NULL && position < self->forms->len, NULL);

  return g_ptr_array_index (self->forms, position);
}

/**
 * jz_form_set_get_blocks:
 * @self: a set
 *
 * Returns: (transfer none): what its forms share; a form of somebody's own is tried over it
 */
const JzFormBlocks *
jz_form_set_get_blocks (const JzFormSet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->blocks;
}

/**
 * jz_form_set_find:
 * @self: a set
 * @id: the id of a form
 *
 * Returns: (transfer none) (nullable): the form, %NULL where the set has none of this id
 */
const JzForm *
jz_form_set_find (const JzFormSet *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->forms->len; i++) {
    const JzForm *form = g_ptr_array_index (self->forms, i);
    if (strcmp (jz_form_get_id (form), id) == 0)
      return form;
  }
  return NULL;
}
