/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/situation.h"

G_BEGIN_DECLS

/* How an approval is given (design §5): by the approver himself, or on paper or by telephone; then
 * one person registers it and another confirms that it is so. */
#define JZ_APPROVAL_ARGUMENTS                                                                           \
  {                                                                                                     \
    "way", JZ_ARGUMENT_WORD, JZ_REQUIRED, 0, "account|paper|telephone", N_ ("how it was approved")      \
  },                                                                                                    \
    { "approver", JZ_ARGUMENT_ID, JZ_OPTIONAL, 0, NULL, N_ ("who approved on paper or by telephone") }, \
    { "source",    JZ_ARGUMENT_TEXT,                                                                    \
      JZ_OPTIONAL, 300,                                                                                 \
      NULL,        N_ ("where the signed paper is, or which number was called and when") },             \
  {                                                                                                     \
    "opinion", JZ_ARGUMENT_TEXT, JZ_OPTIONAL, 1000, NULL, N_ ("opinion, as it stands on paper")         \
  }
/* Who may confirm what somebody else approved on paper or by telephone, beside the approvers. */
#define JZ_APPROVERS "approver|head|section_head|handler"

#define JZ_CASE_ARGUMENT                                                                           \
  {                                                                                                \
    "case", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, N_ ("which case")                                \
  }
#define JZ_RECORD_ARGUMENT(what)                                                                   \
  {                                                                                                \
    "record", JZ_ARGUMENT_ID, JZ_REQUIRED, 0, NULL, what                                           \
  }
#define JZ_OFFICERS_ARGUMENT                                                                       \
  {                                                                                                \
    "officers", JZ_ARGUMENT_TEXTS, JZ_REQUIRED, 40, NULL, N_ ("ids of the persons who take part")  \
  }

gboolean jz_check_facts (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_approval_form (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_approval (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_no_handler (const JzSituation *self, JzRefusal **refusal, GError **error);
gboolean jz_check_record (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_attachment (const JzSituation *self,
                              const char *argument,
                              JzRefusal **refusal,
                              GError **error);
gboolean
jz_situation_find_maker (const JzSituation *self, const char *thing, char **maker, GError **error);
gboolean jz_check_officers (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_check_basis (const JzSituation *situation, JzRefusal **refusal, GError **error);
gboolean jz_complete_basis (const JzSituation *situation, JzJson *args, GError **error);

G_END_DECLS
