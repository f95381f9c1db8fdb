/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/pages-private.h"

/* Composing wording and values into paragraphs. A value that may hold line breaks makes several. */

/* Where nothing is filled in, somebody may write by hand. */
#define BLANK "＿＿＿＿"

static void
clear_span (gpointer data)
{
  g_free (((JzPageSpan *)data)->path);
}

JzPhrase *
jz_phrase_new (void)
{
  JzPhrase *self = g_new0 (JzPhrase, 1);
  self->text = g_string_new (NULL);
  self->spans = g_array_new (FALSE, FALSE, sizeof (JzPageSpan));
  g_array_set_clear_func (self->spans, clear_span);
  self->is_blank = TRUE;
  return self;
}

void
jz_phrase_free (JzPhrase *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->spans);
  g_free (self);
}

gboolean
jz_composer_has (const JzComposer *self, const JzBodyNode *node)
{
  return jz_filling_holds (self->filling, node->when);
}

/* What is derived from a value, such as an amount in capitals, follows the value itself. */
static const char *
find_written (const JzComposer *self, const char *path, JzShow show)
{
  if (self->options->written == NULL || show != JZ_SHOW_PLAIN)
    return NULL;
  return g_hash_table_lookup (self->options->written, path);
}

void
jz_composer_add_value (JzComposer *self,
                       const JzFormField *field,
                       const JzJson *value,
                       const char *path,
                       JzShow show,
                       JzPhrase *phrase)
{
  const char *written = find_written (self, path, show);
  g_autofree char *text =
    written != NULL ? g_strdup (written) : jz_filling_dup_text (field, value, show);
  JzPageSpan span = { (guint)phrase->text->len, .show = show, .is_blank = *text == '\0',
                      .path = g_strdup (path) };
  if (!span.is_blank)
    phrase->is_blank = FALSE;
  g_string_append (phrase->text, span.is_blank ? BLANK : text);
  span.end = (guint)phrase->text->len;
  g_array_append_val (phrase->spans, span);
}

static void
add_field (JzComposer *self, const JzBodyNode *node, const JzEntry *entry, JzPhrase *phrase)
{
  if (node->is_of_entry) {
    g_autofree char *path =
      g_strdup_printf ("%s[%u].%s", entry->field->name, entry->number, node->field->name);
    jz_composer_add_value (self, node->field, jz_json_get_member (entry->value, node->field->name),
                           path, node->show, phrase);
    return;
  }
  if (!jz_filling_has_field (self->filling, node->field))
    return;
  g_autofree char *path = node->member != NULL
                            ? g_strdup_printf ("%s.%s", node->field->name, node->member->name)
                            : g_strdup (node->field->name);
  jz_composer_add_value (self, node->member != NULL ? node->member : node->field,
                         jz_filling_find (self->filling, path), path, node->show, phrase);
}

void
jz_composer_add_inline (JzComposer *self,
                        const JzBodyNode *node,
                        const JzEntry *entry,
                        JzPhrase *phrase)
{
  for (guint i = 0; i < node->parts->len; i++) {
    const JzBodyNode *part = g_ptr_array_index (node->parts, i);
    if (part->kind == JZ_BODY_TEXT) {
      g_string_append (phrase->text, part->text);
      phrase->is_blank = FALSE;
    } else if (part->kind == JZ_BODY_FIELD) {
      add_field (self, part, entry, phrase);
    } else if (jz_composer_has (self, part)) {
      jz_composer_add_inline (self, part, entry, phrase);
    }
  }
}

static void
copy_spans (const JzPhrase *self, guint start, guint end, JzPhrase *part)
{
  for (guint i = 0; i < self->spans->len; i++) {
    const JzPageSpan *span = &g_array_index (self->spans, JzPageSpan, i);
    gboolean is_inside = span->end > start && span->start < end;
    /* An empty paragraph of a value is part of it, too: the caret can stand there. */
    gboolean is_between =
      (span->start < start && span->end >= start) || (span->start <= end && span->end > end);
    if (!is_inside && !is_between)
      continue;
    JzPageSpan copy = *span;
    copy.start = MAX (span->start, start) - start;
    copy.end = MIN (span->end, end) - start;
    copy.offset = span->offset + MAX (span->start, start) - span->start;
    copy.path = g_strdup (span->path);
    g_array_append_val (part->spans, copy);
  }
}

GPtrArray *
jz_phrase_split (const JzPhrase *self)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify)jz_phrase_free);
  const char *text = self->text->str;
  for (const char *at = text;;) {
    const char *end = strchrnul (at, '\n');
    JzPhrase *part = jz_phrase_new ();
    part->is_blank = self->is_blank;
    g_string_append_len (part->text, at, end - at);
    copy_spans (self, (guint)(at - text), (guint)(end - text), part);
    g_ptr_array_add (parts, part);
    if (*end == '\0')
      return parts;
    at = end + 1;
  }
}
