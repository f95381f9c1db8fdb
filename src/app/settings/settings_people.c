/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>

#include "app/settings/settings_pages.h"
#include "app/words.h"
#include "office/act_words.h"
#include "office/role.h"

/* People: who can sign in, with which roles, and what waits for a second signature (ux §10). */

static void
add_advice (const JzSettingsView *view)
{
  AdwPreferencesGroup *group;

  if (view->data->advice->len == 0)
    return;
  group = jz_settings_add_group (view, _ ("To look after"), NULL);
  for (guint i = 0; i < view->data->advice->len; i++) {
    AdwActionRow *row =
      jz_settings_add_row (group, g_ptr_array_index (view->data->advice, i), NULL);
    adw_action_row_set_icon_name (row, "dialog-warning-symbolic");
  }
}

static const char *
get_person_name (const JzSettingsView *view, const JzPending *pending)
{
  const char *person = jz_json_get_member_text (pending->args, "person");
  const JzAccount *account =
    person != NULL ? jz_settings_data_find_person (view->data, person) : NULL;

  return account != NULL ? account->name : NULL;
}

static void
add_pending_row (const JzSettingsView *view, AdwPreferencesGroup *group, const JzPending *pending)
{
  const char *whom = get_person_name (view, pending);
  const char *label = jz_act_get_label (pending->act->name);
  g_autofree char *title =
    whom != NULL ? g_strdup_printf ("%s: %s", label, whom) : g_strdup (label);
  char time[JZ_INSTANT_SIZE];
  char last[JZ_INSTANT_SIZE];
  char hex[JZ_HASH_HEX_SIZE];
  g_autofree char *when = NULL;
  g_autofree char *until = NULL;
  g_autofree char *text = NULL;
  g_autofree char *target = NULL;
  AdwActionRow *row;
  GtkWidget *button;

  jz_instant_format (pending->time, time);
  jz_instant_format (pending->last, last);
  jz_hash_to_hex (&pending->hash, hex);
  when = jz_words_dup_moment (time);
  until = jz_words_dup_moment (last);
  text = g_strdup_printf (_ ("proposed by %1$s on %2$s; can be confirmed until %3$s"),
                          pending->name, when, until);
  target = g_strdup_printf ("%s %s", pending->act->name, hex);
  row = jz_settings_add_row (group, title, text);
  button = jz_settings_add_button (row, _ ("C_onfirm"), "settings.confirm", target);
  /* Nobody confirms what he proposed himself. */
  gtk_widget_set_visible (
    button, jz_office_client_has_role (view->client, pending->act->roles) &&
              g_strcmp0 (pending->actor, jz_office_client_get_person (view->client)) != 0);
}

static void
add_pending (const JzSettingsView *view)
{
  AdwPreferencesGroup *group;

  if (view->data->pending->len == 0)
    return;
  group = jz_settings_add_group (view, _ ("Waiting for a second person"), NULL);
  for (guint i = 0; i < view->data->pending->len; i++)
    add_pending_row (view, group, g_ptr_array_index (view->data->pending, i));
}

static char *
describe_key (const JzAccount *account)
{
  g_autofree char *day = jz_words_dup_day (account->valid_to);

  if (account->has_left)
    return g_strdup (_ ("left the office"));
  switch (account->key) {
  case JZ_ACCOUNT_KEY_VALID:
    return g_strdup_printf (_ ("can sign in; certificate until %s"), day);
  case JZ_ACCOUNT_KEY_OVER:
    return g_strdup_printf (_ ("can sign in and look; the certificate ran out on %s, so nothing "
                               "can be signed"),
                            day);
  case JZ_ACCOUNT_KEY_PROPOSED:
    return g_strdup (_ ("a key was proposed and is to be confirmed"));
  default:
    return g_strdup (_ ("cannot sign in: has no key"));
  }
}

static void
add_account (AdwPreferencesGroup *group, const JzAccount *account)
{
  g_autofree char *roles = jz_account_dup_role_words (account);
  g_autofree char *key = describe_key (account);
  g_autofree char *title = g_strdup_printf ("%s (%s)", account->name, account->user);
  g_autofree char *text = g_strdup_printf ("%s\n%s", roles[0] != '\0' ? roles : _ ("no role"), key);
  g_autofree char *place = g_strconcat ("settings/people/", account->person, NULL);
  AdwActionRow *row = jz_settings_add_row (group, title, text);

  jz_settings_make_way (row, place);
}

/**
 * jz_settings_fill_people:
 * @view: what is to be filled
 */
