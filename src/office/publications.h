/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/**
 * JzPublication:
 * @document: the final document that it is of; it goes by this id
 * @case_id: its case
 * @form: the document's form
 * @number: the document's number
 * @decided_on: the day of the decision
 * @state: `due`, `exempt`, `released`, `published`, `withdrawing`, `withdrawn` or `dropped`, which
 *   is what was revoked before anybody had seen it
 * @step: how far the newest copy has come: `none`, `proposed`, `returned`, `checked`, `released`
 * @copy: key of the newest copy, 0 for none
 * @released: key of the copy that is public, or was last, 0 for none
 * @released_on: the day on which the public copy left, or the empty text
 * @published_on: the day on which the last carrier showed it, or the empty text
 * @changed_on: since when the decision holds no more as it is published, or the empty text
 * @withdrawn_on: the day on which the last carrier had taken it down, or the empty text
 * @carriers: which carriers must show it, with a space between
 * @ground: of not publishing it, or of withdrawing it, or the empty text
 * @review_on: when it is looked at again whether it can be published, or the empty text
 * @late_reason: why it was released after its last day, or the empty text
 * @n_errors: how many errors in what is public were reported and are not done with
 *
 * What is to be made public of a case (公示; P-04 to P-07, P-35 to P-39).
 */
typedef struct {
  char *document;
  char *case_id;
  char *form;
  char *number;
  char *decided_on;
  char *state;
  char *step;
  gint64 copy;
  gint64 released;
  char *released_on;
  char *published_on;
  char *changed_on;
  char *withdrawn_on;
  char *carriers;
  char *ground;
  char *review_on;
  char *late_reason;
  gint64 n_errors;
} JzPublication;

/**
 * JzPublicationCopy:
 * @id: its id
 * @pdf: the PDF that the public gets
 * @public: hash of the object with its values and text, see jz_prepare_public_copy()
 * @report: hash of the object that says what was found, decided and tried
 * @findings: (array of texts): kinds of what nobody decided on
 * @fields: (object of texts): what carriers ask for, by the names of data/publicity
 * @redactions: what was covered, kept and added
 * @deviations: how many of the fields are not as their category wants them
 * @note: of a correction: what is corrected and why
 * @proposed_by: id of the person
 * @proposed_at: when
 * @verdict: `pass`, `return` or the empty text
 * @reason: why it was given back
 * @checked_by: id of the person, or the empty text
 * @checked_at: when
 * @released_by: id of the person, or the empty text
 * @released_at: when
 * @late_reason: why it was released after its last day, or the empty text
 *
 * A public copy of a document, as it was proposed.
 */
typedef struct {
  char *id;
  JzObject pdf;
  JzHash public;
  JzHash report;
  JzJson *findings;
  JzJson *fields;
  JzJson *redactions;
  gint64 deviations;
  char *note;
  char *proposed_by;
  char *proposed_at;
  char *verdict;
  char *reason;
  char *checked_by;
  char *checked_at;
  char *released_by;
  char *released_at;
  char *late_reason;
} JzPublicationCopy;

/**
 * JzReleased:
 * @publication: what is public
 * @copy: the copy that is
 * @case_number: number of the case
 *
 * What the public gets to see.
 */
typedef struct {
  JzPublication *publication;
  JzPublicationCopy *copy;
  char *case_number;
} JzReleased;

/**
 * JzPublicationStep:
 * @act: what is to be done next
 * @roles: who begins it, with `|` between
 * @is_desk: whether somebody is waited for; not where it is only asked again after a year
 *
 * What a publication waits for.
 */
typedef struct {
  const char *act;
  const char *roles;
  gboolean is_desk;
} JzPublicationStep;

void jz_publication_free (JzPublication *self);
void jz_publication_copy_free (JzPublicationCopy *self);
void jz_released_free (JzReleased *self);

gboolean jz_publication_is_out (const JzPublication *self);
const char *jz_publication_get_limited_act (const JzPublication *self);
const JzPublicationStep *jz_publication_get_next_step (const JzPublication *self);
gboolean jz_publication_find (JzConnection *tables,
                              const char *document,
                              JzPublication **publication,
                              GError **error);
GPtrArray *jz_publications_of_case (JzConnection *tables, const char *case_id, GError **error);
gboolean jz_publication_find_copy (JzConnection *tables,
                                   gint64 key,
                                   JzPublicationCopy **copy,
                                   GError **error);
gboolean jz_publication_find_previous (JzConnection *tables,
                                       const JzPublication *publication,
                                       JzPublicationCopy **copy,
                                       GError **error);
GPtrArray *jz_publications_list_released (JzConnection *tables,
                                          const char *from,
                                          const char *to,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublication, jz_publication_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPublicationCopy, jz_publication_copy_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzReleased, jz_released_free)

G_END_DECLS
