/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office-fixture.h"
#include "office/demo-private.h"

G_BEGIN_DECLS

/**
 * TestRandom:
 * @office: an office with people
 * @tables: a connection of its own that reads the office's store
 * @random: numbers
 * @n_users: so many user names were invented
 *
 * Invents who does what.
 */
typedef struct {
  TestOffice *office;
  JzConnection *tables;
  JzDemoRandom random;
  int n_users;
} TestRandom;

int test_random_between (TestRandom *self, int least, int most);
gboolean test_random_chance (TestRandom *self, int percent);
char *test_random_role (TestRandom *self);
/* Somebody with a certificate; most of the time with one of the roles. */
char *test_random_user (TestRandom *self, const char *roles);
JzJson *test_random_arguments (TestRandom *self, const JzAct *act);

G_END_DECLS
