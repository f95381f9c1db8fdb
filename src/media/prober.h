/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"

G_BEGIN_DECLS

JzJson *
jz_media_read_file (int handle, const char *name, GCancellable *cancellable, GError **error);

G_END_DECLS
