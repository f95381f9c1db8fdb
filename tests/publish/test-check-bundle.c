/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pack.h"

#include <archive_entry.h>
#include <string.h>
#include <unistd.h>

#include "../store/folder.h"
#include "publish/check_bundle.h"

/* Bundles that are damaged, false or made to do harm: each is told in sentences, and nothing is
 * written anywhere. */

static TestBundle made;

/* The first fault must be of that kind, and say and concern what is given. */
static void
assert_fault (const JzBundleReport *report, JzPublishError kind, const char *place)
{
  gboolean is_found = FALSE;

  g_assert_nonnull (report);
  for (guint i = 0; i < report->faults->len; i++) {
    const JzBundleFault *fault = g_ptr_array_index (report->faults, i);
    g_test_message ("%s: %s: %s", jz_publish_error_get_word (fault->kind), fault->place,
                    fault->sentence);
    g_assert_true (g_utf8_validate (fault->sentence, -1, NULL));
    g_assert_cmpuint (strlen (fault->sentence), >, 10);
    is_found = is_found ||
               (fault->kind == kind &&
                (place == NULL || (fault->place != NULL && strstr (fault->place, place) != NULL)));
  }
  g_assert_cmpuint (report->faults->len, >, 0);
  g_assert_cmpuint (report->faults->len, <=, JZ_BUNDLE_MAX_FAULTS);
  g_assert_true (is_found);
}

static void
assert_faulty (Pack *pack, PackFormat format, JzPublishError kind, const char *place)
{
  g_autoptr (GBytes) bytes = pack_to_bytes (pack, format);
  g_autoptr (JzBundleReport) report = jz_check_bundle_bytes (bytes, FALSE);

  assert_fault (report, kind, place);
}

static void
test_good (void)
{
  for (int format = PACK_TAR_GZIP; format <= PACK_ZIP_DEFLATED; format++) {
    g_auto (Pack) pack = { 0 };
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JzBundleReport) report = NULL;
    g_autoptr (JzJson) json = NULL;
    pack_init (&pack, &made);
    pack_seal (&pack);
    bytes = pack_to_bytes (&pack, (PackFormat)format);
    report = jz_check_bundle_bytes (bytes, FALSE);
    g_assert_cmpuint (report->faults->len, ==, 0);
    g_assert_true (report->is_signed);
    g_assert_false (report->is_trusted);
    json = jz_bundle_report_to_json (report);
    g_assert_true (jz_json_get_member_boolean (json, "sound", FALSE));
    g_assert_cmpint (jz_json_get_member_integer (json, "items", 0), ==, 5);
  }
}

static const struct {
  const char *path;
  JzPublishError kind;
} bad_names[] = {
  { "../evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/../evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/../../../evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/..", JZ_PUBLISH_ERROR_HOSTILE },
  { "/tmp/evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "~/evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "C:/evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/./evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data//evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b\\..\\evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/evil\\x", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/evil\nx", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/evil\x1b[2J", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/evil\x7f", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/\u202efdp.exe", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/a\u200b.html", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/con.html", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/index.html.", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/index.html ", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/index.html:x", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/a?b", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/1/2/3/4/5/6/7/8/9/a/b/c/d/e/f/g/h", JZ_PUBLISH_ERROR_HOSTILE },
  { "c/evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "evil", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/index.html", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/INDEX.HTML", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/Data/x", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/index.html/x", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/documents", JZ_PUBLISH_ERROR_HOSTILE },
  { "b/data/evil\xff", JZ_PUBLISH_ERROR_HOSTILE },
};

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_names); i++) {
    g_auto (Pack) pack = { 0 };
    g_test_message ("%zu", i);
    pack_init (&pack, &made);
    pack_add (&pack, bad_names[i].path, "evil");
    assert_faulty (&pack, PACK_TAR_GZIP, bad_names[i].kind, NULL);
  }
}

