/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the libraries can do at best: SQLite that commits a row, and OpenSSL that signs. */
typedef struct _Reference Reference;

Reference *reference_new (gsize row_length);
void reference_free (Reference *self);
/* One durable commit of one row. */
void reference_commit (Reference *self);
/* The same with one SM2 signature. */
void reference_sign_and_commit (Reference *self);
/* @n_rows in commits of 256. */
void reference_commit_many (Reference *self, guint n_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_free)

G_END_DECLS
