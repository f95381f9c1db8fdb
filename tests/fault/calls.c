/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Changes a folder by every call that the shim knows (`calls FOLDER all`), or by one that goes
 * around it (`calls FOLDER stream`, …): for test_shim.py. */

static void
need (bool is_done, const char *what)
{
  if (!is_done) {
    fprintf (stderr, "%s: %s\n", what, strerror (errno));
    exit (2);
  }
}

#define NEED(done) need (done, #done)

static int
make (const char *name)
{
  int fd = open (name, O_RDWR | O_CREAT | O_EXCL, 0640);
  need (fd >= 0, name);
  return fd;
}

static void
write_in_every_way (void)
{
  struct iovec parts[] = { { (void *)"one", 3 }, { (void *)"two", 3 } };
  int fd = make ("written");
  int at_end;

  NEED (write (fd, "0123456789", 10) == 10);
  NEED (pwrite (fd, "ab", 2, 4) == 2);
  NEED (pwrite (fd, "far", 3, 70000) == 3);
  NEED (writev (fd, parts, 2) == 6);
  NEED (pwritev (fd, parts, 2, 30) == 6);
  NEED (pwritev2 (fd, parts, 2, 40, 0) == 6);
  at_end = open ("written", O_WRONLY | O_APPEND);
  NEED (at_end >= 0 && write (at_end, "end", 3) == 3);
  NEED (ftruncate (fd, 65000) == 0 && truncate ("written", 66000) == 0);
  NEED (fallocate (fd, 0, 66000, 1000) == 0 && posix_fallocate (fd, 0, 68000) == 0);
  NEED (fchmod (fd, 0400) == 0 && fsync (fd) == 0 && fdatasync (fd) == 0);
  close (at_end);
  close (fd);
}

static void
copy_in_the_kernel (void)
{
  off_t from = 2;
  off64_t to = 100;
  int fd = make ("source");
  int copy = make ("copied");

  NEED (write (fd, "what is copied", 14) == 14);
  NEED (sendfile (copy, fd, &from, 5) == 5);
  from = 0;
  NEED (copy_file_range (fd, &from, copy, NULL, 4, 0) == 4);
  NEED (copy_file_range (fd, &from, copy, &to, 6, 0) == 6);
  close (fd);
  close (copy);
}

static void
make_and_cut (void)
{
  int fd = creat ("cut", 0600);

  NEED (fd >= 0 && write (fd, "content", 7) == 7);
  close (fd);
  fd = open ("cut", O_WRONLY | O_TRUNC);
  NEED (fd >= 0 && write (fd, "new", 3) == 3);
  close (fd);
  fd = open ("cut", O_WRONLY | O_CREAT, 0600); /* is there: changes nothing */
  NEED (fd >= 0);
  close (fd);
}

static void
change_names (void)
{
  int folder;
  int fd;

  NEED (mkdir ("folder", 0750) == 0 && mkdir ("folder/", 0750) != 0);
  folder = open ("folder", O_RDONLY | O_DIRECTORY);
  NEED (folder >= 0 && mkdirat (folder, "inner", 0700) == 0);
  close (make ("a"));
  fd = openat (folder, "b", O_WRONLY | O_CREAT, 0600);
  NEED (fd >= 0);
  close (fd);
  NEED (rename ("a", "folder/a") == 0 && renameat (folder, "b", AT_FDCWD, "b") == 0);
  NEED (renameat2 (AT_FDCWD, "b", folder, "inner/b", RENAME_NOREPLACE) == 0);
  NEED (link ("folder/a", "linked") == 0 && linkat (folder, "inner/b", folder, "again", 0) == 0);
  NEED (chmod ("linked", 0444) == 0 && fchmodat (folder, "again", 0440, 0) == 0);
  NEED (rename ("linked", "folder/again") == 0);
  close (make ("gone"));
  NEED (unlink ("gone") == 0 && unlink ("gone") != 0);
  close (make ("gone"));
  NEED (remove ("gone") == 0 && mkdir ("gone", 0700) == 0 && rmdir ("gone") == 0);
  NEED (mkdir ("gone", 0700) == 0 && unlinkat (AT_FDCWD, "gone", AT_REMOVEDIR) == 0);
  NEED (rename ("folder", "./renamed/") == 0);
  NEED (fsync (folder) == 0);
  close (folder);
}

/* A file that has no name any more, and memory that is not on disk. */
static void
write_what_goes (void)
{
  int fd = make ("deleted");
  int memory = make ("x-shm");

  NEED (unlink ("deleted") == 0 && write (fd, "unseen", 6) == 6);
  NEED (ftruncate (memory, 4096) == 0);
  NEED (mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0) != MAP_FAILED);
  close (fd);
  close (memory);
}

static void
write_around (const char *how)
{
  int fd = make ("around");
  FILE *stream;

  NEED (ftruncate (fd, 4096) == 0);
  if (strcmp (how, "stream") == 0) {
    stream = fopen ("around", "w");
    NEED (stream != NULL && fputs ("text", stream) >= 0 && fclose (stream) == 0);
  } else if (strcmp (how, "handle") == 0) {
    stream = fdopen (dup (fd), "w");
    NEED (stream != NULL && fputs ("text", stream) >= 0 && fclose (stream) == 0);
  } else if (strcmp (how, "memory") == 0) {
    NEED (mmap (NULL, 4096, PROT_WRITE, MAP_SHARED, fd, 0) != MAP_FAILED);
  } else if (strcmp (how, "system") == 0) {
    NEED (syscall (SYS_write, fd, "text", 4) == 4);
  } else if (strcmp (how, "name") == 0) {
    NEED (syscall (SYS_unlinkat, AT_FDCWD, "around", 0) == 0);
  } else if (strcmp (how, "mode") == 0) {
    NEED (syscall (SYS_fchmod, fd, 0444) == 0);
  } else if (strcmp (how, "symlink") == 0) {
    NEED (symlink ("around", "pointer") == 0);
  } else {
    need (false, how);
  }
  close (fd);
}

int
main (int argc, char **argv)
{
  if (argc != 3 || chdir (argv[1]) != 0)
    return 1;
  if (strcmp (argv[2], "all") != 0) {
    write_around (argv[2]);
    return 0;
  }
  write_in_every_way ();
  copy_in_the_kernel ();
  make_and_cut ();
  change_names ();
  write_what_goes ();
  return 0;
}
