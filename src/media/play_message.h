/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "media/message.h"

G_BEGIN_DECLS

/**
 * JzPlayMessage:
 * @JZ_PLAY_RING: memory; a: slots, b, c: greatest width and height of a picture, d: bytes of a
 * slot. From now on pictures go there; if one is shown, it comes again
 * @JZ_PLAY_OPEN: file; a: time at which to stand (ns), b: rate in thousandths. %JZ_SHOWN_OPENED,
 * and %JZ_SHOWN_FRAME where it has pictures
 * @JZ_PLAY_PLAY: a: the time that is shown, b: rate in thousandths. %JZ_SHOWN_SOUGHT
 * @JZ_PLAY_PAUSE: no answer
 * @JZ_PLAY_SEEK: a: time, b: 1 for exactly that, 0 for the nearest that is quick to show, c: rate
 * in thousandths. %JZ_SHOWN_FRAME if there is a picture, then %JZ_SHOWN_SOUGHT
 * @JZ_PLAY_STEP: a: the time that is shown, b: how many pictures forward or, negative, back.
 * %JZ_SHOWN_FRAME or %JZ_SHOWN_EDGE
 * @JZ_PLAY_RELEASE: a: what the a of %JZ_SHOWN_FRAME was: the slot may be written again
 * @JZ_PLAY_INDEX: memory; %JZ_MESSAGE_DONE a: how many stamps of 8 bytes are in it
 * @JZ_PLAY_HASH: a: time; perhaps memory for the picture in full size. %JZ_SHOWN_HASHED
 * @JZ_PLAY_HASH_FILE: file; a: time. %JZ_SHOWN_HASHED, without anything being opened to be played
 *
 * What the player asks of the helper.
 */
typedef enum {
  JZ_PLAY_RING = JZ_MESSAGE_PLAY_FIRST,
  JZ_PLAY_OPEN,
  JZ_PLAY_PLAY,
  JZ_PLAY_PAUSE,
  JZ_PLAY_SEEK,
  JZ_PLAY_STEP,
  JZ_PLAY_RELEASE,
  JZ_PLAY_INDEX,
  JZ_PLAY_HASH,
  JZ_PLAY_HASH_FILE,
} JzPlayMessage;

/**
 * JzShownMessage:
 * @JZ_SHOWN_OPENED: a: duration (ns) or -1, b: width << 32 | height of a picture, c: flags
 * %JZ_SHOWN_HAS_VIDEO, %JZ_SHOWN_HAS_SOUND; text: media types that cannot be decoded, a space
 * between them
 * @JZ_SHOWN_FRAME: a: number of the ring << 8 | slot, b: time (ns), c: height << 16 | width, d:
 * number among all pictures, or -1. Its serial is that of the request that led to it
 * @JZ_SHOWN_SOUND: a: when it is to be heard (ns of CLOCK_MONOTONIC), b: its time in the recording,
 * c: rate in thousandths; text: samples, %JZ_SOUND_RATE a second
 * @JZ_SHOWN_SOUGHT: a seek is done; where there is a picture, it came before
 * @JZ_SHOWN_EDGE: there is no picture further that way
 * @JZ_SHOWN_ENDED: it was played to its end
 * @JZ_SHOWN_BROKEN: it cannot be played on from here; a: #JzMediaError; text: detail
 * @JZ_SHOWN_DURATION: a: duration (ns), known better now
 * @JZ_SHOWN_INDEXED: the file was read through; a: number of pictures, 0 if they have no times
 * @JZ_SHOWN_HASHED: a, b: width and height of the picture in the memory; text: canonical JSON of
 * #JzFrameHash
 *
 * What the helper tells the player.
 */
typedef enum {
  JZ_SHOWN_OPENED = JZ_MESSAGE_SHOWN_FIRST,
  JZ_SHOWN_FRAME,
  JZ_SHOWN_SOUND,
  JZ_SHOWN_SOUGHT,
  JZ_SHOWN_EDGE,
  JZ_SHOWN_ENDED,
  JZ_SHOWN_BROKEN,
  JZ_SHOWN_DURATION,
  JZ_SHOWN_INDEXED,
  JZ_SHOWN_HASHED,
} JzShownMessage;

#define JZ_SHOWN_HAS_VIDEO 1
#define JZ_SHOWN_HAS_SOUND 2

/* Ns; no recording is longer, and sums and products of such times do not overflow. */
#define JZ_PLAY_MAX_TIME (G_GINT64_CONSTANT (1) << 59)
#define JZ_PLAY_SLOTS 5
#define JZ_PLAY_MAX_SLOTS 8
/* of a picture that is shown; larger ones are made smaller */
#define JZ_PLAY_MAX_SIDE 8192
/* 46 hours of 25 pictures a second; longer recordings have no list of their pictures */
#define JZ_PLAY_MAX_FRAMES (1 << 22)

/* signed 16 bits of this machine's byte order, left and right in turns */
#define JZ_SOUND_RATE 48000
#define JZ_SOUND_SAMPLE_BYTES 4
/* sound comes so long before it is to be heard */
#define JZ_SOUND_AHEAD_NS (200 * G_GINT64_CONSTANT (1000000))

G_END_DECLS
