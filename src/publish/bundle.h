/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/date.h"
#include "store/objects.h"

G_BEGIN_DECLS

/* What every demo office writes on what it makes (design §1). */
#define JZ_BUNDLE_DEMO_MARK "演示"

#define JZ_BUNDLE_MANIFEST "manifest-sha256.txt"
#define JZ_BUNDLE_TAG_MANIFEST "tagmanifest-sha256.txt"
#define JZ_BUNDLE_SIGNATURE "signature/tagmanifest.sig"
#define JZ_BUNDLE_CERTIFICATE "signature/certificate.pem"
#define JZ_BUNDLE_CHECKPOINT "checkpoint.txt"
#define JZ_BUNDLE_DATA "data/data.json"

/* A file of a bundle: its path under the top folder, and the object that holds it. */
typedef struct {
  char *path;
  JzHash hash;
  guint64 size;
} JzBundleFile;

/**
 * JzBundle:
 * @id: (nullable): of the entry that froze it
 * @from: first day of the period
 * @to: last day of the period
 * @time: when it was frozen; that of every file in it
 * @is_demo: whether nothing in it is real
 * @files: (element-type JzBundleFile): all of them; in the order in which they are written after
 * jz_bundle_sort()
 *
 * A bundle as it was frozen: nothing but names of objects (format §7).
 */
typedef struct {
  char *id;
  JzDate from;
  JzDate to;
  JzInstant time;
  gboolean is_demo;
  GPtrArray *files;
} JzBundle;

JzBundle *jz_bundle_new (void);
void jz_bundle_free (JzBundle *self);
void jz_bundle_add (JzBundle *self, const char *path, const JzObject *object);
gboolean jz_bundle_add_bytes (JzBundle *self,
                              const char *path,
                              GBytes *bytes,
                              JzObjects *objects,
                              GError **error);
gboolean jz_bundle_add_text (JzBundle *self,
                             const char *path,
                             const char *text,
                             JzObjects *objects,
                             GError **error);
void jz_bundle_sort (JzBundle *self);
const JzBundleFile *jz_bundle_find (const JzBundle *self, const char *path);
gboolean jz_bundle_is_payload (const char *path);
char *jz_bundle_dup_manifest (const JzBundle *self, gboolean is_payload);
guint64 jz_bundle_get_size (const JzBundle *self, gboolean is_payload_only, guint *n_files);

/**
 * JzBundleFormat:
 * @JZ_BUNDLE_ZIP: ZIP, stored
 * @JZ_BUNDLE_TAR_GZIP: tar, gzip
 * @JZ_BUNDLE_TAR_ZSTD: tar, zstd
 *
 * How a bundle is packed.
 */
typedef enum {
  JZ_BUNDLE_ZIP,
  JZ_BUNDLE_TAR_GZIP,
  JZ_BUNDLE_TAR_ZSTD,
} JzBundleFormat;

gboolean jz_bundle_format_find (const char *word, JzBundleFormat *format);
gboolean jz_bundle_format_guess (const char *path, JzBundleFormat *format);
char *jz_bundle_dup_top (const JzBundle *self, const char *path);
gboolean jz_bundle_write (const JzBundle *self,
                          JzObjects *objects,
                          const char *path,
                          JzBundleFormat format,
                          JzProgress progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzBundle, jz_bundle_free)

G_END_DECLS
