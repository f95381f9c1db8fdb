/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "publish/bundle.h"
#include "publish/check-private.h"

/* What BagIt (RFC 8493) asks of a bag. Every file that is wrong, missing or too many is named; the
 * sum of all (Payload-Oxum) is looked at last, because alone it names nothing. */

#define PAYLOAD "data/"
#define INFO "bag-info.txt"
#define MAX_SHOWN 80
#define MAX_LABEL 200

/* The version in thousandths of a whole one is enough: 0.97 is 970, 1.0 is 1000. */
typedef struct {
  JzBag *bag;
  guint version;
  char *encoding;           /* (nullable): none but UTF-8 where it is NULL */
  GPtrArray *payload_lists; /* (element-type GHashTable): paths that each names */
} Lists;

static void
lists_clear (Lists *self)
{
  g_free (self->encoding);
  g_clear_pointer (&self->payload_lists, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

static const char *const algorithms[JZ_BAG_N_SUMS] = {
  [JZ_BAG_MD5] = "md5",       [JZ_BAG_SHA1] = "sha1",     [JZ_BAG_SHA224] = "sha224",
  [JZ_BAG_SHA256] = "sha256", [JZ_BAG_SHA384] = "sha384", [JZ_BAG_SHA512] = "sha512",
};

/* The text of a tag file as UTF-8; NULL after a fault. */
static char *
dup_text (Lists *self, const char *path)
{
  gsize length = 0;
  const char *text = jz_bag_get_text (self->bag, path, &length);
  g_autofree char *converted = NULL;

  if (text == NULL)
    return NULL;
  if (self->encoding != NULL) {
    gsize n_written = 0;
    converted = g_convert (text, (gssize)length, "UTF-8", self->encoding, NULL, &n_written, NULL);
    text = converted;
    length = n_written;
  }
  if (text == NULL || memchr (text, '\0', length) != NULL ||
      !g_utf8_validate_len (text, length, NULL)) {
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, path,
                 _ ("It is no text of the encoding that bagit.txt names."));
    return NULL;
  }
  /* Only in bagit.txt itself is a mark of the byte order forbidden. */
  if (g_str_has_prefix (text, "\xef\xbb\xbf") && self->bag->is_plain &&
      strcmp (path, "bagit.txt") != 0)
    text += 3;
  return g_strdup (text);
}

/* Lines may end in any of the three ways. */
static GStrv
split_lines (const char *text)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  while (*text != '\0') {
    gsize length = strcspn (text, "\r\n");
    g_autofree char *line = g_strndup (text, length);
    g_strv_builder_add (lines, line);
    text += length;
    if (*text == '\r')
      text++;
    if (*text == '\n')
      text++;
  }
  return g_strv_builder_end (lines);
}

static gboolean
read_version (Lists *self, const char *line)
{
  static const char label[] = "BagIt-Version:";
  char *end = NULL;
  guint64 major;
  guint64 minor;

  if (!g_str_has_prefix (line, label))
    return FALSE;
  line += strlen (label);
  while (*line == ' ' || *line == '\t')
    line++;
  major = g_ascii_strtoull (line, &end, 10);
  if (!g_ascii_isdigit (*line) || *end != '.' || !g_ascii_isdigit (end[1]) || major > 1)
    return FALSE;
  minor = g_ascii_strtoull (end + 1, &end, 10);
  self->version = (guint)(major * 1000 + MIN (minor, 99) * 10);
  return *g_strchug (end) == '\0' && self->version >= 930 && self->version <= 1000;
}

static gboolean
read_encoding (Lists *self, const char *line)
{
  static const char label[] = "Tag-File-Character-Encoding:";
  g_autofree char *name = NULL;
  g_autofree char *probe = NULL;

  if (!g_str_has_prefix (line, label))
    return FALSE;
  name = g_strstrip (g_strdup (line + strlen (label)));
  if (g_ascii_strcasecmp (name, "UTF-8") == 0)
    return TRUE;
  probe = g_convert ("", 0, "UTF-8", name, NULL, NULL, NULL);
  if (!self->bag->is_plain || probe == NULL)
    return FALSE;
  self->encoding = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
check_declaration (Lists *self)
{
  g_autofree char *text = dup_text (self, "bagit.txt");
  g_auto (GStrv) lines = NULL;

  if (text == NULL)
    return jz_bag_find (self->bag, "bagit.txt") == NULL &&
           jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, "bagit.txt",
                        _ ("It is missing, so this is no bundle."));
  lines = split_lines (text);
  if (g_strv_length (lines) == 2 && read_version (self, lines[0]) && read_encoding (self, lines[1]))
    return TRUE;
  return jz_bag_fail (
    self->bag, JZ_PUBLISH_ERROR_FORMAT, "bagit.txt",
    _ ("It does not say a version of BagIt and an encoding that are known here."));
}

