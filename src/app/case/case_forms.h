/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/act_form.h"

G_BEGIN_DECLS

/* The forms of acts on the page of a case: the one that is shown, and those that somebody began and
 * left. */
typedef struct _JzCaseForms JzCaseForms;

/* Called when a form was sent or given up. */
typedef void (*JzCaseFormDone) (gpointer data);

JzCaseForms *jz_case_forms_new (GtkStack *place, GtkBox *kept, JzCaseFormDone done, gpointer data);
void jz_case_forms_free (JzCaseForms *self);
void jz_case_forms_open (JzCaseForms *self,
                         JzOfficeClient *client,
                         const char *case_id,
                         const char *act,
                         JzJson *preset);
void jz_case_forms_open_kept (JzCaseForms *self, guint position);
void jz_case_forms_discard (JzCaseForms *self, guint position);
void jz_case_forms_put_away (JzCaseForms *self);
void jz_case_forms_show_kept (JzCaseForms *self, const char *case_id);

G_END_DECLS
