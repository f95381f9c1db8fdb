/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/office_client.h"
#include "office/accounts.h"
#include "office/setup.h"

G_BEGIN_DECLS

/**
 * JzSetupContext:
 * @client: (nullable): the office, once it is founded
 * @path: (nullable): where it is going to be
 * @bureau: (nullable): name of the bureau
 * @code: (nullable): its code, to be set as soon as it can be
 * @ca_password: (nullable): of the bureau's own key, for as long as the assistant is open
 * @setup: (nullable): how far the office has got
 * @accounts: (nullable) (element-type JzAccount): its people
 *
 * What the steps of the first setting up share.
 */
typedef struct {
  JzOfficeClient *client;
  char *path;
  char *bureau;
  char *code;
  char *ca_password;
  JzSetup *setup;
  GPtrArray *accounts;
} JzSetupContext;

/**
 * JzSetupReading:
 * @setup: how far the office has got
 * @accounts: (element-type JzAccount): its people
 *
 * What the office says of its setting up.
 */
typedef struct {
  JzSetup *setup;
  GPtrArray *accounts;
} JzSetupReading;

/* A step of the first setting up (ux §9). It tells `done` with what it says about it (or the empty
 * text), and keeps its own fields until then. */
#define JZ_TYPE_SETUP_STEP (jz_setup_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (JzSetupStep, jz_setup_step, JZ, SETUP_STEP, AdwBin)

/**
 * JzSetupStepClass:
 * @enter: the step is shown, or what it shows may have changed
 * @apply: does what the step is for; ends in jz_setup_step_end()
 */
struct _JzSetupStepClass {
  AdwBinClass parent_class;

  void (*enter) (JzSetupStep *self);
  void (*apply) (JzSetupStep *self);
};

JzSetupContext *jz_setup_step_get_context (JzSetupStep *self);
void jz_setup_step_set_context (JzSetupStep *self, JzSetupContext *context, gpointer owner);
void jz_setup_step_enter (JzSetupStep *self);
void jz_setup_step_apply (JzSetupStep *self);
void jz_setup_step_end (JzSetupStep *self, const char *problem);
void jz_setup_step_end_act (JzSetupStep *self, GAsyncResult *result);
gboolean jz_setup_step_is_busy (JzSetupStep *self);

/* For building one. */
void jz_setup_step_set_words (JzSetupStep *self, const char *heading, const char *body);
AdwPreferencesGroup *jz_setup_step_add_group (JzSetupStep *self, const char *title);
GtkEditable *jz_setup_step_add_entry (AdwPreferencesGroup *group, const char *title);
GtkEditable *jz_setup_step_add_password (AdwPreferencesGroup *group, const char *title);
AdwComboRow *jz_setup_step_add_combo (AdwPreferencesGroup *group, const char *title);
GtkLabel *jz_setup_step_add_note (JzSetupStep *self);
void jz_setup_step_add_button (JzSetupStep *self, const char *label, const char *action);

const JzAccount *jz_setup_context_find_role (const JzSetupContext *context, const char *roles);
gpointer jz_setup_reading_read (JzOffice *office,
                                JzConnection *reader,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
void jz_setup_reading_free (gpointer data);
void jz_setup_context_take (JzSetupContext *context, JzSetupReading *reading);
void jz_setup_context_keep_ca_password (JzSetupContext *context, const char *password);

/* The steps. */
GType jz_setup_place_get_type (void);
GType jz_setup_bureau_get_type (void);
GType jz_setup_administrator_get_type (void);
GType jz_setup_second_get_type (void);
GType jz_setup_people_get_type (void);
GType jz_setup_rules_get_type (void);
GType jz_setup_running_get_type (void);
GType jz_setup_printing_get_type (void);
GType jz_setup_safety_get_type (void);

G_END_DECLS
