/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "office/case_view.h"

G_BEGIN_DECLS

/* What was said of the secrecy of files: their class, that a class was lifted, and that a
 * classified file may go out with a dossier. */
#define JZ_LIST_SECRECY "attachment.secrecy"
#define JZ_LIST_SECRECY_LIFTED "@secrecy_lifted"
#define JZ_LIST_EXPORT "@attachment_export"

/**
 * JzSecrecyMark:
 * @file: the file that was classified; of a still frame perhaps the recording that it was taken
 * from
 * @class_word: `state_secret`, `work_secret`, `business_secret` or `privacy`
 * @label: what people call that, in the user's language
 * @ground: why it is one
 * @until: the last day on which it is one; empty where no end is set
 * @viewers: (nullable): ids of who may view it
 * @arrival: of the entry that said so
 *
 * What holds of the secrecy of a file; the texts belong to what was stated of the case.
 */
typedef struct {
  const char *file;
  const char *class_word;
  const char *label;
  const char *ground;
  const char *until;
  const JzJson *viewers;
  gint64 arrival;
} JzSecrecyMark;

/**
 * JzFileAccess:
 * @tables: derived tables
 * @stated: what was stated of the case
 * @steps: (nullable) (element-type JzRecordedStep): what the rules say of its steps; %NULL where
 *   only what people have decided is asked about
 * @today: the day
 *
 * From what it is answered who opens a file of a case, and whether it goes out.
 */
typedef struct {
  JzConnection *tables;
  const JzStated *stated;
  const GPtrArray *steps;
  JzDate today;
} JzFileAccess;

gboolean
jz_secrecy_find (const JzStated *stated, const char *file, JzDate today, JzSecrecyMark *mark);
JzJson *jz_secrecy_mark_to_json (const JzSecrecyMark *mark);

gboolean jz_file_access_check_view (const JzFileAccess *self,
                                    const char *file,
                                    const char *person,
                                    JzRefusal **refusal,
                                    GError **error);
void jz_file_access_check_export (const JzFileAccess *self,
                                  const char *file,
                                  const char *use,
                                  JzRefusal **refusal);

gboolean jz_case_view_check_file (const JzCaseView *view,
                                  const char *file,
                                  const char *person,
                                  JzRefusal **refusal,
                                  GError **error);
gboolean jz_case_view_check_export (const JzCaseView *view,
                                    const char *file,
                                    const char *use,
                                    JzRefusal **refusal,
                                    GError **error);

G_END_DECLS
