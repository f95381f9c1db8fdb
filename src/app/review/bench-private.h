/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/review/bench.h"
#include "app/review/cards.h"
#include "app/review/findings.h"
#include "app/review/material.h"
#include "app/review/parts.h"
#include "app/review/verdict.h"

G_BEGIN_DECLS

/* What the files of the workbench share. */

struct _JzReviewBench {
  AdwBin parent_instance;

  /* Template children */
  GtkLabel *title;
  GtkLabel *due;
  GtkLabel *open;
  GtkToggleButton *findings_button;
  GtkMenuButton *questions_button;
  GtkBox *questions;
  JzReviewCards *cards;
  JzReviewMaterial *material;
  GtkWidget *findings_separator;
  JzReviewFindings *findings;
  GtkBox *verdicts;
  GtkWidget *bar;
  GtkWidget *bar_line;
  GtkEditable *reason;
  GtkMenuButton *keys_button;
  GtkLabel *keys;
  GtkLabel *links;
  GtkWidget *unlink;
  GtkLabel *hint;

  GtkToggleButton *buttons[JZ_N_VERDICTS];
  JzOfficeClient *client;
  GCancellable *cancellable;
  char *case_id;
  char *first_point;
  char *first_item;
  JzJson *sheet;
  GPtrArray *linked; /* utf8 */
  char *entered_id;  /* of what the bar holds a verdict, a reason and links */
  JzJson *entered;   /* (nullable): the judgement that it was filled with */
  gboolean goes_on;  /* to what is open, once the sheet that tells of the judgement is read */
  gboolean is_busy;
  gboolean is_setting;
  gboolean is_wide;
  gboolean shows_findings;
  guint layout_id;
};

/* bench_judge.c */
void jz_review_bench_install_judging (GtkWidgetClass *widget_class);
void jz_review_bench_init_judging (JzReviewBench *self);
void jz_review_bench_update_bar (JzReviewBench *self);
void jz_review_bench_forget_entered (JzReviewBench *self);

/* bench_layout.c */
void jz_review_bench_init_layout (JzReviewBench *self);
void jz_review_bench_install_layout (GtkWidgetClass *widget_class);
void jz_review_bench_update_panes (JzReviewBench *self);

/* bench_keys.c */
void jz_review_bench_init_keys (JzReviewBench *self);

/* bench_questions.c */
void jz_review_bench_install_questions (GtkWidgetClass *widget_class);
void jz_review_bench_init_questions (JzReviewBench *self);
void jz_review_bench_show_questions (JzReviewBench *self);

G_END_DECLS
