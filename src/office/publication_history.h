/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/connection.h"
#include "base/json.h"

G_BEGIN_DECLS

JzJson *jz_publication_history (JzConnection *reader, const char *document, GError **error);

G_END_DECLS
