/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "media/cage.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config.h"

#include "base/error.h"

/* In the cage there is /usr for libraries and fonts, the helper itself, and the list of plugins
 * that GStreamer would otherwise make anew at each start; no home, no network, no /proc: through
 * /proc/self/fd the handle that was opened for reading could be opened for writing. */

#define HELPER_NAME "juanzong-media"
#define HELPER_INSIDE "/run/media"
#define FOLDER_INSIDE "/run/plugins"

static const char *const bindings[] = {
  "--ro-bind",
  "/usr",
  "/usr",
  "--symlink",
  "usr/lib",
  "/lib",
  "--symlink",
  "usr/lib64",
  "/lib64",
  "--ro-bind-try",
  "/etc/ld.so.cache",
  "/etc/ld.so.cache",
  "--ro-bind-try",
  "/etc/alternatives",
  "/etc/alternatives",
  "--ro-bind-try",
  "/etc/fonts",
  "/etc/fonts",
  "--ro-bind-try",
  "/var/cache/fontconfig",
  "/var/cache/fontconfig",
  "--dev",
  "/dev",
  "--tmpfs",
  "/tmp",
  "--dir",
  "/run",
};

struct _JzCage {
  gatomicrefcount references;
  GMutex lock;
  gboolean is_prepared;
  char *helper;
  char *bubblewrap; /* NULL: not caged */
  char *why_open;   /* then, a sentence */
  char *folder;     /* of the list of plugins; NULL: none could be made */
  char *list;       /* its name in there */
};

/**
 * jz_cage_new:
 *
 * Returns: (transfer full): a cage of which nothing is known yet
 */
JzCage *
jz_cage_new (void)
{
  JzCage *self = g_new0 (JzCage, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->lock);
  return self;
}

/**
 * jz_cage_ref:
 * @self: a cage
 *
 * Returns: (transfer full): the same
 */
JzCage *
jz_cage_ref (JzCage *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * jz_cage_unref:
 * @self: a cage
 */
void
jz_cage_unref (JzCage *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_mutex_clear (&self->lock);
  g_free (self->helper);
  g_free (self->bubblewrap);
  g_free (self->why_open);
  g_free (self->folder);
  g_free (self->list);
  g_free (self);
}

/* A program of the build tree takes the helper of that tree, wherever in it the program is. */
static char *
find_in_build_tree (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program != NULL ? g_path_get_dirname (program) : NULL;

  for (guint i = 0; folder != NULL && i < 5; i++) {
    g_autofree char *mark = g_build_filename (folder, "build.ninja", NULL);
    g_autofree char *helper = g_build_filename (folder, "src", "helper", HELPER_NAME, NULL);
    char *up;

    if (g_file_test (mark, G_FILE_TEST_EXISTS) && g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE))
      return g_steal_pointer (&helper);
    up = g_path_get_dirname (folder);
    g_free (folder);
    folder = up;
  }
  return NULL;
}

