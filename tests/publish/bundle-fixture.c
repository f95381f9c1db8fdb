/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "../store/folder.h"

static JzInstant
instant_of (const char *text)
{
  JzInstant instant = 0;

  g_assert_true (jz_instant_parse (text, &instant, NULL));
  return instant;
}

static void
make_trust (TestBundle *self)
{
  g_autoptr (GError) error = NULL;
  JzInstant from = instant_of ("2025-01-02T09:00:00.000+08:00");
  JzCheckpoint checkpoint = { .store = TEST_BUNDLE_STORE,
                              .size = 17,
                              .time = instant_of (TEST_BUNDLE_TIME) };

  self->ca_key = jz_key_generate (&error);
  g_assert_no_error (error);
  self->ca = jz_certificate_issue (self->ca_key, "ca", self->ca_key, NULL, from, &error);
  g_assert_no_error (error);
  self->key = jz_key_generate (&error);
  g_assert_no_error (error);
  self->certificate =
    jz_certificate_issue (self->key, TEST_BUNDLE_STORE, self->ca_key, self->ca, from, &error);
  g_assert_no_error (error);
  jz_hash_of ("root", 4, &checkpoint.root);
  self->note = jz_checkpoint_sign (&checkpoint, self->key, self->certificate, &error);
  g_assert_no_error (error);
}

/* A whole PDF, so that programs that read PDF have something to say of it. */
static GBytes *
make_pdf (guint number)
{
  g_autoptr (GString) text = g_string_new ("%PDF-1.4\n");
  gsize places[5];
  gsize xref;
  static const char *const objects[] = {
    "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>"
  };
  g_autofree char *drawing = g_strdup_printf ("%u 100 m 200 200 l S", number);

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    places[i] = text->len;
    g_string_append_printf (text, "%u 0 obj\n%s\nendobj\n", i + 1, objects[i]);
  }
  places[3] = text->len;
  g_string_append_printf (text, "4 0 obj\n<</Length %zu>>stream\n%s\nendstream\nendobj\n",
                          strlen (drawing), drawing);
  xref = text->len;
  g_string_append (text, "xref\n0 5\n0000000000 65535 f \n");
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (text, "%010zu 00000 n \n", places[i]);
  g_string_append_printf (text, "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
  return g_bytes_new (text->str, text->len);
}

static JzJson *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JzJson *json = jz_json_parse (quoted, strlen (quoted), &error);

  g_assert_no_error (error);
  return json;
}

static void
add_field (JzBundleItem *item, const char *id, const char *label, const char *value)
{
  JzJson *field = jz_json_new_object ();

  if (item->fields == NULL)
    item->fields = jz_json_new_array ();
  jz_json_set_text (field, "id", id);
  jz_json_set_text (field, "label", label);
  jz_json_set_text (field, "value", value);
  jz_json_append (item->fields, field);
}

static JzBundleItem *
add_item (TestBundle *self, const char *id, const char *form, const char *party)
{
  JzBundleItem *item = jz_bundle_contents_add (self->contents);
  g_autoptr (GBytes) pdf = make_pdf (self->contents->items->len);
  g_autoptr (GError) error = NULL;

  item->id = g_strdup_printf (TEST_BUNDLE_STORE "-%s-1", id);
  item->form = g_strdup (form);
  item->number = g_strdup_printf ("某城管罚决〔2026〕%s号", id);
  item->title = g_strdup ("擅自设置户外广告设施案");
  item->party = g_strdup (party);
  item->matter = g_strdup ("擅自设置户外广告设施");
  item->decided_on = g_strdup ("2026-02-10");
  item->released_on = g_strdup ("2026-02-13");
  g_assert_true (jz_objects_put_bytes (self->objects, pdf, &item->pdf, &error));
  g_assert_no_error (error);
  add_field (item, "number", "决定书文号", item->number);
  add_field (item, "party", "行政相对人名称", party);
  add_field (item, "behaviour", "违法行为类型", item->matter);
  add_field (item, "facts", "违法事实",
             "=HYPERLINK(\"http://x\")<script>alert(1)</script> & \"某\"\n次行");
  add_field (item, "basis", "处罚依据", "＋某某市市容和环境卫生管理条例第十条");
  add_field (item, "content", "处罚内容", "-罚款三千元");
  add_field (item, "organ", "处罚机关", "某某县城市管理局");
  item->redactions = parse ("[{'choice':'cover','kind':'phone','rule':'RD-04','n':2}]");
  return item;
}

