/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/faces.h"

#include <pango/pangocairo.h>
#include <string.h>

/* Faces by role, and layouts that are the same on screen and on paper: an own context without
 * hinting or rounding, in points, whatever the zoom is. */

struct _JzFaces {
  gatomicrefcount ref_count;
  PangoContext *context;
  PangoFontDescription *fonts[JZ_N_FACE_ROLES];
  char *families[JZ_N_FACE_ROLES];
};

typedef struct {
  const char *families; /* in the order of forms.md §3.5 */
  PangoWeight weight;
} Role;

static const Role roles[JZ_N_FACE_ROLES] = {
  [JZ_FACE_TITLE] = { "方正小标宋简体,FZXiaoBiaoSong-B05S,Source Han Serif SC,Noto Serif CJK SC,AR "
                      "PL "
                      "UMing CN,DejaVu Sans",
                      PANGO_WEIGHT_BOLD },
  [JZ_FACE_BODY] = { "仿宋_GB2312,FangSong,STFangsong,Zhuque Fangsong,FandolFang,Noto Serif CJK SC,"
                     "DejaVu Sans",
                     PANGO_WEIGHT_NORMAL },
  [JZ_FACE_KAI] = { "楷体_GB2312,KaiTi,LXGW WenKai,AR PL UKai CN,FandolKai,Noto Serif CJK "
                    "SC,DejaVu Sans",
                    PANGO_WEIGHT_NORMAL },
  [JZ_FACE_HEI] = { "黑体,SimHei,Noto Sans CJK SC,Source Han Sans SC,WenQuanYi Micro Hei,WenQuanYi "
                    "Zen Hei,DejaVu Sans",
                    PANGO_WEIGHT_NORMAL },
  [JZ_FACE_SONG] = { "SimSun,Noto Serif CJK SC,AR PL UMing CN,FandolSong,DejaVu Sans",
                     PANGO_WEIGHT_NORMAL },
};

static PangoContext *
new_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_cairo_context_set_resolution (context, 72);
  pango_context_set_round_glyph_positions (context, FALSE);
  pango_context_set_language (context, pango_language_from_string ("zh-cn"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  return context;
}

static GHashTable *
list_installed (PangoContext *context)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PangoFontFamily **families;
  int n_families;
  pango_font_map_list_families (pango_context_get_font_map (context), &families, &n_families);
  for (int i = 0; i < n_families; i++)
    g_hash_table_add (names, g_utf8_casefold (pango_font_family_get_name (families[i]), -1));
  g_free (families);
  return names;
}

/* Names that are not installed are left out: fontconfig would put something alike in their place.
 */
static char *
dup_installed (GHashTable *installed, const char *families)
{
  g_auto (GStrv) names = g_strsplit (families, ",", -1);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *folded = g_utf8_casefold (names[i], -1);
    if (g_hash_table_contains (installed, folded))
      g_ptr_array_add (found, names[i]);
  }
  g_ptr_array_add (found, NULL);
  return found->len > 1 ? g_strjoinv (",", (char **)found->pdata) : g_strdup ("serif");
}

/**
 * jz_faces_new_with:
 * @families: for every role the names of its families in order, divided by commas
 *
 * Looks up which of the families are installed. A missing glyph is taken from the next one for that
 * character only.
 *
 * Returns: (transfer full): the faces
 */
