/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <unistd.h>

#include "store/error.h"
#include "store/files.h"

#include "folder.h"

#define ROOT "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n"
#define HOME "31 27 8:3 / /home rw,relatime shared:4 - xfs /dev/sda3 rw\n"

typedef struct {
  const char *mountinfo;
  const char *path;
  gboolean is_network;
  const char *kind;
} Case;

static void
check_cases (const Case *cases, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    g_autofree char *kind = NULL;
    g_test_message ("case %d: %s", (int)i, cases[i].path);
    g_assert_cmpint (jz_mounts_is_network (cases[i].mountinfo, cases[i].path, &kind), ==,
                     cases[i].is_network);
    g_assert_cmpstr (kind, ==, cases[i].kind);
    g_assert_cmpint (jz_mounts_is_network (cases[i].mountinfo, cases[i].path, NULL), ==,
                     cases[i].is_network);
  }
}

/* Which mount a path lies on. */
static void
test_places (void)
{
  static const Case cases[] = {
    { ROOT, "/home/x", FALSE, "ext4" },
    { ROOT HOME, "/home/x", FALSE, "xfs" },
    { ROOT HOME, "/home", FALSE, "xfs" },
    { ROOT HOME, "/homes/x", FALSE, "ext4" },
    { ROOT HOME, "/", FALSE, "ext4" },
    /* the longest mount point wins, wherever its line stands */
    { ROOT HOME "40 31 0:50 / /home/x/share rw - nfs4 server:/x rw\n", "/home/x/share/store", TRUE,
      "nfs4" },
    { ROOT HOME "40 31 0:50 / /home/x/share rw - nfs4 server:/x rw\n", "/home/x/shared", FALSE,
      "xfs" },
    { "40 31 0:50 / /home/x/share rw - nfs server:/x rw\n" HOME ROOT, "/home/x/share", TRUE,
      "nfs" },
    { ROOT "30 27 0:50 / /data rw - cifs //server/data rw\n"
           "32 30 8:5 / /data/local rw - ext4 /dev/sdb1 rw\n",
      "/data/local/store", FALSE, "ext4" },
    { ROOT "30 27 0:50 / /data rw - cifs //server/data rw\n"
           "32 30 8:5 / /data/local rw - ext4 /dev/sdb1 rw\n",
      "/data/store", TRUE, "cifs" },
    /* what was mounted later lies on top */
    { ROOT "30 27 8:5 / /data rw - ext4 /dev/sdb1 rw\n"
           "32 30 0:50 / /data rw - cifs //server/data rw\n",
      "/data/store", TRUE, "cifs" },
    { ROOT "30 27 0:50 / /data rw - cifs //server/data rw\n"
           "32 30 8:5 / /data rw - ext4 /dev/sdb1 rw\n",
      "/data/store", FALSE, "ext4" },
    { "1 1 0:2 / / rw - rootfs rootfs rw\n" ROOT, "/srv", FALSE, "ext4" },
    /* a mount over the parent of a mount point hides it */
    { ROOT "30 27 8:5 / /srv/data rw - ext4 /dev/sdb1 rw\n"
           "32 27 0:50 / /srv rw - nfs4 server:/srv rw\n",
      "/srv/data/store", TRUE, "nfs4" },
    { ROOT "30 27 0:50 / /srv/data rw - nfs4 server:/srv rw\n"
           "32 27 8:5 / /srv rw - ext4 /dev/sdb1 rw\n",
      "/srv/data/store", FALSE, "ext4" },
    /* but nothing hides behind our own root */
    { ROOT "30 1 0:50 / /data rw - nfs4 server:/x rw\n", "/data/store", TRUE, "nfs4" },
    /* any number of optional fields */
    { "27 1 254:0 / / rw shared:1 master:2 propagate_from:3 unbindable - nfs s:/ rw\n", "/x", TRUE,
      "nfs" },
    { "27 1 254:0 / / rw - nfs s:/ rw", "/x", TRUE, "nfs" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_escapes (void)
{
  static const Case cases[] = {
    { ROOT "30 27 0:50 / /mnt/my\\040share rw - cifs //s/x rw\n", "/mnt/my share/store", TRUE,
      "cifs" },
    { ROOT "30 27 0:50 / /mnt/my\\040share rw - cifs //s/x rw\n", "/mnt/my\\040share/store", FALSE,
      "ext4" },
    { ROOT "30 27 0:50 / /mnt/a\\011b\\012c\\134d\\043e rw - nfs s:/x rw\n",
      "/mnt/a\tb\nc\\d#e/store", TRUE, "nfs" },
    { ROOT "30 27 0:50 / /mnt/\\04 rw - nfs s:/x rw\n", "/mnt/\\04/x", TRUE, "nfs" },
    { ROOT "30 27 0:50 / /mnt/共享\\040盘 rw - smb3 //服务器/共享 rw\n", "/mnt/共享 盘/卷宗", TRUE,
      "smb3" },
    { ROOT "30 27 0:50 / /m rw - fuse.s\\040x sshfs#user@host:/x rw\n", "/m/x", TRUE, "fuse.s x" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_types (void)
{
  static const struct {
    const char *type;
    const char *source;
    gboolean is_network;
  } cases[] = {
    { "nfs", "server:/x", TRUE },
    { "nfs4", "server:/x", TRUE },
    { "cifs", "//server/x", TRUE },
    { "smb3", "//server/x", TRUE },
    { "smbfs", "//server/x", TRUE },
    { "ncpfs", "x", TRUE },
    { "afs", "none", TRUE },
    { "ceph", "10.0.0.1:6789:/", TRUE },
    { "coda", "none", TRUE },
    { "glusterfs", "server:/x", TRUE },
    { "lustre", "server@tcp:/x", TRUE },
    { "beegfs", "beegfs_nodev", TRUE },
    { "ocfs2", "/dev/sdb1", TRUE },
    { "9p", "host", TRUE },
    { "vboxsf", "share", TRUE },
    { "fuse.vmhgfs-fuse", "vmhgfs-fuse", TRUE },
    { "fuse.sshfs", "user@host:/x", TRUE },
    { "fuse.sshfs", "x", TRUE },
    { "fuse.davfs", "x", TRUE },
    { "fuse.rclone", "remote:bucket", TRUE },
    { "fuse.s3fs", "s3fs", TRUE },
    { "fuse.gvfsd-fuse", "gvfsd-fuse", TRUE },
    { "fuse.glusterfs", "server:/x", TRUE },
    { "fuse.seadrive", "seadrive", TRUE },
    /* not in our list, known by what they mount */
    { "fuse", "https://dav.example.org/x", TRUE },
    { "fuse", "sshfs#user@host:x", TRUE },
    { "fuse.unheard-of", "host:/x", TRUE },
    { "fuse.unheard-of", "//host/x", TRUE },
    { "ext4", "/dev/sda1", FALSE },
    { "xfs", "/dev/mapper/x", FALSE },
    { "btrfs", "/dev/sda1", FALSE },
    { "zfs", "pool/home:x", FALSE },
    { "tmpfs", "tmpfs", FALSE },
    { "overlay", "overlay", FALSE },
    { "vfat", "/dev/sdb1", FALSE },
    { "exfat", "/dev/sdb1", FALSE },
    { "ntfs3", "/dev/sdb1", FALSE },
    { "virtiofs", "home", FALSE },
    { "ecryptfs", "/home/.ecryptfs/x", FALSE },
    { "fuseblk", "/dev/sdb1", FALSE },
    { "fuse.ntfs-3g", "/dev/sdb1", FALSE },
    { "fuse.exfat", "/dev/sdb1", FALSE },
    { "fuse.gocryptfs", "/home/x/safe", FALSE },
    { "fuse.mergerfs", "mnt/a:mnt/b", FALSE },
    { "fuse.portal", "portal", FALSE },
    { "fuse.dlnfs", "dlnfs", FALSE },
    { "fuse", "/dev/fuse", FALSE },
    /* only a whole name counts */
    { "nfsd", "nfsd", FALSE },
    { "fuse.sshfsx", "x", FALSE },
    { "cifs2", "x", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
      g_strdup_printf (ROOT "30 27 0:50 / /mnt rw - %s %s rw\n", cases[i].type, cases[i].source);
    Case one = { text, "/mnt/store", cases[i].is_network, cases[i].type };
    check_cases (&one, 1);
    one = (Case){ text, "/other", FALSE, "ext4" };
    check_cases (&one, 1);
  }
}

/* Lines that are not of the form are passed over, never read past their end. */
static void
test_malformed (void)
{
  static const Case cases[] = {
    { "", "/x", FALSE, NULL },
    { "\n\n", "/x", FALSE, NULL },
    { "27 1 254:0 / / rw\n", "/x", FALSE, NULL },
    { "27 1 254:0 / / rw -\n", "/x", FALSE, NULL },
    { "27 1 254:0 / / rw - nfs\n", "/x", FALSE, NULL },
    { "- - - - - - - nfs s:/\n", "/x", FALSE, NULL },
    { "27 1 254:0 / / - nfs s:/ rw\n", "/x", FALSE, NULL },
    { "nfs / \\\n" ROOT, "/x", FALSE, "ext4" },
    { ROOT "30 27 0:50 / \\ rw - nfs s:/x rw\n", "/x", FALSE, "ext4" },
    { ROOT "30 27 0:50 /  rw - nfs s:/x rw\n", "/x", FALSE, "ext4" },
    { ROOT "30 27 0:50 / relative rw - nfs s:/x rw\n", "/x", FALSE, "ext4" },
  };

  check_cases (cases, G_N_ELEMENTS (cases));
}

/* Any cut of a good text is answered, too. */
static void
test_cut (void)
{
  static const char text[] = ROOT HOME "30 31 0:50 / /home/my\\040share rw - nfs4 s:/x rw\n";
  gsize complete = strlen (text) - strlen (" rw\n");

  for (gsize length = 0; length < sizeof text; length++) {
    g_autofree char *cut = g_strndup (text, length);
    gboolean is_network = jz_mounts_is_network (cut, "/home/my share/store", NULL);
    if (length >= complete)
      g_assert_true (is_network);
    if (length < strlen (ROOT HOME "30 31 0:50 / /home/my\\040share rw - nfs4 "))
      g_assert_false (is_network);
  }
}

static void
test_this_system (void)
{
  g_autoptr (TestFolder) folder = folder_new ();
  g_autofree char *deep = g_build_filename (folder, "not", "there", "yet", NULL);
  g_autofree char *loop = g_build_filename (folder, "loop", NULL);
  g_autofree char *inside = g_build_filename (loop, "store", NULL);
  g_autofree char *file = folder_write (folder, "file", "", 0);
  g_autofree char *below = g_build_filename (file, "store", NULL);
  const char *const places[] = { folder, deep, ".", "not/there/yet", "/" };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GError) error = NULL;
    gboolean allowed = jz_folder_refuse_network (places[i], &error);
    /* Whoever builds this may have put the tree on a share. */
    if (!allowed)
      g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_NETWORK);
    else
      g_assert_no_error (error);
  }

  g_assert_cmpint (symlink ("loop", loop), ==, 0);
  for (int i = 0; i < 2; i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (jz_folder_refuse_network (i == 0 ? inside : below, &error));
    g_assert_error (error, JZ_STORE_ERROR, JZ_STORE_ERROR_IO);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/mounts/places", test_places);
  g_test_add_func ("/store/mounts/escapes", test_escapes);
  g_test_add_func ("/store/mounts/types", test_types);
  g_test_add_func ("/store/mounts/malformed", test_malformed);
  g_test_add_func ("/store/mounts/cut", test_cut);
  g_test_add_func ("/store/mounts/this-system", test_this_system);
  return g_test_run ();
}