void
jz_settings_fill_people (const JzSettingsView *view)
{
  AdwPreferencesGroup *group;
  guint n_left = 0;

  add_advice (view);
  add_pending (view);
  group = jz_settings_add_group (view, _ ("People"), NULL);
  if (jz_office_client_has_role (view->client, "administrator")) {
    GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Add a Person…"));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "settings.add-person");
    adw_preferences_group_set_header_suffix (group, button);
  }
  for (guint i = 0; i < view->data->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (view->data->accounts, i);
    if (account->has_left)
      n_left++;
    else
      add_account (group, account);
  }
  if (n_left == 0)
    return;
  group = jz_settings_add_group (view, _ ("Left the office"), NULL);
  for (guint i = 0; i < view->data->accounts->len; i++) {
    const JzAccount *account = g_ptr_array_index (view->data->accounts, i);
    if (account->has_left)
      add_account (group, account);
  }
}

static void
add_roles (const JzSettingsView *view, const JzAccount *account)
{
  AdwPreferencesGroup *group =
    jz_settings_add_group (view, _ ("Roles"),
                           _ ("Roles of an administrator, and the roles administrator and head, "
                              "are confirmed by the head."));
  gboolean is_administrator =
    jz_office_client_has_role (view->client, "administrator") && !account->has_left;
  gsize n_roles = 0;
  const JzRole *roles = jz_role_get_all (&n_roles);

  for (gsize i = 0; i < n_roles; i++) {
    gboolean holds = jz_account_has_role (account, roles[i].name);
    g_autofree char *text = jz_role_dup_consequences (roles[i].name);
    g_autofree char *target = g_strdup_printf ("%s %s", account->person, roles[i].name);
    AdwActionRow *row = jz_settings_add_row (group, _ (roles[i].title), text);
    GtkWidget *button =
      jz_settings_add_button (row, holds ? _ ("_Take Away") : _ ("_Give"),
                              holds ? "settings.revoke" : "settings.grant", target);
    if (holds)
      adw_action_row_set_icon_name (row, "object-select-symbolic");
    gtk_widget_set_visible (button, is_administrator);
  }
}

static void
add_person_steps (const JzSettingsView *view, const JzAccount *account)
{
  AdwPreferencesGroup *group = jz_settings_add_group (view, _ ("Key and duties"), NULL);
  gboolean is_administrator = jz_office_client_has_role (view->client, "administrator");
  g_autofree char *key = describe_key (account);
  AdwActionRow *row = jz_settings_add_row (group, _ ("Key"), key);
  GtkWidget *button;

  button = jz_settings_add_button (row, _ ("_New Key…"), "settings.new-key", account->person);
  gtk_widget_set_visible (button, is_administrator);
  row = jz_settings_add_row (
    group, _ ("The only administrator or head has lost the key"),
    _ ("Another person of responsibility proposes a new key, and who gets it confirms with it. "
       "Supervision is told."));
  jz_settings_add_button (row, _ ("_Recover…"), "settings.recover", account->person);
  row = jz_settings_add_row (group, _ ("Hand over all open cases"),
                             _ ("To somebody with the same role; with a list to sign"));
  button = jz_settings_add_button (row, _ ("_Hand Over…"), "settings.hand-over", account->person);
  gtk_widget_set_visible (
    button, jz_office_client_has_role (view->client, "section_head|review_head|head"));
  row = jz_settings_add_row (group, _ ("Name and section"),
                             account->section[0] != '\0' ? account->section : NULL);
  button = jz_settings_add_button (row, _ ("C_hange…"), "settings.change-person", account->person);
  gtk_widget_set_visible (button, is_administrator);
  row =
    jz_settings_add_row (group, _ ("Leaves the office"),
                         _ ("Roles and certificate end; what was done stays. Hand over the open "
                            "cases first."));
  button = jz_settings_add_button (row, _ ("Record _Leaving…"), "settings.leave", account->person);
  gtk_widget_set_visible (button, is_administrator);
}

/**
 * jz_settings_fill_person:
 * @view: what is to be filled
 * @account: a person
 */
void
jz_settings_fill_person (const JzSettingsView *view, const JzAccount *account)
{
  g_autofree char *title = g_strdup_printf ("%s (%s)", account->name, account->user);
  AdwPreferencesGroup *group = jz_settings_add_group (view, title, NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_All People"));

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", "settings/people");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.go");
  adw_preferences_group_set_header_suffix (group, button);
  if (!account->has_left)
    add_person_steps (view, account);
  add_roles (view, account);
}
