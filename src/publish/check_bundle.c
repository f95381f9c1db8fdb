/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/check_bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "publish/bundle.h"
#include "publish/check-private.h"
#include "store/error.h"

/* Checking a bundle without a store (design §10): what BagIt asks for, and then what makes it ours:
 * a signature over the list of everything that lists everything else, the checkpoint of the store,
 * and data that says the same as the files. */

static void
fault_free (gpointer data)
{
  JzBundleFault *self = data;

  g_free (self->place);
  g_free (self->sentence);
  g_free (self);
}

static JzBundleReport *
report_new (void)
{
  JzBundleReport *self = g_new0 (JzBundleReport, 1);

  self->faults = g_ptr_array_new_with_free_func (fault_free);
  return self;
}

/**
 * jz_bundle_report_free:
 * @self: (transfer full): a report
 */
void
jz_bundle_report_free (JzBundleReport *self)
{
  g_ptr_array_unref (self->faults);
  g_free (self->organ);
  g_free (self->from);
  g_free (self->to);
  g_free (self);
}

/**
 * jz_publish_error_get_word:
 * @kind: a kind of fault
 *
 * Returns: (transfer none): the word for it in JSON
 */
const char *
jz_publish_error_get_word (JzPublishError kind)
{
  static const char *const words[] = {
    [JZ_PUBLISH_ERROR_FORMAT] = "format",   [JZ_PUBLISH_ERROR_DAMAGED] = "damaged",
    [JZ_PUBLISH_ERROR_HOSTILE] = "hostile", [JZ_PUBLISH_ERROR_TOO_LARGE] = "too-large",
    [JZ_PUBLISH_ERROR_EXPOSED] = "exposed", [JZ_PUBLISH_ERROR_MISSING] = "missing",
    [JZ_PUBLISH_ERROR_WRITE] = "write",
  };
  return words[kind];
}

/**
 * jz_bundle_report_to_json:
 * @self: a report
 *
 * Returns: (transfer full): it, for a program: `sound`, `faults`, and what the bundle says of
 * itself
 */
JzJson *
jz_bundle_report_to_json (const JzBundleReport *self)
{
  JzJson *json = jz_json_new_object ();
  JzJson *faults = jz_json_new_array ();

  for (guint i = 0; i < self->faults->len; i++) {
    const JzBundleFault *fault = g_ptr_array_index (self->faults, i);
    JzJson *row = jz_json_new_object ();
    jz_json_set_text (row, "kind", jz_publish_error_get_word (fault->kind));
    if (fault->place != NULL)
      jz_json_set_text (row, "place", fault->place);
    jz_json_set_text (row, "sentence", fault->sentence);
    jz_json_append (faults, row);
  }
  jz_json_set_boolean (json, "sound", self->faults->len == 0);
  jz_json_set_member (json, "faults", faults);
  jz_json_set_boolean (json, "cut", self->is_cut);
  jz_json_set_integer (json, "files", (gint64)self->n_files);
  jz_json_set_integer (json, "bytes", (gint64)self->n_bytes);
  jz_json_set_integer (json, "items", (gint64)self->n_items);
  jz_json_set_boolean (json, "demo", self->is_demo);
  jz_json_set_boolean (json, "signed", self->is_signed);
  jz_json_set_boolean (json, "trusted", self->is_trusted);
  if (self->organ != NULL)
    jz_json_set_text (json, "organ", self->organ);
  if (self->from != NULL)
    jz_json_set_text (json, "from", self->from);
  if (self->to != NULL)
    jz_json_set_text (json, "to", self->to);
  if (self->has_checkpoint) {
    jz_json_set_text (json, "store", self->checkpoint.store);
    jz_json_set_integer (json, "entries", (gint64)self->checkpoint.size);
  }
  return json;
}

/* Nothing is in a bundle that is not listed, but the two that cannot be. */
static void
check_tag_files (JzBag *self)
{
  static const char *const needed[] = { "bag-info.txt",
                                        "HOW-TO-CHECK.txt",
                                        JZ_BUNDLE_MANIFEST,
                                        JZ_BUNDLE_TAG_MANIFEST,
                                        JZ_BUNDLE_CHECKPOINT,
                                        JZ_BUNDLE_SIGNATURE,
                                        JZ_BUNDLE_CERTIFICATE,
                                        "data/index.html",
                                        JZ_BUNDLE_DATA,
                                        "data/data.csv",
                                        NULL };
  g_autoptr (GPtrArray) paths = jz_bag_list (self);

  for (const char *const *path = needed; *path != NULL; path++)
    if (jz_bag_find (self, *path) == NULL)
      jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, *path,
                   _ ("It is missing, and every bundle has it."));
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    if (!jz_bag_find (self, path)->is_listed && !jz_bundle_is_payload (path) &&
        strcmp (path, JZ_BUNDLE_TAG_MANIFEST) != 0 && strcmp (path, JZ_BUNDLE_SIGNATURE) != 0)
      jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, path,
                   _ ("It is in the bundle, and the list of its files does not name it."));
  }
}

