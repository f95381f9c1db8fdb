/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "helper/probe_tags.h"

#include <gst/tag/tag.h>
#include <math.h>

#include "helper/decode.h"

static void
take_text (const GstTagList *tags, const char *tag, char **text)
{
  if (*text == NULL)
    gst_tag_list_get_string (tags, tag, text);
}

/* The words of the file: a picture says no zone, and GStreamer then takes that of this machine. */
static char *
write_time (const GstDateTime *time, gboolean has_zone)
{
  GstDateTime *t = (GstDateTime *)time;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!gst_date_time_has_day (t))
    return NULL;
  g_string_append_printf (text, "%04d-%02d-%02d", gst_date_time_get_year (t),
                          gst_date_time_get_month (t), gst_date_time_get_day (t));
  if (!gst_date_time_has_time (t))
    return g_strdup (text->str);
  g_string_append_printf (text, "T%02d:%02d:%02d", gst_date_time_get_hour (t),
                          gst_date_time_get_minute (t),
                          gst_date_time_has_second (t) ? gst_date_time_get_second (t) : 0);
  if (has_zone) {
    int minutes = (int)lrint (gst_date_time_get_time_zone_offset (t) * 60);

    if (minutes == 0)
      g_string_append_c (text, 'Z');
    else
      g_string_append_printf (text, "%c%02d:%02d", minutes < 0 ? '-' : '+', ABS (minutes) / 60,
                              ABS (minutes) % 60);
  }
  return g_strdup (text->str);
}

static void
take_time (JzProbe *probe, const GstTagList *tags)
{
  GstDateTime *time = NULL;

  if (probe->made_at != NULL || !gst_tag_list_get_date_time (tags, GST_TAG_DATE_TIME, &time))
    return;
  probe->made_at = write_time (time, probe->kind != JZ_FILE_PHOTO);
  gst_date_time_unref (time);
}

static void
take_place (JzProbe *probe, const GstTagList *tags)
{
  double latitude = 0;
  double longitude = 0;
  char a[G_ASCII_DTOSTR_BUF_SIZE];
  char b[G_ASCII_DTOSTR_BUF_SIZE];

  if (probe->place != NULL ||
      !gst_tag_list_get_double (tags, GST_TAG_GEO_LOCATION_LATITUDE, &latitude) ||
      !gst_tag_list_get_double (tags, GST_TAG_GEO_LOCATION_LONGITUDE, &longitude) ||
      !isfinite (latitude) || !isfinite (longitude) || fabs (latitude) > 90 ||
      fabs (longitude) > 180)
    return;
  probe->place = g_strdup_printf ("%s,%s", g_ascii_formatd (a, sizeof a, "%.6f", latitude),
                                  g_ascii_formatd (b, sizeof b, "%.6f", longitude));
}

/**
 * jz_probe_take_tags:
 * @probe: gets what was not known yet
 * @tags: what a file says of itself
 */
void
jz_probe_take_tags (JzProbe *probe, const GstTagList *tags)
{
  take_time (probe, tags);
  take_place (probe, tags);
  take_text (tags, GST_TAG_DEVICE_MANUFACTURER, &probe->maker);
  take_text (tags, GST_TAG_DEVICE_MODEL, &probe->model);
  take_text (tags, GST_TAG_APPLICATION_NAME, &probe->software);
  take_text (tags, GST_TAG_ENCODER, &probe->software);
  jz_orientation_parse (tags, &probe->orientation, &probe->mirrored);
}