/* The same file for the file system of another computer. */
static void
test_unicode_twins (void)
{
  g_auto (Pack) pack = { 0 };

  pack_init (&pack, &made);
  pack_add (&pack, "b/data/\u00e9.html", "one");
  pack_add (&pack, "b/data/e\u0301.html", "two");
  pack_seal (&pack);
  assert_faulty (&pack, PACK_TAR_ZSTD, JZ_PUBLISH_ERROR_HOSTILE, "e");
}

static void
test_long_names (void)
{
  g_autofree char *part = g_strnfill (300, 'x');
  g_autofree char *name = g_strconcat ("b/data/", part, NULL);
  g_autofree char *more = g_strnfill (200, 'y');
  g_autofree char *path =
    g_strdup_printf ("b/%s/%s/%s/%s/%s/%s", more, more, more, more, more, more);
  const char *const names[] = { name, path };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_auto (Pack) pack = { 0 };
    pack_init (&pack, &made);
    pack_add (&pack, names[i], "x");
    assert_faulty (&pack, PACK_TAR_GZIP, JZ_PUBLISH_ERROR_HOSTILE, NULL);
  }
}

static const struct {
  guint type;
  const char *link;
  gboolean is_hard;
} bad_kinds[] = {
  { AE_IFLNK, "/etc/passwd", FALSE },
  { AE_IFLNK, "index.html", FALSE },
  { AE_IFREG, "b/data/index.html", TRUE },
  { AE_IFREG, "/etc/passwd", TRUE },
  { AE_IFIFO, NULL, FALSE },
  { AE_IFCHR, NULL, FALSE },
  { AE_IFBLK, NULL, FALSE },
};

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_kinds); i++) {
    g_auto (Pack) pack = { 0 };
    PackEntry *entry;
    pack_init (&pack, &made);
    entry = pack_add (&pack, "b/data/evil", "");
    entry->type = bad_kinds[i].type;
    entry->link = g_strdup (bad_kinds[i].link);
    entry->is_hard = bad_kinds[i].is_hard;
    assert_faulty (&pack, PACK_TAR_GZIP, JZ_PUBLISH_ERROR_HOSTILE, "evil");
    if (bad_kinds[i].type == AE_IFLNK)
      assert_faulty (&pack, PACK_ZIP, JZ_PUBLISH_ERROR_HOSTILE, "evil");
  }
}

/* Whatever is taken away is named. */
static void
test_missing (void)
{
  for (guint i = 0; i < made.bundle->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (made.bundle->files, i);
    g_auto (Pack) pack = { 0 };
    pack_init (&pack, &made);
    pack_remove (&pack, file->path);
    assert_faulty (&pack, i % 2 == 0 ? PACK_TAR_GZIP : PACK_ZIP,
                   strcmp (file->path, "bagit.txt") == 0 ? JZ_PUBLISH_ERROR_FORMAT
                                                         : JZ_PUBLISH_ERROR_DAMAGED,
                   file->path);
  }
}

/* Whatever is changed is named, or the list or signature that it breaks. */
static void
test_changed (void)
{
  for (guint i = 0; i < made.bundle->files->len; i++) {
    const JzBundleFile *file = g_ptr_array_index (made.bundle->files, i);
    g_auto (Pack) pack = { 0 };
    PackEntry *entry;
    gsize size = 0;
    g_autofree guint8 *changed = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JzBundleReport) report = NULL;
    pack_init (&pack, &made);
    entry = pack_find (&pack, file->path);
    changed =
      g_memdup2 (g_bytes_get_data (entry->content, &size), g_bytes_get_size (entry->content));
    size = g_bytes_get_size (entry->content);
    changed[size / 2] ^= 1;
    g_bytes_unref (entry->content);
    entry->content = g_bytes_new (changed, size);
    bytes = pack_to_bytes (&pack, PACK_TAR_GZIP);
    report = jz_check_bundle_bytes (bytes, FALSE);
    g_assert_cmpuint (report->faults->len, >, 0);
    if (strcmp (file->path, JZ_BUNDLE_TAG_MANIFEST) != 0)
      assert_fault (report,
                    strcmp (file->path, "bagit.txt") == 0 && report->faults->len == 1
                      ? JZ_PUBLISH_ERROR_FORMAT
                      : JZ_PUBLISH_ERROR_DAMAGED,
                    file->path);
  }
}

