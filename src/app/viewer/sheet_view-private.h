/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/viewer/sheet_view.h"

G_BEGIN_DECLS

/* Between two pages and around them. */
#define JZ_SHEET_GAP 12.0

/* A place in the text of a page: before the character of this number. */
typedef struct {
  guint page;
  guint character;
} JzSheetPlace;

struct _JzSheetView {
  GtkWidget parent_instance;

  JzSheetSource *source;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkScrollablePolicy hpolicy;
  GtkScrollablePolicy vpolicy;
  double *tops; /* of each page, and the end */
  double zoom;  /* 1 is the width of the view */
  int quarters; /* turned clockwise */
  char *search; /* (nullable) */
  char *watermark;
  JzSheetHit hit; /* that is in front; length 0 for none */
  JzSheetPlace from;
  JzSheetPlace to;
  gboolean has_chosen;
  guint front; /* the page that was told last */
  GtkGesture *drag;
};

/* sheet_layout.c */
void jz_sheet_view_lay_out (JzSheetView *self);
double jz_sheet_view_get_page_width (JzSheetView *self);
double jz_sheet_view_get_page_height (JzSheetView *self, guint page);
graphene_rect_t jz_sheet_view_get_page_place (JzSheetView *self, guint page);
gboolean jz_sheet_view_find_page (JzSheetView *self,
                                  double x,
                                  double y,
                                  guint *page,
                                  double *px,
                                  double *py);
void jz_sheet_view_get_seen (JzSheetView *self, guint *first, guint *last);

/* sheet_text.c */
void jz_sheet_view_init_text (JzSheetView *self);
void jz_sheet_view_draw_text_marks (JzSheetView *self, GtkSnapshot *snapshot, guint page);
void jz_sheet_view_forget_chosen (JzSheetView *self);

G_END_DECLS
