/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "media/table_file-private.h"

/* The members of an XLSX file, in memory: nothing is ever written, so that no name of a member is a
 * path. What a header says of sizes is not believed; what comes out is counted. */

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

typedef struct {
  const char *member;
  GBytes **bytes;
} Wanted;

typedef struct {
  const char *name;
  gsize n_packed;
  gsize n_unpacked; /* until now, in all passes */
} Unpacking;

static gboolean
fail_damaged (const char *name, GError **error)
{
  return jz_table_fail (
    error, JZ_TABLE_ERROR_DAMAGED,
    _ ("%s is not a whole XLSX file. Open it in Excel or WPS and save it again."), name);
}

static gboolean
count (Unpacking *self, gsize n_member, gsize n_more, GError **error)
{
  self->n_unpacked += n_more;
  if (n_member + n_more <= JZ_TABLE_MAX_MEMBER_BYTES &&
      self->n_unpacked <= JZ_TABLE_MAX_MEMBER_BYTES &&
      (self->n_unpacked <= JZ_TABLE_RATIO_FLOOR ||
       self->n_unpacked / JZ_TABLE_MAX_RATIO <= self->n_packed))
    return TRUE;
  return jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE,
                        _ ("%s unpacks to far more than a table of this size holds; it is not "
                           "read."),
                        self->name);
}

static GBytes *
read_member (Unpacking *self, Archive *archive, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  char block[65536];

  for (;;) {
    la_ssize_t size = archive_read_data (archive, block, sizeof block);
    if (size == 0)
      return g_byte_array_free_to_bytes (g_steal_pointer (&data));
    if (size < 0) {
      fail_damaged (self->name, error);
      return NULL;
    }
    if (!count (self, data->len, (gsize)size, error))
      return NULL;
    g_byte_array_append (data, (const guint8 *)block, (guint)size);
  }
}

static Wanted *
find_wanted (Wanted *wanted, const char *member)
{
  for (; wanted->member != NULL; wanted++)
    if (strcmp (wanted->member, member) == 0)
      return wanted;
  return NULL;
}

static gboolean
take_entry (Unpacking *self,
            Archive *archive,
            struct archive_entry *entry,
            Wanted *wanted,
            GError **error)
{
  const char *member = archive_entry_pathname (entry);
  Wanted *found = member != NULL ? find_wanted (wanted, member) : NULL;

  if (found == NULL)
    return TRUE;
  if (archive_entry_is_encrypted (entry))
    return jz_table_fail (error, JZ_TABLE_ERROR_FORMAT,
                          _ ("%s has a password. Save it without one."), self->name);
  /* Programs differ in which of two members of one name they take. */
  if (*found->bytes != NULL || archive_entry_filetype (entry) != AE_IFREG)
    return fail_damaged (self->name, error);
  *found->bytes = read_member (self, archive, error);
  return *found->bytes != NULL;
}

/* One walk over the members. */
static gboolean
unpack (Unpacking *self, GBytes *bytes, Wanted *wanted, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();
  struct archive_entry *entry = NULL;
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  int result;

  archive_read_support_format_zip (archive);
  if (archive_read_open_memory (archive, data, size) != ARCHIVE_OK)
    return fail_damaged (self->name, error);
  for (guint n = 0; (result = archive_read_next_header (archive, &entry)) != ARCHIVE_EOF; n++) {
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
      return fail_damaged (self->name, error);
    if (n >= JZ_TABLE_MAX_MEMBERS)
      return jz_table_fail (error, JZ_TABLE_ERROR_TOO_LARGE, _ ("%s has more parts than are read."),
                            self->name);
    if (!take_entry (self, archive, entry, wanted, error))
      return FALSE;
  }
  return TRUE;
}

void
jz_book_clear (JzBook *self)
{
  GBytes **members[] = { &self->workbook, &self->relations, &self->styles, &self->strings,
                         &self->sheet };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    g_clear_pointer (members[i], g_bytes_unref);
}

/* The book says which member is the first sheet, so that the members are walked twice. */
gboolean
jz_book_unpack (JzBook *self, GBytes *bytes, const char *name, GError **error)
{
  Unpacking unpacking = { name, g_bytes_get_size (bytes), 0 };
  Wanted fixed[] = { { "xl/workbook.xml", &self->workbook },
                     { "xl/_rels/workbook.xml.rels", &self->relations },
                     { "xl/styles.xml", &self->styles },
                     { "xl/sharedStrings.xml", &self->strings },
                     { NULL } };
  Wanted sheet[] = { { NULL, &self->sheet }, { NULL } };
  g_autofree char *member = NULL;
  gboolean is_1904 = FALSE;

  if (!unpack (&unpacking, bytes, fixed, error))
    return FALSE;
  if (self->workbook == NULL || self->relations == NULL)
    return jz_table_fail (error, JZ_TABLE_ERROR_FORMAT,
                          _ ("%s is not a table that can be read. Save it as XLSX or CSV."), name);
  member = jz_book_find_sheet (self->workbook, self->relations, &is_1904, name, error);
  if (member == NULL)
    return FALSE;
  sheet[0].member = member;
  if (!unpack (&unpacking, bytes, sheet, error))
    return FALSE;
  return self->sheet != NULL || fail_damaged (name, error);
}
