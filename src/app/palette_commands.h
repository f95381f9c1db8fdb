/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzCommand:
 * @label: what it is called
 * @action: what does it, with its target
 * @key: (nullable): the key that does the same
 *
 * Something that the window can do.
 */
typedef struct {
  char *label;
  char *action;
  char *key;
} JzCommand;

GPtrArray *jz_commands_find (JzOfficeClient *client, const char *typed);

G_END_DECLS
