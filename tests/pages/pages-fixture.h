/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "forms/form_load.h"
#include "pages/pdf.h"

/* Values for every form, written by hand or made from the types of its fields. Included by one file
 * of each program. */

/**
 * FixtureSize:
 * @FIXTURE_MINIMAL: what is required, as short as it may be
 * @FIXTURE_EXTREME: every field, as long as it may be or nearly so
 */
typedef enum {
  FIXTURE_MINIMAL,
  FIXTURE_EXTREME,
} FixtureSize;

#define FIXTURE_LONGEST 2600
#define FIXTURE_ROWS 40

static const char fixture_wording[] =
  "某某市城东区人民路18号（门前），经查张某“未经批准”占用道路12.5平方米；据《城市道路管理条例》"
  "第二十七条。䶮㐂𠮷·买买提——";

static inline char *
fixture_dup_text (gint64 n, gboolean has_lines)
{
  GString *text = g_string_new (NULL);
  const char *at = fixture_wording;
  for (gint64 i = 0; i < n; i++) {
    if (has_lines && i % 97 == 96)
      g_string_append_c (text, '\n');
    else
      g_string_append_unichar (text, g_utf8_get_char (at));
    at = g_utf8_next_char (at);
    at = *at != '\0' ? at : fixture_wording;
  }
  return g_string_free (text, FALSE);
}

static JzJson *fixture_new_value (const JzFormField *field, FixtureSize size);

static inline JzJson *
fixture_new_text (const JzFormField *field, FixtureSize size)
{
  gint64 most = field->has_most ? MIN (field->most, FIXTURE_LONGEST) : 60;
  g_autofree char *text =
    fixture_dup_text (size == FIXTURE_MINIMAL ? 1 : most, field->type == JZ_FIELD_LONGTEXT);
  return jz_json_new_text (text);
}

static inline JzJson *
fixture_new_plain (const JzFormField *field, FixtureSize size)
{
  switch (field->type) {
  case JZ_FIELD_DATE:
    return jz_json_new_text (size == FIXTURE_MINIMAL ? "2026-01-01" : "2025-12-31");
  case JZ_FIELD_DATETIME:
    return jz_json_new_text (size == FIXTURE_MINIMAL ? "2026-01-01T09:05" : "2025-12-31T23:59");
  case JZ_FIELD_MONEY:
    return jz_json_new_integer (size == FIXTURE_MINIMAL ? 0 : JZ_JSON_MAX_INTEGER);
  case JZ_FIELD_INT:
    return jz_json_new_integer (size == FIXTURE_MINIMAL ? MAX (field->least, 0)
                                : field->has_most       ? field->most
                                                        : 999999999);
  case JZ_FIELD_NUMBER:
    return jz_json_new_text (size == FIXTURE_MINIMAL ? "0" : "123456789012345.123456");
  case JZ_FIELD_BOOL:
    return jz_json_new_boolean (size == FIXTURE_EXTREME);
  case JZ_FIELD_CHOICE: {
    guint i = size == FIXTURE_MINIMAL ? 0 : field->choices->len - 1;
    return jz_json_new_text (((const JzFormChoice *)g_ptr_array_index (field->choices, i))->value);
  }
  default:
    return fixture_new_text (field, size);
  }
}

static inline JzJson *
fixture_new_one (const JzFormField *field, FixtureSize size)
{
  if (field->members->len == 0)
    return fixture_new_plain (field, size);
  JzJson *object = jz_json_new_object ();
  for (guint i = 0; i < field->members->len; i++) {
    const JzFormField *member = g_ptr_array_index (field->members, i);
    /* A refusal and its story come with the hand-written values. */
    if (strcmp (member->name, "refused") == 0)
      continue;
    if (member->is_required || size == FIXTURE_EXTREME)
      jz_json_set_member (object, member->name, fixture_new_value (member, size));
  }
  return object;
}

static JzJson *
fixture_new_value (const JzFormField *field, FixtureSize size)
{
  if (!field->is_list)
    return fixture_new_one (field, size);
  JzJson *list = jz_json_new_array ();
  gint64 n = field->has_least ? field->least : 1;
  if (size == FIXTURE_EXTREME)
    n = field->type == JZ_FIELD_TABLE ? FIXTURE_ROWS : 9;
  if (field->has_most)
    n = MIN (n, field->most);
  for (gint64 i = 0; i < n; i++)
    jz_json_append (list, fixture_new_one (field, i == 0 ? size : FIXTURE_MINIMAL));
  return list;
}

static inline JzFilling *
fixture_new_filling (const JzForm *form, FixtureSize size)
{
  g_autoptr (JzJson) values = jz_json_new_object ();
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < jz_form_get_n_fields (form); i++) {
    const JzFormField *field = jz_form_get_field (form, i);
    if (field->is_required || size == FIXTURE_EXTREME)
      jz_json_set_member (values, field->name, fixture_new_value (field, size));
  }
  JzFilling *filling = jz_filling_new_from_json (form, values, &error);
  g_assert_no_error (error);
  return filling;
}

static inline JzForm *
fixture_load_form (const char *id)
{
  g_autoptr (GError) error = NULL;
  JzForm *form = jz_form_load_shipped (id, NULL, &error);
  g_assert_no_error (error);
  return form;
}

static inline JzFilling *
fixture_load_typical (const JzForm *form)
{
  g_autofree char *file = g_strconcat (jz_form_get_id (form), ".json", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "pages", "values", file, NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  JzFilling *filling = jz_filling_parse (form, text, length, &error);
  g_assert_no_error (error);
  return filling;
}

/* The faces that the golden pages were made with, whatever else is installed. */
static inline JzFaces *
fixture_new_faces (void)
{
  static const char *const families[JZ_N_FACE_ROLES] = {
    "Noto Serif CJK SC,DejaVu Sans", "Noto Serif CJK SC,DejaVu Sans",
    "Noto Serif CJK SC,DejaVu Sans", "Noto Sans CJK SC,DejaVu Sans",
    "Noto Serif CJK SC,DejaVu Sans",
  };
  return jz_faces_new_with (families);
}

static inline JzInstant
fixture_get_now (void)
{
  return jz_instant_from_date ((JzDate){ 2026, 3, 2 }, 9, 30);
}

/* The three documents of every form: minimal, extreme, typical. */
static inline JzFilling *
fixture_new_document (const JzForm *form, guint i)
{
  return i < 2 ? fixture_new_filling (form, (FixtureSize)i) : fixture_load_typical (form);
}
