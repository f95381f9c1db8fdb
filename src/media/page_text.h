/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* of one character, in points from the upper left corner of the page */
typedef struct {
  float x;
  float y;
  float width;
  float height;
} JzTextBox;

/**
 * JzPageText:
 * @text: UTF-8, lines end with a line feed
 * @boxes: (element-type JzTextBox): one for each character of @text
 * @width: of the page, in points
 * @height: of the page, in points
 */
typedef struct {
  char *text;
  GArray *boxes;
  double width;
  double height;
  guint n_pages;
} JzPageText;

#define JZ_PAGE_TEXT_MAX_BYTES (4 * 1024 * 1024)
#define JZ_PAGE_TEXT_MAX_CHARACTERS (512 * 1024)
/* of what jz_page_text_pack() writes */
#define JZ_PAGE_TEXT_MAX_PACKED (16 * 1024 * 1024)

JzPageText *jz_page_text_new (const char *text, const JzTextBox *boxes, guint n_boxes);
void jz_page_text_free (JzPageText *self);

GBytes *jz_page_text_pack (const JzPageText *self);
JzPageText *jz_page_text_unpack (const void *data, gsize size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzPageText, jz_page_text_free)

G_END_DECLS
