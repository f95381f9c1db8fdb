/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pages-private.h"

/* From a form and its values to pages. Nothing here draws: the window and the PDF show the same
 * lines because they are the same. */

#define INDENT (2 * JZ_TEXT_CELL)
#define LIST_ROWS 5
#define MAX_STRIP_ROWS 20
#define LINE_CHARACTERS 27
#define END_MARK "以下空白"
/* Without page breaks: so many rows are drawn anew at most when one changes. */
#define BAND_ROWS 40
#define BAND_MARGIN 24.0
#define WATERMARK "草稿"
#define WATERMARK_SIZE 130.0

static void
add_heading_note (JzComposer *self, const char *text)
{
  JzPageHeading *heading = g_new0 (JzPageHeading, 1);
  heading->text = g_strdup (text);
  heading->page = self->pages->pages->len;
  heading->y = MAX (self->y - JZ_ROW_HEIGHT, 0);
  g_ptr_array_add (self->pages->headings, heading);
}

/* A line that leads to a table stays with its first rows. */
static void
add_paragraph (JzComposer *self, const JzBodyNode *node, const JzEntry *entry, gboolean has_list)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  jz_composer_add_inline (self, node, entry, phrase);
  if (phrase->text->len == 0)
    return;
  gboolean is_short = g_utf8_strlen (phrase->text->str, -1) < LINE_CHARACTERS;
  jz_composer_add_paragraph (self, phrase, JZ_FACE_BODY,
                             node->is_indented && node->align == JZ_ALIGN_LEFT ? INDENT : 0,
                             node->align, has_list && is_short ? LIST_ROWS : 1);
}

/* A heading takes the next row with it, or the first rows of a table. */
static void
add_heading (JzComposer *self, const JzBodyNode *node, const JzEntry *entry, gboolean has_list)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  jz_composer_add_inline (self, node, entry, phrase);
  jz_composer_add_paragraph (self, phrase, node->level == 1 ? JZ_FACE_HEI : JZ_FACE_KAI, INDENT,
                             JZ_ALIGN_LEFT, has_list ? LIST_ROWS : 2);
  add_heading_note (self, phrase->text->str);
}

static void
add_each (JzComposer *self, const JzBodyNode *node)
{
  const JzJson *value = jz_filling_find (self->filling, node->field->name);
  for (guint i = 0; value != NULL && i < jz_json_get_n_items (value); i++) {
    const JzEntry entry = { node->field, jz_json_get_item (value, i), i + 1 };
    jz_composer_add_parts (self, node, &entry);
  }
}

static void
add_signers (JzComposer *self, const JzBodyNode *node)
{
  const JzJson *signers = jz_filling_find (self->filling, node->signers->name);
  g_autoptr (JzPhrase) label = jz_phrase_new ();
  jz_composer_add_inline (self, node, NULL, label);
  jz_composer_add_paragraph (self, label, JZ_FACE_BODY, 0, JZ_ALIGN_LEFT, 2);
  for (guint i = 0; signers != NULL && i < jz_json_get_n_items (signers); i++) {
    g_autoptr (JzPhrase) phrase = jz_phrase_new ();
    if (jz_composer_compose_signer (self, node, i, phrase))
      jz_composer_add_paragraph (self, phrase, JZ_FACE_BODY, 0, JZ_ALIGN_LEFT, 1);
  }
}

static void
add_sign (JzComposer *self, const JzBodyNode *node)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  if (node->signers != NULL) {
    add_signers (self, node);
    return;
  }
  jz_composer_compose_sign (self, node, phrase);
  jz_composer_add_paragraph (self, phrase, JZ_FACE_BODY, 0, JZ_ALIGN_LEFT, 1);
}

static void
add_end_mark (JzComposer *self)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  g_string_append (phrase->text, END_MARK);
  jz_composer_add_paragraph (self, phrase, JZ_FACE_BODY, 0, JZ_ALIGN_CENTER, 1);
}

static void
add_foot (JzComposer *self, const JzBodyNode *node, const JzEntry *entry)
{
  g_autoptr (JzPhrase) phrase = jz_phrase_new ();
  jz_composer_add_inline (self, node, entry, phrase);
  jz_composer_add_foot (self, phrase);
}

static gboolean
is_list_next (const JzComposer *self, const JzBodyNode *parent, guint position)
{
  for (guint i = position + 1; i < parent->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (parent->parts, i);
    if (jz_composer_has (self, part))
      return part->kind == JZ_BODY_LIST;
  }
  return FALSE;
}

