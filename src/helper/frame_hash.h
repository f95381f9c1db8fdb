/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "helper/decoder.h"
#include "media/frame.h"

G_BEGIN_DECLS

/* (transfer full) (nullable) */
JzFrameHash *jz_frame_hash_make (JzDecoder *decoder, GstSample *sample);

G_END_DECLS
