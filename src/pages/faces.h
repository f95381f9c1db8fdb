/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * JzFaceRole:
 * @JZ_FACE_TITLE: 小标宋, titles
 * @JZ_FACE_BODY: 仿宋, body
 * @JZ_FACE_KAI: 楷体, headings of level 2
 * @JZ_FACE_HEI: 黑体, headings of level 1
 * @JZ_FACE_SONG: 宋体, page numbers and labels of tables
 *
 * What a face is for (forms.md §3.5).
 */
typedef enum {
  JZ_FACE_TITLE,
  JZ_FACE_BODY,
  JZ_FACE_KAI,
  JZ_FACE_HEI,
  JZ_FACE_SONG,
} JzFaceRole;

#define JZ_N_FACE_ROLES (JZ_FACE_SONG + 1)

/* A character that was not drawn in the first face of its role. */
typedef struct {
  gunichar character;
  JzFaceRole role;
  gboolean is_missing; /* no installed face has it: the page shows its code point in a box */
  char *family;        /* (nullable): the face that lent it */
} JzGlyphNote;

typedef struct _JzFaces JzFaces;

JzFaces *jz_faces_new (void);
JzFaces *jz_faces_new_with (const char *const families[JZ_N_FACE_ROLES]);
JzFaces *jz_faces_ref (JzFaces *self);
void jz_faces_unref (JzFaces *self);

const char *jz_faces_get_family (const JzFaces *self, JzFaceRole role);
gboolean jz_faces_is_official (const JzFaces *self, JzFaceRole role);
PangoLayout *jz_faces_lay_out (JzFaces *self,
                               JzFaceRole role,
                               double size,
                               const char *text,
                               double width,
                               double indent,
                               int spacing,
                               gboolean is_justified);
double jz_layout_get_height (PangoLayout *layout);
void jz_faces_inspect (JzFaces *self, JzFaceRole role, PangoLayout *layout, GPtrArray *notes);
void jz_glyph_notes_add (GPtrArray *notes, const JzGlyphNote *note);
void jz_glyph_note_free (JzGlyphNote *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JzFaces, jz_faces_unref)

G_END_DECLS