static void
test_extra (void)
{
  static const char *const paths[] = { "b/data/documents/extra.pdf", "b/extra.txt",
                                       "b/signature/extra.sig" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_auto (Pack) pack = { 0 };
    pack_init (&pack, &made);
    pack_add (&pack, paths[i], "extra");
    assert_faulty (&pack, PACK_ZIP, JZ_PUBLISH_ERROR_DAMAGED, "extra");
  }
}

/* Lists and signature fit; what they cover does not. */
static const struct {
  const char *path;
  const char *text;
  JzPublishError kind;
  const char *place;
} bad_texts[] = {
  { "bagit.txt", "BagIt-Version: 2.0\nTag-File-Character-Encoding: UTF-8\n",
    JZ_PUBLISH_ERROR_FORMAT, "bagit.txt" },
  { "bagit.txt", "BagIt-Version: 1.0\n", JZ_PUBLISH_ERROR_FORMAT, "bagit.txt" },
  { "bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n",
    JZ_PUBLISH_ERROR_FORMAT, "bagit.txt" },
  { "bagit.txt",
    "\xef\xbb\xbf"
    "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
    JZ_PUBLISH_ERROR_FORMAT, "bagit.txt" },
  { "bag-info.txt", "Payload-Oxum: 1.1\n", JZ_PUBLISH_ERROR_DAMAGED, "bag-info.txt" },
  { "bag-info.txt", "Payload-Oxum: 1.1\nPayload-Oxum: 1.1\n", JZ_PUBLISH_ERROR_FORMAT,
    "bag-info.txt" },
  { "bag-info.txt", "nothing", JZ_PUBLISH_ERROR_FORMAT, "bag-info.txt" },
  { "bag-info.txt", "Contact: \xff\n", JZ_PUBLISH_ERROR_FORMAT, "bag-info.txt" },
  { "checkpoint.txt", "no checkpoint\n", JZ_PUBLISH_ERROR_DAMAGED, "checkpoint.txt" },
  { "signature/certificate.pem", "no certificate\n", JZ_PUBLISH_ERROR_DAMAGED, "certificate.pem" },
  { "data/data.json", "{\"items\": []}", JZ_PUBLISH_ERROR_FORMAT, "data.json" },
  { "data/data.json", "{}", JZ_PUBLISH_ERROR_FORMAT, "data.json" },
  { "data/data.json", "[]", JZ_PUBLISH_ERROR_FORMAT, "data.json" },
  { "data/data.json", "{\"items\":[7]}", JZ_PUBLISH_ERROR_FORMAT, "data.json" },
  { "data/data.json", "{\"items\":[{\"document\":7}]}", JZ_PUBLISH_ERROR_FORMAT, "data.json" },
  { "data/data.json",
    "{\"items\":[{\"document\":{\"path\":\"index.html\",\"sha256\":\"00\",\"size\":1}}]}",
    JZ_PUBLISH_ERROR_DAMAGED, "data.json" },
  { "data/data.json",
    "{\"items\":[{\"document\":{\"path\":\"../bagit.txt\",\"sha256\":\"00\",\"size\":1}}]}",
    JZ_PUBLISH_ERROR_DAMAGED, "data.json" },
};

static void
test_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_texts); i++) {
    g_auto (Pack) pack = { 0 };
    g_test_message ("%zu", i);
    pack_init (&pack, &made);
    pack_set (&pack, bad_texts[i].path, bad_texts[i].text);
    pack_seal (&pack);
    assert_faulty (&pack, PACK_TAR_ZSTD, bad_texts[i].kind, bad_texts[i].place);
  }
}

