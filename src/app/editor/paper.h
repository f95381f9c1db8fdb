/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/editor/typing.h"
#include "pages/pages.h"

G_BEGIN_DECLS

/**
 * JzPaper:
 *
 * The pages of a document as they are printed, with a caret on them. It draws everything itself
 * from the lines that the PDF draws; a text view that is never painted holds the text of one field
 * and does keys, input method, clipboard and accessibility.
 *
 * Signal "went" (path: nullable): another field is edited now.
 * Signal "entered" (path, is_shifted) → whether it was dealt with: Enter was typed in a text.
 * Signal "clocked" (path): Ctrl+Enter was typed in a text.
 */
#define JZ_TYPE_PAPER (jz_paper_get_type ())
G_DECLARE_FINAL_TYPE (JzPaper, jz_paper, JZ, PAPER, GtkWidget)

GtkWidget *jz_paper_new (JzFaces *faces);
void jz_paper_set_typing (JzPaper *self, JzTyping *typing);
void jz_paper_set_editable (JzPaper *self, gboolean is_editable);
void
jz_paper_set_marks (JzPaper *self, const char *case_number, gboolean is_demo, gboolean is_draft);
void jz_paper_set_continuous (JzPaper *self, gboolean is_continuous);
void jz_paper_set_zoom (JzPaper *self, double zoom);
double jz_paper_get_asked_zoom (JzPaper *self);
double jz_paper_get_zoom (JzPaper *self);

JzPages *jz_paper_get_pages (JzPaper *self);
const char *jz_paper_get_path (JzPaper *self);
gboolean jz_paper_go (JzPaper *self, const char *path, guint offset);
gboolean jz_paper_go_next (JzPaper *self, int direction);
void jz_paper_insert (JzPaper *self, const char *text);
gboolean jz_paper_is_composing (JzPaper *self);

void jz_paper_set_carried (JzPaper *self, GHashTable *carried);
guint jz_paper_get_caret (JzPaper *self);

/**
 * JzPaperTie:
 * @start: where the paragraph begins, in bytes of the field's text
 * @end: where it ends
 * @is_changed: it reads otherwise than when it was tied
 */
typedef struct {
  guint start;
  guint end;
  gboolean is_changed;
} JzPaperTie;

void jz_paper_set_ties (JzPaper *self, GHashTable *ties);
gboolean jz_paper_find_at (JzPaper *self, double x, double y, char **path, guint *offset);

void jz_paper_pop_up (JzPaper *self, const char *path, GtkWidget *child);

void jz_paper_set_find (JzPaper *self, const char *text);
guint jz_paper_count_found (JzPaper *self);
gboolean jz_paper_go_found (JzPaper *self, int direction);

gboolean jz_paper_get_carets (JzPaper *self, graphene_point_t *drawn, graphene_point_t *hidden);

G_END_DECLS
