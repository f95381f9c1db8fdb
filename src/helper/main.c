/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <gst/gst.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "config.h"

#include "helper/confine.h"
#include "helper/file_source.h"
#include "helper/jobs.h"
#include "helper/play.h"
#include "helper/plugins.h"

/* juanzong-media: opens what comes from outside, in a process that can do nothing else. Whoever
 * starts it passes one end of a packet socket as handle 3 (design §9).
 *
 *   --version        says so and ends: whether it starts at all
 *   --list-plugins   lets GStreamer write its list of plugins to $GST_REGISTRY, and ends
 */

#define SOCKET 3

static int
list_plugins (void)
{
  g_autoptr (GError) error = NULL;
  return gst_init_check (NULL, NULL, &error) ? 0 : 1;
}

static gboolean
start_gstreamer (void)
{
  /* A plugin is never looked for in a process of its own: there will be none. */
  gst_registry_fork_set_enabled (FALSE);
  if (!gst_init_check (NULL, NULL, NULL))
    return FALSE;
  jz_plugins_restrict ();
  jz_file_source_register ();
  jz_plugins_preload ();
  return TRUE;
}

static int
serve (void)
{
  JzServe *server = jz_serve_new (SOCKET);
  gboolean is_bounded = jz_confine_limits ();
  gboolean has_no_files;
  gboolean is_restricted;

  prctl (PR_SET_NAME, "juanzong-media");
  if (!start_gstreamer ())
    return 1;
  jz_jobs_add (server);
  jz_play_new (server);
  has_no_files = jz_confine_files ();
  is_restricted = jz_confine_calls ();
  jz_serve_answer (server, &(JzMessage){ .type = JZ_MESSAGE_HELLO,
                                         .a = JZ_MESSAGE_VERSION,
                                         .b = is_restricted,
                                         .c = is_bounded,
                                         .d = has_no_files });
  jz_serve_run (server);
  /* Nothing is worth tidying up; threads of decoders may still be at work. */
  _exit (0);
}

int
main (int argc, char *argv[])
{
  if (argc == 2 && strcmp (argv[1], "--version") == 0) {
    puts ("juanzong-media " JZ_VERSION);
    return 0;
  }
  if (argc == 2 && strcmp (argv[1], "--list-plugins") == 0)
    return list_plugins ();
  if (argc != 1 || fcntl (SOCKET, F_GETFD) < 0) {
    fputs ("juanzong-media is started by Juanzong.\n", stderr);
    return 1;
  }
  return serve ();
}
