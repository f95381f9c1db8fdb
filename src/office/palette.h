/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_rows.h"

G_BEGIN_DECLS

/* So many of a kind are offered. */
#define JZ_PALETTE_CASES 8
#define JZ_PALETTE_TEXTS 8

JzJson *jz_palette_find (JzOffice *office,
                         JzConnection *reader,
                         JzCaseRows *rows,
                         const char *typed,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
