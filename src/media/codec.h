/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): one sentence that says what is missing and which package brings it */
char *jz_codec_dup_sentence (const char *media);

G_END_DECLS
