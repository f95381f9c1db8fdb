/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"

G_BEGIN_DECLS

/* What a name stands on beside the values of the document, as if it were a field of it. */
#define JZ_PUBLIC_TITLE "@title"
#define JZ_PUBLIC_FILES "@files"

/**
 * JzPublicRole:
 * @JZ_PUBLIC_ROLE_PARTY: against whom the decision is made
 * @JZ_PUBLIC_ROLE_REPRESENTATIVE: legal representative or person in charge of a party
 * @JZ_PUBLIC_ROLE_OFFICER: acts for the organ; the name stays
 * @JZ_PUBLIC_ROLE_WITNESS: saw it
 * @JZ_PUBLIC_ROLE_VICTIM: suffered it
 * @JZ_PUBLIC_ROLE_MINOR: under age
 * @JZ_PUBLIC_ROLE_INFORMANT: told the organ of it
 * @JZ_PUBLIC_ROLE_OTHER: anybody else
 *
 * What somebody is in a case; the later of two hides more.
 */
typedef enum {
  JZ_PUBLIC_ROLE_PARTY,
  JZ_PUBLIC_ROLE_REPRESENTATIVE,
  JZ_PUBLIC_ROLE_OFFICER,
  JZ_PUBLIC_ROLE_OTHER,
  JZ_PUBLIC_ROLE_WITNESS,
  JZ_PUBLIC_ROLE_VICTIM,
  JZ_PUBLIC_ROLE_INFORMANT,
  JZ_PUBLIC_ROLE_MINOR,
} JzPublicRole;

/* What is to be published of a case: one final document with its frozen values, and what the case
 * knows of the people in it. */
typedef struct _JzPublicSource JzPublicSource;

JzPublicSource *jz_public_source_new (const JzFilling *filling);
JzPublicSource *jz_public_source_ref (const JzPublicSource *self);
void jz_public_source_unref (JzPublicSource *self);
void jz_public_source_set_title (JzPublicSource *self, const char *title);
void jz_public_source_set_keeps_names (JzPublicSource *self, gboolean keeps_names);
void jz_public_source_add_file (JzPublicSource *self, const char *name);
void jz_public_source_add_person (JzPublicSource *self,
                                  const char *name,
                                  JzPublicRole role,
                                  gboolean is_natural);
void jz_public_source_add_own (JzPublicSource *self, const char *text);
const JzFilling *jz_public_source_get_filling (const JzPublicSource *self);
char *jz_public_source_dup_text (const JzPublicSource *self, const char *field);

/* Something personal that stands in the text of a field. */
typedef struct {
  char *field;       /* "facts", "party.name", "goods[3].name", "@title", "@files[2]" */
  gsize start;       /* bytes in that field's text as it is stored */
  gsize length;      /* bytes */
  char *kind;        /* a word of finding-kind in the vocabulary of facts */
  char *rule;        /* "RD-02" */
  guint certainty;   /* of 100 */
  char *text;        /* the bytes that are meant */
  char *replacement; /* what the public sees in their place; "" for nothing */
} JzPersonalData;

void jz_personal_data_free (JzPersonalData *self);
GPtrArray *jz_find_personal_data (const JzPublicSource *source);
GPtrArray *
jz_find_alike (const JzPublicSource *source, const char *field, gsize start, gsize length);

/**
 * JzRedactionChoice:
 * @JZ_REDACTION_COVER: what was found is hidden
 * @JZ_REDACTION_KEEP: what was found is shown, for a reason
 * @JZ_REDACTION_ADDED: a person hides what was not found
 */
typedef enum {
  JZ_REDACTION_COVER,
  JZ_REDACTION_KEEP,
  JZ_REDACTION_ADDED,
} JzRedactionChoice;

/* What a person decided on a piece of text. It never holds the text itself: the values of the
 * document are frozen, so the place says it, and nothing hidden is written a second time. */
typedef struct {
  char *field;
  gsize start;
  gsize length;
  JzRedactionChoice choice;
  char *kind;
  char *rule;
  char *reason;      /* (nullable): of keeping, or of adding */
  char *replacement; /* (nullable): what the public sees; that of the kind when there is none */
} JzRedaction;

void jz_redaction_free (JzRedaction *self);

/* As an argument of acts: a list of {field, start, length, choice, kind, rule, reason,
 * replacement}; (element-type JzRedaction). */
GPtrArray *
jz_redactions_from_json (const JzPublicSource *source, const JzJson *json, GError **error);
JzJson *jz_redactions_to_json (const GPtrArray *redactions);
JzJson *jz_personal_data_to_json (const JzPublicSource *source, const GPtrArray *found);
GPtrArray *jz_redactions_cover_all (const GPtrArray *found);
GPtrArray *jz_redactions_find_open (const JzPublicSource *source, const GPtrArray *redactions);

/* What the public sees. */
JzFilling *
jz_redaction_apply (const JzPublicSource *source, const GPtrArray *redactions, GError **error);
char *jz_redaction_apply_title (const JzPublicSource *source, const GPtrArray *redactions);
GStrv jz_redaction_apply_files (const JzPublicSource *source, const GPtrArray *redactions);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublicSource, jz_public_source_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPersonalData, jz_personal_data_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRedaction, jz_redaction_free)

G_END_DECLS
