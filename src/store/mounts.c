/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "store/error.h"
#include "store/files.h"

/* A store keeps its database in WAL mode, which needs memory that all readers map and locks that
 * all of them see. File systems whose disk hangs on another machine give neither dependably, so a
 * store is refused there; lessons of others are full of records lost that way.
 *
 * 9p, VirtualBox, Parallels and VMware folders are refused for the same reason: the other machine
 * is the host, its programs see none of our locks, and mapped memory is not kept coherent. virtiofs
 * is allowed: it is made for what a local disk does, mapping included. Cluster file systems (gfs2,
 * ocfs2) are refused because machines share the folder and WAL works on one machine only. */

static const char *const network_types[] = {
  "9p",       "acfs",   "afs",       "auristorfs", "beegfs", "ceph",   "cifs",   "coda", "davfs",
  "gfs2",     "gpfs",   "glusterfs", "lustre",     "ncp",    "ncpfs",  "nfs",    "nfs4", "ocfs2",
  "orangefs", "prl_fs", "pvfs2",     "smb3",       "smbfs",  "vboxsf", "webdav", NULL,
};

/* Programs behind "fuse.": only those whose files lie elsewhere, since most are local (ntfs-3g,
 * exfat, gocryptfs, the portal of a sandbox). Those that are missing here are mostly known by what
 * they say they mount, see is_remote_source(). */
static const char *const network_fuse_types[] = {
  "blobfuse",
  "blobfuse2",
  "ceph",
  "ceph-fuse",
  "cephfs",
  "curlftpfs",
  "davfs",
  "davfs2",
  "gcsfuse",
  "glusterfs",
  "goofys",
  "google-drive-ocamlfuse",
  "gvfs-fuse-daemon",
  "gvfsd-fuse",
  "juicefs",
  "kio-fuse",
  "mfs",
  "moosefs",
  "mount-s3",
  "nfs",
  "obsfs",
  "onedriver",
  "ossfs",
  "rclone",
  "s3backer",
  "s3fs",
  "seadrive",
  "seaweedfs",
  "smbnetfs",
  "sshfs",
  "vmhgfs-fuse",
  "webdavfs",
  "wdfs",
  NULL,
};

typedef struct {
  char *parent; /* number of the mount that it stands on */
  char *point;
  char *type;
  char *source;
} Mount;

static void
mount_free (Mount *mount)
{
  g_free (mount->parent);
  g_free (mount->point);
  g_free (mount->type);
  g_free (mount->source);
  g_free (mount);
}

/* The kernel writes white space, backslash and # as a backslash and three octal digits. */
static char *
unescape (const char *field)
{
  GString *text = g_string_new (NULL);

  for (const char *c = field; *c != '\0'; c++) {
    gboolean is_escape = c[0] == '\\' && c[1] >= '0' && c[1] <= '3' && c[2] >= '0' && c[2] <= '7' &&
                         c[3] >= '0' && c[3] <= '7';
    if (is_escape) {
      g_string_append_c (text, (char)((c[1] - '0') * 64 + (c[2] - '0') * 8 + (c[3] - '0')));
      c += 3;
    } else {
      g_string_append_c (text, *c);
    }
  }
  return g_string_free (text, FALSE);
}

/* number parent major:minor root point options [optional]… - type source options; NULL where a line
 * is not of this form. */
static Mount *
mount_parse (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, " ", -1);
  guint n = g_strv_length (fields);
  guint dash = 6;
  Mount *mount = NULL;

  while (dash < n && strcmp (fields[dash], "-") != 0)
    dash++;
  if (dash + 2 >= n)
    return NULL;
  mount = g_new0 (Mount, 1);
  mount->parent = g_strdup (fields[1]);
  mount->point = unescape (fields[4]);
  mount->type = unescape (fields[dash + 1]);
  mount->source = unescape (fields[dash + 2]);
  return mount;
}

static gboolean
is_within (const char *path, const char *point)
{
  gsize length = strlen (point);

  if (strcmp (point, "/") == 0)
    return path[0] == '/';
  return strncmp (path, point, length) == 0 && (path[length] == '\0' || path[length] == '/');
}

/* Only mounts on the way to @path are kept. */
static GPtrArray *
parse_mounts_of_path (const char *mountinfo, const char *path)
{
  GPtrArray *mounts = g_ptr_array_new_with_free_func ((GDestroyNotify)mount_free);
  g_auto (GStrv) lines = g_strsplit (mountinfo, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    Mount *mount = mount_parse (lines[i]);
    if (mount != NULL && is_within (path, mount->point))
      g_ptr_array_add (mounts, mount);
    else if (mount != NULL)
      mount_free (mount);
  }
  return mounts;
}

