/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>

#include "forms/form_load.h"
#include "publish/error.h"
#include "publish/redaction.h"

/* Decisions on hidden text: what they may say, what remains, and what is still open. */

#define FACTS "经查，证人王小明（电话13812345678）称王小明看到。"

static JzForm *form;

static JzPublicSource *
new_source (void)
{
  static const char values[] =
    "{\"facts\":\"" FACTS "\",\"party\":{\"kind\":\"citizen\",\"name\":\"李大山\",\"id_kind\":"
    "\"resident\",\"id_number\":\"11010519491231002X\",\"born_on\":\"1949-12-31\",\"address\":"
    "\"云州市北湖区人民路18号\"},\"evidence\":[{\"no\":1,\"name\":\"王小明笔录\"},{\"no\":2,"
    "\"name\":\"照片\",\"source\":\"李大山\"}],\"fine\":200000}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFilling) filling = jz_filling_parse (form, values, strlen (values), &error);
  g_assert_no_error (error);
  JzPublicSource *source = jz_public_source_new (filling);
  jz_public_source_set_title (source, "李大山占道案");
  jz_public_source_add_file (source, "王小明笔录.pdf");
  jz_public_source_add_person (source, "李大山", JZ_PUBLIC_ROLE_PARTY, TRUE);
  return source;
}

static GPtrArray *
read_redactions (const JzPublicSource *source, const char *text, GError **error)
{
  g_autofree char *quoted = g_strdup (text);
  g_strdelimit (quoted, "'", '"');
  g_autoptr (JzJson) json = jz_json_parse (quoted, strlen (quoted), error);
  return json != NULL ? jz_redactions_from_json (source, json, error) : NULL;
}

static void
test_wrong (void)
{
  static const struct {
    const char *json;
    JzPublishError code;
  } rows[] = {
    { "{}", JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts'}]", JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'none','start':0,'length':3,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    /* Half a character, nothing, beyond the end, before the beginning. */
    { "[{'field':'facts','start':1,'length':3,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':2,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':0,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':9000,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':-3,'length':3,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':9007199254740991,'choice':'cover','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':3,'choice':'cover','kind':'nothing'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':3,'choice':'keep','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'facts','start':0,'length':3,'choice':'perhaps','kind':'name'}]",
      JZ_PUBLISH_ERROR_FORMAT },
    { "[{'field':'party.name','start':0,'length':9,'choice':'cover','kind':'name','replacement':"
      "'李 大山'}]",
      JZ_PUBLISH_ERROR_EXPOSED },
  };
  g_autoptr (JzPublicSource) source = new_source ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) list = read_redactions (source, rows[i].json, &error);
    g_assert_error (error, JZ_PUBLISH_ERROR, (int)rows[i].code);
    g_assert_null (list);
  }
}

static void
test_round_trip (void)
{
  static const char text[] =
    "[{\"choice\":\"cover\",\"field\":\"facts\",\"kind\":\"name\",\"length\":9,\"rule\":\"RD-01\","
    "\"start\":15},{\"choice\":\"keep\",\"field\":\"@title\",\"kind\":\"name\",\"length\":9,"
    "\"reason\":\"依法公开\",\"rule\":\"RD-01\",\"start\":0}]";
  g_autoptr (JzPublicSource) source = new_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = read_redactions (source, text, &error);
  g_assert_no_error (error);
  g_autoptr (JzJson) json = jz_redactions_to_json (list);
  g_autofree char *again = jz_json_to_canonical (json, NULL);
  g_assert_cmpstr (again, ==, text);
}

static char *
mask (const JzPublicSource *source, const GPtrArray *redactions, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzFilling) masked = jz_redaction_apply (source, redactions, &error);
  g_assert_no_error (error);
  g_autoptr (JzPublicSource) public = jz_public_source_new (masked);
  return jz_public_source_dup_text (public, path);
}

static void
assert_masked (const JzPublicSource *source,
               const GPtrArray *redactions,
               const char *path,
               const char *expected)
{
  g_autofree char *text = mask (source, redactions, path);
  g_assert_cmpstr (text, ==, expected);
}

