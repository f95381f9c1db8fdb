/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/job.h"
#include "app/office_client.h"

G_BEGIN_DECLS

/* Writes the file @path on a worker thread, and nothing half of it, until @job is cancelled.
 * Returns the sentence that tells what was written, NULL on failure. */
typedef char *(*JzFileWrite) (JzOffice *office,
                              JzConnection *reader,
                              const char *path,
                              JzJob *job,
                              gpointer data,
                              GError **error);

/**
 * JzFileExport:
 * @title: of the dialog that asks for the file
 * @name: that it proposes
 * @doing: what is said while it is written
 * @write: writes it
 *
 * A file that somebody takes out of the office.
 */
typedef struct {
  const char *title;
  const char *name;
  const char *doing;
  JzFileWrite write;
} JzFileExport;

void jz_file_export (GtkWidget *inside,
                     JzOfficeClient *client,
                     const JzFileExport *what,
                     gpointer data,
                     GDestroyNotify free_data);

G_END_DECLS
