/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzFounding:
 * @path: a folder that does not exist
 * @bureau: name of the bureau
 * @user: user name of the first administrator
 * @name: (nullable): what he is called; the user name when %NULL
 * @password: his
 * @ca_password: of the bureau's own key
 * @is_demo: whether it is an invented office
 * @store_id: (nullable): the store's id; random when %NULL
 * @clock: (nullable): the computer's clock, or that of a demo office on its first day, when %NULL
 * @warnings: (nullable) (element-type utf8): gets what the user should know although it is done
 *
 * What `init` needs.
 */
typedef struct {
  const char *path;
  const char *bureau;
  const char *user;
  const char *name;
  const char *password;
  const char *ca_password;
  gboolean is_demo;
  const char *store_id;
  JzClock *clock;
  GPtrArray *warnings;
} JzFounding;

gboolean jz_found_store (const JzFounding *founding, GError **error);
gboolean jz_found_in (const JzFounding *founding, const char *folder, GError **error);

G_END_DECLS
