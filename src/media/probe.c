/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "media/codec.h"
#include "media/error.h"

/* Its JSON is kept in the journal: members may be added, never renamed. */

#define MAX_TEXT_CHARACTERS 200
#define MAX_ODD 16
#define MAX_PAGES 10000000

static const char *const kinds[] = {
  [JZ_FILE_OTHER] = "other", [JZ_FILE_PHOTO] = "photo", [JZ_FILE_VIDEO] = "video",
  [JZ_FILE_AUDIO] = "audio", [JZ_FILE_PDF] = "pdf",     [JZ_FILE_OFFICE] = "office",
};

/* "codec" and "wrong-ending" are made with what the file really is. */
static const struct {
  const char *word;
  const char *sentence;
} oddities[] = {
  { "attachment",
    N_ ("Other files are hidden in this PDF. They are kept with it and not opened.") },
  { "cut", N_ ("The file breaks off before the end that it announces.") },
  { "damaged", N_ ("The file is damaged and cannot be shown, or not to its end.") },
  { "empty", N_ ("The file is empty.") },
  { "large", N_ ("The picture is too large to be shown in full.") },
  { "launch", N_ ("This PDF wants to start other programs. That is never done.") },
  { "macros", N_ ("The file contains macros. They are never run.") },
  { "password", N_ ("The file is locked by a password and cannot be shown.") },
  { "script", N_ ("This PDF contains scripts. They are never run.") },
  { "streams", N_ ("The recording holds far more tracks than a recording has; it was not opened "
                   "any further.") },
};

static const char *stream_types[] = { "video", "audio", "picture", "subtitle", "other", NULL };

/**
 * jz_file_kind_to_text:
 * @kind: a kind
 *
 * Returns: (transfer none): its word in records
 */
const char *
jz_file_kind_to_text (JzFileKind kind)
{
  g_return_val_if_fail ((guint)kind < G_N_ELEMENTS (kinds), NULL);

  return kinds[kind];
}

/**
 * jz_file_kind_from_text:
 * @text: (nullable): a word
 * @kind: (out): the kind
 *
 * Returns: whether there is such a kind
 */
gboolean
jz_file_kind_from_text (const char *text, JzFileKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (text, kinds[i]) == 0) {
      *kind = i;
      return TRUE;
    }
  return FALSE;
}

static void
free_stream (gpointer data)
{
  JzProbeStream *stream = data;

  g_free (stream->type);
  g_free (stream->codec);
  g_free (stream->media);
  g_free (stream);
}

/**
 * jz_probe_new:
 *
 * Returns: (transfer full): a probe that knows nothing
 */
