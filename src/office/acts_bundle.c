/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/bundles.h"
#include "office/checkpoints.h"
#include "office/error.h"
#include "office/publications.h"
#include "office/situation.h"

/* Freezing what was released in a period (design §10; P-42): the list, every file and one signature
 * by the store. What leaves the office is written from that, as often as one likes, and is the same
 * every time. */

#define MAX_LIST (16 * 1024 * 1024)

static JzBundler bundler;

/**
 * jz_office_set_bundler:
 * @bundler: makes the files of a bundle; may be called on any thread
 */
void
jz_office_set_bundler (JzBundler new_bundler)
{
  bundler = new_bundler;
}

/**
 * jz_office_can_bundle:
 *
 * Returns: whether this program has what makes bundles
 */
gboolean
jz_office_can_bundle (void)
{
  return bundler != NULL;
}

static const JzArgument bundle_arguments[] = {
  { "from", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("first day of the period") },
  { "to", JZ_ARGUMENT_DATE, JZ_REQUIRED, 0, NULL, N_ ("last day of the period") },
  { "publications", JZ_ARGUMENT_TEXTS, JZ_PREPARED, 60, NULL,
    N_ ("ids of what was released in it, in that order") },
  { "files", JZ_ARGUMENT_OBJECTS, JZ_PREPARED, 0, NULL, N_ ("all files of the bundle") },
  { "manifest", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL, N_ ("the list of what it carries") },
  { "tag_manifest", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the list of what says what it carries") },
  { "signature", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("the signature of the store over that list") },
  { "deviations", JZ_ARGUMENT_OBJECT, JZ_PREPARED, 0, NULL,
    N_ ("what the upload tables of other systems want otherwise") },
  { NULL },
};

static gboolean
prepare_bundle (const JzPreparation *preparation, JzJson *args, GError **error)
{
  if (bundler != NULL)
    return bundler (preparation, args, error);
  g_set_error_literal (error, JZ_OFFICE_ERROR, JZ_OFFICE_ERROR_UNKNOWN_ACT,
                       _ ("This program cannot make bundles."));
  return FALSE;
}

static gboolean
check_period (const JzSituation *self, JzRefusal **refusal)
{
  char today[JZ_DATE_SIZE];
  const char *from = jz_situation_get_text (self, "from");
  const char *to = jz_situation_get_text (self, "to");

  jz_date_format (jz_instant_get_date (self->now), today);
  if (strcmp (from, to) > 0)
    jz_refuse (refusal, "J-BUNDLE", _ ("Give the first day before the last."),
               _ ("The period ends on %s, before it begins on %s."), to, from);
  else if (strcmp (to, today) > 0)
    jz_refuse (refusal, "J-BUNDLE", _ ("Give a last day that is not after today."),
               _ ("The period ends on %s, and more can be released until then."), to);
  else if (jz_json_get_n_items (jz_json_get_member (self->args, "publications")) == 0)
    jz_refuse (refusal, "J-BUNDLE", _ ("Release a publication first, or choose another period."),
               _ ("Nothing that is public was released from %s to %s."), from, to);
  return *refusal == NULL;
}

/* Of what is listed and not known any more, the case was destroyed since. */
static gboolean
is_known (const JzSituation *self, const char *document, gboolean *is, GError **error)
{
  gint64 n = 0;

  if (!jz_connection_get_number (self->tables, &n, error,
                                 "SELECT count (*) FROM publication WHERE document = ?", "t",
                                 document))
    return FALSE;
  *is = n > 0;
  return TRUE;
}

static gboolean
check_list (const JzSituation *self, gboolean *is_same, GError **error)
{
  const JzJson *listed = jz_json_get_member (self->args, "publications");
  g_autoptr (GPtrArray) released = jz_publications_list_released (
    self->tables, jz_situation_get_text (self, "from"), jz_situation_get_text (self, "to"), error);
  guint at = 0;

  if (released == NULL)
    return FALSE;
  for (guint i = 0; i < jz_json_get_n_items (listed) && *is_same; i++) {
    const char *document = jz_json_get_text (jz_json_get_item (listed, i));
    const JzReleased *next = at < released->len ? g_ptr_array_index (released, at) : NULL;
    gboolean is = FALSE;
    if (next != NULL && strcmp (next->publication->document, document) == 0)
      at++;
    else if (!is_known (self, document, &is, error))
      return FALSE;
    else
      *is_same = !is;
  }
  *is_same = *is_same && at == released->len;
  return TRUE;
}

static GBytes *
load_object (const JzSituation *self, const char *argument, GError **error)
{
  JzObject object;

  if (!jz_object_from_json (jz_json_get_member (self->args, argument), &object))
    g_assert_not_reached ();
  return jz_objects_get_bytes (self->objects, &object.hash, MAX_LIST, error);
}

static gboolean
check_signature (const JzSituation *self, JzRefusal **refusal, GError **error)
{
  g_autoptr (JzCertificate) certificate = NULL;
  g_autoptr (GBytes) list = NULL;
  g_autoptr (GBytes) signature = NULL;

  if (self->objects == NULL)
    return TRUE;
  certificate =
    jz_checkpoints_load_store_certificate (self->tables, self->objects, self->store, error);
  list = certificate != NULL ? load_object (self, "tag_manifest", error) : NULL;
  signature = list != NULL ? load_object (self, "signature", error) : NULL;
  if (signature == NULL)
    return FALSE;
  if (!jz_certificate_verify (certificate, g_bytes_get_data (list, NULL), g_bytes_get_size (list),
                              g_bytes_get_data (signature, NULL), g_bytes_get_size (signature)))
    jz_refuse (refusal, "J-BUNDLE", _ ("Freeze it once more."),
               _ ("The bundle is not signed by this store."));
  return TRUE;
}

static gboolean
check_bundle (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  gboolean is_same = TRUE;

  if (!check_period (situation, refusal))
    return TRUE;
  if (!check_list (situation, &is_same, error))
    return FALSE;
  if (!is_same) {
    jz_refuse (refusal, "J-BUNDLE", _ ("Freeze it once more."),
               _ ("Meanwhile something else was released or withdrawn."));
    return TRUE;
  }
  return check_signature (situation, refusal, error);
}

static const JzHash *
get_hash (const JzApplication *application, const char *argument, JzObject *object)
{
  if (!jz_object_from_json (jz_json_get_member (application->args, argument), object))
    g_assert_not_reached ();
  return &object->hash;
}

static gboolean
apply_bundle (JzApplication *application, GError **error)
{
  gint64 key = 0;
  g_autofree char *id = jz_application_make_thing (application, &key);
  char time[JZ_INSTANT_SIZE];
  JzObject lists[4];

  return jz_connection_run (
    application->tables, error,
    "INSERT INTO bundle (key, id, period_from, period_to, time, n_items, manifest, tag_manifest, "
    "signature, deviations) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "ittttihhhh", key, id, jz_application_get_text (application, "from"),
    jz_application_get_text (application, "to"), jz_application_get_time (application, time),
    (gint64)jz_json_get_n_items (jz_json_get_member (application->args, "publications")),
    get_hash (application, "manifest", &lists[0]),
    get_hash (application, "tag_manifest", &lists[1]),
    get_hash (application, "signature", &lists[2]),
    get_hash (application, "deviations", &lists[3]));
}

const JzAct jz_acts_bundle[] = {
  {
    .name = "publication.bundle",
    .version = 1,
    .summary = N_ ("Freeze what was released in a period as a signed bundle."),
    .roles = "publisher",
    .scope = JZ_SCOPE_BUREAU,
    .flags = JZ_ACT_SIGNED,
    .arguments = bundle_arguments,
    .prepare = prepare_bundle,
    .check = check_bundle,
    .apply = apply_bundle,
    .makes_thing = TRUE,
  },
  { NULL },
};
