/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/scratch.h"

G_BEGIN_DECLS

struct _JzScratch {
  GMutex mutex;
  JzConnection *connection;
};

G_END_DECLS
