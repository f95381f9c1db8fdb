/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzActSheetRequest:
 * @act: name of an act, without “.propose”
 * @preset: (nullable): arguments that are known already; `proposal` names one to be confirmed
 * @person: who asks
 * @now: when
 *
 * What an act is to be filled in for.
 */
typedef struct {
  const char *act;
  const JzJson *preset;
  const char *person;
  JzInstant now;
} JzActSheetRequest;

JzJson *jz_act_sheet_new (JzConnection *reader,
                          JzObjects *objects,
                          const JzActSheetRequest *request,
                          GError **error);

G_END_DECLS
