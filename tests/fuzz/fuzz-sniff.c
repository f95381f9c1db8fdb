/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gst/gst.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "helper/heif.h"
#include "helper/sniff.h"

/* Any bytes as a file from outside: what its beginning, its boxes and its list of names say, and
 * what the camera noted down. Nothing is decoded here; that is what tests/media tries in the cage.
 */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* GStreamer has so many names that GLib gives up its first list of them, which looks like a leak
 * (see tests/lsan.supp); where the tests run under the sanitizers, leaks are looked for. */
const char *__asan_default_options (void);

const char *
__asan_default_options (void)
{
  return "detect_leaks=0";
}

static void
start (void)
{
  static gboolean is_started;

  if (is_started)
    return;
  gst_init (NULL, NULL);
  /* Of notes of a camera that make no sense GStreamer complains, and goes on. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_fatal_mask (G_LOG_DOMAIN,
                        G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);
  is_started = TRUE;
}

static int
make_file (const uint8_t *data, size_t size)
{
  int file = memfd_create ("fuzz", MFD_CLOEXEC);

  g_assert_cmpint (file, >=, 0);
  g_assert_cmpint (write (file, data, size), ==, (gssize)size);
  return file;
}

static void
try_heif (const JzHelperJob *job, const JzSniff *sniff)
{
  g_autoptr (JzProbe) probe = jz_probe_new ();
  g_autoptr (JzJson) json = NULL;
  g_autoptr (JzProbe) again = NULL;
  g_autoptr (GError) error = NULL;

  probe->kind = sniff->kind;
  probe->container = g_strdup (sniff->container);
  jz_heif_probe (job, sniff, probe);
  g_assert_cmpuint (probe->streams->len, ==, 1);
  json = jz_probe_to_json (probe);
  again = jz_probe_from_json (json, &error);
  g_assert_no_error (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const endings[] = { "jpg", "heic", "mp4", "docx", "doc", "pdf", "none" };
  JzHelperJob job = { .file_size = size };
  JzSniff sniff = { 0 };

  start ();
  job.file = make_file (data, size);
  jz_sniff (&job, &sniff);
  g_assert_true (sniff.kind == JZ_FILE_OTHER || sniff.container != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    (void)jz_sniff_fits (endings[i], &sniff);
  if (sniff.is_heif)
    try_heif (&job, &sniff);
  close (job.file);
  return 0;
}
