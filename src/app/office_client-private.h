/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/office_client.h"
#include "office/session.h"

G_BEGIN_DECLS

struct _JzOfficeClient {
  GObject parent_instance;

  char *path;
  JzOffice *office;
  char *bureau;
  GThreadPool *actor;
  GThreadPool *readers;
  guint n_pending; /* of both; on the main thread only */

  /* Of whoever is signed in; set and read on the main thread only. */
  JzSession *session;
  char *name;
  GStrv roles;
};

/* What runs on a worker thread; it returns the task's result. */
typedef void (*JzClientWork) (GTask *task,
                              JzOfficeClient *self,
                              gpointer data,
                              GCancellable *cancellable);

/* Queues @run behind what the pool has to do; takes @task. */
void jz_office_client_push (GThreadPool *pool, GTask *task, JzClientWork run);
void jz_office_client_notify_person (JzOfficeClient *self);
void jz_office_client_tell_changed (JzOfficeClient *self, const JzActOutcome *outcome);

G_END_DECLS