JzFaces *
jz_faces_new_with (const char *const families[JZ_N_FACE_ROLES])
{
  JzFaces *self = g_new0 (JzFaces, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->context = new_context ();
  g_autoptr (GHashTable) installed = list_installed (self->context);
  for (guint i = 0; i < JZ_N_FACE_ROLES; i++) {
    g_autofree char *found = dup_installed (installed, families[i]);
    self->fonts[i] = pango_font_description_new ();
    pango_font_description_set_family (self->fonts[i], found);
    pango_font_description_set_weight (self->fonts[i], roles[i].weight);
    self->families[i] = g_strndup (found, strcspn (found, ","));
  }
  return self;
}

/**
 * jz_faces_new:
 *
 * Returns: (transfer full): the faces in the order of forms.md §3.5
 */
JzFaces *
jz_faces_new (void)
{
  const char *families[JZ_N_FACE_ROLES];
  for (guint i = 0; i < JZ_N_FACE_ROLES; i++)
    families[i] = roles[i].families;
  return jz_faces_new_with (families);
}

/**
 * jz_faces_ref:
 * @self: faces
 *
 * Returns: (transfer full): the same faces
 */
JzFaces *
jz_faces_ref (JzFaces *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * jz_faces_unref:
 * @self: (transfer full): faces
 *
 * Gives faces back.
 */
void
jz_faces_unref (JzFaces *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < JZ_N_FACE_ROLES; i++) {
    pango_font_description_free (self->fonts[i]);
    g_free (self->families[i]);
  }
  g_object_unref (self->context);
  g_free (self);
}

/**
 * jz_faces_get_family:
 * @self: faces
 * @role: a role
 *
 * Returns: the first installed family of the role
 */
const char *
jz_faces_get_family (const JzFaces *self, JzFaceRole role)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (role < JZ_N_FACE_ROLES, NULL);

  return self->families[role];
}

/* Pango lets these begin a line; nobody who writes Chinese does. */
static gboolean
is_kept_off_start (gunichar character)
{
  return character == 0x00b7 || character == 0x2014 || character == 0xff0f || character == 0xff5e;
}

/* A unit of a date stays with its digits. */
static gboolean
is_unit_of_date (gunichar character)
{
  return character == 0x5e74 || character == 0x6708 || character == 0x65e5;
}

/* @n_cells: how many characters a line has room for; in a narrow cell, breaking anywhere is better
 * than running out of it. */
static void
keep_off_starts (PangoAttrList *attributes, const char *text, double n_cells)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    gboolean is_kept =
      at > text && ((is_kept_off_start (character) && n_cells >= 8) ||
                    (is_unit_of_date (character) && g_ascii_isdigit (at[-1]) && n_cells >= 3.5));
    if (!is_kept)
      continue;
    PangoAttribute *attribute = pango_attr_allow_breaks_new (FALSE);
    attribute->start_index = (guint)(g_utf8_prev_char (at) - text);
    attribute->end_index = (guint)(g_utf8_next_char (at) - text);
    pango_attr_list_insert (attributes, attribute);
  }
}

/**
 * jz_faces_is_official:
 * @self: faces
 * @role: what for
 *
 * Tells whether the face that documents of organs are to be written in (GB/T 9704) is installed, or
 * another one stands in for it.
 *
 * Returns: whether it is the official one
 */
gboolean
jz_faces_is_official (const JzFaces *self, JzFaceRole role)
{
  /* The names by which they are sold; the rest of each list is free faces that look alike. */
  static const char *const official[JZ_N_FACE_ROLES][3] = {
    [JZ_FACE_TITLE] = { "方正小标宋简体", "FZXiaoBiaoSong-B05S", NULL },
    [JZ_FACE_BODY] = { "仿宋_GB2312", "FangSong", NULL },
    [JZ_FACE_KAI] = { "楷体_GB2312", "KaiTi", NULL },
    [JZ_FACE_HEI] = { "黑体", "SimHei", NULL },
    [JZ_FACE_SONG] = { "SimSun", NULL },
  };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (role < JZ_N_FACE_ROLES, FALSE);

  return g_strv_contains (official[role], self->families[role]);
}

/**
 * jz_faces_lay_out:
 * @self: faces
 * @role: which face
 * @size: of a character, in points
 * @text: one paragraph
 * @width: of the lines, in points; 0 or less for one line as long as it is
 * @indent: of the first line, in points
 * @spacing: between characters, in units of Pango
 * @is_justified: whether all lines but the last fill the width
 *
 * Breaks a paragraph into lines by the rules of Chinese: no closing mark begins a line, no opening
 * mark ends one.
 *
 * Returns: (transfer full): the lines; only they count, not their heights
 */
