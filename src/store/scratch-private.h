/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/scratch.h"

G_BEGIN_DECLS

struct _JzScratch {
  GMutex mutex;
  JzConnection *connection;
};

/* Of scratch_window.c */
gboolean jz_scratch_make_window_tables (JzConnection *connection, GError **error);

G_END_DECLS
