/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* Making keys and certificates while an act is prepared ... */
gboolean jz_trust_add_key (JzStore *store,
                           const char *common_name,
                           const char *password,
                           JzKey *ca_key,
                           JzCertificate *ca,
                           JzKey *store_key,
                           JzInstant from,
                           JzJson *args,
                           GError **error);
gboolean jz_trust_open_ca (JzStore *store,
                           JzConnection *tables,
                           const char *password,
                           JzKey **key,
                           JzCertificate **certificate,
                           GError **error);
void jz_authority_clear (JzAuthority *self);
gboolean jz_preparation_open_authority (const JzPreparation *preparation,
                                        JzConnection *tables,
                                        GError **error);
gboolean jz_trust_put_certificate (JzStore *store,
                                   JzCertificate *certificate,
                                   JzJson *args,
                                   const char *name,
                                   GError **error);
gboolean jz_trust_put_key (JzStore *store,
                           JzKey *key,
                           const char *password,
                           JzJson *args,
                           const char *name,
                           GError **error);
gboolean jz_trust_wrap_store_key (JzStore *store,
                                  JzKey *store_key,
                                  JzCertificate *person,
                                  JzHash *file,
                                  GError **error);
JzCertificate *jz_trust_load_certificate (JzObjects *objects, const JzHash *hash, GError **error);
gboolean jz_trust_prepare_new_store (JzStore *store,
                                     JzConnection *tables,
                                     const char *store_id,
                                     const char *ca_password,
                                     JzInstant now,
                                     JzJson *args,
                                     JzKey **store_key,
                                     GError **error);
gboolean jz_trust_find_certificate (JzConnection *tables,
                                    const char *owner,
                                    JzHash *hash,
                                    gboolean *found,
                                    GError **error);
gboolean jz_trust_find_key_file (JzConnection *tables,
                                 const char *kind,
                                 const char *owner,
                                 JzHash *hash,
                                 gboolean *found,
                                 GError **error);

/* ... and bringing them into force when it is applied. */
gboolean jz_apply_certificate (JzApplication *application,
                               const char *argument,
                               const char *owner,
                               const char *kind,
                               const char *valid_to,
                               GError **error);
gboolean jz_apply_close_certificates (JzApplication *application,
                                      const char *owner,
                                      const char *reason,
                                      GError **error);
gboolean jz_apply_key_file (JzApplication *application,
                            const char *hex,
                            const char *kind,
                            const char *owner,
                            GError **error);

G_END_DECLS
