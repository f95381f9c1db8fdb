/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "office/settings.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "office/acts.h"
#include "office/role.h"
#include "office/situation.h"

static const JzSetting settings[] = {
  { "bureau.name", JZ_SETTING_TEXT, NULL, "administrator", N_ ("name of the bureau") },
  { "bureau.code", JZ_SETTING_TEXT, "", "administrator",
    N_ ("code of the bureau in case numbers (ID-N7)") },
  { "bureau.credit_code", JZ_SETTING_TEXT, "", "administrator",
    N_ ("unified social credit code of the bureau, for upload tables") },
  { "certificate.years", JZ_SETTING_INTEGER, "5", "administrator",
    N_ ("for how many years a person's certificate is made, at most 30"), 30 },
  { "discretion.floor", JZ_SETTING_INTEGER, "100", "head",
    N_ ("where the lower part of a range without a least fine begins, in thousandths of the most"),
    1000 },
  { "discretion.heavy", JZ_SETTING_INTEGER, "700", "head",
    N_ ("where the higher part of a range of fines begins, in thousandths of its span"), 1000 },
  { "discretion.light", JZ_SETTING_INTEGER, "300", "head",
    N_ ("where the lower part of a range of fines ends, in thousandths of its span"), 1000 },
  { "late.days", JZ_SETTING_INTEGER, "7", "head",
    N_ ("after how many days what happened is entered late, so that it needs a reason"), 365 },
  { "lock.minutes", JZ_SETTING_INTEGER, "30", "administrator",
    N_ ("after how many minutes in which nobody works the window is locked"), 240 },
  { "publicity.carriers", JZ_SETTING_TEXT, "site", "head",
    N_ ("on which carriers a decision must be published: site, platform, credit, enterprise, "
        "wechat, hall, board") },
  { "publicity.names", JZ_SETTING_TEXT, "mask", "head",
    N_ ("whether a natural person against whom a decision is made keeps the full name in public "
        "(keep) or only the surname (mask)"),
    0, "keep|mask" },
  { "recording.level", JZ_SETTING_TEXT, "choose", "head",
    N_ ("whether steps that the rules leave to the bureau must be recorded (must) or as "
        "circumstances require (choose)"),
    0, "choose|must" },
  { "similar.percent", JZ_SETTING_INTEGER, "30", "head",
    N_ ("from how much difference of the fine, in hundredths, a similar case is told as differing"),
    1000 },
  { "similar.years", JZ_SETTING_INTEGER, "2", "head",
    N_ ("of how many years the similar cases are looked at"), 30 },
  { "take_over.until", JZ_SETTING_DATE, NULL, "head",
    N_ ("last day on which running cases may be taken over from paper") },
};

/**
 * jz_setting_get_all:
 * @n_settings: (out): their number
 *
 * Returns: (transfer none) (array length=n_settings): every setting
 */
const JzSetting *
jz_setting_get_all (gsize *n_settings)
{
  *n_settings = G_N_ELEMENTS (settings);
  return settings;
}

/**
 * jz_setting_find:
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the setting
 */
const JzSetting *
jz_setting_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    if (strcmp (settings[i].name, name) == 0)
      return &settings[i];
  return NULL;
}

/**
 * jz_setting_accepts:
 * @self: a setting
 * @value: a value
 *
 * Returns: whether the value is of the setting's kind
 */
gboolean
jz_setting_accepts (const JzSetting *self, const char *value)
{
  JzDate date;
  guint64 number = 0;

  switch (self->kind) {
  case JZ_SETTING_INTEGER:
    return g_ascii_string_to_unsigned (value, 10, 1, self->most, &number, NULL);
  case JZ_SETTING_DATE:
    return jz_date_parse (value, &date, NULL);
  default:
    return self->words == NULL || jz_word_is_in (value, self->words);
  }
}

static const JzArgument change_arguments[] = {
  { "name", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 60, NULL, N_ ("which setting") },
  { "value", JZ_ARGUMENT_TEXT, JZ_REQUIRED, 300, NULL, N_ ("its new value") },
  { "reason", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 300, NULL, N_ ("why") },
  { NULL },
};

static gboolean
check_change (const JzSituation *situation, JzRefusal **refusal, GError **error)
{
  const char *name = jz_situation_get_text (situation, "name");
  const JzSetting *setting = jz_setting_find (name);
  g_autofree char *roles = setting != NULL ? jz_role_list_words (setting->roles) : NULL;

  if (setting == NULL)
    jz_refuse (refusal, "J-SETTING", _ ("Choose a setting of the list."),
               _ ("There is no setting %s."), name);
  else if (!jz_word_is_in (situation->role, setting->roles))
    jz_refuse (refusal, "J-ROLE", _ ("Ask somebody who holds this role."),
               _ ("The setting %s is set by the role %s only."), name, roles);
  else if (!jz_setting_accepts (setting, jz_situation_get_text (situation, "value")))
    jz_refuse (refusal, "J-SETTING",
               _ ("Give a whole number, or a date like 2026-03-02, as the setting asks."),
               _ ("The setting %s cannot have the value “%s”."), name,
               jz_situation_get_text (situation, "value"));
  return TRUE;
}

static gboolean
apply_change (JzApplication *application, GError **error)
{
  return jz_connection_run (
    application->tables, error,
    "INSERT INTO setting (name, value, entry) VALUES (?, ?, ?) ON CONFLICT (name) DO "
    "UPDATE SET value = excluded.value, entry = excluded.entry",
    "tti", jz_application_get_text (application, "name"),
    jz_application_get_text (application, "value"), application->record->arrival);
}

const JzAct jz_acts_setting[] = {
  {
    .name = "setting.change",
    .version = 1,
    .summary = N_ ("Change a setting of legal effect."),
    .roles = "administrator|head",
    .flags = JZ_ACT_SIGNED,
    .arguments = change_arguments,
    .inverse = "setting.change",
    .check = check_change,
    .apply = apply_change,
  },
  { NULL },
};