JzProbe *
jz_probe_new (void)
{
  JzProbe *self = g_new0 (JzProbe, 1);

  self->duration_ms = -1;
  self->streams = g_ptr_array_new_with_free_func (free_stream);
  self->odd = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * jz_probe_free:
 * @self: (nullable): a probe
 */
void
jz_probe_free (JzProbe *self)
{
  if (self == NULL)
    return;
  g_free (self->container);
  g_ptr_array_unref (self->streams);
  g_free (self->made_at);
  g_free (self->maker);
  g_free (self->model);
  g_free (self->software);
  g_free (self->place);
  g_ptr_array_unref (self->odd);
  g_free (self);
}

/**
 * jz_probe_copy:
 * @self: a probe
 *
 * Returns: (transfer full): its like
 */
JzProbe *
jz_probe_copy (const JzProbe *self)
{
  g_autoptr (JzJson) json = jz_probe_to_json (self);

  return jz_probe_from_json (json, NULL);
}

/**
 * jz_probe_add_stream:
 * @self: a probe
 * @type: one of the words of #JzProbeStream.type
 *
 * Returns: (transfer none) (nullable): a stream to fill, or %NULL if there are too many already
 */
JzProbeStream *
jz_probe_add_stream (JzProbe *self, const char *type)
{
  JzProbeStream *stream;

  g_return_val_if_fail (g_strv_contains (stream_types, type), NULL);
  if (self->streams->len == JZ_PROBE_MAX_STREAMS)
    return NULL;
  stream = g_new0 (JzProbeStream, 1);
  stream->type = g_strdup (type);
  stream->rate_d = 1;
  g_ptr_array_add (self->streams, stream);
  return stream;
}

/**
 * jz_probe_add_odd:
 * @self: a probe
 * @word: what is odd; once is enough
 */
void
jz_probe_add_odd (JzProbe *self, const char *word)
{
  if (!jz_probe_is_odd (self, word) && self->odd->len < MAX_ODD)
    g_ptr_array_add (self->odd, g_strdup (word));
}

/**
 * jz_probe_is_odd:
 * @self: a probe
 * @word: what could be odd
 *
 * Returns: whether it is
 */
gboolean
jz_probe_is_odd (const JzProbe *self, const char *word)
{
  return g_ptr_array_find_with_equal_func (self->odd, word, g_str_equal, NULL);
}

/**
 * jz_probe_get_stream:
 * @self: a probe
 * @type: "video", "audio", "picture" …
 *
 * Returns: (transfer none) (nullable): the first stream of that type
 */
const JzProbeStream *
jz_probe_get_stream (const JzProbe *self, const char *type)
{
  for (guint i = 0; i < self->streams->len; i++) {
    const JzProbeStream *stream = self->streams->pdata[i];
    if (strcmp (stream->type, type) == 0)
      return stream;
  }
  return NULL;
}

static void
put_text (JzJson *json, const char *name, const char *text)
{
  if (text != NULL && *text != '\0') {
    g_autofree char *clean = jz_error_dup_printable (text, -1, MAX_TEXT_CHARACTERS);
    jz_json_set_text (json, name, clean);
  }
}

static void
put_number (JzJson *json, const char *name, gint64 value)
{
  if (value > 0)
    jz_json_set_integer (json, name, value);
}

static JzJson *
stream_to_json (const JzProbeStream *stream)
{
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "type", stream->type);
  put_text (json, "codec", stream->codec);
  put_text (json, "media", stream->media);
  put_number (json, "width", stream->width);
  put_number (json, "height", stream->height);
  put_number (json, "rate_n", stream->rate_n);
  put_number (json, "rate_d", stream->rate_n > 0 ? stream->rate_d : 0);
  put_number (json, "channels", stream->channels);
  put_number (json, "sample_rate", stream->sample_rate);
  if (stream->variable)
    jz_json_set_boolean (json, "variable", TRUE);
  jz_json_set_boolean (json, "decodable", stream->is_decodable);
  return json;
}

/**
 * jz_probe_to_json:
 * @self: a probe
 *
 * Writes what is known and leaves out what is not. Texts are made safe to show.
 *
 * Returns: (transfer full): an object, for the journal
 */
JzJson *
jz_probe_to_json (const JzProbe *self)
{
  JzJson *json = jz_json_new_object ();
  JzJson *streams = jz_json_new_array ();
  JzJson *odd = jz_json_new_array ();

  jz_json_set_text (json, "kind", kinds[self->kind]);
  put_text (json, "container", self->container);
  if (self->duration_ms >= 0)
    jz_json_set_integer (json, "duration_ms", self->duration_ms);
  for (guint i = 0; i < self->streams->len; i++)
    jz_json_append (streams, stream_to_json (self->streams->pdata[i]));
  jz_json_set_member (json, "streams", streams);
  put_text (json, "made_at", self->made_at);
  put_text (json, "maker", self->maker);
  put_text (json, "model", self->model);
  put_text (json, "software", self->software);
  put_text (json, "place", self->place);
  put_number (json, "orientation", self->orientation);
  if (self->mirrored)
    jz_json_set_boolean (json, "mirrored", TRUE);
  put_number (json, "pages", self->n_pages);
  for (guint i = 0; i < self->odd->len; i++)
    jz_json_append (odd, jz_json_new_text (self->odd->pdata[i]));
  jz_json_set_member (json, "odd", odd);
  return json;
}

