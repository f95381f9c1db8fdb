/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/codec.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "media/media-resources.h"

#define PACKAGES "/org/juanzong/media/packages.txt"

/* (transfer full) (nullable): the package that is named for a media type in data/media/packages.txt
 */
static char *
find_package (const char *media)
{
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (jz_media_get_resource (), PACKAGES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *tab = strchr (lines[i], '\t');

    if (lines[i][0] == '#' || tab == NULL)
      continue;
    *tab = '\0';
    if (g_str_has_prefix (media, lines[i]))
      return g_strdup (tab + 1);
  }
  return NULL;
}

/**
 * jz_codec_dup_sentence:
 * @media: a media type that nothing here decodes, "video/x-h265"; foreign text
 *
 * Says what is missing and which Debian package brings it; packages are data
 * (data/media/packages.txt).
 *
 * Returns: (transfer full): one sentence
 */
char *
jz_codec_dup_sentence (const char *media)
{
  g_autofree char *shown = jz_error_dup_excerpt (media, -1);
  g_autofree char *package = find_package (media);

  if (package == NULL || strcmp (package, "-") == 0)
    return g_strdup_printf (_ ("Nothing on this computer shows “%s”, and no package of Debian 12 "
                               "does. Ask for the file in a common format."),
                            shown);
  return g_strdup_printf (_ ("The decoder for “%s” is missing on this computer. Ask the "
                             "administrator to install the package %s."),
                          shown, package);
}
