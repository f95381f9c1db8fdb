/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bundle-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <fcntl.h>
#include <unistd.h>

#include "publish/check_bundle.h"
#include "publish/error.h"

/* Bundles, judged by stock tools and by ourselves. */

static const struct {
  const char *name;
  JzBundleFormat format;
  const char *unpack;
  const char *test;
} kinds[] = {
  { "公示.zip", JZ_BUNDLE_ZIP, "unzip -q ../公示.zip",
    "unzip -tq 公示.zip && bsdtar -tf 公示.zip >list" },
  { "公示.tar.gz", JZ_BUNDLE_TAR_GZIP, "bsdtar -xf ../公示.tar.gz",
    "gzip -t 公示.tar.gz && tar -tzf 公示.tar.gz >list && bsdtar -tf 公示.tar.gz >list" },
  { "公示.tar.zst", JZ_BUNDLE_TAR_ZSTD, "bsdtar -xf ../公示.tar.zst",
    "zstd -tq 公示.tar.zst && bsdtar -tf 公示.tar.zst >list" },
};

static void
assert_sound (const char *path, const TestBundle *bundle)
{
  const JzBundleCheck check = { .path = path,
                                .ca = bundle->ca,
                                .certificate = bundle->certificate };
  g_autoptr (GError) error = NULL;
  g_autoptr (JzBundleReport) report = jz_check_bundle (&check, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzBundleFault *fault = g_ptr_array_index (report->faults, i);
    g_test_message ("%s: %s", fault->place, fault->sentence);
  }
  g_assert_cmpuint (report->faults->len, ==, 0);
  g_assert_true (report->is_signed && report->is_trusted && report->has_checkpoint);
  g_assert_cmpstr (report->checkpoint.store, ==, TEST_BUNDLE_STORE);
  g_assert_cmpuint (report->n_items, ==, bundle->contents->items->len);
  g_assert_cmpint (report->is_demo, ==, bundle->contents->is_demo);
  g_assert_cmpstr (report->organ, ==, bundle->contents->organ);
}

/* The commands of HOW-TO-CHECK.txt, word by word. */
static void
run_instructions (const char *top)
{
  g_autofree char *path = g_build_filename (top, "HOW-TO-CHECK.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    if (!g_str_has_prefix (*line, "    "))
      continue;
    g_assert_true (test_run (top, *line));
    n++;
  }
  g_assert_cmpuint (n, ==, 5);
}

static void
run_stock_tools (const char *top)
{
  if (test_has ("tidy"))
    g_assert_true (test_run (top, "find data -name '*.html' -exec tidy -e -q -utf8 {} +"));
  if (test_has ("xmllint"))
    g_assert_true (test_run (top, "find data -name '*.html' -exec xmllint --noout {} +"));
  if (test_has ("qpdf"))
    g_assert_true (test_run (
      top, "for f in data/documents/*.pdf; do qpdf --check \"$f\" >/dev/null || exit 1; done"));
  g_assert_true (test_run (top, "unzip -tq data/tables/*.xlsx"));
  g_assert_true (test_run (top, "python3 -c \"import json; json.load(open('data/data.json'))\""));
}

static void
test_stock_tools (gconstpointer data)
{
  gsize kind = GPOINTER_TO_SIZE (data);
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *out = NULL;
  g_autofree char *top = NULL;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  path = test_bundle_write (&bundle, kinds[kind].name, kinds[kind].format);
  out = g_build_filename (bundle.folder, "out", NULL);
  top = g_build_filename (out, "公示", NULL);
  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  g_assert_true (test_run (bundle.folder, kinds[kind].test));
  g_assert_true (test_run (out, kinds[kind].unpack));
  run_instructions (top);
  run_stock_tools (top);
  assert_sound (path, &bundle);
}

static void
test_same_bytes (gconstpointer data)
{
  static const char *const zones[] = { "UTC", "Asia/Shanghai", "America/New_York" };
  gsize kind = GPOINTER_TO_SIZE (data);
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *first = NULL;
  gsize n_first = 0;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  for (gsize i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_autofree char *path = NULL;
    g_autofree char *bytes = NULL;
    gsize n = 0;
    g_setenv ("TZ", zones[i], TRUE);
    tzset ();
    path = test_bundle_write (&bundle, kinds[kind].name, kinds[kind].format);
    g_assert_true (g_file_get_contents (path, &bytes, &n, NULL));
    if (first == NULL) {
      first = g_steal_pointer (&bytes);
      n_first = n;
      continue;
    }
    g_assert_cmpmem (bytes, n, first, n_first);
  }
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  tzset ();
}

