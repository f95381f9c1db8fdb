/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "base/date.h"

G_BEGIN_DECLS

/**
 * JzIdentityVerdict:
 * @JZ_IDENTITY_VALID: every rule is met
 * @JZ_IDENTITY_WARNING: it may be right, but somebody should compare it with the original
 * @JZ_IDENTITY_ERROR: it cannot be right
 *
 * In rising order.
 */
typedef enum {
  JZ_IDENTITY_VALID,
  JZ_IDENTITY_WARNING,
  JZ_IDENTITY_ERROR,
} JzIdentityVerdict;

typedef enum {
  JZ_SEX_UNKNOWN,
  JZ_SEX_MALE,
  JZ_SEX_FEMALE,
} JzSex;

/**
 * JzIdentityCard:
 * @JZ_IDENTITY_CARD_HONG_KONG_MACAO: 港澳居民来往内地通行证
 * @JZ_IDENTITY_CARD_TAIWAN: 台湾居民来往大陆通行证
 * @JZ_IDENTITY_CARD_FOREIGN_RESIDENT: 外国人永久居留身份证
 * @JZ_IDENTITY_CARD_RESIDENCE_PERMIT: 港澳台居民居住证
 *
 * What a person may show instead of a resident identity card (ID-R5).
 */
typedef enum {
  JZ_IDENTITY_CARD_HONG_KONG_MACAO,
  JZ_IDENTITY_CARD_TAIWAN,
  JZ_IDENTITY_CARD_FOREIGN_RESIDENT,
  JZ_IDENTITY_CARD_RESIDENCE_PERMIT,
} JzIdentityCard;

/**
 * JzAgeMode:
 * @JZ_AGE_FROM_DAY_AFTER: a year of age is full on the day after the birthday
 * @JZ_AGE_FROM_BIRTHDAY: a year of age is full on the birthday
 *
 * The parameter of ID-R4; the first is its default.
 */
typedef enum {
  JZ_AGE_FROM_DAY_AFTER,
  JZ_AGE_FROM_BIRTHDAY,
} JzAgeMode;

/* What was found out about a code; of several findings the gravest. */
typedef struct {
  JzIdentityVerdict verdict;
  const char *rule; /* (nullable): id of the rule that is not met, in rules.md §8 */
  char *sentence;   /* (nullable): what is wrong, and which check character would be right */
  char *code;       /* as typed, in half width and upper case; a converted number in its new form */
  gboolean has_birth;
  JzDate birth; /* of a person, when has_birth */
  JzSex sex;    /* of a person */
} JzIdentityCode;

JzIdentityCode *jz_identity_code_check_uscc (const char *text);
JzIdentityCode *jz_identity_code_check_division (const char *text);
JzIdentityCode *
jz_identity_code_check_resident (const char *text, JzDate today, gboolean accepts_old);
JzIdentityCode *jz_identity_code_check_card (const char *text, JzIdentityCard card, JzDate today);
JzIdentityCode *jz_identity_code_copy (const JzIdentityCode *self);
void jz_identity_code_free (JzIdentityCode *self);

gboolean jz_identity_code_has_province (const char *code);
int jz_identity_code_get_age (JzDate birth, JzDate day, JzAgeMode mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzIdentityCode, jz_identity_code_free)

G_END_DECLS
