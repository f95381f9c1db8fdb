/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"

#include <string.h>

#include <glib/gstdio.h>

#include "office/document_freeze.h"

#define FIELD(name, type, rest)                                                                    \
  "<field name='" name "' type='" type "' " rest "><label xml:lang='zh-CN'>" name "</label></"     \
  "field>"
#define FORM(id, rest, fields)                                                                     \
  "<form id='" id "' version='1' kind='letter' external='yes' " rest ">"                           \
  "<title xml:lang='zh-CN'>" id "</title><fields>" FIELD ("text", "text",                          \
                                                          "required='yes' "                        \
                                                          "most='20'") fields                      \
    "</fields><body><p><f name='text'/></p></body></form>"
#define NUMBERED FIELD ("doc_no", "idcode", "most='60'") FIELD ("doc_date", "date", "")
#define OPINIONS                                                                                   \
  FIELD ("opinion_h", "longtext", "")                                                              \
  FIELD ("sign_h", "signature", "many='yes'")                                                      \
  FIELD ("opinion_u", "longtext", "required='yes'")                                                \
  FIELD ("sign_u", "signature", "")                                                                \
  FIELD ("opinion_r", "longtext", "required='yes'") FIELD ("sign_r", "signature", "")

static const struct {
  const char *id;
  const char *text;
} forms[] = {
  { "one_h", FORM ("one_h", "flow='H' served='yes' number='录'", NUMBERED) },
  { "one_hu", FORM ("one_hu", "flow='H U' served='yes'", "") },
  { "one_hur", FORM ("one_hur", "flow='H U R' served='yes' number='试'", NUMBERED OPINIONS) },
  { "one_l", FORM ("one_l", "flow='L' served='yes'", "") },
  { "one_a", FORM ("one_a", "flow='A' number='case'", NUMBERED) },
  { "one_c", FORM ("one_c", "flow='C' served='yes'", "") },
};

void
documents_init (Penalty *self)
{
  g_autofree char *folder = NULL;

  penalty_init (self);
  folder = g_build_filename (self->office.folder, "forms", NULL);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    g_autofree char *name = g_strconcat (forms[i].id, ".xml", NULL);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_assert_true (g_file_set_contents (path, forms[i].text, -1, NULL));
  }
  test_office_do_by_two (&self->office, "section_head", "head", "forms.adopt",
                         "{'file':'%s','in_force':'2025-01-02','reason':'本局样式'}", folder);
  penalty_play (self, PENALTY_LEAD, PENALTY_FILED);
}

const char *
documents_get_writer (const char *form)
{
  return strcmp (form, "one_l") == 0 ? "reviewer" : "handler";
}

char *
documents_args (Penalty *self, const char *document, const char *rest)
{
  return g_strdup_printf ("{'case':'%s','document':'%s'%s%s}", self->id, document,
                          rest[0] != '\0' ? "," : "", rest);
}

char *
documents_draft (Penalty *self, const char *form)
{
  return test_office_make (&self->office, documents_get_writer (form), "document.draft",
                           "{'case':'%s','form':'%s','values':{'text':'甲'}}", self->id, form);
}

static void
perform (Penalty *self, const char *who, const char *act, const char *document, const char *rest)
{
  g_autofree char *args = documents_args (self, document, rest);
  test_office_do (&self->office, who, act, "%s", args);
}

void
documents_approve (Penalty *self, const char *document)
{
  g_autofree char *args = documents_args (self, document, "'way':'account','opinion':'照准'");

  test_office_do_by_two (&self->office, "handler", "approver", "document.approve", "%s", args);
}

void
documents_finalise (Penalty *self, const char *document, const char *form)
{
  perform (self, documents_get_writer (form), "document.finalise", document,
           "'document.date':'2025-01-02'");
}

static gboolean
has_letter (const char *form, char letter)
{
  return strchr (form + strlen ("one_"), letter) != NULL;
}