/* Lines put at the end of the list of files, signed. */
static const struct {
  const char *line;
  JzPublishError kind;
} bad_lines[] = {
  { "%s  data/../../etc/passwd\n", JZ_PUBLISH_ERROR_HOSTILE },
  { "%s  /etc/passwd\n", JZ_PUBLISH_ERROR_HOSTILE },
  { "%s  bagit.txt\n", JZ_PUBLISH_ERROR_FORMAT },
  { "%s  data/index.html\n", JZ_PUBLISH_ERROR_FORMAT },
  { "%s  data/missing.pdf\n", JZ_PUBLISH_ERROR_DAMAGED },
  { "%s\n", JZ_PUBLISH_ERROR_FORMAT },
  { "data/index.html %s\n", JZ_PUBLISH_ERROR_FORMAT },
};

static void
test_lines (void)
{
  g_autofree char *sum = g_strnfill (64, '0');

  for (gsize i = 0; i < G_N_ELEMENTS (bad_lines); i++) {
    g_auto (Pack) pack = { 0 };
    g_autofree char *list = NULL;
    g_autofree char *longer = NULL;
    g_auto (GStrv) parts = g_strsplit (bad_lines[i].line, "%s", -1);
    g_autofree char *line = g_strjoinv (sum, parts);
    g_test_message ("%zu", i);
    pack_init (&pack, &made);
    pack_seal (&pack);
    list = pack_get (&pack, JZ_BUNDLE_MANIFEST);
    longer = g_strconcat (list, line, NULL);
    pack_set (&pack, JZ_BUNDLE_MANIFEST, longer);
    assert_faulty (&pack, PACK_ZIP_DEFLATED, bad_lines[i].kind, NULL);
  }
}

/* Files that BagIt knows, and that a bundle must not have, signed. */
static const struct {
  const char *path;
  const char *text;
  JzPublishError kind;
  const char *place;
} bad_files[] = {
  { "b/fetch.txt", "https://example.org/x 1 data/x\n", JZ_PUBLISH_ERROR_HOSTILE, "fetch.txt" },
  { "b/manifest-crc32.txt", "00000000  data/index.html\n", JZ_PUBLISH_ERROR_FORMAT, "crc32" },
};

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad_files); i++) {
    g_auto (Pack) pack = { 0 };
    g_test_message ("%zu", i);
    pack_init (&pack, &made);
    pack_add (&pack, bad_files[i].path, bad_files[i].text);
    pack_seal (&pack);
    assert_faulty (&pack, PACK_ZIP, bad_files[i].kind, bad_files[i].place);
  }
}

/* Somebody else signs all of it anew, with a key of his own. */
static void
test_other_signer (void)
{
  g_auto (TestBundle) other = { 0 };
  g_auto (Pack) pack = { 0 };
  g_autofree char *pem = NULL;
  g_autofree char *path = g_build_filename (made.folder, "forged.zip", NULL);
  g_autoptr (GBytes) bytes = NULL;
  const JzBundleCheck checks[] = { { .path = path, .ca = made.ca },
                                   { .path = path, .certificate = made.certificate } };

  test_bundle_init (&other, FALSE);
  test_bundle_make (&other);
  pack_init (&pack, &other);
  pack_seal (&pack);
  bytes = pack_to_bytes (&pack, PACK_ZIP);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                      (gssize)g_bytes_get_size (bytes), NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++) {
    g_autoptr (JzBundleReport) report = jz_check_bundle (&checks[i], NULL);
    assert_fault (report, JZ_PUBLISH_ERROR_DAMAGED, "certificate.pem");
    g_assert_false (report->is_trusted);
  }
  g_assert_cmpint (unlink (path), ==, 0);
}