static int
get_hex (char character)
{
  return g_ascii_xdigit_value (character);
}

/* Line ends, and since 1.0 percent signs, are written as %0A, %0D and %25. */
static char *
dup_decoded (const Lists *self, const char *path)
{
  GString *decoded = g_string_new (NULL);

  for (; *path != '\0'; path++) {
    int value = path[0] == '%' && get_hex (path[1]) >= 0 && get_hex (path[2]) >= 0
                  ? get_hex (path[1]) * 16 + get_hex (path[2])
                  : -1;
    if (value == '\n' || value == '\r' || (value == '%' && self->version >= 1000)) {
      g_string_append_c (decoded, (char)value);
      path += 2;
    } else {
      g_string_append_c (decoded, *path);
    }
  }
  return g_string_free (decoded, FALSE);
}

static gboolean
leads_out (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  if (path[0] == '/' || path[0] == '~' || strchr (path, '\\') != NULL ||
      (g_ascii_isalpha (path[0]) && path[1] == ':'))
    return TRUE;
  for (char **part = parts; *part != NULL; part++)
    if (strcmp (*part, "..") == 0)
      return TRUE;
  return FALSE;
}

/* A line "SUM PATH", some with an asterisk before the path; NULL where it is none. */
static char *
dup_path (const Lists *self, char *line)
{
  char *end = line;
  const char *path;

  while (g_ascii_isxdigit (*end))
    end++;
  if (end == line || (*end != ' ' && *end != '\t'))
    return NULL;
  *end++ = '\0';
  path = g_strchug (end);
  if (*path == '*')
    path++;
  if (g_str_has_prefix (path, "./") && self->bag->is_plain)
    path += 2;
  return *path != '\0' ? dup_decoded (self, path) : NULL;
}

static void
check_sum (Lists *self, const char *list, const char *path, const char *sum, int algorithm)
{
  JzBagFile *file = g_hash_table_lookup (self->bag->files, path);

  if (file == NULL) {
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, path, _ ("It is missing; %s names it."),
                 list);
    return;
  }
  file->is_listed = TRUE;
  if (g_ascii_strcasecmp (file->sums[algorithm], sum) != 0)
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, path,
                 _ ("It was changed: its sum is not the one in %s."), list);
}

/* Before 1.0 a file could be named twice, if both times by the same sum. */
static gboolean
take_line (const Lists *self, GHashTable *seen, const char *path, const char *sum)
{
  const char *other = g_hash_table_lookup (seen, path);

  if (other != NULL)
    return self->bag->is_plain && self->version < 1000 && strcmp (other, sum) == 0;
  g_hash_table_insert (seen, g_strdup (path), g_strdup (sum));
  return TRUE;
}

static void
check_line (Lists *self,
            const char *list,
            char *line,
            int algorithm,
            gboolean is_payload,
            GHashTable *seen)
{
  g_autofree char *path = dup_path (self, line);

  if (path == NULL)
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, list,
                 _ ("It has a line that is no sum and name of a file."));
  else if (leads_out (path))
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_HOSTILE, list,
                 _ ("It names a file outside the bundle."));
  else if (g_str_has_prefix (path, PAYLOAD) != is_payload ||
           (!is_payload && g_str_has_prefix (path, "tagmanifest-")))
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, list,
                 _ ("It names a file that does not belong in this list."));
  else if (!take_line (self, seen, path, line))
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, path, _ ("%s names it twice."), list);
  else
    check_sum (self, list, path, line, algorithm);
}

static void
check_list (Lists *self, const char *list, int algorithm, gboolean is_payload)
{
  GHashTable *seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *text = dup_text (self, list);
  g_auto (GStrv) lines = text != NULL ? split_lines (text) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    if ((*line)[0] != '\0')
      check_line (self, list, *line, algorithm, is_payload, seen);
  if (is_payload)
    g_ptr_array_add (self->payload_lists, seen);
  else
    g_hash_table_unref (seen);
}

static int
find_algorithm (const char *path, const char *prefix)
{
  for (int i = 0; i < JZ_BAG_N_SUMS; i++) {
    g_autofree char *name = g_strconcat (prefix, algorithms[i], ".txt", NULL);
    if (g_ascii_strcasecmp (name, path) == 0)
      return i;
  }
  return -1;
}

static void
check_one_list (Lists *self, const char *path)
{
  gboolean is_payload = g_str_has_prefix (path, "manifest-");
  int algorithm;

  if ((!is_payload && !g_str_has_prefix (path, "tagmanifest-")) ||
      !g_str_has_suffix (path, ".txt") || strchr (path, '/') != NULL)
    return;
  algorithm = find_algorithm (path, is_payload ? "manifest-" : "tagmanifest-");
  /* A bundle of ours has one kind of sum; only that is computed. */
  if (algorithm < 0 || (!self->bag->is_plain && algorithm != JZ_BAG_SHA256))
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, path,
                 _ ("It is a list with sums that are not known here."));
  else
    check_list (self, path, algorithm, is_payload);
}