static GBytes *
dup_content (JzBag *self, const char *path)
{
  const JzBagFile *file = jz_bag_find (self, path);

  return file != NULL && file->content != NULL
           ? g_bytes_new_from_bytes (file->content, 0, g_bytes_get_size (file->content) - 1)
           : NULL;
}

static JzCertificate *
load_certificate (JzBag *self)
{
  g_autoptr (GBytes) pem = dup_content (self, JZ_BUNDLE_CERTIFICATE);
  JzCertificate *certificate = pem != NULL ? jz_certificate_from_pem (pem, NULL) : NULL;

  if (pem != NULL && certificate == NULL)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_CERTIFICATE,
                 _ ("It is no certificate."));
  return certificate;
}

static void
check_signature (JzBag *self, JzCertificate *certificate)
{
  g_autoptr (GBytes) list = dup_content (self, JZ_BUNDLE_TAG_MANIFEST);
  g_autoptr (GBytes) signature = dup_content (self, JZ_BUNDLE_SIGNATURE);

  if (list == NULL || signature == NULL)
    return;
  self->report->is_signed =
    jz_certificate_verify (certificate, g_bytes_get_data (list, NULL), g_bytes_get_size (list),
                           g_bytes_get_data (signature, NULL), g_bytes_get_size (signature));
  if (!self->report->is_signed)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_SIGNATURE,
                 _ ("The signature does not belong to this bundle and its certificate."));
}

static void
check_trust (JzBag *self, JzCertificate *certificate, const JzBundleCheck *check)
{
  gboolean is_same =
    check->certificate != NULL && jz_hash_equal (jz_certificate_get_hash (certificate),
                                                 jz_certificate_get_hash (check->certificate));
  gboolean is_issued = check->ca != NULL && jz_certificate_is_issued_by (certificate, check->ca);

  if (check->certificate != NULL && !is_same)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_CERTIFICATE,
                 _ ("It is not the certificate that was given."));
  if (check->ca != NULL && !is_issued)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_CERTIFICATE,
                 _ ("It was not issued by the bureau's certificate that was given."));
  self->report->is_trusted = is_same || is_issued;
}

static void
check_checkpoint (JzBag *self, JzCertificate *certificate)
{
  gsize length = 0;
  const char *note = jz_bag_get_text (self, JZ_BUNDLE_CHECKPOINT, &length);
  g_autoptr (GError) error = NULL;

  if (note == NULL)
    return;
  self->report->has_checkpoint =
    jz_checkpoint_verify (note, length, certificate, &self->report->checkpoint, &error);
  if (!self->report->has_checkpoint)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_CHECKPOINT, "%s", error->message);
}

/* What data.json says of a file must be so. */
static void
check_named_file (JzBag *self, const JzJson *item, const char *name)
{
  const JzJson *named = jz_json_get_member (item, name);
  const char *path = jz_json_get_member_text (named, "path");
  const char *sum = jz_json_get_member_text (named, "sha256");
  g_autofree char *inside = path != NULL ? g_strconcat ("data/", path, NULL) : NULL;
  const JzBagFile *file = inside != NULL ? jz_bag_find (self, inside) : NULL;

  if (file == NULL || g_strcmp0 (sum, file->sums[JZ_BAG_SHA256]) != 0)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, JZ_BUNDLE_DATA,
                 _ ("It names a document that is not the one in the bundle."));
}

static JzJson *
load_data (JzBag *self)
{
  gsize length = 0;
  const char *text = jz_bag_get_text (self, JZ_BUNDLE_DATA, &length);
  g_autoptr (JzJson) data =
    text != NULL ? jz_json_parse_long (text, length, JZ_BUNDLE_MAX_TAG, NULL) : NULL;
  gsize n_again = 0;
  g_autofree char *again = data != NULL ? jz_json_to_canonical (data, &n_again) : NULL;

  if (text == NULL)
    return NULL;
  if (again != NULL && jz_json_get_kind (data) == JZ_JSON_OBJECT && n_again == length &&
      memcmp (again, text, length) == 0)
    return g_steal_pointer (&data);
  jz_bag_fail (self, JZ_PUBLISH_ERROR_FORMAT, JZ_BUNDLE_DATA, _ ("It is no JSON of our form."));
  return NULL;
}