static void
add_part (JzComposer *self, const JzBodyNode *node, const JzEntry *entry)
{
  switch (node->kind) {
  case JZ_BODY_EACH:
    add_each (self, node);
    break;
  case JZ_BODY_LIST:
    jz_composer_add_list (self, node);
    break;
  case JZ_BODY_GRID:
    jz_composer_add_grid (self, node);
    break;
  case JZ_BODY_SIGN:
    add_sign (self, node);
    break;
  case JZ_BODY_BLANK:
    add_end_mark (self);
    break;
  case JZ_BODY_SEAL:
    jz_composer_add_seal (self);
    break;
  case JZ_BODY_FOOT:
    add_foot (self, node, entry);
    break;
  default:
    break;
  }
}

void
jz_composer_add_parts (JzComposer *self, const JzBodyNode *node, const JzEntry *entry)
{
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    if (!jz_composer_has (self, part))
      continue;
    if (part->kind == JZ_BODY_HEADING)
      add_heading (self, part, entry, is_list_next (self, node, i));
    else if (part->kind == JZ_BODY_PARAGRAPH)
      add_paragraph (self, part, entry, is_list_next (self, node, i));
    else
      add_part (self, part, entry);
  }
}

static const JzBodyNode *
find_strip (const JzBodyNode *body)
{
  for (guint i = 0; i < body->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (body->parts, i);
    if (part->kind == JZ_BODY_STRIP)
      return part;
  }
  return NULL;
}

static JzPages *
new_pages (const JzFilling *filling)
{
  const JzJson *organ = jz_filling_find (filling, "org_name");
  JzPages *pages = jz_pages_new ();
  pages->title = g_strdup (jz_form_get_title (jz_filling_get_form (filling), NULL));
  pages->author = g_strdup (organ != NULL ? jz_json_get_text (organ) : NULL);
  return pages;
}

/* Bands of rows that follow each other without a gap, in place of pages. */
static void
run_together (JzComposer *self)
{
  self->top = 0;
  self->bottom = BAND_ROWS * JZ_ROW_HEIGHT;
  self->left = JZ_AREA_LEFT - BAND_MARGIN;
  self->width = JZ_AREA_WIDTH + 2 * BAND_MARGIN;
}

/**
 * jz_pages_lay_out:
 * @filling: a document
 * @faces: faces
 * @options: (nullable): what stands on pages beside the document
 *
 * Lays a document out by the rules of forms.md §3 for its kind: 28 characters by 22 rows for
 * letters, cells between lines for tables, signatures on every page for records. Equal documents
 * and faces give equal pages, whether or not paragraphs were taken from previous pages, which must
 * have been laid out with the same faces.
 *
 * Returns: (transfer full): the pages, at least one
 */
JzPages *
jz_pages_lay_out (const JzFilling *filling, JzFaces *faces, const JzPageOptions *options)
{
  static const JzPageOptions no_options = { 0 };
  g_return_val_if_fail (filling != NULL, NULL);
  g_return_val_if_fail (faces != NULL, NULL);

  JzComposer composer = {
    .form = jz_filling_get_form (filling),
    .filling = filling,
    .faces = faces,
    .options = options != NULL ? options : &no_options,
    .pages = new_pages (filling),
    .top = JZ_AREA_TOP,
    .bottom = JZ_AREA_BOTTOM,
    .frame_top = -1,
    .width = JZ_PAGE_WIDTH,
  };
  const JzBodyNode *body = jz_form_get_body (composer.form);
  if (jz_form_get_kind (composer.form) == JZ_FORM_TABLE) {
    composer.top = JZ_TABLE_TOP;
    composer.bottom = JZ_TABLE_BOTTOM;
  }
  if (composer.options->is_continuous)
    run_together (&composer);
  else
    composer.strip = find_strip (body);
  if (composer.options->is_draft && !composer.options->is_continuous)
    composer.pages->watermark =
      jz_faces_lay_out (faces, JZ_FACE_HEI, WATERMARK_SIZE, WATERMARK, 0, 0, 0, FALSE);
  composer.strip_height = jz_composer_measure_strip (&composer);
  /* Whatever is signed there, room for text is left. */
  composer.bottom -= MIN (composer.strip_height, MAX_STRIP_ROWS * JZ_ROW_HEIGHT);
  jz_composer_begin_page (&composer);
  jz_composer_add_title (&composer);
  add_heading_note (&composer, composer.pages->title);
  jz_composer_add_parts (&composer, body, NULL);
  if (composer.options->is_continuous)
    composer.page->height = composer.y + BAND_MARGIN;
  else
    jz_composer_add_furniture (&composer);
  return composer.pages;
}
