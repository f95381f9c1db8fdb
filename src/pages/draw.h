/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/document_freeze.h"

G_BEGIN_DECLS

GBytes *jz_pages_draw (const JzFilling *filling, const JzSheet *sheet, GError **error);

G_END_DECLS
