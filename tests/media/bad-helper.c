/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "helper/confine.h"
#include "helper/serve.h"

/* A helper that was taken over by a file: what it does is what the file says. The first line names
 * it; "escape" tries to reach outside and answers with the names of what worked. */

#define ROOM 4096

typedef struct {
  JzServe *serve;
  guint32 serial;
  int file;
  int memory;
  char **lines;
} Order;

static void
answer_json (Order *order, const char *json)
{
  g_assert_cmpint (pwrite (order->memory, json, strlen (json), 0), ==, (gssize)strlen (json));
  jz_serve_done (order->serve, order->serial, (gint64)strlen (json), 0, 0, 0);
}

static void
answer_well (Order *order)
{
  answer_json (order, "{\"kind\":\"other\",\"odd\":[],\"streams\":[]}");
}

static void
hang (Order *order)
{
  for (;;)
    sleep (1);
}

static void
stop (Order *order)
{
  raise (SIGSTOP);
  hang (order);
}

static void
crash (Order *order)
{
  volatile int *nowhere = NULL;

  /* Otherwise a sanitizer reports it at length. */
  signal (SIGSEGV, SIG_DFL);
  *nowhere = 1;
}

static void
fill_memory (Order *order)
{
  /* Asking for it is enough: what is bounded is not what is used but what could be. */
  for (;;)
    g_malloc (16 << 20);
}

static void
send_garbage (Order *order)
{
  (void)!write (3, "garbage", 7);
  hang (order);
}

static void
send_giant (Order *order)
{
  g_autofree char *bytes = g_malloc0 (100000);

  (void)!write (3, bytes, 100000);
  hang (order);
}

static void
send_handles (Order *order)
{
  for (;;)
    jz_serve_answer (order->serve, &(JzMessage){ .type = JZ_MESSAGE_PONG,
                                                 .serial = order->serial,
                                                 .handles = { order->file, order->memory },
                                                 .n_handles = 2 });
}

static void
send_unasked (Order *order)
{
  jz_serve_done (order->serve, order->serial + 1, 1, 2, 3, 4);
  hang (order);
}

static void
send_other_type (Order *order)
{
  jz_serve_answer (order->serve, &(JzMessage){ .type = JZ_MESSAGE_HELLO, .serial = order->serial });
  hang (order);
}

static void
send_odd_failure (Order *order)
{
  jz_serve_fail (order->serve, order->serial, (JzMediaError)-5, "\033[2J");
  hang (order);
}

static void
send_too_much (Order *order)
{
  jz_serve_done (order->serve, order->serial, G_MAXINT64, G_MAXINT64, G_MAXINT64, -1);
}

static void
send_no_json (Order *order)
{
  answer_json (order, "{\"kind\":\"photo\",\"kind\":\"video\"}");
}

static void
send_odd_json (Order *order)
{
  answer_json (order, "{\"kind\":\"photo\",\"orientation\":17}");
}

static void
shrink (Order *order)
{
  if (ftruncate (order->memory, 0) == 0)
    answer_json (order, "{\"kind\":\"video\",\"odd\":[],\"streams\":[]}");
  else
    send_too_much (order);
}

static void
end (Order *order)
{
  _exit (3);
}

static void
close_socket (Order *order)
{
  close (3);
  hang (order);
}

/* Escaping: each answers whether it worked. */

static gboolean
can_open (const char *path, int flags)
{
  int handle = open (path, flags | O_CLOEXEC, 0600);

  if (handle >= 0)
    close (handle);
  return handle >= 0;
}

static gboolean
try_network (Order *order)
{
  static const int families[] = { AF_INET, AF_INET6, AF_UNIX, AF_NETLINK };

  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    int handle = socket (families[i], SOCK_DGRAM, 0);
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port = htons (9),
                                   .sin_addr = { htonl (0x08080808) } };

    if (handle < 0)
      continue;
    /* A datagram for a machine outside needs a way there. */
    if (families[i] == AF_INET &&
        sendto (handle, "x", 1, 0, (struct sockaddr *)&address, sizeof address) == 1)
      return TRUE;
    close (handle);
  }
  return FALSE;
}

