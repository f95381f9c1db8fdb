/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More small changes than this are told as one of everything between them. */
#define JZ_ROW_MAX_EDITS 16

/**
 * JzRowEdit:
 * @position: where, in the list as it is after the edits before this one
 * @n_removed: how many rows go there
 * @n_added: how many come in their place
 *
 * A change of a list; what is added are the rows of the new list at the same position.
 */
typedef struct {
  guint position;
  guint n_removed;
  guint n_added;
} JzRowEdit;

GArray *jz_row_edits_compute (const GArray *old_ids, const GArray *new_ids);

G_END_DECLS
