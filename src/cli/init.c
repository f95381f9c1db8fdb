/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "cli/cli.h"
#include "office/founding.h"

typedef struct {
  char *bureau;
  char *admin;
  char *name;
  char *password_file;
  int password_fd;
  char *ca_password_file;
  int ca_password_fd;
  gboolean is_demo;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->bureau);
  g_free (options->admin);
  g_free (options->name);
  g_free (options->password_file);
  g_free (options->ca_password_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
found (const char *path, const Options *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *password =
    jz_cli_read_password (options->password_file, options->password_fd, &error);
  g_autofree char *ca_password =
    error == NULL
      ? jz_cli_read_password (options->ca_password_file, options->ca_password_fd, &error)
      : NULL;
  const char *otherwise = options->is_demo ? JZ_DEMO_PASSWORD : NULL;
  JzFounding founding = {
    .path = path,
    .bureau = options->bureau,
    .user = options->admin,
    .name = options->name,
    .password = password != NULL ? password : otherwise,
    .ca_password = ca_password != NULL ? ca_password : otherwise,
    .is_demo = options->is_demo,
    .warnings = warnings,
  };

  if (error != NULL)
    return jz_cli_fail (error);
  if (founding.password == NULL || founding.ca_password == NULL)
    return jz_cli_misuse (
      _ ("Give two passwords, each in a file: --password-file for the administrator, "
         "--ca-password-file for the bureau's own key, which is kept apart."));
  if (!jz_found_store (&founding, &error))
    return jz_cli_fail (error);
  g_print (_ ("%s is founded. Next: add the head with person.add and role.grant, propose "
              "store.accept, and let "
              "the head accept.\n"),
           path);
  jz_cli_print_warnings (warnings);
  return JZ_EXIT_DONE;
}

/**
 * jz_cli_init:
 * @argc: number of words
 * @argv: the words
 *
 * `init STORE --bureau NAME --admin USER [--demo]`
 *
 * Returns: exit status
 */
int
jz_cli_init (int argc, char **argv)
{
  g_auto (Options) options = { .password_fd = -1, .ca_password_fd = -1 };
  int status = 0;
  const GOptionEntry entries[] = {
    { "bureau", 0, 0, G_OPTION_ARG_STRING, &options.bureau, N_ ("Name of the bureau"),
      N_ ("NAME") },
    { "admin", 0, 0, G_OPTION_ARG_STRING, &options.admin,
      N_ ("User name of the first administrator"), N_ ("USER") },
    { "name", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("What the administrator is called"),
      N_ ("NAME") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, &options.is_demo, N_ ("Make an invented office"), NULL },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.password_file,
      N_ ("File with the administrator's password"), N_ ("FILE") },
    { "password-fd", 0, 0, G_OPTION_ARG_INT, &options.password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { "ca-password-file", 0, 0, G_OPTION_ARG_FILENAME, &options.ca_password_file,
      N_ ("File with the password of the bureau's own key"), N_ ("FILE") },
    { "ca-password-fd", 0, 0, G_OPTION_ARG_INT, &options.ca_password_fd,
      N_ ("File descriptor that gives it"), N_ ("N") },
    { NULL },
  };

  if (!jz_cli_parse (&argc, &argv, entries, 1, 1, &status))
    return status;
  if (options.bureau == NULL || options.admin == NULL)
    return jz_cli_misuse (
      _ ("Give the bureau's name with --bureau and the administrator with --admin."));
  return found (argv[1], &options);
}