static gboolean
fail (GError **error, const char *member)
{
  g_set_error (error, JZ_MEDIA_ERROR, JZ_MEDIA_ERROR_PROTOCOL,
               "What was learned of a file is not well formed at “%s”.", member);
  return FALSE;
}

static gboolean
take_text (const JzJson *json, const char *name, char **text, GError **error)
{
  const JzJson *member = jz_json_get_member (json, name);

  if (member == NULL)
    return TRUE;
  if (jz_json_get_kind (member) != JZ_JSON_TEXT)
    return fail (error, name);
  g_free (*text);
  *text = jz_error_dup_printable (jz_json_get_text (member), -1, MAX_TEXT_CHARACTERS);
  return TRUE;
}

static gboolean
take_number (const JzJson *json, const char *name, gint64 max, guint *number, GError **error)
{
  const JzJson *member = jz_json_get_member (json, name);

  if (member == NULL)
    return TRUE;
  if (jz_json_get_kind (member) != JZ_JSON_INTEGER || jz_json_get_integer (member) < 0 ||
      jz_json_get_integer (member) > max)
    return fail (error, name);
  *number = (guint)jz_json_get_integer (member);
  return TRUE;
}

static gboolean
take_flag (const JzJson *json, const char *name, gboolean *flag, GError **error)
{
  const JzJson *member = jz_json_get_member (json, name);

  if (member != NULL && jz_json_get_kind (member) != JZ_JSON_BOOLEAN)
    return fail (error, name);
  if (member != NULL)
    *flag = jz_json_get_boolean (member);
  return TRUE;
}

static gboolean
take_stream (JzProbe *self, const JzJson *json, GError **error)
{
  const char *type =
    jz_json_get_kind (json) == JZ_JSON_OBJECT ? jz_json_get_member_text (json, "type") : NULL;
  JzProbeStream *stream;

  if (type == NULL || !g_strv_contains (stream_types, type))
    return fail (error, "streams");
  stream = jz_probe_add_stream (self, type);
  if (stream == NULL)
    return fail (error, "streams");
  return take_text (json, "codec", &stream->codec, error) &&
         take_text (json, "media", &stream->media, error) &&
         take_number (json, "width", G_MAXINT, &stream->width, error) &&
         take_number (json, "height", G_MAXINT, &stream->height, error) &&
         take_number (json, "rate_n", G_MAXINT, &stream->rate_n, error) &&
         take_number (json, "rate_d", G_MAXINT, &stream->rate_d, error) &&
         take_number (json, "channels", 1024, &stream->channels, error) &&
         take_number (json, "sample_rate", G_MAXINT, &stream->sample_rate, error) &&
         take_flag (json, "variable", &stream->variable, error) &&
         take_flag (json, "decodable", &stream->is_decodable, error);
}

