/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/palette_commands.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/cases/new_case.h"
#include "app/recordings/recordings_import.h"
#include "app/section.h"
#include "base/half_width.h"

/* What the window can do, by name: every workplace of the person's roles, everything that can be
 * begun, and what the menus hold. */

static const struct {
  const char *label;
  const char *action;
  const char *key;
} commands[] = {
  { N_ ("Back"), "win.back", "<Alt>Left" },
  { N_ ("Switch user"), "win.switch-user", "<Control><Shift>l" },
  { N_ ("New window"), "app.new-window", "<Control><Shift>n" },
  { N_ ("Help"), "app.help", "F1" },
  { N_ ("Keyboard shortcuts"), "app.shortcuts", "<Control>question" },
  { N_ ("Preferences"), "app.preferences", NULL },
  { N_ ("About Juanzong"), "app.about", NULL },
  { N_ ("Quit"), "app.quit", "<Control>q" },
};

static void
command_free (gpointer data)
{
  JzCommand *self = data;

  g_free (self->label);
  g_free (self->action);
  g_free (self->key);
  g_free (self);
}

static char *
fold (const char *text)
{
  g_autofree char *half = jz_half_width_dup (text);
  return g_utf8_casefold (half != NULL ? half : "", -1);
}

static void
add_if_named (GPtrArray *found,
              const char *typed,
              const char *label,
              const char *key,
              char *action /* (transfer full) */)
{
  g_autofree char *folded = fold (label);
  JzCommand *command;

  if (strstr (folded, typed) == NULL) {
    g_free (action);
    return;
  }
  command = g_new0 (JzCommand, 1);
  command->label = g_strdup (label);
  command->action = action;
  command->key = g_strdup (key);
  g_ptr_array_add (found, command);
}

static void
add_sections (GPtrArray *found, JzOfficeClient *client, const char *typed)
{
  for (const JzSectionEntry *entry = jz_sections; entry->place != NULL; entry++)
    if (entry->title != NULL &&
        (entry->roles == NULL || jz_office_client_has_role (client, entry->roles)))
      add_if_named (found, typed, _ (entry->title), entry->key,
                    g_strdup_printf ("win.go('%s')", entry->place));
}

static void
add_new (GPtrArray *found, JzOfficeClient *client, const char *typed)
{
  for (const JzNewCase *new_case = jz_new_cases; new_case->act != NULL; new_case++) {
    /* Translators: something that is begun, such as a case */
    g_autofree char *label = g_strdup_printf (_ ("New: %s"), _ (new_case->label));
    if (jz_new_case_is_allowed (client, new_case->act))
      add_if_named (found, typed, label, NULL, g_strdup_printf ("win.new('%s')", new_case->act));
  }
  if (jz_office_client_has_role (client, JZ_RECORDING_ROLES))
    add_if_named (found, typed, _ ("Import recordings"), NULL, g_strdup ("win.import-recordings"));
}

/**
 * jz_commands_find:
 * @client: the office, with somebody signed in
 * @typed: some characters of a name; empty for all
 *
 * Returns: (transfer full) (element-type JzCommand): what the person can do that is called so
 */
GPtrArray *
jz_commands_find (JzOfficeClient *client, const char *typed)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (command_free);
  g_autofree char *folded = fold (typed);

  add_sections (found, client, folded);
  add_new (found, client, folded);
  if (jz_office_client_has_role (client, "publisher"))
    add_if_named (found, folded, _ ("Make a bundle of publications"), NULL,
                  g_strdup ("win.make-bundle"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    add_if_named (found, folded, _ (commands[i].label), commands[i].key,
                  g_strdup (commands[i].action));
  return found;
}
