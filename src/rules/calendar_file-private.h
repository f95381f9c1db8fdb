/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rules/xml.h"

G_BEGIN_DECLS

JzXml *jz_calendar_open_document (GBytes *bytes, const char *name, GError **error);
GStrv jz_calendar_get_shipped (GPtrArray *files, GError **error);

G_END_DECLS