/* Since 1.0 every list names every file; before, one of them has to. */
static void
check_completeness (Lists *self, const char *path)
{
  guint n = 0;

  for (guint i = 0; i < self->payload_lists->len; i++)
    n += g_hash_table_contains (g_ptr_array_index (self->payload_lists, i), path) ? 1 : 0;
  if (n == 0 || (self->version >= 1000 && n < self->payload_lists->len))
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, path,
                 _ ("It is in the bundle, and the list of its files does not name it."));
}

/* The value of the first line with that label, and how many there are. NULL where there is none. */
char *
jz_bag_dup_info (JzBag *self, const char *label, guint *n_found)
{
  gsize length = 0;
  const char *text = jz_bag_get_text (self, INFO, &length);
  g_auto (GStrv) lines =
    text != NULL && g_utf8_validate_len (text, length, NULL) ? split_lines (text) : NULL;
  g_autofree char *prefix = g_strconcat (label, ":", NULL);
  char *value = NULL;

  *n_found = 0;
  for (char **line = lines; line != NULL && *line != NULL; line++) {
    if (g_ascii_strncasecmp (*line, prefix, strlen (prefix)) != 0)
      continue;
    if ((*n_found)++ == 0)
      value = g_strstrip (g_strdup (*line + strlen (prefix)));
  }
  return value;
}

static gboolean
is_info_line (const Lists *self, const char *line)
{
  const char *colon = strchr (line, ':');

  if (line[0] == ' ' || line[0] == '\t' || line[0] == '\0')
    return TRUE;
  return colon != NULL && colon != line && colon - line <= MAX_LABEL &&
         (self->version < 1000 || (colon[-1] != ' ' && colon[-1] != '\t'));
}

static void
check_info (Lists *self)
{
  g_autofree char *text = dup_text (self, INFO);
  g_auto (GStrv) lines = text != NULL ? split_lines (text) : NULL;

  for (char **line = lines; line != NULL && *line != NULL; line++)
    if (!is_info_line (self, *line)) {
      jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, INFO,
                   _ ("It has a line that is no name and value."));
      return;
    }
}

static void
check_total (Lists *self, const GPtrArray *paths)
{
  guint n_found = 0;
  g_autofree char *says = jz_bag_dup_info (self->bag, "Payload-Oxum", &n_found);
  g_autofree char *is = NULL;
  JzBundleReport *report = self->bag->report;

  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    if (!jz_bundle_is_payload (path))
      continue;
    report->n_files++;
    report->n_bytes += jz_bag_find (self->bag, path)->size;
  }
  if (n_found == 0)
    return;
  is = g_strdup_printf ("%llu.%llu", (unsigned long long)report->n_bytes,
                        (unsigned long long)report->n_files);
  if (n_found > 1)
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_FORMAT, INFO,
                 _ ("It says twice how much the bundle holds."));
  else if (strcmp (says, is) != 0) {
    g_autofree char *shown = jz_error_dup_printable (says, -1, MAX_SHOWN);
    jz_bag_fail (self->bag, JZ_PUBLISH_ERROR_DAMAGED, INFO,
                 _ ("It says that the bundle holds %1$s (bytes and files), and there is %2$s."),
                 shown, is);
  }
}

/**
 * jz_bag_check_lists:
 * @self: a bag that was read to its end
 *
 * Checks what BagIt asks for; the report gets what is wrong.
 */
void
jz_bag_check_lists (JzBag *self)
{
  g_auto (Lists) lists = { .bag = self };
  g_autoptr (GPtrArray) paths = jz_bag_list (self);

  lists.payload_lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_hash_table_unref);
  if (!check_declaration (&lists))
    return;
  if (!g_hash_table_contains (self->folders, "data"))
    jz_bag_fail (self, JZ_PUBLISH_ERROR_FORMAT, "data", _ ("The folder is missing."));
  if (jz_bag_find (self, "fetch.txt") != NULL)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, "fetch.txt",
                 _ ("It asks for files from elsewhere to be fetched; a bundle has all in itself."));
  for (guint i = 0; i < paths->len; i++)
    check_one_list (&lists, g_ptr_array_index (paths, i));
  if (lists.payload_lists->len == 0)
    jz_bag_fail (self, JZ_PUBLISH_ERROR_FORMAT, JZ_BUNDLE_MANIFEST,
                 _ ("The list of the files with their sums is missing."));
  for (guint i = 0; i < paths->len && lists.payload_lists->len > 0; i++)
    if (jz_bundle_is_payload (g_ptr_array_index (paths, i)))
      check_completeness (&lists, g_ptr_array_index (paths, i));
  check_info (&lists);
  check_total (&lists, paths);
}
