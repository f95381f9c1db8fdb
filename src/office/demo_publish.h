/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzDemoPublishing:
 * @office: the demo office
 * @clock: its clock
 * @time: when it begins
 * @get_session: signs somebody in
 * @data: for @get_session
 * @n_entries: gets how many entries were written
 *
 * Making decisions of the demo office public, and a bundle of them.
 */
typedef struct {
  JzOffice *office;
  JzClock *clock;
  JzInstant time;
  JzSession *(*get_session) (const char *user, gpointer data, GError **error);
  gpointer data;
  guint64 n_entries;
} JzDemoPublishing;

gboolean jz_demo_publish (JzDemoPublishing *self, GError **error);

G_END_DECLS
