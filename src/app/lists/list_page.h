/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/detail.h"
#include "app/lists/short_table.h"
#include "app/section.h"

G_BEGIN_DECLS

/* A page of the lists: a head with search and buttons, a table, and beside it what is known of the
 * row that is selected. */
#define JZ_TYPE_LIST_PAGE (jz_list_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (JzListPage, jz_list_page, JZ, LIST_PAGE, JzSection)

/**
 * JzListPageClass:
 * @title: of the page, to be translated
 * @columns: of its table
 * @n_columns: how many
 * @read: reads what it shows, on a worker thread; gets nothing
 * @free_result: frees what @read gave
 * @fill: puts rows into the table; the result stays the page's
 * @show: fills the pane beside the table for the row that is selected, %NULL for none
 */
struct _JzListPageClass {
  JzSectionClass parent_class;

  const char *title;
  const JzShortColumn *columns;
  guint n_columns;
  JzOfficeRead read;
  GDestroyNotify free_result;
  void (*fill) (JzListPage *self, gpointer result);
  void (*show) (JzListPage *self, gpointer result, const char *id);
};

gpointer jz_list_page_get_result (JzListPage *self);
JzShortTable *jz_list_page_get_table (JzListPage *self);
JzDetail *jz_list_page_get_detail (JzListPage *self);
const char *jz_list_page_get_selected (JzListPage *self);
GtkWidget *jz_list_page_add_button (JzListPage *self,
                                    const char *label,
                                    const char *action,
                                    const char *roles);
void jz_list_page_add_head_widget (JzListPage *self, GtkWidget *widget);
void jz_list_page_set_strip (JzListPage *self, const char *text);

G_END_DECLS
