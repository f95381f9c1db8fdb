/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page_view.h"
#include "app/publicity/carriers_pane.h"
#include "app/publicity/found_pane.h"
#include "app/publicity/publication_page.h"
#include "app/publicity/publication_read.h"

G_BEGIN_DECLS

struct _JzPublicationPage {
  AdwBin parent_instance;

  /* Template children */
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *told;
  GtkGrid *changes;
  GtkBox *errors;
  GtkBox *steps;
  GtkStack *stack;
  GtkStack *views;
  JzPageView *original;
  JzPageView *public;
  JzFoundPane *found_pane;
  GtkButton *add;
  GtkBox *note_box;
  GtkTextView *note;
  JzCarriersPane *carriers;
  GtkListBox *history;

  JzOfficeClient *client;
  GCancellable *cancellable;
  char *document;
  JzFaces *faces;
  JzPublicationReading *reading;
  GHashTable *kept; /* document → JzJson: what was decided and is not handed in yet */
  gboolean is_correcting;
  gboolean is_busy;
};

const char *jz_publication_page_get (JzPublicationPage *self, const char *name);
void jz_publication_page_update (JzPublicationPage *self);
void jz_publication_page_update_head (JzPublicationPage *self);
void jz_publication_page_update_submit (JzPublicationPage *self);

/* publication_acts.c */
void jz_publication_page_install_acts (GtkWidgetClass *widget_class);

G_END_DECLS
