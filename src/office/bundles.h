/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzFrozenBundle:
 * @id: its id
 * @from: first day of its period
 * @to: last day of its period
 * @time: when it was frozen
 * @n_items: how many publications are in it
 * @manifest: object with the list of what it carries
 * @tag_manifest: object with the list of what says so
 * @signature: object with the store's signature over that list
 * @deviations: object with what an upload table wants otherwise
 *
 * A bundle of publications (公示包) as the act publication.bundle froze it.
 */
typedef struct {
  char *id;
  char *from;
  char *to;
  JzInstant time;
  gint64 n_items;
  JzHash manifest;
  JzHash tag_manifest;
  JzHash signature;
  JzHash deviations;
} JzFrozenBundle;

void jz_frozen_bundle_free (JzFrozenBundle *self);
gboolean jz_bundles_find_newest (JzConnection *tables,
                                 const char *from,
                                 const char *to,
                                 JzFrozenBundle **bundle,
                                 GError **error);
gboolean jz_bundles_get_object_size (JzConnection *tables,
                                     const JzHash *hash,
                                     guint64 *size,
                                     GError **error);

/* What publish/ does while publication.bundle is prepared: adds the frozen files to @args. */
typedef gboolean (*JzBundler) (const JzPreparation *preparation, JzJson *args, GError **error);

void jz_office_set_bundler (JzBundler bundler);
gboolean jz_office_can_bundle (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFrozenBundle, jz_frozen_bundle_free)

G_END_DECLS
