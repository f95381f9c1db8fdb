/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/error.h"

G_DEFINE_QUARK (jz - publish - error - quark, jz_publish_error)
