/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

JzSession *
jz_session_open (JzOffice *office, const char *user, const char *password, GError **error);
gboolean jz_session_can_open (JzStore *store,
                              JzConnection *reader,
                              const char *user,
                              gboolean *can,
                              GError **error);
void jz_session_close (JzSession *self);
const char *jz_session_get_person (JzSession *self);
const char *jz_session_get_user (JzSession *self);
JzKey *jz_session_get_key (JzSession *self);
JzKey *jz_session_get_store_key (JzSession *self);
void jz_session_take_store_key (JzSession *self, JzKey *store_key);
JzCertificate *jz_session_get_certificate (JzSession *self);
gint64 jz_session_get_n_wrong (JzSession *self);

/* What signs an act that brings the certificate of its own signature. */
void jz_session_set_brought (JzSession *self, JzKey *key, JzCertificate *certificate);
JzKey *jz_session_get_brought_key (JzSession *self);
JzCertificate *jz_session_get_brought_certificate (JzSession *self);
void jz_session_take_brought (JzSession *self);

/* For the founder, whose keys are not in the tables yet. */
JzSession *jz_session_new (const char *user,
                           const char *person,
                           JzKey *key,
                           JzCertificate *certificate,
                           JzKey *store_key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzSession, jz_session_close)

G_END_DECLS
