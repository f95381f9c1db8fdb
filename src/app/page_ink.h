/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "pages/pages.h"

G_BEGIN_DECLS

GskRenderNode *jz_page_make_ink (const JzPage *page);

G_END_DECLS
