/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzMediaError:
 * @JZ_MEDIA_ERROR_FORMAT: it is no recording, picture or document of a kind that is opened
 * @JZ_MEDIA_ERROR_DAMAGED: it says that it is one, and cannot be read as one
 * @JZ_MEDIA_ERROR_TOO_LARGE: it asks for more memory, streams or pages than it gets
 * @JZ_MEDIA_ERROR_CODEC: a decoder is missing; the sentence names the package
 * @JZ_MEDIA_ERROR_PASSWORD: it is locked by a password
 * @JZ_MEDIA_ERROR_ABSENT: it is sound, but what was asked for is not in it: a page, a picture,
 * sound
 * @JZ_MEDIA_ERROR_DEADLINE: no answer came in the time that a file gets; the helper was ended
 * @JZ_MEDIA_ERROR_DIED: the helper ended by itself over this file
 * @JZ_MEDIA_ERROR_PROTOCOL: the helper's answer was none that it may give; it was ended
 * @JZ_MEDIA_ERROR_NO_HELPER: the helper program is not there or does not start
 *
 * Why nothing was learned of a file. The numbers go over the socket, so that they stay.
 */
typedef enum {
  JZ_MEDIA_ERROR_FORMAT = 0,
  JZ_MEDIA_ERROR_DAMAGED = 1,
  JZ_MEDIA_ERROR_TOO_LARGE = 2,
  JZ_MEDIA_ERROR_CODEC = 3,
  JZ_MEDIA_ERROR_PASSWORD = 4,
  JZ_MEDIA_ERROR_ABSENT = 5,
  JZ_MEDIA_ERROR_DEADLINE = 6,
  JZ_MEDIA_ERROR_DIED = 7,
  JZ_MEDIA_ERROR_PROTOCOL = 8,
  JZ_MEDIA_ERROR_NO_HELPER = 9,
} JzMediaError;

#define JZ_MEDIA_ERROR (jz_media_error_quark ())
GQuark jz_media_error_quark (void);

/* The sentence for what the helper reports by number; @detail is its own words, which are foreign.
 */
GError *jz_media_error_new (JzMediaError code, const char *detail);

G_END_DECLS
