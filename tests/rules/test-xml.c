/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules/xml.h"

#include <string.h>

#include "base/error.h"
#include "rules/xml_schema.h"

static GBytes *
make_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static JzXml *
parse (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = make_bytes (text);
  return jz_xml_parse (bytes, "a.xml", error);
}

static void
test_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzXml) document = parse ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                                      "<!-- 注释 -->\n"
                                      "<案件 编号=\"一&amp;二&#x4e09;\">\n"
                                      "  text <b/> <!-- c --> <?p i?>\n"
                                      "  <c empty=''>一<![CDATA[<二>]]>&lt;三&gt;</c>\n"
                                      "</案件>\n",
                                      &error);
  g_assert_no_error (error);
  g_assert_cmpstr (jz_xml_get_name (document), ==, "a.xml");
  const xmlNode *root = jz_xml_get_root (document);
  g_assert_true (jz_xml_is_element (root, "案件"));
  g_assert_false (jz_xml_is_element (root, "b"));
  g_assert_false (jz_xml_is_element (NULL, "b"));
  g_autofree char *number = jz_xml_dup_attribute (root, "编号");
  g_assert_cmpstr (number, ==, "一&二三");
  g_assert_null (jz_xml_dup_attribute (root, "number"));

  const xmlNode *b = jz_xml_get_first_element (root);
  g_assert_true (jz_xml_is_element (b, "b"));
  g_assert_null (jz_xml_get_first_element (b));
  g_autofree char *nothing = jz_xml_dup_text (b);
  g_assert_cmpstr (nothing, ==, "");
  const xmlNode *c = jz_xml_get_next_element (b);
  g_assert_true (jz_xml_is_element (c, "c"));
  g_assert_null (jz_xml_get_next_element (c));
  g_autofree char *text = jz_xml_dup_text (c);
  g_assert_cmpstr (text, ==, "一<二><三>");
  g_autofree char *empty = jz_xml_dup_attribute (c, "empty");
  g_assert_cmpstr (empty, ==, "");
  g_assert_false (jz_xml_is_element (c->children, "text"));
}

static void
assert_position (const JzXml *document, const xmlNode *node, int line, int column)
{
  int found_line;
  int found_column;
  jz_xml_get_position (document, node, &found_line, &found_column);
  g_assert_cmpint (found_line, ==, line);
  g_assert_cmpint (found_column, ==, column);
}

/* A position is where the tag begins, in characters, however long the tag is. */
static void
test_positions (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzXml) document =
    parse ("\n  <a\n  x='某>'\n>某某<b/><c y='1'>t</c>\n\n\t<d></d></a>", &error);
  /* white space before the root is allowed where there is no XML declaration */
  g_assert_no_error (error);
  const xmlNode *a = jz_xml_get_root (document);
  const xmlNode *b = jz_xml_get_first_element (a);
  const xmlNode *c = jz_xml_get_next_element (b);
  const xmlNode *d = jz_xml_get_next_element (c);
  assert_position (document, a, 2, 3);
  assert_position (document, b, 4, 4);
  assert_position (document, c, 4, 8);
  assert_position (document, d, 6, 2);
  /* text and attributes stand for their element; nothing stands for the file */
  assert_position (document, c->children, 4, 8);
  assert_position (document, (const xmlNode *)c->properties, 4, 8);
  assert_position (document, NULL, 1, 1);

  g_set_error_literal (&error, JZ_BASE_ERROR, JZ_BASE_ERROR_RANGE, "It is wrong.");
  jz_xml_prefix_error (document, c, &error);
  g_assert_cmpstr (error->message, ==, "a.xml:4:8: It is wrong.");
  jz_xml_prefix_error (document, c, NULL);
}

