/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "office/people_import.h"

G_BEGIN_DECLS

/**
 * JzImported:
 * @n_people: people added
 * @n_roles: roles granted
 * @n_proposals: roles that the head is asked to confirm
 * @n_credentials: credentials registered
 * @refusal: (nullable): why it went no further; what was done before it stays
 *
 * What an import did.
 */
typedef struct {
  guint n_people;
  guint n_roles;
  guint n_proposals;
  guint n_credentials;
  JzRefusal *refusal;
} JzImported;

void jz_people_import_async (JzOfficeClient *client,
                             const JzTable *table,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
JzImported *jz_people_import_finish (GAsyncResult *result, GError **error);
void jz_imported_free (JzImported *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzImported, jz_imported_free)

G_END_DECLS