static void
test_signature_of_other (void)
{
  g_auto (Pack) pack = { 0 };
  PackEntry *signature;

  pack_init (&pack, &made);
  signature = pack_find (&pack, JZ_BUNDLE_SIGNATURE);
  g_bytes_unref (signature->content);
  signature->content = jz_key_sign (made.key, "something else", 14, NULL);
  assert_faulty (&pack, PACK_TAR_GZIP, JZ_PUBLISH_ERROR_DAMAGED, "tagmanifest.sig");
}

static JzBundleReport *
check_part (GBytes *bytes, gsize from, gsize length)
{
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, from, length);

  return jz_check_bundle_bytes (part, FALSE);
}

static void
test_cut (void)
{
  for (int format = PACK_TAR_GZIP; format <= PACK_ZIP_DEFLATED; format++) {
    g_auto (Pack) pack = { 0 };
    g_autoptr (GBytes) bytes = NULL;
    gsize size;
    pack_init (&pack, &made);
    bytes = pack_to_bytes (&pack, (PackFormat)format);
    size = g_bytes_get_size (bytes);
    for (gsize n = 0; n < size - 16; n += size / 37) {
      g_autoptr (JzBundleReport) report = check_part (bytes, 0, n);
      g_assert_cmpuint (report->faults->len, >, 0);
    }
  }
}

/* Any bit: never a crash, and never sound where a file in it is another. */
static void
test_flips (void)
{
  guint n = g_test_slow () ? 5000 : 300;

  for (int format = PACK_TAR_GZIP; format <= PACK_ZIP_DEFLATED; format++) {
    g_auto (Pack) pack = { 0 };
    g_autoptr (GBytes) bytes = NULL;
    gsize size;
    pack_init (&pack, &made);
    bytes = pack_to_bytes (&pack, (PackFormat)format);
    size = g_bytes_get_size (bytes);
    for (guint i = 0; i < n; i++) {
      gsize at = (gsize)g_test_rand_int_range (0, (int)size);
      g_autofree guint8 *changed = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GBytes) flipped = NULL;
      g_autoptr (JzBundleReport) report = NULL;
      changed[at] ^= (guint8)(1 << g_test_rand_int_range (0, 8));
      flipped = g_bytes_new (changed, size);
      report = jz_check_bundle_bytes (flipped, FALSE);
      g_assert_true (report->faults->len > 0 ||
                     (report->is_signed && report->n_items == 5 && report->n_files == 15));
    }
  }
}

static void
test_no_bundles (void)
{
  static const char *const texts[] = { "",
                                       "x",
                                       "PK",
                                       "PK\003\004",
                                       "\x1f\x8b",
                                       "\x28\xb5\x2f\xfd",
                                       "7z\xbc\xaf\x27\x1c",
                                       "just a text file\n",
                                       "%PDF-1.4\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new (texts[i], strlen (texts[i]));
    g_autoptr (JzBundleReport) report = jz_check_bundle_bytes (bytes, FALSE);
    g_assert_cmpuint (report->faults->len, ==, 1);
  }
}

static void
test_plain_tar (void)
{
  g_auto (Pack) pack = { 0 };

  pack_init (&pack, &made);
  assert_faulty (&pack, PACK_TAR, JZ_PUBLISH_ERROR_FORMAT, NULL);
}

static GBytes *
gzip (GBytes *bytes)
{
  g_autoptr (GConverter) converter =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  g_assert_cmpint (g_output_stream_write_bytes (stream, bytes, NULL, NULL), ==,
                   g_bytes_get_size (bytes));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_packed_twice (void)
{
  g_auto (Pack) pack = { 0 };
  g_autoptr (GBytes) once = NULL;
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (JzBundleReport) report = NULL;

  pack_init (&pack, &made);
  once = pack_to_bytes (&pack, PACK_TAR_GZIP);
  twice = gzip (once);
  report = jz_check_bundle_bytes (twice, FALSE);
  assert_fault (report, JZ_PUBLISH_ERROR_HOSTILE, NULL);
}

static void
test_bombs (void)
{
  static const PackFormat formats[] = { PACK_TAR_GZIP, PACK_TAR_ZSTD, PACK_ZIP_DEFLATED };
  gsize size = 96 * 1024 * 1024;

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_auto (Pack) pack = { 0 };
    PackEntry *bomb;
    pack_init (&pack, &made);
    bomb = pack_add (&pack, "b/data/bomb", "");
    g_bytes_unref (bomb->content);
    bomb->content = g_bytes_new_take (g_malloc0 (size), size);
    assert_faulty (&pack, formats[i], JZ_PUBLISH_ERROR_TOO_LARGE, "bomb");
  }
}

