/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/editor_page.h"
#include "app/editor/field_drawer.h"
#include "app/editor/find_bar.h"
#include "app/editor/guide_drawer.h"
#include "app/editor/paper.h"
#include "office/document_view.h"

G_BEGIN_DECLS

/* What the files of the editor share. */

typedef void (*JzEditorThen) (JzEditorPage *self);

struct _JzEditorPage {
  JzSection parent_instance;
  GtkToggleButton *fields_button;
  GtkLabel *title;
  GtkLabel *badge;
  GtkLabel *status;
  GtkWidget *view_switch;
  GtkToggleButton *pages_button;
  GtkToggleButton *continuous_button;
  GtkButton *checks_button;
  AdwSplitButton *step_button;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  GtkButton *notice_button;
  JzFindBar *find_bar;
  GtkStack *stack;
  GtkRevealer *fields_revealer;
  JzFieldDrawer *fields;
  GtkScrolledWindow *scrolled;
  GtkRevealer *guide_revealer;
  JzGuideDrawer *guide;

  JzFaces *faces;
  JzPaper *paper;
  JzTyping *typing;     /* (nullable) */
  JzDocumentView *view; /* (nullable) */
  char *document;       /* (nullable): id of what is shown or being loaded */
  char *path;           /* (nullable): the field to go to once it is shown */
  GCancellable *cancellable;
  gulong typed;
  guint keeping;  /* source id: what was typed is kept soon */
  guint checking; /* source id: it is checked soon */
  int width;
  guint fitting; /* source id */

  gboolean is_editable;
  gboolean is_dirty; /* something was typed that is not on record */
  gboolean is_again; /* what was passed on is changed again */
  gboolean is_saving;
  gboolean is_loading;
  guint n_asked;     /* of the prepared questions, so many were offered */
  char *main_step;   /* (nullable): act of the button */
  JzEditorThen then; /* (nullable): what to do when everything is on record */
};

/* editor_page.c */
void jz_editor_load (JzEditorPage *self);
void jz_editor_set_editable (JzEditorPage *self, gboolean is_editable);
void jz_editor_show_notice (JzEditorPage *self,
                            const char *text,
                            const char *button,
                            const char *action);

/* editor_save.c */
void jz_editor_typed (JzEditorPage *self);
void jz_editor_save_then (JzEditorPage *self, JzEditorThen then);
void jz_editor_stop_keeping (JzEditorPage *self);
void jz_editor_check_soon (JzEditorPage *self);
void jz_editor_ask_sources (JzEditorPage *self);
void jz_editor_ask_versions (JzEditorPage *self);
void jz_editor_take_over (JzEditorPage *self);

/* editor_steps.c */
void jz_editor_show_steps (JzEditorPage *self);
void jz_editor_do_step (JzEditorPage *self, const char *act);
const char *jz_editor_state_word (JzDocumentState state);

/* editor_print.c */
void jz_editor_print (JzEditorPage *self);
void jz_editor_export (JzEditorPage *self);

/* editor_rhythm.c */
gboolean jz_editor_entered (JzEditorPage *self, const char *path, gboolean is_shifted);
void jz_editor_clocked (JzEditorPage *self, const char *path);

G_END_DECLS