/* One step from the state before it. */
void
documents_step (Penalty *self, const char *document, const char *form, JzDocumentState to)
{
  const char *writer = documents_get_writer (form);

  switch (to) {
  case JZ_DOCUMENT_SUBMITTED:
    if (has_letter (form, 'u'))
      perform (self, writer, "document.submit", document, "'opinion':'请审'");
    return;
  case JZ_DOCUMENT_EXAMINED:
    if (has_letter (form, 'u'))
      perform (self, "section_head", "document.examine", document, "'opinion':'拟同意'");
    return;
  case JZ_DOCUMENT_APPROVED:
    if (has_letter (form, 'r'))
      documents_approve (self, document);
    return;
  case JZ_DOCUMENT_FINAL:
    documents_finalise (self, document, form);
    return;
  case JZ_DOCUMENT_SIGNED:
    perform (self, writer, "document.sign", document, "'how':'sealed','on':'2025-01-02'");
    return;
  case JZ_DOCUMENT_SERVED:
    perform (self, "handler", "document.serve", document,
             "'result':'served','service.document':'某文书','service.method':'direct',"
             "'service.served_on':'2025-01-02','service.receipt':true");
    return;
  default:
    return;
  }
}

char *
documents_make (Penalty *self, const char *form, JzDocumentState to)
{
  char *document = documents_draft (self, form);

  for (int state = JZ_DOCUMENT_DRAFT; state <= (int)MIN (to, JZ_DOCUMENT_SERVED); state++)
    if (to <= JZ_DOCUMENT_SERVED || state < JZ_DOCUMENT_SIGNED)
      documents_step (self, document, form, (JzDocumentState)state);
  if (to == JZ_DOCUMENT_CORRECTED) {
    g_autofree char *next =
      test_office_make (&self->office, documents_get_writer (form), "document.correct",
                        "{'case':'%s','corrects':'%s','reason':'笔误'}", self->id, document);
    for (int state = JZ_DOCUMENT_DRAFT; state <= JZ_DOCUMENT_FINAL; state++)
      documents_step (self, next, form, (JzDocumentState)state);
  }
  if (to == JZ_DOCUMENT_VOID)
    perform (self, documents_get_writer (form), "document.void", document, "'reason':'作废'");
  return document;
}

char *
documents_get (Penalty *self, const char *document, const char *name)
{
  JzStore *store = jz_office_get_store (self->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (JzStated) stated = NULL;
  const JzStatedRecord *record;

  g_assert_no_error (error);
  stated = jz_stated_load (reader, self->id, G_MAXINT64, &error);
  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  record = jz_document_find_record (stated, document);
  g_assert_nonnull (record);
  return strcmp (name, "state") == 0
           ? g_strdup (jz_document_state_get_name (jz_document_record_get_state (record)))
           : g_strdup (jz_stated_record_get_text (record, name));
}

JzJson *
documents_read_frozen (Penalty *self, const char *document)
{
  JzStore *store = jz_office_get_store (self->office.office);
  g_autoptr (GError) error = NULL;
  JzConnection *reader = jz_store_lease_reader (store, &error);
  g_autoptr (GBytes) bytes = jz_document_print (reader, jz_store_get_objects (store), document,
                                                jz_clock_now (self->office.clock), NULL, &error);
  JzJson *json;

  jz_store_return_reader (store, reader);
  g_assert_no_error (error);
  json = jz_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  return json;
}

void
documents_fail (Penalty *self,
                const char *who,
                const char *act,
                const char *args,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) wanted = g_strsplit (words, "|", -1);
  gint64 before = test_office_count (&self->office, "SELECT count (*) FROM entry");
  g_autoptr (JzActOutcome) outcome = test_office_try (&self->office, who, act, &error, "%s", args);

  g_assert_null (outcome);
  g_assert_nonnull (error);
  for (gsize i = 0; wanted[i] != NULL; i++)
    if (strstr (error->message, wanted[i]) == NULL)
      g_error ("“%s” says nothing of “%s”", error->message, wanted[i]);
  g_assert_cmpint (test_office_count (&self->office, "SELECT count (*) FROM entry"), ==, before);
}
