/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/lists/short_table.h"
#include "app/office_client.h"
#include "base/table.h"

G_BEGIN_DECLS

/**
 * JzChosen:
 * @path: the file that was chosen
 * @data: what was given
 *
 * Told when somebody has chosen a file.
 */
typedef void (*JzChosen) (const char *path, gpointer data);

void
jz_lists_export (GtkWidget *inside, JzOfficeClient *client, JzShortTable *table, const char *title);
void jz_lists_export_texts (GtkWidget *inside,
                            JzOfficeClient *client,
                            const char *title,
                            GPtrArray *columns,
                            GPtrArray *rows);
void jz_lists_choose_file (GtkWidget *inside,
                           const char *title,
                           const char *pattern,
                           JzChosen chosen,
                           gpointer data);

G_END_DECLS