static void
test_large_tag (void)
{
  g_auto (Pack) pack = { 0 };
  gsize size = JZ_BUNDLE_MAX_TAG + 1;
  guint8 *noise = g_malloc (size);
  PackEntry *entry;

  for (gsize i = 0; i < size; i++)
    noise[i] = (guint8)(i * 2654435761u >> 13);
  pack_init (&pack, &made);
  entry = pack_add (&pack, "b/notes.txt", "");
  g_bytes_unref (entry->content);
  entry->content = g_bytes_new_take (noise, size);
  assert_faulty (&pack, PACK_ZIP, JZ_PUBLISH_ERROR_TOO_LARGE, "notes.txt");
}

static void
test_many_entries (void)
{
  g_auto (Pack) pack = { 0 };

  pack_init (&pack, &made);
  for (guint i = 0; i <= JZ_BUNDLE_MAX_ENTRIES; i++) {
    g_autofree char *path = g_strdup_printf ("b/data/%u", i);
    pack_add (&pack, path, "");
  }
  assert_faulty (&pack, PACK_TAR_ZSTD, JZ_PUBLISH_ERROR_TOO_LARGE, NULL);
}

static gsize
find_bytes (GByteArray *bytes, gsize from, const char *wanted, gsize length)
{
  for (gsize i = from; i + length <= bytes->len; i++)
    if (memcmp (bytes->data + i, wanted, length) == 0)
      return i;
  g_error ("not there");
}

static JzBundleReport *
check_changed_zip (void (*change) (GByteArray *bytes))
{
  g_auto (Pack) pack = { 0 };
  GByteArray *bytes;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) changed = NULL;

  pack_init (&pack, &made);
  whole = pack_to_bytes (&pack, PACK_ZIP);
  bytes = g_bytes_unref_to_array (g_steal_pointer (&whole));
  change (bytes);
  changed = g_byte_array_free_to_bytes (bytes);
  return jz_check_bundle_bytes (changed, FALSE);
}

/* The directory names what lies under another name before the file. */
static void
change_directory_name (GByteArray *bytes)
{
  gsize directory = find_bytes (bytes, 0, "PK\001\002", 4);

  bytes->data[find_bytes (bytes, directory, "b/data/index.html", 17) + 7] = 'I';
}

static void
change_directory_size (GByteArray *bytes)
{
  gsize directory = find_bytes (bytes, 0, "PK\001\002", 4);
  gsize name = find_bytes (bytes, directory, "b/data/index.html", 17);

  bytes->data[name - 46 + 20] += 1;
  bytes->data[name - 46 + 24] += 1;
}

static void
change_local_name (GByteArray *bytes)
{
  bytes->data[find_bytes (bytes, 0, "b/data/index.html", 17) + 7] = 'I';
}

/* In both places: the file has a password. */
static void
change_encrypted (GByteArray *bytes)
{
  gsize directory = find_bytes (bytes, 0, "PK\001\002", 4);

  bytes->data[find_bytes (bytes, 0, "b/data/index.html", 17) - 30 + 6] |= 1;
  bytes->data[find_bytes (bytes, directory, "b/data/index.html", 17) - 46 + 8] |= 1;
}

