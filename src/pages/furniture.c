/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include "pages/pages-private.h"

/* What stands around the text: places for signatures, page numbers, heads of continuation pages. */

#define HAND_DATE "　　年　月　日"
/* Below the type area (GB/T 9704-2012). */
#define NUMBER_DROP JZ_MM (7)
/* The name of a form, and a number beside it. */
#define MAX_NAME_WIDTH (JZ_AREA_WIDTH * 0.56)
#define MAX_NUMBER_WIDTH (JZ_AREA_WIDTH * 0.42)
#define MAX_STRIP_LINES 6
#define STRIP_PITCH (JZ_ROW_HEIGHT * 0.85)

/* Room for a name by hand; the more sign, the less for each. */
static const char *
get_hand_name (guint n)
{
  static const char *const rooms[] = { "　　　　　　　", "　　　　", "　　　" };
  return rooms[MIN (n, G_N_ELEMENTS (rooms)) - 1];
}

static void
add_signer (const JzJson *value, guint n, JzPhrase *phrase)
{
  const char *name = value != NULL ? jz_json_get_member_text (value, "name") : NULL;
  gboolean is_refused = value != NULL && jz_json_get_member_boolean (value, "refused", FALSE);
  g_string_append (phrase->text, name != NULL ? name : is_refused ? "" : get_hand_name (n));
  if (!is_refused)
    return;
  g_string_append (phrase->text, "（拒绝签名");
  static const struct {
    const char *member;
    const char *before;
  } parts[] = { { "note", "：" }, { "witness", "；见证人：" }, { "video", "；影像编号：" } };
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    const char *text = jz_json_get_member_text (value, parts[i].member);
    if (text != NULL)
      g_string_append_printf (phrase->text, "%s%s", parts[i].before, text);
  }
  g_string_append (phrase->text, "）");
}

static void
add_sign_date (const JzJson *value, JzPhrase *phrase)
{
  const char *date = value != NULL ? jz_json_get_member_text (value, "date") : NULL;
  g_autofree char *text = date != NULL ? jz_filling_dup_date (date) : g_strdup (HAND_DATE);
  g_string_append_printf (phrase->text, "　%s", text);
}

/* Those who signed, then room for those who will sign by hand, and the day. */
void
jz_composer_compose_sign (JzComposer *self, const JzBodyNode *node, JzPhrase *phrase)
{
  const JzJson *value = jz_filling_find (self->filling, node->field->name);
  const JzJson *first = value;
  guint n = 1;
  jz_composer_add_inline (self, node, NULL, phrase);
  JzPageSpan span = { (guint)phrase->text->len, .is_blank = jz_filling_is_empty (value),
                      .path = g_strdup (node->field->name) };
  if (node->field->is_list) {
    guint n_signed = value != NULL ? jz_json_get_n_items (value) : 0;
    n = MAX (MAX (n_signed, node->level), 1);
    first = n_signed > 0 ? jz_json_get_item (value, 0) : NULL;
    for (guint i = 0; i < n; i++) {
      if (i > 0)
        g_string_append (phrase->text, "、");
      add_signer (i < n_signed ? jz_json_get_item (value, i) : NULL, n, phrase);
    }
  } else {
    add_signer (value, n, phrase);
  }
  if (node->has_date)
    add_sign_date (first, phrase);
  span.end = (guint)phrase->text->len;
  g_array_append_val (phrase->spans, span);
  phrase->is_blank = FALSE;
}

static const JzJson *
find_signature (const JzJson *signatures, const char *name)
{
  for (guint i = 0; signatures != NULL && i < jz_json_get_n_items (signatures); i++) {
    const JzJson *signature = jz_json_get_item (signatures, i);
    if (g_strcmp0 (jz_json_get_member_text (signature, "name"), name) == 0)
      return signature;
  }
  return NULL;
}

/* One line of those who sign one by one (forms.md §2.8): name, post, and room for the hand. FALSE
 * for who is not there. */
