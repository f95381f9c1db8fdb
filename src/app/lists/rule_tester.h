/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "rules/rulebook.h"

G_BEGIN_DECLS

/* Tries a limit, a gate or a threshold out, and asks for the facts that it lacks. */
#define JZ_TYPE_RULE_TESTER (jz_rule_tester_get_type ())
G_DECLARE_FINAL_TYPE (JzRuleTester, jz_rule_tester, JZ, RULE_TESTER, AdwBin)

GtkWidget *jz_rule_tester_new (JzOfficeClient *client, const JzRule *rule);

G_END_DECLS
