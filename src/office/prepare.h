/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* Prepare functions of the office's own acts: they make keys, certificates and objects before the
 * transaction and add their names to the arguments. */
gboolean jz_prepare_certificate (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_recovery (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_ca_password (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_successor (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_password (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_destruction (const JzPreparation *preparation, JzJson *args, GError **error);
gboolean jz_prepare_sign_in (const JzPreparation *preparation, JzJson *args, GError **error);

gboolean jz_fill_successor (JzStore *store,
                            JzConnection *tables,
                            const char *new_id,
                            const char *ca_password,
                            JzInstant now,
                            JzJson *args,
                            JzKey **store_key,
                            GError **error);
char *jz_get_end_of_validity (JzConnection *tables, JzInstant now, GError **error);

G_END_DECLS
