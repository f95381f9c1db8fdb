/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "app/editor/editor_page-private.h"
#include "forms/field_text.h"

/* The rhythm of a record that is written while somebody talks (ux.md §5): Enter ends the answer and
 * begins the next question; Enter on an empty question offers the next prepared one. */

static gboolean
is_rounds (const JzFormField *field)
{
  return g_strcmp0 (field->composite, "qa-list") == 0;
}

/* The questions and answers of the form; NULL where it has none. */
static const JzFormField *
find_rounds (const JzForm *form)
{
  for (guint i = 0; i < jz_form_get_n_fields (form); i++)
    if (is_rounds (jz_form_get_field (form, i)))
      return jz_form_get_field (form, i);
  return NULL;
}

static void
go_to (JzEditorPage *self, const char *list, guint entry, const char *member)
{
  g_autofree char *path = g_strdup_printf ("%s[%u].%s", list, entry, member);
  (void)jz_paper_go (self->paper, path, G_MAXUINT);
}

/* A question that stands in the record already is not offered again. */
static gboolean
stands_in (JzEditorPage *self, const char *list, const char *question)
{
  guint n = jz_typing_count_entries (self->typing, list);
  for (guint i = 1; i <= n; i++) {
    g_autofree char *path = g_strdup_printf ("%s[%u].q", list, i);
    g_autofree char *text = jz_typing_dup_text (self->typing, path);
    if (strcmp (text, question) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
offer_question (JzEditorPage *self, const char *list, const char *path)
{
  const GPtrArray *outline = jz_form_get_outline (self->view->form);
  while (self->n_asked < outline->len) {
    const char *question = g_ptr_array_index (outline, self->n_asked++);
    if (stands_in (self, list, question))
      continue;
    jz_typing_set_text (self->typing, path, question, 0);
    (void)jz_paper_go (self->paper, path, G_MAXUINT);
    return;
  }
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
begin_round (JzEditorPage *self, const char *list, guint entry)
{
  if (entry > jz_typing_count_entries (self->typing, list))
    jz_typing_add_entry (self->typing, list, entry);
  go_to (self, list, entry, "q");
}

static gboolean
entered_round (JzEditorPage *self, const JzFieldPath *where, const char *path)
{
  const char *list = where->field->name;
  if (strcmp (where->member->name, "a") == 0) {
    begin_round (self, list, where->entry + 1);
    return TRUE;
  }
  g_autofree char *text = jz_typing_dup_text (self->typing, path);
  if (*text == '\0')
    offer_question (self, list, path);
  else
    go_to (self, list, where->entry, "a");
  return TRUE;
}

/* The last answer before the questions of one's own begins them. */
static gboolean
is_before_rounds (JzEditorPage *self, const JzFieldPath *where, const JzFormField *rounds)
{
  for (guint i = 0; i + 1 < jz_form_get_n_fields (self->view->form); i++)
    if (jz_form_get_field (self->view->form, i) == where->field)
      return jz_form_get_field (self->view->form, i + 1) == rounds;
  return FALSE;
}

/* Whether Enter was dealt with; otherwise it is a new line, or the end of a field of one line. */
gboolean
jz_editor_entered (JzEditorPage *self, const char *path, gboolean is_shifted)
{
  JzFieldPath where;
  gboolean is_continuous = gtk_toggle_button_get_active (self->continuous_button);
  if (is_shifted || !is_continuous || self->view == NULL ||
      !jz_field_path_parse (self->view->form, path, &where))
    return FALSE;
  const JzFormField *rounds = find_rounds (self->view->form);
  if (rounds == NULL)
    return FALSE;
  if (where.field == rounds && where.member != NULL)
    return entered_round (self, &where, path);
  if (is_before_rounds (self, &where, rounds)) {
    begin_round (self, rounds->name, 1);
    return TRUE;
  }
  /* The fixed questions at the start and at the end have one answer each. */
  return jz_field_has_paragraphs (jz_field_path_get_leaf (&where)) &&
         jz_paper_go_next (self->paper, 1);
}

/* Ctrl+Enter puts the time. */
void
jz_editor_clocked (JzEditorPage *self, const char *path)
{
  char text[JZ_INSTANT_SIZE];
  JzInstant now = jz_office_client_now (jz_section_get_client (JZ_SECTION (self)));
  jz_instant_format (now, text);
  int hour = (text[11] - '0') * 10 + text[12] - '0';
  int minute = (text[14] - '0') * 10 + text[15] - '0';
  g_autofree char *clock = g_strdup_printf ("%d时%d分", hour, minute);
  jz_paper_insert (self->paper, clock);
}

/* Whether a question stands in the record. */
gboolean
jz_editor_is_asked (JzEditorPage *self, const char *question)
{
  const JzFormField *rounds = find_rounds (self->view->form);
  return rounds != NULL && stands_in (self, rounds->name, question);
}

/* Where the next question goes: the round of the caret when nothing is asked in it, else the one
 * after it; at the end when the caret is elsewhere. */
static guint
find_free_round (JzEditorPage *self, const JzFormField *rounds)
{
  const char *path = jz_paper_get_path (self->paper);
  guint n = jz_typing_count_entries (self->typing, rounds->name);
  guint entry = n;
  JzFieldPath where;
  if (path != NULL && jz_field_path_parse (self->view->form, path, &where) &&
      where.field == rounds && where.entry > 0)
    entry = where.entry;
  if (entry == 0)
    return 1;
  g_autofree char *question = g_strdup_printf ("%s[%u].q", rounds->name, entry);
  g_autofree char *text = jz_typing_dup_text (self->typing, question);
  return *text == '\0' ? entry : entry + 1;
}

/* Puts a prepared question and goes on to its answer. */
void
jz_editor_put_question (JzEditorPage *self, const char *question)
{
  const JzFormField *rounds = find_rounds (self->view->form);
  if (rounds == NULL)
    return;
  guint entry = find_free_round (self, rounds);
  g_autofree char *path = g_strdup_printf ("%s[%u].q", rounds->name, entry);
  g_autofree char *old = NULL;
  jz_typing_begin (self->typing);
  if (entry > jz_typing_count_entries (self->typing, rounds->name))
    jz_typing_add_entry (self->typing, rounds->name, entry);
  old = jz_typing_dup_text (self->typing, path);
  if (*old != '\0')
    jz_typing_add_entry (self->typing, rounds->name, entry);
  jz_typing_set_text (self->typing, path, question, 0);
  jz_typing_end (self->typing);
  go_to (self, rounds->name, entry, "a");
}
