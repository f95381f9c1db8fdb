/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/bundle_make.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "config.h"

#include "office/bundles.h"
#include "office/checkpoints.h"
#include "office/session.h"
#include "publish/check_bundle.h"
#include "publish/credit_table.h"
#include "publish/error.h"
#include "store/error.h"

/* Freezing a bundle: every file becomes an object, the lists name them, the store signs. Whatever
 * this program writes differently one day, a bundle that was frozen stays what it is. */

typedef struct {
  const JzBundleContents *contents;
  const JzBundleSeal *seal;
  JzObjects *objects;
  GCancellable *cancellable;
  JzBundle *bundle;
  GPtrArray *tables; /* names of upload tables, as the index writes them */
  JzJson *deviations;
} Making;

static void
making_clear (Making *self)
{
  g_clear_pointer (&self->bundle, jz_bundle_free);
  g_clear_pointer (&self->tables, g_ptr_array_unref);
  g_clear_pointer (&self->deviations, jz_json_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

static gboolean
take_text (Making *self, const char *path, char *text, GError **error)
{
  g_autofree char *taken = text;

  return taken != NULL && !g_cancellable_set_error_if_cancelled (self->cancellable, error) &&
         jz_bundle_add_text (self->bundle, path, taken, self->objects, error);
}

static gboolean
add_item (Making *self, const JzBundleItem *item, GError **error)
{
  g_autofree char *pdf =
    jz_bundle_contents_dup_name (self->contents, "data/documents/", item->id, ".pdf");
  g_autofree char *page =
    jz_bundle_contents_dup_name (self->contents, "data/items/", item->id, ".html");

  jz_bundle_add (self->bundle, pdf, &item->pdf);
  return take_text (self, page, jz_bundle_dup_page (self->contents, item, error), error);
}

static gboolean
add_items (Making *self, GError **error)
{
  for (guint i = 0; i < self->contents->items->len; i++)
    if (!add_item (self, g_ptr_array_index (self->contents->items, i), error))
      return FALSE;
  return TRUE;
}

/* A table without rows is of no use to anybody. */
static gboolean
add_table (Making *self, GError **error)
{
  g_autoptr (JzCreditTable) table = jz_credit_table_load_shipped (error);
  g_autoptr (GPtrArray) rows = table != NULL ? jz_credit_table_fill (table, self->contents) : NULL;
  g_autofree char *name = table != NULL
                            ? jz_bundle_contents_dup_name (self->contents, "tables/",
                                                           jz_credit_table_get_id (table), ".xlsx")
                            : NULL;
  g_autofree char *path = name != NULL ? g_strconcat ("data/", name, NULL) : NULL;
  g_autoptr (GBytes) book = NULL;

  if (table == NULL)
    return FALSE;
  self->deviations = jz_credit_table_check (table, self->contents, rows);
  if (rows->len == 0)
    return TRUE;
  book = jz_credit_table_write (table, self->contents, rows, self->seal->time, error);
  g_ptr_array_insert (self->tables, 0, g_steal_pointer (&name));
  return book != NULL && jz_bundle_add_bytes (self->bundle, path, book, self->objects, error);
}

/* Whoever checks it reads no more than that into memory. */
static gboolean
add_json (Making *self, GError **error)
{
  char *text = jz_bundle_dup_json (self->contents);

  if (strlen (text) <= JZ_BUNDLE_MAX_TAG)
    return take_text (self, JZ_BUNDLE_DATA, text, error);
  g_free (text);
  g_set_error_literal (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_TOO_LARGE,
                       _ ("So much was released in this period that no bundle holds it. Make "
                          "several bundles of shorter periods."));
  return FALSE;
}

static gboolean
add_data (Making *self, GError **error)
{
  const char *const *tables = (const char *const *)self->tables->pdata;

  return add_json (self, error) &&
         take_text (self, "data/data.csv", jz_bundle_dup_csv (self->contents), error) &&
         take_text (self, "data/redaction.json", jz_bundle_dup_redactions (self->contents),
                    error) &&
         take_text (self, "data/index.html", jz_bundle_dup_index (self->contents, tables, error),
                    error);
}

static char *
dup_info (Making *self)
{
  const JzBundleContents *contents = self->contents;
  GString *text = g_string_new (NULL);
  g_autofree char *demo = jz_bundle_dup_demo_sentence (contents);
  char date[JZ_DATE_SIZE];
  guint n_files = 0;
  guint64 n_bytes = jz_bundle_get_size (self->bundle, TRUE, &n_files);

  jz_date_format (jz_instant_get_date (self->seal->time), date);
  g_string_append_printf (text, "Source-Organization: %s\n", contents->organ);
  g_string_append_printf (text, "External-Identifier: %s/%s/%s\n", contents->store, contents->from,
                          contents->to);
  if (contents->is_demo)
    g_string_append_printf (text, "External-Description: %s\n", demo);
  g_string_append_printf (text, "Bagging-Date: %s\n", date);
  g_string_append_printf (text, "Bag-Software-Agent: %s\n", JZ_PROGRAM);
  g_string_append_printf (text, "Payload-Oxum: %llu.%u\n", (unsigned long long)n_bytes, n_files);
  return g_string_free (text, FALSE);
}

static gboolean
add_lists (Making *self, GError **error)
{
  g_autoptr (GBytes) pem = jz_certificate_dup_pem (self->seal->certificate);

  jz_bundle_sort (self->bundle);
  return take_text (self, JZ_BUNDLE_MANIFEST, jz_bundle_dup_manifest (self->bundle, TRUE), error) &&
         take_text (self, "bagit.txt",
                    g_strdup ("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), error) &&
         take_text (self, "bag-info.txt", dup_info (self), error) &&
         take_text (self, "HOW-TO-CHECK.txt", jz_bundle_dup_how (self->contents, error), error) &&
         take_text (self, JZ_BUNDLE_CHECKPOINT, g_strdup (self->seal->checkpoint), error) &&
         jz_bundle_add_bytes (self->bundle, JZ_BUNDLE_CERTIFICATE, pem, self->objects, error);
}

/* The list of the lists, and the signature over it, which it cannot name. */
static gboolean
sign (Making *self, GError **error)
{
  g_autofree char *list = NULL;
  g_autoptr (GBytes) signature = NULL;

  jz_bundle_sort (self->bundle);
  list = jz_bundle_dup_manifest (self->bundle, FALSE);
  signature = jz_key_sign (self->seal->key, list, strlen (list), error);
  if (signature == NULL ||
      !jz_bundle_add_text (self->bundle, JZ_BUNDLE_TAG_MANIFEST, list, self->objects, error) ||
      !jz_bundle_add_bytes (self->bundle, JZ_BUNDLE_SIGNATURE, signature, self->objects, error))
    return FALSE;
  jz_bundle_sort (self->bundle);
  return TRUE;
}

/**
 * jz_bundle_make:
 * @contents: what it tells
 * @seal: with what it is signed
 * @objects: where its files are kept
 * @cancellable: (nullable): to stop
 * @deviations: (out) (transfer full): what upload tables want otherwise
 * @error: return location
 *
 * Makes and keeps all files of a bundle (format §7; P-03, P-42).
 *
 * Returns: (transfer full) (nullable): the bundle
 */
JzBundle *
jz_bundle_make (const JzBundleContents *contents,
                const JzBundleSeal *seal,
                JzObjects *objects,
                GCancellable *cancellable,
                JzJson **deviations,
                GError **error)
{
  g_auto (Making) making = { contents, seal, objects, cancellable, NULL, NULL, NULL };

  making.bundle = jz_bundle_new ();
  making.bundle->time = seal->time;
  making.bundle->is_demo = contents->is_demo;
  making.tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (making.tables, NULL);
  if (!add_items (&making, error) || !add_table (&making, error) || !add_data (&making, error) ||
      !add_lists (&making, error) || !sign (&making, error))
    return NULL;
  *deviations = g_steal_pointer (&making.deviations);
  return g_steal_pointer (&making.bundle);
}

static gboolean
set_object (JzJson *args, const JzBundle *bundle, const char *name, const char *path)
{
  const JzBundleFile *file = jz_bundle_find (bundle, path);
  JzObject object = { .hash = file->hash, .size = file->size };

  jz_json_set_member (args, name, jz_object_to_json (&object));
  return TRUE;
}

static gboolean
set_arguments (JzJson *args,
               const JzBundleContents *contents,
               const JzBundle *bundle,
               const JzJson *deviations,
               JzObjects *objects,
               GError **error)
{
  JzJson *publications = jz_json_new_array ();
  JzJson *files = jz_json_new_array ();
  gsize length = 0;
  char *text = jz_json_to_canonical (deviations, &length);
  g_autoptr (GBytes) list = g_bytes_new_take (text, length);
  JzObject object;

  for (guint i = 0; i < contents->items->len; i++)
    jz_json_append (publications, jz_json_new_text (
                                    ((JzBundleItem *)g_ptr_array_index (contents->items, i))->id));
  for (guint i = 0; i < bundle->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (bundle->files, i);
    object = (JzObject){ .hash = file->hash, .size = file->size };
    jz_json_append (files, jz_object_to_json (&object));
  }
  jz_json_set_member (args, "publications", publications);
  jz_json_set_member (args, "files", files);
  set_object (args, bundle, "manifest", JZ_BUNDLE_MANIFEST);
  set_object (args, bundle, "tag_manifest", JZ_BUNDLE_TAG_MANIFEST);
  set_object (args, bundle, "signature", JZ_BUNDLE_SIGNATURE);
  if (!jz_objects_put_bytes (objects, list, &object, error))
    return FALSE;
  jz_json_set_member (args, "deviations", jz_object_to_json (&object));
  return TRUE;
}

static gboolean
prepare_with (const JzPreparation *preparation,
              JzConnection *reader,
              JzBundleSeal *seal,
              JzJson *args,
              GError **error)
{
  JzOffice *office = preparation->office;
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (office));
  const char *store = jz_office_get_store_id (office);
  g_autoptr (JzBundleContents) contents = jz_bundle_contents_load (
    reader, objects, store, jz_office_is_demo (office), jz_json_get_member_text (args, "from"),
    jz_json_get_member_text (args, "to"), error);
  g_autoptr (JzCertificate) certificate =
    contents != NULL ? jz_checkpoints_load_store_certificate (reader, objects, store, error) : NULL;
  g_autoptr (JzJson) deviations = NULL;
  g_autoptr (JzBundle) bundle = NULL;

  seal->certificate = certificate;
  bundle = certificate != NULL ? jz_bundle_make (contents, seal, objects, preparation->cancellable,
                                                 &deviations, error)
                               : NULL;
  return bundle != NULL && set_arguments (args, contents, bundle, deviations, objects, error);
}

static gboolean
has_period (const JzJson *args)
{
  const char *from = jz_json_get_member_text (args, "from");
  const char *to = jz_json_get_member_text (args, "to");
  JzDate date;

  return from != NULL && to != NULL && jz_date_parse (from, &date, NULL) &&
         jz_date_parse (to, &date, NULL);
}

/**
 * jz_prepare_bundle:
 * @preparation: who signs in
 * @args: `from` and `to`; gets the list, the files and the signature
 * @error: return location
 *
 * Freezes what was released in a period, and signs it with the store's key.
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_bundle (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzOffice *office = preparation->office;
  JzStore *store = jz_office_get_store (office);
  g_autofree char *note = NULL;
  JzBundleSeal seal = { .time = jz_clock_now (jz_office_get_clock (office)),
                        .key = jz_session_get_store_key (preparation->session) };
  JzConnection *reader;
  gboolean is_done;

  /* What is missing or no date is told when the arguments are checked. */
  if (!has_period (args))
    return TRUE;
  if (!jz_office_issue_checkpoint (office, preparation->session, &note, error))
    return FALSE;
  seal.checkpoint = note;
  reader = jz_store_lease_reader (store, error);
  if (reader == NULL)
    return FALSE;
  is_done = prepare_with (preparation, reader, &seal, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}
