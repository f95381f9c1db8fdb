/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzJson *jz_publication_sheet (JzOffice *office,
                              JzConnection *reader,
                              const char *document,
                              const char *person,
                              GError **error);
JzJson *jz_publications_show (JzConnection *reader, const char *case_id, GError **error);

G_END_DECLS
