/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzFileKind:
 * @JZ_FILE_OTHER: "other": none of the others; nothing in it was opened
 * @JZ_FILE_PHOTO: "photo"
 * @JZ_FILE_VIDEO: "video"
 * @JZ_FILE_AUDIO: "audio": sound alone
 * @JZ_FILE_PDF: "pdf"
 * @JZ_FILE_OFFICE: "office": a text, table or slides of an office program
 *
 * What a file is by its content.
 */
typedef enum {
  JZ_FILE_OTHER,
  JZ_FILE_PHOTO,
  JZ_FILE_VIDEO,
  JZ_FILE_AUDIO,
  JZ_FILE_PDF,
  JZ_FILE_OFFICE,
} JzFileKind;

const char *jz_file_kind_to_text (JzFileKind kind);
gboolean jz_file_kind_from_text (const char *text, JzFileKind *kind);

/**
 * JzProbeStream:
 * @type: "video", "audio", "picture", "subtitle" or "other"
 * @codec: (nullable): what it is, in English as the library says it ("H.264 (High Profile)")
 * @media: its media type ("video/x-h264"), which stays when the library's words change
 * @width: pixels, 0 where there are none
 * @rate_n: pictures a second, numerator; 0: not stated or variable
 * @variable: the time between two pictures differs
 * @channels: of sound
 * @sample_rate: of sound
 * @is_decodable: there is a decoder here
 */
typedef struct {
  char *type;
  char *codec;
  char *media;
  guint width;
  guint height;
  guint rate_n;
  guint rate_d;
  gboolean variable;
  guint channels;
  guint sample_rate;
  gboolean is_decodable;
} JzProbeStream;

#define JZ_PROBE_MAX_STREAMS 32

/**
 * JzProbe:
 * @container: (nullable): the format ("video/quicktime", "image/jpeg", "application/pdf", "docx")
 * @duration_ms: -1 where there is none or the file does not say
 * @streams: (element-type JzProbeStream): up to %JZ_PROBE_MAX_STREAMS
 * @made_at: (nullable): the time when it was made, in the words of the file: ISO 8601 as far as it
 * goes, "2026-02-03T09:12:05", with "Z" or "+08:00" only if the file says which zone
 * @maker: (nullable): of the device
 * @model: (nullable): of the device
 * @software: (nullable): the program that wrote the file, which tells of editing and forwarding
 * @place: (nullable): latitude and longitude in degrees, "31.230400,121.473700"
 * @orientation: degrees clockwise by which pictures are turned to be upright: 0, 90, 180, 270
 * @mirrored: pictures are mirrored (left and right changed) before they are turned
 * @n_pages: of a PDF
 * @odd: what is odd about it, words of a closed list, see jz_probe_dup_odd_sentence()
 *
 * What a file says of itself. All texts are foreign: bounded, UTF-8, without control characters,
 * and possibly lies.
 */
typedef struct {
  JzFileKind kind;
  char *container;
  gint64 duration_ms;
  GPtrArray *streams;
  char *made_at;
  char *maker;
  char *model;
  char *software;
  char *place;
  guint orientation;
  gboolean mirrored;
  guint n_pages;
  GPtrArray *odd;
} JzProbe;

JzProbe *jz_probe_new (void);
JzProbe *jz_probe_copy (const JzProbe *self);
void jz_probe_free (JzProbe *self);
JzProbeStream *jz_probe_add_stream (JzProbe *self, const char *type);
void jz_probe_add_odd (JzProbe *self, const char *word);
gboolean jz_probe_is_odd (const JzProbe *self, const char *word);
/* The first stream of that type, or NULL. */
const JzProbeStream *jz_probe_get_stream (const JzProbe *self, const char *type);

JzJson *jz_probe_to_json (const JzProbe *self);
JzProbe *jz_probe_from_json (const JzJson *json, GError **error);

/* A whole sentence in the user's language for one word of #JzProbe.odd. */
char *jz_probe_dup_odd_sentence (const JzProbe *self, const char *word);
/* All of them, a space between; NULL if nothing is odd. */
char *jz_probe_dup_odd_sentences (const JzProbe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzProbe, jz_probe_free)

G_END_DECLS
