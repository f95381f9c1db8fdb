/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/filling.h"
#include "pages/faces.h"

G_BEGIN_DECLS

/* A part of a line that is the value of a field. */
typedef struct {
  guint start; /* bytes in the text of the line's paragraph */
  guint end;
  guint offset;      /* of this part in the value's text, which may have several paragraphs */
  JzShow show;       /* how the value is shown here */
  gboolean is_blank; /* nothing is filled in: what stands here is no part of a value */
  char *path;        /* "facts", "party.name", "goods[3].name" */
} JzPageSpan;

/* One paragraph as it was broken into lines. */
typedef struct {
  gatomicrefcount ref_count;
  PangoLayout *layout;
  GArray *spans; /* (element-type JzPageSpan) */
} JzPageText;

/* A line where it stands. */
typedef struct {
  JzPageText *text;
  guint line;      /* of the layout */
  double x;        /* of the first character */
  double baseline; /* from the top of the page */
  double width;
  double size; /* of its characters */
  double left; /* what it must stay between: the edges of its cell or of the type area */
  double right;
  double top;
  double bottom;
} JzPageLine;

typedef struct {
  double x;
  double y;
  double width;
  double height;
  double line_width;
} JzPageBox;

typedef struct {
  double x1;
  double y1;
  double x2;
  double y2;
  double line_width;
} JzPageStroke;

typedef struct {
  char *text;
  guint page; /* from 1 */
  double y;
} JzPageHeading;

typedef struct {
  double left; /* what is shown of it, from its left edge */
  double width;
  double height;
  GPtrArray *lines; /* (element-type JzPageLine) */
  GArray *boxes;    /* (element-type JzPageBox) */
  GArray *strokes;  /* (element-type JzPageStroke) */
} JzPage;

/* A document on its pages, drawn nowhere yet. */
typedef struct {
  gatomicrefcount ref_count;
  char *title;
  char *author;
  GPtrArray *pages;       /* (element-type JzPage) */
  GPtrArray *headings;    /* (element-type JzPageHeading) */
  GPtrArray *notes;       /* (element-type JzGlyphNote) */
  PangoLayout *watermark; /* (nullable): across every page, behind the text */
  GHashTable *broken;     /* paragraphs as they were broken into lines, for the next layout */
} JzPages;

/* What stands on pages beside the document itself. */
typedef struct {
  const char *case_number; /* (nullable): for the heads of continuation pages */
  const char *mark;        /* (nullable): a small code at the foot of every page */
  gboolean is_demo;        /* every page bears 演示 */
  gboolean is_draft;       /* every page bears 草稿 across it */
  gboolean is_continuous;  /* no page breaks, heads and numbers: for typing, never for paper */
  GHashTable *written;     /* (nullable) (element-type utf8 utf8): by path, what stands in place of
                            * a value that is being typed */
  const JzPages *previous; /* (nullable): paragraphs that are the same there are taken from it */
} JzPageOptions;

JzPages *jz_pages_lay_out (const JzFilling *filling, JzFaces *faces, const JzPageOptions *options);
JzPages *jz_pages_ref (JzPages *self);
void jz_pages_unref (JzPages *self);
gboolean jz_pages_has_missing (const JzPages *self);
char *jz_pages_dump (const JzPages *self);
gboolean jz_page_equal (const JzPage *a, const JzPage *b);

/* (transfer full): the line's own text, without its paragraph's other lines */
char *jz_page_line_dup_text (const JzPageLine *self);
PangoLayoutLine *jz_page_line_get (const JzPageLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPages, jz_pages_unref)

G_END_DECLS