gboolean
jz_composer_compose_signer (JzComposer *self, const JzBodyNode *node, guint i, JzPhrase *phrase)
{
  const JzJson *signers = jz_filling_find (self->filling, node->signers->name);
  const JzJson *signer = jz_json_get_item (signers, i);
  const char *name = jz_json_get_member_text (signer, "name");
  const char *post = jz_json_get_member_text (signer, "post");
  const JzJson *value = find_signature (jz_filling_find (self->filling, node->field->name), name);

  if (!jz_json_get_member_boolean (signer, "is_present", TRUE))
    return FALSE;
  g_string_append_printf (phrase->text, "%s（%s）：", name != NULL ? name : "",
                          post != NULL ? post : "");
  add_signer (value, 1, phrase);
  add_sign_date (value, phrase);
  phrase->is_blank = FALSE;
  return TRUE;
}

static void
break_strip (JzComposer *self, const JzStyle *style, GPtrArray *lines)
{
  for (guint i = 0; i < self->strip->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (self->strip->parts, i);
    if (!jz_composer_has (self, part))
      continue;
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    jz_composer_compose_sign (self, part, phrase);
    jz_composer_break_lines (self, phrase, style, JZ_AREA_WIDTH, 0, JZ_ALIGN_LEFT, FALSE, lines);
  }
}

/* The story of a refusal may be long; then it is set smaller. */
static void
compose_strip (JzComposer *self, GPtrArray *lines)
{
  JzStyle style = jz_style_note;
  style.pitch = STRIP_PITCH;
  break_strip (self, &style, lines);
  if (lines->len <= MAX_STRIP_LINES)
    return;
  g_ptr_array_set_size (lines, 0);
  break_strip (self, &jz_style_cell, lines);
}

static double
get_height (const GPtrArray *lines)
{
  double height = 0;
  for (guint i = 0; i < lines->len; i++)
    height += ((const JzLooseLine *)g_ptr_array_index (lines, i))->pitch;
  return height;
}

/* A multiple of the row height, so that the grid above it stays whole. */
double
jz_composer_measure_strip (JzComposer *self)
{
  if (self->strip == NULL)
    return 0;
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  compose_strip (self, lines);
  double height = get_height (lines) + 6;
  return ceil (height / JZ_ROW_HEIGHT) * JZ_ROW_HEIGHT;
}

static void
add_strip (JzComposer *self)
{
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  compose_strip (self, lines);
  double y = JZ_AREA_BOTTOM - get_height (lines);
  JzPageStroke stroke = { JZ_AREA_LEFT, self->bottom + 4, JZ_AREA_RIGHT, self->bottom + 4,
                          JZ_LINE_INNER };
  g_array_append_val (self->page->strokes, stroke);
  for (guint i = 0; i < lines->len; i++) {
    const JzLooseLine *line = g_ptr_array_index (lines, i);
    jz_composer_place_line (self, line, JZ_AREA_LEFT, JZ_AREA_RIGHT, JZ_AREA_LEFT + line->x,
                            y + line->pitch / 2 + line->size * 0.36);
    JzPageLine *placed = g_ptr_array_index (self->page->lines, self->page->lines->len - 1);
    placed->bottom = JZ_AREA_BOTTOM + 0.1;
    y += line->pitch;
  }
}

/* A head never runs into the other one; what is cut stands whole in the document. */
static void
shorten (JzLooseLine *line, double most)
{
  PangoRectangle extents;
  if (line->width <= most)
    return;
  PangoLayout *layout = pango_layout_copy (line->text->layout);
  g_object_unref (line->text->layout);
  line->text->layout = layout;
  pango_layout_set_width (layout, (int)(most * PANGO_SCALE));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_line_get_extents (pango_layout_get_line_readonly (layout, 0), NULL, &extents);
  line->width = (double)extents.width / PANGO_SCALE;
}

