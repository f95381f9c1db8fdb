/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"
#include "publish/contents.h"

G_BEGIN_DECLS

/**
 * JzBundleSeal:
 * @time: when it is made
 * @checkpoint: of the store, signed
 * @key: the store's
 * @certificate: the store's
 *
 * With what a bundle is signed.
 */
typedef struct {
  JzInstant time;
  const char *checkpoint;
  JzKey *key;
  JzCertificate *certificate;
} JzBundleSeal;

JzBundle *jz_bundle_make (const JzBundleContents *contents,
                          const JzBundleSeal *seal,
                          JzObjects *objects,
                          GCancellable *cancellable,
                          JzJson **deviations,
                          GError **error);
JzBundle *jz_bundle_load_newest (JzConnection *tables,
                                 JzObjects *objects,
                                 const char *from,
                                 const char *to,
                                 JzJson **deviations,
                                 GError **error);

/* What src/acts.c registers with the act publication.bundle. */
gboolean jz_prepare_bundle (const JzPreparation *preparation, JzJson *args, GError **error);

G_END_DECLS