/* Of two mounts that stand on the same one, the way to @path meets the one with the shorter point
 * first and never comes to the other: that one was mounted earlier and is covered now. */
static gboolean
is_covered (GPtrArray *mounts, const Mount *mount)
{
  for (guint i = 0; i < mounts->len; i++) {
    const Mount *other = g_ptr_array_index (mounts, i);
    if (strcmp (other->parent, mount->parent) == 0 && strcmp (other->point, "/") != 0 &&
        strlen (other->point) < strlen (mount->point))
      return TRUE;
  }
  return FALSE;
}

/* The longest mount point, and of equal ones the last, which lies on top. */
static const Mount *
find_mount (GPtrArray *mounts)
{
  const Mount *best = NULL;

  for (guint i = 0; i < mounts->len; i++) {
    const Mount *mount = g_ptr_array_index (mounts, i);
    if ((best == NULL || strlen (mount->point) >= strlen (best->point)) &&
        !is_covered (mounts, mount))
      best = mount;
  }
  return best;
}

/* "scheme://…", "//host/share", "host:/folder", "user@host:folder" */
static gboolean
is_remote_source (const char *source)
{
  const char *colon = strchr (source, ':');
  const char *slash = strchr (source, '/');
  const char *at = strchr (source, '@');

  if (g_str_has_prefix (source, "//") || strstr (source, "://") != NULL)
    return TRUE;
  if (colon == NULL || (slash != NULL && slash < colon))
    return FALSE;
  return colon[1] == '/' || (at != NULL && at < colon);
}

static gboolean
is_network (const Mount *mount)
{
  if (g_strv_contains (network_types, mount->type))
    return TRUE;
  if (g_str_has_prefix (mount->type, "fuse.") &&
      g_strv_contains (network_fuse_types, mount->type + strlen ("fuse.")))
    return TRUE;
  return g_str_has_prefix (mount->type, "fuse") && is_remote_source (mount->source);
}

/**
 * jz_mounts_is_network:
 * @mountinfo: text of a mountinfo file (proc(5))
 * @path: an absolute path without links
 * @kind: (out) (optional) (nullable): type of the file system there; %NULL where none was found
 *
 * Whether @path lies on a file system of another machine: NFS, SMB and their kind, distributed file
 * systems, shared folders of a virtual machine, and FUSE programs that are known to fetch from
 * elsewhere or whose source names a host. The longest mount point that leads to @path counts, of
 * equal ones the last. Lines that cannot be read are passed over.
 *
 * Returns: whether a store must not lie there
 */
gboolean
jz_mounts_is_network (const char *mountinfo, const char *path, char **kind)
{
  g_autoptr (GPtrArray) mounts = NULL;
  const Mount *mount = NULL;

  g_return_val_if_fail (mountinfo != NULL && path != NULL, FALSE);

  mounts = parse_mounts_of_path (mountinfo, path);
  mount = find_mount (mounts);
  if (kind != NULL)
    *kind = mount == NULL ? NULL : g_strdup (mount->type);
  return mount != NULL && is_network (mount);
}

/* What does not exist yet will be made on the file system of what does. */
static char *
resolve (const char *path, GError **error)
{
  g_autofree char *here =
    g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (".", path, NULL);

  for (;;) {
    char *real = realpath (here, NULL);
    char *parent = NULL;
    if (real != NULL)
      return real;
    if (errno != ENOENT || strcmp (here, "/") == 0 || strcmp (here, ".") == 0) {
      jz_store_error_set_from_errno (error, errno, path);
      return NULL;
    }
    parent = g_path_get_dirname (here);
    g_free (here);
    here = parent;
  }
}

/**
 * jz_folder_refuse_network:
 * @path: a folder that exists or is going to be made
 *
 * Refuses a place that jz_mounts_is_network() finds unfit, by what this system has mounted now.
 *
 * Returns: whether a store may lie at @path; %JZ_STORE_ERROR_NETWORK where it must not
 */
gboolean
jz_folder_refuse_network (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *real = NULL;
  g_autofree char *mountinfo = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  real = resolve (path, error);
  if (real == NULL)
    return FALSE;
  bytes = jz_file_read ("/proc/self/mountinfo", 16 * 1024 * 1024, error);
  if (bytes == NULL)
    return FALSE;
  mountinfo = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (!jz_mounts_is_network (mountinfo, real, &kind))
    return TRUE;
  name = g_filename_display_name (path);
  g_set_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NETWORK,
               _ ("The folder “%1$s” lies on a network share (%2$s), where a power cut or a second "
                  "computer would damage the record. Choose a folder on a disk of this computer."),
               name, kind);
  return FALSE;
}