/* Yes to everything: what remains is what the served decision says, and nothing else is changed. */
static void
test_apply (void)
{
  g_autoptr (JzPublicSource) source = new_source ();
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  g_autoptr (GPtrArray) redactions = jz_redactions_cover_all (found);
  g_autofree char *title = jz_redaction_apply_title (source, redactions);
  g_auto (GStrv) files = jz_redaction_apply_files (source, redactions);
  assert_masked (source, redactions, "facts", "经查，证人甲（电话＊＊＊）称证人甲看到。");
  assert_masked (source, redactions, "party.name", "李某");
  assert_masked (source, redactions, "party.id_number", "＊＊＊");
  assert_masked (source, redactions, "party.address", "云州市北湖区＊＊＊");
  /* A day cannot hold a mask, so that it is not there at all. */
  assert_masked (source, redactions, "party.born_on", NULL);
  assert_masked (source, redactions, "party.kind", "citizen");
  assert_masked (source, redactions, "evidence[1].name", "证人甲笔录");
  assert_masked (source, redactions, "evidence[2].name", "照片");
  assert_masked (source, redactions, "evidence[2].source", "李某");
  g_assert_cmpstr (title, ==, "李某占道案");
  g_assert_cmpstr (files[0], ==, "证人甲笔录.pdf");
  g_assert_null (files[1]);
  g_autoptr (GPtrArray) open = jz_redactions_find_open (source, redactions);
  g_assert_cmpuint (open->len, ==, 0);
}

/* Two that overlap hide everything that either hides; nothing is shown twice. */
static void
test_overlap (void)
{
  g_autoptr (JzPublicSource) source = new_source ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = read_redactions (
    source,
    "[{'field':'facts','start':9,'length':15,'choice':'added','kind':'other'},"
    "{'field':'facts','start':15,'length':12,'choice':'added','kind':'name'},"
    "{'field':'facts','start':0,'length':6,'choice':'added','kind':'other','replacement':''}]",
    &error);
  g_assert_no_error (error);
  assert_masked (source, list, "facts", "，＊＊＊电话13812345678）称王小明看到。");
}

static guint
count_open (const JzPublicSource *source, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = read_redactions (source, json, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) open = jz_redactions_find_open (source, list);
  return open->len;
}

static void
test_open (void)
{
  g_autoptr (JzPublicSource) source = new_source ();
  g_autoptr (GPtrArray) found = jz_find_personal_data (source);
  guint n = count_open (source, "[]");
  g_assert_cmpuint (n, ==, found->len);
  /* Half a name decides nothing, the whole does, and so does keeping it with a reason. */
  g_assert_cmpuint (count_open (source, "[{'field':'@title','start':0,'length':3,'choice':'cover',"
                                        "'kind':'name'}]"),
                    ==, n);
  g_assert_cmpuint (count_open (source, "[{'field':'@title','start':0,'length':9,'choice':'cover',"
                                        "'kind':'name'}]"),
                    ==, n - 1);
  g_assert_cmpuint (count_open (source, "[{'field':'@title','start':0,'length':9,'choice':'keep',"
                                        "'kind':'name','reason':'须公开'}]"),
                    ==, n - 1);
  /* Hidden here and shown there: the one tells the other. */
  g_assert_cmpuint (count_open (source, "[{'field':'@title','start':0,'length':9,'choice':'keep',"
                                        "'kind':'name','reason':'须公开'},{'field':'party.name',"
                                        "'start':0,'length':9,'choice':'cover','kind':'name'}]"),
                    ==, n - 1);
}

/* Whoever hides one by hand is offered the others, however they are written. */
static void
test_alike (void)
{
  g_autoptr (JzPublicSource) source = new_source ();
  g_autoptr (GPtrArray) found = jz_find_alike (source, "evidence[1].name", 0, strlen ("王小明"));
  static const char *const fields[] = { "facts", "facts", "evidence[1].name", "@files[1]" };
  g_assert_cmpuint (found->len, ==, G_N_ELEMENTS (fields));
  for (guint i = 0; i < found->len; i++) {
    const JzPersonalData *data = g_ptr_array_index (found, i);
    g_assert_cmpstr (data->field, ==, fields[i]);
    g_assert_cmpstr (data->text, ==, "王小明");
    g_assert_cmpstr (data->replacement, ==, "＊＊＊");
  }
  g_autoptr (GPtrArray) none = jz_find_alike (source, "facts", 9000, 3);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  form = jz_form_load_shipped ("penalty_decision", NULL, NULL);
  g_test_add_func ("/publish/redaction/wrong", test_wrong);
  g_test_add_func ("/publish/redaction/round-trip", test_round_trip);
  g_test_add_func ("/publish/redaction/apply", test_apply);
  g_test_add_func ("/publish/redaction/overlap", test_overlap);
  g_test_add_func ("/publish/redaction/open", test_open);
  g_test_add_func ("/publish/redaction/alike", test_alike);
  int status = g_test_run ();
  jz_form_unref (form);
  return status;
}
