/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "media/codec.h"
#include "media/error.h"

static const char *sentences[] = {
  [JZ_MEDIA_ERROR_FORMAT] =
    N_ ("This file is no recording, picture or PDF, so that it cannot be shown here."),
  [JZ_MEDIA_ERROR_DAMAGED] =
    N_ ("This file is damaged: what it holds cannot be read. Its bytes stay as they are."),
  [JZ_MEDIA_ERROR_TOO_LARGE] =
    N_ ("This file asks for too much memory, so that it was not opened any further."),
  [JZ_MEDIA_ERROR_PASSWORD] =
    N_ ("This file is locked by a password, so that it cannot be shown here."),
  [JZ_MEDIA_ERROR_ABSENT] = N_ ("What was asked for is not in this file."),
  [JZ_MEDIA_ERROR_DEADLINE] =
    N_ ("Opening this file took too long and was ended. Its bytes stay as they are."),
  [JZ_MEDIA_ERROR_DIED] =
    N_ ("The program that opens files ended over this file. Its bytes stay as they are."),
  [JZ_MEDIA_ERROR_PROTOCOL] =
    N_ ("The program that opens files gave an answer that cannot be right, and was ended."),
  [JZ_MEDIA_ERROR_NO_HELPER] =
    N_ ("The program that opens files does not start. Ask the administrator to install Juanzong "
        "again."),
};

/**
 * jz_media_error_new:
 * @code: what kind of failure
 * @detail: (nullable): for %JZ_MEDIA_ERROR_CODEC the media types that are missing, a space between
 * them; else unused: a library's words are no sentence for a user
 *
 * Returns: (transfer full): an error with one whole sentence in the user's language
 */
GError *
jz_media_error_new (JzMediaError code, const char *detail)
{
  if (code == JZ_MEDIA_ERROR_CODEC) {
    g_auto (GStrv) types = g_strsplit (detail != NULL ? detail : "", " ", 2);
    g_autofree char *sentence = jz_codec_dup_sentence (types[0] != NULL ? types[0] : "");
    return g_error_new_literal (JZ_MEDIA_ERROR, code, sentence);
  }
  if ((guint)code >= G_N_ELEMENTS (sentences))
    code = JZ_MEDIA_ERROR_PROTOCOL;
  return g_error_new_literal (JZ_MEDIA_ERROR, code, _ (sentences[code]));
}