static void
fill (TestBundle *self, gboolean is_demo)
{
  JzBundleItem *item;

  self->contents = jz_bundle_contents_new ();
  self->contents->organ = g_strdup ("某某县城市管理局");
  self->contents->organ_code = g_strdup ("11330100MA2A00000X");
  self->contents->store = g_strdup (TEST_BUNDLE_STORE);
  self->contents->from = g_strdup ("2026-02-01");
  self->contents->to = g_strdup ("2026-02-28");
  self->contents->is_demo = is_demo;
  item = add_item (self, "101", "penalty_decision", "某某商贸有限公司");
  item->values = parse ("{'party':{'kind':'company','name':'某某商贸有限公司'},'fine':300000,"
                        "'doc_date':'2026-02-10','decision':[{'kind':'罚款','amount':300000,"
                        "'content':'罚款三千元'},{'kind':'没收违法所得','amount':12345,"
                        "'content':'没收'}]}");
  add_field (item, "party_code", "统一社会信用代码", "91110000MA01ABCD52");
  add_field (item, "representative", "法定代表人", "张某");
  item = add_item (self, "102", "penalty_decision", "李某");
  item->values = parse ("{'party':{'kind':'citizen','name':'李某'},'fine':0,"
                        "'doc_date':'2026-02-10','decision':[{'kind':'警告','content':'警告'},"
                        "{'kind':'通报批评','content':'通报批评'}]}");
  item = add_item (self, "103", "penalty_decision", "某某食品厂");
  item->values = parse ("{'party':{'kind':'organisation'},'fine':0,'doc_date':'2026-02-20',"
                        "'decision':[{'kind':'罚款','content':'罚款'}]}");
  add_field (item, "party_code", "统一社会信用代码", "91110000MA01ABCD53");
  item = add_item (self, "104", "penalty_decision", "某某面馆");
  item->values = parse ("{'party':{'kind':'sole_trader'},'fine':100,'doc_date':'2026-02-10',"
                        "'decision':[{'kind':'罚款','content':'罚款一元'}]}");
  item = add_item (self, "105", "no_penalty_decision", "王某");
  item->values = parse ("{'party':{'kind':'citizen'},'doc_date':'2026-02-10'}");
}

void
test_bundle_init (TestBundle *self, gboolean is_demo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *store = NULL;

  *self = (TestBundle){ .folder = folder_new () };
  store = g_build_filename (self->folder, "store", NULL);
  g_assert_cmpint (g_mkdir (store, 0700), ==, 0);
  self->objects = jz_objects_open (store, &error);
  g_assert_no_error (error);
  make_trust (self);
  fill (self, is_demo);
}

void
test_bundle_make (TestBundle *self)
{
  const JzBundleSeal seal = { instant_of (TEST_BUNDLE_TIME), self->note, self->key,
                              self->certificate };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->bundle, jz_bundle_free);
  g_clear_pointer (&self->deviations, jz_json_unref);
  self->bundle =
    jz_bundle_make (self->contents, &seal, self->objects, NULL, &self->deviations, &error);
  g_assert_no_error (error);
}

void
test_bundle_clear (TestBundle *self)
{
  g_clear_pointer (&self->bundle, jz_bundle_free);
  g_clear_pointer (&self->deviations, jz_json_unref);
  jz_bundle_contents_free (self->contents);
  g_free (self->note);
  jz_certificate_unref (self->certificate);
  jz_certificate_unref (self->ca);
  jz_key_unref (self->key);
  jz_key_unref (self->ca_key);
  jz_objects_close (self->objects);
  folder_free (self->folder);
}

char *
test_bundle_write (TestBundle *self, const char *name, JzBundleFormat format)
{
  char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  jz_bundle_write (self->bundle, self->objects, path, format, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return path;
}

gboolean
test_run (const char *folder, const char *command)
{
  const char *const words[] = { "sh", "-c", command, NULL };
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (folder, (char **)words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &complaint,
                &status, &error);
  g_assert_no_error (error);
  if (status != 0 || complaint[0] != '\0')
    g_test_message ("%s: %d: %s%s", command, status, output, complaint);
  return status == 0;
}

gboolean
test_has (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    g_test_message ("there is no %s here", program);
  return path != NULL;
}
