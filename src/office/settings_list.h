/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/settings.h"
#include "store/store.h"

G_BEGIN_DECLS

/**
 * JzSettingValue:
 * @setting: the setting
 * @value: (nullable): what it is now; %NULL where it is not set and nothing else stands for it
 * @is_set: whether the bureau has set it; else @value is what stands until then
 * @entry: (nullable): id of the entry that set it
 * @time: (nullable): when
 * @person: (nullable): name of who set it
 * @reason: (nullable): why
 *
 * A setting of legal effect with its source.
 */
typedef struct {
  const JzSetting *setting;
  char *value;
  gboolean is_set;
  char *entry;
  char *time;
  char *person;
  char *reason;
} JzSettingValue;

/**
 * JzAdopted:
 * @kind: `rulebook`, `forms` or `calendar`
 * @hash: the object
 * @in_force: first day
 * @entry: id of the entry
 * @time: when it was adopted
 * @person: name of who confirmed it
 * @reason: (nullable): why
 *
 * Something that the bureau adopted.
 */
typedef struct {
  const char *kind;
  JzHash hash;
  char *in_force;
  char *entry;
  char *time;
  char *person;
  char *reason;
} JzAdopted;

void jz_setting_value_free (JzSettingValue *self);
GPtrArray *jz_settings_list (JzConnection *reader, GError **error);
const JzSettingValue *jz_settings_find (const GPtrArray *values, const char *name);
void jz_adopted_free (JzAdopted *self);
GPtrArray *jz_settings_list_adopted (JzConnection *reader, GError **error);

G_END_DECLS
