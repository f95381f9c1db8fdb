/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/password.h"

#include <string.h>

/**
 * jz_password_forget:
 * @password: (transfer full) (nullable): what was typed
 *
 * Overwrites it before its memory goes to somebody else.
 */
void
jz_password_forget (char *password)
{
  if (password != NULL)
    explicit_bzero (password, strlen (password));
  g_free (password);
}
