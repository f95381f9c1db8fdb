/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/publication_prepare.h"

#include <glib/gi18n-lib.h>

#include "office/documents.h"
#include "office/error.h"
#include "office/office.h"
#include "office/publication_fields.h"

/* A public copy is made and attacked while the act is prepared, by a layer above this one that is
 * told here (design §1); what carriers are told comes from what remained in it. */

#define MAX_PUBLIC (16 * 1024 * 1024)

static JzPublisher publisher;

/**
 * jz_office_set_publisher:
 * @publisher: makes public copies; may be called on any thread
 *
 * Both programs call this before anything else.
 */
void
jz_office_set_publisher (JzPublisher new_publisher)
{
  publisher = new_publisher;
}

/**
 * jz_office_can_publish:
 *
 * Returns: whether this program has what makes public copies
 */
gboolean
jz_office_can_publish (void)
{
  return publisher != NULL;
}

static JzJson *
describe (const JzJson *args)
{
  const JzJson *redactions = jz_json_get_member (args, "publication.redactions");
  JzJson *work = jz_json_new_object ();

  jz_json_set_text (work, "case", jz_json_get_member_text (args, "case"));
  jz_json_set_text (work, "document", jz_json_get_member_text (args, "document"));
  if (redactions != NULL)
    jz_json_set_member (work, "redactions", jz_json_copy (redactions));
  return work;
}

/* Each kind once, in the order in which they were found. */
static JzJson *
list_kinds (const JzJson *findings)
{
  JzJson *kinds = jz_json_new_array ();
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; findings != NULL && i < jz_json_get_n_items (findings); i++) {
    const char *kind = jz_json_get_member_text (jz_json_get_item (findings, i), "kind");
    if (kind != NULL && g_hash_table_add (seen, (gpointer)kind))
      jz_json_append (kinds, jz_json_new_text (kind));
  }
  return kinds;
}

static JzFilling *
read_masked (const JzPreparation *preparation,
             JzConnection *reader,
             const JzJson *work,
             GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  g_autoptr (JzStated) stated =
    jz_stated_load (reader, jz_json_get_member_text (work, "case"), G_MAXINT64, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzJson) public = NULL;
  JzDocument document;
  JzObject object;
  gsize length = 0;
  const char *text;

  if (stated == NULL || !jz_object_from_json (jz_json_get_member (work, "public"), &object) ||
      !jz_document_find (stated, objects, jz_json_get_member_text (work, "document"), &document,
                         error))
    return NULL;
  bytes = jz_objects_get_bytes (objects, &object.hash, MAX_PUBLIC, error);
  text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  public = text != NULL ? jz_json_parse (text, length, error) : NULL;
  return public != NULL
           ? jz_filling_new_from_json (document.form, jz_json_get_member (public, "values"), error)
           : NULL;
}

static gboolean
take (const JzFilling *masked, const JzJson *work, JzJson *args, GError **error)
{
  static const char *const objects[] = { "copy", "public", "report" };
  g_autoptr (JzJson) fields = jz_publication_make_fields (masked, error);
  g_autofree char *names = NULL;
  guint n_deviations = 0;

  if (fields == NULL)
    return FALSE;
  names = jz_publication_dup_deviations (jz_form_get_id (jz_filling_get_form (masked)), fields,
                                         &n_deviations, error);
  if (names == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (objects); i++)
    jz_json_set_member (args, objects[i], jz_json_copy (jz_json_get_member (work, objects[i])));
  jz_json_set_member (args, "findings", list_kinds (jz_json_get_member (work, "findings")));
  jz_json_set_member (args, "fields", g_steal_pointer (&fields));
  jz_json_set_integer (args, "deviations", n_deviations);
  return TRUE;
}

/* Refused in plain words when it is checked; here there is nothing to make a copy of. */
static gboolean
is_final (const JzPreparation *preparation,
          JzConnection *reader,
          const JzJson *work,
          GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  g_autoptr (JzStated) stated =
    jz_stated_load (reader, jz_json_get_member_text (work, "case"), G_MAXINT64, error);
  JzDocument document;

  if (stated == NULL ||
      !jz_document_find (stated, objects, jz_json_get_member_text (work, "document"), &document,
                         error))
    return FALSE;
  if (document.id != NULL && document.state >= JZ_DOCUMENT_FINAL)
    return TRUE;
  g_set_error (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_NOT_FOUND,
               _ ("The case has no final document %s."),
               jz_json_get_member_text (work, "document"));
  return FALSE;
}