PangoLayout *
jz_faces_lay_out (JzFaces *self,
                  JzFaceRole role,
                  double size,
                  const char *text,
                  double width,
                  double indent,
                  int spacing,
                  gboolean is_justified)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (role < JZ_N_FACE_ROLES, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_copy (self->fonts[role]);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  PangoAttrList *attributes = pango_attr_list_new ();
  /* A sign that nobody wrote would make another code of a code. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  if (spacing != 0)
    pango_attr_list_insert (attributes, pango_attr_letter_spacing_new (spacing));
  keep_off_starts (attributes, text, width > 0 ? width / size : G_MAXINT);
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_justify (layout, is_justified);
  if (width > 0)
    pango_layout_set_width (layout, (int)(width * PANGO_SCALE));
  pango_layout_set_indent (layout, (int)(indent * PANGO_SCALE));
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * jz_layout_get_height:
 * @layout: lines of jz_faces_lay_out()
 *
 * Returns: how high they are, in points
 */
double
jz_layout_get_height (PangoLayout *layout)
{
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  return (double)logical.height / PANGO_SCALE;
}

static void
add_note (GPtrArray *notes,
          gunichar character,
          JzFaceRole role,
          gboolean is_missing,
          const char *family)
{
  for (guint i = 0; i < notes->len; i++) {
    const JzGlyphNote *note = g_ptr_array_index (notes, i);
    if (note->character == character && note->role == role)
      return;
  }
  JzGlyphNote *note = g_new0 (JzGlyphNote, 1);
  note->character = character;
  note->role = role;
  note->is_missing = is_missing;
  note->family = g_strdup (family);
  g_ptr_array_add (notes, note);
}

static void
inspect_run (JzFaces *self,
             JzFaceRole role,
             const PangoLayoutRun *run,
             const char *text,
             GPtrArray *notes)
{
  PangoFontDescription *font = pango_font_describe (run->item->analysis.font);
  const char *family = pango_font_description_get_family (font);
  gboolean is_lent = g_ascii_strcasecmp (family, self->families[role]) != 0;
  for (int i = 0; i < run->glyphs->num_glyphs; i++) {
    PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
    const char *at = text + run->item->offset + run->glyphs->log_clusters[i];
    gunichar character = g_utf8_get_char (at);
    gboolean is_missing = (glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0 && glyph != PANGO_GLYPH_EMPTY;
    if (is_missing || (is_lent && !g_unichar_isspace (character)))
      add_note (notes, character, role, is_missing, is_missing ? NULL : family);
  }
  pango_font_description_free (font);
}

/**
 * jz_faces_inspect:
 * @self: faces
 * @role: the role that the layout was made for
 * @layout: a layout
 * @notes: (element-type JzGlyphNote): notes are added to it, one for each character and role
 *
 * Tells which characters are not in the first face of the role, and which are in none: a name with
 * a rare character is the daily failure, and must never be a silent box.
 */
void
jz_faces_inspect (JzFaces *self, JzFaceRole role, PangoLayout *layout, GPtrArray *notes)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (layout != NULL);
  g_return_if_fail (notes != NULL);

  const char *text = pango_layout_get_text (layout);
  for (GSList *lines = pango_layout_get_lines_readonly (layout); lines != NULL;
       lines = lines->next) {
    const PangoLayoutLine *line = lines->data;
    for (GSList *runs = line->runs; runs != NULL; runs = runs->next)
      inspect_run (self, role, runs->data, text, notes);
  }
}

/**
 * jz_glyph_notes_add:
 * @notes: (element-type JzGlyphNote): notes
 * @note: a note of other notes
 *
 * Adds a note unless there is one for its character and role already.
 */
void
jz_glyph_notes_add (GPtrArray *notes, const JzGlyphNote *note)
{
  g_return_if_fail (notes != NULL);
  g_return_if_fail (note != NULL);

  add_note (notes, note->character, note->role, note->is_missing, note->family);
}

/**
 * jz_glyph_note_free:
 * @self: (transfer full): a note
 *
 * Frees a note.
 */
void
jz_glyph_note_free (JzGlyphNote *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->family);
  g_free (self);
}
