/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/objects_ticket-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/error.h"
#include "store/files-private.h"
#include "store/files.h"

/* Beside a copy that is under way lies a ticket in incoming/ (design §2):
 *
 *     KEY.ticket  canonical JSON: where the source is, its size, times, file system and number
 *     KEY.part    what was copied of it
 *     KEY.sums    SHA-256 of each MiB that was copied, 32 bytes each
 *
 * Nothing of this is made durable while it grows. After a power cut any part of it may be missing
 * or wrong, and that does no harm: a piece counts only when its hash is the one that was noted down
 * when it was read, and everything behind the first that is not is read again. KEY is made of the
 * source's address and of what it is taken in for, so that the same file for the same case finds
 * its own ticket. */

#define TICKET ".ticket"
#define PART ".part"
#define SUMS ".sums"
#define KEY_LENGTH 32
#define MAX_TICKET (64 * 1024)
/* Nobody comes back to it after so long; the source is where it was. */
#define LIFE_SECONDS (30 * 24 * 3600)

/* A path may have any bytes, an address has not. */
static char *
make_address (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *whole = g_file_get_path (file);

  return g_filename_to_uri (whole, NULL, NULL);
}

/**
 * jz_ticket_make_key:
 * @path: a source
 * @purpose: what it is taken in for
 *
 * Returns: (transfer full): the name of its ticket
 */
char *
jz_ticket_make_key (const char *path, const char *purpose)
{
  g_autofree char *address = make_address (path);
  g_autofree char *both = g_strconcat (address, "\n", purpose, NULL);
  char hex[JZ_HASH_HEX_SIZE];
  JzHash hash;

  jz_hash_of (both, strlen (both), &hash);
  jz_hash_to_hex (&hash, hex);
  return g_strndup (hex, KEY_LENGTH);
}

/**
 * jz_ticket_files_init:
 * @self: (out caller-allocates): the files of a ticket
 * @objects: the objects of a store
 * @key: name of the ticket
 */
void
jz_ticket_files_init (JzTicketFiles *self, JzObjects *objects, const char *key)
{
  self->key = g_strdup (key);
  self->ticket = g_strconcat (objects->incoming, "/", key, TICKET, NULL);
  self->part = g_strconcat (objects->incoming, "/", key, PART, NULL);
  self->sums = g_strconcat (objects->incoming, "/", key, SUMS, NULL);
}

/**
 * jz_ticket_files_clear:
 * @self: the files of a ticket
 */
void
jz_ticket_files_clear (JzTicketFiles *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->ticket, g_free);
  g_clear_pointer (&self->part, g_free);
  g_clear_pointer (&self->sums, g_free);
}

/**
 * jz_ticket_files_remove:
 * @self: the files of a ticket
 *
 * Removes what is there of them; what cannot be removed is swept later.
 */
void
jz_ticket_files_remove (JzTicketFiles *self)
{
  (void)unlink (self->part);
  (void)unlink (self->sums);
  (void)unlink (self->ticket);
}

static JzJson *
describe (const char *path, const char *purpose, const struct stat *source)
{
  g_autofree char *address = make_address (path);
  /* The second time is that of the last change of anything: it tells a source that was altered and
   * bears its old time, of which a part would be old and a part new. */
  g_autofree char *identity = g_strdup_printf (
    "%llu.%llu %lld.%09ld %lld.%09ld", (unsigned long long)source->st_dev,
    (unsigned long long)source->st_ino, (long long)source->st_mtim.tv_sec, source->st_mtim.tv_nsec,
    (long long)source->st_ctim.tv_sec, source->st_ctim.tv_nsec);
  JzJson *json = jz_json_new_object ();

  jz_json_set_text (json, "address", address);
  jz_json_set_text (json, "identity", identity);
  jz_json_set_text (json, "purpose", purpose);
  jz_json_set_integer (json, "size", (gint64)source->st_size);
  return json;
}

/**
 * jz_ticket_write:
 * @self: the files of a ticket
 * @path: the source
 * @purpose: what it is taken in for
 * @source: the source's status
 *
 * Returns: 0 or an errno
 */