/* Lines beyond 65535, where libxml2's own counter ends. */
static void
test_far_position (void)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  for (int i = 0; i < 70000; i++)
    g_string_append (text, i % 10000 == 0 ? "<b/>\n" : "\n");
  g_string_append (text, "<c/></a>");
  g_autoptr (GError) error = NULL;
  g_autoptr (JzXml) document = parse (text->str, &error);
  g_assert_no_error (error);
  const xmlNode *node = jz_xml_get_first_element (jz_xml_get_root (document));
  while (!jz_xml_is_element (node, "c"))
    node = jz_xml_get_next_element (node);
  assert_position (document, node, 70001, 1);
}

typedef struct {
  const char *text;
  JzBaseError code;
  const char *start; /* how the message begins */
} Refusal;

static void
assert_refused (const Refusal *refusals, gsize n_refusals)
{
  for (gsize i = 0; i < n_refusals; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzXml) document = parse (refusals[i].text, &error);
    g_test_message ("%s", error != NULL ? error->message : refusals[i].text);
    g_assert_null (document);
    g_assert_error (error, JZ_BASE_ERROR, (int)refusals[i].code);
    g_autofree char *start = g_strndup (error->message, strlen (refusals[i].start));
    g_assert_cmpstr (start, ==, refusals[i].start);
  }
}

