/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/plugins.h"

#include <gst/gst.h>
#include <string.h>

#define IDLE_MS 300

/* A playlist or a session description is a file that names other files and machines. */
static const char *const reaching[] = { "hlsdemux",      "hlsdemux2", "dashdemux", "dashdemux2",
                                        "mssdemux",      "mssdemux2", "sdpdemux",  "rtspsrc",
                                        "uridownloader", "rtpdec",    "fluiddec",  "wildmididec",
                                        "subparse",      "ssaparse",  "rsvgdec",   "gdkpixbufdec" };

/* Cheap ones that every recording needs … */
static const char *const common[] = {
  "coreelements", "typefindfunctions", "playback",     "isomp4",
  "matroska",     "videoparsersbad",   "audioparsers", "jpeg",
  "audioconvert", "jpegformat",        "app",
};

/* … and one that loads eighty libraries, which takes twice as long as everything else. */
static const char *const heavy[] = { "libav" };

static gboolean
is_reaching (GstPluginFeature *feature)
{
  const char *name = gst_plugin_feature_get_name (feature);
  const char *class =
    gst_element_factory_get_metadata (GST_ELEMENT_FACTORY (feature), GST_ELEMENT_METADATA_KLASS);

  if (class == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (reaching); i++)
    if (strcmp (name, reaching[i]) == 0)
      return TRUE;
  /* All files come by jzfilesource, and decoders of the graphics card are drivers' code. */
  return (strstr (class, "Source") != NULL &&
          gst_element_factory_get_uri_type (GST_ELEMENT_FACTORY (feature)) == GST_URI_SRC &&
          strcmp (name, "jzfilesource") != 0 && strcmp (name, "appsrc") != 0) ||
         strstr (class, "Hardware") != NULL;
}

/* Debian 12 gives it no rank, so that nobody would read the time, device and place in a picture. */
static void
raise_jpeg_parser (GstRegistry *registry)
{
  GstPluginFeature *parser = gst_registry_lookup_feature (registry, "jpegparse");

  if (parser != NULL) {
    gst_plugin_feature_set_rank (parser, GST_RANK_PRIMARY + 1);
    gst_object_unref (parser);
  }
}

/**
 * jz_plugins_restrict:
 *
 * Removes sources, playlists and decoders of hardware from what GStreamer puts together by itself.
 */
void
jz_plugins_restrict (void)
{
  GstRegistry *registry = gst_registry_get ();
  GList *features = gst_registry_get_feature_list (registry, GST_TYPE_ELEMENT_FACTORY);

  for (GList *l = features; l != NULL; l = l->next)
    if (is_reaching (l->data))
      gst_registry_remove_feature (registry, l->data);
  gst_plugin_feature_list_free (features);
  raise_jpeg_parser (registry);
}

static void
load_plugins (const char *const *names, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    GstPlugin *plugin = gst_plugin_load_by_name (names[i]);
    g_clear_object (&plugin);
  }
}

static gboolean
load_heavy_in_idle (gpointer data)
{
  load_plugins (heavy, G_N_ELEMENTS (heavy));
  return G_SOURCE_REMOVE;
}

/**
 * jz_plugins_preload:
 *
 * Loads the plugins that the first file will most likely ask for; those that are missing are missed
 * when a file needs them. What is dear to load is loaded while nothing was asked for a while: of
 * many files that come in one after another, most do not need it.
 */
void
jz_plugins_preload (void)
{
  load_plugins (common, G_N_ELEMENTS (common));
  g_timeout_add (IDLE_MS, load_heavy_in_idle, NULL);
}