static gboolean
make (const JzPreparation *preparation,
      JzConnection *reader,
      JzJson *work,
      JzJson *args,
      GError **error)
{
  g_autoptr (JzFilling) masked = NULL;

  if (!is_final (preparation, reader, work, error) || !publisher (preparation, work, error))
    return FALSE;
  masked = read_masked (preparation, reader, work, error);
  return masked != NULL && take (masked, work, args, error);
}

/**
 * jz_prepare_publication:
 * @preparation: the office
 * @args: gets `copy`, `public`, `report`, `findings`, `fields`, `deviations`
 * @error: return location
 *
 * Returns: whether it was done
 */
gboolean
jz_prepare_publication (const JzPreparation *preparation, JzJson *args, GError **error)
{
  JzStore *store = jz_office_get_store (preparation->office);
  g_autoptr (JzJson) work = NULL;
  JzConnection *reader;
  gboolean is_done;

  /* What is not named is missed when the arguments are checked. */
  if (jz_json_get_member_text (args, "case") == NULL ||
      jz_json_get_member_text (args, "document") == NULL)
    return TRUE;
  if (publisher == NULL) {
    g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                         _ ("This program cannot draw documents."));
    return FALSE;
  }
  work = describe (args);
  reader = jz_store_lease_reader (store, error);
  if (reader == NULL)
    return FALSE;
  is_done = make (preparation, reader, work, args, error);
  jz_store_return_reader (store, reader);
  return is_done;
}

static JzJson *
cover (const JzJson *found)
{
  static const char *const texts[] = { "field", "kind", "rule", "replacement" };
  JzJson *redactions = jz_json_new_array ();

  for (guint i = 0; found != NULL && i < jz_json_get_n_items (found); i++) {
    const JzJson *one = jz_json_get_item (found, i);
    JzJson *redaction = jz_json_new_object ();
    for (gsize j = 0; j < G_N_ELEMENTS (texts); j++)
      if (jz_json_get_member_text (one, texts[j]) != NULL)
        jz_json_set_text (redaction, texts[j], jz_json_get_member_text (one, texts[j]));
    jz_json_set_integer (redaction, "start", jz_json_get_member_integer (one, "start", 0));
    jz_json_set_integer (redaction, "length", jz_json_get_member_integer (one, "length", 0));
    jz_json_set_text (redaction, "choice", "cover");
    jz_json_append (redactions, redaction);
  }
  return redactions;
}

static JzJson *
read_report (const JzPreparation *preparation, const JzJson *work, GError **error)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (preparation->office));
  g_autoptr (GBytes) bytes = NULL;
  JzObject object;
  gsize length = 0;
  const char *text;

  if (!jz_object_from_json (jz_json_get_member (work, "report"), &object))
    g_assert_not_reached ();
  bytes = jz_objects_get_bytes (objects, &object.hash, MAX_PUBLIC, error);
  text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  return text != NULL ? jz_json_parse (text, length, error) : NULL;
}

/**
 * jz_publication_cover_all:
 * @preparation: the office
 * @args: of an act that collects; gets `publication.redactions`
 * @error: return location
 *
 * Decides to cover whatever is found: for the invented people of the demo office, who look at
 * nothing.
 *
 * Returns: whether it was done
 */
gboolean
jz_publication_cover_all (const JzPreparation *preparation, JzJson *args, GError **error)
{
  g_autoptr (JzJson) work = describe (args);
  g_autoptr (JzJson) report = NULL;

  g_return_val_if_fail (publisher != NULL, FALSE);

  if (!publisher (preparation, work, error))
    return FALSE;
  report = read_report (preparation, work, error);
  if (report == NULL)
    return FALSE;
  jz_json_set_member (args, "publication.redactions", cover (jz_json_get_member (report, "found")));
  return TRUE;
}