static void
test_order_and_marks (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  path = test_bundle_write (&bundle, "b.tar.gz", JZ_BUNDLE_TAR_GZIP);
  g_assert_true (
    test_run (bundle.folder, "tar -tzf b.tar.gz | grep -v '/$' >list && LC_ALL=C sort -c list"));
  g_assert_true (test_run (
    bundle.folder,
    "TZ=UTC tar --numeric-owner -tvzf b.tar.gz | awk '$1 !~ /^(-rw-r--r--|drwxr-xr-x)$/ || $2 != "
    "\"0/0\" || $4 \" \" $5 != \"2026-03-02 01:30\" { exit 1 }'"));
  g_free (path);
  path = test_bundle_write (&bundle, "b.zip", JZ_BUNDLE_ZIP);
  g_assert_true (test_run (bundle.folder, "TZ=Asia/Tokyo python3 -c \"import zipfile; "
                                          "z = zipfile.ZipFile('b.zip'); "
                                          "assert {i.date_time for i in z.infolist()} == "
                                          "{(2026, 3, 2, 1, 30, 14)}\""));
}

/* Everywhere that a file can be taken from alone. */
static void
test_demo (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;

  test_bundle_init (&bundle, TRUE);
  test_bundle_make (&bundle);
  path = test_bundle_write (&bundle, "b.zip", JZ_BUNDLE_ZIP);
  assert_sound (path, &bundle);
  g_assert_true (test_run (bundle.folder, "unzip -q b.zip && cd 演示-b && "
                                          "for f in $(find . -name '*.html') data/data.json "
                                          "data/data.csv data/redaction.json bag-info.txt "
                                          "HOW-TO-CHECK.txt; do grep -q 演示 $f || exit 1; done"));
  g_assert_true (test_run (bundle.folder, "cd 演示-b/data && test $(ls documents items tables | "
                                          "grep -c '^演示-') = 11"));
}

static void
test_csv (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  test_bundle_init (&bundle, FALSE);
  text = jz_bundle_dup_csv (bundle.contents);
  g_assert_true (g_str_has_prefix (text, "\xef\xbb\xbf\"编号\","));
  g_assert_true (g_str_has_suffix (text, "\"\r\n"));
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, bundle.contents->items->len + 2);
  g_assert_nonnull (strstr (text, ",\"'=HYPERLINK(\"\"http://x\"\")"));
  g_assert_nonnull (strstr (text, ",\"'＋某某市"));
  g_assert_nonnull (strstr (text, ",\"'-罚款三千元\""));
  g_assert_null (strstr (text, ",\"="));
}

static void
test_pages (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *page = NULL;
  g_autofree char *index = NULL;
  static const char *const tables[] = { "tables/penalty_credit.xlsx", NULL };
  g_autoptr (GError) error = NULL;

  test_bundle_init (&bundle, FALSE);
  page =
    jz_bundle_dup_page (bundle.contents, g_ptr_array_index (bundle.contents->items, 0), &error);
  g_assert_no_error (error);
  g_assert_null (strstr (page, "<script>"));
  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(1)"));
  g_assert_nonnull (strstr (page, "2 处"));
  index = jz_bundle_dup_index (bundle.contents, tables, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (index, "http://x"));
  g_assert_false (g_regex_match_simple ("@[a-z]+@", index, 0, 0));
  g_assert_false (g_regex_match_simple ("@[a-z]+@", page, 0, 0));
  for (guint i = 0; i < bundle.contents->items->len; i++) {
    const JzBundleItem *item = g_ptr_array_index (bundle.contents->items, i);
    g_assert_nonnull (strstr (index, item->number));
    g_assert_nonnull (strstr (index, item->id));
  }
}

static void
assert_left_alone (const TestBundle *bundle, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GDir) folder = g_dir_open (bundle->folder, 0, NULL);
  const char *name;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  while ((name = g_dir_read_name (folder)) != NULL)
    g_assert_false (g_str_has_suffix (name, ".juanzong-part"));
}