/* Two entries of the directory show one file. */
static void
change_overlap (GByteArray *bytes)
{
  gsize directory = find_bytes (bytes, 0, "PK\001\002", 4);
  gsize one = find_bytes (bytes, directory, "b/data/index.html", 17) - 46;
  gsize two = find_bytes (bytes, directory, "b/data/redaction.json", 21) - 46;

  memcpy (bytes->data + two + 42, bytes->data + one + 42, 4);
}

static void
change_no_directory (GByteArray *bytes)
{
  g_byte_array_set_size (bytes, (guint)find_bytes (bytes, 0, "PK\001\002", 4));
}

static void
test_zips (void)
{
  static void (*const changes[]) (GByteArray *) = {
    change_directory_name, change_directory_size, change_local_name,
    change_encrypted,      change_overlap,        change_no_directory,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (JzBundleReport) report = NULL;
    g_test_message ("%zu", i);
    report = check_changed_zip (changes[i]);
    for (guint j = 0; j < report->faults->len; j++)
      g_test_message ("%s", ((JzBundleFault *)g_ptr_array_index (report->faults, j))->sentence);
    g_assert_cmpuint (report->faults->len, >, 0);
  }
}

/* A second archive behind the first, which some programs unpack and others do not. */
static void
test_behind (void)
{
  g_auto (Pack) pack = { 0 };
  g_auto (Pack) more = { 0 };
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) second = NULL;
  GByteArray *both = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JzBundleReport) report = NULL;

  pack_init (&pack, &made);
  pack_init (&more, &made);
  g_ptr_array_set_size (more.entries, 0);
  first = pack_to_bytes (&pack, PACK_TAR_GZIP);
  pack_add (&more, "b/data/evil.html", "evil");
  second = pack_to_bytes (&more, PACK_TAR_GZIP);
  g_byte_array_append (both, g_bytes_get_data (first, NULL), (guint)g_bytes_get_size (first));
  g_byte_array_append (both, g_bytes_get_data (second, NULL), (guint)g_bytes_get_size (second));
  bytes = g_byte_array_free_to_bytes (both);
  report = jz_check_bundle_bytes (bytes, FALSE);
  assert_fault (report, JZ_PUBLISH_ERROR_DAMAGED, "evil.html");
}

static void
test_unreadable (void)
{
  g_autofree char *missing = g_build_filename (made.folder, "missing.zip", NULL);
  const char *const paths[] = { missing, made.folder, "/dev/null" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    const JzBundleCheck check = { .path = paths[i] };
    g_autoptr (GError) error = NULL;
    g_assert_null (jz_check_bundle (&check, &error));
    g_assert_nonnull (error);
  }
}

static void
test_cancelled (void)
{
  g_autofree char *path = test_bundle_write (&made, "c.zip", JZ_BUNDLE_ZIP);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const JzBundleCheck check = { .path = path, .cancellable = cancellable };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (jz_check_bundle (&check, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Bags of other programs: as the specification asks, in its older versions and other sums, too. */
static const struct {
  const char *bagit;
  const char *list;
  const char *lines;
  gboolean is_sound;
} bags[] = {
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-md5.txt",
    "900150983cd24fb0d6963f7d28e17f72  data/a\n", TRUE },
  { "BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n", "manifest-sha1.txt",
    "a9993e364706816aba3e25717850c26c9cd0d89d *data/a\r\n", TRUE },
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-sha512.txt",
    "DDAF35A193617ABACC417349AE20413112E6FA4E89A97EA20A9EEEE64B55D39A2192992A274FC1A836BA3C23A3FEEB"
    "BD454D4423643CE80E2A9AC94FA54CA49F data/a\n",
    TRUE },
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: ISO-8859-1\n", "manifest-md5.txt",
    "900150983cd24fb0d6963f7d28e17f72  data/a\n", TRUE },
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-md5.txt",
    "900150983cd24fb0d6963f7d28e17f73  data/a\n", FALSE },
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: nothing\n", "manifest-md5.txt",
    "900150983cd24fb0d6963f7d28e17f72  data/a\n", FALSE },
  { "BagIt-Version:1\nTag-File-Character-Encoding: UTF-8\n", "manifest-md5.txt",
    "900150983cd24fb0d6963f7d28e17f72  data/a\n", FALSE },
  { "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "manifest-md5.txt", "", FALSE },
};

