/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "publish/check-private.h"

/* The names in a bundle. Nothing is written by them here, but whoever unpacks it will: what leads
 * out of the folder, is another name for the same file on some system, or reads otherwise than it
 * is, makes the whole bundle one that is not to be unpacked. */

#define MAX_SHOWN 80

/* What turns the direction of writing, takes no room or is a separator that does not look like one.
 */
static gboolean
is_hidden (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR ||
         type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED;
}

static gboolean
has_hidden (const char *path)
{
  for (const char *at = path; *at != '\0'; at = g_utf8_next_char (at))
    if (is_hidden (g_utf8_get_char (at)))
      return TRUE;
  return FALSE;
}

/* Names that are devices on Windows, with any ending. */
static gboolean
is_device (const char *part)
{
  static const char *const names[] = { "con",  "prn",  "aux",  "nul",  "com1", "com2",
                                       "com3", "com4", "com5", "com6", "com7", "com8",
                                       "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5",
                                       "lpt6", "lpt7", "lpt8", "lpt9", NULL };
  gsize length = strcspn (part, ".");

  for (const char *const *name = names; *name != NULL; name++)
    if (strlen (*name) == length && g_ascii_strncasecmp (*name, part, length) == 0)
      return TRUE;
  return FALSE;
}

/* What other systems cannot write, or write under another name. */
static gboolean
is_portable (const char *part)
{
  gsize length = strlen (part);

  return strpbrk (part, "<>:\"|?*") == NULL && part[length - 1] != '.' && part[length - 1] != ' ' &&
         part[0] != ' ' && !is_device (part);
}

static gboolean
fail_path (JzBag *self, const char *path, const char *sentence)
{
  return jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, path, "%s", sentence);
}

static gboolean
check_part (JzBag *self, const char *path, const char *part)
{
  if (part[0] == '\0' || strcmp (part, ".") == 0 || strcmp (part, "..") == 0)
    return fail_path (self, path, _ ("Its name leads out of the folder of the bundle."));
  if (strlen (part) > JZ_BUNDLE_MAX_NAME)
    return fail_path (self, path, _ ("Its name is longer than file names can be."));
  if (!self->is_plain && !is_portable (part))
    return fail_path (self, path, _ ("Its name would be another one on other computers."));
  return TRUE;
}

static gboolean
check_parts (JzBag *self, const char *path, GStrv parts)
{
  if (g_strv_length (parts) > JZ_BUNDLE_MAX_DEPTH)
    return fail_path (self, path, _ ("It lies in more folders than a bundle has."));
  for (char **part = parts; *part != NULL; part++)
    if (!check_part (self, path, *part))
      return FALSE;
  return TRUE;
}

static gboolean
check_path (JzBag *self, const char *path)
{
  if (path[0] == '/' || path[0] == '~' || (g_ascii_isalpha (path[0]) && path[1] == ':'))
    return fail_path (self, path, _ ("Its name leads to a place outside the bundle."));
  if (strchr (path, '\\') != NULL)
    return fail_path (self, path,
                      _ ("Its name has a backslash, which leads elsewhere on Windows."));
  if (has_hidden (path))
    return fail_path (self, path, _ ("Its name has characters that cannot be seen."));
  if (strlen (path) > JZ_BUNDLE_MAX_PATH)
    return fail_path (self, path, _ ("Its name is longer than file names can be."));
  return TRUE;
}

static char *
dup_key (const char *path)
{
  g_autofree char *normal = g_utf8_normalize (path, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  g_autofree char *folded = g_utf8_casefold (normal, -1);

  return g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
}

static gboolean
take_once (JzBag *self, const char *path, gboolean is_folder)
{
  g_autofree char *key = dup_key (path);
  const char *other = g_hash_table_lookup (self->names, key);

  if (other == NULL) {
    g_hash_table_insert (self->names, g_steal_pointer (&key), g_strdup (path));
    return TRUE;
  }
  /* A folder stands for itself before it comes, when something in it came first. */
  if (is_folder && strcmp (other, path) == 0 && g_hash_table_contains (self->folders, path) &&
      !GPOINTER_TO_INT (g_hash_table_lookup (self->folders, path)))
    return TRUE;
  if (strcmp (other, path) == 0)
    return fail_path (self, path,
                      _ ("It is there twice, and programs differ in which one they unpack."));
  g_autofree char *shown = jz_error_dup_printable (other, -1, MAX_SHOWN);
  return jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, path,
                      _ ("On some computers it would have the same name as %s."), shown);
}

/* The folders in which something lies are there even if no entry says so. */
static gboolean
take_folders (JzBag *self, const char *path)
{
  for (const char *at = strchr (path, '/'); at != NULL; at = strchr (at + 1, '/')) {
    g_autofree char *folder = g_strndup (path, (gsize)(at - path));
    if (g_hash_table_contains (self->folders, folder))
      continue;
    if (g_hash_table_contains (self->files, folder))
      return fail_path (self, folder, _ ("It is a file and a folder at the same time."));
    if (!take_once (self, folder, FALSE))
      return FALSE;
    g_hash_table_insert (self->folders, g_steal_pointer (&folder), GINT_TO_POINTER (FALSE));
  }
  return TRUE;
}

static gboolean
take_inside (JzBag *self, const char *inside, gboolean is_folder)
{
  if (!take_folders (self, inside))
    return FALSE;
  if (!is_folder && g_hash_table_contains (self->folders, inside))
    return fail_path (self, inside, _ ("It is a file and a folder at the same time."));
  if (!take_once (self, inside, is_folder))
    return FALSE;
  if (is_folder)
    g_hash_table_insert (self->folders, g_strdup (inside), GINT_TO_POINTER (TRUE));
  return TRUE;
}

static gboolean
take_top (JzBag *self, const char *path, const char *part)
{
  if (self->top == NULL)
    self->top = g_strdup (part);
  return strcmp (self->top, part) == 0 ||
         jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, path,
                      _ ("It lies beside the folder of the bundle, not in it."));
}

/**
 * jz_bag_take_name:
 * @self: a bag
 * @path: the name of an entry, UTF-8
 * @is_folder: whether it is one of a folder
 * @inside: (out) (transfer full) (nullable): the path under the top folder; %NULL for that itself
 *
 * Returns: whether the name is one that may be there
 */
gboolean
jz_bag_take_name (JzBag *self, const char *path, gboolean is_folder, char **inside)
{
  g_autofree char *plain = g_strdup (path);
  g_auto (GStrv) parts = NULL;

  *inside = NULL;
  if (is_folder && g_str_has_suffix (plain, "/"))
    plain[strlen (plain) - 1] = '\0';
  if (!check_path (self, plain))
    return FALSE;
  if (plain[0] == '\0')
    return fail_path (self, plain, _ ("There is an entry without a name."));
  parts = g_strsplit (plain, "/", -1);
  if (!check_parts (self, plain, parts) || !take_top (self, plain, parts[0]))
    return FALSE;
  if (parts[1] == NULL) {
    /* The entry of the top folder itself is counted like the others. */
    if (!is_folder)
      return jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, plain,
                          _ ("It lies beside the folder of the bundle, not in it."));
    return TRUE;
  }
  *inside = g_strjoinv ("/", parts + 1);
  return take_inside (self, *inside, is_folder);
}