static void
check_data (JzBag *self)
{
  g_autoptr (JzJson) data = load_data (self);
  const JzJson *items = data != NULL ? jz_json_get_member (data, "items") : NULL;
  JzBundleReport *report = self->report;

  if (data == NULL)
    return;
  report->is_demo = jz_json_get_member_boolean (data, "demo", FALSE);
  report->organ = g_strdup (jz_json_get_member_text (data, "organ"));
  report->from = g_strdup (jz_json_get_member_text (data, "from"));
  report->to = g_strdup (jz_json_get_member_text (data, "to"));
  if (items == NULL || jz_json_get_kind (items) != JZ_JSON_ARRAY) {
    jz_bag_fail (self, JZ_PUBLISH_ERROR_FORMAT, JZ_BUNDLE_DATA, _ ("It is no JSON of our form."));
    return;
  }
  report->n_items = jz_json_get_n_items (items);
  for (guint i = 0; i < jz_json_get_n_items (items); i++) {
    const JzJson *item = jz_json_get_item (items, i);
    if (jz_json_get_kind (item) != JZ_JSON_OBJECT ||
        jz_json_get_member (item, "document") == NULL ||
        jz_json_get_kind (jz_json_get_member (item, "document")) != JZ_JSON_OBJECT)
      jz_bag_fail (self, JZ_PUBLISH_ERROR_FORMAT, JZ_BUNDLE_DATA, _ ("It is no JSON of our form."));
    else
      check_named_file (self, item, "document");
  }
}

/**
 * jz_bag_check_ours:
 * @self: a bag that was read to its end
 * @check: what is to be checked
 *
 * Checks what makes a bag a bundle of ours.
 */
void
jz_bag_check_ours (JzBag *self, const JzBundleCheck *check)
{
  g_autoptr (JzCertificate) certificate = load_certificate (self);

  check_tag_files (self);
  if (certificate != NULL) {
    check_signature (self, certificate);
    check_trust (self, certificate, check);
    check_checkpoint (self, certificate);
  }
  check_data (self);
}

static JzBundleReport *
check_open (int fd, const JzBundleCheck *check, GError **error)
{
  g_autoptr (JzBundleReport) report = report_new ();
  g_auto (JzBag) bag = { 0 };
  GError *local = NULL;

  jz_bag_init (&bag, report, check->is_plain);
  if (jz_bag_read (&bag, fd, check, &local)) {
    jz_bag_check_lists (&bag);
    if (!check->is_plain)
      jz_bag_check_ours (&bag, check);
  }
  if (local == NULL)
    return g_steal_pointer (&report);
  g_propagate_error (error, local);
  return NULL;
}

/* Opening a pipe that nobody writes must not wait for ever. */
static int
open_regular (const char *path, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;

  if (fd < 0 || fstat (fd, &status) != 0) {
    jz_store_error_set_from_errno (error, errno, path);
  } else if (!S_ISREG (status.st_mode)) {
    g_autofree char *shown = g_filename_display_name (path);
    g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_INVALID,
                 _ ("“%s” is a folder or a device. Choose an ordinary file."), shown);
  } else {
    return fd;
  }
  if (fd >= 0)
    (void)close (fd); /* it was only looked at */
  return -1;
}

/**
 * jz_check_bundle:
 * @check: what is to be checked
 * @error: return location
 *
 * Checks a bundle, from wherever it comes, without a store; nothing is written (P-42, lessons §1
 * "Fixity").
 *
 * Returns: (transfer full) (nullable): what was found; %NULL where it could not be looked at, or
 *   with %G_IO_ERROR_CANCELLED
 */
JzBundleReport *
jz_check_bundle (const JzBundleCheck *check, GError **error)
{
  int fd = open_regular (check->path, error);
  JzBundleReport *report;

  if (fd < 0)
    return NULL;
  report = check_open (fd, check, error);
  (void)close (fd); /* it was only read */
  return report;
}

/**
 * jz_check_bundle_bytes:
 * @bytes: what may be a bundle
 * @is_plain: see #JzBundleCheck
 *
 * Returns: (transfer full) (nullable): what was found
 */
JzBundleReport *
jz_check_bundle_bytes (GBytes *bytes, gboolean is_plain)
{
  const JzBundleCheck check = { .path = "bytes", .is_plain = is_plain };
  int fd = memfd_create ("bundle", MFD_CLOEXEC);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  JzBundleReport *report = NULL;

  if (fd < 0)
    return NULL;
  if (size == 0 || write (fd, data, size) == (gssize)size)
    report = check_open (fd, &check, NULL);
  (void)close (fd); /* it was only in memory */
  return report;
}
