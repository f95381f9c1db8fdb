/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/frame.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

G_DEFINE_BOXED_TYPE (JzFrame, jz_frame, jz_frame_ref, jz_frame_unref)

/**
 * jz_frame_new:
 * @pixels: (transfer full): @height rows of @width * 4 bytes
 * @width: pixels of a row
 * @height: rows
 * @pts: nanoseconds
 * @number: its place among all pictures, or -1
 *
 * Returns: (transfer full): a picture
 */
JzFrame *
jz_frame_new (GBytes *pixels, guint width, guint height, gint64 pts, gint64 number)
{
  JzFrame *self = g_atomic_rc_box_new0 (JzFrame);

  self->pixels = pixels;
  self->width = width;
  self->height = height;
  self->stride = (gsize)width * 4;
  self->pts = pts;
  self->number = number;
  return self;
}

/**
 * jz_frame_ref:
 * @self: a picture
 *
 * Returns: (transfer full): @self
 */
JzFrame *
jz_frame_ref (JzFrame *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_frame (gpointer data)
{
  JzFrame *self = data;
  g_clear_pointer (&self->pixels, g_bytes_unref);
}

/**
 * jz_frame_unref:
 * @self: (transfer full): a picture
 */
void
jz_frame_unref (JzFrame *self)
{
  g_atomic_rc_box_release_full (self, clear_frame);
}

/**
 * jz_frame_hash_copy:
 * @self: which picture
 *
 * Returns: (transfer full): the same
 */
JzFrameHash *
jz_frame_hash_copy (const JzFrameHash *self)
{
  JzFrameHash *copy = g_memdup2 (self, sizeof *self);

  copy->decoder = g_strdup (self->decoder);
  copy->decoder_version = g_strdup (self->decoder_version);
  copy->format = g_strdup (self->format);
  return copy;
}

/**
 * jz_frame_hash_free:
 * @self: (transfer full) (nullable): which picture
 */
void
jz_frame_hash_free (JzFrameHash *self)
{
  if (self == NULL)
    return;
  g_free (self->decoder);
  g_free (self->decoder_version);
  g_free (self->format);
  g_free (self);
}

/**
 * jz_frame_hash_equal:
 * @a: which picture
 * @b: which picture
 *
 * Returns: whether both are the same picture by time stamp and samples, decoded alike
 */
gboolean
jz_frame_hash_equal (const JzFrameHash *a, const JzFrameHash *b)
{
  return a->pts == b->pts && a->width == b->width && a->height == b->height &&
         strcmp (a->sha256, b->sha256) == 0 && g_strcmp0 (a->decoder, b->decoder) == 0 &&
         g_strcmp0 (a->decoder_version, b->decoder_version) == 0 &&
         g_strcmp0 (a->format, b->format) == 0;
}

/**
 * jz_frame_hash_to_json:
 * @self: which picture
 *
 * Returns: (transfer full): an object: pts, number, sha256, decoder, decoder_version, format,
 * width, height
 */
JzJson *
jz_frame_hash_to_json (const JzFrameHash *self)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_integer (json, "pts", self->pts);
  jz_json_set_integer (json, "number", self->number);
  jz_json_set_text (json, "sha256", self->sha256);
  jz_json_set_text (json, "decoder", self->decoder);
  jz_json_set_text (json, "decoder_version", self->decoder_version);
  jz_json_set_text (json, "format", self->format);
  jz_json_set_integer (json, "width", self->width);
  jz_json_set_integer (json, "height", self->height);
  return json;
}

static gboolean
is_short_text (const char *text)
{
  return text != NULL && strlen (text) <= 200;
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/**
 * jz_frame_hash_from_json:
 * @json: what jz_frame_hash_to_json() wrote, or what somebody claims that it did
 * @error: return location
 *
 * Fails with %JZ_BASE_ERROR_SYNTAX.
 *
 * Returns: (transfer full) (nullable): which picture
 */
JzFrameHash *
jz_frame_hash_from_json (const JzJson *json, GError **error)
{
  g_autoptr (JzFrameHash) self = g_new0 (JzFrameHash, 1);
  gboolean is_object = jz_json_get_kind (json) == JZ_JSON_OBJECT;
  const char *sha256 = is_object ? jz_json_get_member_text (json, "sha256") : NULL;
  gint64 width = is_object ? jz_json_get_member_integer (json, "width", 0) : 0;
  gint64 height = is_object ? jz_json_get_member_integer (json, "height", 0) : 0;

  if (!is_hash (sha256) || width < 1 || width > 65535 || height < 1 || height > 65535 ||
      !is_short_text (jz_json_get_member_text (json, "decoder")) ||
      !is_short_text (jz_json_get_member_text (json, "decoder_version")) ||
      !is_short_text (jz_json_get_member_text (json, "format"))) {
    g_set_error_literal (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX,
                         _ ("This does not say which picture of a recording is meant."));
    return NULL;
  }
  self->pts = jz_json_get_member_integer (json, "pts", 0);
  self->number = jz_json_get_member_integer (json, "number", -1);
  g_strlcpy (self->sha256, sha256, sizeof self->sha256);
  self->decoder = g_strdup (jz_json_get_member_text (json, "decoder"));
  self->decoder_version = g_strdup (jz_json_get_member_text (json, "decoder_version"));
  self->format = g_strdup (jz_json_get_member_text (json, "format"));
  self->width = (guint)width;
  self->height = (guint)height;
  return g_steal_pointer (&self);
}
