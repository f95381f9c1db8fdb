/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JzPublishError:
 * @JZ_PUBLISH_ERROR_FORMAT: it is no bundle of a kind that is read
 * @JZ_PUBLISH_ERROR_DAMAGED: something in it is not what it says: a sum, a signature, a file
 * @JZ_PUBLISH_ERROR_HOSTILE: it holds what no bundle of ours holds: a path that leads out, a link,
 * a name twice
 * @JZ_PUBLISH_ERROR_TOO_LARGE: a bound is passed
 * @JZ_PUBLISH_ERROR_EXPOSED: a public copy still shows what was to be hidden
 * @JZ_PUBLISH_ERROR_MISSING: a program or a file that is needed is not there
 * @JZ_PUBLISH_ERROR_WRITE: a file could not be written
 */
typedef enum {
  JZ_PUBLISH_ERROR_FORMAT,
  JZ_PUBLISH_ERROR_DAMAGED,
  JZ_PUBLISH_ERROR_HOSTILE,
  JZ_PUBLISH_ERROR_TOO_LARGE,
  JZ_PUBLISH_ERROR_EXPOSED,
  JZ_PUBLISH_ERROR_MISSING,
  JZ_PUBLISH_ERROR_WRITE,
} JzPublishError;

#define JZ_PUBLISH_ERROR (jz_publish_error_quark ())
GQuark jz_publish_error_quark (void);

G_END_DECLS
