/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "office/demo-private.h"

/* What the labels of steps stand for. Ids are known before an act is performed; the hash of a
 * proposal is told by the writer thread. */

typedef struct {
  char *id;
  char *hash; /* NULL until its entry is written */
} Made;

struct _JzDemoMade {
  char *store_id;
  GHashTable *things; /* label → Made */
  GMutex mutex;       /* guards the hashes */
};

static void
free_made (gpointer data)
{
  Made *self = data;

  g_free (self->id);
  g_free (self->hash);
  g_free (self);
}

/**
 * jz_demo_made_new:
 * @store_id: of the demo office
 *
 * Returns: (transfer full): what was made, nothing yet
 */
JzDemoMade *
jz_demo_made_new (const char *store_id)
{
  JzDemoMade *self = g_new0 (JzDemoMade, 1);

  self->store_id = g_strdup (store_id);
  self->things = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_made);
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * jz_demo_made_free:
 * @self: (transfer full): what was made
 */
void
jz_demo_made_free (JzDemoMade *self)
{
  g_hash_table_unref (self->things);
  g_mutex_clear (&self->mutex);
  g_free (self->store_id);
  g_free (self);
}

/**
 * jz_demo_made_add:
 * @self: what was made
 * @label: of a step
 * @seq: of the entry that it becomes
 *
 * From now on the label stands for the first thing that the entry makes.
 */
void
jz_demo_made_add (JzDemoMade *self, const char *label, guint64 seq)
{
  Made *made = g_new0 (Made, 1);

  made->id = g_strdup_printf ("%s-%llu-1", self->store_id, (unsigned long long)seq);
  g_mutex_lock (&self->mutex);
  g_hash_table_replace (self->things, g_strdup (label), made);
  g_mutex_unlock (&self->mutex);
}

/**
 * jz_demo_made_set_hash:
 * @self: what was made; may be told on any thread
 * @label: of a step
 * @hash: of the entry that it has become
 */
void
jz_demo_made_set_hash (JzDemoMade *self, const char *label, const JzHash *hash)
{
  Made *made;

  g_mutex_lock (&self->mutex);
  made = g_hash_table_lookup (self->things, label);
  g_free (made->hash);
  made->hash = g_malloc (JZ_HASH_HEX_SIZE);
  jz_hash_to_hex (hash, made->hash);
  g_mutex_unlock (&self->mutex);
}

/**
 * jz_demo_made_is_known:
 * @self: what was made
 * @args: arguments of a step
 *
 * Returns: whether the proposal that they name, if any, is written
 */
gboolean
jz_demo_made_is_known (JzDemoMade *self, const JzJson *args)
{
  const char *proposal = jz_json_get_member_text (args, "proposal");
  const Made *made;
  gboolean is_known;

  if (proposal == NULL)
    return TRUE;
  g_mutex_lock (&self->mutex);
  made = g_hash_table_lookup (self->things, proposal + 1);
  is_known = made != NULL && made->hash != NULL;
  g_mutex_unlock (&self->mutex);
  return is_known;
}

/* “@label” may stand before a place in what it names. */
static JzJson *
resolve_text (JzDemoMade *self, const char *text)
{
  const char *place = text[0] == '@' ? strchr (text, '#') : NULL;
  g_autofree char *label =
    place != NULL ? g_strndup (text + 1, (gsize)(place - text) - 1) : g_strdup (text + 1);
  g_autofree char *whole = NULL;
  const Made *made = g_hash_table_lookup (self->things, label);

  if (made == NULL)
    g_error ("the demo office speaks of %s before it is there", text);
  whole = g_strconcat (text[0] == '#' ? made->hash : made->id, place, NULL);
  return jz_json_new_text (whole);
}

static JzJson *
resolve (JzDemoMade *self, const JzJson *json)
{
  JzJsonKind kind = jz_json_get_kind (json);
  const char *text = kind == JZ_JSON_TEXT ? jz_json_get_text (json) : "";
  JzJson *result;

  if (text[0] == '@' || text[0] == '#')
    return resolve_text (self, text);
  if (kind != JZ_JSON_ARRAY && kind != JZ_JSON_OBJECT)
    return jz_json_copy (json);
  result = kind == JZ_JSON_ARRAY ? jz_json_new_array () : jz_json_new_object ();
  for (guint i = 0; i < jz_json_get_n_items (json); i++) {
    JzJson *item = resolve (self, jz_json_get_item (json, i));
    if (kind == JZ_JSON_ARRAY)
      jz_json_append (result, item);
    else
      jz_json_set_member (result, jz_json_get_name (json, i), item);
  }
  return result;
}

/**
 * jz_demo_made_resolve:
 * @self: what was made
 * @args: arguments of a step
 *
 * Returns: (transfer full): the arguments with ids and hashes in the place of labels
 */
JzJson *
jz_demo_made_resolve (JzDemoMade *self, const JzJson *args)
{
  JzJson *result;

  g_mutex_lock (&self->mutex);
  result = resolve (self, args);
  g_mutex_unlock (&self->mutex);
  return result;
}
