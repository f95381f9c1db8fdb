/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pages/metrics.h"
#include "pages/pages.h"

G_BEGIN_DECLS

/* What the steps of the layout share. Text is composed first, then broken into lines, then the
 * lines are placed; a page is begun whenever something does not fit. */

/* A paragraph's wording with the places of its values. */
typedef struct {
  GString *text;
  GArray *spans;     /* (element-type JzPageSpan) */
  gboolean is_blank; /* every value in it is empty, and there is nothing else */
} JzPhrase;

/* How text is set. */
typedef struct {
  JzFaceRole role;
  double size;
  double pitch; /* from line to line */
  int spacing;
} JzStyle;

/* A line that has no place yet. */
typedef struct {
  JzPageText *text;
  guint line;
  double x; /* from the left edge of the cell */
  double width;
  double pitch;
  double size;
  gboolean is_kept; /* stays with the line before it */
} JzLooseLine;

typedef struct {
  double x; /* from the left edge of the type area */
  double width;
  double padding;
  GPtrArray *lines;   /* (element-type JzLooseLine) */
  gboolean is_middle; /* between top and bottom */
  gboolean is_struck;
} JzCell;

typedef struct {
  GPtrArray *cells; /* (element-type JzCell) */
  double height;    /* at least */
} JzRow;

/* The entry of a list around here. */
typedef struct {
  const JzFormField *field;
  const JzJson *value;
  guint number; /* from 1 */
} JzEntry;

typedef struct {
  const JzForm *form;
  const JzFilling *filling;
  JzFaces *faces;
  const JzPageOptions *options;
  JzPages *pages;
  JzPage *page;
  double y;   /* where the next thing goes */
  double top; /* of the room for text on every page */
  double bottom;
  const JzRow *head; /* (nullable): repeated on top of every page */
  double frame_top;  /* of the table on this page; negative outside of tables */
  const char *group; /* (nullable): the label beside the rows */
  double group_width;
  double group_top;
  guint n_movable;         /* last lines of the page that may go to the next one */
  const JzBodyNode *strip; /* (nullable) */
  double strip_height;
  double left; /* what is shown of a page */
  double width;
} JzComposer;

JzPages *jz_pages_new (void);
void jz_broken_unref (gpointer self);
JzPhrase *jz_phrase_new (void);
void jz_phrase_free (JzPhrase *self);
void jz_composer_add_inline (JzComposer *self,
                             const JzBodyNode *node,
                             const JzEntry *entry,
                             JzPhrase *phrase);
void jz_composer_add_value (JzComposer *self,
                            const JzFormField *field,
                            const JzJson *value,
                            const char *path,
                            JzShow show,
                            JzPhrase *phrase);
GPtrArray *jz_phrase_split (const JzPhrase *self); /* (element-type JzPhrase): one a paragraph */
gboolean jz_composer_has (const JzComposer *self, const JzBodyNode *node);

JzPageText *jz_page_text_ref (JzPageText *self);
void jz_page_text_unref (JzPageText *self);
void jz_composer_break_lines (JzComposer *self,
                              const JzPhrase *phrase,
                              const JzStyle *style,
                              double width,
                              double indent,
                              JzAlign align,
                              gboolean is_justified,
                              GPtrArray *lines);
GPtrArray *jz_loose_lines_new (void);
void jz_composer_place_line (JzComposer *self,
                             const JzLooseLine *line,
                             double left,
                             double right,
                             double x,
                             double baseline);

void jz_composer_begin_page (JzComposer *self);
void jz_composer_snap (JzComposer *self);
void jz_composer_add_paragraph (JzComposer *self,
                                const JzPhrase *phrase,
                                JzFaceRole role,
                                double indent,
                                JzAlign align,
                                guint keep_rows);
void jz_composer_add_title (JzComposer *self);
void jz_composer_add_seal (JzComposer *self);
double jz_composer_measure_feet (JzComposer *self);
void jz_composer_add_foot (JzComposer *self, const JzPhrase *phrase);
void jz_composer_add_parts (JzComposer *self, const JzBodyNode *node, const JzEntry *entry);

JzRow *jz_row_new (double height);
void jz_row_free (JzRow *self);
JzCell *jz_row_add_cell (JzRow *self, double x, double width);
void jz_composer_begin_table (JzComposer *self);
void jz_composer_end_table (JzComposer *self);
void jz_composer_close_segment (JzComposer *self);
void jz_composer_open_segment (JzComposer *self);
void jz_composer_turn_page (JzComposer *self);
void jz_composer_place_row (JzComposer *self, JzRow *row);
void jz_composer_add_grid (JzComposer *self, const JzBodyNode *node);
void jz_composer_add_list (JzComposer *self, const JzBodyNode *node);
void jz_composer_add_list_rows (JzComposer *self, const JzBodyNode *node);

void jz_composer_compose_sign (JzComposer *self, const JzBodyNode *node, JzPhrase *phrase);
gboolean
jz_composer_compose_signer (JzComposer *self, const JzBodyNode *node, guint i, JzPhrase *phrase);
double jz_composer_measure_strip (JzComposer *self);
void jz_composer_add_furniture (JzComposer *self);

extern const JzStyle jz_style_body;
extern const JzStyle jz_style_cell;
extern const JzStyle jz_style_label;
extern const JzStyle jz_style_note;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPhrase, jz_phrase_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzRow, jz_row_free)

G_END_DECLS
