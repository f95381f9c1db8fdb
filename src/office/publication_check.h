/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/publications.h"

G_BEGIN_DECLS

/* Every act of publicity names what it is about by the document. */
#define JZ_PUBLICATION_ARGUMENTS                                                                   \
  { "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case") },                             \
  {                                                                                                \
    "document", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL,                                              \
      N_ ("the document that the public gets to see")                                              \
  }

gboolean jz_publication_need (const JzSituation *self,
                              const char *states,
                              JzPublication **publication,
                              JzRefusal **refusal,
                              GError **error);
gboolean jz_publication_need_copy (const JzSituation *self,
                                   const JzPublication *publication,
                                   JzPublicationCopy **copy,
                                   JzRefusal **refusal,
                                   GError **error);
gboolean
jz_publication_need_collector (const JzSituation *self, JzRefusal **refusal, GError **error);
gboolean
jz_publication_need_real_store (const JzSituation *self, JzRefusal **refusal, GError **error);
gboolean jz_publication_list_missing (JzConnection *tables,
                                      const JzPublication *publication,
                                      const char *done,
                                      GStrv *carriers,
                                      GError **error);
const char *jz_publication_state_word (const JzPublication *self);

gboolean jz_publication_supersede (JzApplication *application, const char *day, GError **error);
gboolean jz_publication_enter (JzApplication *application,
                               const char *form,
                               const char *number,
                               const char *decided_on,
                               GError **error);

G_END_DECLS