static gboolean
take_streams (JzProbe *self, const JzJson *json, GError **error)
{
  const JzJson *streams = jz_json_get_member (json, "streams");

  if (streams == NULL)
    return TRUE;
  if (jz_json_get_kind (streams) != JZ_JSON_ARRAY)
    return fail (error, "streams");
  for (guint i = 0; i < jz_json_get_n_items (streams); i++)
    if (!take_stream (self, jz_json_get_item (streams, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
is_word (const JzJson *json)
{
  const char *text = jz_json_get_kind (json) == JZ_JSON_TEXT ? jz_json_get_text (json) : "";

  return *text != '\0' && strlen (text) <= 32 &&
         strspn (text, "abcdefghijklmnopqrstuvwxyz-") == strlen (text);
}

/* Words that a newer program knows are kept. */
static gboolean
take_odd (JzProbe *self, const JzJson *json, GError **error)
{
  const JzJson *odd = jz_json_get_member (json, "odd");

  if (odd == NULL)
    return TRUE;
  if (jz_json_get_kind (odd) != JZ_JSON_ARRAY || jz_json_get_n_items (odd) > MAX_ODD)
    return fail (error, "odd");
  for (guint i = 0; i < jz_json_get_n_items (odd); i++) {
    const JzJson *word = jz_json_get_item (odd, i);
    if (!is_word (word))
      return fail (error, "odd");
    jz_probe_add_odd (self, jz_json_get_text (word));
  }
  return TRUE;
}

static gboolean
take_duration (JzProbe *self, const JzJson *json, GError **error)
{
  const JzJson *member = jz_json_get_member (json, "duration_ms");

  if (member == NULL)
    return TRUE;
  if (jz_json_get_kind (member) != JZ_JSON_INTEGER || jz_json_get_integer (member) < 0)
    return fail (error, "duration_ms");
  self->duration_ms = jz_json_get_integer (member);
  return TRUE;
}

/**
 * jz_probe_from_json:
 * @json: what jz_probe_to_json() wrote, in this process, in the helper or years ago
 * @error: return location
 *
 * Reads it as what came from outside: types, sizes and counts are checked, texts are made safe to
 * show. Members that are not known are passed over.
 *
 * Fails with %JZ_MEDIA_ERROR_PROTOCOL.
 *
 * Returns: (transfer full) (nullable): the probe
 */
JzProbe *
jz_probe_from_json (const JzJson *json, GError **error)
{
  g_autoptr (JzProbe) self = jz_probe_new ();

  if (jz_json_get_kind (json) != JZ_JSON_OBJECT ||
      !jz_file_kind_from_text (jz_json_get_member_text (json, "kind"), &self->kind)) {
    fail (error, "kind");
    return NULL;
  }
  if (!take_text (json, "container", &self->container, error) ||
      !take_duration (self, json, error) || !take_streams (self, json, error) ||
      !take_text (json, "made_at", &self->made_at, error) ||
      !take_text (json, "maker", &self->maker, error) ||
      !take_text (json, "model", &self->model, error) ||
      !take_text (json, "software", &self->software, error) ||
      !take_text (json, "place", &self->place, error) ||
      !take_number (json, "orientation", 270, &self->orientation, error) ||
      !take_flag (json, "mirrored", &self->mirrored, error) ||
      !take_number (json, "pages", MAX_PAGES, &self->n_pages, error) ||
      !take_odd (self, json, error))
    return NULL;
  if (self->orientation % 90 != 0) {
    fail (error, "orientation");
    return NULL;
  }
  return g_steal_pointer (&self);
}

static char *
dup_codec_sentence (const JzProbe *self)
{
  for (guint i = 0; i < self->streams->len; i++) {
    const JzProbeStream *stream = self->streams->pdata[i];
    if (!stream->is_decodable && stream->media != NULL)
      return jz_codec_dup_sentence (stream->media);
  }
  return jz_codec_dup_sentence (self->container != NULL ? self->container : "");
}

/**
 * jz_probe_dup_odd_sentence:
 * @self: a probe
 * @word: one of its #JzProbe.odd
 *
 * Returns: (transfer full) (nullable): one whole sentence in the user's language; %NULL for a word
 * that is not known here
 */
char *
jz_probe_dup_odd_sentence (const JzProbe *self, const char *word)
{
  const char *container = self->container != NULL ? self->container : kinds[self->kind];

  if (strcmp (word, "codec") == 0)
    return dup_codec_sentence (self);
  if (strcmp (word, "wrong-ending") == 0)
    return g_strdup_printf (
      _ ("The ending of the file's name does not fit its content, which is %s."), container);
  for (guint i = 0; i < G_N_ELEMENTS (oddities); i++)
    if (strcmp (word, oddities[i].word) == 0)
      return g_strdup (_ (oddities[i].sentence));
  return NULL;
}

/**
 * jz_probe_dup_odd_sentences:
 * @self: a probe
 *
 * Returns: (transfer full) (nullable): the sentences of all that is odd, a space between them
 */
char *
jz_probe_dup_odd_sentences (const JzProbe *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->odd->len; i++) {
    g_autofree char *sentence = jz_probe_dup_odd_sentence (self, self->odd->pdata[i]);
    if (sentence != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", sentence);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}
