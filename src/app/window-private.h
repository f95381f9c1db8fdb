/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/section.h"
#include "app/start/store_button.h"
#include "app/window.h"

G_BEGIN_DECLS

struct _JzWindow {
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GListModel *toast_children;
  guint toast_watch; /* while a message is shown */
  AdwWindowTitle *title;
  GtkMenuButton *find_button;
  GtkMenuButton *person_button;
  JzStoreButton *store_button;
  GtkWidget *demo_strip;
  GtkRevealer *job_revealer;
  GtkLabel *job_label;
  GtkProgressBar *job_progress;
  GtkStack *stack;
  GtkListBox *sidebar;
  GtkStack *sections;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *place;
  GPtrArray *history; /* places, the newest last */
  JzJob *job;
  guint job_timeout;
};

/* The window that a widget is in, %NULL while it is in none. */
JzWindow *jz_window_find (GtkWidget *inside);
/* Places, of whoever is signed in. */
void jz_window_show_work (JzWindow *self);
void jz_window_clear_work (JzWindow *self);
void jz_window_leave_seen (JzWindow *self);
/* Which office is shown, and what stands in its place while none is. */
void jz_window_show_setup (JzWindow *self);
/* What was done stands above the controls at the foot of a page. */
void jz_window_place_toasts (JzWindow *self);
/* What is under way. */
void jz_window_cancel_job (JzWindow *self);

G_END_DECLS
