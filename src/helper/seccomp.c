/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helper/confine.h"

/* A list of what a decoder never needs, written as instructions of the kernel's filter machine: all
 * of it fails with EPERM, as if the user had no right to it. It also holds where bubblewrap does
 * not work. Threads are needed, processes are not; files are read, never written. */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#elif defined(__loongarch64)
#define ARCHITECTURE 0xc0000102u
#endif

#ifdef ARCHITECTURE

#define X32_BIT 0x40000000u
#define MAX_INSTRUCTIONS 256

static const int refused[] = {
  SYS_execve,
  SYS_execveat,
  SYS_ptrace,
  SYS_kill,
  SYS_tkill,
  SYS_pidfd_send_signal,
  SYS_process_vm_readv,
  SYS_process_vm_writev,
  SYS_pidfd_getfd,
  SYS_pidfd_open,
  /* the network */
  SYS_socket,
  SYS_connect,
  SYS_bind,
  SYS_listen,
  SYS_accept,
  SYS_accept4,
  /* the file system */
  SYS_mount,
  SYS_umount2,
  SYS_pivot_root,
  SYS_chroot,
  SYS_unshare,
  SYS_setns,
  SYS_fchmod,
  SYS_fchmodat,
  SYS_fchown,
  SYS_fchownat,
  SYS_fsetxattr,
  SYS_setxattr,
  SYS_lsetxattr,
  SYS_fremovexattr,
  SYS_removexattr,
  SYS_lremovexattr,
  SYS_utimensat,
  SYS_truncate,
  SYS_mkdirat,
  SYS_mknodat,
  SYS_unlinkat,
  SYS_symlinkat,
  SYS_linkat,
  SYS_renameat2,
  SYS_open_by_handle_at,
  SYS_name_to_handle_at,
  SYS_fanotify_init,
  SYS_memfd_secret,
  SYS_copy_file_range,
  SYS_splice,
#ifdef SYS_open
  SYS_chmod,
  SYS_chown,
  SYS_lchown,
  SYS_utime,
  SYS_utimes,
  SYS_futimesat,
  SYS_mkdir,
  SYS_mknod,
  SYS_unlink,
  SYS_rmdir,
  SYS_symlink,
  SYS_link,
  SYS_rename,
  SYS_creat,
  SYS_fork,
  SYS_vfork,
  SYS_ioperm,
  SYS_iopl,
  SYS_modify_ldt,
#endif
#ifdef SYS_renameat
  SYS_renameat,
#endif
  /* the kernel */
  SYS_bpf,
  SYS_perf_event_open,
  SYS_keyctl,
  SYS_add_key,
  SYS_request_key,
  SYS_io_uring_setup,
  SYS_io_uring_enter,
  SYS_io_uring_register,
  SYS_userfaultfd,
  SYS_ioctl,
  SYS_init_module,
  SYS_finit_module,
  SYS_delete_module,
  SYS_kexec_load,
  SYS_reboot,
  SYS_swapon,
  SYS_swapoff,
  SYS_acct,
  SYS_quotactl,
  SYS_syslog,
  SYS_sethostname,
  SYS_setdomainname,
  SYS_clock_settime,
  SYS_settimeofday,
  SYS_adjtimex,
  SYS_clock_adjtime,
  SYS_personality,
  SYS_vhangup,
  SYS_lookup_dcookie,
  SYS_move_pages,
  SYS_migrate_pages,
  SYS_setrlimit,
};

typedef struct {
  struct sock_filter code[MAX_INSTRUCTIONS];
  guint n;
} Program;

static void
put (Program *self, guint16 code, guint32 k, guint8 if_true, guint8 if_false)
{
  g_assert (self->n < MAX_INSTRUCTIONS);
  self->code[self->n++] = (struct sock_filter){ code, if_true, if_false, k };
}

static void
load (Program *self, gsize offset)
{
  put (self, BPF_LD | BPF_W | BPF_ABS, (guint32)offset, 0, 0);
}

static void
answer (Program *self, guint32 what)
{
  put (self, BPF_RET | BPF_K, what, 0, 0);
}

static void
refuse_when (Program *self, guint16 test, guint32 value, int number)
{
  put (self, BPF_JMP | test | BPF_K, value, 0, 1);
  answer (self, SECCOMP_RET_ERRNO | (guint32)number);
}

/* If the call is @call, its argument @position is looked at: any of @bits refuses it. */
static void
refuse_bits (Program *self, int call, guint position, guint32 bits)
{
  load (self, offsetof (struct seccomp_data, nr));
  put (self, BPF_JMP | BPF_JEQ | BPF_K, (guint32)call, 0, 3);
  load (self, offsetof (struct seccomp_data, args) + position * sizeof (guint64));
  refuse_when (self, BPF_JSET, bits, EPERM);
}

/* A process is cloned without CLONE_THREAD. */
static void
refuse_processes (Program *self)
{
  load (self, offsetof (struct seccomp_data, nr));
  put (self, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3);
  load (self, offsetof (struct seccomp_data, args));
  put (self, BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0);
  answer (self, SECCOMP_RET_ERRNO | EPERM);
}

static void
write_program (Program *self)
{
  load (self, offsetof (struct seccomp_data, arch));
  put (self, BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  answer (self, SECCOMP_RET_KILL_PROCESS);
  load (self, offsetof (struct seccomp_data, nr));
#ifdef __x86_64__
  put (self, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
  answer (self, SECCOMP_RET_KILL_PROCESS);
#endif
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    refuse_when (self, BPF_JEQ, (guint32)refused[i], EPERM);
  /* Its arguments cannot be looked at; the C library then takes clone(). */
  refuse_when (self, BPF_JEQ, SYS_clone3, ENOSYS);
  refuse_when (self, BPF_JEQ, SYS_openat2, ENOSYS);
  refuse_processes (self);
  refuse_bits (self, SYS_openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);
#ifdef SYS_open
  refuse_bits (self, SYS_open, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC);
#endif
  answer (self, SECCOMP_RET_ALLOW);
}

/**
 * jz_confine_calls:
 *
 * Gives up starting processes, the network, writing to the file system and everything of the kernel
 * that a decoder does not need, for ever.
 *
 * Returns: whether the kernel took it
 */
gboolean
jz_confine_calls (void)
{
  g_autofree Program *program = g_new0 (Program, 1);
  struct sock_fprog filter;

  write_program (program);
  filter = (struct sock_fprog){ (unsigned short)program->n, program->code };
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter) == 0;
}

#else

gboolean
jz_confine_calls (void)
{
  return FALSE;
}

#endif
