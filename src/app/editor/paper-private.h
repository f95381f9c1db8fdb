/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/paper.h"
#include "pages/places.h"

G_BEGIN_DECLS

/* What the files of the page widget share. */

/* Between two pages, in points. */
#define JZ_PAPER_GAP 12.0

/* A page as it is drawn; made when it is first seen. */
typedef struct {
  GskRenderNode *tint; /* (nullable): behind the fields */
  GskRenderNode *ink;  /* (nullable): text and lines */
} JzPaperPage;

struct _JzPaper {
  GtkWidget parent_instance;
  JzFaces *faces;
  JzTyping *typing;  /* (nullable) */
  JzPages *pages;    /* (nullable) */
  GArray *drawn;     /* (element-type JzPaperPage), one for each page */
  GArray *tops;      /* (element-type double): of the pages, in points */
  GPtrArray *spans;  /* (nullable) (element-type JzPageSpan): the fields in order of reading */
  GHashTable *nodes; /* (element-type utf8 GtkWidget): by path */
  GtkWidget *input;
  char *case_number;
  gboolean is_demo;
  gboolean is_draft;
  gboolean is_editable;
  gboolean is_continuous;

  char *path;        /* (nullable): the field that is edited */
  gboolean is_typed; /* whether in the hidden view */
  gboolean is_loading;
  char *preedit;
  double wanted_x; /* of the caret while it goes up and down; negative for none */

  double zoom;     /* 0 for as wide as there is room */
  double scale;    /* pixels a point */
  double offset_x; /* of the pages, in pixels */
  graphene_point_t input_place;
  char *find;  /* (nullable) */
  guint found; /* the hit that the user is at, from 1; 0 for none */
  guint first_visible;
  guint last_visible;
  guint n_laid_out;
  GHashTable *ties;    /* (nullable) (element-type utf8 GArray): by path, JzPaperTie */
  GHashTable *carried; /* (nullable) (element-type utf8 GArray): by path, tinted sentences */
};

/* paper_layout.c */
void jz_paper_lay_out (JzPaper *self);

/* paper_steps.c */
void jz_paper_install_steps (GtkWidgetClass *klass);

/* paper.c */
double jz_paper_get_height (JzPaper *self);
void jz_paper_drop_drawn (JzPaper *self);
double jz_paper_get_top (JzPaper *self, guint page);
void jz_paper_set_path (JzPaper *self, const char *path);

/* paper_scroll.c */
void jz_paper_scroll_to (JzPaper *self, guint page, double y, double height);
void jz_paper_scroll_to_caret (JzPaper *self);
void jz_paper_update_visible (JzPaper *self);
void jz_paper_follow_scrolling (JzPaper *self);
void jz_paper_leave_scrolling (JzPaper *self);

/* paper_caret.c */
gboolean jz_paper_find_caret (JzPaper *self, JzPagePlace *place);
void jz_paper_allocate_input (JzPaper *self);

/* paper_draw.c */
void jz_paper_draw (JzPaper *self, GtkSnapshot *snapshot);
void jz_paper_page_clear (JzPaperPage *self);
void jz_paper_draw_part (GtkSnapshot *snapshot,
                         const JzPage *page,
                         const char *path,
                         guint from,
                         guint to,
                         const GdkRGBA *colour);

/* paper_carried.c */
void jz_paper_draw_carried (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page);
gboolean jz_paper_is_carried (JzPaper *self, const char *path);

/* paper_ties.c */
void jz_paper_draw_ties (JzPaper *self, GtkSnapshot *snapshot, const JzPage *page);

/* paper_input.c */
#define JZ_TYPE_PAPER_INPUT (jz_paper_input_get_type ())
G_DECLARE_FINAL_TYPE (JzPaperInput, jz_paper_input, JZ, PAPER_INPUT, GtkTextView)
GtkWidget *jz_paper_input_new (JzPaper *paper);
void jz_paper_input_load (JzPaper *self, const char *text, guint offset);
guint jz_paper_input_get_caret (JzPaper *self);
void jz_paper_input_set_caret (JzPaper *self, guint offset, gboolean is_extended);
void jz_paper_input_select_all (JzPaper *self);
gboolean jz_paper_input_get_selection (JzPaper *self, guint *start, guint *end);
char *jz_paper_input_dup_text (JzPaper *self);

/* paper_move.c */
void jz_paper_move_caret (JzPaper *self, GtkMovementStep step, int count, gboolean is_extended);
void jz_paper_add_pointer (JzPaper *self);
gboolean jz_paper_go_at (JzPaper *self, double x, double y);

/* paper_paste.c */
gboolean jz_paper_paste (JzPaper *self);
void jz_paper_add_drop (JzPaper *self);

/* paper_node.c */
#define JZ_TYPE_PAPER_NODE (jz_paper_node_get_type ())
G_DECLARE_FINAL_TYPE (JzPaperNode, jz_paper_node, JZ, PAPER_NODE, GtkWidget)
void jz_paper_update_nodes (JzPaper *self);
void jz_paper_allocate_nodes (JzPaper *self);
GtkWidget *jz_paper_get_node (JzPaper *self, const char *path);

/* paper_choose.c */
void jz_paper_choose (JzPaper *self, const char *path);
gboolean jz_paper_tick_at (JzPaper *self, const JzPagePick *pick);

G_END_DECLS
