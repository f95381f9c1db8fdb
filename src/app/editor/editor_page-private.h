/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/carried.h"
#include "app/editor/editor_page.h"
#include "app/editor/field_drawer.h"
#include "app/editor/find_bar.h"
#include "app/editor/guide_drawer.h"
#include "app/editor/paper.h"
#include "app/editor/picker.h"
#include "office/document_view.h"

G_BEGIN_DECLS

/* What the files of the editor share. */

typedef void (*JzEditorThen) (JzEditorPage *self);

/**
 * JzEditorQuestion:
 * @document: the document that is shown
 * @case_id: its case
 * @about: (nullable): what else it is about
 * @values: what stands on the page
 *
 * What the editor asks the office about; see jz_editor_ask().
 */
typedef struct {
  char *document;
  char *case_id;
  char *about;
  JzJson *values;
} JzEditorQuestion;

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
  GMenu *other_steps; /* its menu, which stays the same one */
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
  JzPicker *picker;
  GtkWidget *tools_box;
  GtkWidget *questions_button;

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
  guint n_asked;      /* of the prepared questions, so many were offered */
  char *main_step;    /* (nullable): act of the button */
  JzCarried *carried; /* sentences of another case that nobody has looked at */
  GtkWidget *target;  /* (nullable) (weak): the entry of the drawer that is written into */
  guint n_carried;    /* of them stand in the document, as was said last */
  JzJson *ties;       /* (nullable): what of it is tied to recordings */
  JzJson *tying;      /* (nullable): a moment of one, until the paragraph is chosen */
  void (*picked) (JzEditorPage *self, const JzJson *row); /* (nullable): takes what was chosen */
  JzEditorThen then; /* (nullable): what to do when everything is on record */
};

/* editor_page.c */
void jz_editor_set_editable (JzEditorPage *self, gboolean is_editable);
void jz_editor_show_notice (JzEditorPage *self,
                            const char *text,
                            const char *button,
                            const char *action);

/* editor_load.c */
void jz_editor_load (JzEditorPage *self);
void jz_editor_forget (JzEditorPage *self);

/* editor_drawers.c */
void jz_editor_install_drawers (GtkWidgetClass *klass);
void jz_editor_fit_drawers (JzEditorPage *self);
void jz_editor_fit_drawers_soon (JzEditorPage *self);
gboolean jz_editor_go_in_drawer (JzEditorPage *self, const char *path);

/* editor_question.c */
void jz_editor_ask (JzEditorPage *self,
                    JzOfficeRead read,
                    const char *about,
                    GAsyncReadyCallback callback);

/* editor_save.c */
void jz_editor_typed (JzEditorPage *self);
void jz_editor_show_saved (JzEditorPage *self);
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
gboolean jz_editor_is_asked (JzEditorPage *self, const char *question);
void jz_editor_put_question (JzEditorPage *self, const char *question);

/* editor_tools.c */
void jz_editor_install_tools (GtkWidgetClass *klass);
void jz_editor_add_tools (JzEditorPage *self);
void jz_editor_show_tools (JzEditorPage *self);
void jz_editor_focus_final (JzEditorPage *self);

/* editor_carry.c */
void jz_editor_start_from_similar (JzEditorPage *self);
void jz_editor_load_carried (JzEditorPage *self);
void jz_editor_show_carried (JzEditorPage *self);
void jz_editor_confirm_carried (JzEditorPage *self, gboolean is_all);

/* editor_ties.c */
void jz_editor_install_ties (GtkWidgetClass *klass);
void jz_editor_add_ties (JzEditorPage *self);
void jz_editor_ask_ties (JzEditorPage *self);
void jz_editor_show_ties (JzEditorPage *self);

/* editor_source.c */
void jz_editor_install_source (GtkWidgetClass *klass);

/* editor_zoom.c */
void jz_editor_install_zoom (GtkWidgetClass *klass);

G_END_DECLS