static void
test_malformed (void)
{
  static const Refusal refusals[] = {
    { "", JZ_BASE_ERROR_SYNTAX, "a.xml:1:1: " },
    { " ", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "hello", JZ_BASE_ERROR_SYNTAX, "a.xml:1:1: " },
    { "<a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:4: " },
    { "<a>\n<b>\n</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:3:" },
    { "<a b='1' b='2'/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<a b=1/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:6: " },
    { "<a/><b/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:5: " },
    { "<a/>x", JZ_BASE_ERROR_SYNTAX, "a.xml:1:5: " },
    { "<a>&</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<a>&#0;</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<a>&#27;</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<a>\001</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<!-- only a comment -->", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<x:a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "\n\n<a>\n <b c='<'/></a>", JZ_BASE_ERROR_SYNTAX, "a.xml:4:" },
    { "<a>\n某\377</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:2:2: " },
    { "<?xml version='1.0' encoding='GBK'?><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:21: " },
    { "<?xml version='1.0' encoding='UTF-16'?><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:21: " },
    { "<?xml version='1.0' encoding='UTF-8-x'?><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:21: " },
    { "<?><?xml encoding='GBK'", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "?><?xml <", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<?xml version='1.0' encoding=''?><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:21: " },
  };
  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

/* No document type, so no entity, no default and no other file. */
static void
test_document_type (void)
{
  static const Refusal refusals[] = {
    { "<!DOCTYPE a><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:1: The file has a document type" },
    { "<!DOCTYPE a []><a/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:1: The file has a document type" },
    { "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:2:1: The file has a document type" },
    { "<!DOCTYPE a PUBLIC '-//x' 'http://127.0.0.1:1/x.dtd'><a/>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:1:1: The file has a document type" },
    { "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:1:1: The file has a document type" },
    { "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'>%x;]><a/>", JZ_BASE_ERROR_SYNTAX,
      "a.xml:1:1: The file has a document type" },
    { "<a>&x;</a>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
    { "<a b='&x;'/>", JZ_BASE_ERROR_SYNTAX, "a.xml:1:" },
  };
  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

static char *
make_nested (int depth)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < depth; i++)
    g_string_append (text, "<a>");
  for (int i = 0; i < depth; i++)
    g_string_append (text, "</a>");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_depth (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *deep = make_nested (JZ_XML_MAX_DEPTH);
  g_autoptr (JzXml) document = parse (deep, &error);
  g_assert_no_error (error);
  g_assert_nonnull (document);
  static const int depths[] = { JZ_XML_MAX_DEPTH + 1, 255, 257, 100000 };
  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    g_autofree char *deeper = make_nested (depths[i]);
    g_assert_null (parse (deeper, &error));
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
    g_assert_true (g_str_has_prefix (error->message, "a.xml:1:"));
    g_clear_error (&error);
  }
}

/* (transfer full): a document of exactly that many bytes, with as few elements as are allowed */
static char *
make_large (gsize size)
{
  g_autoptr (GString) text = g_string_new ("<a>");
  while (text->len < size - strlen ("</a>")) {
    gsize left = size - strlen ("</a>") - text->len;
    if (left < 4) {
      g_string_append_c (text, '.');
      continue;
    }
    g_autofree char *dots = g_strnfill (MIN (left - 4, 30000), '.');
    g_string_append_printf (text, "<b/>%s", dots);
  }
  g_string_append (text, "</a>");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_size (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *large = make_large (JZ_XML_MAX_SIZE);
  g_assert_cmpuint (strlen (large), ==, JZ_XML_MAX_SIZE);
  g_autoptr (JzXml) document = parse (large, &error);
  g_assert_no_error (error);
  g_assert_nonnull (document);
  g_autofree char *larger = make_large (JZ_XML_MAX_SIZE + 1);
  g_assert_null (parse (larger, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
}

static void
test_number_of_elements (void)
{
  for (int excess = 0; excess < 2; excess++) {
    g_autoptr (GString) text = g_string_new ("<a>");
    for (int i = 1; i < JZ_XML_MAX_ELEMENTS + excess; i++)
      g_string_append (text, "<b/>");
    g_string_append (text, "</a>");
    g_autoptr (GError) error = NULL;
    g_autoptr (JzXml) document = parse (text->str, &error);
    g_assert_cmpint (document != NULL, ==, excess == 0);
    if (excess > 0)
      g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  }
}

/* The work for the attributes of one tag grows with their square: this would take minutes. */
static void
test_size_of_tag (void)
{
  g_autoptr (GString) text = g_string_new ("<a\n ");
  for (int i = 0; i < 400000; i++)
    g_string_append_printf (text, " a%x=\"\"", (guint)i);
  g_string_append (text, "/>");
  g_string_truncate (text, JZ_XML_MAX_SIZE);
  g_autoptr (GError) error = NULL;
  g_assert_null (parse (text->str, &error));
  g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_LIMIT);
  g_assert_true (g_str_has_prefix (error->message, "a.xml:1:1: "));
}

static const char schema_text[] =
  "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'>\n"
  "  <zeroOrMore><element name='b'><attribute name='c'><choice><value>1</value>"
  "<value>2</value></choice></attribute></element></zeroOrMore>\n"
  "</element>\n";

static JzXmlSchema *
make_schema (void)
{
  g_autoptr (GBytes) bytes = make_bytes (schema_text);
  g_autoptr (GError) error = NULL;
  JzXmlSchema *schema = jz_xml_schema_new (bytes, "a.rng", &error);
  g_assert_no_error (error);
  g_assert_nonnull (schema);
  return schema;
}

static void
test_validate (void)
{
  static const struct {
    const char *text;
    const char *start; /* NULL when it is valid */
  } cases[] = {
    { "<a/>", NULL },
    { "<a>\n<!-- --><b c='1'/>\n<b c='2'></b></a>", NULL },
    { "<b/>", "a.xml:1:1: The file does not follow its schema (" },
    { "<a>\n  <b c='1'/>\n  <d/></a>", "a.xml:3:3: The file does not follow its schema (" },
    { "<a>\n  <b c='3'/></a>", "a.xml:2:3: The file does not follow its schema (" },
    { "<a>\n  <b c='1' d=''/></a>", "a.xml:2:3: The file does not follow its schema (" },
    { "<a>\n  <b/></a>", "a.xml:2:3: The file does not follow its schema (" },
    { "<a>text</a>", "a.xml:1:1: The file does not follow its schema (" },
    { "<a xmlns='urn:x'/>", "a.xml:1:1: The file does not follow its schema (" },
  };
  g_autoptr (JzXmlSchema) schema = make_schema ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzXml) document = parse (cases[i].text, &error);
    g_assert_no_error (error);
    gboolean is_valid = jz_xml_schema_validate (schema, document, &error);
    g_test_message ("%s", error != NULL ? error->message : cases[i].text);
    g_assert_cmpint (is_valid, ==, cases[i].start == NULL);
    g_assert_cmpint (error == NULL, ==, is_valid);
    if (is_valid)
      continue;
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
    g_autofree char *start = g_strndup (error->message, strlen (cases[i].start));
    g_assert_cmpstr (start, ==, cases[i].start);
  }
}

static void
test_schema_refused (void)
{
  static const char *const texts[] = {
    "",
    "<element",
    "<a/>",
    "<!DOCTYPE element><element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><text/>"
    "</element>",
    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><ref name='x'/></element>",
    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'><nothing/></element>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = make_bytes (texts[i]);
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_xml_schema_new (bytes, "a.rng", &error));
    g_test_message ("%s", error->message);
    g_assert_error (error, JZ_BASE_ERROR, JZ_BASE_ERROR_SYNTAX);
    g_assert_true (g_str_has_prefix (error->message, "a.rng:1:"));
  }
}

static gpointer
validate_in_thread (gpointer data)
{
  JzXmlSchema *schema = data;
  for (int i = 0; i < 300; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JzXml) good = parse ("<a><b c='1'/></a>", &error);
    g_autoptr (JzXml) bad = parse ("<a><b c='x'/></a>", &error);
    g_assert_true (jz_xml_schema_validate (schema, good, NULL));
    g_assert_false (jz_xml_schema_validate (schema, bad, NULL));
  }
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (JzXmlSchema) schema = make_schema ();
  GThread *threads[4];
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("validate", validate_in_thread, schema);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

/* A message may quote the file, but never sends its control characters to a terminal. */
static void
test_messages_are_printable (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JzXml) document = parse ("<a><b c='\302\233[2J'/></a>", &error);
  g_assert_no_error (error);
  g_autoptr (JzXmlSchema) schema = make_schema ();
  g_assert_false (jz_xml_schema_validate (schema, document, &error));
  g_assert_nonnull (error);
  for (const char *p = error->message; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
  g_assert_cmpuint (strlen (error->message), <, 1000);
}

/* Bytes changed at random: read, or refused with a position. */
static void
test_mutations (void)
{
  static const char seed[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n<a b='一'><!--c--><d>&amp;</d>"
    "<![CDATA[e]]><?f g?></a>";
  static const char alphabet[] = "<>&;!?-[]'\"= \n\t\001a:/\343DOCTYPE";
  int n_read = 0;
  for (int round = 0; round < 20000; round++) {
    char text[sizeof seed];
    memcpy (text, seed, sizeof seed);
    for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
      text[g_test_rand_int_range (0, sizeof seed - 1)] =
        alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
    g_autoptr (GError) error = NULL;
    g_autoptr (JzXml) document = parse (text, &error);
    g_assert_true ((document == NULL) == (error != NULL));
    n_read += document != NULL;
    if (error != NULL) {
      g_assert_true (g_str_has_prefix (error->message, "a.xml:"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  }
  g_assert_cmpint (n_read, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/xml/read", test_read);
  g_test_add_func ("/rules/xml/positions", test_positions);
  g_test_add_func ("/rules/xml/far-position", test_far_position);
  g_test_add_func ("/rules/xml/malformed", test_malformed);
  g_test_add_func ("/rules/xml/document-type", test_document_type);
  g_test_add_func ("/rules/xml/depth", test_depth);
  g_test_add_func ("/rules/xml/size", test_size);
  g_test_add_func ("/rules/xml/number-of-elements", test_number_of_elements);
  g_test_add_func ("/rules/xml/size-of-tag", test_size_of_tag);
  g_test_add_func ("/rules/xml/validate", test_validate);
  g_test_add_func ("/rules/xml/schema-refused", test_schema_refused);
  g_test_add_func ("/rules/xml/threads", test_threads);
  g_test_add_func ("/rules/xml/messages-are-printable", test_messages_are_printable);
  g_test_add_func ("/rules/xml/mutations", test_mutations);
  return g_test_run ();
}
