/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/lists/people_page.h"

#include <glib/gi18n-lib.h>

#include "app/act_form.h"
#include "app/lists/export.h"
#include "app/messages.h"
#include "app/words.h"
#include "office/people_import.h"
#include "office/people_list.h"
#include "office/role.h"

struct _JzPeoplePage {
  JzListPage parent_instance;
};

G_DEFINE_FINAL_TYPE (JzPeoplePage, jz_people_page, JZ_TYPE_LIST_PAGE)

static const JzShortColumn columns[] = {
  { N_ ("Name"), 8, FALSE },      { N_ ("Section"), 14, FALSE },
  { N_ ("Roles"), 24, TRUE },     { N_ ("State of the credential"), 14, FALSE },
  { N_ ("Valid to"), 16, FALSE }, { N_ ("Credential number"), 20, FALSE },
};

static gpointer
read_people (JzOffice *office,
             JzConnection *reader,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  JzInstant now = jz_clock_now (jz_office_get_clock (office));
  return jz_people_list (reader, jz_instant_get_date (now), error);
}

static char *
dup_role_words (const JzPersonEntry *person)
{
  g_autofree char *names = g_strjoinv ("|", person->roles);
  return names[0] != '\0' ? jz_role_list_words (names) : g_strdup ("");
}

static const char *
get_state_word (const JzPersonEntry *person, const JzCredentialEntry *credential)
{
  if (person->has_left)
    return _ ("Has left");
  return credential != NULL ? jz_standing_get_word (credential->standing) : _ ("No credential");
}

static const char *
get_style (const JzPersonEntry *person, const JzCredentialEntry *credential)
{
  if (person->has_left)
    return "dim-label";
  if (credential == NULL || credential->standing == JZ_STANDING_GOOD)
    return NULL;
  return credential->standing == JZ_STANDING_ENDING ? "warning" : "error";
}

static JzShortRow *
make_row (const JzPersonEntry *person)
{
  const JzCredentialEntry *credential = jz_person_entry_get_credential (person);
  g_autofree char *roles = dup_role_words (person);
  g_autofree char *valid_to =
    credential != NULL ? jz_words_dup_date (credential->valid_to) : g_strdup ("");

  return jz_short_row_new (person->id, get_style (person, credential), person->name,
                           person->section, roles, get_state_word (person, credential), valid_to,
                           credential != NULL ? credential->number : "", NULL);
}

/* How many reviewers there are for how many officers is a question of the legal office (L-05); how
 * many credentials end is one of everybody. */
static void
show_summary (JzListPage *page, const GPtrArray *people)
{
  guint n_active = 0;
  guint n_certified = 0;
  guint n_ending = 0;
  guint n_bad = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < people->len; i++) {
    const JzPersonEntry *person = people->pdata[i];
    const JzCredentialEntry *credential = jz_person_entry_get_credential (person);
    n_active += !person->has_left;
    if (person->has_left || credential == NULL)
      continue;
    n_certified += credential->standing <= JZ_STANDING_ENDING;
    n_ending += credential->standing == JZ_STANDING_ENDING;
    n_bad += credential->standing > JZ_STANDING_ENDING;
  }
  text = g_strdup_printf (_ ("%1$u people; %2$u with a valid credential, of which %3$u end within "
                             "%4$d days; %5$u credentials run out or suspended"),
                          n_active, n_certified, n_ending, JZ_CREDENTIAL_WARNING_DAYS, n_bad);
  jz_list_page_set_strip (page, text);
}

static void
fill (JzListPage *page, gpointer result)
{
  GPtrArray *people = result;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (rows, make_row (people->pdata[i]));
  jz_short_table_set_rows (jz_list_page_get_table (page), rows);
  show_summary (page, people);
}

static gboolean
may (JzListPage *page, const char *roles)
{
  JzOfficeClient *client = jz_section_get_client (JZ_SECTION (page));
  return client != NULL && jz_office_client_has_role (client, roles);
}

