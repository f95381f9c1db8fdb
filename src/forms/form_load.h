/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/form.h"

G_BEGIN_DECLS

/* The blocks and composite types that forms share. */
typedef struct _JzFormBlocks JzFormBlocks;

JzFormBlocks *jz_form_blocks_load (GBytes *bytes, const char *name, GError **error);
void jz_form_blocks_free (JzFormBlocks *self);

JzForm *jz_form_load (GBytes *bytes,
                      const char *name,
                      const JzFormBlocks *blocks,
                      const JzVocabulary *vocabulary,
                      GError **error);

GStrv jz_form_list_shipped (void);
const JzFormBlocks *jz_form_blocks_get_shipped (void);
JzForm *jz_form_load_shipped (const char *id, const JzVocabulary *vocabulary, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFormBlocks, jz_form_blocks_free)

G_END_DECLS