static void
test_damaged_store (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *object = NULL;
  g_autoptr (GError) error = NULL;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  path = g_build_filename (bundle.folder, "b.zip", NULL);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  object =
    jz_objects_dup_path (bundle.objects, &jz_bundle_find (bundle.bundle, "data/index.html")->hash);
  g_assert_cmpint (g_chmod (object, 0600), ==, 0);
  g_assert_true (
    g_file_set_contents_full (object, "changed", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_false (
    jz_bundle_write (bundle.bundle, bundle.objects, path, JZ_BUNDLE_ZIP, NULL, NULL, NULL, &error));
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_DAMAGED);
  g_assert_nonnull (strstr (error->message, "index.html"));
  assert_left_alone (&bundle, path);
}

static void
cancel (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  g_cancellable_cancel (data);
}

static void
test_cancelled (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  path = g_build_filename (bundle.folder, "b.tar.zst", NULL);
  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_false (jz_bundle_write (bundle.bundle, bundle.objects, path, JZ_BUNDLE_TAR_ZSTD, cancel,
                                   cancellable, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_left_alone (&bundle, path);
}

/* What somebody who was killed has left is begun anew; who is at work is not disturbed. */
static void
test_left_over (void)
{
  g_auto (TestBundle) bundle = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *part = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  path = g_build_filename (bundle.folder, "b.zip", NULL);
  part = g_build_filename (bundle.folder, ".b.zip.juanzong-part", NULL);
  g_assert_true (g_file_set_contents (part, "half a bundle", -1, NULL));
  fd = open (part, O_RDWR);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  g_assert_false (
    jz_bundle_write (bundle.bundle, bundle.objects, path, JZ_BUNDLE_ZIP, NULL, NULL, NULL, &error));
  g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE);
  g_assert_true (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close (fd);
  written = test_bundle_write (&bundle, "b.zip", JZ_BUNDLE_ZIP);
  assert_sound (written, &bundle);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

static void
test_wrong_places (void)
{
  static const char *const names[] = { "no/folder/b.zip", "store" };
  g_auto (TestBundle) bundle = { 0 };

  test_bundle_init (&bundle, FALSE);
  test_bundle_make (&bundle);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (bundle.folder, names[i], NULL);
    g_autoptr (GError) error = NULL;
    g_assert_false (jz_bundle_write (bundle.bundle, bundle.objects, path, JZ_BUNDLE_ZIP, NULL, NULL,
                                     NULL, &error));
    g_assert_error (error, JZ_PUBLISH_ERROR, JZ_PUBLISH_ERROR_WRITE);
  }
}

static void
test_formats (void)
{
  static const struct {
    const char *path;
    int format; /* -1: none */
    const char *top;
  } cases[] = {
    { "a/公示.zip", JZ_BUNDLE_ZIP, "公示" },
    { "x.tar.gz", JZ_BUNDLE_TAR_GZIP, "x" },
    { "x.tgz", JZ_BUNDLE_TAR_GZIP, "x" },
    { "x.y.tar.zst", JZ_BUNDLE_TAR_ZSTD, "x.y" },
    { "x.tar", -1, "x.tar" },
    { "x", -1, "x" },
  };
  g_autoptr (JzBundle) real = jz_bundle_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JzBundleFormat format = JZ_BUNDLE_ZIP;
    g_autofree char *top = jz_bundle_dup_top (real, cases[i].path);
    gboolean is = jz_bundle_format_guess (cases[i].path, &format);
    g_assert_cmpint (is, ==, cases[i].format >= 0);
    if (is)
      g_assert_cmpint (format, ==, cases[i].format);
    g_assert_cmpstr (top, ==, cases[i].top);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *tools = g_strdup_printf ("/bundle/stock-tools/%zu", i);
    g_autofree char *same = g_strdup_printf ("/bundle/same-bytes/%zu", i);
    g_test_add_data_func (tools, GSIZE_TO_POINTER (i), test_stock_tools);
    g_test_add_data_func (same, GSIZE_TO_POINTER (i), test_same_bytes);
  }
  g_test_add_func ("/bundle/order-and-marks", test_order_and_marks);
  g_test_add_func ("/bundle/demo", test_demo);
  g_test_add_func ("/bundle/csv", test_csv);
  g_test_add_func ("/bundle/pages", test_pages);
  g_test_add_func ("/bundle/damaged-store", test_damaged_store);
  g_test_add_func ("/bundle/cancelled", test_cancelled);
  g_test_add_func ("/bundle/left-over", test_left_over);
  g_test_add_func ("/bundle/wrong-places", test_wrong_places);
  g_test_add_func ("/bundle/formats", test_formats);
  return g_test_run ();
}
