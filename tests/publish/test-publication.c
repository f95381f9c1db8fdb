/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "office/publication_prepare.h"
#include "office/publications.h"
#include "penalty-fixture.h"
#include "publish/error.h"
#include "publish/publication.h"

/* The acts of publication with the real maker of public copies: from a decision of a store to the
 * objects that the act names, and to the sheet for the internal file. */

#define HIDDEN "当事人在某某路1号门前"
#define HIDE                                                                                       \
  "'publication.redactions':[{'field':'facts','start':0,'length':%u,'choice':'added','kind':"      \
  "'other','rule':'RD-11','reason':'细节'}]"

static void
init (Penalty *self)
{
  penalty_init (self);
  g_autofree char *publisher = test_office_add_person (&self->office, "publisher", "publisher");
  test_office_certify (&self->office, "publisher");
  jz_office_set_publisher (jz_prepare_public_copy);
  penalty_play (self, PENALTY_LEAD, PENALTY_DECIDED);
}

static void
finish (Penalty *self)
{
  test_office_close (&self->office);
  test_assert_sound (self->office.path);
}

static JzConnection *
lease (Penalty *self)
{
  return jz_store_lease_reader (jz_office_get_store (self->office.office), NULL);
}

static void
give_back (Penalty *self, JzConnection *reader)
{
  jz_store_return_reader (jz_office_get_store (self->office.office), reader);
}

static JzPublicationCopy *
find_copy (Penalty *self)
{
  JzConnection *reader = lease (self);
  g_autoptr (JzPublication) publication = NULL;
  JzPublicationCopy *copy = NULL;

  g_assert_true (jz_publication_find (reader, self->decision, &publication, NULL));
  g_assert_true (jz_publication_find_copy (reader, publication->copy, &copy, NULL));
  g_assert_nonnull (copy);
  give_back (self, reader);
  return copy;
}

static char *
read_object (Penalty *self, const JzHash *hash)
{
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (self->office.office));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jz_objects_get_bytes (objects, hash, 64 * 1024 * 1024, &error);

  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
collect (Penalty *self)
{
  g_autofree char *hide = g_strdup_printf (HIDE, (guint)strlen (HIDDEN));

  test_office_do (&self->office, "publisher", "publication.collect",
                  "{'case':'%s','document':'%s',%s}", self->id, self->decision, hide);
}

static void
assert_sheet (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzJson) report = jz_json_parse_canonical (text, strlen (text), &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) sheet = jz_redaction_report_draw (report, "某案", FALSE, 0, &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (sheet, NULL), "%PDF"));
}

/* What was hidden is in none of the things that the act names. */
static void
test_collect (void)
{
  g_auto (Penalty) penalty = { 0 };
  init (&penalty);
  collect (&penalty);
  g_autoptr (JzPublicationCopy) copy = find_copy (&penalty);
  g_autofree char *public = read_object (&penalty, &copy->public);
  g_autofree char *report = read_object (&penalty, &copy->report);

  g_assert_cmpuint (jz_json_get_n_items (copy->findings), ==, 0);
  g_assert_null (strstr (public, HIDDEN));
  g_assert_nonnull (strstr (public, "＊＊＊占用城市道路堆放建材。"));
  g_assert_null (strstr (report, HIDDEN));
  g_assert_nonnull (strstr (report, "\"extractors\""));
  g_assert_nonnull (strstr (report, "\"reason\":\"细节\""));
  assert_sheet (report);
  finish (&penalty);
}

static void
test_preview (void)
{
  g_auto (Penalty) penalty = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  init (&penalty);
  JzObjects *objects = jz_store_get_objects (jz_office_get_store (penalty.office.office));
  JzConnection *reader = lease (&penalty);
  g_autoptr (JzJson) found =
    jz_public_findings (reader, objects, penalty.id, penalty.decision, &error);
  g_assert_no_error (error);
  g_autoptr (JzJson) preview =
    jz_public_preview (reader, objects, penalty.id, penalty.decision, NULL, &pdf, &error);
  g_assert_no_error (error);
  const char *facts = jz_json_get_member_text (jz_json_get_member (found, "fields"), "facts");

  g_assert_true (g_str_has_prefix (facts, HIDDEN));
  g_assert_nonnull (strstr (jz_json_get_member_text (preview, "text"), "行政处罚决定书"));
  g_assert_true (g_str_has_prefix (g_bytes_get_data (pdf, NULL), "%PDF"));
  g_assert_null (jz_public_findings (reader, objects, penalty.id, "none", &error));
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_MISSING);
  give_back (&penalty, reader);
  finish (&penalty);
}

/* The head says whether somebody against whom a decision is made keeps the full name (RD-01). */
static void
test_setting (void)
{
  g_auto (Penalty) penalty = { 0 };
  init (&penalty);
  test_office_do (&penalty.office, "head", "setting.change",
                  "{'name':'publicity.names','value':'keep','reason':'细则'}");
  test_office_refuse (&penalty.office, "head", "setting.change", "J-SETTING",
                      "{'name':'publicity.names','value':'sometimes','reason':'细则'}");
  finish (&penalty);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish/publication/collect", test_collect);
  g_test_add_func ("/publish/publication/preview", test_preview);
  g_test_add_func ("/publish/publication/setting", test_setting);
  return g_test_run ();
}
