/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/case/case_tab.h"

G_BEGIN_DECLS

/* Files come into a case from its tabs: chosen, dropped or pasted. @step is the one that they show,
 * where that is known. */
void jz_case_add_picture (JzCaseTab *tab, GBytes *png);
void jz_case_add_files (JzCaseTab *tab, const GValue *files, const char *step);
void jz_case_go_on (JzCaseTab *tab, GPtrArray *tickets, GPtrArray *arrivals);
void jz_case_choose_files (JzCaseTab *tab, const char *step);
void jz_case_take_files (JzCaseTab *tab, GtkWidget *onto, const char *step);

/* The same beside its tabs, of a case of which the sheet was read. */
void jz_files_add (GtkWidget *inside,
                   JzOfficeClient *client,
                   const char *case_id,
                   const JzJson *sheet,
                   GPtrArray *paths);
void jz_files_choose (GtkWidget *inside,
                      JzOfficeClient *client,
                      const char *case_id,
                      const JzJson *sheet);
GPtrArray *jz_files_list_paths (GtkWidget *inside, const GValue *files);

G_END_DECLS
