/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzJson *jz_document_list_similar (JzOffice *office,
                                  JzConnection *reader,
                                  const char *document,
                                  GCancellable *cancellable,
                                  GError **error);
JzJson *jz_document_carry_over (JzOffice *office,
                                JzConnection *reader,
                                const char *document,
                                const char *from,
                                const JzJson *values,
                                GError **error);

G_END_DECLS
