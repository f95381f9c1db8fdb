/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/bundles.h"
#include "office/error.h"
#include "office/situation.h"
#include "publish/bundle_make.h"
#include "publish/error.h"

/* A frozen bundle, found again: its lists say which object stands where. */

#define MAX_LIST (16 * 1024 * 1024)

typedef struct {
  JzConnection *tables;
  JzObjects *objects;
  JzBundle *bundle;
} Loading;

static gboolean
fail_list (GError **error)
{
  g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_DAMAGED,
                       _ ("The list of the bundle in the store is damaged. Verify the store, and "
                          "restore it from the backup."));
  return FALSE;
}

static gboolean
add_object (Loading *self, const char *path, const JzHash *hash, GError **error)
{
  JzObject object = { .hash = *hash };

  if (!jz_bundles_get_object_size (self->tables, hash, &object.size, error))
    return FALSE;
  jz_bundle_add (self->bundle, path, &object);
  return TRUE;
}

static gboolean
add_line (Loading *self, const char *line, GError **error)
{
  g_autofree char *hex = g_strndup (line, JZ_HASH_HEX_SIZE - 1);
  JzHash hash;

  if (strlen (line) < JZ_HASH_HEX_SIZE + 2 || !jz_hash_from_hex (hex, &hash) ||
      strncmp (line + JZ_HASH_HEX_SIZE - 1, "  ", 2) != 0)
    return fail_list (error);
  return add_object (self, line + JZ_HASH_HEX_SIZE + 1, &hash, error);
}

static gboolean
add_list (Loading *self, const JzHash *hash, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (self->objects, hash, MAX_LIST, error);
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autofree char *text = data != NULL ? g_strndup (data, length) : NULL;
  g_auto (GStrv) lines = text != NULL ? g_strsplit (text, "\n", -1) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    if ((*line)[0] != '\0' && !add_line (self, *line, error))
      return FALSE;
  return lines != NULL;
}

static gboolean
load_deviations (Loading *self, const JzHash *hash, JzJson **deviations, GError **error)
{
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (self->objects, hash, MAX_LIST, error);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  *deviations = text != NULL ? jz_json_parse_long (text, length, MAX_LIST, error) : NULL;
  return *deviations != NULL;
}

/**
 * jz_bundle_load_newest:
 * @tables: derived tables
 * @objects: the store's
 * @from: first day, as 2026-01-02
 * @to: last day
 * @deviations: (out) (transfer full): what upload tables want otherwise
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bundle that was frozen last of those whose period lies
 *   within these days; %JZ_OFFICE_ERROR_NOT_FOUND where there is none
 */
JzBundle *
jz_bundle_load_newest (JzConnection *tables,
                       JzObjects *objects,
                       const char *from,
                       const char *to,
                       JzJson **deviations,
                       GError **error)
{
  g_autoptr (JzFrozenBundle) frozen = NULL;
  g_autoptr (JzBundle) bundle = jz_bundle_new ();
  g_autoptr (JzJson) wanted = NULL;
  g_autofree char *demo = NULL;
  Loading loading = { tables, objects, bundle };

  if (!jz_tables_get_setting (tables, "store.demo", &demo, error) ||
      !jz_bundles_find_newest (tables, from, to, &frozen, error))
    return NULL;
  if (frozen == NULL) {
    g_set_error (
      error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
      _ ("No bundle of a period within %s to %s was frozen. The publisher does that with "
         "the act publication.bundle."),
      from, to);
    return NULL;
  }
  bundle->id = g_strdup (frozen->id);
  bundle->time = frozen->time;
  bundle->is_demo = demo != NULL;
  if (!jz_date_parse (frozen->from, &bundle->from, error) ||
      !jz_date_parse (frozen->to, &bundle->to, error) ||
      !add_list (&loading, &frozen->manifest, error) ||
      !add_list (&loading, &frozen->tag_manifest, error) ||
      !add_object (&loading, JZ_BUNDLE_TAG_MANIFEST, &frozen->tag_manifest, error) ||
      !add_object (&loading, JZ_BUNDLE_SIGNATURE, &frozen->signature, error) ||
      !load_deviations (&loading, &frozen->deviations, &wanted, error))
    return NULL;
  jz_bundle_sort (bundle);
  *deviations = g_steal_pointer (&wanted);
  return g_steal_pointer (&bundle);
}
