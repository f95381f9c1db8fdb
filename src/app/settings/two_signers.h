/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"

G_BEGIN_DECLS

/**
 * JzTwoSigning:
 * @heading: what is to be done
 * @body: what it means
 * @act: name of the act, without `.propose`
 * @args: its arguments
 * @key_for: (nullable): who gets a new key and types a password for it
 * @confirmer: (nullable): id of the only person who can confirm; %NULL is anybody who may
 *
 * What two people are asked to sign.
 */
typedef struct {
  const char *heading;
  const char *body;
  const char *act;
  JzJson *args;
  const char *key_for;
  const char *confirmer;
} JzTwoSigning;

/* A window in which one person proposes an act, and another confirms it here and now or later. */
#define JZ_TYPE_TWO_SIGNERS (jz_two_signers_get_type ())
G_DECLARE_FINAL_TYPE (JzTwoSigners, jz_two_signers, JZ, TWO_SIGNERS, AdwWindow)

void jz_two_signers_show (GtkWidget *inside, JzOfficeClient *client, const JzTwoSigning *signing);

G_END_DECLS