static void
show_credential (JzListPage *page, const JzCredentialEntry *credential)
{
  JzDetail *detail = jz_list_page_get_detail (page);
  g_autofree char *from = jz_words_dup_date (credential->valid_from);
  g_autofree char *to = jz_words_dup_date (credential->valid_to);
  g_autofree char *since = jz_words_dup_date (credential->state_from);

  jz_detail_add_line (detail, _ ("Credential number"), credential->number);
  jz_detail_add_line (detail, _ ("State of the credential"),
                      jz_standing_get_word (credential->standing));
  jz_detail_add_line (detail, _ ("Issued by"), credential->issuer);
  jz_detail_add_line (detail, _ ("Good for"), credential->scope);
  jz_detail_add_line (detail, _ ("Valid from"), from);
  jz_detail_add_line (detail, _ ("Valid to"), to);
  if (credential->standing == JZ_STANDING_ENDING) {
    g_autofree char *left =
      g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong)credential->n_days_left),
                       credential->n_days_left);
    jz_detail_add_text (detail, left, "warning");
  }
  if (credential->standing == JZ_STANDING_SUSPENDED) {
    jz_detail_add_line (detail, _ ("Suspended since"), since);
    jz_detail_add_line (detail, _ ("Why"), credential->reason);
  }
  if (!may (page, "administrator|personnel_keeper"))
    return;
  if (credential->standing == JZ_STANDING_SUSPENDED)
    jz_detail_add_button (detail, _ ("_Resume Credential"), "people.resume", credential->id);
  else
    jz_detail_add_button (detail, _ ("_Suspend Credential"), "people.suspend", credential->id);
}

static void
show_roles (JzListPage *page, const JzPersonEntry *person)
{
  JzDetail *detail = jz_list_page_get_detail (page);

  jz_detail_add_group (detail, _ ("Roles"));
  for (char **role = person->roles; *role != NULL; role++)
    jz_detail_add_text (detail, jz_role_word (*role), NULL);
  if (person->roles[0] == NULL)
    jz_detail_add_text (detail, _ ("None yet"), "dim-label");
  if (person->has_left || !may (page, "administrator|head"))
    return;
  jz_detail_add_button (detail, _ ("_Give a Role"), "people.grant", person->id);
  if (person->roles[0] != NULL)
    jz_detail_add_button (detail, _ ("_Take a Role Away"), "people.revoke", person->id);
}

static void
show (JzListPage *page, gpointer result, const char *id)
{
  JzDetail *detail = jz_list_page_get_detail (page);
  const JzPersonEntry *person = id != NULL ? jz_people_list_find (result, id) : NULL;

  if (person == NULL) {
    jz_detail_add_text (detail, _ ("Choose a person to see roles and credentials."), "dim-label");
    return;
  }
  jz_detail_set_heading (detail, person->name, person->section);
  jz_detail_add_line (detail, _ ("User name"), person->user);
  jz_detail_add_line (detail, _ ("Signing in"),
                      person->certificate_to == NULL
                        ? _ ("Cannot sign in: no certificate was issued, see Settings")
                        : NULL);
  if (person->has_left)
    jz_detail_add_text (detail, _ ("Left the office."), "dim-label");
  if (!person->has_left && may (page, "administrator")) {
    jz_detail_add_button (detail, _ ("_Change"), "people.change", person->id);
    jz_detail_add_button (detail, _ ("_Left the Office"), "people.leave", person->id);
  }
  show_roles (page, person);
  jz_detail_add_group (detail, _ ("Enforcement credentials"));
  for (guint i = 0; i < person->credentials->len; i++)
    show_credential (page, person->credentials->pdata[i]);
  if (person->credentials->len == 0)
    jz_detail_add_text (detail, _ ("None"), "dim-label");
  if (!person->has_left && may (page, "administrator|personnel_keeper"))
    jz_detail_add_button (detail, _ ("_Register a Credential"), "people.add-credential",
                          person->id);
}

static void
present (GtkWidget *widget, const char *act, JzJson *preset)
{
  jz_act_form_present (widget, jz_section_get_client (JZ_SECTION (widget)), act, preset);
}

static void
add_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "person.add", NULL);
}