static void
test_plain_bags (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bags); i++) {
    g_auto (Pack) pack = { 0 };
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JzBundleReport) report = NULL;
    g_autoptr (JzBundleReport) ours = NULL;
    g_autofree char *list = NULL;
    g_test_message ("%zu", i);
    pack_init (&pack, &made);
    g_ptr_array_set_size (pack.entries, 0);
    pack_add (&pack, "bag/bagit.txt", bags[i].bagit);
    pack_add (&pack, "bag/data/a", "abc");
    list = g_strconcat ("bag/", bags[i].list, NULL);
    pack_add (&pack, list, bags[i].lines);
    bytes = pack_to_bytes (&pack, PACK_ZIP);
    report = jz_check_bundle_bytes (bytes, TRUE);
    for (guint j = 0; j < report->faults->len; j++)
      g_test_message ("%s", ((JzBundleFault *)g_ptr_array_index (report->faults, j))->sentence);
    g_assert_cmpint (report->faults->len == 0, ==, bags[i].is_sound);
    /* What has no signature is no bundle of ours. */
    ours = jz_check_bundle_bytes (bytes, FALSE);
    g_assert_cmpuint (ours->faults->len, >, 0);
  }
}

int
main (int argc, char **argv)
{
  g_autofree char *empty = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  test_bundle_init (&made, FALSE);
  test_bundle_make (&made);
  empty = folder_new ();
  g_assert_cmpint (chdir (empty), ==, 0);
  g_test_add_func ("/check-bundle/good", test_good);
  g_test_add_func ("/check-bundle/names", test_names);
  g_test_add_func ("/check-bundle/unicode-twins", test_unicode_twins);
  g_test_add_func ("/check-bundle/long-names", test_long_names);
  g_test_add_func ("/check-bundle/kinds", test_kinds);
  g_test_add_func ("/check-bundle/missing", test_missing);
  g_test_add_func ("/check-bundle/changed", test_changed);
  g_test_add_func ("/check-bundle/extra", test_extra);
  g_test_add_func ("/check-bundle/texts", test_texts);
  g_test_add_func ("/check-bundle/lines", test_lines);
  g_test_add_func ("/check-bundle/files", test_files);
  g_test_add_func ("/check-bundle/other-signer", test_other_signer);
  g_test_add_func ("/check-bundle/signature-of-other", test_signature_of_other);
  g_test_add_func ("/check-bundle/cut", test_cut);
  g_test_add_func ("/check-bundle/flips", test_flips);
  g_test_add_func ("/check-bundle/no-bundles", test_no_bundles);
  g_test_add_func ("/check-bundle/plain-tar", test_plain_tar);
  g_test_add_func ("/check-bundle/packed-twice", test_packed_twice);
  g_test_add_func ("/check-bundle/bombs", test_bombs);
  g_test_add_func ("/check-bundle/large-tag", test_large_tag);
  g_test_add_func ("/check-bundle/many-entries", test_many_entries);
  g_test_add_func ("/check-bundle/zips", test_zips);
  g_test_add_func ("/check-bundle/behind", test_behind);
  g_test_add_func ("/check-bundle/unreadable", test_unreadable);
  g_test_add_func ("/check-bundle/cancelled", test_cancelled);
  g_test_add_func ("/check-bundle/plain-bags", test_plain_bags);
  status = g_test_run ();
  /* Nothing was written where the program stood. */
  g_assert_cmpuint (folder_count (empty), ==, 0);
  g_assert_cmpint (chdir ("/"), ==, 0);
  folder_free (g_steal_pointer (&empty));
  test_bundle_clear (&made);
  return status;
}
