/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/json.h"

G_BEGIN_DECLS

/**
 * JzPicker:
 *
 * A list above the page out of which something is put into it: one types a word, goes with the
 * arrows, and Enter takes it. It is no window of its own, so that the text under it stays seen and
 * input methods work as in any entry.
 *
 * Signal "picked" (row): the row that was taken, for the time of the call; the picker is closed.
 * Signal "closed": it went, with or without anything taken.
 */
#define JZ_TYPE_PICKER (jz_picker_get_type ())
G_DECLARE_FINAL_TYPE (JzPicker, jz_picker, JZ, PICKER, GtkWidget)

/* What is shown for what was typed: an array of objects `title`, `detail` and, where something
 * speaks against it, `warning`. */
typedef JzJson *(*JzPickerFind) (const JzJson *rows, const char *typed);

void jz_picker_open (JzPicker *self,
                     const char *title,
                     const char *nothing,
                     JzJson *rows,
                     JzPickerFind find);
void jz_picker_close (JzPicker *self);
gboolean jz_picker_is_open (JzPicker *self);

G_END_DECLS
