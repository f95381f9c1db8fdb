/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/act_field.h"

G_BEGIN_DECLS

/**
 * JzFieldKind:
 * @name: the kind, as in the sheet of the act
 * @make: (transfer floating): makes the control and shows the value that is known
 * @read: reads what stands in it; %NULL for nothing
 * @hint: (nullable) (transfer full): what was typed, written out
 * @misread: what to do when it cannot be read, to be translated
 */
typedef struct {
  const char *name;
  GtkWidget *(*make) (JzActField *self);
  gboolean (*read) (JzActField *self, JzJson **value);
  char *(*hint) (JzActField *self);
  const char *misread;
} JzFieldKind;

struct _JzActField {
  GtkBox parent_instance;

  JzJson *field;
  JzDate today;
  const JzFieldKind *kind;
  GtkWidget *control;
  GtkWidget *input;   /* what is named and focused: the control or a part of it */
  GPtrArray *buttons; /* (element-type GtkToggleButton): of a choice of buttons, as its choices */
  GPtrArray *rows;    /* (element-type GtkWidget): of records */
  char *path;         /* of a file */
  GtkWidget *hint;
  GtkWidget *problem;
};

const JzFieldKind *jz_field_kind_find (const JzActField *self);
GtkWidget *jz_field_make_boolean (JzActField *self);
gboolean jz_field_read_boolean (JzActField *self, JzJson **value);
GtkWidget *jz_field_make_choice (JzActField *self);
gboolean jz_field_read_choice (JzActField *self, JzJson **value);
GtkWidget *jz_field_make_several (JzActField *self);
gboolean jz_field_read_several (JzActField *self, JzJson **value);
GtkWidget *jz_field_make_records (JzActField *self);
gboolean jz_field_read_records (JzActField *self, JzJson **value);
void jz_act_field_emit_changed (JzActField *self);

G_END_DECLS