static gboolean
find_helper (JzCage *self, GError **error)
{
  const char *given = g_getenv ("JUANZONG_MEDIA");

  self->helper = given != NULL ? g_strdup (given) : find_in_build_tree ();
  if (self->helper == NULL)
    self->helper = g_strdup (JZ_HELPER);
  if (g_file_test (self->helper, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  g_propagate_error (error, jz_media_error_new (JZ_MEDIA_ERROR_NO_HELPER, NULL));
  return FALSE;
}

/* What is inside for as long as it runs; a list of plugins that is still to be written is given
 * with its folder open for writing. */
static GPtrArray *
begin_command (JzCage *self, gboolean may_write_list)
{
  GPtrArray *command = g_ptr_array_new_with_free_func (g_free);

  if (self->bubblewrap == NULL) {
    g_ptr_array_add (command, g_strdup (self->helper));
    return command;
  }
  g_ptr_array_add (command, g_strdup (self->bubblewrap));
  g_ptr_array_add (command, g_strdup ("--unshare-all"));
  g_ptr_array_add (command, g_strdup ("--die-with-parent"));
  g_ptr_array_add (command, g_strdup ("--new-session"));
  g_ptr_array_add (command, g_strdup ("--cap-drop"));
  g_ptr_array_add (command, g_strdup ("ALL"));
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    g_ptr_array_add (command, g_strdup (bindings[i]));
  if (self->folder != NULL) {
    g_ptr_array_add (command, g_strdup (may_write_list ? "--bind" : "--ro-bind"));
    g_ptr_array_add (command, g_strdup (self->folder));
    g_ptr_array_add (command, g_strdup (FOLDER_INSIDE));
  }
  g_ptr_array_add (command, g_strdup ("--ro-bind"));
  g_ptr_array_add (command, g_strdup (self->helper));
  g_ptr_array_add (command, g_strdup (HELPER_INSIDE));
  g_ptr_array_add (command, g_strdup ("--chdir"));
  g_ptr_array_add (command, g_strdup ("/"));
  g_ptr_array_add (command, g_strdup ("--"));
  g_ptr_array_add (command, g_strdup (HELPER_INSIDE));
  return command;
}

static GStrv
end_command (GPtrArray *command, const char *option)
{
  if (option != NULL)
    g_ptr_array_add (command, g_strdup (option));
  g_ptr_array_add (command, NULL);
  return (GStrv)g_ptr_array_free (command, FALSE);
}

/* Nothing of the user's environment: it could name plugins, folders and machines. */
static GStrv
make_environment (JzCage *self, const char *list, gboolean may_scan)
{
  GStrv environment = NULL;

  environment = g_environ_setenv (environment, "PATH", "/usr/bin:/bin", TRUE);
  environment = g_environ_setenv (environment, "LANG", "C.UTF-8", TRUE);
  environment = g_environ_setenv (environment, "TZ", "UTC", TRUE);
  environment = g_environ_setenv (environment, "HOME", "/tmp", TRUE);
  environment = g_environ_setenv (environment, "XDG_CACHE_HOME", "/tmp", TRUE);
  if (self->folder != NULL && list != NULL) {
    g_autofree char *path =
      g_build_filename (self->bubblewrap != NULL ? FOLDER_INSIDE : self->folder, list, NULL);
    environment = g_environ_setenv (environment, "GST_REGISTRY", path, TRUE);
    if (!may_scan)
      environment = g_environ_setenv (environment, "GST_REGISTRY_UPDATE", "no", TRUE);
  }
  /* The sanitizers' own reports, in trees that are built with them. */
  if (g_getenv ("ASAN_OPTIONS") != NULL)
    environment = g_environ_setenv (environment, "ASAN_OPTIONS", "detect_leaks=0", TRUE);
  return environment;
}

static gboolean
run (GStrv command, GStrv environment, char **complaint)
{
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;
  gboolean is_done = g_spawn_sync ("/", command, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL,
                                   NULL, NULL, &errors, &status, &error) &&
                     g_spawn_check_wait_status (status, &error);

  if (!is_done && complaint != NULL) {
    const char *said = errors != NULL && *errors != '\0' ? errors : error->message;
    *complaint = jz_error_dup_printable (said, (gssize)strcspn (said, "\n"), 200);
  }
  return is_done;
}

static void
open_cage (JzCage *self, const char *why)
{
  g_clear_pointer (&self->bubblewrap, g_free);
  g_free (self->why_open);
  self->why_open = g_strdup (why);
}

/* A flatpak is such a cage, in which no other can be made: what its runtime lacks or refuses is
 * nothing that an administrator could install. */
static gboolean
open_in_flatpak (JzCage *self)
{
  if (g_getenv ("FLATPAK_ID") == NULL)
    return FALSE;
  open_cage (self, _ ("Inside a flatpak no cage of its own can be made for the process that opens "
                      "files: it stays in that of the flatpak, and the kernel (seccomp, Landlock) "
                      "keeps it, as far as it can, from the network, from starting programs, and "
                      "from all files but the one that was handed over and those of the system."));
  return TRUE;
}

/* Tried, not asked: whether it works depends on the kernel, its settings and on being inside of
 * another cage already. */
static void
try_cage (JzCage *self)
{
  g_auto (GStrv) command = NULL;
  g_auto (GStrv) environment = NULL;
  g_autofree char *complaint = NULL;

  self->bubblewrap = g_find_program_in_path ("bwrap");
  if (self->bubblewrap == NULL && open_in_flatpak (self))
    return;
  if (self->bubblewrap == NULL) {
    open_cage (self, _ ("The program bubblewrap is not installed, so that files are opened with "
                        "fewer bounds. Ask the administrator to install the package bubblewrap."));
    return;
  }
  command = end_command (begin_command (self, FALSE), "--version");
  environment = make_environment (self, NULL, FALSE);
  if (run (command, environment, &complaint) || open_in_flatpak (self))
    return;
  g_autofree char *why = g_strdup_printf (_ ("bubblewrap does not work on this computer (%s), so "
                                             "that files are opened with fewer bounds."),
                                          complaint);
  open_cage (self, why);
}

/* The name changes with the plugins and with the libraries that they need. */
static char *
name_list (void)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *watched[] = { JZ_GST_PLUGINS, "/etc/ld.so.cache" };

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++) {
    struct stat info = { 0 };
    g_autofree char *text = NULL;

    if (stat (watched[i], &info) != 0)
      continue;
    text =
      g_strdup_printf ("%s %" G_GINT64_FORMAT ".%ld %" G_GINT64_FORMAT "\n", watched[i],
                       (gint64)info.st_mtim.tv_sec, info.st_mtim.tv_nsec, (gint64)info.st_size);
    g_checksum_update (sum, (const guchar *)text, -1);
  }
  return g_strdup_printf ("plugins-%.16s.bin", g_checksum_get_string (sum));
}

