/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/act.h"

G_BEGIN_DECLS

/* Files that were copied into the store before it was said what they are: the window copies while
 * the person still fills in the rest. An act takes one by its token; what is never taken goes. */
typedef struct _JzTakenFiles JzTakenFiles;

JzTakenFiles *jz_taken_files_new (void);
void jz_taken_files_free (JzTakenFiles *self);

/**
 * JzTakenFile:
 * @object: the content, durable
 * @name: the file's own name
 * @probe: (nullable): what it says of itself
 * @note: (nullable): of its arrival
 *
 * A file that is in the store and that no act names yet.
 */
typedef struct {
  JzObject object;
  char *name;
  JzJson *probe;
  char *note;
} JzTakenFile;

void jz_taken_file_free (JzTakenFile *self);

char *jz_office_add_taken (JzOffice *office,
                           const JzObject *object,
                           const char *name,
                           const JzJson *probe,
                           const char *note);
JzTakenFile *jz_office_find_taken (JzOffice *office, const char *token);
gboolean jz_office_drop_taken (JzOffice *office, const char *token, GError **error);
void jz_office_keep_note (JzOffice *office, const JzObject *object, const char *note);
void jz_office_drop_notes (JzOffice *office);

GPtrArray *
jz_office_list_left (JzOffice *office, JzConnection *reader, const char *case_id, GError **error);
gboolean jz_office_drop_left (JzOffice *office, const JzArrival *arrival, GError **error);
gboolean jz_office_sweep_left (JzOffice *office, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzTakenFile, jz_taken_file_free)

G_END_DECLS