/* Of a person what is known stands in the form already. */
static JzJson *
preset_person (GtkWidget *widget, GVariant *parameter, gboolean with_names)
{
  const char *id = g_variant_get_string (parameter, NULL);
  GPtrArray *people = jz_list_page_get_result (JZ_LIST_PAGE (widget));
  const JzPersonEntry *person = people != NULL ? jz_people_list_find (people, id) : NULL;
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "person", id);
  if (with_names && person != NULL) {
    jz_json_set_text (preset, "name", person->name);
    if (person->section[0] != '\0')
      jz_json_set_text (preset, "section", person->section);
  }
  return preset;
}

static void
change_person (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "person.change", preset_person (widget, parameter, TRUE));
}

static void
leave (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "person.leave", preset_person (widget, parameter, FALSE));
}

static void
give_role (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "role.grant", preset_person (widget, parameter, FALSE));
}

static void
take_role (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "role.revoke", preset_person (widget, parameter, FALSE));
}

static void
add_credential (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present (widget, "credential.add", preset_person (widget, parameter, FALSE));
}

static void
change_credential (GtkWidget *widget, const char *act, GVariant *parameter)
{
  JzJson *preset = jz_json_new_object ();

  jz_json_set_text (preset, "credential", g_variant_get_string (parameter, NULL));
  present (widget, act, preset);
}

static void
suspend (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change_credential (widget, "credential.suspend", parameter);
}

static void
resume (GtkWidget *widget, const char *action, GVariant *parameter)
{
  change_credential (widget, "credential.resume", parameter);
}

/* The empty table that a bureau fills in. */
static void
export_empty (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) wanted = jz_people_import_get_columns (&error);
  g_autoptr (GPtrArray) titles = g_ptr_array_new ();
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);

  if (wanted == NULL) {
    jz_show_error (widget, error);
    return;
  }
  for (guint i = 0; i < wanted->len; i++)
    g_ptr_array_add (titles, g_array_index (wanted, JzImportColumn, i).title);
  jz_lists_export_texts (widget, jz_section_get_client (JZ_SECTION (widget)), _ ("List of people"),
                         titles, rows);
}

static void
go_to_import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "win.go", "s", "lists/import");
}

static void
jz_people_page_constructed (GObject *object)
{
  JzListPage *page = JZ_LIST_PAGE (object);

  G_OBJECT_CLASS (jz_people_page_parent_class)->constructed (object);
  jz_list_page_add_button (page, _ ("E_mpty Table"), "people.export-empty", "administrator");
  jz_list_page_add_button (page, _ ("_Import…"), "people.import", "administrator");
  gtk_widget_add_css_class (
    jz_list_page_add_button (page, _ ("_Add Person"), "people.add", "administrator"),
    "suggested-action");
  jz_short_table_set_empty (jz_list_page_get_table (page), "system-users-symbolic",
                            _ ("Nobody found"),
                            _ ("Add people one by one, or import them from a table."));
}

static void
jz_people_page_class_init (JzPeoplePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  JzListPageClass *page_class = JZ_LIST_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = jz_people_page_constructed;
  page_class->title = N_ ("People and credentials");
  page_class->columns = columns;
  page_class->n_columns = G_N_ELEMENTS (columns);
  page_class->read = read_people;
  page_class->free_result = (GDestroyNotify)g_ptr_array_unref;
  page_class->fill = fill;
  page_class->show = show;
  gtk_widget_class_install_action (widget_class, "people.add", NULL, add_person);
  gtk_widget_class_install_action (widget_class, "people.import", NULL, go_to_import);
  gtk_widget_class_install_action (widget_class, "people.export-empty", NULL, export_empty);
  gtk_widget_class_install_action (widget_class, "people.change", "s", change_person);
  gtk_widget_class_install_action (widget_class, "people.leave", "s", leave);
  gtk_widget_class_install_action (widget_class, "people.grant", "s", give_role);
  gtk_widget_class_install_action (widget_class, "people.revoke", "s", take_role);
  gtk_widget_class_install_action (widget_class, "people.add-credential", "s", add_credential);
  gtk_widget_class_install_action (widget_class, "people.suspend", "s", suspend);
  gtk_widget_class_install_action (widget_class, "people.resume", "s", resume);
}

static void
jz_people_page_init (JzPeoplePage *self)
{
}
