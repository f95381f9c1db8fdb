/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/editor/changes.h"
#include "app/editor/typing.h"

G_BEGIN_DECLS

/* What the files of the document that is written share. */

struct _JzTyping {
  GObject parent_instance;
  JzForm *form;
  JzFilling *filling;
  GHashTable *written; /* (element-type utf8 utf8): by path, what was typed */
  JzChanges *changes;
  JzDate today;
  guint revision;
  gboolean is_grouped;  /* what changes now is taken back together */
  gboolean has_changed; /* since then */
};

/* typing.c */
void jz_typing_emit_changed (JzTyping *self, const char *path);
void jz_typing_emit_went (JzTyping *self, const char *path, guint caret);
gboolean jz_typing_store_text (JzTyping *self, const char *path, const char *text);
void jz_typing_set_field (JzTyping *self, const char *field, const JzJson *value);

G_END_DECLS