static gboolean
try_socket (Order *order)
{
  int handle = socket (AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gboolean is_connected;

  if (handle < 0)
    return FALSE;
  g_strlcpy (address.sun_path, order->lines[2], sizeof address.sun_path);
  is_connected = connect (handle, (struct sockaddr *)&address, sizeof address) == 0;
  close (handle);
  return is_connected;
}

static gboolean
try_read (Order *order)
{
  return can_open (order->lines[1], O_RDONLY);
}

static gboolean
try_passwords (Order *order)
{
  return can_open ("/etc/passwd", O_RDONLY);
}

static gboolean
try_list (Order *order)
{
  static const char *const folders[] = { "/home", "/root", "/proc", "/sys", "/var/lib" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    DIR *dir = opendir (folders[i]);

    if (dir != NULL) {
      closedir (dir);
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
try_write (Order *order)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", order->file);
  g_autofree char *task = g_strdup_printf ("/proc/thread-self/fd/%d", order->file);
  void *memory = mmap (NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, order->file, 0);

  return write (order->file, "x", 1) == 1 || pwrite (order->file, "x", 1, 0) == 1 ||
         ftruncate (order->file, 0) == 0 || can_open (path, O_WRONLY) || can_open (task, O_RDWR) ||
         can_open (order->lines[1], O_WRONLY) || memory != MAP_FAILED;
}

static gboolean
try_mode (Order *order)
{
  struct timespec times[2] = { { 0 } };

  return fchmod (order->file, 0777) == 0 || fchown (order->file, 1, 1) == 0 ||
         futimens (order->file, times) == 0;
}

static gboolean
try_make (Order *order)
{
  return can_open ("/tmp/made", O_WRONLY | O_CREAT) || can_open ("/usr/made", O_WRONLY | O_CREAT) ||
         mkdir ("/tmp/folder", 0700) == 0 || symlink ("a", "/tmp/link") == 0 ||
         unlink (order->lines[1]) == 0 || rename (order->lines[1], "/tmp/other") == 0;
}

static gboolean
try_fork (Order *order)
{
  pid_t pid = (pid_t)syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

  if (pid == 0)
    _exit (0);
  if (pid > 0)
    waitpid (pid, NULL, 0);
  return pid > 0 || vfork () > 0;
}

static gboolean
try_execute (Order *order)
{
  char *arguments[] = { NULL };

  /* It would not come back. */
  return execve ("/usr/bin/nonexistent", arguments, NULL) < 0 && errno == ENOENT;
}

static gboolean
try_others (Order *order)
{
  pid_t parent = (pid_t)g_ascii_strtoll (order->lines[3], NULL, 10);
  char byte;
  struct iovec here = { &byte, 1 };
  struct iovec there = { (void *)&byte, 1 };

  return kill (parent, 0) == 0 || ptrace (PTRACE_ATTACH, parent, NULL, NULL) == 0 ||
         process_vm_readv (parent, &here, 1, &there, 1, 0) == 1;
}

static gboolean
try_kernel (Order *order)
{
  return unshare (CLONE_NEWUSER) == 0 || syscall (SYS_bpf, 0, NULL, 0) == 0 ||
         syscall (SYS_keyctl, 0, 0, 0, 0, 0) >= 0 || syscall (SYS_io_uring_setup, 1, NULL) >= 0 ||
         (syscall (SYS_userfaultfd, 0) >= 0) ||
         (syscall (SYS_io_uring_setup, 1, NULL) < 0 && errno == EFAULT);
}

static gboolean
try_memory (Order *order)
{
  void *much =
    mmap (NULL, (gsize)1 << 30, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return much != MAP_FAILED;
}

static const struct {
  const char *name;
  gboolean (*attempt) (Order *order);
} attempts[] = {
  { "network", try_network }, { "socket", try_socket },       { "read", try_read },
  { "list", try_list },       { "passwords", try_passwords }, { "write", try_write },
  { "mode", try_mode },       { "make", try_make },           { "fork", try_fork },
  { "execute", try_execute }, { "others", try_others },       { "kernel", try_kernel },
  { "memory", try_memory },
};

static void
escape (Order *order)
{
  g_autoptr (GString) json = g_string_new ("{\"kind\":\"other\",\"odd\":[");
  gboolean is_first = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (attempts); i++)
    if (attempts[i].attempt (order)) {
      g_string_append_printf (json, "%s\"%s\"", is_first ? "" : ",", attempts[i].name);
      is_first = FALSE;
    }
  g_string_append (json, "],\"streams\":[]}");
  answer_json (order, json->str);
}

static void
confine_and_escape (Order *order)
{
  jz_confine_limits ();
  jz_confine_files ();
  jz_confine_calls ();
  escape (order);
}

static void
fill_bounded_memory (Order *order)
{
  jz_confine_limits ();
  fill_memory (order);
}

static const struct {
  const char *name;
  void (*act) (Order *order);
} acts[] = {
  { "well", answer_well },
  { "hang", hang },
  { "stop", stop },
  { "crash", crash },
  { "memory", fill_bounded_memory },
  { "garbage", send_garbage },
  { "giant", send_giant },
  { "handles", send_handles },
  { "unasked", send_unasked },
  { "other-type", send_other_type },
  { "odd-failure", send_odd_failure },
  { "too-much", send_too_much },
  { "no-json", send_no_json },
  { "odd-json", send_odd_json },
  { "shrink", shrink },
  { "end", end },
  { "close", close_socket },
  { "escape-bare", escape },
  { "escape", confine_and_escape },
};

static gpointer
act_in_thread (gpointer data)
{
  Order *order = data;

  for (guint i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (order->lines[0], acts[i].name) == 0)
      acts[i].act (order);
  return NULL;
}

static void
on_request (JzServe *serve, JzMessage *message, gpointer data)
{
  char text[ROOM] = { 0 };
  Order *order = g_new0 (Order, 1);

  order->serve = serve;
  order->serial = message->serial;
  order->file = jz_message_take_handle (message, 0);
  order->memory = jz_message_take_handle (message, 1);
  (void)!pread (order->file, text, sizeof text - 1, 0);
  order->lines = g_strsplit (text, "\n", -1);
  g_thread_unref (g_thread_new (NULL, act_in_thread, order));
}

int
main (int argc, char *argv[])
{
  JzServe *serve;

  if (argc > 1)
    return 0;
  serve = jz_serve_new (3);
  jz_serve_add (serve, JZ_MESSAGE_PROBE, JZ_MESSAGE_PAGE_TEXT, on_request, NULL);
  jz_serve_answer (serve, &(JzMessage){ .type = JZ_MESSAGE_HELLO, .a = JZ_MESSAGE_VERSION });
  jz_serve_run (serve);
  _exit (0);
}
