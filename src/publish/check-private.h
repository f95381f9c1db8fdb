/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/check_bundle.h"

G_BEGIN_DECLS

/* The algorithms that a bag may name its files by; ours has SHA-256 only. */
enum {
  JZ_BAG_MD5,
  JZ_BAG_SHA1,
  JZ_BAG_SHA224,
  JZ_BAG_SHA256,
  JZ_BAG_SHA384,
  JZ_BAG_SHA512,
  JZ_BAG_N_SUMS
};

/**
 * JzBagFile:
 * @size: bytes that came out
 * @sums: (nullable) beside each algorithm: what was computed, in hex
 * @content: (nullable): of what says something of other files
 * @is_listed: whether a list of files has named it
 *
 * A file as it came out of the archive.
 */
typedef struct {
  guint64 size;
  char *sums[JZ_BAG_N_SUMS];
  GBytes *content;
  gboolean is_listed;
} JzBagFile;

/**
 * JzBag:
 * @report: gets the faults
 * @is_plain: see #JzBundleCheck
 * @top: (nullable): the top folder
 * @files: path under it → #JzBagFile
 * @folders: paths under it, without a slash at the end
 * @names: path without the difference of case and of Unicode forms → path
 * @n_entries: entries read
 * @n_bytes: bytes that came out
 *
 * All that is in an archive; nothing of it is ever written anywhere.
 */
typedef struct {
  JzBundleReport *report;
  gboolean is_plain;
  char *top;
  GHashTable *files;
  GHashTable *folders;
  GHashTable *names;
  guint n_entries;
  guint64 n_bytes;
} JzBag;

void jz_bag_init (JzBag *self, JzBundleReport *report, gboolean is_plain);
void jz_bag_clear (JzBag *self);
const JzBagFile *jz_bag_find (const JzBag *self, const char *path);
const char *jz_bag_get_text (const JzBag *self, const char *path, gsize *length);
GPtrArray *jz_bag_list (const JzBag *self);

gboolean jz_bag_fail (JzBag *self, JzPublishError kind, const char *place, const char *format, ...)
  G_GNUC_PRINTF (4, 5);

/* FALSE where nothing more is to be believed; the report says why. */
gboolean jz_bag_take_name (JzBag *self, const char *path, gboolean is_folder, char **inside);
gboolean jz_bag_check_zip (JzBag *self, int fd, guint64 size);
gboolean jz_bag_read (JzBag *self, int fd, const JzBundleCheck *check, GError **error);

void jz_bag_check_lists (JzBag *self);
void jz_bag_check_ours (JzBag *self, const JzBundleCheck *check);
char *jz_bag_dup_info (JzBag *self, const char *label, guint *n_found);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JzBag, jz_bag_clear)

G_END_DECLS
