/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  JZ_SETTING_TEXT,
  JZ_SETTING_INTEGER,
  JZ_SETTING_DATE,
} JzSettingKind;

/**
 * JzSetting:
 * @name: its name
 * @kind: what its value is
 * @otherwise: (nullable): the value until one is set
 * @roles: who may set it
 * @meaning: what it means, to be translated
 * @most: the greatest number it can be
 * @words: (nullable): of a text, the words that it can be, with `|` between
 *
 * A setting of legal effect; it is changed by the act `setting.change` only (design §2).
 */
typedef struct {
  const char *name;
  JzSettingKind kind;
  const char *otherwise;
  const char *roles;
  const char *meaning;
  guint64 most;
  const char *words;
} JzSetting;

const JzSetting *jz_setting_get_all (gsize *n_settings);
const JzSetting *jz_setting_find (const char *name);
gboolean jz_setting_accepts (const JzSetting *self, const char *value);

G_END_DECLS