/* One line outside of the type area. */
static void
add_margin_line (JzComposer *self,
                 const char *text,
                 JzFaceRole role,
                 double size,
                 JzAlign align,
                 double inset,
                 double baseline)
{
  const JzStyle style = { role, size, size * 1.5, 0 };
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_autoptr (GPtrArray) lines = jz_loose_lines_new ();
  g_string_append (phrase->text, text);
  jz_composer_break_lines (self, phrase, &style, 0, 0, JZ_ALIGN_LEFT, FALSE, lines);
  JzLooseLine *line = g_ptr_array_index (lines, 0);
  shorten (line, align == JZ_ALIGN_RIGHT ? MAX_NUMBER_WIDTH : MAX_NAME_WIDTH);
  double x = JZ_AREA_LEFT + inset;
  if (align == JZ_ALIGN_RIGHT)
    x = JZ_AREA_RIGHT - inset - line->width;
  else if (align == JZ_ALIGN_CENTER)
    x = JZ_AREA_LEFT + (JZ_AREA_WIDTH - line->width) / 2;
  jz_composer_place_line (self, line, 0, JZ_PAGE_WIDTH, x, baseline);
  JzPageLine *placed = g_ptr_array_index (self->page->lines, self->page->lines->len - 1);
  placed->top = 0;
  placed->bottom = JZ_PAGE_HEIGHT;
}

static void
add_number (JzComposer *self, guint number, guint n_pages)
{
  double bottom = jz_form_get_kind (self->form) == JZ_FORM_TABLE ? self->bottom : JZ_AREA_BOTTOM;
  double baseline = bottom + NUMBER_DROP + JZ_NOTE_SIZE * 0.36;
  if (jz_form_get_kind (self->form) == JZ_FORM_LETTER) {
    g_autofree char *text = g_strdup_printf ("— %u —", number);
    add_margin_line (self, text, JZ_FACE_SONG, JZ_NOTE_SIZE,
                     number % 2 == 1 ? JZ_ALIGN_RIGHT : JZ_ALIGN_LEFT, JZ_NOTE_SIZE, baseline);
    return;
  }
  if (jz_form_get_kind (self->form) == JZ_FORM_TABLE && n_pages == 1)
    return;
  g_autofree char *text = g_strdup_printf ("第%u页　共%u页", number, n_pages);
  add_margin_line (self, text, JZ_FACE_SONG, JZ_SMALL_TEXT_SIZE, JZ_ALIGN_CENTER, 0, baseline);
}

static char *
dup_case_number (const JzComposer *self)
{
  const JzJson *value = jz_filling_find (self->filling, "case_no");
  if (value != NULL)
    return g_strdup (jz_json_get_text (value));
  return g_strdup (self->options->case_number);
}

static void
add_continuation (JzComposer *self)
{
  g_autofree char *number = dup_case_number (self);
  g_autofree char *left = g_strdup_printf ("%s（续页）", jz_form_get_title (self->form, NULL));
  double baseline = self->top - 10;
  add_margin_line (self, left, JZ_FACE_SONG, JZ_SMALL_TEXT_SIZE, JZ_ALIGN_LEFT, 0, baseline);
  if (number == NULL)
    return;
  g_autofree char *right = g_strdup_printf ("案号：%s", number);
  add_margin_line (self, right, JZ_FACE_SONG, JZ_SMALL_TEXT_SIZE, JZ_ALIGN_RIGHT, 0, baseline);
}

/* When all pages are there: their number is part of what is printed. */
void
jz_composer_add_furniture (JzComposer *self)
{
  guint n_pages = self->pages->pages->len;
  for (guint i = 0; i < n_pages; i++) {
    self->page = g_ptr_array_index (self->pages->pages, i);
    if (self->strip != NULL)
      add_strip (self);
    add_number (self, i + 1, n_pages);
    if (i > 0 && jz_form_get_kind (self->form) != JZ_FORM_LETTER)
      add_continuation (self);
    if (self->options->mark != NULL)
      add_margin_line (self, self->options->mark, JZ_FACE_SONG, JZ_SMALL_SIZE, JZ_ALIGN_CENTER, 0,
                       JZ_PAGE_HEIGHT - JZ_MM (12));
    if (self->options->is_demo)
      add_margin_line (self, "演示", JZ_FACE_HEI, JZ_TEXT_SIZE, JZ_ALIGN_RIGHT, 0, JZ_MM (14));
  }
}
