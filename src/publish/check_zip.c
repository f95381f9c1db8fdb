/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "publish/check-private.h"

/* A ZIP names its files before each of them and once more in its directory at the end (APPNOTE
 * 4.3), and programs differ in which they believe. Here both must say the same, and files and
 * directory must fill the file without a gap or an overlap, so that there is only one way to read
 * it. */

#define LOCAL_SIZE 30
#define CENTRAL_SIZE 46
#define END_SIZE 22
#define LOCATOR_SIZE 20
#define END64_SIZE 56
#define MAX_COMMENT 65535
#define MAX_DIRECTORY (64 * 1024 * 1024)
#define HAS_DESCRIPTOR 8
#define OVERFLOW_32 0xffffffffu

/* What the directory says of a file. */
typedef struct {
  guint64 offset;
  guint64 packed;
  guint flags;
  guint method;
  const guint8 *name;
  guint name_length;
} Record;

typedef struct {
  int fd;
  guint64 size;        /* of the whole file */
  guint64 directory;   /* where it begins */
  guint64 n_directory; /* its bytes */
  guint64 n_records;
  guint8 *bytes; /* of the directory */
  GArray *records;
} Zip;

static void
zip_clear (Zip *self)
{
  g_free (self->bytes);
  g_clear_pointer (&self->records, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Zip, zip_clear)

static guint
get_16 (const guint8 *at)
{
  return at[0] | (guint)at[1] << 8;
}

static guint32
get_32 (const guint8 *at)
{
  return get_16 (at) | (guint32)get_16 (at + 2) << 16;
}

static guint64
get_64 (const guint8 *at)
{
  return get_32 (at) | (guint64)get_32 (at + 4) << 32;
}

static gboolean
read_at (const Zip *self, guint64 offset, void *buffer, gsize length)
{
  guint8 *rest = buffer;

  if (offset > self->size || length > self->size - offset)
    return FALSE;
  while (length > 0) {
    gssize n = pread (self->fd, rest, length, (off_t)offset);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    rest += n;
    offset += (guint64)n;
    length -= (gsize)n;
  }
  return TRUE;
}

/* The last record of the file, behind which there may be a comment. */
static gboolean
find_end (const Zip *self, guint64 *end)
{
  gsize length = (gsize)MIN (self->size, END_SIZE + MAX_COMMENT);
  g_autofree guint8 *tail = g_malloc (length + 1);

  if (length < END_SIZE || !read_at (self, self->size - length, tail, length))
    return FALSE;
  for (gsize at = length - END_SIZE + 1; at-- > 0;)
    if (memcmp (tail + at, "PK\005\006", 4) == 0 &&
        get_16 (tail + at + 20) == length - at - END_SIZE) {
      *end = self->size - length + at;
      return TRUE;
    }
  return FALSE;
}

/* Of a ZIP that is larger than the older record can say. */
static gboolean
read_end64 (Zip *self, guint64 end, guint64 *last)
{
  guint8 locator[LOCATOR_SIZE];
  guint8 record[END64_SIZE];

  if (end < LOCATOR_SIZE || !read_at (self, end - LOCATOR_SIZE, locator, sizeof locator) ||
      memcmp (locator, "PK\006\007", 4) != 0)
    return FALSE;
  *last = get_64 (locator + 8);
  if (!read_at (self, *last, record, sizeof record) || memcmp (record, "PK\006\006", 4) != 0 ||
      *last + END64_SIZE + LOCATOR_SIZE != end)
    return FALSE;
  self->n_records = get_64 (record + 32);
  self->n_directory = get_64 (record + 40);
  self->directory = get_64 (record + 48);
  return TRUE;
}

static gboolean
read_end (Zip *self)
{
  guint8 record[END_SIZE];
  guint64 end = 0;
  guint64 last;

  if (!find_end (self, &end) || !read_at (self, end, record, sizeof record))
    return FALSE;
  self->n_records = get_16 (record + 10);
  self->n_directory = get_32 (record + 12);
  self->directory = get_32 (record + 16);
  last = end;
  if ((self->n_records == 0xffff || self->n_directory == OVERFLOW_32 ||
       self->directory == OVERFLOW_32) &&
      !read_end64 (self, end, &last))
    return FALSE;
  return self->directory <= last && self->n_directory == last - self->directory &&
         self->n_directory <= MAX_DIRECTORY;
}

/* The sizes and the place that do not fit into 32 bits stand in a field of their own, those only,
 * in this order: unpacked, packed, place. */
static gboolean
read_wide (Record *record, const guint8 *fields, gsize length, gboolean is_unpacked_wide)
{
  while (length >= 4 && get_16 (fields) != 1) {
    gsize size = 4 + (gsize)get_16 (fields + 2);
    if (size > length)
      return FALSE;
    fields += size;
    length -= size;
  }
  if (length < 4 || 4 + (gsize)get_16 (fields + 2) > length)
    return FALSE;
  length = get_16 (fields + 2);
  fields += 4;
  if (is_unpacked_wide) {
    if (length < 8)
      return FALSE;
    fields += 8;
    length -= 8;
  }
  if (record->packed == OVERFLOW_32) {
    if (length < 8)
      return FALSE;
    record->packed = get_64 (fields);
    fields += 8;
    length -= 8;
  }
  if (record->offset != OVERFLOW_32)
    return TRUE;
  if (length < 8)
    return FALSE;
  record->offset = get_64 (fields);
  return TRUE;
}

/* The bytes of the record, 0 where it is none. */
static gsize
read_record (const guint8 *at, gsize left, Record *record)
{
  gsize n_fields;
  gsize size;

  if (left < CENTRAL_SIZE || memcmp (at, "PK\001\002", 4) != 0)
    return 0;
  *record = (Record){ .flags = get_16 (at + 8),
                      .method = get_16 (at + 10),
                      .packed = get_32 (at + 20),
                      .name_length = get_16 (at + 28),
                      .offset = get_32 (at + 42),
                      .name = at + CENTRAL_SIZE };
  n_fields = get_16 (at + 30);
  size = CENTRAL_SIZE + record->name_length + n_fields + get_16 (at + 32);
  if (size > left || get_16 (at + 34) != 0)
    return 0;
  if ((get_32 (at + 24) == OVERFLOW_32 || record->packed == OVERFLOW_32 ||
       record->offset == OVERFLOW_32) &&
      !read_wide (record, record->name + record->name_length, n_fields,
                  get_32 (at + 24) == OVERFLOW_32))
    return 0;
  return size;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Record *first = a;
  const Record *second = b;

  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

static gboolean
read_records (Zip *self)
{
  guint64 at = 0;

  self->bytes = g_malloc ((gsize)self->n_directory + 1);
  self->records = g_array_new (FALSE, FALSE, sizeof (Record));
  if (!read_at (self, self->directory, self->bytes, (gsize)self->n_directory))
    return FALSE;
  while (at < self->n_directory) {
    Record record;
    gsize size = read_record (self->bytes + at, (gsize)(self->n_directory - at), &record);
    if (size == 0)
      return FALSE;
    g_array_append_val (self->records, record);
    at += size;
  }
  g_array_sort (self->records, compare_places);
  return self->records->len == self->n_records;
}

/* What stands before the file says the same; @end is where the file ends, without what may follow
 * it. */
static gboolean
check_local (const Zip *self, const Record *record, guint64 *end)
{
  guint8 header[LOCAL_SIZE];
  g_autofree guint8 *name = g_malloc (record->name_length + 1);

  if (!read_at (self, record->offset, header, sizeof header) ||
      memcmp (header, "PK\003\004", 4) != 0 || get_16 (header + 6) != record->flags ||
      get_16 (header + 8) != record->method || get_16 (header + 26) != record->name_length ||
      !read_at (self, record->offset + LOCAL_SIZE, name, record->name_length) ||
      memcmp (name, record->name, record->name_length) != 0 || record->packed > self->size)
    return FALSE;
  *end = record->offset + LOCAL_SIZE + record->name_length + get_16 (header + 28) + record->packed;
  return TRUE;
}

/* Behind a file whose size was not known before it stands what it came to: with or without a
 * signature, in 32 or 64 bits. */
static gboolean
fits (const Record *record, guint64 end, guint64 next)
{
  guint64 gap = next - end;

  if (next < end)
    return FALSE;
  return (record->flags & HAS_DESCRIPTOR) != 0 ? gap == 12 || gap == 16 || gap == 20 || gap == 24
                                               : gap == 0;
}

static gboolean
check_places (const Zip *self)
{
  guint64 next = 0;

  if (self->records->len > 0 && g_array_index (self->records, Record, 0).offset != 0)
    return FALSE;
  for (guint i = 0; i < self->records->len; i++) {
    const Record *record = &g_array_index (self->records, Record, i);
    guint64 end = 0;
    next = i + 1 < self->records->len ? g_array_index (self->records, Record, i + 1).offset
                                      : self->directory;
    if (!check_local (self, record, &end) || !fits (record, end, next))
      return FALSE;
  }
  return TRUE;
}

/**
 * jz_bag_check_zip:
 * @self: a bag
 * @fd: a ZIP
 * @size: its bytes
 *
 * Returns: whether there is only one way to read it; where not, the report says so
 */
gboolean
jz_bag_check_zip (JzBag *self, int fd, guint64 size)
{
  g_auto (Zip) zip = { .fd = fd, .size = size };

  if (!read_end (&zip))
    return jz_bag_fail (self, JZ_PUBLISH_ERROR_DAMAGED, NULL,
                        _ ("The ZIP is damaged or cut off: its directory is not where it says. Get "
                           "it once more."));
  return (read_records (&zip) && check_places (&zip)) ||
         jz_bag_fail (self, JZ_PUBLISH_ERROR_HOSTILE, NULL,
                      _ ("Programs would unpack the ZIP differently: its directory does not agree "
                         "with what lies in it."));
}