int
jz_ticket_write (const JzTicketFiles *self,
                 const char *path,
                 const char *purpose,
                 const struct stat *source)
{
  g_autoptr (JzJson) json = describe (path, purpose, source);
  g_autofree char *text = jz_json_to_canonical (json, NULL);
  JzPartialFile file = JZ_PARTIAL_FILE_INIT;
  int failure = 0;

  file.fd = open (self->ticket, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file.fd < 0)
    return errno;
  failure = jz_partial_file_write (&file, text, strlen (text));
  close (file.fd);
  return failure;
}

static JzJson *
read_ticket (const char *path)
{
  g_autoptr (GBytes) bytes = jz_file_read (path, MAX_TICKET, NULL);
  gsize length = 0;
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autoptr (JzJson) json = text != NULL ? jz_json_parse (text, length, NULL) : NULL;

  if (json == NULL || jz_json_get_kind (json) != JZ_JSON_OBJECT ||
      jz_json_get_member_text (json, "address") == NULL ||
      jz_json_get_member_text (json, "identity") == NULL ||
      jz_json_get_member_text (json, "purpose") == NULL ||
      jz_json_get_member_integer (json, "size", -1) < 0)
    return NULL;
  return g_steal_pointer (&json);
}

/**
 * jz_ticket_is_of:
 * @self: the files of a ticket
 * @path: a source
 * @purpose: what it is taken in for
 * @source: the source's status
 *
 * Returns: whether there is a ticket of this very file, which has not changed since
 */
gboolean
jz_ticket_is_of (const JzTicketFiles *self,
                 const char *path,
                 const char *purpose,
                 const struct stat *source)
{
  g_autoptr (JzJson) found = read_ticket (self->ticket);
  g_autoptr (JzJson) expected = describe (path, purpose, source);
  g_autofree char *left = found != NULL ? jz_json_to_canonical (found, NULL) : NULL;
  g_autofree char *right = jz_json_to_canonical (expected, NULL);

  return g_strcmp0 (left, right) == 0;
}

/**
 * jz_ticket_free:
 * @self: (transfer full) (nullable): a ticket
 */
void
jz_ticket_free (JzTicket *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->path);
  g_free (self->purpose);
  g_free (self);
}

static char *
dup_key (const char *name)
{
  gsize length = strspn (name, "0123456789abcdef");

  return length == KEY_LENGTH && (strcmp (name + length, TICKET) == 0)
           ? g_strndup (name, KEY_LENGTH)
           : NULL;
}

static JzTicket *
load (JzObjects *objects, const char *name)
{
  g_autofree char *key = dup_key (name);
  g_auto (JzTicketFiles) files = { NULL };
  g_autoptr (JzJson) json = NULL;
  g_autofree char *path = NULL;
  struct stat sums;
  JzTicket *self;

  if (key == NULL)
    return NULL;
  jz_ticket_files_init (&files, objects, key);
  json = read_ticket (files.ticket);
  path = json != NULL ? g_filename_from_uri (jz_json_get_member_text (json, "address"), NULL, NULL)
                      : NULL;
  if (path == NULL)
    return NULL;
  self = g_new0 (JzTicket, 1);
  self->key = g_steal_pointer (&key);
  self->path = g_steal_pointer (&path);
  self->purpose = g_strdup (jz_json_get_member_text (json, "purpose"));
  self->size = (guint64)jz_json_get_member_integer (json, "size", 0);
  if (stat (files.sums, &sums) == 0)
    self->done = MIN (self->size, (guint64)sums.st_size / sizeof (JzHash) * (guint64)JZ_CHUNK_SIZE);
  return self;
}

/**
 * jz_objects_list_tickets:
 * @self: the objects
 * @error: return location
 *
 * Returns: (transfer full) (element-type JzTicket) (nullable): the files that were not taken in to
 *   their end, in the order of their keys, without those that are being taken in just now
 */
