/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/error.h"

/**
 * jz_media_error_quark:
 *
 * Returns: the domain of what goes wrong with files from outside
 */
G_DEFINE_QUARK (jz - media - error - quark, jz_media_error)
