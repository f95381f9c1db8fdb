/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "penalty-fixture.h"

#include "office/documents.h"

G_BEGIN_DECLS

/* Forms of an invented bureau, one a flow, with next to nothing in them, so that what is tested is
 * the life of a document and not what the shipped forms ask for:
 *
 *   one_h, one_hu, one_hur, one_l, one_a, one_c   ids
 *
 * one_hur has the number code 试, is approved by document.approve and has a page for the opinions;
 * one_h has the code 录. All but one_a are served. */

/* An office that has adopted them, with a case that is filed. */
void documents_init (Penalty *self);
/* A draft; who drafts it follows from its form. */
char *documents_draft (Penalty *self, const char *form);
/* Who writes documents of that form. */
const char *documents_get_writer (const char *form);
/* Arguments of an act on a document: the case, the document and @rest. */
char *documents_args (Penalty *self, const char *document, const char *rest);
/* Performs, proposes and confirms where that is needed; what it comes to must be done. */
void documents_step (Penalty *self, const char *document, const char *form, JzDocumentState to);
/* A draft that has come so far. */
char *documents_make (Penalty *self, const char *form, JzDocumentState to);
void documents_approve (Penalty *self, const char *document);
void documents_finalise (Penalty *self, const char *document, const char *form);
/* A text that is stated of it, "" for none; "state" is its state. */
char *documents_get (Penalty *self, const char *document, const char *name);
/* What the fixture's drawer drew as its frozen PDF: the values. */
JzJson *documents_read_frozen (Penalty *self, const char *document);
/* The fault of an act that is no refusal must have all of @words, with | between. */
void documents_fail (Penalty *self,
                     const char *who,
                     const char *act,
                     const char *args,
                     const char *words);

G_END_DECLS
