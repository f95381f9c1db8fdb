/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form_load.h"

G_BEGIN_DECLS

#define JZ_FORM_SET_MAX_SIZE (8 * 1024 * 1024)
#define JZ_FORM_SET_MAX_FORMS 500

/* The forms that are in force together, with the blocks that they share. Never changes. */
typedef struct _JzFormSet JzFormSet;

GBytes *jz_form_set_compose_shipped (GError **error);
GBytes *jz_form_set_compose_over_shipped (GBytes *const *files,
                                          const char *const *names,
                                          guint n_files,
                                          GError **error);
GBytes *jz_form_set_compose_over (GBytes *base,
                                  GBytes *const *files,
                                  const char *const *names,
                                  guint n_files,
                                  GError **error);

JzFormSet *
jz_form_set_load (GBytes *bytes, const char *name, const JzVocabulary *vocabulary, GError **error);
JzFormSet *jz_form_set_ref (const JzFormSet *self);
void jz_form_set_unref (JzFormSet *self);

guint jz_form_set_get_n_forms (const JzFormSet *self);
const JzForm *jz_form_set_get_form (const JzFormSet *self, guint position);
const JzFormBlocks *jz_form_set_get_blocks (const JzFormSet *self);
const JzForm *jz_form_set_find (const JzFormSet *self, const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFormSet, jz_form_set_unref)

G_END_DECLS