GPtrArray *
jz_objects_list_tickets (JzObjects *self, GError **error)
{
  g_autoptr (GPtrArray) tickets = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_ticket_free);
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (self->incoming, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&tickets);
  folder = g_dir_open (self->incoming, 0, error);
  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL) {
    JzTicket *ticket = load (self, name);
    gboolean is_taken;
    if (ticket == NULL)
      continue;
    g_mutex_lock (&self->mutex);
    is_taken = g_hash_table_contains (self->takes, ticket->key);
    g_mutex_unlock (&self->mutex);
    if (is_taken)
      jz_ticket_free (ticket);
    else
      g_ptr_array_add (tickets, ticket);
  }
  return g_steal_pointer (&tickets);
}

/**
 * jz_objects_drop_ticket:
 * @self: the objects
 * @key: of a ticket; one that is gone is fine
 * @error: return location
 *
 * Removes a copy that nobody wants to go on with.
 *
 * Returns: whether it is gone, durably
 */
gboolean
jz_objects_drop_ticket (JzObjects *self, const char *key, GError **error)
{
  g_auto (JzTicketFiles) files = { NULL };

  g_return_val_if_fail (self != NULL && key != NULL && strchr (key, '/') == NULL, FALSE);

  jz_ticket_files_init (&files, self, key);
  return jz_file_remove_durably (files.part, error) && jz_file_remove_durably (files.sums, error) &&
         jz_file_remove_durably (files.ticket, error);
}

/**
 * jz_objects_forget_take:
 * @self: the objects
 * @path: a source
 * @purpose: what it was taken in for
 * @error: return location
 *
 * As jz_objects_drop_ticket(), by what jz_objects_take_file() was given.
 *
 * Returns: whether it is gone, durably
 */
gboolean
jz_objects_forget_take (JzObjects *self, const char *path, const char *purpose, GError **error)
{
  g_autofree char *key = jz_ticket_make_key (path, purpose);

  return jz_objects_drop_ticket (self, key, error);
}

/* What has its name already is no copy any more. Whose source is another file now can never be
 * resumed; one whose source is not there may be on a card that is put in again. */
static gboolean
is_hopeless (JzObjects *objects, const JzTicket *ticket)
{
  g_auto (JzTicketFiles) files = { NULL };
  struct stat source;
  struct stat own;

  jz_ticket_files_init (&files, objects, ticket->key);
  if (stat (files.part, &own) != 0)
    return TRUE;
  if (lstat (ticket->path, &source) == 0)
    return !S_ISREG (source.st_mode) ||
           !jz_ticket_is_of (&files, ticket->path, ticket->purpose, &source);
  return stat (files.ticket, &own) != 0 ||
         g_get_real_time () / G_USEC_PER_SEC - own.st_mtim.tv_sec > LIFE_SECONDS;
}

/**
 * jz_objects_sweep_incoming:
 * @self: the objects
 * @removed: (element-type utf8) (nullable): gets the names of what was removed
 * @error: return location
 *
 * Removes what an interrupted copy left in incoming/, except what can be resumed and the notes of
 * what has arrived. While anything is being written there it does nothing; then the next time will
 * do.
 *
 * Returns: whether all of it is gone, durably
 */
gboolean
jz_objects_sweep_incoming (JzObjects *self, GPtrArray *removed, GError **error)
{
  g_autoptr (GPtrArray) tickets = jz_objects_list_tickets (self, error);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GMutexLocker) locker = NULL;

  if (tickets == NULL)
    return FALSE;
  for (guint i = 0; i < tickets->len; i++) {
    const JzTicket *ticket = g_ptr_array_index (tickets, i);
    if (is_hopeless (self, ticket))
      continue;
    g_hash_table_add (kept, g_strconcat (ticket->key, TICKET, NULL));
    g_hash_table_add (kept, g_strconcat (ticket->key, PART, NULL));
    g_hash_table_add (kept, g_strconcat (ticket->key, SUMS, NULL));
  }
  locker = g_mutex_locker_new (&self->mutex);
  jz_arrivals_keep (self, kept);
  return self->n_writing > 0 || jz_folder_sweep_except (self->incoming, kept, removed, error);
}
