/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publicity-fixture.h"

void
publicity_init (Penalty *self)
{
  static const char *const roles[][2] = {
    { "checker", "checker" },
    { "publisher", "publisher" },
    { "collector", "collector|checker|publisher" },
  };

  penalty_init (self);
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++) {
    g_autofree char *id = test_office_add_person (&self->office, roles[i][0], roles[i][1]);
    test_office_certify (&self->office, roles[i][0]);
  }
  penalty_play (self, PENALTY_LEAD, PENALTY_DECIDED);
}

static char *
make_args (const Penalty *self, const char *rest)
{
  return g_strdup_printf ("{'case':'%s','document':'%s'%s%s}", self->id, self->decision,
                          rest[0] != '\0' ? "," : "", rest);
}

void
publicity_do (Penalty *self, const char *who, const char *act, const char *rest)
{
  g_autofree char *args = make_args (self, rest);
  test_office_do (&self->office, who, act, "%s", args);
}

void
publicity_do_by_two (Penalty *self, const char *act, const char *rest)
{
  g_autofree char *args = make_args (self, rest);
  test_office_do_by_two (&self->office, "publisher", "approver", act, "%s", args);
}

void
publicity_refuse (Penalty *self,
                  const char *who,
                  const char *act,
                  const char *rule,
                  const char *rest)
{
  g_autofree char *args = make_args (self, rest);
  test_office_refuse (&self->office, who, act, rule, "%s", args);
}

JzPublication *
publicity_find (Penalty *self)
{
  JzStore *store = jz_office_get_store (self->office.office);
  JzConnection *reader = jz_store_lease_reader (store, NULL);
  JzPublication *publication = NULL;

  g_assert_true (jz_publication_find (reader, self->decision, &publication, NULL));
  jz_store_return_reader (store, reader);
  g_assert_nonnull (publication);
  return publication;
}

void
publicity_serve (Penalty *self)
{
  publicity_do (self, "handler", "decision.serve", "'decision.served_on':'2025-01-02'");
}

/* Up to where it waits for its carriers. */
void
publicity_release (Penalty *self)
{
  publicity_serve (self);
  publicity_do (self, "handler", "publication.collect", PUBLICITY_COVER);
  publicity_do (self, "checker", "publication.check", "'verdict':'pass'");
  publicity_do (self, "publisher", "publication.release", "");
}

void
publicity_confirm (Penalty *self, const char *act, const char *carrier)
{
  g_autofree char *rest = g_strdup_printf (PUBLICITY_SHOWN, carrier);
  publicity_do (self, "publisher", act, rest);
}
