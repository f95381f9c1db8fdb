/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/office.h"

G_BEGIN_DECLS

/**
 * JzStoreCard:
 * @path: the folder
 * @id: id under which the store writes
 * @bureau: name of the bureau
 * @is_demo: whether it is an invented office
 * @is_backup: whether it is a backup
 * @time: when the last entry was written
 * @administrators: user names of those who may make a store of a backup
 *
 * What can be told of a folder without signing in.
 */
typedef struct {
  char *path;
  char *id;
  char *bureau;
  gboolean is_demo;
  gboolean is_backup;
  JzInstant time;
  GStrv administrators;
} JzStoreCard;

JzStoreCard *jz_store_card_read (const char *path, GError **error);
void jz_store_card_free (JzStoreCard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzStoreCard, jz_store_card_free)

G_END_DECLS
