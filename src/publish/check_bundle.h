/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "publish/error.h"
#include "store/checkpoint.h"
#include "store/objects.h"

G_BEGIN_DECLS

/* What is read of a bundle at most. */
#define JZ_BUNDLE_MAX_ENTRIES 50000
#define JZ_BUNDLE_MAX_BYTES (G_GUINT64_CONSTANT (64) * 1024 * 1024 * 1024)
#define JZ_BUNDLE_MAX_FAULTS 100
/* What comes out may be so many times what went in, once it is more than the floor. */
#define JZ_BUNDLE_MAX_RATIO 200
#define JZ_BUNDLE_RATIO_FLOOR (16 * 1024 * 1024)
/* Of a file that says something of the others: a list of files, data.json. */
#define JZ_BUNDLE_MAX_TAG (32 * 1024 * 1024)
#define JZ_BUNDLE_MAX_PATH 1024
#define JZ_BUNDLE_MAX_NAME 255
#define JZ_BUNDLE_MAX_DEPTH 16

/**
 * JzBundleFault:
 * @kind: what kind of fault it is
 * @place: (nullable): the file in the bundle; %NULL for the bundle itself
 * @sentence: what is wrong, in the user's language
 *
 * Something that is not as it should be.
 */
typedef struct {
  JzPublishError kind;
  char *place;
  char *sentence;
} JzBundleFault;

/**
 * JzBundleReport:
 * @faults: (element-type JzBundleFault): none where all is as it was signed
 * @is_cut: whether there were more than %JZ_BUNDLE_MAX_FAULTS
 * @n_files: files that it carries
 * @n_bytes: their bytes
 * @is_demo: whether it says that nothing in it is real
 * @organ: (nullable): who made it, as it says
 * @from: (nullable): first day of the period, as it says
 * @to: (nullable): last day of the period, as it says
 * @n_items: publications in it, as it says
 * @is_signed: whether its signature belongs to the certificate that came with it
 * @is_trusted: whether that certificate is, or was issued by, one that was given
 * @has_checkpoint: whether @checkpoint was read, and its signature is good
 * @checkpoint: what the store had written when the bundle was made
 *
 * What a check found.
 */
typedef struct {
  GPtrArray *faults;
  gboolean is_cut;
  guint64 n_files;
  guint64 n_bytes;
  gboolean is_demo;
  char *organ;
  char *from;
  char *to;
  guint64 n_items;
  gboolean is_signed;
  gboolean is_trusted;
  gboolean has_checkpoint;
  JzCheckpoint checkpoint;
} JzBundleReport;

/**
 * JzBundleCheck:
 * @path: a file
 * @is_plain: a bag of another program: its sums only, no signature is asked for
 * @certificate: (nullable): of the store, from a source that is trusted
 * @ca: (nullable): of the bureau, from a source that is trusted
 * @progress: (nullable): told of bytes done
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 *
 * What is to be checked.
 */
typedef struct {
  const char *path;
  gboolean is_plain;
  JzCertificate *certificate;
  JzCertificate *ca;
  JzProgress progress;
  gpointer progress_data;
  GCancellable *cancellable;
} JzBundleCheck;

JzBundleReport *jz_check_bundle (const JzBundleCheck *check, GError **error);
JzBundleReport *jz_check_bundle_bytes (GBytes *bytes, gboolean is_plain);
void jz_bundle_report_free (JzBundleReport *self);
JzJson *jz_bundle_report_to_json (const JzBundleReport *self);
const char *jz_publish_error_get_word (JzPublishError kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzBundleReport, jz_bundle_report_free)

G_END_DECLS
