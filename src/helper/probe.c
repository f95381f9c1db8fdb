/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "helper/heif.h"
#include "helper/pdf.h"
#include "helper/probe_media.h"
#include "helper/sniff.h"

static gboolean
put_json (JzHelperJob *job, const JzProbe *probe, GError **error)
{
  g_autoptr (JzJson) json = jz_probe_to_json (probe);
  gsize length = 0;
  g_autofree char *text = jz_json_to_canonical (json, &length);

  if (length > job->memory_size)
    return jz_job_fail (error, JZ_MEDIA_ERROR_PROTOCOL, "memory");
  memcpy (job->memory, text, length);
  job->result[0] = (gint64)length;
  return TRUE;
}

static gboolean
look (JzHelperJob *job, const JzSniff *sniff, JzProbe *probe, GError **error)
{
  if (sniff->is_heif) {
    jz_heif_probe (job, sniff, probe);
    return TRUE;
  }
  switch (sniff->kind) {
  case JZ_FILE_PDF:
    jz_pdf_probe (job, probe);
    return TRUE;
  case JZ_FILE_PHOTO:
  case JZ_FILE_VIDEO:
  case JZ_FILE_AUDIO:
    return jz_media_probe_streams (job, sniff, probe, error);
  case JZ_FILE_OFFICE:
  case JZ_FILE_OTHER:
  default:
    return TRUE;
  }
}

/**
 * jz_job_probe:
 * @job: text is the ending of the file's name
 * @error: return location
 *
 * Learns what a file is and says of itself. A file that is damaged, locked or strange is no
 * failure: that is what there is to say of it.
 *
 * Returns: whether the memory holds the #JzProbe
 */
gboolean
jz_job_probe (JzHelperJob *job, GError **error)
{
  g_autoptr (JzProbe) probe = jz_probe_new ();
  g_autofree char *ending = g_ascii_strdown (job->text, -1);
  JzSniff sniff = { 0 };

  jz_sniff (job, &sniff);
  probe->kind = sniff.kind;
  probe->container = g_strdup (sniff.container);
  if (job->file_size == 0)
    jz_probe_add_odd (probe, "empty");
  if (sniff.is_cut)
    jz_probe_add_odd (probe, "cut");
  if (sniff.has_macros)
    jz_probe_add_odd (probe, "macros");
  if (!look (job, &sniff, probe, error))
    return FALSE;
  sniff.kind = probe->kind;
  sniff.container = probe->container;
  if (job->file_size > 0 && !jz_sniff_fits (ending, &sniff))
    jz_probe_add_odd (probe, "wrong-ending");
  return put_json (job, probe, error);
}