static void
remove_others (const char *folder, const char *kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    if (strcmp (name, kept) != 0 && g_str_has_prefix (name, "plugins-") &&
        g_str_has_suffix (name, ".bin")) {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      /* An old list does no harm but for its size. */
      (void)g_unlink (path);
    }
  }
}

/* Written under a name of its own and moved: another program may be making the same list. */
static gboolean
make_list (JzCage *self, const char *name)
{
  g_autofree char *made = g_strdup_printf ("new-%d-%s", (int)getpid (), name);
  g_autofree char *from = g_build_filename (self->folder, made, NULL);
  g_autofree char *to = g_build_filename (self->folder, name, NULL);
  g_auto (GStrv) command = end_command (begin_command (self, TRUE), "--list-plugins");
  g_auto (GStrv) environment = make_environment (self, made, TRUE);
  g_autofree char *complaint = NULL;

  if (!run (command, environment, &complaint) || chmod (from, 0644) != 0 ||
      g_rename (from, to) != 0) {
    g_debug ("no list of plugins: %s", complaint != NULL ? complaint : g_strerror (errno));
    (void)g_unlink (from);
    return FALSE;
  }
  remove_others (self->folder, name);
  return TRUE;
}

/* Without a list each start takes ten times as long; that is no reason not to start. */
static void
prepare_list (JzCage *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "juanzong", "media", NULL);
  g_autofree char *name = name_list ();
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return;
  self->folder = g_steal_pointer (&folder);
  if (g_file_test (path, G_FILE_TEST_EXISTS) || make_list (self, name))
    self->list = g_steal_pointer (&name);
}

/**
 * jz_cage_prepare:
 * @self: a cage
 * @cancellable: (nullable): unused while a start is tried
 * @error: return location
 *
 * Finds the helper (environment JUANZONG_MEDIA, the build tree, libexec), tries whether bubblewrap
 * works here, and lets GStreamer list its plugins once. What was found holds as long as the cage.
 *
 * Fails with %JZ_MEDIA_ERROR_NO_HELPER.
 *
 * Returns: whether a helper can be started
 */
gboolean
jz_cage_prepare (JzCage *self, GCancellable *cancellable, GError **error)
{
  gboolean is_done = TRUE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  g_mutex_lock (&self->lock);
  if (!self->is_prepared) {
    g_clear_pointer (&self->helper, g_free);
    is_done = find_helper (self, error);
    if (is_done) {
      try_cage (self);
      prepare_list (self);
      self->is_prepared = TRUE;
    }
  }
  g_mutex_unlock (&self->lock);
  return is_done;
}

/**
 * jz_cage_is_closed:
 * @self: a cage that was prepared
 * @why_not: (out) (optional) (transfer full) (nullable): a sentence, if it is not
 *
 * Returns: whether helpers are started in it
 */
gboolean
jz_cage_is_closed (JzCage *self, char **why_not)
{
  if (why_not != NULL)
    *why_not = g_strdup (self->bubblewrap == NULL ? self->why_open : NULL);
  return self->bubblewrap != NULL;
}

/**
 * jz_cage_get_command:
 * @self: a cage that was prepared
 *
 * Returns: (transfer full): the command line of a helper whose socket is handle 3
 */
GStrv
jz_cage_get_command (JzCage *self)
{
  return end_command (begin_command (self, FALSE), NULL);
}

/**
 * jz_cage_get_environment:
 * @self: a cage that was prepared
 *
 * Returns: (transfer full): the whole environment of a helper
 */
GStrv
jz_cage_get_environment (JzCage *self)
{
  return make_environment (self, self->list, FALSE);
}
